#pragma once

#include <stdexcept>

namespace kernels {

/// A device that worked and then failed (a CUDA call, a lost card). Thrown by ops, caught once a
/// request by the engine thread, which turns it into an Error for the user; nobody in between
/// notices.
class DeviceError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace kernels
