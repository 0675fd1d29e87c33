#include "engine/models/whisper/segments.h"

#include <cstddef>

namespace engine::whisper {

WindowSegments cut_segments(
    const Transcript& text,
    const Vocabulary& vocabulary,
    std::int64_t seek,
    std::int64_t frames)
{
    constexpr std::int64_t kFramesPerTimestamp = 2;
    const std::vector<TokenId>& tokens = text.tokens;
    const double offset_s = static_cast<double>(seek) / 100;
    const auto is_time = [&](std::size_t i) { return vocabulary.is_timestamp(tokens[i]); };
    const auto part = [&](std::size_t from, std::size_t to, double start_s, double end_s) {
        const auto first = static_cast<std::ptrdiff_t>(from),
                   last = static_cast<std::ptrdiff_t>(to);
        return TextSegment{
            start_s,
            end_s,
            {tokens.begin() + first, tokens.begin() + last},
            {text.log_probs.begin() + first, text.log_probs.begin() + last}};
    };

    WindowSegments window;
    window.seek = seek + frames;
    window.ends_with_one_time =
        tokens.size() >= 2 && !is_time(tokens.size() - 2) && is_time(tokens.size() - 1);

    std::vector<std::size_t> cuts;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (is_time(i) && is_time(i - 1)) cuts.push_back(i);
    }
    if (cuts.empty()) {
        double duration_s = static_cast<double>(frames) / 100;
        for (std::size_t i = tokens.size(); i-- > 0;) {
            if (!is_time(i)) continue;
            if (tokens[i] != vocabulary.first_timestamp) duration_s = vocabulary.seconds(tokens[i]);
            break;
        }
        window.segments.push_back(part(0, tokens.size(), offset_s, offset_s + duration_s));
        return window;
    }
    if (window.ends_with_one_time) cuts.push_back(tokens.size());
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        window.segments.push_back(part(
            from,
            cut,
            offset_s + vocabulary.seconds(tokens[from]),
            offset_s + vocabulary.seconds(tokens[cut - 1])));
        from = cut;
    }
    if (!window.ends_with_one_time) {
        window.seek = seek + kFramesPerTimestamp * (tokens[from - 1] - vocabulary.first_timestamp);
    }
    return window;
}

} // namespace engine::whisper
