// Loads all four starter models in one process and prints how long that took and what stays in
// memory.
//
//   starter_load [--exact] [--one-by-one] [models folder]   default: $PERCEPT_MODELS
//
// The models are opened at the same time: tables and tokenizers are read on a thread each, weights
// are repacked on the engine thread. Five rounds, the first of which may read the disk.

#include "engine/engine.h"
#include "engine/speech_recognizer.h"
#include "engine/text_embedder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A line of /proc/self/status in megabytes of 10^6 bytes.
double memory_mb(const std::string& name)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1)) * 1.024e-3;
    return 0;
}

struct Starter {
    std::unique_ptr<engine::Engine> language;
    std::unique_ptr<engine::SpeechRecognizer> speech;
    std::unique_ptr<engine::TextEmbedder> vectors;
};

/// Ends the program with the sentence of an error.
template <typename T>
void take(std::unique_ptr<T>& into, engine::Result<std::unique_ptr<T>> opened)
{
    if (!opened) {
        std::fprintf(stderr, "%s\n", opened.error().message.c_str());
        std::exit(1);
    }
    into = std::move(*opened);
}

} // namespace

int main(int argc, char** argv)
{
    const char* models = std::getenv("PERCEPT_MODELS");
    std::string folder = models != nullptr ? models : "models";
    auto compute = kernels::Compute::Fast;
    bool one_by_one = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--exact")
            compute = kernels::Compute::Exact;
        else if (word == "--one-by-one")
            one_by_one = true;
        else
            folder = word;
    }
    engine::Worker worker;
    std::printf("%s, before: %.0f MB\n", worker.device_description().c_str(), memory_mb("VmRSS"));
    std::vector<double> totals;
    for (int round = 0; round < 5; ++round) {
        Starter starter;
        double times_s[3] = {};
        const std::function<void()> open[] = {
            [&] {
                take(
                    starter.language,
                    engine::Engine::open(worker, folder + "/smollm2-135m-instruct", {}, compute));
            },
            [&] {
                take(
                    starter.speech,
                    engine::SpeechRecognizer::open(
                        worker,
                        folder + "/whisper-base",
                        folder + "/silero-vad",
                        compute));
            },
            [&] {
                take(
                    starter.vectors,
                    engine::TextEmbedder::open(worker, folder + "/all-minilm-l6-v2", compute));
            }};
        const auto begin = Clock::now();
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i) {
            const auto run = [&, i] {
                const auto start = Clock::now();
                open[i]();
                times_s[i] = seconds_since(start);
            };
            threads.emplace_back(run);
            if (one_by_one) threads.back().join();
        }
        for (std::thread& thread : threads)
            if (thread.joinable()) thread.join();
        totals.push_back(seconds_since(begin));
        std::printf(
            "SmolLM2 %.3f s, Whisper and Silero %.3f s, MiniLM %.3f s: all %.3f s; resident %.0f "
            "MB "
            "(%.0f of its own, %.0f of mapped files)\n",
            times_s[0],
            times_s[1],
            times_s[2],
            totals.back(),
            memory_mb("VmRSS"),
            memory_mb("RssAnon"),
            memory_mb("RssFile"));
    }
    std::sort(totals.begin(), totals.end());
    std::printf(
        "all four models: median %.3f s; peak resident %.0f MB\n",
        totals[totals.size() / 2],
        memory_mb("VmHWM"));
    return 0;
}
