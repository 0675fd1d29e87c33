#pragma once

#include <string>

namespace kernels {

/// One sentence about the CUDA devices that this process sees. Never fails; without a driver there
/// are none.
std::string describe_cuda_devices();

} // namespace kernels
