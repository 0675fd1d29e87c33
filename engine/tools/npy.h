#pragma once

#include "engine/result.h"
#include "kernels/tensor.h"

#include <filesystem>

namespace engine::tools {

/// Writes an F32 tensor as a NumPy array, version 1.0 of the format. Errors: FileUnreadable (cannot
/// write), NoSpace.
Result<void> write_npy(const std::filesystem::path& path, const kernels::Tensor& tensor);

} // namespace engine::tools
