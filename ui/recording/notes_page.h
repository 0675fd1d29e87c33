#pragma once

#include "ui/recording/types.h"

#include <QTimer>
#include <QWidget>

class QListView;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace ui {
class Chip;
class EmptyState;
} // namespace ui

namespace ui::recording {

class NotesDelegate;
class NotesModel;

/// Own notes beside a recording. What is typed is kept while it is typed: `typed` comes after every
/// pause, added() and edited() when the user is done with it.
class NotesPage : public QWidget {
    Q_OBJECT
public:
    explicit NotesPage(QWidget* parent = nullptr);

    NotesModel* model() const { return model_; }
    void reset(const RecordingInfo& info);
    void setNotes(std::vector<OwnNote> notes);
    /// Of the player: a new note gets it.
    void setPosition(double time_s);
    /// A new note at this time, or at none.
    void begin(std::optional<double> time_s);
    /// Keeps what is being typed now.
    void flush();
    void focusList();
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    void typed(const ui::recording::OwnNote& note);
    void discarded(qint64 id); // a note that was kept while it was typed, and is empty again
    void added(const ui::recording::OwnNote& note);
    void edited(qint64 id, const QString& before, const QString& after);
    void removeAsked(qint64 id);
    void timeChosen(double time_s);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createWidgets();
    void connectSignals();
    void keepDraft();
    void finishDraft();
    void showTime();
    void showState();
    int current() const;

    NotesModel* model_;
    NotesDelegate* delegate_;
    QListView* view_;
    QPlainTextEdit* composer_;
    Chip* with_time_;
    QPushButton* add_;
    EmptyState* empty_;
    QStackedWidget* stack_;
    QTimer pause_;
    double position_s_ = -1;
    std::optional<double> draft_time_s_; // where the player was when typing began
    qint64 draft_ = 0;                   // 0: nothing is kept of it
    qint64 next_id_ = -1;
};

} // namespace ui::recording
