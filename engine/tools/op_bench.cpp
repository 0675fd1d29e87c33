#include "engine/tools/language_bench.h"
#include "engine/tools/statistics.h"

#include "engine/models/llama/kv_cache.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <numeric>
#include <string_view>

namespace engine::tools {
namespace {

using kernels::Buffer;
using kernels::DType;
using kernels::LoadedWeight;
using kernels::MatmulOutput;
using nlohmann::json;

struct Op {
    std::string_view name;
    std::function<void(std::size_t layer)> call;
    double bytes = 0; // of weights or cache that a call reads
    double operations = 0;
};

/// The ops of one decoder layer with buffers for `tokens` tokens behind `context` positions.
class Ops {
public:
    Ops(kernels::Backend& backend, const BenchSubject& subject, int tokens, int context)
        : backend_(backend), config_(subject.config), weights_(subject.weights), tokens_(tokens),
          context_(context), positions_(static_cast<std::size_t>(tokens)),
          cache_(config_, llama::cache_type(subject.compute)), x_(rows(config_.dim)),
          q_(rows(config_.dim)), k_(rows(config_.kv_dim())), v_(rows(config_.kv_dim())),
          gate_(rows(config_.ffn_dim)), up_(rows(config_.ffn_dim)),
          logits_(backend.allocate(DType::F32, 1, config_.vocab_size))
    {
        std::iota(positions_.begin(), positions_.end(), context);
        cache_.reserve(backend, context + tokens);
        for (const Buffer* buffer : {&x_, &q_, &k_, &v_, &gate_, &up_})
            for (int t = 0; t < tokens; ++t) {
                const auto row = buffer->view().row<float>(t);
                for (std::size_t i = 0; i < row.size(); ++i)
                    row[i] = static_cast<float>((i * 37 + 11) % 101) / 101.0f - 0.5f;
            }
    }

    std::vector<Op> all()
    {
        const auto& first = weights_.layers.front();
        std::vector<Op> ops = {
            products("matmul_qkv", x_, {{&q_, &Layer::wq}, {&k_, &Layer::wk}, {&v_, &Layer::wv}}),
            products("matmul_attention_out", q_, {{&x_, &Layer::wo}}),
            products("matmul_gate_up", x_, {{&gate_, &Layer::gate}, {&up_, &Layer::up}}),
            products("matmul_down", gate_, {{&x_, &Layer::down}}),
            head(),
            attention()};
        ops.push_back(
            {"rms_norm", [this, &first](std::size_t) {
                 backend_.rms_norm(q_.view(), x_.view(), first.attention_norm, config_.norm_eps);
             }});
        ops.push_back({"rope", [this](std::size_t) {
                           backend_.rope(
                               q_.view(),
                               q_.view(),
                               positions_,
                               kernels::rope_frequencies(config_.head_dim, config_.rope_base),
                               kernels::RopeStyle::Interleaved);
                       }});
        ops.push_back({"silu_multiply", [this](std::size_t) {
                           backend_.silu_multiply(gate_.view(), gate_.view(), up_.view());
                       }});
        return ops;
    }

private:
    using Layer = llama::LayerWeights;
    struct Output {
        const Buffer* y;
        std::unique_ptr<LoadedWeight> Layer::*weight;
    };

    Buffer rows(int cols) { return backend_.allocate(DType::F32, tokens_, cols); }

    void count(Op& op, const LoadedWeight& weight, int tokens) const
    {
        op.bytes += static_cast<double>(weight.size_bytes());
        op.operations += 2.0 * tokens * static_cast<double>(weight.rows() * weight.cols());
    }

    Op products(std::string_view name, const Buffer& x, const std::vector<Output>& outputs)
    {
        Op op{name, [this, &x, outputs](std::size_t layer) {
                  std::vector<MatmulOutput> group;
                  group.reserve(outputs.size());
                  for (const Output& output : outputs)
                      group.push_back(
                          {.y = output.y->view(),
                           .weight = (weights_.layers[layer].*output.weight).get()});
                  backend_.matmul(group, x.view());
              }};
        for (const Output& output : outputs)
            count(op, *(weights_.layers.front().*output.weight), tokens_);
        return op;
    }

