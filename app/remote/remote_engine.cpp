#include "app/remote/remote_engine.h"

#include "app/remote/http.h"
#include "app/text.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

namespace app::remote {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr int kUnknownContext = 8192; // of servers that do not say
constexpr int kMinNewTokens = 2048;   // a model that thinks counts that too

std::string_view role_name(engine::Role role)
{
    switch (role) {
    case engine::Role::System:
        return "system";
    case engine::Role::User:
        return "user";
    case engine::Role::Assistant:
        return "assistant";
    case engine::Role::Tool:
        return "tool";
    }
    return "user";
}

std::string text_of(const engine::Message& message)
{
    std::string text;
    for (const auto& part : message.parts)
        if (const auto* words = std::get_if<engine::Text>(&part)) text += words->utf8;
    return text;
}

std::string body_of(const engine::Request& request, const std::string& model)
{
    Json messages = Json::array();
    for (const auto& message : request.messages)
        messages.push_back({{"role", role_name(message.role)}, {"content", text_of(message)}});
    Json body{
        {"model", model},
        {"messages", std::move(messages)},
        {"max_tokens", std::max(request.sampling.max_new_tokens, kMinNewTokens)},
        {"temperature", request.sampling.temperature},
        {"seed", request.sampling.seed},
        {"stream", true},
        {"stream_options", {{"include_usage", true}}}};
    if (!request.sampling.stop.empty()) body["stop"] = request.sampling.stop;
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// One reply as its lines come: "data: {...}" with a delta each, the last one "data: [DONE]".
class Reply {
public:
    explicit Reply(const engine::ReplyHandler& handler) : handler_(handler) {}

    bool hear(std::string_view line)
    {
        if (!line.starts_with("data:")) return true; // comments and other fields of the stream
        line.remove_prefix(line.starts_with("data: ") ? 6 : 5);
        if (line == "[DONE]") {
            complete_ = true;
            return false;
        }
        const Json chunk = Json::parse(line, nullptr, false);
        if (!chunk.is_object()) return true;
        if (chunk.contains("usage") && chunk["usage"].is_object()) {
            finish_.usage.prompt_tokens = chunk["usage"].value("prompt_tokens", 0);
            finish_.usage.new_tokens = chunk["usage"].value("completion_tokens", 0);
        }
        if (!chunk.contains("choices") || !chunk["choices"].is_array() || chunk["choices"].empty())
            return true;
        const Json& choice = chunk["choices"][0];
        if (choice.contains("delta")) take(choice["delta"]);
        if (choice.contains("finish_reason") && choice["finish_reason"].is_string()) {
            complete_ = true;
            if (choice["finish_reason"] == "length") finish_.reason = engine::FinishReason::Length;
        }
        return true;
    }
    bool complete() const { return complete_; }
    engine::Finish finish()
    {
        const auto now = Clock::now();
        using Micro = std::chrono::microseconds;
        if (first_ == Clock::time_point{}) first_ = now;
        finish_.usage.first_token = std::chrono::duration_cast<Micro>(first_ - start_);
        finish_.usage.decode = std::chrono::duration_cast<Micro>(now - first_);
        return finish_;
    }

private:
    void take(const Json& delta)
    {
        const auto words = [&](const char* field) {
            return delta.is_object() && delta.contains(field) && delta[field].is_string()
                       ? delta[field].get<std::string>()
                       : std::string{};
        };
        if (const auto text = words("reasoning_content") + words("reasoning"); !text.empty())
            if (handler_.on_reasoning) handler_.on_reasoning(text);
        if (const auto text = words("content"); !text.empty()) {
            if (first_ == Clock::time_point{}) first_ = Clock::now();
            if (handler_.on_text) handler_.on_text(text);
        }
    }

    const engine::ReplyHandler& handler_;
    engine::Finish finish_;
    bool complete_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point first_;
};

class Server final : public RemoteEngine {
public:
    Server(std::string base, std::string model, std::string key, int context)
        : base_(std::move(base)), model_(std::move(model)), key_(std::move(key)), context_(context)
    {
    }
    ~Server() override
    {
        end_.request_stop();
        if (thread_.joinable()) thread_.join();
    }

    engine::Result<void> submit(engine::Request request, engine::ReplyHandler handler) override
    {
        if (busy_.exchange(true))
            return fail(ErrorCode::QueueFull, "Another question waits for this server.");
        if (thread_.joinable()) thread_.join();
        thread_ = std::thread{[this, request = std::move(request), handler = std::move(handler)] {
            auto finish = run(request, handler);
            busy_ = false;
            handler.on_done(std::move(finish));
        }};
        return {};
    }
    engine::Result<int> count_tokens(std::span<const engine::Message> messages) const override
    {
        std::size_t bytes = 0;
        for (const auto& message : messages) bytes += text_of(message).size() + 32;
        return static_cast<int>(bytes / 3 + 1);
    }
    int context_length() const override { return context_; }
    engine::Capabilities capabilities() const override { return {false, false, true, false}; }
    std::string name() const override { return model_ + " at " + host(); }
    std::string host() const override { return host_of(base_); }

private:
    engine::Result<engine::Finish>
    run(const engine::Request& request, const engine::ReplyHandler& handler)
    {
        std::stop_source either;
        const std::stop_callback asked{request.stop, [&] { either.request_stop(); }};
        const std::stop_callback ending{end_.get_token(), [&] { either.request_stop(); }};
        Reply reply{handler};
        const auto performed = perform(
            {base_ + "/chat/completions",
             key_,
             body_of(request, model_),
             [&reply](std::string_view line) { return reply.hear(line); }},
            either.get_token());
        if (!performed) return tl::unexpected(performed.error());
        if (!reply.complete())
            return fail(
                ErrorCode::NetworkUnavailable,
                fmt::format("{} broke off its answer.", host()),
                "Ask again, or let the starter answer.");
        return reply.finish();
    }

    std::string base_;
    std::string model_;
    std::string key_;
    int context_;
    std::stop_source end_;
    std::atomic<bool> busy_{false};
    std::thread thread_;
};

} // namespace

Result<std::unique_ptr<RemoteEngine>>
RemoteEngine::open(std::string_view url, const std::stop_token& stop)
{
    const std::size_t hash = std::min(url.find('#'), url.size());
    std::string base{url.substr(0, hash)};
    std::string model{url.substr(std::min(hash + 1, url.size()))};
    while (base.ends_with('/')) base.pop_back();
    const char* key = std::getenv("PERCEPT_API_KEY");
    const std::string host = host_of(base);
    if (host.empty())
        return fail(
            ErrorCode::BadUsage,
            fmt::format("{} is not the address of a server.", url),
            "Write it like http://127.0.0.1:8000/v1.");
    std::string answer;
    const auto listed = perform(
        {base + "/models",
         key != nullptr ? key : "",
         {},
         [&answer](std::string_view line) {
             answer += line;
             return true;
         }},
        stop);
    if (!listed) return tl::unexpected(listed.error());
    const Json models = Json::parse(answer, nullptr, false);
    const auto not_a_server = [&](const std::string& why) {
        return fail(
            ErrorCode::BadFile,
            fmt::format("{} does not speak the OpenAI API: {}.", host, why),
            "Check the address; it usually ends in /v1.");
    };
    if (!models.is_object() || !models.contains("data") || !models["data"].is_array())
        return not_a_server("its list of models makes no sense");
    int context = kUnknownContext;
    for (const Json& one : models["data"]) {
        if (!one.is_object() || !one.contains("id") || !one["id"].is_string()) continue;
        if (model.empty()) model = one["id"];
        if (one["id"] == model && one.contains("max_model_len") &&
            one["max_model_len"].is_number_integer())
            context = std::clamp(one["max_model_len"].get<int>(), 1024, 1 << 20);
    }
    if (model.empty()) return not_a_server("it has no models");
    return std::make_unique<Server>(base, model, key != nullptr ? key : "", context);
}

} // namespace app::remote
