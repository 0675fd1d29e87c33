// What the user changes in a recording, as commands that can be undone.
#include "ui/recording/notes_model.h"
#include "ui/recording/notes_page.h"
#include "ui/recording/recording_view.h"
#include "ui/recording/summary_page.h"
#include "ui/recording/transcript_page.h"

#include <functional>
#include <map>
#include <QUndoCommand>

namespace ui::recording {
namespace {

class Change : public QUndoCommand {
public:
    Change(const QString& words, std::function<void()> redo, std::function<void()> undo)
        : QUndoCommand(words), redo_(std::move(redo)), undo_(std::move(undo))
    {
    }
    void redo() override { redo_(); }
    void undo() override { undo_(); }

private:
    std::function<void()> redo_;
    std::function<void()> undo_;
};

} // namespace

void RecordingView::push(
    const QString& words,
    Tab tab,
    std::function<void()> redo,
    std::function<void()> undo)
{
    const auto there = [this, tab](std::function<void()> work) {
        return [this, tab, work = std::move(work)] {
            if (tab_ != tab) showTab(tab);
            work();
        };
    };
    undo_.push(new Change(words, there(std::move(redo)), there(std::move(undo))));
}

void RecordingView::changeText(qint64 segment, const std::optional<QString>& text)
{
    const auto& model = *transcript_->model();
    const int row = model.rowOf(segment);
    if (row < 0) return;
    const auto& line = model.line(row);
    // Typing the recognised words again is no edit, and a line cannot be emptied: what was said was
    // said.
    std::optional<QString> to = text;
    if (to && (*to == line.text || to->isEmpty())) to.reset();
    const auto from = line.edited;
    if (to == from) return;
    const auto write = [this, segment](const std::optional<QString>& words) {
        transcript_->model()->setEdited(segment, words);
        summary_->setOutdated();
        Q_EMIT textWritten(segment, words);
    };
    push(
        tr("text at %1").arg(clockWords(line.start_s)),
        Tab::Transcript,
        [write, to] { write(to); },
        [write, from] { write(from); });
}

void RecordingView::changeSpeaker(qint64 segment, const QString& name, bool everywhere)
{
    const auto& model = *transcript_->model();
    const int row = model.rowOf(segment);
    if (row < 0) return;
    const QString from = model.line(row).speaker;
    const auto segments =
        everywhere && !from.isEmpty() ? model.segmentsOf(from) : std::vector<qint64>{segment};
    const auto write = [this, segments](const QString& speaker) {
        for (const auto id : segments) transcript_->model()->setSpeaker(id, speaker);
        summary_->setOutdated();
        Q_EMIT speakerWritten(segments, speaker);
    };
    push(
        from.isEmpty() ? tr("speaker %1").arg(name) : tr("speaker %1").arg(from),
        Tab::Transcript,
        [write, name] { write(name); },
        [write, from] { write(from); });
}

void RecordingView::changeList(const LineMove& move)
{
    if (move.from == move.to || move.quote.isEmpty()) return;
    const auto write = [this](const LineMove& done) {
        // A summary that was made anew meanwhile may not have the line; the wish is kept.
        summary_->apply(done);
        Q_EMIT lineMoved(info_.session, done);
    };
    LineMove back = move;
    std::swap(back.from, back.to);
    const QString words = tr("line to “%1”").arg(listTitle(move.to, {}));
    push(
        words,
        Tab::Summary,
        [write, move] { write(move); },
        [write, back] { write(back); });
    Q_EMIT toast(tr("Moved to “%1”.").arg(listTitle(move.to, {})), true);
}

void RecordingView::addNote(const OwnNote& note)
{
    push(
        tr("note"),
        Tab::Notes,
        [this, note] {
            notes_->model()->insert(note);
            Q_EMIT noteWritten(info_.session, note);
        },
        [this, note] {
            notes_->model()->remove(note.id);
            Q_EMIT noteRemoved(info_.session, note.id);
        });
}

void RecordingView::changeNote(qint64 id, const QString& before, const QString& after)
{
    const auto write = [this, id](const QString& text) {
        notes_->model()->setText(id, text);
        const int row = notes_->model()->rowOf(id);
        if (row >= 0) Q_EMIT noteWritten(info_.session, notes_->model()->note(row));
    };
    push(
        tr("note"),
        Tab::Notes,
        [write, after] { write(after); },
        [write, before] { write(before); });
}

void RecordingView::removeNote(qint64 id)
{
    const int row = notes_->model()->rowOf(id);
    if (row < 0) return;
    const OwnNote note = notes_->model()->note(row);
    push(
        tr("deleted note"),
        Tab::Notes,
        [this, note] {
            notes_->model()->remove(note.id);
            Q_EMIT noteRemoved(info_.session, note.id);
        },
        [this, note] {
            notes_->model()->insert(note);
            Q_EMIT noteWritten(info_.session, note);
        });
    Q_EMIT toast(tr("Note deleted."), true);
}

} // namespace ui::recording
