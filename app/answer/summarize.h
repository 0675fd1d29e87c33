#pragma once

#include "app/answer/result.h"
#include "engine/text_embedder.h"
#include "storage/library.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace app::answer {

/// What a section of a summary collects.
enum class SectionKind {
    Marks,        // what the user marked while it happened
    Dates,        // dates and times mentioned, in order
    Decisions,    // score >= 2.3
    Actions,      // score >= 2.6
    ToCheck,      // weaker decisions (>= 1.4) and to-dos (>= 1.5)
    Highlights,   // TextRank, one a minute or a page
    Questions,    // asked and not answered
    KeySentences, // of documents, a few for each section
};

/// The name of a list between which the user may move lines, as storage::ItemMove has it:
/// "decisions", "actions", "check"; empty for the others.
std::string_view list_name(SectionKind kind);

struct Template {
    std::string name; // "minutes", ..., or the title of a file
    struct Section {
        std::string title;
        SectionKind kind;
    };
    std::vector<Section> sections;
};
/// "minutes", "actions", "decisions", "brief", or the path of a template file: a title line "#
/// Name", then one line a section, "Title: kind" (kinds: marks, dates, decisions, actions, check,
/// highlights, questions, key). Errors: BadUsage (neither a name nor a file; names the valid ones),
/// FileUnreadable, BadFile (names the line).
Result<Template> load_template(std::string_view name_or_file);

struct SummaryItem {
    std::string text;  // verbatim
    std::string owner; // speaker who said "I", or a participant named in it; else empty
    std::string due;   // ISO date where the sentence has one and the day of the recording is known;
                       // else empty
    double score = 0;
    std::vector<storage::Citation> citations; // one; its n counts through the summary
};
struct SummarySection {
    std::string name;
    SectionKind kind = SectionKind::Highlights;
    std::vector<SummaryItem> items;
    std::string note; // what an empty section means: "None found by form; ..."
};
struct Summary {
    std::string title;
    std::vector<SummarySection> sections;
    struct Coverage {
        int sources = 0;
        double heard_s = 0;
        int pages = 0;
        std::vector<std::string> missing; // gaps, failed and partial sources
    } coverage;
    std::string mode = "quoted";
    std::string how; // "Sentences picked by cue words, dates and similarity: 24 of 81 (30 %). ..."
};

/// A summary of a session; every line is a sentence that was said or written, with its place. A
/// line that the user moved to another list stands there, in the order of the recording.
/// `embedder` null: cue words only. Errors: NotFound, those of the library and the embedder.
Result<Summary> summarize(
    storage::SessionId session,
    const Template& form,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop = {});

} // namespace app::answer
