#include "engine/models/radio/vision_tower.h"

#include "base/expects.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace engine::radio {
namespace {

using kernels::Activation;
using kernels::DType;
using kernels::MatmulOutput;
using kernels::Tensor;

/// Rows whose widest layer is held at once: a page has 13,322 of them.
constexpr std::int64_t kStretch = 1024;

/// One axis of the positions: where to read and how much of the next entry.
struct Between {
    int first = 0;
    int second = 0;
    float share = 0; // of second
};
Between between(int i, int from, int to)
{
    const float scale = static_cast<float>(from) / static_cast<float>(to);
    const float at = std::max(scale * (static_cast<float>(i) + 0.5f) - 0.5f, 0.0f);
    const int first = static_cast<int>(at);
    return {first, std::min(first + 1, from - 1), at - static_cast<float>(first)};
}

/// Adds the learned positions to the patches of a grid: the table is stretched to a square of the
/// longer side, bilinear, and its top left corner taken (vision spec 1.3). Only that corner is
/// computed; the square can be gigabytes.
void add_positions(
    const Tensor& x,
    const std::vector<float>& table,
    int side,
    const image::Grid& grid)
{
    const int longer = std::max(grid.rows, grid.cols);
    const auto dim = static_cast<std::size_t>(x.cols);
    const auto entry = [&](int row, int col) {
        return table.data() + (static_cast<std::size_t>(row) * static_cast<std::size_t>(side) +
                               static_cast<std::size_t>(col)) *
                                  dim;
    };
    for (int r = 0; r < grid.rows; ++r) {
        const Between y = between(r, side, longer);
        for (int c = 0; c < grid.cols; ++c) {
            const Between z = between(c, side, longer);
            const float* corners[4] = {
                entry(y.first, z.first),
                entry(y.first, z.second),
                entry(y.second, z.first),
                entry(y.second, z.second)};
            const auto row = x.row<float>(std::int64_t{r} * grid.cols + c);
            for (std::size_t k = 0; k < dim; ++k) {
                const float above = (1 - z.share) * corners[0][k] + z.share * corners[1][k];
                const float below = (1 - z.share) * corners[2][k] + z.share * corners[3][k];
                row[k] += (1 - y.share) * above + y.share * below;
            }
        }
    }
}

} // namespace

Result<Patches> patches_of(const Image& picture, const Config& config)
{
    const auto grid =
        image::picture_grid(picture.width_px, picture.height_px, config.patch_px, config.budget);
    if (!grid) return tl::unexpected(grid.error());
    Patches patches{*grid, false, {}};
    const auto row = static_cast<std::size_t>(config.patch_dim());
    patches.values.resize(static_cast<std::size_t>(grid->patches()) * row);
    const image::Planes planes =
        image::resized(picture, grid->cols * config.patch_px, grid->rows * config.patch_px);
    image::write_patches(patches.values.data(), row, planes, *grid, config.normalisation);
    return patches;
}

Result<std::vector<Patches>> patches_of(std::span<const Image> frames, const Config& config)
{
    std::vector<Patches> tubelets;
    if (frames.empty()) return tubelets;
    const Image& first = frames.front();
    for (const Image& frame : frames)
        if (frame.width_px != first.width_px || frame.height_px != first.height_px)
            return fail(ErrorCode::BadFile, "The frames of the video are not all of one size.");
    const auto grid = image::video_grid(first.width_px, first.height_px, config.video_patches);
    if (!grid) return tl::unexpected(grid.error());
    const auto each = static_cast<std::size_t>(config.patch_dim());
    const auto together = static_cast<std::size_t>(config.frames);
    for (std::size_t i = 0; i < frames.size(); i += together) {
        Patches patches{*grid, true, {}};
        patches.values.resize(static_cast<std::size_t>(grid->patches()) * each * together);
        for (std::size_t t = 0; t < together; ++t) {
            const Image& frame = frames[std::min(i + t, frames.size() - 1)];
            const image::Planes planes =
                image::resized(frame, grid->cols * config.patch_px, grid->rows * config.patch_px);
            image::write_patches(
                patches.values.data() + t * each,
                each * together,
                planes,
                *grid,
                config.normalisation);
        }
        tubelets.push_back(std::move(patches));
    }
    return tubelets;
}

std::optional<kernels::Buffer> VisionTower::encode(
    kernels::Backend& backend,
    const Patches& patches,
    const std::stop_token& stop,
    const Observer& observer) const
{
    const std::int64_t rows = std::int64_t{patches.grid.patches()} + config_.prefix;
    const kernels::Buffer x = backend.allocate(DType::F32, rows, config_.dim);
    {
        const kernels::Buffer normed = backend.allocate(DType::F32, rows, config_.dim);
        const kernels::Buffer qkv =
            backend.allocate(DType::F32, rows, 3 * std::int64_t{config_.dim});
        embed(backend, patches, x.view());
        if (observer) observer("embedded", x.view());
        for (std::size_t i = 0; i < weights_.blocks.size(); ++i) {
            if (stop.stop_requested()) return std::nullopt;
            block(backend, weights_.blocks[i], x.view(), normed.view(), qkv.view());
            if (observer) observer("block " + std::to_string(i), x.view());
        }
    }
    return project(backend, x.rows(config_.prefix, patches.grid.patches()), patches.grid, observer);
}

