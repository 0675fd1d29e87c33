#include "engine/sound/wav.h"
#include "engine/speech_recognizer.h"
#include "engine/tools/command.h"

#include <chrono>
#include <future>
#include <sstream>
#include <system_error>

namespace engine::tools {
namespace {

using nlohmann::json;

json segment_json(const RecognizedSegment& segment, bool words)
{
    json out = {
        {"start_s", segment.start_s},
        {"end_s", segment.end_s},
        {"text", segment.text},
        {"confidence", segment.confidence},
        {"speaker", nullptr}};
    if (!words) return out;
    out["words"] = json::array();
    for (const RecognizedWord& word : segment.words)
        out["words"].push_back(
            {{"start_s", word.start_s},
             {"end_s", word.end_s},
             {"text", word.text},
             {"confidence", word.confidence}});
    return out;
}

/// The voice activity model: named, "none", or the one that stands beside the recogniser's folder.
Result<std::filesystem::path> find_vad(const Context& context)
{
    const std::string named = context.arguments.text("--vad");
    if (named == "none") return std::filesystem::path();
    if (!named.empty()) return std::filesystem::path(named);
    std::error_code error;
    const auto beside =
        std::filesystem::absolute(context.model, error).lexically_normal() / ".." / "silero-vad";
    return std::filesystem::exists(beside, error) ? beside.lexically_normal()
                                                  : std::filesystem::path();
}

Result<Output> run(const Context& context)
{
    if (!context.arguments.has("--audio"))
        return fail(
            ErrorCode::BadUsage,
            "transcribe needs a recording.",
            "Give --audio with a WAV file.");
    if (context.device.device == Device::Cuda)
        return fail(
            ErrorCode::DeviceUnavailable,
            "This build runs recognisers on the CPU only.",
            "Choose the device cpu or auto.");
    const auto wav = sound::read_wav(context.arguments.text("--audio"));
    if (!wav) return tl::unexpected(wav.error());
    const auto vad = find_vad(context);
    if (!vad) return tl::unexpected(vad.error());
    Worker worker(context.device);
    const auto recognizer = SpeechRecognizer::open(worker, context.model, *vad, context.compute);
    if (!recognizer) return tl::unexpected(recognizer.error());

    SpeechRequest request;
    request.sound = sound::to_model_sound(*wav);
    request.language = context.arguments.text("--language", "auto");
    if (request.language == "auto") request.language.clear();
    request.word_times = context.arguments.has("--words");
    request.skip_silence = !vad->empty();
    request.priority = Priority::Interactive;
    request.stop = context.stop;
    const double duration_s = static_cast<double>(request.sound.samples.size()) / kSampleRateHz;

    json segments = json::array();
    std::ostringstream text;
    Progress progress(context, "transcribing");
    std::promise<Result<SpeechFinish>> done;
    SpeechHandler handler;
    handler.on_progress = [&](double at, double total) { progress.update(at, total); };
    handler.on_segment = [&](const RecognizedSegment& segment) {
        segments.push_back(segment_json(segment, context.arguments.has("--words")));
        text << segment.text << '\n';
    };
    handler.on_done = [&](Result<SpeechFinish> finish) { done.set_value(std::move(finish)); };
    const auto begin = std::chrono::steady_clock::now();
    if (const auto queued = (*recognizer)->submit(std::move(request), std::move(handler)); !queued)
        return tl::unexpected(queued.error());
    const Result<SpeechFinish> finish = done.get_future().get();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;

    // What was heard before Ctrl+C is kept.
    const bool interrupted =
        !finish && finish.error().code == ErrorCode::Cancelled && !segments.empty();
    if (!finish && !interrupted) return tl::unexpected(finish.error());
    json document = {
        {"language", finish ? finish->language : ""},
        {"duration_s", duration_s},
        {"segments", std::move(segments)},
        {"gaps", json::array()},
        {"real_time_factor", duration_s > 0 ? elapsed.count() / duration_s : 0.0}};
    if (finish) document["speech_s"] = finish->speech_s;
    return Output{std::move(document), text.str(), false, interrupted};
}

} // namespace

Command transcribe_command()
{
    return {
        "transcribe",
        "speech to text",
        "percept-engine transcribe --model whisper-base --audio speech.wav --words --json",
        {
            {"--audio",
             "F.wav",
             "a recording: any rate, 8 to 32 bit or float, any number of channels"},
            {"--words", "", "the time of every word", Option::Kind::Flag},
            {"--language", "L", "auto, or a code such as en (auto)"},
            {"--vad",
             "DIR|none",
             "the voice activity model that skips silence (silero-vad beside the model)"},
        },
        true,
        run};
}

} // namespace engine::tools
