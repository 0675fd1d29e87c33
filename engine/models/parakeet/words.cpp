#include "engine/models/parakeet/words.h"

#include "engine/text/utf8.h"

#include <cmath>
#include <string_view>
#include <utility>

namespace engine::parakeet {
namespace {

constexpr double kRowSeconds = 0.08;

std::string_view without_outer_spaces(std::string_view text)
{
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

} // namespace

void WordBuilder::add(const Token& token)
{
    const Piece& piece = vocabulary_.piece(token.id);
    if (!piece.language.empty()) language_ = piece.language;
    if (!piece.visible) return;
    std::int64_t start = token.row, end = token.row + token.duration;
    // A mark may be found long after the word that it belongs to.
    if (any_ && piece.begins_with_mark) start = end = last_end_;
    any_ = true;
    last_end_ = end;
    if (piece.begins_word && !piece.is_mark) close_word();
    if (piece.is_mark && word_.ends_in_lone_space) word_.bytes.pop_back();
    append(piece, start, end, token.probability);
}

void WordBuilder::append(
    const Piece& piece,
    std::int64_t start,
    std::int64_t end,
    float probability)
{
    if (word_.tokens == 0) word_.first_row = start;
    word_.bytes += piece.text;
    word_.ends_in_lone_space = piece.text == " ";
    word_.end_row = end;
    word_.probabilities += double{probability};
    word_.log_probabilities += std::log(double{probability});
    ++word_.tokens;
}

void WordBuilder::close_word()
{
    if (word_.tokens == 0) return;
    const OpenWord word = std::exchange(word_, {});
    const std::string text = text::valid_utf8(word.bytes);
    const std::string_view shown = without_outer_spaces(text);
    if (shown.empty()) return;
    RecognizedWord out;
    out.start_s = start_s_ + static_cast<double>(word.first_row) * kRowSeconds;
    out.end_s = start_s_ + static_cast<double>(word.end_row) * kRowSeconds;
    out.text = ' ';
    out.text += shown;
    out.confidence = static_cast<float>(word.probabilities / word.tokens);
    words_.push_back(out);
    if (segment_.words.empty()) segment_.start_s = out.start_s;
    segment_.end_s = out.end_s;
    if (!segment_.words.empty()) segment_.text += ' ';
    segment_.text += shown;
    segment_.words.push_back(std::move(out));
    log_probabilities_ += word.log_probabilities;
    tokens_ += word.tokens;
    constexpr std::string_view kEnds = ".?!";
    if (kEnds.find(shown.back()) != std::string_view::npos) close_segment();
}

void WordBuilder::close_segment()
{
    if (segment_.words.empty()) return;
    segment_.confidence = static_cast<float>(std::exp(log_probabilities_ / tokens_));
    segments_.push_back(std::exchange(segment_, {}));
    log_probabilities_ = 0;
    tokens_ = 0;
}

void WordBuilder::finish()
{
    close_word();
    close_segment();
}

std::vector<RecognizedWord> WordBuilder::take_words()
{
    return std::exchange(words_, {});
}

std::vector<RecognizedSegment> WordBuilder::take_segments()
{
    return std::exchange(segments_, {});
}

} // namespace engine::parakeet
