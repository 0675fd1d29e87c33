#pragma once

#include "engine/speech_recognizer.h"
#include "engine/worker.h"

#include <memory>
#include <span>

namespace engine {

/// One SpeechRequest on its way through the engine thread, as a chain of short jobs: between two of
/// them a more urgent request goes first, and a stop is heard. What one job does is the family's.
class SpeechTask : public std::enable_shared_from_this<SpeechTask> {
public:
    virtual ~SpeechTask() = default;
    SpeechTask(const SpeechTask&) = delete;
    SpeechTask& operator=(const SpeechTask&) = delete;

    /// Queues the first job; `owner` is what Worker::cancel() will be asked for. Errors: QueueFull.
    Result<void> start(Worker& worker, const void* owner);

protected:
    SpeechTask(SpeechRequest request, SpeechHandler handler);

    const SpeechRequest& request() const { return request_; }
    std::span<const float> samples() const { return request_.sound.samples; } // all finite
    void tell_segment(const RecognizedSegment& segment) const;
    void tell_progress(double done_s) const;

    enum class Step { More, Done, Stopped };

private:
    /// One job; Stopped where the request's stop token was heard on the way.
    virtual Step step(kernels::Backend& backend) = 0;
    /// Once step() said Done.
    virtual SpeechFinish summary() const = 0;

    Worker::Job job();
    void run(kernels::Backend& backend);
    void finish(Result<SpeechFinish> result);

    SpeechRequest request_;
    SpeechHandler handler_;
    Worker* worker_ = nullptr;
    const void* owner_ = nullptr;
    bool done_ = false;
};

/// A recogniser whose requests are such tasks; its family says of what kind.
class TaskRecognizer : public SpeechRecognizer {
public:
    ~TaskRecognizer() override { worker_.cancel(this); }
    TaskRecognizer(const TaskRecognizer&) = delete;
    TaskRecognizer& operator=(const TaskRecognizer&) = delete;

    Result<void> submit(SpeechRequest request, SpeechHandler handler) override;

protected:
    explicit TaskRecognizer(Worker& worker) : worker_(worker) {}
    Worker& worker() const { return worker_; }

private:
    /// Whether the model can do what is asked. Errors: BadUsage.
    virtual Result<void> check(const SpeechRequest& /*request*/) const { return {}; }
    virtual std::shared_ptr<SpeechTask>
    make_task(SpeechRequest request, SpeechHandler handler) const = 0;

    Worker& worker_;
};

} // namespace engine
