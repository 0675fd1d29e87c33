#include "engine/models/whisper/fallback.h"

#include <random>
#include <string>
#include <vector>
#include <zlib.h>

namespace engine::whisper {
namespace {

constexpr double kMaxCompression = 2.4;
constexpr double kMinAverage = -1.0;
constexpr float kNoSpeech = 0.6f;
constexpr int kSamples = 5;

std::string_view strip(std::string_view text)
{
    constexpr std::string_view kSpaces = " \t\n\v\f\r";
    const auto first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

} // namespace

double compression_ratio(std::string_view text)
{
    const std::string_view bare = strip(text);
    uLongf size = compressBound(static_cast<uLong>(bare.size()));
    std::vector<Bytef> packed(size);
    const int status = compress2(
        packed.data(),
        &size,
        reinterpret_cast<const Bytef*>(bare.data()),
        static_cast<uLong>(bare.size()),
        6);
    if (status != Z_OK || size == 0) return 0;
    return static_cast<double>(bare.size()) / static_cast<double>(size);
}

std::optional<WindowText> decode_with_fallback(
    kernels::Backend& backend,
    Search& search,
    const Vocabulary& vocabulary,
    int beam,
    const std::stop_token& stop)
{
    std::mt19937_64 random(0); // the same file gives the same text again
    std::optional<WindowText> best,
        best_plain; // best_plain: among those that do not repeat themselves
    for (const float temperature : {0.0f, 0.2f, 0.4f, 0.6f, 0.8f, 1.0f}) {
        auto text = temperature > 0 ? search.sample(backend, temperature, kSamples, random, stop)
                    : beam > 1      ? search.beam(backend, beam, stop)
                                    : search.greedy(backend, stop);
        if (!text) return std::nullopt;
        WindowText found{std::move(*text), temperature, false};
        const double average = found.text.average_log_prob();
        const bool repeats =
            found.text.looped ||
            compression_ratio(vocabulary.text(found.text.tokens)) > kMaxCompression;
        const bool unlikely = average < kMinAverage;
        found.silent = search.no_speech() > kNoSpeech && !(average > kMinAverage);
        if ((!repeats && !unlikely) || (search.no_speech() > kNoSpeech && unlikely)) return found;

        if (!best || average > best->text.average_log_prob()) best = found;
        if (!repeats && (!best_plain || average > best_plain->text.average_log_prob())) {
            best_plain = std::move(found);
        }
    }
    WindowText chosen = best_plain ? std::move(*best_plain) : std::move(*best);
    chosen.temperature = 1.0f; // what follows should not lean on a text found this way
    return chosen;
}

} // namespace engine::whisper
