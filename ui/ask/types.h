#pragma once

#include "ui/types.h"

#include <optional>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <vector>

/// What Ask shows, as values; bridges fill them from the library and from running jobs.
namespace ui {

/// A row of the list of sessions.
struct SessionItem {
    storage::SessionId id = 0;
    QString name;
    QDateTime when; // local time
    QString holds;  // "5 sources", "1 video", "no sources"
    bool pinned = false;
};

enum class SourceState {
    Waiting,
    Opening,
    Reading,   // pages
    Watching,  // pictures of a video, with its sound
    Listening, // sound alone
    Ready,
    Stopped,       // by the user, or by the end of the program: what was read is kept
    Failed,        // `problem` says why
    NeedsPassword, // nothing was read yet
};

/// A card of the sources: one file of a session, before, while and after it is read.
struct SourceItem {
    qint64 key = 0;           // of the card, also before the library knows the file
    storage::SourceId id = 0; // 0: not in the library (yet)
    storage::SessionId session = 0;
    QString path; // where the user had it
    QString name;
    QString kind; // as storage::Source; a guess by the name while `id` is 0
    SourceState state = SourceState::Waiting;
    int pages = 0;
    double duration_s = 0;
    std::uint64_t size_bytes = 0;
    bool scanned = false; // all pages were read by OCR
    int failed_pages = 0;
    double done = 0;  // pages or seconds
    double total = 0; // 0: unknown
    std::optional<double> left_s;
    QStringList warnings; // "Page 3 read by OCR."
    QString problem;      // what happened and the way out
};
/// A job runs that Cancel would end.
inline bool isBusy(SourceState state)
{
    return state <= SourceState::Listening;
}
/// Has something that questions can be answered from.
bool isAnswerable(const SourceItem& source);
/// Can be opened as summary and transcript.
bool isRecording(const SourceItem& source);

enum class AnswerState { Waiting, Streaming, Done, Stopped, Failed };
enum class AnswerOutcome { Found, Possible, NotFound };

/// A question and its answer.
struct Exchange {
    qint64 key = 0;                     // of this window
    storage::MessageId question_id = 0; // 0: not kept (yet)
    storage::MessageId answer_id = 0;
    QString question;
    AnswerState state = AnswerState::Waiting;
    int read_percent = -1; // of its prompt, by the engine that will write; -1: not yet
    QString text;          // with [n] where places are cited
    AnswerOutcome outcome = AnswerOutcome::Found;
    bool quoted = true; // else written by `engine`
    QString engine;
    std::vector<Place> places;  // cited, by n
    std::vector<Place> nearest; // came near without passing; `quote` is a snippet
    QStringList notes;          // "The sources give different values."
    QStringList not_covered;    // "Offer C.docx is still being read."
    QString timing;             // "0.3 s"
    QString problem;            // where it failed: what happened and the way out
};

/// Everything of one session.
struct SessionView {
    storage::SessionId id = 0; // 0: a new one
    QString name;
    std::vector<SourceItem> sources;
    std::vector<Exchange> exchanges; // oldest first
};

/// What to ask, and where.
struct AskWish {
    qint64 key = 0; // of the exchange that waits for the answer
    storage::SessionId session = 0;
    QString question;
    bool everything = false;              // all sessions, not this one only
    storage::MessageId replaces_from = 0; // this question and what follows go first
};

} // namespace ui
