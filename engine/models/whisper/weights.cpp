#include "engine/models/whisper/weights.h"

#include <algorithm>
#include <optional>
#include <string>

namespace engine::whisper {
namespace {

/// Reads on after the first error and remembers it, so that a layer is a list of its parts.
class Loader {
public:
    Loader(kernels::Backend& backend, const formats::TensorTable& tensors, kernels::Compute compute)
        : backend_(backend), tensors_(tensors), compute_(compute)
    {
    }

    std::vector<float> values(const std::string& name, std::int64_t count)
    {
        auto read = tensors_.values(name, count);
        if (read) return std::move(*read);
        note(read.error());
        return {};
    }

    /// Rows [first, first + rows) of a matrix with `all_rows` rows.
    std::unique_ptr<kernels::LoadedWeight> matrix(
        const std::string& name,
        std::int64_t all_rows,
        std::int64_t first,
        std::int64_t rows,
        std::int64_t cols)
    {
        auto weight = tensors_.matrix(name, all_rows, cols);
        if (!weight) {
            note(weight.error());
            return nullptr;
        }
        const auto columns = static_cast<std::size_t>(cols);
        weight->data +=
            static_cast<std::size_t>(first) * kernels::row_bytes(weight->format, columns);
        weight->rows = rows;
        return backend_.load_weight(*weight, compute_);
    }

    Norm norm(const std::string& prefix, int width)
    {
        return {
            values(prefix + "/layer_norm/gamma", width),
            values(prefix + "/layer_norm/beta", width)};
    }

    Linear linear(const std::string& prefix, std::int64_t rows, std::int64_t cols)
    {
        return {matrix(prefix + "/weight", rows, 0, rows, cols), values(prefix + "/bias", rows)};
    }

    /// Part `index` of `parts` linears that the file stacks on one another.
    Linear stacked(const std::string& prefix, int index, int parts, std::int64_t width)
    {
        Linear part;
        part.weight = matrix(prefix + "/weight", parts * width, index * width, width, width);
        const auto bias = values(prefix + "/bias", parts * width);
        if (bias.empty()) return part;
        part.bias.assign(bias.begin() + index * width, bias.begin() + (index + 1) * width);
        return part;
    }

    Attention self_attention(const std::string& prefix, int width)
    {
        return {
            norm(prefix, width),
            stacked(prefix + "/linear_0", 0, 3, width),
            stacked(prefix + "/linear_0", 1, 3, width),
            stacked(prefix + "/linear_0", 2, 3, width),
            linear(prefix + "/linear_1", width, width)};
    }

    Attention cross_attention(const std::string& prefix, int width)
    {
        return {
            norm(prefix, width),
            linear(prefix + "/linear_0", width, width),
            stacked(prefix + "/linear_1", 0, 2, width),
            stacked(prefix + "/linear_1", 1, 2, width),
            linear(prefix + "/linear_2", width, width)};
    }

    FeedForward feed_forward(const std::string& prefix, int width, int hidden)
    {
        return {
            norm(prefix, width),
            linear(prefix + "/linear_0", hidden, width),
            linear(prefix + "/linear_1", width, hidden)};
    }

    kernels::Buffer places(const std::string& name, int rows, int width)
    {
        const auto numbers = values(name, static_cast<std::int64_t>(rows) * width);
        kernels::Buffer buffer = backend_.allocate(kernels::DType::F32, rows, width);
        if (!numbers.empty()) {
            std::copy(numbers.begin(), numbers.end(), reinterpret_cast<float*>(buffer.view().data));
        }
        return buffer;
    }

    const std::optional<Error>& error() const { return error_; }

private:
    void note(const Error& error)
    {
        if (!error_) error_ = error;
    }

    kernels::Backend& backend_;
    const formats::TensorTable& tensors_;
    kernels::Compute compute_;
    std::optional<Error> error_;
};

template <typename Visit>
void visit(const Attention& a, Visit see)
{
    for (const Linear* linear : {&a.q, &a.k, &a.v, &a.out}) see(*linear->weight);
}
template <typename Visit>
void visit(const FeedForward& f, Visit see)
{
    for (const Linear* linear : {&f.up, &f.down}) see(*linear->weight);
}
template <typename Visit>
void visit(const Weights& w, Visit see)
{
    for (const Linear* linear : {&w.conv1, &w.conv2}) see(*linear->weight);
    see(*w.embedding);
    for (const EncoderLayer& layer : w.encoder) {
        visit(layer.attention, see);
        visit(layer.feed_forward, see);
    }
    for (const DecoderLayer& layer : w.decoder) {
        visit(layer.self, see);
        visit(layer.cross, see);
        visit(layer.feed_forward, see);
    }
}

} // namespace

Result<Weights> load_weights(
    kernels::Backend& backend,
    const formats::TensorTable& tensors,
    const Config& config,
    kernels::Compute compute)
{
    Loader load(backend, tensors, compute);
    const int width = config.width;
    Weights w;
    w.conv1 = load.linear("encoder/conv1", width, config.mel_bins * 3);
    w.conv2 = load.linear("encoder/conv2", width, width * 3);
    w.audio_places =
        load.places("encoder/position_encodings/encodings", config.audio_positions, width);
    for (int i = 0; i < config.encoder_layers; ++i) {
        const std::string prefix = "encoder/layer_" + std::to_string(i);
        w.encoder.push_back(
            {load.self_attention(prefix + "/self_attention", width),
             load.feed_forward(prefix + "/ffn", width, config.hidden)});
    }
    w.encoder_norm = load.norm("encoder", width);
    w.embedding =
        load.matrix("decoder/embeddings/weight", config.vocabulary, 0, config.vocabulary, width);
    w.text_places =
        load.places("decoder/position_encodings/encodings", config.text_positions, width);
    for (int i = 0; i < config.decoder_layers; ++i) {
        const std::string prefix = "decoder/layer_" + std::to_string(i);
        w.decoder.push_back(
            {load.self_attention(prefix + "/self_attention", width),
             load.cross_attention(prefix + "/attention", width),
             load.feed_forward(prefix + "/ffn", width, config.hidden)});
    }
    w.decoder_norm = load.norm("decoder", width);
    if (load.error()) return tl::unexpected(*load.error());
    return w;
}

std::size_t Weights::size_bytes() const
{
    std::size_t sum = audio_places.size_bytes() + text_places.size_bytes();
    visit(*this, [&](const kernels::LoadedWeight& weight) { sum += weight.size_bytes(); });
    return sum;
}

bool Weights::refer_to_file() const
{
    bool any = false;
    visit(*this, [&](const kernels::LoadedWeight& weight) { any |= weight.refers_to_source(); });
    return any;
}

} // namespace engine::whisper
