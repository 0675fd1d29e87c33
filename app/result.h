#pragma once

#include "base/result.h"

namespace app {

using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;

} // namespace app
