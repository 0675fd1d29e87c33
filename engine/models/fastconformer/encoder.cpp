#include "engine/models/fastconformer/encoder.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>

namespace engine::fastconformer {
namespace {

using kernels::Activation;
using kernels::Buffer;
using kernels::DType;
using kernels::MatmulOutput;
using kernels::Tensor;

/// Rows whose images are held at once: those of 30 s would be 98 MB after the first convolution.
constexpr int kStretch = 32;

/// Rows of a picture of `width` columns that do not exist become zero, as the next convolution
/// expects its padding; a bias has made something of them. The first row is number `first`.
void clear_outside(const Tensor& image, int width, int first, int height)
{
    for (std::int64_t r = 0; r < image.rows; ++r) {
        const std::int64_t row = first + r / width;
        if (row < 0 || row >= height) std::ranges::fill(image.row<float>(r), 0.0f);
    }
}

/// [rows, 9]: the neighbourhoods that the first convolution sees; its first row of output is number
/// `first`.
void unfold(
    const Tensor& out,
    std::span<const float> mel,
    int frames,
    int bins,
    int width,
    int first)
{
    for (std::int64_t r = 0; r < out.rows; ++r) {
        const std::int64_t t = 2 * (first + r / width) - 1, f = 2 * (r % width) - 1;
        const auto to = out.row<float>(r);
        for (std::int64_t a = 0; a < 3; ++a)
            for (std::int64_t b = 0; b < 3; ++b) {
                const bool inside = t + a >= 0 && t + a < frames && f + b >= 0 && f + b < bins;
                to[static_cast<std::size_t>(3 * a + b)] =
                    inside ? mel[static_cast<std::size_t>((t + a) * bins + f + b)] : 0.0f;
            }
    }
}

/// Sines and cosines of the relative positions rows - 1 ... -(rows - 1), side by side in pairs
/// (Dai et al. 2019, appendix B; Vaswani et al. 2017).
void write_places(const Tensor& out)
{
    const std::int64_t rows = (out.rows + 1) / 2;
    for (std::int64_t k = 0; k < out.rows; ++k) {
        const auto row = out.row<float>(k);
        for (std::size_t i = 0; i < row.size(); i += 2) {
            // Frequencies in float, as the model was trained.
            const auto frequency = static_cast<float>(
                std::pow(1e4, -static_cast<double>(i) / static_cast<double>(row.size())));
            const double angle = static_cast<double>(rows - 1 - k) * double{frequency};
            row[i] = static_cast<float>(std::sin(angle));
            row[i + 1] = static_cast<float>(std::cos(angle));
        }
    }
}

} // namespace

struct Encoder::Scratch {
    Buffer normed, q, k, v; // [rows, dim]
    Buffer expanded;        // [rows, 2 * dim]
    Buffer hidden;          // [rows, ff_dim]
    Buffer places;          // [2 * rows - 1, dim]
    Buffer placed;          // the same, as a layer sees them
};

std::optional<Buffer> Encoder::encode(
    kernels::Backend& backend,
    std::span<const float> mel,
    const std::stop_token& stop,
    const Observer& observer) const
{
    const auto bins = static_cast<std::size_t>(config_.mel_bins);
    EXPECTS(!mel.empty() && mel.size() % bins == 0);
    const auto frames = static_cast<int>(mel.size() / bins);
    const int rows = encoder_rows(frames);
    const std::int64_t dim = config_.dim;
    Buffer x = backend.allocate(DType::F32, rows, dim);
    for (int first = 0; first < rows; first += kStretch) {
        if (stop.stop_requested()) return std::nullopt;
        subsample(backend, mel, frames, first, x.rows(first, std::min(kStretch, rows - first)));
    }
    if (observer) observer("subsampled", x.view());

    const auto make = [&](std::int64_t count, std::int64_t width) {
        return backend.allocate(DType::F32, count, width);
    };
    const std::int64_t places = 2 * std::int64_t{rows} - 1;
    const Scratch s{
        make(rows, dim),
        make(rows, dim),
        make(rows, dim),
        make(rows, dim),
        make(rows, 2 * dim),
        make(rows, config_.ff_dim),
        make(places, dim),
        make(places, dim)};
    write_places(s.places.view());
    for (std::size_t i = 0; i < weights_.layers.size(); ++i) {
        if (stop.stop_requested()) return std::nullopt;
        layer(backend, weights_.layers[i], x.view(), s);
        if (observer) observer("block " + std::to_string(i), x.view());
    }
    backend.synchronize();
    return x;
}

// Three convolutions of stride 2 over time and frequency, the later two split into one by channel
// and one by pixel. Row t looks at mel frames 8 t - 7 to 8 t + 7 and nowhere else, so a stretch of
// rows is computed from its own frames.
void Encoder::subsample(
    kernels::Backend& backend,
    std::span<const float> mel,
    int frames,
    int first,
    const Tensor& x) const
{
    const int bins1 = halved(config_.mel_bins), bins2 = halved(bins1), bins3 = halved(bins2);
    const int frames1 = halved(frames), frames2 = halved(frames1);
    const int channels = config_.channels;
    // An output row needs three input rows, its neighbours two more.
    const auto count = static_cast<int>(x.rows), count2 = 2 * count + 1, count1 = 2 * count2 + 1;
    const int first2 = 2 * first - 1, first1 = 2 * first2 - 1;
    kernels::DepthwiseShape shape{.taps_down = 3, .taps_across = 3, .stride = 2};
    shape.padding_across = 1;
    const auto image = [&](int rows, int width, int depth) {
        return backend.allocate(DType::F32, std::int64_t{rows} * width, depth);
    };

    const Buffer seen = image(count1, bins1, 9);
    unfold(seen.view(), mel, frames, config_.mel_bins, bins1, first1);
    const Buffer image1 = image(count1, bins1, channels);
    multiply(backend, image1.view(), weights_.conv, seen.view(), Activation::Relu);
    backend.synchronize();
    clear_outside(image1.view(), bins1, first1, frames1);

    const auto down = [&](const Tensor& y, const Tensor& from, const Taps& taps, int width) {
        shape.width = width;
        const Tensor weight = taps.weight.view();
        backend.depthwise_conv(y, from, weight, taps.bias, shape, Activation::None);
    };
    const Buffer image2 = image(count2, bins2, channels);
    {
        const Buffer by_channel = image(count2, bins2, channels);
        down(by_channel.view(), image1.view(), weights_.depthwise1, bins1);
        multiply(backend, image2.view(), weights_.pointwise1, by_channel.view(), Activation::Relu);
    }
    backend.synchronize();
    clear_outside(image2.view(), bins2, first2, frames2);

    const Buffer by_channel = image(count, bins3, channels);
    const Buffer image3 = image(count, bins3, channels);
    down(by_channel.view(), image2.view(), weights_.depthwise2, bins2);
    multiply(backend, image3.view(), weights_.pointwise2, by_channel.view(), Activation::Relu);
    backend.synchronize();
    // The last product wants a row channel by channel, not bin by bin.
    const Buffer flat = backend.allocate(DType::F32, count, std::int64_t{channels} * bins3);
    for (std::int64_t t = 0; t < count; ++t)
        for (std::int64_t f = 0; f < bins3; ++f) {
            const auto pixel = image3.view().row<const float>(t * bins3 + f);
            const auto row = flat.view().row<float>(t);
            for (std::size_t c = 0; c < pixel.size(); ++c)
                row[c * static_cast<std::size_t>(bins3) + static_cast<std::size_t>(f)] = pixel[c];
        }
    multiply(backend, x, weights_.flat, flat.view());
    backend.synchronize();
}

// Gulati et al. 2020, figure 1: half a feed-forward, attention, convolution, half a feed-forward,
// each on a normed copy.
void Encoder::layer(
    kernels::Backend& backend,
    const LayerWeights& w,
    const Tensor& x,
    const Scratch& s) const
{
    const std::int64_t dim = config_.dim;
    const float eps = config_.norm_eps;
    const Tensor normed = s.normed.view(), hidden = s.hidden.view();
    const auto feed_forward = [&](const FeedForward& f) {
        backend.layer_norm(normed, x, f.norm.gamma, f.norm.beta, eps);
        multiply(backend, hidden, f.up, normed, Activation::Silu);         // [rows, ff_dim]
        multiply(backend, x, f.half_down, hidden, Activation::None, true); // [rows, dim]
    };
    feed_forward(w.before);

    const Attention& a = w.attention;
    backend.layer_norm(normed, x, a.norm.gamma, a.norm.beta, eps);
    const MatmulOutput qkv[] = {
        {.y = s.q.view(), .weight = a.q.weight.get(), .bias = a.q.bias},
        {.y = s.k.view(), .weight = a.k.weight.get(), .bias = a.k.bias},
        {.y = s.v.view(), .weight = a.v.weight.get(), .bias = a.v.bias}};
    backend.matmul(qkv, normed); // [rows, dim] each
    const MatmulOutput placed{.y = s.placed.view(), .weight = a.places.get()};
    backend.matmul({&placed, 1}, s.places.view()); // [2 * rows - 1, dim]
    backend.relative_attention(
        normed,
        s.q.view(),
        s.k.view(),
        s.v.view(),
        s.placed.view(),
        a.content_bias,
        a.position_bias,
        config_.head_dim(),
        1.0f / std::sqrt(static_cast<float>(config_.head_dim())));
    multiply(backend, x, a.out, normed, Activation::None, true);

    const Convolution& c = w.convolution;
    backend.layer_norm(normed, x, c.norm.gamma, c.norm.beta, eps);
    const Tensor expanded = s.expanded.view();
    multiply(backend, expanded, c.expand, normed); // [rows, 2 * dim]
    backend.sigmoid_multiply(normed, expanded.slice_cols(dim, dim), expanded.slice_cols(0, dim));
    kernels::DepthwiseShape shape{.taps_down = config_.conv_taps};
    shape.padding_down = config_.conv_taps / 2;
    const Tensor taps = c.depthwise.weight.view();
    backend.depthwise_conv(
        s.q.view(),
        normed,
        taps,
        c.depthwise.bias,
        shape,
        Activation::Silu); // [rows, dim]
    multiply(backend, x, c.reduce, s.q.view(), Activation::None, true);

    feed_forward(w.after);
    backend.layer_norm(x, x, w.out.gamma, w.out.beta, eps);
}

} // namespace engine::fastconformer
