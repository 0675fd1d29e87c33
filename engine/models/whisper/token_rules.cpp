#include "engine/models/whisper/token_rules.h"

#include "engine/models/whisper/log_sum_exp.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace engine::whisper {
namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();
constexpr TokenId kLatestStart = 50; // the first timestamp is at most 1.00 s

} // namespace

void TokenRules::apply(std::span<float> logits, std::span<const TokenId> said) const
{
    const TokenId first_time = vocabulary_.first_timestamp;
    const auto at = [&](TokenId id) { return logits.begin() + id; };
    const auto forbid = [&](TokenId from, TokenId to) {
        if (from < to) std::fill(at(from), at(to), kForbidden);
    };
    const auto is_time = [&](std::size_t back) {
        return said.size() >= back && vocabulary_.is_timestamp(said[said.size() - back]);
    };

    for (const TokenId id : config_.suppressed) *at(id) = kForbidden;
    *at(vocabulary_.no_timestamps) = kForbidden;
    if (said.empty()) {
        for (const TokenId id : config_.suppressed_first) *at(id) = kForbidden;
        forbid(0, first_time);
        forbid(first_time + kLatestStart + 1, static_cast<TokenId>(logits.size()));
        return;
    }

    // Times come in pairs, the end of a segment and the start of the next, except before the end.
    const bool after_time = is_time(1);
    const bool open_pair = after_time && said.size() >= 2 && !is_time(2);
    if (after_time && !open_pair) forbid(first_time, static_cast<TokenId>(logits.size()));
    if (open_pair) forbid(0, vocabulary_.end_of_text);

    const auto last = std::find_if(said.rbegin(), said.rend(), [&](TokenId id) {
        return vocabulary_.is_timestamp(id);
    });
    if (last != said.rend()) forbid(first_time, open_pair ? *last : *last + 1);

    const auto text = logits.first(static_cast<std::size_t>(first_time));
    const auto times = logits.subspan(static_cast<std::size_t>(first_time));
    if (log_sum_exp(times) > *std::max_element(text.begin(), text.end())) forbid(0, first_time);
}

std::size_t repeated_tail(std::span<const TokenId> said, const Vocabulary& vocabulary)
{
    constexpr std::size_t kLongest = 64, kRepetitions = 4, kFewest = 20;
    std::vector<std::size_t> text; // places of the text tokens, last one first
    for (std::size_t i = said.size(); i-- > 0;) {
        if (said[i] < vocabulary.end_of_text) text.push_back(i);
    }
    for (std::size_t period = 1; period <= kLongest; ++period) {
        std::size_t same = 0;
        while (same + period < text.size() && said[text[same]] == said[text[same + period]]) ++same;
        if (same >= std::max(kFewest, kRepetitions * period)) {
            return said.size() - text[same / period * period] - 1;
        }
    }
    return 0;
}

} // namespace engine::whisper
