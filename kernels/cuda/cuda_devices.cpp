#include "kernels/cuda/cuda_devices.h"

#include <cuda_runtime_api.h>

namespace kernels {

std::string describe_cuda_devices()
{
    int count = 0; // stays as it is where there is no driver
    if (cudaGetDeviceCount(&count) != cudaSuccess || count == 0) return "No CUDA device was found.";
    cudaDeviceProp properties{};
    if (cudaGetDeviceProperties(&properties, 0) != cudaSuccess) {
        return "A CUDA device is there but does not answer.";
    }
    return std::string(properties.name) +
           " was found, but the CUDA backend is not in this build yet; the CPU is used.";
}

} // namespace kernels
