#include "engine/tools/nano_bench.h"

#include "engine/models/nemotron_h/forward.h"
#include "engine/tools/interleaved.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <set>

namespace engine::tools {
namespace {

using nemotron_h::LayerKind;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

tl::unexpected<Error> interrupted()
{
    return fail(ErrorCode::Cancelled, "Interrupted.");
}

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

const char* name_of(LayerKind kind)
{
    switch (kind) {
    case LayerKind::Mamba:
        return "mamba";
    case LayerKind::Attention:
        return "attention";
    case LayerKind::Experts:
        return "experts";
    }
    return "?";
}

/// Bytes of what the checkpoint stores under names that begin so.
double stored_bytes(const formats::TensorTable& tensors, const std::string& prefix)
{
    double sum = 0;
    for (auto at = tensors.all().lower_bound(prefix);
         at != tensors.all().end() && at->first.starts_with(prefix);
         ++at)
        sum += static_cast<double>(at->second.bytes.size());
    return sum;
}

class NanoBench {
public:
    NanoBench(
        kernels::Backend& backend,
        const RandomCheckpoint& checkpoint,
        const nemotron_h::Config& config,
        const nemotron_h::Weights& weights,
        kernels::Compute compute,
        int threads,
        const std::stop_token& stop)
        : backend_(backend), tensors_(checkpoint.tensors()), config_(config),
          exact_(compute == kernels::Compute::Exact), stop_(stop), meter_(threads),
          pass_(backend, config, weights),
          cache_type_(exact_ ? kernels::DType::F32 : kernels::DType::F16),
          state_(backend, config, cache_type_)
    {
    }

    Result<json> decode(int context, int steps, int repeat)
    {
        fill(context);
        Case all("decode", flop_per_token(), bytes_per_token(context + steps / 2));
        for (int i = -1; i < repeat; ++i) {
            state_.keep_common_prefix(keys_, context);
            const LimitsNow limits = look_at(meter_, exact_);
            const auto begin = Clock::now();
            for (int t = 0; t < steps; ++t) {
                if (!run(1)) return interrupted();
                const auto logits = pass_.last_logits(backend_);
                best_ = std::max_element(logits.begin(), logits.end()) - logits.begin();
            }
            if (i >= 0) all.add(seconds_since(begin) / steps, limits);
        }
        json result = all.json();
        result["context"] = context;
        result["tokens"] = steps;
        result["bytes_per_token"] = result["bytes"];
        result["tokens_per_s"] = per_second(result["ms"]);
        result["limit_tokens_per_s"] = 1e3 / all.median_limit_ms();
        return result;
    }

    Result<json> prefill(int tokens, int repeat)
    {
        std::map<LayerKind, Case> kinds;
        Case all("prefill", 0, 0);
        for (int i = -1; i < repeat; ++i) {
            state_.keep_common_prefix({}, 0);
            const LimitsNow limits = look_at(meter_, exact_);
            std::vector<double> times(config_.layers.size());
            std::vector<std::size_t> chosen(config_.layers.size());
            const auto begin = Clock::now();
            for (int done = 0; done < tokens; done += nemotron_h::kMaxPassTokens) {
                auto last = Clock::now();
                std::size_t layer = 0;
                const auto observer = [&](std::string_view box, const kernels::Tensor& output) {
                    if (box.ends_with(" chosen")) {
                        std::set<std::int32_t> distinct;
                        for (std::int64_t t = 0; t < output.rows; ++t) {
                            const auto row = output.row<const std::int32_t>(t);
                            distinct.insert(row.begin(), row.end());
                        }
                        chosen[layer] = distinct.size();
                    }
                    const bool whole = box.starts_with("layer ") &&
                                       box.find(' ', sizeof "layer") == std::string_view::npos;
                    if (whole) times[layer++] += seconds_since(last);
                    if (whole || box == "embedding") last = Clock::now();
                };
                if (!run(std::min(tokens - done, nemotron_h::kMaxPassTokens), observer))
                    return interrupted();
            }
            pass_.last_logits(backend_);
            const double total = seconds_since(begin);
            if (i < 0) continue;
            std::map<LayerKind, double> sums;
            std::map<LayerKind, int> counts;
            std::map<LayerKind, double> bytes;
            for (std::size_t l = 0; l < times.size(); ++l) {
                sums[config_.layers[l]] += times[l];
                bytes[config_.layers[l]] += layer_bytes(l, static_cast<double>(chosen[l]));
                ++counts[config_.layers[l]];
            }
            double flop = 2.0 * config_.vocab_size * config_.dim;
            double read = stored_bytes(tensors_, "lm_head.");
            for (const auto& [kind, sum] : sums) {
                const double each = layer_flop(kind, tokens);
                flop += each * counts[kind];
                read += bytes[kind];
                kinds
                    .try_emplace(
                        kind,
                        std::string("prefill ") + name_of(kind),
                        each,
                        bytes[kind] / counts[kind])
                    .first->second.add(sum / counts[kind], limits);
            }
            all.set_work(flop, read);
            all.add(total, limits);
        }
        json results = json::array();
        json whole = all.json();
        whole["tokens_per_s"] = per_second(whole["ms"], tokens);
        results.push_back(std::move(whole));
        for (const auto& [kind, each] : kinds) results.push_back(each.json());
        for (json& result : results) result["tokens"] = tokens;
        return results;
    }

