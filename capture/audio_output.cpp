#include "capture/audio_output.h"

#include "base/blocking.h"
#include "capture/portaudio_library.h"
#include "capture/sample_ring.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <future>
#include <portaudio.h>
#include <string>
#include <thread>

namespace capture {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kRing_s = 1.5;
constexpr double kLatency_s = 0.06;                       // less and a busy machine is heard
constexpr auto kSilent = std::chrono::milliseconds(1500); // a running device asks all the time
constexpr auto kPatience = std::chrono::milliseconds(1000);

/// What the callback touches. It outlives the stream, even one that cannot be closed.
struct Shared {
    explicit Shared(const SoundFormat& format)
        : ring(
              static_cast<std::size_t>(format.rate_hz * kRing_s),
              static_cast<std::size_t>(format.channels))
    {
    }

    SampleRing ring;
    std::atomic<float> volume{1};
    std::atomic<bool> hold{true};
    std::atomic<std::uint64_t> flush_to{0};
    std::atomic<std::int64_t> called_ns{0};
    // Where the last buffer begins and when it is heard; odd while it is being written.
    std::atomic<std::uint32_t> version{0};
    std::atomic<std::uint64_t> anchor_frame{0};
    std::atomic<double> anchor_time_s{0};
    float gain = 0; // of the callback alone: where the ramp is
};

int play(
    const void*,
    void* output,
    unsigned long frames,
    const PaStreamCallbackTimeInfo* time,
    PaStreamCallbackFlags,
    void* user)
{
    Shared& shared = *static_cast<Shared*>(user);
    const std::size_t channels = shared.ring.channels();
    const std::span<float> out(static_cast<float*>(output), frames * channels);
    shared.ring.skip_to(shared.flush_to.load(std::memory_order_acquire));
    const std::uint64_t begins = shared.ring.frames_read();
    const std::size_t count = shared.hold ? 0 : shared.ring.read(out);
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(count * channels), out.end(), 0.0f);

    // A step of the volume clicks; a ramp over one buffer does not.
    const float target = shared.volume.load(std::memory_order_relaxed);
    const float step = (target - shared.gain) / static_cast<float>(std::max<std::size_t>(count, 1));
    for (std::size_t i = 0; i < count; ++i) {
        shared.gain += step;
        for (std::size_t c = 0; c < channels; ++c) out[i * channels + c] *= shared.gain;
    }
    shared.gain = target;

    if (count > 0) {
        shared.version.fetch_add(1, std::memory_order_acq_rel);
        shared.anchor_frame.store(begins, std::memory_order_relaxed);
        shared.anchor_time_s.store(time->outputBufferDacTime, std::memory_order_relaxed);
        shared.version.fetch_add(1, std::memory_order_release);
    }
    shared.called_ns.store(Clock::now().time_since_epoch().count(), std::memory_order_release);
    return paContinue;
}

/// PortAudio 19.6 may never return from a device that was pulled out. False: it did not in time;
/// the call then goes on alone, with all that it needs.
bool done_in_time(std::function<void()> call)
{
    std::promise<void> promise;
    auto done = promise.get_future();
    std::thread([call = std::move(call), promise = std::move(promise)]() mutable {
        call();
        call = nullptr; // what it holds goes first
        promise.set_value();
    }).detach();
    return done.wait_for(kPatience) == std::future_status::ready;
}

class PortAudioOutput final : public AudioOutput {
public:
    PortAudioOutput(std::shared_ptr<PortAudioLibrary> library, const SoundFormat& format)
        : library_(std::move(library)), rate_hz_(format.rate_hz),
          shared_(std::make_shared<Shared>(format))
    {
    }
    ~PortAudioOutput() override
    {
        if (stream_ == nullptr) return;
        shared_->hold = true;
        done_in_time([stream = stream_, shared = shared_, library = std::move(library_)] {
            Pa_AbortStream(stream);
            Pa_CloseStream(stream);
        });
    }

    Result<void> open(const SoundFormat& format)
    {
        PaStreamParameters parameters{};
        parameters.device = Pa_GetDefaultOutputDevice();
        const PaDeviceInfo* device =
            parameters.device == paNoDevice ? nullptr : Pa_GetDeviceInfo(parameters.device);
        if (device == nullptr || device->maxOutputChannels < 1)
            return fail(
                ErrorCode::DeviceUnavailable,
                "There is no device that plays sound.",
                "Connect one, or start PipeWire or PulseAudio; pictures play without.");
        name_ = device->name;
        parameters.channelCount = format.channels;
        parameters.sampleFormat = paFloat32;
        parameters.suggestedLatency = std::max(kLatency_s, device->defaultLowOutputLatency);
        const PaError error = Pa_OpenStream(
            &stream_,
            nullptr,
            &parameters,
            format.rate_hz,
            paFramesPerBufferUnspecified,
            paDitherOff,
            play,
            shared_.get());
        if (error == paNoError) return {};
        stream_ = nullptr;
        return fail(
            ErrorCode::DeviceUnavailable,
            "The sound device \"" + name_ + "\" cannot be opened: " + Pa_GetErrorText(error) + ".",
            "Another program may hold it; choose another device in the system's sound settings.");
    }

