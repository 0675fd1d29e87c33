#pragma once

#include "base/result.h"

namespace engine {

using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;

} // namespace engine
