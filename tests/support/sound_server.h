#pragma once

#include "tests/support/run_command.h"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace support {

/// A PulseAudio of its own with a speaker that is heard by nobody but a recorder.
class SoundServer {
public:
    static bool is_installed()
    {
        return has_program("pulseaudio") && has_program("pactl") && has_program("parec");
    }
    static constexpr const char* kMissing =
        "PulseAudio is not installed; install pulseaudio, pulseaudio-utils and libasound2-plugins.";

    SoundServer()
    {
        const std::string socket = (folder_ / "socket").string();
        const auto script = folder_.write(
            "test.pa",
            "load-module module-native-protocol-unix socket=" + socket +
                "\nload-module module-null-sink sink_name=speaker rate=48000 channels=2\n"
                "set-default-sink speaker\n");
        ::setenv("XDG_RUNTIME_DIR", folder_.path().c_str(), 1);
        ::setenv("PULSE_SERVER", ("unix:" + socket).c_str(), 1);
        server_ = std::make_unique<Command>(std::vector<std::string>{
            "pulseaudio",
            "-n",
            "-F",
            script.string(),
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no"});
        server_->wait_for([&] { return std::filesystem::exists(socket); }, 10);
        // A sink that nobody plays to sleeps, and its recorder would start late.
        silence_ = std::make_unique<Command>(std::vector<std::string>{
            "pacat",
            "--device=speaker",
            "--rate=48000",
            "--channels=2",
            "/dev/zero"});
    }
    ~SoundServer()
    {
        ::unsetenv("PULSE_SERVER");
        ::unsetenv("XDG_RUNTIME_DIR");
    }

    /// Listens from now on.
    void record()
    {
        recorder_ = std::make_unique<Command>(std::vector<std::string>{
            "parec",
            "--device=speaker.monitor",
            "--rate=48000",
            "--channels=2",
            "--format=float32le",
            "--latency-msec=20"});
        recorder_->wait_for([&] { return recorder_->out().size() > 40'000; }, 20);
    }
    /// What was heard since: interleaved stereo at 48 kHz.
    std::vector<float> heard() const
    {
        const std::string bytes = recorder_->out();
        std::vector<float> samples(bytes.size() / 8 * 2);
        std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(float));
        return samples;
    }
    /// As a server that crashes: every device is gone.
    void kill()
    {
        recorder_.reset();
        silence_.reset();
        server_.reset();
    }

private:
    TemporaryFolder folder_;
    std::unique_ptr<Command> server_, silence_, recorder_;
};

} // namespace support
