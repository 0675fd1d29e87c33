#include "engine/models/speech_task.h"

#include <cmath>
#include <utility>

namespace engine {

SpeechTask::SpeechTask(SpeechRequest request, SpeechHandler handler)
    : request_(std::move(request)), handler_(std::move(handler))
{
    // One not-a-number would spread over every feature around it.
    for (float& sample : request_.sound.samples)
        if (!std::isfinite(sample)) sample = 0;
}

Worker::Job SpeechTask::job()
{
    Worker::Job next;
    next.run = [self = shared_from_this()](kernels::Backend& backend) { self->run(backend); };
    next.failed = [self = shared_from_this()](Error error) {
        self->finish(tl::unexpected<Error>(std::move(error)));
    };
    next.priority = request_.priority;
    next.stop = request_.stop;
    next.owner = owner_;
    return next;
}

Result<void> SpeechTask::start(Worker& worker, const void* owner)
{
    worker_ = &worker;
    owner_ = owner;
    return worker.post(job());
}

void SpeechTask::run(kernels::Backend& backend)
{
    switch (request_.stop.stop_requested() ? Step::Stopped : step(backend)) {
    case Step::More:
        return worker_->post_rest(job());
    case Step::Done:
        return finish(summary());
    case Step::Stopped:
        return finish(fail(ErrorCode::Cancelled, "The transcription was stopped."));
    }
}

void SpeechTask::finish(Result<SpeechFinish> result)
{
    if (std::exchange(done_, true)) return;
    if (handler_.on_done) handler_.on_done(std::move(result));
}

void SpeechTask::tell_segment(const RecognizedSegment& segment) const
{
    if (handler_.on_segment) handler_.on_segment(segment);
}

void SpeechTask::tell_progress(double done_s) const
{
    if (!handler_.on_progress) return;
    handler_.on_progress(
        done_s,
        static_cast<double>(request_.sound.samples.size()) / kSampleRateHz);
}

Result<void> TaskRecognizer::submit(SpeechRequest request, SpeechHandler handler)
{
    if (auto can = check(request); !can) return can;
    return make_task(std::move(request), std::move(handler))->start(worker_, this);
}

} // namespace engine
