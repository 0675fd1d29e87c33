#include "engine/models/llama/forward.h"
#include "engine/text_embedder.h"
#include "engine/tools/command.h"
#include "engine/tools/open_model.h"
#include "engine/tools/statistics.h"
#include "kernels/machine_limits.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <sstream>
#include <sys/resource.h>
#include <system_error>
#include <thread>

namespace engine::tools {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double max_rss_mb()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

struct Plan {
    int prefill = 512, decode = 64, context = 128, repeat = 5;
};

/// Words without meaning: speed does not depend on which tokens they are.
std::vector<std::int32_t> some_tokens(int count, int vocab_size)
{
    std::vector<std::int32_t> ids;
    for (std::int64_t i = 0; i < count; ++i)
        ids.push_back(static_cast<std::int32_t>((100 + i * 7919) % vocab_size));
    return ids;
}

/// Prefill and decode of one language model; on the engine thread.
class LlamaBench {
public:
    LlamaBench(kernels::Backend& backend, const llama::Model& model, const Context& context)
        : backend_(backend), model_(model), context_(context),
          pass_(backend, model.config, model.weights), cache_(model.config, model.cache_type())
    {
    }

    std::optional<json> prefill(int tokens, int repeat)
    {
        const auto ids = some_tokens(tokens, model_.config.vocab_size);
        std::vector<double> rates;
        for (int i = -1; i < repeat; ++i) { // the first one warms up
            cache_.keep_common_prefix({}, 0);
            const auto begin = Clock::now();
            if (!feed(ids)) return std::nullopt;
            pass_.last_logits(backend_);
            if (i >= 0) rates.push_back(tokens / seconds_since(begin));
        }
        return json{{"name", "prefill"}, {"tokens", tokens}, {"tokens_per_s", spread_of(rates)}};
    }

    std::optional<json> decode(int context, int tokens, int repeat)
    {
        const auto ids = some_tokens(context + tokens, model_.config.vocab_size);
        const std::span<const std::int32_t> all = ids;
        cache_.keep_common_prefix({}, 0);
        if (context > 0 && !feed(all.first(static_cast<std::size_t>(context)))) return std::nullopt;
        std::vector<double> rates;
        for (int i = -1; i < repeat; ++i) {
            cache_.keep_common_prefix(all, context);
            const auto begin = Clock::now();
            for (int t = context; t < context + tokens; ++t) {
                if (!pass_.run(
                        backend_,
                        all.subspan(static_cast<std::size_t>(t), 1),
                        cache_,
                        context_.stop))
                    return std::nullopt;
                const auto logits = pass_.last_logits(backend_);
                best_ = std::max_element(logits.begin(), logits.end()) - logits.begin();
            }
            if (i >= 0) rates.push_back(tokens / seconds_since(begin));
        }
        const std::size_t element = model_.compute == kernels::Compute::Exact ? 4 : 2;
        const auto positions = static_cast<std::size_t>(context + tokens / 2);
        return json{
            {"name", "decode"},
            {"context", context},
            {"tokens", tokens},
            {"tokens_per_s", spread_of(rates)},
            {"bytes_per_token",
             model_.weights.size_bytes() +
                 positions * model_.config.cache_bytes_per_token(element)}};
    }

private:
    bool feed(std::span<const std::int32_t> ids)
    {
        for (std::size_t at = 0; at < ids.size();) {
            const std::size_t count = std::min<std::size_t>(ids.size() - at, llama::kMaxPassTokens);
            if (!pass_.run(backend_, ids.subspan(at, count), cache_, context_.stop)) return false;
            at += count;
        }
        return true;
    }

    kernels::Backend& backend_;
    const llama::Model& model_;
    const Context& context_;
    llama::ForwardPass pass_;
    llama::KvCache cache_;
    std::ptrdiff_t best_ = 0;
};

tl::unexpected<Error> interrupted()
{
    return fail(ErrorCode::Cancelled, "Interrupted.");
}

Result<json> bench_llama(const Context& context, const Plan& plan, Worker& worker)
{
    const auto begin = Clock::now();
    const auto model = open_llama(context, worker);
    if (!model) return tl::unexpected(model.error());
    const double load_s = seconds_since(begin);
    const int longest = std::max(plan.prefill, plan.context + plan.decode);
    if (longest > (*model)->config.context_length)
        return fail(
            ErrorCode::BadUsage,
            "The model takes " + std::to_string((*model)->config.context_length) +
                " positions, not " + std::to_string(longest) + ".");
    json results = json::array();
    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        LlamaBench bench(backend, **model, context);
        if (plan.decode > 0) {
            const auto result = bench.decode(plan.context, plan.decode, plan.repeat);
            if (!result) return interrupted();
            results.push_back(*result);
        }
        if (plan.prefill > 0) {
            const auto result = bench.prefill(plan.prefill, plan.repeat);
            if (!result) return interrupted();
            results.push_back(*result);
        }
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return json{{"results", std::move(results)}, {"load_s", load_s}};
}

#ifdef ENGINE_HAS_MINILM
/// Passages of 85 words and single questions.
Result<json> bench_minilm(const Context& context, const Plan& plan, Worker& worker)
{
    const auto begin = Clock::now();
    const auto embedder = TextEmbedder::open(worker, context.model, context.compute);
    if (!embedder) return tl::unexpected(embedder.error());
    const double load_s = seconds_since(begin);
    std::string passage;
    for (int i = 0; i < 85; ++i)
        passage += (i % 7 == 3 ? "harbour " : i % 5 == 2 ? "lighthouse " : "keeper ");
    json results = json::array();
    const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
        {"passages", std::vector<std::string>(32, passage)},
        {"question", {"When does the ferry leave the harbour?"}}};
    for (const auto& [name, texts] : cases) {
        std::vector<double> rates;
        for (int i = -1; i < plan.repeat; ++i) {
            EmbedRequest request;
            request.texts = texts;
            request.stop = context.stop;
            const auto start = Clock::now();
            if (const auto vectors = (*embedder)->embed(std::move(request)); !vectors)
                return tl::unexpected(vectors.error());
            if (i >= 0) rates.push_back(static_cast<double>(texts.size()) / seconds_since(start));
        }
        results.push_back(
            {{"name", name}, {"texts", texts.size()}, {"texts_per_s", spread_of(rates)}});
    }
    return json{{"results", std::move(results)}, {"load_s", load_s}};
}
#endif

