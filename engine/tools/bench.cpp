#include "engine/text_embedder.h"
#include "engine/tools/command.h"
#include "engine/tools/language_bench.h"
#include "engine/tools/nano_bench.h"
#include "engine/tools/open_model.h"
#include "engine/tools/random_model.h"
#include "engine/tools/statistics.h"
#include "kernels/machine_limits.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
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

int threads_of(const Context& context)
{
    if (context.device.threads > 0) return context.device.threads;
    return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

/// Programs that want to run, averaged over the last minute; what else they took is theirs.
double load_average()
{
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : 0;
}

struct RandomModel {
    llama::Config config;
    llama::Weights weights;
};

Result<RandomModel> make_random_model(const Context& context, Worker& worker)
{
    const auto layers = context.arguments.integer("--layers", 1, 512, 0);
    if (!layers) return tl::unexpected(layers.error());
    auto config = shape_named(context.arguments.text("--shape"), static_cast<int>(*layers));
    if (!config) return tl::unexpected(config.error());
    const auto format = format_named(context.arguments.text("--format", "q4_1"));
    if (!format) return tl::unexpected(format.error());
    RandomModel model{*config, {}};
    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        model.weights = random_weights(backend, model.config, *format, context.compute);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return model;
}

Result<json> bench_llama(const Context& context, const BenchPlan& plan, Worker& worker)
{
    const auto begin = Clock::now();
    std::unique_ptr<llama::Model> model;
    RandomModel random;
    if (context.arguments.has("--shape")) {
        auto made = make_random_model(context, worker);
        if (!made) return tl::unexpected(made.error());
        random = std::move(*made);
    } else {
        auto loaded = open_llama(context, worker);
        if (!loaded) return tl::unexpected(loaded.error());
        model = std::move(*loaded);
    }
    const double load_s = seconds_since(begin);
    const BenchSubject subject{
        model ? model->config : random.config,
        model ? model->weights : random.weights,
        context.compute};
    Result<json> results;
    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        const auto measure = plan.kernel.empty() ? bench_language : bench_op;
        results = measure(backend, subject, plan, context.stop);
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    if (!results) return tl::unexpected(results.error());
    return json{{"results", std::move(*results)}, {"load_s", load_s}};
}

#ifdef ENGINE_HAS_MINILM
/// Passages of 85 words and single questions.
Result<json> bench_minilm(const Context& context, const BenchPlan& plan, Worker& worker)
{
    if (!plan.kernel.empty())
        return fail(
            ErrorCode::BadUsage,
            "--kernel measures language models.",
            "Leave it out, or give --shape.");
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

/// Full-width layers of the omni model and of its towers, by the name of --shape.
bool is_omni_shape(const std::string& shape)
{
    return shape == "nemotron-3-nano" || shape == "c-radio-v4-h" || shape == "fastconformer-0.6b";
}

Result<Precision> precision_named(const std::string& name)
{
    for (const auto& [known, precision] :
         {std::pair{"bf16", Precision::Bf16},
          std::pair{"fp8", Precision::Fp8},
          std::pair{"nvfp4", Precision::Nvfp4}})
        if (name == known) return precision;
    return fail(
        ErrorCode::BadUsage,
        "--format takes bf16, fp8 or nvfp4 for this shape, not \"" + name + "\".");
}

/// The most that was resident, less what the limits were measured in, beside weights, cache and
/// state.
json memory_of(
    const nemotron_h::Config& config,
    std::size_t weights_bytes,
    int positions,
    kernels::Compute compute)
{
    const std::size_t element = compute == kernels::Compute::Exact ? 4 : 2;
    const std::size_t cache =
        config.cache_bytes_per_token(element) * static_cast<std::size_t>(positions);
    const double resident =
        max_rss_mb() * 1024 * 1024 - static_cast<double>(kernels::MachineMeter::kReadBytes);
    const auto needed = static_cast<double>(weights_bytes + cache + config.state_bytes());
    return {
        {"resident_bytes", resident},
        {"weights_bytes", weights_bytes},
        {"cache_bytes", cache},
        {"state_bytes", config.state_bytes()},
        {"resident_over_needed", resident / needed}};
}

Result<json> bench_omni(const Context& context, const BenchPlan& plan, Worker& worker)
{
    const std::string shape = context.arguments.text("--shape");
    const bool language = shape == "nemotron-3-nano";
    const int most = language ? 8 : 32;
    const auto layers = context.arguments.integer("--layers", 1, most, language ? 6 : 2);
    if (!layers) return tl::unexpected(layers.error());
    const auto precision = precision_named(context.arguments.text("--format", "bf16"));
    if (!precision) return tl::unexpected(precision.error());
    const int count = static_cast<int>(*layers), threads = threads_of(context);
    const auto begin = Clock::now();
    double load_s = 0;
    std::size_t weights_bytes = 0;
    json memory;
    Result<json> results;
    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        const auto measure = [&](const auto& config, const RandomCheckpoint& made, auto bench) {
            load_s = seconds_since(begin);
            weights_bytes = made.size_bytes();
            results = bench(backend, made, config, context.compute, plan, threads, context.stop);
        };
        if (language) {
            const auto config = nano_config(count);
            measure(config, random_nano(config, *precision), bench_nano);
            memory = memory_of(config, weights_bytes, plan.context + plan.decode, context.compute);
        } else if (shape == "c-radio-v4-h") {
            const auto config = radio_config(count);
            measure(config, random_radio(config), bench_radio);
        } else {
            const auto config = fastconformer_config(count);
            measure(config, random_fastconformer(config), bench_fastconformer);
        }
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    if (!results) return tl::unexpected(results.error());
    json document = {
        {"results", std::move(*results)},
        {"load_s", load_s},
        {"weights_bytes", weights_bytes}};
    if (!memory.is_null()) document["memory"] = std::move(memory);
    return document;
}

Result<BenchPlan> read_plan(const Arguments& arguments)
{
    const auto prefill = arguments.integer("--prefill", 0, 1 << 20, 512);
    const auto decode = arguments.integer("--decode", 0, 1 << 16, 64);
    const auto context = arguments.integer("--context", 0, 1 << 20, 128);
    const auto repeat = arguments.integer("--repeat", 1, 1000, 5);
    for (const auto* number : {&prefill, &decode, &context, &repeat})
        if (!*number) return tl::unexpected(number->error());
    return BenchPlan{
        static_cast<int>(*prefill),
        static_cast<int>(*decode),
        static_cast<int>(*context),
        static_cast<int>(*repeat),
        arguments.text("--kernel")};
}

json machine_json(const kernels::MachineLimits& limits)
{
    return {
        {"threads", limits.threads},
        {"read_gb_s", limits.read_gb_s},
        {"read_96_mib_gb_s", limits.read_small_gb_s},
        {"f32_gflops", limits.f32_gflops},
        {"bf16_gflops", limits.bf16_gflops},
        {"int8_gops", limits.int8_gops}};
}

/// What reading alone would allow, for results that know their bytes.
void add_limits(json& document, const kernels::MachineLimits& limits)
{
    for (json& result : document["results"]) {
        if (result.contains("gb_s") && result["tokens"] == 1)
            result["ratio"] = result["gb_s"].get<double>() / limits.read_gb_s;
        if (!result.contains("bytes_per_token") || result.contains("ratio")) continue;
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
        if (result.contains("us")) text << ", " << result["tokens"] << " tokens";
        if (result.contains("context")) text << " at " << result["context"] << " positions";
        for (const char* unit : {"tokens_per_s", "texts_per_s", "us", "ms"})
            if (result.contains(unit))
                text << ": " << result[unit]["median"].get<double>() << ' ' << unit << " (p10 "
                     << result[unit]["p10"].get<double>() << ", p90 "
                     << result[unit]["p90"].get<double>() << ')';
        if (result.contains("s")) text << ": computed " << result["s"].get<double>() << " s";
        for (const char* rate : {"gb_s", "gops", "gflops"})
            if (result.contains(rate) && result[rate] != 0.0)
                text << ", " << result[rate].get<double>() << ' ' << rate;
        if (result.contains("ratio"))
            text << ", " << 100 * result["ratio"].get<double>() << " % of what "
                 << (result.contains("bytes_per_token") || result.contains("us")
                         ? "reading allows"
                         : "the machine allows");
        text << '\n';
    }
    if (document.contains("memory"))
        text << "resident " << document["memory"]["resident_bytes"].get<double>() / 1e6 << " MB, "
             << 100 * document["memory"]["resident_over_needed"].get<double>()
             << " % of weights, cache and state\n";
    text << "load_s " << document["load_s"].get<double>() << "\nmax_rss_mb "
         << document["max_rss_mb"].get<double>() << "\nload_average "
         << document["load_average"].get<double>() << '\n';
    return text.str();
}

Result<json> bench_model(const Context& context, const BenchPlan& plan, Worker& worker)
{
    if (is_omni_shape(context.arguments.text("--shape"))) return bench_omni(context, plan, worker);
#ifdef ENGINE_HAS_MINILM
    std::error_code error;
    if (context.arguments.has("--model") &&
        std::filesystem::exists(context.model / "vocab.txt", error))
        return bench_minilm(context, plan, worker);
#endif
    return bench_llama(context, plan, worker);
}

Result<Output> run(const Context& context)
{
    const auto plan = read_plan(context.arguments);
    if (!plan) return tl::unexpected(plan.error());
    static constexpr std::array<std::string_view, 2> kSources = {"--model", "--shape"};
    if (const auto source = context.arguments.one_of(kSources); !source)
        return tl::unexpected(source.error());
    Worker worker(context.device);
    Result<json> document = bench_model(context, *plan, worker);
    if (!document) return tl::unexpected(document.error());
    (*document)["device"] = worker.device_description();
    (*document)["max_rss_mb"] = max_rss_mb(); // before the limits take their buffer
    (*document)["load_average"] = load_average();
    if (!context.arguments.has("--no-limits")) {
        const auto limits = kernels::measure_machine(threads_of(context));
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
            {"--kernel",
             "NAME",
             "one op of a layer alone, or all of them: all, attention, matmul_qkv ..."},
            {"--shape", "NAME", "sizes of a known model with random weights instead of --model"},
            {"--layers",
             "N",
             "with --shape: layers (as many as that model has; 6 of nemotron-3-nano, 2 of a "
             "tower)"},
            {"--format",
             "F",
             "with --shape: q4_1, q8_0, f32, f16 or bf16 (q4_1); of nemotron-3-nano bf16, fp8 or "
             "nvfp4 (bf16)"},
            {"--no-limits", "", "leaves the machine's own limits out", Option::Kind::Flag},
        },
        false,
        run};
}

} // namespace engine::tools
