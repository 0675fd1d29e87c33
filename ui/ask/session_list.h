#pragma once

#include "ui/ask/recent_session_model.h"

#include <QWidget>

class QToolButton;

namespace ui {

class HeaderBar;
class SectionedList;

/// The list column of Ask: head with search and new session, below it the sessions.
class SessionList : public QWidget {
    Q_OBJECT
public:
    explicit SessionList(QWidget* parent = nullptr);

    RecentSessionModel* model() const { return model_; }
    /// Marks the session that the centre shows; 0: none (a new one).
    void setCurrent(storage::SessionId session);
    /// Lets the user write the name of this row in place.
    void editName(storage::SessionId session);

Q_SIGNALS:
    void chosen(storage::SessionId session);
    void newSessionWanted();
    void searchWanted();
    void renamed(storage::SessionId session, const QString& name);
    void pinWanted(storage::SessionId session, bool pinned);
    void deleteWanted(storage::SessionId session, const QString& name);
    void exportWanted(storage::SessionId session);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void createWidgets();
    void connectSignals();
    void showMenu(const QModelIndex& index, const QPoint& at);
    void markCurrent();

    RecentSessionModel* model_;
    HeaderBar* header_;
    QToolButton* search_;
    QToolButton* fresh_;
    SectionedList* list_;
    storage::SessionId current_ = 0;
};

} // namespace ui
