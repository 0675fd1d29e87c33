#include "capture/audio_output.h"

#include <algorithm>
#include <chrono>
#include <mutex>

namespace capture {
namespace {

/// Takes samples at the pace of a device and forgets them. Time passes when somebody asks.
class SilentOutput final : public AudioOutput {
public:
    explicit SilentOutput(const SoundFormat& format)
        : rate_hz_(format.rate_hz), channels_(static_cast<std::size_t>(format.channels)),
          capacity_(static_cast<std::size_t>(format.rate_hz) * 3 / 2)
    {
    }

    std::size_t write(std::span<const float> interleaved) override
    {
        const std::lock_guard lock(mutex_);
        advance();
        const std::size_t count = std::min(interleaved.size() / channels_, free());
        written_ += count;
        return count;
    }
    std::size_t room() const override
    {
        const std::lock_guard lock(mutex_);
        advance();
        return free();
    }
    Result<void> start() override
    {
        const std::lock_guard lock(mutex_);
        if (!running_) last_ = Clock::now();
        running_ = true;
        return {};
    }
    void pause() override
    {
        const std::lock_guard lock(mutex_);
        advance();
        running_ = false;
    }
    void flush() override
    {
        const std::lock_guard lock(mutex_);
        played_ = static_cast<double>(written_);
    }
    std::uint64_t written() const override
    {
        const std::lock_guard lock(mutex_);
        return written_;
    }
    double played() const override
    {
        const std::lock_guard lock(mutex_);
        advance();
        return played_;
    }
    void set_volume(float) override {}
    std::optional<Error> failure() const override { return std::nullopt; }

private:
    using Clock = std::chrono::steady_clock;

    void advance() const
    {
        if (!running_) return;
        const auto now = Clock::now();
        const double passed = std::chrono::duration<double>(now - last_).count() * rate_hz_;
        last_ = now;
        // Where nothing is queued the time stands still, as with a device that has nothing to play.
        played_ = std::min(static_cast<double>(written_), played_ + passed);
    }
    std::size_t free() const
    {
        return capacity_ - std::min(
                               capacity_,
                               static_cast<std::size_t>(static_cast<double>(written_) - played_));
    }

    int rate_hz_;
    std::size_t channels_;
    std::size_t capacity_; // frames
    mutable std::mutex mutex_;
    std::uint64_t written_ = 0;
    mutable double played_ = 0;
    mutable Clock::time_point last_ = Clock::now();
    bool running_ = false;
};

} // namespace

std::unique_ptr<AudioOutput> make_silent_output(const SoundFormat& format)
{
    return std::make_unique<SilentOutput>(format);
}

} // namespace capture
