#pragma once

#include "app/answer/exhibits.h"
#include "app/answer/result.h"
#include "engine/engine.h"
#include "engine/text_embedder.h"
#include "storage/library.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

enum class Outcome { Found, Possible, NotFound };
/// "found", "possible", "not_found": the words of the command line and of storage::Message.
std::string_view name(Outcome outcome);

/// A cited sentence with its neighbours, verbatim.
struct Quote {
    storage::Citation citation; // n, source, passage, page, boxes or times, quote
    std::string path;           // of the source
    std::string kind;
    std::string heading; // under which it stands, where known
    std::string focus;   // what the answer says of it: its best sentence and the next; part of
                         // citation.quote; empty where an engine wrote the answer
    double score = 0;    // of its best sentence; 0 where an engine wrote the answer
};

/// A place that came near without passing: a link, not an answer.
struct Nearest {
    storage::SourceId source = 0;
    storage::PassageId passage = 0;
    std::string path;
    std::string kind;
    int page = 0; // 0: not on a page
    std::optional<double> start_s;
    std::optional<double> end_s;
    std::string snippet;
    double score = 0;
};

struct Answer {
    std::string text; // with [n] after each quote; says so where nothing was found
    Outcome outcome = Outcome::NotFound;
    std::string mode = "quoted";  // or "reasoned"
    std::vector<Quote> quotes;    // best first, n from 1; empty where nothing was found
    std::vector<Nearest> nearest; // where nothing was found, or possible only
    std::vector<std::string>
        notes; // "Passages found by word and meaning match. ...", "... gives different values."
    std::vector<std::string>
        not_covered;       // sources that were read in part, failed, or are searched by words only
    std::string reasoning; // of a reasoning engine
    engine::Usage usage;   // of a reasoning engine
    bool stopped = false;  // while an engine wrote: what stands here is its beginning
    double best_score = 0;
    double needed_score = 0;
};

/// The note of an answer that was stopped, by which it is known when it is read again.
inline constexpr std::string_view kStopped =
    "Stopped while the model wrote; this is its beginning.";

/// What an engine that writes lets hear of itself. Called on the engine thread.
struct WritingObserver {
    /// While it writes, before it is checked: what has no support goes again.
    std::function<void(std::string_view utf8)> on_text = {};
    /// While it takes in the prompt, in parts of about equal length.
    std::function<void(int done, int total)> on_read = {};
};

/// Answers from what the library holds: quotes, never own words, unless an engine that reasons
/// writes.
///
/// The quoting answer is the measured design of README.md here: the best passages by words and
/// meaning, their sentences scored, three quotes. Vectors of sentences are made when asked and kept
/// (20,000 at most), so the same object should serve all questions of a process. Safe from any
/// thread.
class Answerer {
public:
    /// `embedder` may be null (not installed): then words alone decide and the answer says so. Both
    /// must outlive this.
    Answerer(storage::Library& library, engine::TextEmbedder* embedder);
    ~Answerer();

    /// Errors: BadUsage (no words in the question), Cancelled, those of the library and the
    /// embedder.
    Result<Answer>
    ask(std::string_view question,
        const storage::SearchScope& scope,
        const std::stop_token& stop = {});

    /// The same passages as a prompt to an engine that may write answers, with their pages, videos
    /// and sound as far as it takes them and `media` gives them. What check_reply() lets pass
    /// stays; what is left without support is removed and said. Falls back to quotes where nothing
    /// stays. A stop while it writes keeps what is supported by then. Errors: as ask(), and those
    /// of Engine::submit().
    Result<Answer> write(
        std::string_view question,
        const storage::SearchScope& scope,
        engine::Engine& engine,
        const WritingObserver& observer = {},
        const std::stop_token& stop = {},
        PlaceMedia* media = nullptr);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace app::answer
