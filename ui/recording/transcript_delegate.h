#pragma once

#include "ui/recording/text_row_delegate.h"
#include "ui/recording/transcript_model.h"

namespace ui::recording {

/// Draws a line of a transcript (time, speaker, text; a gap, a marker or a silence as a rule with
/// words) and edits its text or its speaker in place. What was typed leaves through the signals,
/// not through the model: it becomes an undo command first.
class TranscriptDelegate : public TextRowDelegate {
    Q_OBJECT
public:
    enum class Part { None, Time, Speaker, Text };
    enum class Edits { Text, SpeakerEverywhere, SpeakerHere };

    explicit TranscriptDelegate(QObject* parent = nullptr);

    /// Forgets the heights of another model.
    void watch(const TranscriptModel& model);
    /// What the next editor edits.
    void setEdits(Edits what) { edits_ = what; }
    /// Width of the time column; hours need more room.
    void setLongest(double duration_s);
    /// The one of the found places that was stepped to; row -1: none.
    void setCurrentFound(const Found& found) { current_ = found; }

    Part partAt(const QStyleOptionViewItem& option, const QModelIndex& at, const QPoint& pos) const;
    /// Position in the shown text; -1: beside it.
    int
    letterAt(const QStyleOptionViewItem& option, const QModelIndex& at, const QPoint& pos) const;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
    bool helpEvent(
        QHelpEvent* event,
        QAbstractItemView* view,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
    QWidget* createEditor(
        QWidget* parent,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index)
        const override;
    void updateEditorGeometry(
        QWidget* editor,
        const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;

Q_SIGNALS:
    void textEntered(qint64 segment, const QString& text) const;
    void speakerEntered(qint64 segment, const QString& name, bool everywhere) const;

private:
    struct Columns {
        QRect ground;
        QRect time;
        QRect speaker;
        QRect text;
    };
    Columns columns(const QRect& row, const QWidget* view, bool speakers) const;
    int textWidth(const QWidget* view, bool speakers) const;
    void
    paintRule(QPainter& painter, const Columns& columns, const TranscriptLine& line, bool current)
        const;
    void forget(int row) const;

    Edits edits_ = Edits::Text;
    int time_width_px_ = 36;
    Found current_{-1, 0, 0};
    mutable std::vector<int> heights_; // by row, at `laid_out_px_`; 0: not known
    mutable int laid_out_px_ = 0;
};

} // namespace ui::recording
