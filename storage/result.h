#pragma once

#include "base/result.h"

namespace storage {

using base::Error;
using base::ErrorCode;
using base::fail;
using base::Result;

} // namespace storage
