#include "engine/models/parakeet/live.h"

#include "engine/models/fastconformer/sound_tower.h"
#include "engine/models/parakeet/hearing.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>
#include <vector>

namespace engine::parakeet {
namespace {

/// What adding thread and engine thread share. The engine's jobs hold it, so that it outlives the
/// object that people have.
class Live : public std::enable_shared_from_this<Live> {
public:
    Live(
        Worker& worker,
        std::shared_ptr<const Model> model,
        const ChunkPlan& plan,
        LiveOptions options,
        LiveHandler handler)
        : worker_(worker), model_(std::move(model)), options_(std::move(options)),
          handler_(std::move(handler)), hearing_(*model_, plan, 0)
    {
    }

    void add(std::span<const float> samples)
    {
        {
            const std::lock_guard lock{mutex_};
            if (ended_) return;
            for (const float sample : samples)
                waiting_.push_back(std::isfinite(sample) ? sample : 0.0f);
        }
        // Where the queue is full the samples wait for the next call.
        static_cast<void>(wake());
    }
    Result<void> finish()
    {
        {
            const std::lock_guard lock{mutex_};
            ended_ = true;
        }
        return wake();
    }
    /// No callback from now on, but one that may be at work.
    void fall_silent()
    {
        const std::lock_guard lock{mutex_};
        silent_ = ended_ = true;
    }

private:
    /// Sees to it that a job is on its way.
    Result<void> wake()
    {
        {
            const std::lock_guard lock{mutex_};
            if (std::exchange(working_, true)) return {};
        }
        auto posted = worker_.post(job());
        if (!posted) {
            const std::lock_guard lock{mutex_};
            working_ = false;
        }
        return posted;
    }
    Worker::Job job()
    {
        Worker::Job next;
        next.run = [self = shared_from_this()](kernels::Backend& backend) { self->run(backend); };
        next.failed = [self = shared_from_this()](Error error) {
            self->done(tl::unexpected<Error>(std::move(error)));
        };
        next.priority = options_.priority;
        next.stop = options_.stop;
        next.owner = this;
        return next;
    }
    /// One window. On the engine thread, as everything below.
    void run(kernels::Backend& backend)
    {
        if (done_) return;
        bool ended = false;
        {
            const std::lock_guard lock{mutex_};
            samples_.insert(samples_.end(), waiting_.begin(), waiting_.end());
            waiting_.clear();
            ended = ended_;
        }
        const auto step = hearing_.step(backend, samples_, from_, ended, options_.stop, usage_);
        if (step == Hearing::Step::Stopped)
            return done(fail(ErrorCode::Cancelled, "Listening was stopped."));
        forget();
        hand_over();
        if (step == Hearing::Step::Done) return done(summary());
        if (step == Hearing::Step::Waiting) {
            const std::lock_guard lock{mutex_};
            // Samples that came meanwhile saw a job at work.
            if (waiting_.empty() && ended == ended_) {
                working_ = false;
                return;
            }
        }
        worker_.post_rest(job());
    }
    /// Samples that no window looks at any more.
    void forget()
    {
        const std::int64_t count =
            std::min(hearing_.kept_from() - from_, static_cast<std::int64_t>(samples_.size()));
        if (count <= 0) return;
        samples_.erase(samples_.begin(), samples_.begin() + count);
        from_ += count;
    }
    void hand_over()
    {
        // A segment closes with its last word, so words and segments come in their order.
        auto words = hearing_.words().take_words();
        auto segments = hearing_.words().take_segments();
        std::size_t next = 0;
        for (const RecognizedWord& word : words) {
            if (handler_.on_word) handler_.on_word(word);
            ++told_;
            while (next < segments.size() && told_ == segments[next].words.size()) {
                if (handler_.on_segment) handler_.on_segment(segments[next]);
                ++next;
                told_ = 0;
            }
        }
        // The open segment may close without a word of its own at the end.
        for (; next < segments.size(); ++next) {
            if (handler_.on_segment) handler_.on_segment(segments[next]);
            told_ = 0;
        }
    }
    SpeechFinish summary()
    {
        SpeechFinish summary;
        summary.language = hearing_.words().language();
        summary.language_probability = summary.language.empty() ? 0 : 1;
        summary.speech_s =
            static_cast<double>(from_ + static_cast<std::int64_t>(samples_.size())) / kSampleRateHz;
        summary.usage = usage_;
        return summary;
    }
    void done(Result<SpeechFinish> result)
    {
        if (std::exchange(done_, true)) return;
        bool silent = false;
        {
            const std::lock_guard lock{mutex_};
            ended_ = true; // samples that still come are for nobody
            silent = silent_;
        }
        if (handler_.on_done && !silent) handler_.on_done(std::move(result));
    }

    Worker& worker_;
    std::shared_ptr<const Model> model_;
    LiveOptions options_;
    LiveHandler handler_;

    std::mutex mutex_; // of the next four
    std::vector<float> waiting_;
    bool ended_ = false;
    bool silent_ = false;
    bool working_ = false; // a job waits or runs

    // Of the engine thread.
    Hearing hearing_;
    std::vector<float> samples_;
    std::int64_t from_ = 0; // number of the first of samples_
    std::size_t told_ = 0;  // words of the open segment
    bool done_ = false;
    Usage usage_;
};

/// The handle that people have: its end is the end of the listening.
class LiveHandle final : public LiveSpeech {
public:
    LiveHandle(Worker& worker, std::shared_ptr<Live> live) : worker_(worker), live_(std::move(live))
    {
    }
    ~LiveHandle() override
    {
        live_->fall_silent();
        worker_.cancel(live_.get());
    }
    LiveHandle(const LiveHandle&) = delete;
    LiveHandle& operator=(const LiveHandle&) = delete;
    void add(std::span<const float> samples) override { live_->add(samples); }
    Result<void> finish() override { return live_->finish(); }

private:
    Worker& worker_;
    std::shared_ptr<Live> live_;
};

/// Rows of 80 ms, or nothing where the time is not made of them.
std::optional<std::int64_t> rows_of(double time_s)
{
    const double rows = time_s / 0.08;
    if (!(rows >= 0 && rows <= 375) || std::abs(rows - std::round(rows)) > 1e-6)
        return std::nullopt;
    return std::llround(rows);
}

} // namespace

Result<std::unique_ptr<LiveSpeech>> open_live(
    Worker& worker,
    std::shared_ptr<const Model> model,
    LiveOptions options,
    LiveHandler handler)
{
    const auto left = rows_of(options.left_s), chunk = rows_of(options.chunk_s),
               right = rows_of(options.right_s);
    const bool whole = left && chunk && right && *chunk > 0 &&
                       (*left + *chunk + *right) * kRowSamples <= fastconformer::kClipSamples;
    if (!whole)
        return fail(
            ErrorCode::BadUsage,
            "Live sound cannot be heard in such chunks.",
            "Give times in steps of 0.08 s, 30 s at most in all.");
    auto live = std::make_shared<Live>(
        worker,
        std::move(model),
        ChunkPlan{*left, *chunk, *right},
        std::move(options),
        std::move(handler));
    return std::make_unique<LiveHandle>(worker, std::move(live));
}

} // namespace engine::parakeet
