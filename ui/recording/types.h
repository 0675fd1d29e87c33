#pragma once

#include "ui/types.h"

#include <cstddef>
#include <optional>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <utility>
#include <vector>

/// What the view of a recording shows and reports, as values.
namespace ui::recording {

/// One recognised word in the text of its line; offsets in UTF-16 units, as QString counts.
struct SpokenWord {
    int begin = 0;
    int end = 0;
    double start_s = 0;
    float confidence = 1;
    bool uncertain() const { return confidence < kCertain; }
    /// The recogniser's own probability; below even odds it is said to be a guess.
    static constexpr float kCertain = 0.5f;
};

/// One row of a transcript.
struct TranscriptLine {
    enum class Kind {
        Speech,
        Gap,     // not captured, or could not be decoded; `text` the reason
        Marker,  // a moment the user marked; `text` its label
        Silence, // nobody spoke for a while
    };
    Kind kind = Kind::Speech;
    qint64 id = 0; // of the segment or marker; 0 for the others
    double start_s = 0;
    double end_s = 0;
    QString speaker;               // empty: unknown
    QString text;                  // as recognised
    std::optional<QString> edited; // the user's words instead
    std::vector<SpokenWord> words; // of `text`

    const QString& shown() const { return edited ? *edited : text; }
};

/// Lists of a summary, in the order in which the built-in templates are shown: what was decided
/// stands above what was mentioned.
enum class ListKind {
    Marks,
    Decisions,
    Actions,
    Dates,
    Highlights,
    ToCheck,
    Questions,
    KeySentences,
    Other,
};

struct SummaryLine {
    QString text; // verbatim
    QString owner;
    QDate due; // invalid: none
    std::vector<Place> places;
};
struct SummarySection {
    QString title;
    ListKind kind = ListKind::Other;
    std::vector<SummaryLine> lines;
    QString note; // what an empty list means
};
struct SummaryContent {
    QString form; // name of its template, or path of its file
    QString title;
    std::vector<SummarySection> sections;
    double heard_s = 0;
    int pages = 0;
    QStringList missing; // what it does not cover, as sentences
    bool quoted = true;  // not written by a model
    QString how;
    bool outdated = false; // the transcript changed since
};
/// A line that the user put into another list; known by its place and words.
struct LineMove {
    storage::SourceId source = 0;
    int page = 0;
    std::optional<double> start_s;
    QString quote;
    ListKind from = ListKind::Other;
    ListKind to = ListKind::Other;
};

struct OwnNote {
    qint64 id = 0; // below 0: known to the view alone so far
    std::optional<double> time_s;
    QString text;
};

enum class ReadState { Reading, Ready, Partial, Failed, Cancelled };

/// What the header, the banner and the tabs need to know before the lines come.
struct RecordingInfo {
    storage::SessionId session = 0;
    storage::SourceId source = 0;
    QString name;
    PlaceKind kind = PlaceKind::Sound;
    QDateTime created;
    double duration_s = 0;
    ReadState state = ReadState::Ready;
    QString problem;                                               // why it failed or is partial
    std::vector<std::pair<double, double>> gaps;                   // start and end, ascending
    std::vector<std::pair<storage::SourceId, QString>> recordings; // of its session, this included
    bool writes = true; // false: another program writes, nothing is kept
};

/// "Likely decisions", as the app names its own lists; another title stays as it is.
QString listTitle(ListKind kind, const QString& title);
/// The list whose title a built-in template gives; Other for every other title.
ListKind listKindOf(const QString& title);
/// Puts the line into its other list, in the order of the recording. False: it is not where it is
/// said to be, or stands there already.
bool moveLine(SummaryContent& summary, const LineMove& move);
/// Whether the move is about this line.
bool isMoved(const SummaryLine& line, const LineMove& move);
/// Share of the recording that is there, "98.4 %": never rounded up to all of it.
QString heardWords(double duration_s, const std::vector<std::pair<double, double>>& gaps);

} // namespace ui::recording
