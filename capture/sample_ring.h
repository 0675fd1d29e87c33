#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace capture {

/// Interleaved samples from one thread to another without a lock: the reading side may be an audio
/// callback. Counts frames (one sample of each channel) since the beginning.
class SampleRing {
public:
    SampleRing(std::size_t frames, std::size_t channels)
        : channels_(channels), frames_(frames), samples_(frames * channels)
    {
    }

    /// The writer's: takes what fits, whole frames only, and returns how many.
    std::size_t write(std::span<const float> interleaved)
    {
        const std::uint64_t written = written_.load(std::memory_order_relaxed);
        const std::size_t count = std::min(interleaved.size() / channels_, room());
        for (std::size_t done = 0; done < count;) {
            const std::size_t at = static_cast<std::size_t>((written + done) % frames_);
            const std::size_t run = std::min(count - done, frames_ - at);
            std::copy_n(
                interleaved.data() + done * channels_,
                run * channels_,
                samples_.data() + at * channels_);
            done += run;
        }
        written_.store(written + count, std::memory_order_release);
        return count;
    }
    /// The reader's: fills what it has into the front of `out` and returns how many frames.
    std::size_t read(std::span<float> out)
    {
        const std::uint64_t read = read_.load(std::memory_order_relaxed);
        const std::uint64_t written = written_.load(std::memory_order_acquire);
        const std::size_t count =
            std::min(out.size() / channels_, static_cast<std::size_t>(written - read));
        for (std::size_t done = 0; done < count;) {
            const std::size_t at = static_cast<std::size_t>((read + done) % frames_);
            const std::size_t run = std::min(count - done, frames_ - at);
            std::copy_n(
                samples_.data() + at * channels_,
                run * channels_,
                out.data() + done * channels_);
            done += run;
        }
        read_.store(read + count, std::memory_order_release);
        return count;
    }
    /// The reader's: passes over everything written before `frame`.
    void skip_to(std::uint64_t frame)
    {
        if (frame > read_.load(std::memory_order_relaxed))
            read_.store(frame, std::memory_order_release);
    }

    std::size_t room() const
    {
        const std::uint64_t read = read_.load(std::memory_order_acquire); // first: it is behind
        const std::uint64_t written = written_.load(std::memory_order_acquire);
        return frames_ - static_cast<std::size_t>(std::min<std::uint64_t>(written - read, frames_));
    }
    std::uint64_t frames_written() const { return written_.load(std::memory_order_acquire); }
    std::uint64_t frames_read() const { return read_.load(std::memory_order_acquire); }
    std::size_t channels() const { return channels_; }

private:
    std::size_t channels_;
    std::size_t frames_;
    std::vector<float> samples_;
    std::atomic<std::uint64_t> written_{0}; // frames, ever
    std::atomic<std::uint64_t> read_{0};
};

} // namespace capture
