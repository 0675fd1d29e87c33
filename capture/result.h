#pragma once

#include "base/result.h"

namespace capture {

using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;

} // namespace capture
