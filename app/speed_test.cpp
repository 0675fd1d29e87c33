#include "app/speed_test.h"

#include "app/ask_job.h"
#include "app/transcribe_job.h"
#include "storage/clock.h"

#include <chrono>
#include <future>
#include <memory>

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

double seconds(std::chrono::microseconds time)
{
    return std::chrono::duration<double>(time).count();
}

Error stopped()
{
    return {ErrorCode::Cancelled, "The speed test was stopped.", ""};
}

/// About a hundred words, as a question with its passage has them.
std::string prompt()
{
    std::string text = "Continue this story about a harbour, in long sentences.";
    for (int i = 0; i < 12; ++i) text += " The keeper wrote down the wind, the tide and the ships.";
    return text;
}

Result<engine::Usage> write_some(engine::Engine& model, int new_tokens, const std::stop_token& stop)
{
    engine::Request request;
    request.messages = {{engine::Role::User, {engine::Text{prompt()}}}};
    request.sampling.max_new_tokens = new_tokens;
    request.stop = stop;
    auto done = std::make_shared<std::promise<Result<engine::Usage>>>();
    auto future = done->get_future();
    engine::ReplyHandler handler;
    handler.on_done = [done](engine::Result<engine::Finish> finish) {
        if (finish)
            done->set_value(finish->usage);
        else
            done->set_value(tl::unexpected(finish.error()));
    };
    if (auto posted = model.submit(std::move(request), std::move(handler)); !posted)
        return tl::unexpected(posted.error());
    return future.get();
}

Result<void>
measure_writing(Speed& speed, const SpeedPlan& plan, Engines& engines, const std::stop_token& stop)
{
    auto model = engines.language_model(plan.language_model);
    if (!model) return tl::unexpected(model.error());
    const auto usage = write_some(**model, plan.new_tokens, stop);
    if (!usage) return tl::unexpected(usage.error());
    speed.first_word_s = seconds(usage->first_token);
    // The first token comes out of the prompt, so it is no decode step.
    if (usage->new_tokens > 1 && usage->decode.count() > 0)
        speed.tokens_per_s = (usage->new_tokens - 1) / seconds(usage->decode);
    return {};
}

Result<void> measure_listening(
    Speed& speed,
    const SpeedPlan& plan,
    Engines& engines,
    const std::function<void(double)>& on_share,
    const std::stop_token& stop)
{
    if (auto opened = engines.speech(plan.own_recognizer); !opened) {
        if (opened.error().code == ErrorCode::NoModel) return {};
        return tl::unexpected(opened.error());
    }
    TranscribeRequest request;
    request.file = plan.speech;
    request.own_model = plan.own_recognizer;
    TranscribeObserver observer;
    observer.on_progress = [&](double heard_s, double total_s) {
        if (total_s > 0) on_share(heard_s / total_s);
    };
    const auto heard = transcribe(request, engines, observer, stop);
    if (!heard) return tl::unexpected(heard.error());
    if (heard->cancelled) return tl::unexpected(stopped());
    if (heard->duration_s > 0) speed.speech_minute_s = heard->elapsed_s / heard->duration_s * 60;
    return {};
}

Result<void> measure_reading(Speed& speed, Engines& engines, const std::stop_token& stop)
{
    auto embedder = embedder_or_null(engines);
    if (!embedder) return tl::unexpected(embedder.error());
    if (*embedder == nullptr) return {};
    constexpr int kPassages = 32;
    engine::EmbedRequest request;
    request.texts.assign(kPassages, prompt());
    request.stop = stop;
    const auto begin = Clock::now();
    if (auto vectors = (*embedder)->embed(std::move(request)); !vectors)
        return tl::unexpected(vectors.error());
    speed.passages_per_s = kPassages / std::chrono::duration<double>(Clock::now() - begin).count();
    return {};
}

} // namespace

Result<Speed> measure_speed(
    const SpeedPlan& plan,
    Engines& engines,
    const std::function<void(const std::string& step, double share)>& on_step,
    const std::stop_token& stop)
{
    Speed speed;
    const auto step = [&](const char* name, double share) {
        if (on_step) on_step(name, share);
    };
    step("writing", 0);
    std::error_code ignored;
    if (!plan.language_model.empty() && std::filesystem::exists(plan.language_model, ignored))
        if (auto done = measure_writing(speed, plan, engines, stop); !done)
            return tl::unexpected(done.error());
    if (stop.stop_requested()) return tl::unexpected(stopped());
    step("listening", 0.3);
    if (!plan.speech.empty()) {
        auto done = measure_listening(
            speed,
            plan,
            engines,
            [&](double share) { step("listening", 0.3 + 0.5 * share); },
            stop);
        if (!done) return tl::unexpected(done.error());
    }
    if (stop.stop_requested()) return tl::unexpected(stopped());
    step("reading", 0.8);
    if (auto done = measure_reading(speed, engines, stop); !done)
        return tl::unexpected(done.error());
    step("reading", 1);
    speed.measured = storage::utc_now();
    speed.device = engines.status().device;
    return speed;
}

} // namespace app
