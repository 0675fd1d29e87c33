#include "engine/tools/language_bench.h"

#include "engine/models/llama/forward.h"
#include "engine/tools/statistics.h"

#include <algorithm>
#include <chrono>

namespace engine::tools {
namespace {

using nlohmann::json;

/// Words without meaning: speed does not depend on which tokens they are.
std::vector<std::int32_t> some_tokens(int count, int vocab_size)
{
    std::vector<std::int32_t> ids;
    for (std::int64_t i = 0; i < count; ++i)
        ids.push_back(static_cast<std::int32_t>((100 + i * 7919) % vocab_size));
    return ids;
}

class LanguageBench {
public:
    LanguageBench(
        kernels::Backend& backend,
        const BenchSubject& subject,
        const std::stop_token& stop)
        : backend_(backend), subject_(subject), stop_(stop),
          pass_(backend, subject.config, subject.weights),
          cache_(subject.config, llama::cache_type(subject.compute))
    {
    }

    Result<json> prefill(int tokens, int repeat)
    {
        const auto ids = some_tokens(tokens, subject_.config.vocab_size);
        const auto rates = repeated(tokens, repeat, [&] {
            cache_.keep_common_prefix({}, 0);
            if (!feed(ids)) return false;
            pass_.last_logits(backend_);
            return true;
        });
        if (!rates) return tl::unexpected(rates.error());
        return json{{"name", "prefill"}, {"tokens", tokens}, {"tokens_per_s", spread_of(*rates)}};
    }

    Result<json> decode(int context, int tokens, int repeat)
    {
        const auto ids = some_tokens(context + tokens, subject_.config.vocab_size);
        const std::span<const std::int32_t> all = ids;
        cache_.keep_common_prefix({}, 0);
        if (context > 0 && !feed(all.first(static_cast<std::size_t>(context))))
            return interrupted();
        const auto rates = repeated(tokens, repeat, [&] {
            cache_.keep_common_prefix(all, context);
            for (int t = context; t < context + tokens; ++t) {
                if (!feed(all.subspan(static_cast<std::size_t>(t), 1))) return false;
                const auto logits = pass_.last_logits(backend_);
                best_ = std::max_element(logits.begin(), logits.end()) - logits.begin();
            }
            return true;
        });
        if (!rates) return tl::unexpected(rates.error());
        const auto positions =
            static_cast<std::size_t>(context) + static_cast<std::size_t>(tokens) / 2;
        return json{
            {"name", "decode"},
            {"context", context},
            {"tokens", tokens},
            {"tokens_per_s", spread_of(*rates)},
            {"bytes_per_token",
             subject_.weights.size_bytes() + positions * cache_.bytes_per_token()}};
    }

private:
    static tl::unexpected<Error> interrupted()
    {
        return fail(ErrorCode::Cancelled, "Interrupted.");
    }

    /// Tokens a second of every run but the first, which warms up.
    template <typename Run>
    Result<std::vector<double>> repeated(int tokens, int repeat, Run run)
    {
        using Clock = std::chrono::steady_clock;
        std::vector<double> rates;
        for (int i = -1; i < repeat; ++i) {
            const auto begin = Clock::now();
            if (!run()) return interrupted();
            const std::chrono::duration<double> elapsed = Clock::now() - begin;
            if (i >= 0) rates.push_back(tokens / elapsed.count());
        }
        return rates;
    }

    bool feed(std::span<const std::int32_t> ids)
    {
        for (std::size_t at = 0; at < ids.size();) {
            const std::size_t count = std::min<std::size_t>(ids.size() - at, llama::kMaxPassTokens);
            if (!pass_.run(backend_, ids.subspan(at, count), cache_, stop_)) return false;
            at += count;
        }
        return true;
    }

    kernels::Backend& backend_;
    const BenchSubject& subject_;
    const std::stop_token& stop_;
    llama::ForwardPass pass_;
    llama::KvCache cache_;
    std::ptrdiff_t best_ = 0;
};

} // namespace

Result<json> bench_language(
    kernels::Backend& backend,
    const BenchSubject& subject,
    const BenchPlan& plan,
    const std::stop_token& stop)
{
    const int longest = std::max(plan.prefill, plan.context + plan.decode);
    if (longest > subject.config.context_length)
        return fail(
            ErrorCode::BadUsage,
            "The model takes " + std::to_string(subject.config.context_length) +
                " positions, not " + std::to_string(longest) + ".");
    LanguageBench bench(backend, subject, stop);
    json results = json::array();
    if (plan.decode > 0) {
        auto result = bench.decode(plan.context, plan.decode, plan.repeat);
        if (!result) return result;
        results.push_back(std::move(*result));
    }
    if (plan.prefill > 0) {
        auto result = bench.prefill(plan.prefill, plan.repeat);
        if (!result) return result;
        results.push_back(std::move(*result));
    }
    return results;
}

} // namespace engine::tools