    std::size_t write(std::span<const float> interleaved) override
    {
        return shared_->ring.write(interleaved);
    }
    std::size_t room() const override { return shared_->ring.room(); }

    Result<void> start() override
    {
        BASE_MAY_BLOCK();
        if (running_) return {};
        if (auto failed = failure()) return tl::unexpected(*failed);
        shared_->called_ns = Clock::now().time_since_epoch().count();
        shared_->hold = false;
        auto error = std::make_shared<std::atomic<PaError>>(paNoError);
        const bool started = done_in_time(
            [error, stream = stream_, shared = shared_] { *error = Pa_StartStream(stream); });
        if (!started || *error != paNoError) return tl::unexpected(lose());
        running_ = true;
        return {};
    }

    void pause() override
    {
        BASE_MAY_BLOCK();
        if (!running_) return;
        shared_->hold = true;
        // What the device holds is heard to its end; then the position is that of what was taken.
        const auto give_up = Clock::now() + std::chrono::milliseconds(300);
        while (!failure() && Clock::now() < give_up &&
               played() + 1 < static_cast<double>(shared_->ring.frames_read()))
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (!done_in_time([stream = stream_, shared = shared_] { Pa_AbortStream(stream); })) lose();
        running_ = false;
    }

    void flush() override
    {
        const std::uint64_t written = shared_->ring.frames_written();
        shared_->flush_to.store(written, std::memory_order_release);
        // A callback does the same while it runs; no other thread reads meanwhile.
        if (!running_) shared_->ring.skip_to(written);
    }

    std::uint64_t written() const override { return shared_->ring.frames_written(); }

    double played() const override
    {
        const auto taken = static_cast<double>(shared_->ring.frames_read());
        const auto flushed = static_cast<double>(shared_->flush_to.load(std::memory_order_acquire));
        double heard = taken;
        if (running_) {
            std::uint32_t version = 0;
            std::uint64_t frame = 0;
            double time_s = 0;
            do {
                version = shared_->version.load(std::memory_order_acquire);
                frame = shared_->anchor_frame.load(std::memory_order_relaxed);
                time_s = shared_->anchor_time_s.load(std::memory_order_relaxed);
                std::atomic_thread_fence(std::memory_order_acquire);
            } while (version % 2 == 1 || version != shared_->version.load());
            const double since_s = version == 0 ? 0 : Pa_GetStreamTime(stream_) - time_s;
            heard = std::min(taken, static_cast<double>(frame) + since_s * rate_hz_);
        }
        heard = std::max(heard, flushed);
        double before = told_.load();
        while (heard > before && !told_.compare_exchange_weak(before, heard)) {
        }
        return std::max(heard, before);
    }

    void set_volume(float volume) override { shared_->volume = std::clamp(volume, 0.0f, 1.0f); }

    std::optional<Error> failure() const override
    {
        const auto silent = Clock::now().time_since_epoch() -
                            Clock::duration(shared_->called_ns.load(std::memory_order_acquire));
        if (running_ && silent > kSilent) lost_ = true;
        if (!lost_) return std::nullopt;
        return Error{
            ErrorCode::DeviceFailed,
            "The sound device \"" + name_ + "\" stopped playing.",
            "It may have been unplugged. Press Play to go on with the device that is there now."};
    }

private:
    Error lose()
    {
        lost_ = true;
        return *failure();
    }

    std::shared_ptr<PortAudioLibrary> library_;
    int rate_hz_;
    std::string name_;
    std::shared_ptr<Shared> shared_;
    PaStream* stream_ = nullptr;
    std::atomic<bool> running_{false};
    mutable std::atomic<bool> lost_{false};
    mutable std::atomic<double> told_{0};
};

} // namespace

Result<std::unique_ptr<AudioOutput>> AudioOutput::open(const SoundFormat& format)
{
    BASE_MAY_BLOCK();
    auto library = PortAudioLibrary::use();
    if (!library) return tl::unexpected(library.error());
    auto output = std::make_unique<PortAudioOutput>(std::move(*library), format);
    if (auto opened = output->open(format); !opened) return tl::unexpected(opened.error());
    return output;
}

} // namespace capture
