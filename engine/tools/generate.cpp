#include "engine/engine.h"
#include "engine/tools/command.h"
#include "engine/tools/request_file.h"

#include <array>
#include <future>
#include <iostream>

namespace engine::tools {
namespace {

using nlohmann::json;

Result<SamplingOptions> read_sampling(const Arguments& arguments)
{
    SamplingOptions sampling;
    const auto max_tokens = arguments.integer("--max-tokens", 1, 1 << 20, sampling.max_new_tokens);
    const auto temperature = arguments.number("--temperature", 0, 100, 0);
    const auto top_p = arguments.number("--top-p", 0, 1, 1);
    const auto top_k = arguments.integer("--top-k", 0, 1 << 22, 0);
    const auto min_p = arguments.number("--min-p", 0, 1, 0);
    const auto penalty = arguments.number("--repetition-penalty", 0.01, 100, 1);
    const auto seed = arguments.integer("--seed", 0, std::numeric_limits<std::int64_t>::max(), 0);
    for (const auto* number : {&temperature, &top_p, &min_p, &penalty})
        if (!*number) return tl::unexpected(number->error());
    for (const auto* number : {&max_tokens, &top_k, &seed})
        if (!*number) return tl::unexpected(number->error());
    sampling.max_new_tokens = static_cast<int>(*max_tokens);
    sampling.temperature = static_cast<float>(*temperature);
    sampling.top_p = static_cast<float>(*top_p);
    sampling.top_k = static_cast<int>(*top_k);
    sampling.min_p = static_cast<float>(*min_p);
    sampling.repetition_penalty = static_cast<float>(*penalty);
    sampling.seed = static_cast<std::uint64_t>(*seed);
    sampling.stop = arguments.texts("--stop");
    return sampling;
}

Result<Request> make_request(const Context& context)
{
    static constexpr std::array<std::string_view, 2> kSources = {"--prompt", "--messages"};
    const auto source = context.arguments.one_of(kSources);
    if (!source) return tl::unexpected(source.error());
    const std::string value = context.arguments.text(*source);
    Result<Request> request =
        *source == "--prompt" ? Result<Request>(request_from_prompt(value)) : read_request(value);
    if (!request) return request;
    auto sampling = read_sampling(context.arguments);
    if (!sampling) return tl::unexpected(sampling.error());
    request->sampling = std::move(*sampling);
    request->stop = context.stop;
    return request;
}

std::string_view name(FinishReason reason)
{
    switch (reason) {
    case FinishReason::Stop:
        return "stop";
    case FinishReason::Length:
        return "length";
    case FinishReason::ToolCalls:
        return "tool_calls";
    case FinishReason::Cancelled:
        return "cancelled";
    }
    return "stop";
}

json usage_json(const Usage& usage)
{
    const auto seconds = [](std::chrono::microseconds time) {
        return static_cast<double>(time.count()) / 1e6;
    };
    const auto rate = [&](int tokens, std::chrono::microseconds time) {
        return time.count() > 0 && tokens > 0 ? tokens / seconds(time) : 0.0;
    };
    return {
        {"prompt_tokens", usage.prompt_tokens},
        {"new_tokens", usage.new_tokens},
        {"first_token_s", seconds(usage.first_token)},
        {"prefill_tokens_per_s", rate(usage.prompt_tokens, usage.prefill)},
        // The first token comes out of the prefill.
        {"decode_tokens_per_s", rate(usage.new_tokens - 1, usage.decode)}};
}

std::string line(const json& document)
{
    return document.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<Output> run(const Context& context)
{
    auto request = make_request(context);
    if (!request) return tl::unexpected(request.error());
    Worker worker(context.device);
    const auto engine = Engine::open(worker, context.model, context.device, context.compute);
    if (!engine) return tl::unexpected(engine.error());

    const bool stream = context.arguments.has("--stream") || !context.json;
    std::string text, reasoning;
    json tool_calls = json::array();
    Progress progress(context, "reading the prompt");
    std::promise<Result<Finish>> done;
    ReplyHandler handler;
    handler.on_progress = [&](int position, int total) {
        if (position < total) progress.update(position, total);
    };
    handler.on_text = [&](std::string_view piece) {
        text += piece;
        if (stream)
            std::cout << (context.json ? line({{"delta", piece}}) : std::string(piece))
                      << std::flush;
    };
    handler.on_reasoning = [&](std::string_view piece) { reasoning += piece; };
    handler.on_tool_call = [&](const ToolCall& call) {
        tool_calls.push_back({{"name", call.name}, {"arguments", call.arguments_json}});
    };
    handler.on_done = [&](Result<Finish> finish) { done.set_value(std::move(finish)); };
    if (const auto queued = (*engine)->submit(std::move(*request), std::move(handler)); !queued)
        return tl::unexpected(queued.error());
    const Result<Finish> finish = done.get_future().get();
    if (!finish) return tl::unexpected(finish.error());

    json document = {
        {"text", text},
        {"reasoning", reasoning},
        {"tool_calls", tool_calls},
        {"refused_calls", finish->refused_calls},
        {"token_ids", finish->token_ids},
        {"finish_reason", name(finish->reason)},
        {"usage", usage_json(finish->usage)}};
    if (stream) std::cout << (context.json ? line(document) : std::string("\n"));
    return Output{std::move(document), {}, stream, finish->reason == FinishReason::Cancelled};
}

} // namespace

Command generate_command()
{
    return {
        "generate",
        "answers a prompt",
        "percept-engine generate --model SmolLM2-135M-Instruct.Q4_1.gguf --prompt \"What is the "
        "capital of France?\"",
        {
            {"--prompt", "T", "one message of the user, written with the model's chat template"},
            {"--messages", "F", "a request file in the form of the OpenAI chat API"},
            {"--max-tokens", "N", "ends after N tokens (512)"},
            {"--temperature", "X", "0 picks the most likely token (0)"},
            {"--top-p", "X", "the most likely tokens that make up X (1)"},
            {"--top-k", "N", "the N most likely tokens (0: all)"},
            {"--min-p", "X", "tokens at least X times as likely as the best (0)"},
            {"--repetition-penalty", "X", "divides the logits of earlier tokens (1)"},
            {"--seed", "N", "of the random numbers (0)"},
            {"--stop", "S", "ends before S; may be repeated", Option::Kind::Values},
            {"--stream",
             "",
             "with --json: a line {\"delta\": ...} for every piece, the whole document last",
             Option::Kind::Flag},
        },
        true,
        run};
}

} // namespace engine::tools