    /// Of the last position only, as generating needs it.
    Op head()
    {
        Op op{"matmul_head", [this](std::size_t) {
                  const MatmulOutput output{.y = logits_.view(), .weight = &weights_.head()};
                  backend_.matmul({&output, 1}, x_.rows(tokens_ - 1, 1));
              }};
        count(op, weights_.head(), 1);
        return op;
    }

    Op attention()
    {
        const int keys = context_ + tokens_;
        Op op{"attention", [this, keys](std::size_t layer) {
                  const auto index = static_cast<int>(layer);
                  const kernels::AttentionShape shape{
                      config_.heads,
                      config_.kv_heads,
                      config_.head_dim,
                      1.0f / std::sqrt(static_cast<float>(config_.head_dim)),
                      true,
                      context_};
                  backend_.attention(
                      x_.view(),
                      q_.view(),
                      cache_.keys(index, 0, keys),
                      cache_.values(index, 0, keys),
                      shape);
              }};
        op.bytes = static_cast<double>(keys) * static_cast<double>(cache_.bytes_per_token()) /
                   config_.layers;
        // Every token sees the context and half of the others.
        op.operations = 4.0 * config_.dim * tokens_ * (context_ + (tokens_ + 1) / 2.0);
        return op;
    }

    kernels::Backend& backend_;
    const llama::Config& config_;
    const llama::Weights& weights_;
    const int tokens_, context_;
    std::vector<std::int32_t> positions_;
    llama::KvCache cache_;
    Buffer x_, q_, k_, v_, gate_, up_, logits_;
};

/// Microseconds a call, each the mean over all layers.
Result<json> time(const Op& op, int layers, int tokens, int repeat, const std::stop_token& stop)
{
    using Clock = std::chrono::steady_clock;
    const int rounds = tokens == 1 ? 8 : 1; // one token takes microseconds
    std::vector<double> times_us;
    for (int i = -1; i < repeat; ++i) {
        const auto begin = Clock::now();
        for (int call = 0; call < rounds * layers; ++call) {
            if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "Interrupted.");
            op.call(static_cast<std::size_t>(call % layers));
        }
        const std::chrono::duration<double, std::micro> elapsed = Clock::now() - begin;
        if (i >= 0) times_us.push_back(elapsed.count() / (rounds * layers));
    }
    json result = {{"name", op.name}, {"tokens", tokens}, {"us", spread_of(times_us)}};
    const double median_us = result["us"]["median"];
    if (op.bytes > 0) {
        result["bytes"] = static_cast<std::int64_t>(op.bytes);
        result["gb_s"] = op.bytes / median_us / 1e3;
    }
    if (op.operations > 0) result["gops"] = op.operations / median_us / 1e3;
    return result;
}

} // namespace

std::vector<std::string> op_names()
{
    return {
        "matmul_qkv",
        "matmul_attention_out",
        "matmul_gate_up",
        "matmul_down",
        "matmul_head",
        "attention",
        "rms_norm",
        "rope",
        "silu_multiply"};
}

Result<json> bench_op(
    kernels::Backend& backend,
    const BenchSubject& subject,
    const BenchPlan& plan,
    const std::stop_token& stop)
{
    const auto names = op_names();
    if (plan.kernel != "all" && std::find(names.begin(), names.end(), plan.kernel) == names.end()) {
        std::string known;
        for (const std::string& name : names) known += name + ", ";
        return fail(
            ErrorCode::BadUsage,
            "There is no kernel \"" + plan.kernel + "\".",
            "There are " + known + "and all of them as all.");
    }
    if (std::max(plan.context + 1, plan.prefill) > subject.config.context_length)
        return fail(
            ErrorCode::BadUsage,
            "The model takes " + std::to_string(subject.config.context_length) + " positions.");
    json results = json::array();
    for (const auto& [tokens, context] : {std::pair{1, plan.context}, std::pair{plan.prefill, 0}}) {
        if (tokens == 0) continue;
        Ops ops(backend, subject, tokens, context);
        for (const Op& op : ops.all()) {
            if (plan.kernel != "all" && plan.kernel != op.name) continue;
            auto result = time(op, subject.config.layers, tokens, plan.repeat, stop);
            if (!result) return result;
            results.push_back(std::move(*result));
        }
    }
    return results;
}

} // namespace engine::tools