    std::size_t cache_bytes(int positions) const
    {
        return config_.cache_bytes_per_token(kernels::size_bytes(cache_type_)) *
               static_cast<std::size_t>(positions);
    }

private:
    static json per_second(const json& ms, int tokens = 1)
    {
        const auto rate = [&](const char* at) { return tokens * 1e3 / ms[at].get<double>(); };
        return {{"median", rate("median")}, {"p10", rate("p90")}, {"p90", rate("p10")}};
    }

    bool run(int count, const Observer& observer = {})
    {
        std::vector<std::int32_t> ids;
        std::vector<PositionKey> keys;
        for (int i = 0; i < count; ++i) {
            ids.push_back(static_cast<std::int32_t>(
                random_() % static_cast<std::uint32_t>(config_.vocab_size)));
            keys.push_back(static_cast<PositionKey>(ids.back()));
        }
        return pass_.run(backend_, ids, keys, {}, state_, stop_, observer);
    }

    /// Positions before the measured ones, as if they had been computed.
    void fill(int context)
    {
        state_.keep_common_prefix({}, 0);
        keys_.assign(static_cast<std::size_t>(context), 1);
        if (context == 0) return;
        state_.begin(backend_, context);
        for (int l = 0; l < config_.count(LayerKind::Attention); ++l)
            for (const kernels::Tensor& rows :
                 {state_.keys(l, 0, context), state_.values(l, 0, context)})
                for (std::int64_t r = 0; r < rows.rows; ++r) {
                    if (cache_type_ == kernels::DType::F32) {
                        for (float& v : rows.row<float>(r)) v = 0.01f;
                    } else { // halves of about one
                        for (std::uint16_t& v : rows.row<std::uint16_t>(r))
                            v = static_cast<std::uint16_t>(0x3800 | (random_() >> 8 & 0x3ff));
                    }
                }
        state_.commit(keys_);
        state_.save(backend_);
    }

    /// Multiplications and additions of one layer's products, and of attention for a prompt from
    /// the beginning.
    double layer_flop(LayerKind kind, int tokens) const
    {
        const double dim = config_.dim, n = tokens;
        switch (kind) {
        case LayerKind::Mamba:
            return 2 * n *
                   (dim * (config_.in_proj_dim() + config_.mamba_dim()) +
                    2.5 * config_.mamba_dim() * config_.mamba_state);
        case LayerKind::Attention: {
            const double width = double{1} * config_.heads * config_.head_dim;
            return 2 * n * dim * (2 * width + 2 * config_.kv_dim()) + 4 * width * n * n / 2;
        }
        case LayerKind::Experts:
            return 2 * n * dim *
                   (2.0 * config_.experts_per_token * config_.expert_dim +
                    2.0 * config_.shared_dim + config_.experts);
        }
        return 0;
    }
    double flop_per_token() const
    {
        double sum = 2.0 * config_.vocab_size * config_.dim;
        for (const LayerKind kind : config_.layers) sum += layer_flop(kind, 1);
        return sum;
    }
    /// What one layer reads, of its experts `chosen`.
    double layer_bytes(std::size_t layer, double chosen) const
    {
        const std::string name = "backbone.layers." + std::to_string(layer) + ".";
        const double experts = stored_bytes(tensors_, name + "mixer.experts.");
        const double rest = stored_bytes(tensors_, name) - experts;
        return rest + experts * (config_.experts > 0 ? chosen / config_.experts : 0);
    }
    /// Weights, the cache of the positions seen, and the state of Mamba layers read and written.
    double bytes_per_token(int positions) const
    {
        double sum = stored_bytes(tensors_, "lm_head.") +
                     static_cast<double>(cache_bytes(positions)) +
                     2.0 * static_cast<double>(config_.state_bytes());
        for (std::size_t l = 0; l < config_.layers.size(); ++l)
            sum += layer_bytes(l, config_.experts_per_token);
        return sum;
    }

    kernels::Backend& backend_;
    const formats::TensorTable& tensors_;
    const nemotron_h::Config& config_;
    bool exact_;
    const std::stop_token& stop_;
    kernels::MachineMeter meter_;
    nemotron_h::ForwardPass pass_;
    kernels::DType cache_type_;
    nemotron_h::SequenceState state_;
    std::vector<PositionKey> keys_;
    std::minstd_rand random_{7};
    std::ptrdiff_t best_ = 0;
};

} // namespace

Result<json> bench_nano(
    kernels::Backend& backend,
    const RandomCheckpoint& checkpoint,
    const nemotron_h::Config& config,
    kernels::Compute compute,
    const BenchPlan& plan,
    int threads,
    const std::stop_token& stop)
{
    const int longest = std::max(plan.prefill, plan.context + plan.decode);
    if (longest > config.context_length)
        return fail(
            ErrorCode::BadUsage,
            "The model takes " + std::to_string(config.context_length) + " positions, not " +
                std::to_string(longest) + ".");
    const auto weights = nemotron_h::load_weights(backend, checkpoint.tensors(), config, compute);
    if (!weights) return tl::unexpected(weights.error());
    NanoBench bench(backend, checkpoint, config, *weights, compute, threads, stop);
    json results = json::array();
    if (plan.decode > 0) {
        auto result = bench.decode(plan.context, plan.decode, plan.repeat);
        if (!result) return result;
        results.push_back(std::move(*result));
    }
    if (plan.prefill > 0) {
        auto result = bench.prefill(plan.prefill, plan.repeat);
        if (!result) return result;
        for (json& each : *result) results.push_back(std::move(each));
    }
    return results;
}

} // namespace engine::tools
