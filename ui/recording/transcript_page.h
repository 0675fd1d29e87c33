#pragma once

#include "ui/recording/transcript_model.h"

#include <QWidget>

class QMenu;
class QStackedWidget;
class QToolButton;
class QUndoStack;

namespace ui {
class Chip;
class ElidedLabel;
class EmptyState;
class SearchField;
class TextLabel;
} // namespace ui

namespace ui::recording {

class TranscriptView;

/// The transcript with its search; says which lines and words are meant, and leaves the change to
/// its owner.
class TranscriptPage : public QWidget {
    Q_OBJECT
public:
    explicit TranscriptPage(QUndoStack* undo, QWidget* parent = nullptr);

    TranscriptModel* model() const { return model_; }
    TranscriptView* view() const { return view_; }
    void reset(const RecordingInfo& info);
    void update(const RecordingInfo& info);
    /// Shows this time as soon as its line is there.
    void showTime(double time_s);
    void append(std::vector<TranscriptLine> lines, bool last);
    void setPosition(double time_s);
    void focusSearch();
    void focusList();
    bool escape();
    void fillMenu(QMenu& menu) const;

Q_SIGNALS:
    void momentChosen(const ui::Place& place);
    void textEntered(qint64 segment, const QString& text);
    void speakerEntered(qint64 segment, const QString& name, bool everywhere);
    void revertAsked(qint64 segment);
    void noteAsked(double time_s);

private:
    void createWidgets();
    void connectSignals();
    void search();
    void step(int by);
    void showCount();
    void showState();

    QUndoStack* undo_stack_;
    TranscriptModel* model_;
    TranscriptView* view_;
    SearchField* search_;
    QToolButton* previous_;
    QToolButton* next_;
    Chip* follow_;
    Chip* undo_;
    ElidedLabel* hint_;
    EmptyState* empty_;
    QStackedWidget* stack_;
    RecordingInfo info_;
    int found_at_ = -1;
    double wanted_s_ = -1; // to be shown when its line is there
    bool complete_ = false;
};

} // namespace ui::recording
