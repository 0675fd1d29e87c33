// Transcribes on request, for the scripts of this folder: one JSON object a line in, one a line
// out.
//
//   whisper_bench WHISPER_DIR SILERO_DIR|- THREADS fast|exact
//   {"wav": "a.wav", "from_s": 0, "to_s": 5, "words": false, "beam": 1, "whole": false, "vad":
//   true, "language": "en"}
#include "engine/sound/wav.h"
#include "engine/speech_recognizer.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <exception>
#include <fstream>
#include <future>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double resident_mb(const std::string& field)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field)) return std::stod(line.substr(field.size() + 1)) / 1024;
    }
    return 0;
}

json to_json(const engine::RecognizedSegment& segment)
{
    json words = json::array();
    for (const auto& word : segment.words) {
        words.push_back({word.start_s, word.end_s, word.text, word.confidence});
    }
    return {
        {"start", segment.start_s},
        {"end", segment.end_s},
        {"text", segment.text},
        {"confidence", segment.confidence},
        {"no_speech", segment.no_speech},
        {"words", words}};
}

json transcribe(engine::SpeechRecognizer& recognizer, engine::Sound sound, const json& options)
{
    engine::SpeechRequest request;
    request.sound = std::move(sound);
    request.language = options.value("language", "");
    request.word_times = options.value("words", false);
    request.beam = options.value("beam", 1);
    request.whole_windows = options.value("whole", false);
    request.skip_silence = options.value("vad", true);
    std::promise<engine::Result<engine::SpeechFinish>> done;
    engine::SpeechHandler handler;
    json segments = json::array();
    std::string text;
    handler.on_segment = [&](const engine::RecognizedSegment& segment) {
        segments.push_back(to_json(segment));
        text += (text.empty() ? "" : " ") + segment.text;
    };
    handler.on_done = [&](engine::Result<engine::SpeechFinish> finish) {
        done.set_value(std::move(finish));
    };
    const auto begin = Clock::now();
    const std::clock_t processor = std::clock();
    if (auto queued = recognizer.submit(std::move(request), handler); !queued) {
        return {{"error", queued.error().message}};
    }
    const auto finish = done.get_future().get();
    if (!finish) return {{"error", finish.error().message}};
    return {
        {"seconds", seconds_since(begin)},
        {"cpu_s", static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC},
        {"text", text},
        {"segments", segments},
        {"language", finish->language},
        {"language_probability", finish->language_probability},
        {"speech_s", finish->speech_s},
        {"prefill_s", static_cast<double>(finish->usage.prefill.count()) / 1e6},
        {"decode_s", static_cast<double>(finish->usage.decode.count()) / 1e6},
        {"new_tokens", finish->usage.new_tokens},
        {"resident_mb", resident_mb("VmRSS:")},
        {"peak_mb", resident_mb("VmHWM:")}};
}

} // namespace

int main(int count, char** arguments)
try {
    if (count != 5) {
        std::cerr << "whisper_bench WHISPER_DIR SILERO_DIR|- THREADS fast|exact\n";
        return 2;
    }
    const std::string detector = arguments[2];
    engine::Worker worker(engine::DeviceChoice{.threads = std::stoi(arguments[3])});
    const auto begin = Clock::now();
    auto recognizer = engine::SpeechRecognizer::open(
        worker,
        arguments[1],
        detector == "-" ? "" : detector,
        std::string(arguments[4]) == "exact" ? kernels::Compute::Exact : kernels::Compute::Fast);
    if (!recognizer) {
        std::cerr << recognizer.error().message << "\n";
        return 1;
    }
    std::cout
        << json{{"device", worker.device_description()}, {"load_s", seconds_since(begin)}, {"resident_mb", resident_mb("VmRSS:")}}
               .dump()
        << std::endl;
    std::map<std::string, engine::Sound> sounds;
    for (std::string line; std::getline(std::cin, line);) {
        const json options = json::parse(line);
        const std::string path = options.at("wav");
        if (!sounds.contains(path)) {
            const auto wav = engine::sound::read_wav(path);
            if (!wav) {
                std::cout << json{{"error", wav.error().message}}.dump() << std::endl;
                continue;
            }
            sounds[path] = engine::sound::to_model_sound(*wav);
        }
        const auto& samples = sounds[path].samples;
        const auto place = [&](double at_s) {
            return samples.begin() +
                   std::min(static_cast<std::ptrdiff_t>(at_s * 16'000), std::ssize(samples));
        };
        const engine::Sound part{
            {place(options.value("from_s", 0.0)), place(options.value("to_s", 1e6))}};
        std::cout << transcribe(**recognizer, part, options).dump() << std::endl;
    }
} catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
}
