#pragma once

#include "engine/models/fastconformer/weights.h"

#include <optional>
#include <string>

namespace engine::fastconformer {

/// Loads one tensor of a speech model after another and remembers the first mistake: what it
/// returns is of use where mistake() has nothing to say. On the engine thread.
class Loader {
public:
    Loader(
        kernels::Backend& backend,
        const formats::TensorTable& tensors,
        kernels::Compute compute,
        Placement placement = Placement::InFile)
        : backend_(backend), tensors_(tensors), compute_(compute), placement_(placement)
    {
    }

    /// A bias is taken where the file has one. `scale` is multiplied into the results, bias
    /// included.
    Linear linear(const std::string& name, int rows, std::int64_t cols, float scale = 1.0f);
    /// One whose bias must be there.
    Linear biased(const std::string& name, int rows, std::int64_t cols);
    std::unique_ptr<kernels::LoadedWeight>
    matrix(const std::string& name, int rows, std::int64_t cols, float scale = 1.0f);
    std::vector<float> values(const std::string& name, std::int64_t count);
    std::vector<float> optional(const std::string& name, std::int64_t count);
    LayerNorm norm(const std::string& name, int dim);
    /// A depthwise convolution, stored as [channels, 1, taps ...]: each channel times its scale.
    Taps taps(
        const std::string& name,
        int channels,
        int count,
        std::vector<float> bias,
        const std::vector<float>& scale);

    const std::optional<Error>& mistake() const { return mistake_; }
    /// Whether a matrix still reads the mapping.
    bool refers_to_file() const { return refers_to_file_; }

private:
    std::unique_ptr<kernels::LoadedWeight>
    repack(kernels::Weight weight, const std::string& name, float scale);
    template <typename T>
    std::optional<T> keep(Result<T> result);
    void remember(const Error& error);

    kernels::Backend& backend_;
    const formats::TensorTable& tensors_;
    kernels::Compute compute_;
    Placement placement_;
    bool refers_to_file_ = false;
    std::optional<Error> mistake_;
};

} // namespace engine::fastconformer