Result<Plan> read_plan(const Arguments& arguments)
{
    const auto prefill = arguments.integer("--prefill", 0, 1 << 20, 512);
    const auto decode = arguments.integer("--decode", 0, 1 << 16, 64);
    const auto context = arguments.integer("--context", 0, 1 << 20, 128);
    const auto repeat = arguments.integer("--repeat", 1, 1000, 5);
    for (const auto* number : {&prefill, &decode, &context, &repeat})
        if (!*number) return tl::unexpected(number->error());
    return Plan{
        static_cast<int>(*prefill),
        static_cast<int>(*decode),
        static_cast<int>(*context),
        static_cast<int>(*repeat)};
}

json machine_json(const kernels::MachineLimits& limits)
{
    return {
        {"threads", limits.threads},
        {"read_gb_s", limits.read_gb_s},
        {"read_96_mib_gb_s", limits.read_small_gb_s},
        {"f32_gflops", limits.f32_gflops},
        {"bf16_gflops", 0.0}, // nothing here computes in bf16
        {"int8_gops", limits.int8_gops}};
}

/// What reading alone would allow, for results that know their bytes.
void add_limits(json& document, const kernels::MachineLimits& limits)
{
    for (json& result : document["results"]) {
        if (!result.contains("bytes_per_token")) continue;
        const double limit = limits.read_gb_s * 1e9 / result["bytes_per_token"].get<double>();
        result["limit_tokens_per_s"] = limit;
        result["ratio"] = result["tokens_per_s"]["median"].get<double>() / limit;
    }
}

std::string for_people(const json& document)
{
    std::ostringstream text;
    text.precision(4);
    if (document.contains("machine"))
        for (const auto& [name, value] : document["machine"].items())
            text << name << ' ' << value.get<double>() << '\n';
    for (const json& result : document["results"]) {
        text << result["name"].get<std::string>();
        for (const char* unit : {"tokens_per_s", "texts_per_s"})
            if (result.contains(unit))
                text << ": " << result[unit]["median"].get<double>() << ' ' << unit << " (p10 "
                     << result[unit]["p10"].get<double>() << ", p90 "
                     << result[unit]["p90"].get<double>() << ')';
        if (result.contains("ratio"))
            text << ", " << 100 * result["ratio"].get<double>() << " % of what reading allows";
        text << '\n';
    }
    text << "load_s " << document["load_s"].get<double>() << "\nmax_rss_mb "
         << document["max_rss_mb"].get<double>() << '\n';
    return text.str();
}

Result<Output> run(const Context& context)
{
    const auto plan = read_plan(context.arguments);
    if (!plan) return tl::unexpected(plan.error());
    Worker worker(context.device);
    Result<json> document;
#ifdef ENGINE_HAS_MINILM
    std::error_code error;
    if (std::filesystem::exists(context.model / "vocab.txt", error))
        document = bench_minilm(context, *plan, worker);
    else
        document = bench_llama(context, *plan, worker);
#else
    document = bench_llama(context, *plan, worker);
#endif
    if (!document) return tl::unexpected(document.error());
    (*document)["device"] = worker.device_description();
    (*document)["max_rss_mb"] = max_rss_mb(); // before the limits take their buffer
    if (!context.arguments.has("--no-limits")) {
        const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
        const auto limits =
            kernels::measure_machine(context.device.threads > 0 ? context.device.threads : cores);
        (*document)["machine"] = machine_json(limits);
        add_limits(*document, limits);
    }
    std::string text = for_people(*document);
    return Output{std::move(*document), std::move(text)};
}

} // namespace

Command bench_command()
{
    return {
        "bench",
        "speed, beside what this machine can do",
        "percept-engine bench --model SmolLM2-135M-Instruct.Q4_1.gguf --context 128 --decode 64 "
        "--prefill 512",
        {
            {"--prefill", "N", "tokens of the prompt (512; 0: not)"},
            {"--decode", "N", "tokens to decode (64; 0: not)"},
            {"--context", "N", "positions before them (128)"},
            {"--repeat", "R", "runs for median, p10 and p90 (5)"},
            {"--no-limits", "", "leaves the machine's own limits out", Option::Kind::Flag},
        },
        true,
        run};
}

} // namespace engine::tools