void VisionTower::embed(kernels::Backend& backend, const Patches& patches, const Tensor& x) const
{
    const Linear& embedder = patches.video ? weights_.video_embedder : weights_.picture_embedder;
    const std::int64_t width = embedder.weight->cols();
    const std::int64_t count = patches.grid.patches();
    EXPECTS(static_cast<std::int64_t>(patches.values.size()) == count * width);
    // Only read; the view has no const form.
    auto* values = const_cast<float*>(patches.values.data());
    const Tensor in{reinterpret_cast<std::byte*>(values), DType::F32, count, width, width};
    const Tensor of_patches = x.slice_rows(config_.prefix, count);
    multiply(backend, of_patches, embedder, in); // [patches, dim]
    backend.synchronize();
    add_positions(of_patches, weights_.positions, config_.table_side, patches.grid);
    for (int i = 0; i < config_.prefix; ++i)
        std::copy_n(
            weights_.prefix.begin() + std::int64_t{i} * config_.dim,
            config_.dim,
            x.row<float>(i).begin());
}

// A pre-norm block of a vision transformer (Dosovitskiy et al. 2021), no mask, no positions inside.
void VisionTower::block(
    kernels::Backend& backend,
    const BlockWeights& w,
    const Tensor& x,
    const Tensor& normed,
    const Tensor& qkv) const
{
    const std::int64_t dim = config_.dim;
    kernels::AttentionShape shape;
    shape.heads = shape.kv_heads = config_.heads;
    shape.head_dim = config_.head_dim();
    shape.compute = weights_.compute;
    shape.scale = 1.0f / std::sqrt(static_cast<float>(config_.head_dim()));

    backend.layer_norm(normed, x, w.norm1.gamma, w.norm1.beta, config_.norm_eps); // [rows, dim]
    multiply(backend, qkv, w.qkv, normed);                                        // [rows, 3 * dim]
    backend.attention(
        normed,
        qkv.slice_cols(0, dim),
        qkv.slice_cols(dim, dim),
        qkv.slice_cols(2 * dim, dim),
        shape);
    multiply(backend, x, w.proj, normed, Activation::None, true); // [rows, dim]

    backend.layer_norm(normed, x, w.norm2.gamma, w.norm2.beta, config_.norm_eps);
    const kernels::Buffer hidden =
        backend.allocate(DType::F32, std::min(kStretch, x.rows), config_.mlp_dim);
    for (std::int64_t first = 0; first < x.rows; first += kStretch) {
        const std::int64_t count = std::min(kStretch, x.rows - first);
        const Tensor h = hidden.rows(0, count); // [stretch, mlp_dim]
        multiply(backend, h, w.fc1, normed.slice_rows(first, count), Activation::GeluErf);
        multiply(backend, x.slice_rows(first, count), w.fc2, h, Activation::None, true);
    }
}

kernels::Buffer VisionTower::project(
    kernels::Backend& backend,
    const Tensor& features,
    const image::Grid& grid,
    const Observer& observer) const
{
    backend.synchronize();
    const std::int64_t count = grid.patches() / 4;
    const auto dim = static_cast<std::size_t>(config_.dim);
    kernels::Buffer joined = backend.allocate(DType::F32, count, 4 * std::int64_t{config_.dim});
    // Pixel shuffle: 2 x 2 neighbours side by side, top left, top right, bottom left, bottom right.
    for (std::int64_t t = 0; t < count; ++t) {
        const std::int64_t i = t / (grid.cols / 2), j = t % (grid.cols / 2);
        for (std::int64_t part = 0; part < 4; ++part) {
            const std::int64_t from = (2 * i + part / 2) * grid.cols + 2 * j + part % 2;
            std::copy_n(
                features.row<const float>(from).begin(),
                dim,
                joined.view().row<float>(t).begin() +
                    static_cast<std::ptrdiff_t>(part) * config_.dim);
        }
    }
    if (observer) observer("shuffled", joined.view());
    backend.rms_norm(joined.view(), joined.view(), weights_.projector_norm, config_.projector_eps);
    if (observer) observer("normed", joined.view());
    kernels::Buffer rows = backend.allocate(DType::F32, count, config_.out_dim);
    const kernels::Buffer hidden =
        backend.allocate(DType::F32, std::min(kStretch, count), config_.projector_dim);
    for (std::int64_t first = 0; first < count; first += kStretch) {
        const std::int64_t some = std::min(kStretch, count - first);
        const Tensor h = hidden.rows(0, some); // [stretch, projector_dim]
        multiply(
            backend,
            h,
            weights_.projector1,
            joined.rows(first, some),
            Activation::ReluSquared);
        multiply(backend, rows.rows(first, some), weights_.projector2, h);
    }
    backend.synchronize();
    return rows;
}

} // namespace engine::radio
