#include "engine/models/fastconformer/sound_tower.h"
#include "engine/models/radio/vision_tower.h"
#include "engine/tools/interleaved.h"
#include "engine/tools/nano_bench.h"

#include <cmath>
#include <map>

namespace engine::tools {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr int kWidth_px = 1920, kHeight_px = 1080;
constexpr int kVisionLayers = 32, kSoundLayers = 24; // of the published towers

/// Seconds between the boxes that an observer sees, by the first word of the box.
class Stopwatch {
public:
    void operator()(std::string_view box)
    {
        const auto now = Clock::now();
        times_[std::string(box.substr(0, box.find(' ')))] +=
            std::chrono::duration<double>(now - last_).count();
        last_ = now;
    }
    double operator[](const std::string& box) const
    {
        const auto found = times_.find(box);
        return found == times_.end() ? 0 : found->second;
    }

private:
    Clock::time_point last_ = Clock::now();
    std::map<std::string, double> times_;
};

/// One part of a tower: how often the published one has it, and how it was measured.
struct Part {
    Case measured;
    int published;
};

json with_whole(const std::vector<Part>& parts, const std::string& name)
{
    json results = json::array();
    double whole_s = 0, limit_s = 0;
    for (const Part& part : parts) {
        results.push_back(part.measured.json());
        whole_s += part.published * part.measured.median_ms() / 1e3;
        limit_s += part.published * part.measured.median_limit_ms() / 1e3;
    }
    results.push_back(
        {{"name", name},
         {"computed", true},
         {"s", whole_s},
         {"limit_s", limit_s},
         {"ratio", limit_s / whole_s}});
    return results;
}

} // namespace

Result<json> bench_radio(
    kernels::Backend& backend,
    const RandomCheckpoint& checkpoint,
    const radio::Config& config,
    kernels::Compute compute,
    const BenchPlan& plan,
    int threads,
    const std::stop_token& stop)
{
    const auto weights = radio::load_weights(backend, checkpoint.tensors(), config, compute);
    if (!weights) return tl::unexpected(weights.error());
    Image picture{{}, kWidth_px, kHeight_px};
    for (unsigned i = 0; i < 3u * kWidth_px * kHeight_px; ++i)
        picture.rgb.push_back(static_cast<std::uint8_t>(i * 7919u >> 5));
    const auto patches = radio::patches_of(picture, config);
    if (!patches) return tl::unexpected(patches.error());
    const double rows = patches->grid.patches() + config.prefix, dim = config.dim;
    const double tokens = patches->grid.patches() / 4.0;
    const double mlp = config.mlp_dim;
    std::vector<Part> parts = {
        {{"vision embedder", 2 * rows * dim * config.patch_dim(), 0}, 1},
        {{"vision layer", 2 * rows * dim * (4 * dim + 2 * mlp) + 4 * rows * rows * dim, 0},
         kVisionLayers},
        {{"vision projector", 2 * tokens * config.projector_dim * (4 * dim + config.out_dim), 0},
         1}};
    const radio::VisionTower tower(config, *weights);
    const kernels::MachineMeter meter(threads);
    for (int i = 0; i < plan.repeat; ++i) { // seconds each: nothing needs to warm up
        const LimitsNow limits = look_at(meter, compute == kernels::Compute::Exact);
        Stopwatch watch;
        const auto encoded = tower.encode(
            backend,
            *patches,
            stop,
            [&](std::string_view box, const kernels::Tensor&) { watch(box); });
        watch("projected");
        if (!encoded) return fail(ErrorCode::Cancelled, "Interrupted.");
        parts[0].measured.add(watch["embedded"], limits);
        parts[1].measured.add(watch["block"] / config.layers, limits);
        parts[2].measured.add(watch["shuffled"] + watch["normed"] + watch["projected"], limits);
    }
    return with_whole(parts, "1080p picture, whole tower of 32 layers");
}

Result<json> bench_fastconformer(
    kernels::Backend& backend,
    const RandomCheckpoint& checkpoint,
    const fastconformer::Config& config,
    kernels::Compute compute,
    const BenchPlan& plan,
    int threads,
    const std::stop_token& stop)
{
    const auto weights =
        fastconformer::load_weights(backend, checkpoint.tensors(), config, compute);
    if (!weights) return tl::unexpected(weights.error());
    std::vector<float> clip;
    for (std::int64_t i = 0; i < fastconformer::kClipSamples; ++i)
        clip.push_back(0.3f * std::sin(0.05f * static_cast<float>(i % 4096)));
    const double rows = fastconformer::clip_rows(fastconformer::kClipSamples);
    const double dim = config.dim, places = 2 * rows - 1;
    // The three convolutions of the subsampling, by the pictures that each leaves.
    const double channels = config.channels, bins = config.mel_bins;
    const double frames = 8 * rows;
    const double subsampling =
        2 * channels *
            (frames / 2 * (bins / 2) * 9 +
             (frames / 4 * (bins / 4) + frames / 8 * (bins / 8)) * (9 + channels)) +
        2 * rows * dim * channels * bins / 8;
    std::vector<Part> parts = {
        {{"sound subsampling", subsampling, 0}, 1},
        {{"sound layer",
          2 * rows * dim * (4.0 * config.ff_dim + 7 * dim + config.conv_taps) +
              2 * places * dim * dim + 2 * rows * dim * (2 * rows + places),
          0},
         kSoundLayers},
        {{"sound projector", 2 * rows * config.projector_dim * (dim + config.out_dim), 0}, 1}};
    const fastconformer::SoundTower tower(config, *weights);
    const kernels::MachineMeter meter(threads);
    for (int i = -1; i < plan.repeat; ++i) {
        const LimitsNow limits = look_at(meter, compute == kernels::Compute::Exact);
        Stopwatch watch;
        const auto encoded =
            tower.encode(backend, clip, stop, [&](std::string_view box, const kernels::Tensor&) {
                watch(box);
            });
        watch("projected");
        if (!encoded) return fail(ErrorCode::Cancelled, "Interrupted.");
        if (i < 0) continue;
        parts[0].measured.add(watch["subsampled"], limits);
        parts[1].measured.add(watch["block"] / config.layers, limits);
        parts[2].measured.add(watch["normed"] + watch["projected"], limits);
    }
    return with_whole(parts, "30 s of sound, whole tower of 24 layers");
}

} // namespace engine::tools
