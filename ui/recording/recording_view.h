#pragma once

#include "ui/frame/view.h"
#include "ui/recording/types.h"

#include <functional>
#include <optional>
#include <QUndoStack>
#include <vector>

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui {
class Banner;
class ElidedLabel;
class HeaderBar;
class SegmentedControl;
} // namespace ui

namespace ui::recording {

class NotesPage;
class SummaryPage;
class TranscriptPage;

/// A recording that was dropped: summary, transcript and own notes. It shows at once what is
/// changed and tells it through the `…Written` signals; every change can be undone.
class RecordingView : public View {
    Q_OBJECT
public:
    enum class Tab { Summary, Transcript, Notes };

    explicit RecordingView(QWidget* parent = nullptr);
    ~RecordingView() override;

    /// With a time the transcript comes to the front there; below 0: the summary. Source 0: the
    /// first recording of the session.
    void open(storage::SessionId session, storage::SourceId source, double start_s);
    storage::SourceId source() const { return info_.source; }
    QString name() const { return info_.name; }
    /// What the back button in the header says, "Back to Ask"; empty: there is none.
    void setBackWords(const QString& words);
    void showTab(Tab tab);
    Tab tab() const { return tab_; }

    // Answers to what was asked; those about another recording are ignored.
    void setRecording(const RecordingInfo& info);
    /// Lines come in pages; `last`: there are no more so far. setRecording() of a recording that is
    /// still read may be followed by more of them.
    void appendLines(storage::SourceId source, std::vector<TranscriptLine> lines, bool last);
    /// They come anew.
    void clearLines(storage::SourceId source);
    int lineCount() const;
    void setNotes(storage::SessionId session, std::vector<OwnNote> notes);
    void setSummary(storage::SessionId session, const SummaryContent& summary);
    void setSummaryRunning(storage::SessionId session, bool running);
    void setSummaryFailed(storage::SessionId session, const QString& sentence);
    /// The recording cannot be shown.
    void setFailed(storage::SourceId source, const QString& sentence);
    /// Something was not kept; what is shown stays.
    void showNotKept(const QString& sentence);

    // Of the player.
    void setPosition(storage::SourceId source, double time_s);

    void activate() override;
    void leave() override;
    void updateActions(Actions& actions) override;
    bool escape() override;

Q_SIGNALS:
    void recordingAsked(storage::SessionId session, storage::SourceId source);
    void textWritten(qint64 segment, const std::optional<QString>& text);
    void speakerWritten(const std::vector<qint64>& segments, const QString& name);
    void lineMoved(storage::SessionId session, const ui::recording::LineMove& move);
    void noteWritten(storage::SessionId session, const ui::recording::OwnNote& note);
    void noteRemoved(storage::SessionId session, qint64 note);
    void summaryAsked(storage::SessionId session, const QString& form, bool anew);
    void summaryStopped();
    void exportAsked(storage::SessionId session);
    void backAsked();

private:
    void createWidgets();
    void connectSignals();
    void showInfo();
    void showBanner();
    void fillMenu();
    void copyMarkdown();
    void choose(const Place& place);

    void changeText(qint64 segment, const std::optional<QString>& text);
    void changeSpeaker(qint64 segment, const QString& name, bool everywhere);
    void changeList(const LineMove& move);
    void addNote(const OwnNote& note);
    void changeNote(qint64 id, const QString& before, const QString& after);
    void removeNote(qint64 id);
    /// One undoable change, done now; undoing it shows the tab that it happened in.
    void
    push(const QString& words, Tab tab, std::function<void()> redo, std::function<void()> undo);

    RecordingInfo info_;
    Tab tab_ = Tab::Summary;
    QUndoStack undo_;
    HeaderBar* header_;
    QToolButton* back_;
    QPushButton* export_;
    QToolButton* more_;
    SegmentedControl* tabs_;
    QToolButton* recordings_;
    QWidget* gap_;
    ElidedLabel* gap_words_;
    Banner* banner_;
    QStackedWidget* pages_;
    SummaryPage* summary_;
    TranscriptPage* transcript_;
    NotesPage* notes_;
};

} // namespace ui::recording
