#pragma once

#include "app/desktop/services.h"
#include "ui/recording/types.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <QObject>
#include <QTimer>
#include <stop_token>
#include <vector>

namespace ui::recording {
class RecordingView;
} // namespace ui::recording

namespace app::desktop {

/// A recording for the window: its lines, notes and summaries, and what the user changes in them.
/// All work runs in lanes. Writes are done one after the other, in the order in which they were
/// asked for, also those that are still waiting when the program ends.
class RecordingBridge : public QObject {
    Q_OBJECT
public:
    explicit RecordingBridge(Services& services, QObject* parent = nullptr);
    ~RecordingBridge() override;

public Q_SLOTS:
    /// recordingRead(), linesRead() in pages, notesRead() follow; of a recording that is still
    /// being read again and again until it is ready.
    void open(storage::SessionId session, storage::SourceId source); // 0: its first recording
    /// summaryRead() with the stored one at once, where there is one and `anew` is false; else one
    /// is made: summaryRunning(true), then summaryRead() or summaryFailed(), or neither when it was
    /// stopped; summaryRunning(false) comes last.
    void summarize(storage::SessionId session, const QString& form, bool anew);
    void stopSummary();

    void writeText(qint64 segment, const std::optional<QString>& text);
    void writeSpeaker(const std::vector<qint64>& segments, const QString& name);
    void moveLine(storage::SessionId session, const ui::recording::LineMove& move);
    /// A note with an id below 0 is new, and known by that id from here on.
    void writeNote(storage::SessionId session, const ui::recording::OwnNote& note);
    void removeNote(storage::SessionId session, qint64 note);

Q_SIGNALS:
    void recordingRead(const ui::recording::RecordingInfo& info);
    /// They are to be forgotten: more than what follows has changed.
    void linesGone(storage::SourceId source);
    void linesRead(
        storage::SourceId source,
        const std::vector<ui::recording::TranscriptLine>& lines,
        bool last);
    void notesRead(storage::SessionId session, const std::vector<ui::recording::OwnNote>& notes);
    void failed(storage::SourceId source, const QString& sentence);
    void summaryRunning(storage::SessionId session, bool running);
    void summaryRead(storage::SessionId session, const ui::recording::SummaryContent& summary);
    void summaryFailed(storage::SessionId session, const QString& sentence);
    /// The last change is on screen, but not in the library.
    void notKept(const QString& sentence);

private:
    using Write = std::function<Result<void>(storage::Library&)>;
    /// Shared with the lane: what waits, and which note of the view is which of the library.
    struct Writes {
        std::mutex running; // one at a time
        std::mutex mutex;   // guards `waiting`
        std::deque<Write> waiting;
        std::map<qint64, std::int64_t> notes; // under `running`
    };

    void read(bool notes);
    /// The next page of lines.
    void hand(int round);
    /// `then` runs after this write and all before it, whatever came of them.
    void write(Write work, std::function<void()> then = {});
    void make(storage::SessionId session, const QString& form);
    void pick(storage::SessionId session, const QString& form, int round);
    /// Search by meaning knows the passages that edits made, some seconds after the last edit.
    void makeVectors();

    Services& services_;
    std::shared_ptr<Writes> writes_ = std::make_shared<Writes>();
    storage::SessionId session_ = 0;
    storage::SourceId source_ = 0;
    ui::recording::ReadState state_ = ui::recording::ReadState::Ready;
    std::vector<ui::recording::TranscriptLine> lines_; // those still to be handed over
    std::vector<qint64> shown_;                        // ids of those that were, in order
    int round_ = 0;                                    // answers of an earlier one are dropped
    QTimer again_;                                     // while a recording is still being read
    QTimer vectors_soon_;
    bool making_vectors_ = false;
    std::stop_source summary_stop_{std::nostopstate};
    int summary_round_ = 0;
};

/// Connects both ways.
void connectRecording(RecordingBridge& bridge, ui::recording::RecordingView& view);

} // namespace app::desktop
