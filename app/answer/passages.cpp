#include "app/answer/passages.h"

#include "app/answer/sentence_ends.h"
#include "app/answer/text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace app::answer {

namespace {

constexpr std::size_t kOpenHeadings = 2; // carried into a passage; more of them blur its meaning

/// Depth of a heading by its number ("4.2.1 ..." is 3); unnumbered ones stand below all numbered
/// ones.
int depth(std::string_view heading)
{
    if (heading.starts_with("Chapter ") || heading.starts_with("Appendix ")) return 1;
    if (heading.starts_with('#')) return static_cast<int>(heading.find_first_not_of('#'));
    const auto number = heading.substr(0, heading.find(' '));
    if (number.find_first_of("0123456789") == std::string_view::npos) return 9;
    const auto trimmed = number.ends_with('.') ? number.substr(0, number.size() - 1) : number;
    return 1 + static_cast<int>(std::count(trimmed.begin(), trimmed.end(), '.'));
}

/// Whether what stands below `open` no longer does below `next`: the larger title is the outer one,
/// and of titles as large as the other their numbers tell.
bool closes(const Sentence& next, const Sentence& open)
{
    constexpr float kAlike = 0.04F;
    const float difference = next.size - open.size;
    if (std::abs(difference) > kAlike * std::max(next.size, open.size)) return difference > 0;
    return depth(open.text) >= depth(next.text);
}

void open_heading(std::vector<Sentence>& open, const Sentence& heading)
{
    while (!open.empty() && closes(heading, open.back())) open.pop_back();
    open.push_back(heading);
}

/// Headings that stand above a passage and still hold at its first sentence, innermost ones only.
std::string carried(const std::vector<Sentence>& open, const Sentence& opening)
{
    std::vector<std::string_view> holding;
    for (const auto& heading : open) {
        if (!opening.heading || !closes(opening, heading)) holding.push_back(heading.text);
    }
    std::string text;
    const auto first = holding.size() > kOpenHeadings ? holding.size() - kOpenHeadings : 0;
    for (auto i = first; i < holding.size(); ++i) {
        text += "\t\t";
        text += holding[i];
        text += '\n';
    }
    return text;
}

} // namespace

PassageBuilder::PassageBuilder(const storage::Source& source, std::string language)
    : source_(source), language_(std::move(language))
{
}

storage::Passage PassageBuilder::blank() const
{
    storage::Passage passage;
    passage.source = source_.id;
    passage.session = source_.session;
    passage.kind = source_.kind;
    passage.language = language_;
    return passage;
}

std::string PassageBuilder::language_of(std::string_view text)
{
    // A page of commands has no language of its own: it has that of the pages before.
    const auto guessed = guess_language(text);
    if (!guessed.empty()) last_language_ = guessed;
    return last_language_;
}

void PassageBuilder::windows(
    std::vector<storage::Passage>& out,
    const std::vector<Sentence>& sentences,
    const storage::Passage& like)
{
    // A heading is no sentence of its own: it travels with what stands below it, so that a passage
    // of five sentences under a heading has the heading too.
    struct Unit {
        std::size_t first; // headings, then the sentence itself
        std::size_t last;  // one past
    };
    std::vector<Unit> units;
    std::size_t first = 0;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const bool last = i + 1 == sentences.size();
        if (sentences[i].heading && !last) continue;
        units.push_back({first, i + 1});
        first = i + 1;
    }
    std::size_t opened = 0; // sentences whose headings are in headings_ already
    for (std::size_t u = 0; u < units.size(); u += kPassageStep) {
        for (; opened < units[u].first; ++opened) {
            if (sentences[opened].heading) open_heading(headings_, sentences[opened]);
        }
        auto passage = like;
        const auto end = std::min(u + kPassageSentences, units.size());
        passage.begin = sentences[units[u].first].begin;
        passage.end = sentences[units[end - 1].last - 1].end;
        passage.text = carried(headings_, sentences[units[u].first]);
        for (auto i = units[u].first; i < units[end - 1].last; ++i) {
            if (sentences[i].heading) passage.text += '\t';
            passage.text += sentences[i].text + "\n";
        }
        passage.text.pop_back();
        out.push_back(std::move(passage));
        if (end == units.size()) break; // a further window would hold nothing new
    }
    for (; opened < sentences.size(); ++opened) {
        if (sentences[opened].heading) open_heading(headings_, sentences[opened]);
    }
}

