#include "engine/models/fastconformer/loader.h"

#include "engine/formats/wording.h"

namespace engine::fastconformer {

using kernels::Compute;
using kernels::LoadedWeight;
using kernels::Weight;
using kernels::WeightFormat;

template <typename T>
std::optional<T> Loader::keep(Result<T> result)
{
    if (result) return std::move(*result);
    remember(result.error());
    return std::nullopt;
}

void Loader::remember(const Error& error)
{
    if (!mistake_) mistake_ = error;
}

Linear Loader::linear(const std::string& name, int rows, std::int64_t cols, float scale)
{
    Linear result{matrix(name + ".weight", rows, cols, scale), optional(name + ".bias", rows)};
    for (float& b : result.bias) b *= scale;
    return result;
}

Linear Loader::biased(const std::string& name, int rows, std::int64_t cols)
{
    return {matrix(name + ".weight", rows, cols), values(name + ".bias", rows)};
}

std::unique_ptr<LoadedWeight>
Loader::matrix(const std::string& name, int rows, std::int64_t cols, float scale)
{
    auto weight = keep(tensors_.matrix(name, rows, cols));
    if (!weight) return nullptr;
    if (weight->format != WeightFormat::F32 && weight->format != WeightFormat::F16 &&
        weight->format != WeightFormat::BF16) {
        remember(fail(
                     ErrorCode::ModelUnsupported,
                     tensors_.file_name() + ": the tensor " + formats::in_quotes(name) +
                         " of the sound tower is quantised, which this engine does not read.",
                     "Choose a checkpoint whose sound tower is F32, F16 or BF16.")
                     .value());
        return nullptr;
    }
    if (placement_ == Placement::Repacked && compute_ == Compute::Fast)
        if (auto repacked = repack(*weight, name, scale)) return repacked;
    refers_to_file_ = true;
    weight->scale = scale;
    return backend_.use_in_place(*weight, compute_);
}

/// Nothing where the backend would go on reading the file.
std::unique_ptr<LoadedWeight> Loader::repack(Weight weight, const std::string& name, float scale)
{
    std::vector<float> scaled;
    if (scale != 1.0f) { // what is repacked has no scale of its own
        scaled = values(name, weight.rows * weight.cols);
        for (float& value : scaled) value *= scale;
        weight.data = reinterpret_cast<const std::byte*>(scaled.data());
        weight.format = WeightFormat::F32;
    }
    auto loaded = backend_.load_weight(weight, compute_);
    return loaded->refers_to_source() ? nullptr : std::move(loaded);
}

std::vector<float> Loader::values(const std::string& name, std::int64_t count)
{
    auto read = keep(tensors_.values(name, count));
    return read ? std::move(*read) : std::vector<float>(static_cast<std::size_t>(count));
}

std::vector<float> Loader::optional(const std::string& name, std::int64_t count)
{
    return tensors_.find(name) == nullptr ? std::vector<float>() : values(name, count);
}

LayerNorm Loader::norm(const std::string& name, int dim)
{
    return {values(name + ".weight", dim), values(name + ".bias", dim)};
}

Taps Loader::taps(
    const std::string& name,
    int channels,
    int count,
    std::vector<float> bias,
    const std::vector<float>& scale)
{
    const auto n = static_cast<std::size_t>(channels);
    Taps result{backend_.allocate(kernels::DType::F32, count, channels), {}};
    const std::vector<float> weights = values(name + ".weight", std::int64_t{channels} * count);
    for (int j = 0; j < count; ++j) {
        const auto row = result.weight.view().row<float>(j);
        for (std::size_t c = 0; c < n; ++c)
            row[c] = weights[c * static_cast<std::size_t>(count) + static_cast<std::size_t>(j)] *
                     scale[c];
    }
    result.bias = std::move(bias);
    result.bias.resize(n);
    for (std::size_t c = 0; c < n; ++c) result.bias[c] *= scale[c];
    return result;
}

} // namespace engine::fastconformer
