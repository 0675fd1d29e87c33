#pragma once

#include "app/answer/sentences.h"
#include "storage/types.h"

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

inline constexpr int kPassageSentences = 5;
inline constexpr int kPassageStep = 2;

/// "en" where the text is English by its function words, another ISO 639-1 code where one of the
/// lists of resources/language fits better, else empty. Needs about twenty words.
std::string guess_language(std::string_view text);

/// The segment as the user corrected it: the edited words in the place of the recognised ones. Each
/// keeps the time of the word it stands for where their number is the same; otherwise only the
/// times of the segment are known.
storage::Segment corrected(storage::Segment segment);

/// A sentence of speech with its times. A change of speaker or two silent seconds end a sentence.
struct SpokenSentence {
    double start_s = 0;
    double end_s = 0;
    std::string speaker;
    std::string text;
};
/// Of the segments as corrected; one whose words were all taken out says nothing.
std::vector<SpokenSentence>
spoken_sentences(std::span<const storage::Segment> segments, std::string_view language);

/// Turns what was read from one source into passages of five sentences, a new one every two, while
/// it is being read: give it each page, frame or batch of segments in order and store what it
/// returns with them. One object a source; not thread-safe.
///
/// Passage::text holds one sentence a line. A line that starts with a tab is a heading; two tabs: a
/// heading from above the passage, which is searched with it and is not part of [begin, end).
/// Nobody needs to split sentences again.
class PassageBuilder {
public:
    /// `source` must have id, session and kind. `language` empty: guessed from the text.
    explicit PassageBuilder(const storage::Source& source, std::string language = {});

    /// The passages of this page; none crosses into the next.
    std::vector<storage::Passage> add_page(const storage::Page& page);
    /// The words read from a picture of a video; times from frame to frame + 1 s.
    std::vector<storage::Passage> add_frame(const storage::Frame& frame);
    /// The passages that end in these segments. A long recording comes in as many calls as the
    /// recogniser reports.
    std::vector<storage::Passage> add_segments(std::span<const storage::Segment> segments);
    /// What speech still held back because its last passage was not full; call before the source is
    /// finished.
    std::vector<storage::Passage> finish();

private:
    storage::Passage blank() const;
    std::string language_of(std::string_view text);
    void windows(
        std::vector<storage::Passage>& out,
        const std::vector<Sentence>& sentences,
        const storage::Passage& like);
    void take_spoken(std::size_t segments);
    std::vector<storage::Passage> speech_windows(bool last);

    storage::Source source_;
    std::string language_;      // as told; empty: guessed page by page
    std::string last_language_; // guessed latest
    RepeatedLines repeated_;
    LineLooks looks_;
    std::vector<Sentence> headings_;        // open ones, outermost first; carried over pages
    std::vector<storage::Segment> waiting_; // segments behind the last closed sentence
    std::deque<SpokenSentence> spoken_;     // sentences that the next windows still need
    int fresh_ = 0;                         // sentences of spoken_ that no passage has yet
};

/// The sentences of a stored passage: its lines, headings marked.
struct PassageLine {
    std::string_view text;
    bool heading = false;
    bool carried = false; // from above the passage; cannot be quoted
};
std::vector<PassageLine> passage_lines(const storage::Passage& passage);

} // namespace app::answer