std::vector<storage::Passage> PassageBuilder::add_page(const storage::Page& page)
{
    std::vector<storage::Passage> passages;
    auto like = blank();
    if (like.language.empty()) like.language = language_of(page.text);
    like.page = page.number;
    auto looks = looks_.see(page);
    looks.titles_have_hashes = source_.format.ends_with("Markdown");
    const auto repeated = repeated_.see(page.text, page.label, looks);
    windows(passages, split_sentences(page.text, like.language, repeated, looks), like);
    return passages;
}

std::vector<storage::Passage> PassageBuilder::add_frame(const storage::Frame& frame)
{
    std::vector<storage::Passage> passages;
    auto like = blank();
    if (like.language.empty()) like.language = language_of(frame.text);
    like.start_s = frame.time_s;
    like.end_s = frame.time_s + 1.0;
    headings_.clear(); // the title of a slide does not hold for the next
    windows(passages, split_sentences(frame.text, like.language), like);
    return passages;
}

std::vector<storage::Passage>
PassageBuilder::add_segments(std::span<const storage::Segment> segments)
{
    for (const auto& segment : segments) waiting_.push_back(corrected(segment));
    if (language_.empty() && !segments.empty()) language_ = segments.front().language;
    // What stands behind the last segment that closes a sentence may go on in the next one.
    constexpr std::size_t kMostOpen = 12; // segments; speech without any mark is cut there
    auto closed = waiting_.size();
    while (closed > 0 && !ends_a_sentence(readable(waiting_[closed - 1].text))) --closed;
    if (closed == 0 && waiting_.size() >= kMostOpen) closed = waiting_.size();
    take_spoken(closed);
    return speech_windows(false);
}

void PassageBuilder::take_spoken(std::size_t segments)
{
    for (auto& sentence : spoken_sentences(std::span(waiting_).first(segments), language_)) {
        spoken_.push_back(std::move(sentence));
        ++fresh_;
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(segments));
}

std::vector<storage::Passage> PassageBuilder::finish()
{
    take_spoken(waiting_.size());
    return speech_windows(true);
}

std::vector<storage::Passage> PassageBuilder::speech_windows(bool last)
{
    std::vector<storage::Passage> passages;
    while (fresh_ > 0 && (last || spoken_.size() >= kPassageSentences)) {
        auto passage = blank();
        const auto count = std::min<std::size_t>(kPassageSentences, spoken_.size());
        passage.start_s = spoken_.front().start_s;
        passage.end_s = spoken_[count - 1].end_s;
        for (std::size_t i = 0; i < count; ++i) passage.text += spoken_[i].text + "\n";
        passage.text.pop_back();
        if (passage.language.empty()) passage.language = guess_language(passage.text);
        passages.push_back(std::move(passage));
        fresh_ = static_cast<int>(spoken_.size() - count);
        for (int step = 0; step < kPassageStep && !spoken_.empty(); ++step) spoken_.pop_front();
    }
    return passages;
}

std::vector<PassageLine> passage_lines(const storage::Passage& passage)
{
    std::vector<PassageLine> lines;
    std::string_view rest = passage.text;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        auto text = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        PassageLine line;
        while (text.starts_with('\t')) {
            line.carried = line.heading;
            line.heading = true;
            text.remove_prefix(1);
        }
        line.text = text;
        if (!text.empty()) lines.push_back(line);
    }
    return lines;
}

} // namespace app::answer
