#include "app/desktop/recording_bridge.h"

#include "app/desktop/recording_content.h"
#include "app/desktop/recording_summary.h"
#include "app/log.h"
#include "app/transcript_edit.h"
#include "app/vector_maker.h"
#include "base/blocking.h"
#include "ui/recording/recording_view.h"

#include <algorithm>
#include <utility>

namespace app::desktop {
namespace {

using ui::recording::LineMove;
using ui::recording::OwnNote;
using ui::recording::ReadState;
using ui::recording::RecordingInfo;
using ui::recording::SummaryContent;
using ui::recording::TranscriptLine;

constexpr int kAgain_ms = 2000;
constexpr int kVectors_ms = 2000; // after the last of several edits
/// The first page is what a window shows; the others come between two events each.
constexpr std::size_t kFirstPage = 200;
constexpr std::size_t kPage = 1000;

struct Read {
    std::optional<Error> error;
    RecordingInfo info;
    std::vector<TranscriptLine> lines;
    std::vector<OwnNote> notes;
};

Read readAll(storage::Library& library, storage::SessionId session, storage::SourceId source)
{
    Read read;
    auto info = readRecording(library, session, source);
    if (!info) {
        read.error = info.error();
        return read;
    }
    read.info = std::move(*info);
    auto lines = readLines(library, read.info.source);
    auto notes = readNotes(library, session);
    if (!lines)
        read.error = lines.error();
    else
        read.lines = std::move(*lines);
    if (!notes)
        read.error = notes.error();
    else
        read.notes = std::move(*notes);
    return read;
}

/// Tells lines apart that are not the same stretch of the recording.
qint64 keyOf(const TranscriptLine& line)
{
    const auto kind = static_cast<qint64>(line.kind);
    const qint64 number = line.id != 0 ? line.id : qRound64(line.start_s * 1000);
    return number * 4 + kind;
}

std::string utf8(const QString& text)
{
    return text.toStdString();
}

} // namespace

RecordingBridge::RecordingBridge(Services& services, QObject* parent)
    : QObject(parent), services_(services)
{
    again_.setSingleShot(true);
    again_.setInterval(kAgain_ms);
    connect(&again_, &QTimer::timeout, this, [this] { read(false); });
    vectors_soon_.setSingleShot(true);
    vectors_soon_.setInterval(kVectors_ms);
    connect(&vectors_soon_, &QTimer::timeout, this, &RecordingBridge::makeVectors);
    const auto read_again = [this] {
        if (source_ != 0) read(true);
    };
    connect(&services_, &Services::opened, this, read_again);
    connect(&services_, &Services::writable, this, read_again);
    connect(&services_, &Services::libraryChanged, this, [this](qint64 session) {
        const bool mine = session_ != 0 && (session == 0 || session == session_);
        if (mine && state_ == ReadState::Reading) read(false);
    });
}

RecordingBridge::~RecordingBridge()
{
    summary_stop_.request_stop();
}

void RecordingBridge::open(storage::SessionId session, storage::SourceId source)
{
    session_ = session;
    source_ = source;
    lines_.clear();
    shown_.clear();
    read(true);
}

void RecordingBridge::read(bool notes)
{
    const auto library = services_.library();
    if (!library) return; // opened() comes back here
    again_.stop();
    const int round = ++round_;
    services_.background().run(
        Lane::Quick,
        this,
        [library, session = session_, source = source_](const std::stop_token&) {
            return readAll(*library, session, source);
        },
        [this, round, notes](Read read) {
            if (round != round_) return;
            if (read.error) {
                Q_EMIT failed(source_, sentence(*read.error));
                return;
            }
            source_ = read.info.source;
            read.info.writes = services_.writes();
            state_ = read.info.state;
            Q_EMIT recordingRead(read.info);
            if (notes) Q_EMIT notesRead(session_, read.notes);
            const bool more =
                read.lines.size() >= shown_.size() &&
                std::equal(
                    shown_.begin(),
                    shown_.end(),
                    read.lines.begin(),
                    [](qint64 key, const TranscriptLine& line) { return key == keyOf(line); });
            if (!more) {
                shown_.clear();
                Q_EMIT linesGone(source_);
            }
            lines_ = std::move(read.lines);
            hand(round);
            if (state_ == ReadState::Reading) again_.start();
        });
}

void RecordingBridge::hand(int round)
{
    if (round != round_) return;
    const std::size_t from = shown_.size();
    const std::size_t count = std::min(from == 0 ? kFirstPage : kPage, lines_.size() - from);
    const auto first = lines_.begin() + static_cast<std::ptrdiff_t>(from);
    const std::vector<TranscriptLine> page(first, first + static_cast<std::ptrdiff_t>(count));
    for (const auto& line : page) shown_.push_back(keyOf(line));
    const bool last = shown_.size() == lines_.size();
    if (last) lines_ = {};
    Q_EMIT linesRead(source_, page, last);
    if (!last)
        QMetaObject::invokeMethod(
            this,
            [this, round] { hand(round); },
            Qt::QueuedConnection);
}

void RecordingBridge::summarize(storage::SessionId session, const QString& form, bool anew)
{
    const auto library = services_.library();
    if (!library) return;
    if (anew) {
        make(session, form);
        return;
    }
    const int round = ++summary_round_;
    services_.background().run(
        Lane::Quick,
        this,
        [library, session, form](const std::stop_token&) {
            return storedSummary(*library, session, form);
        },
        [this, round, session, form](Result<std::optional<SummaryContent>> stored) {
            if (round != summary_round_) return;
            if (!stored)
                Q_EMIT summaryFailed(session, sentence(stored.error()));
            else if (*stored)
                Q_EMIT summaryRead(session, **stored);
            else
                make(session, form);
        });
}

void RecordingBridge::make(storage::SessionId session, const QString& form)
{
    summary_stop_.request_stop();
    const int round = ++summary_round_;
    Q_EMIT summaryRunning(session, true);
    // What was just edited is in it: the writes before are done first.
    if (services_.writes()) {
        write(
            [](storage::Library&) { return Result<void>{}; },
            [this, session, form, round] { pick(session, form, round); });
    } else {
        pick(session, form, round);
    }
}

void RecordingBridge::pick(storage::SessionId session, const QString& form, int round)
{
    if (round != summary_round_) return;
    const auto library = services_.library();
    const auto engines = services_.engines();
    summary_stop_ = services_.background().run(
        Lane::Job,
        this,
        [library, engines, session, form, saves = services_.writes()](const std::stop_token& stop) {
            return makeSummary(*library, *engines, session, form, saves, stop);
        },
        [this, round, session](Result<SummaryContent> made) {
            if (round != summary_round_) return;
            if (made)
                Q_EMIT summaryRead(session, *made);
            else if (made.error().code != ErrorCode::Cancelled)
                Q_EMIT summaryFailed(session, sentence(made.error()));
            Q_EMIT summaryRunning(session, false);
        });
}

void RecordingBridge::stopSummary()
{
    summary_stop_.request_stop();
    // It may not have begun: then it must not.
    ++summary_round_;
    Q_EMIT summaryRunning(session_, false);
}

void RecordingBridge::write(Write work, std::function<void()> then)
{
    const auto library = services_.library();
    if (!library || !services_.writes()) return; // the view says that nothing is kept
    {
        const std::lock_guard lock(writes_->mutex);
        writes_->waiting.push_back(std::move(work));
    }
    services_.background().run(
        Lane::Quick,
        this,
        // Two threads serve the lane: whichever comes first does the write that is first.
        [library, writes = writes_](const std::stop_token&) -> Result<void> {
            BASE_MAY_BLOCK();
            const std::lock_guard one(writes->running);
            Write next;
            {
                const std::lock_guard lock(writes->mutex);
                next = std::move(writes->waiting.front());
                writes->waiting.pop_front();
            }
            return next(*library);
        },
        [this, then = std::move(then)](const Result<void>& done) {
            if (!done) Q_EMIT notKept(sentence(done.error()));
            if (then) then();
        });
}

void RecordingBridge::writeText(qint64 segment, const std::optional<QString>& text)
{
    const auto words = text ? std::optional<std::string>(utf8(*text)) : std::nullopt;
    write(
        [segment, words](storage::Library& library) {
            return set_segment_edit(library, segment, words);
        },
        [this] { vectors_soon_.start(); });
}

void RecordingBridge::writeSpeaker(const std::vector<qint64>& segments, const QString& name)
{
    write(
        [segments, speaker = utf8(name)](storage::Library& library) {
            return set_speaker_of(
                library,
                std::vector<std::int64_t>(segments.begin(), segments.end()),
                speaker);
        },
        [this] { vectors_soon_.start(); });
}

void RecordingBridge::makeVectors()
{
    const auto library = services_.library();
    const auto engines = services_.engines();
    if (!library || !engines) return;
    if (making_vectors_) return vectors_soon_.start();
    making_vectors_ = true;
    services_.background().run(
        Lane::Job,
        this,
        [library, engines](const std::stop_token& stop) {
            const auto due = library->passages_without_vector(1);
            if (!due || due->empty()) return; // before a model is opened for nothing
            VectorMaker vectors{*library, *engines, {}, stop};
            const auto made = vectors.finish();
            // The next ingest tries again; until then words alone find these lines.
            if (!made) Log::instance().info("vectors of edited lines: " + made.error().message);
        },
        [this] { making_vectors_ = false; });
}

void RecordingBridge::moveLine(storage::SessionId session, const LineMove& move)
{
    storage::ItemMove item;
    item.session = session;
    item.source = move.source;
    item.page = move.page;
    item.start_s = move.start_s;
    item.quote = utf8(move.quote);
    item.from = listWord(move.from);
    item.to = listWord(move.to);
    write([item](storage::Library& library) { return library.move_item(item); });
}

void RecordingBridge::writeNote(storage::SessionId session, const OwnNote& note)
{
    write([writes = writes_.get(), session, note](storage::Library& library) -> Result<void> {
        const auto known = writes->notes.find(note.id);
        const bool is_new = known == writes->notes.end() ? note.id < 0 : known->second == 0;
        if (!is_new) {
            const auto id = known == writes->notes.end() ? note.id : known->second;
            return library.update_note(id, utf8(note.text));
        }
        storage::Note added;
        added.session = session;
        added.time_s = note.time_s;
        added.text = utf8(note.text);
        const auto id = library.add_note(added);
        if (!id) return tl::unexpected(id.error());
        writes->notes[note.id] = *id;
        return {};
    });
}

void RecordingBridge::removeNote(storage::SessionId, qint64 note)
{
    write([writes = writes_.get(), note](storage::Library& library) -> Result<void> {
        const auto known = writes->notes.find(note);
        const auto id = known == writes->notes.end() ? note : known->second;
        writes->notes[note] = 0; // an undone delete adds it anew
        return id <= 0 ? Result<void>{} : library.delete_note(id);
    });
}

void connectRecording(RecordingBridge& bridge, ui::recording::RecordingView& view)
{
    using Bridge = RecordingBridge;
    using View = ui::recording::RecordingView;
    QObject::connect(&view, &View::recordingAsked, &bridge, &Bridge::open);
    QObject::connect(&view, &View::textWritten, &bridge, &Bridge::writeText);
    QObject::connect(&view, &View::speakerWritten, &bridge, &Bridge::writeSpeaker);
    QObject::connect(&view, &View::lineMoved, &bridge, &Bridge::moveLine);
    QObject::connect(&view, &View::noteWritten, &bridge, &Bridge::writeNote);
    QObject::connect(&view, &View::noteRemoved, &bridge, &Bridge::removeNote);
    QObject::connect(&view, &View::summaryAsked, &bridge, &Bridge::summarize);
    QObject::connect(&view, &View::summaryStopped, &bridge, &Bridge::stopSummary);

    QObject::connect(&bridge, &Bridge::recordingRead, &view, &View::setRecording);
    QObject::connect(&bridge, &Bridge::linesGone, &view, &View::clearLines);
    QObject::connect(&bridge, &Bridge::linesRead, &view, &View::appendLines);
    QObject::connect(&bridge, &Bridge::notesRead, &view, &View::setNotes);
    QObject::connect(&bridge, &Bridge::failed, &view, &View::setFailed);
    QObject::connect(&bridge, &Bridge::summaryRunning, &view, &View::setSummaryRunning);
    QObject::connect(&bridge, &Bridge::summaryRead, &view, &View::setSummary);
    QObject::connect(&bridge, &Bridge::summaryFailed, &view, &View::setSummaryFailed);
    QObject::connect(&bridge, &Bridge::notKept, &view, &View::showNotKept);
}

} // namespace app::desktop
