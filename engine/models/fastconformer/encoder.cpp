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

/// The pictures of one stretch, taken once a clip: fresh pages for each would cost more than the
/// products.
struct Encoder::Pictures {
    Pictures(kernels::Backend& backend, const Config& config, int rows)
    {
        const int bins1 = halved(config.mel_bins), bins2 = halved(bins1), bins3 = halved(bins2);
        // An output row needs three input rows, its neighbours two more.
        const int rows2 = 2 * rows + 1, rows1 = 2 * rows2 + 1;
        const auto picture = [&](int height, int width, int depth) {
            return backend.allocate(DType::F32, std::int64_t{height} * width, depth);
        };
        seen = picture(rows1, bins1, 9);
        image1 = picture(rows1, bins1, config.channels);
        by_channel2 = picture(rows2, bins2, config.channels);
        image2 = picture(rows2, bins2, config.channels);
        by_channel3 = picture(rows, bins3, config.channels);
        image3 = picture(rows, bins3, config.channels);
        flat = backend.allocate(DType::F32, rows, std::int64_t{config.channels} * bins3);
    }
    Buffer seen;   // [rows, 9]
    Buffer image1; // [pixels, channels] each
    Buffer by_channel2, image2;
    Buffer by_channel3, image3;
    Buffer flat; // [rows, channels * bins]
};

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
    {
        const Pictures pictures(backend, config_, std::min(kStretch, rows));
        for (int first = 0; first < rows; first += kStretch) {
            if (stop.stop_requested()) return std::nullopt;
            const Tensor stretch = x.rows(first, std::min(kStretch, rows - first));
            subsample(backend, mel, frames, first, stretch, pictures);
        }
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
    const Tensor& x,
    const Pictures& pictures) const
{
    const int bins1 = halved(config_.mel_bins), bins2 = halved(bins1), bins3 = halved(bins2);
    const int frames1 = halved(frames), frames2 = halved(frames1);
    const auto count = static_cast<int>(x.rows), count2 = 2 * count + 1, count1 = 2 * count2 + 1;
    const int first2 = 2 * first - 1, first1 = 2 * first2 - 1;
    kernels::DepthwiseShape shape{.taps_down = 3, .taps_across = 3, .stride = 2};
    shape.padding_across = 1;
    const auto down = [&](const Tensor& y, const Tensor& from, const Taps& taps, int width) {
        shape.width = width;
        const Tensor weight = taps.weight.view();
        backend.depthwise_conv(y, from, weight, taps.bias, shape, Activation::None);
    };

    const std::int64_t pixels1 = std::int64_t{count1} * bins1;
    const Tensor seen = pictures.seen.rows(0, pixels1);
    const Tensor image1 = pictures.image1.rows(0, pixels1);
    unfold(seen, mel, frames, config_.mel_bins, bins1, first1);
    multiply(backend, image1, weights_.conv, seen, Activation::Relu);
    backend.synchronize();
    clear_outside(image1, bins1, first1, frames1);

    const std::int64_t pixels2 = std::int64_t{count2} * bins2;
    const Tensor by_channel2 = pictures.by_channel2.rows(0, pixels2);
    const Tensor image2 = pictures.image2.rows(0, pixels2);
    down(by_channel2, image1, weights_.depthwise1, bins1);
    multiply(backend, image2, weights_.pointwise1, by_channel2, Activation::Relu);
    backend.synchronize();
    clear_outside(image2, bins2, first2, frames2);

    const std::int64_t pixels3 = std::int64_t{count} * bins3;
    const Tensor by_channel3 = pictures.by_channel3.rows(0, pixels3);
    const Tensor image3 = pictures.image3.rows(0, pixels3);
    down(by_channel3, image2, weights_.depthwise2, bins2);
    multiply(backend, image3, weights_.pointwise2, by_channel3, Activation::Relu);
    backend.synchronize();
    // The last product wants a row channel by channel, not bin by bin.
    const Tensor flat = pictures.flat.rows(0, count);
    for (std::int64_t t = 0; t < count; ++t)
        for (std::int64_t f = 0; f < bins3; ++f) {
            const auto pixel = image3.row<const float>(t * bins3 + f);
            const auto row = flat.row<float>(t);
            for (std::size_t c = 0; c < pixel.size(); ++c)
                row[c * static_cast<std::size_t>(bins3) + static_cast<std::size_t>(f)] = pixel[c];
        }
    multiply(backend, x, weights_.flat, flat);
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
