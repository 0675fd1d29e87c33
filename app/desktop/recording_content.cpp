#include "app/desktop/recording_content.h"

#include "app/desktop/app_sentences.h"
#include "base/blocking.h"

#include <algorithm>
#include <filesystem>
#include <QStringList>
#include <utility>

namespace app::desktop {
namespace {

using ui::recording::ReadState;
using ui::recording::RecordingInfo;
using ui::recording::TranscriptLine;

constexpr double kSilence_s = 5.0;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString fileName(const storage::Source& source)
{
    return text(std::filesystem::path(source.path).filename().string());
}

bool isRecording(const storage::Source& source)
{
    return source.kind == "audio" || source.kind == "video";
}

ReadState stateOf(storage::SourceStatus status)
{
    switch (status) {
    case storage::SourceStatus::Reading:
        return ReadState::Reading;
    case storage::SourceStatus::Ready:
        return ReadState::Ready;
    case storage::SourceStatus::Partial:
        return ReadState::Partial;
    case storage::SourceStatus::Failed:
        return ReadState::Failed;
    case storage::SourceStatus::Cancelled:
        return ReadState::Cancelled;
    }
    return ReadState::Ready;
}

QString problemOf(const storage::Source& source)
{
    QStringList sentences;
    if (!source.error.empty()) {
        // "ReaderDied: the sentence": the code is for programs.
        const auto colon = source.error.find(": ");
        sentences << translated(
            colon == std::string::npos ? source.error : source.error.substr(colon + 2));
    }
    for (const auto& warning : source.warnings) sentences << translated(warning);
    return sentences.join(u' ');
}

/// Places of the words in the text; a word that is not found there in its turn has none.
std::vector<ui::recording::SpokenWord>
placeWords(const storage::Segment& segment, const QString& line)
{
    std::vector<ui::recording::SpokenWord> words;
    words.reserve(segment.words.size());
    qsizetype from = 0;
    for (const auto& spoken : segment.words) {
        const QString word = text(spoken.text).trimmed();
        const auto at = word.isEmpty() ? -1 : line.indexOf(word, from);
        if (at < 0) continue;
        from = at + word.size();
        words.push_back(
            {static_cast<int>(at), static_cast<int>(from), spoken.start_s, spoken.confidence});
    }
    return words;
}

/// Stretches of at least kSilence_s between two lines of speech that no gap explains.
void addSilences(std::vector<TranscriptLine>& lines)
{
    std::vector<TranscriptLine> silences;
    double heard_until_s = -1;
    for (const auto& line : lines) {
        if (line.kind == TranscriptLine::Kind::Marker) continue;
        const bool speech = line.kind == TranscriptLine::Kind::Speech;
        if (speech && heard_until_s >= 0 && line.start_s - heard_until_s >= kSilence_s) {
            TranscriptLine silence;
            silence.kind = TranscriptLine::Kind::Silence;
            silence.start_s = heard_until_s;
            silence.end_s = line.start_s;
            silences.push_back(std::move(silence));
        }
        heard_until_s = std::max(heard_until_s, line.end_s);
    }
    lines.insert(lines.end(), silences.begin(), silences.end());
}

} // namespace

Result<RecordingInfo>
readRecording(storage::Library& library, storage::SessionId session, storage::SourceId source)
{
    BASE_MAY_BLOCK();
    const auto known = library.session(session);
    if (!known) return tl::unexpected(known.error());
    const auto sources = library.sources(session);
    if (!sources) return tl::unexpected(sources.error());
    RecordingInfo info;
    info.session = session;
    const storage::Source* shown = nullptr;
    for (const auto& one : *sources) {
        if (isRecording(one)) info.recordings.emplace_back(one.id, fileName(one));
        const bool first = source == 0 && shown == nullptr && isRecording(one);
        if (one.id == source || first) shown = &one;
    }
    if (shown == nullptr) {
        return fail(
            ErrorCode::NotFound,
            "This recording is not in the library any more.",
            "It may have been removed from its session.");
    }
    const auto gaps = library.gaps(shown->id);
    if (!gaps) return tl::unexpected(gaps.error());
    info.source = shown->id;
    info.name = sources->size() == 1 ? text(known->name) : fileName(*shown);
    info.kind = ui::placeKind(shown->kind, false);
    info.created = QDateTime::fromString(text(shown->created), Qt::ISODate);
    info.duration_s = shown->duration_s;
    info.state = stateOf(shown->status);
    info.problem = problemOf(*shown);
    for (const auto& gap : *gaps) info.gaps.emplace_back(gap.start_s, gap.end_s);
    std::sort(info.gaps.begin(), info.gaps.end());
    return info;
}

Result<std::vector<TranscriptLine>> readLines(storage::Library& library, storage::SourceId source)
{
    BASE_MAY_BLOCK();
    const auto segments = library.segments(source);
    if (!segments) return tl::unexpected(segments.error());
    const auto gaps = library.gaps(source);
    if (!gaps) return tl::unexpected(gaps.error());
    const auto markers = library.markers(source);
    if (!markers) return tl::unexpected(markers.error());

    std::vector<TranscriptLine> lines;
    lines.reserve(segments->size() + gaps->size() + markers->size());
    for (const auto& segment : *segments) {
        TranscriptLine line;
        line.id = segment.id;
        line.start_s = segment.start_s;
        line.end_s = segment.end_s;
        line.speaker = text(segment.speaker);
        line.text = text(segment.text).trimmed();
        if (segment.edited) line.edited = text(*segment.edited);
        line.words = placeWords(segment, line.text);
        lines.push_back(std::move(line));
    }
    for (const auto& gap : *gaps) {
        TranscriptLine line;
        line.kind = TranscriptLine::Kind::Gap;
        line.start_s = gap.start_s;
        line.end_s = gap.end_s;
        line.text = text(gap.reason);
        lines.push_back(std::move(line));
    }
    const auto earlier = [](const TranscriptLine& a, const TranscriptLine& b) {
        return a.start_s < b.start_s;
    };
    std::stable_sort(lines.begin(), lines.end(), earlier);
    addSilences(lines);
    for (const auto& marker : *markers) {
        TranscriptLine line;
        line.kind = TranscriptLine::Kind::Marker;
        line.id = marker.id;
        line.start_s = line.end_s = marker.time_s;
        line.text = text(marker.label);
        lines.push_back(std::move(line));
    }
    std::stable_sort(lines.begin(), lines.end(), earlier);
    return lines;
}

Result<std::vector<ui::recording::OwnNote>>
readNotes(storage::Library& library, storage::SessionId session)
{
    BASE_MAY_BLOCK();
    const auto notes = library.notes(session);
    if (!notes) return tl::unexpected(notes.error());
    std::vector<ui::recording::OwnNote> own;
    own.reserve(notes->size());
    for (const auto& note : *notes) own.push_back({note.id, note.time_s, text(note.text)});
    return own;
}

} // namespace app::desktop
