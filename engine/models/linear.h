#pragma once

#include "kernels/backend.h"

#include <memory>
#include <vector>

namespace engine {

/// A layer of a tower, as its checkpoint stores it.
struct Linear {
    std::unique_ptr<kernels::LoadedWeight> weight; // [outputs, inputs]
    std::vector<float> bias;                       // [outputs] or empty
};
struct LayerNorm {
    std::vector<float> gamma, beta; // [dim]
};

/// y = activation(x weightᵀ + bias), added to y where asked.
inline void multiply(
    kernels::Backend& backend,
    const kernels::Tensor& y,
    const Linear& linear,
    const kernels::Tensor& x,
    kernels::Activation activation = kernels::Activation::None,
    bool add = false)
{
    const kernels::MatmulOutput output{
        .y = y,
        .weight = linear.weight.get(),
        .bias = linear.bias,
        .activation = activation,
        .add_to_y = add};
    backend.matmul({&output, 1}, x);
}

} // namespace engine
