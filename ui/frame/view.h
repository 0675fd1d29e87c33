#pragma once

#include "ui/types.h"

#include <QWidget>

namespace ui {

class Actions;

/// One entry of the rail: the centre column, and the list column beside it where it has one.
/// The main window owns it, shows it, routes its wishes to other views, and knows nothing else.
class View : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// What stands in the list column; null: the centre takes its room. Created by the view, shown
    /// by the main window.
    virtual QWidget* listPane() { return nullptr; }
    /// False: the evidence pane never shows beside this view.
    virtual bool usesEvidence() const { return true; }
    /// Called each time the view comes to the front; gives focus to its first control.
    virtual void activate() {}
    /// Called when another view comes to the front; what Ctrl+Z kept open until now is final.
    virtual void leave() {}
    /// Enables and connects those actions that this view can do now.
    virtual void updateActions(Actions&) {}
    /// Esc: closes or stops the innermost thing; false where there is nothing to stop.
    virtual bool escape() { return false; }

Q_SIGNALS:
    /// Shows places in the evidence pane; it opens by itself.
    void placesChosen(const ui::PlaceList& places);
    /// The evidence pane has nothing of this view to show any more.
    void placesGone();
    /// Goes to Ask with this session; 0: a new one.
    void openSession(storage::SessionId session);
    /// Opens a recording as summary and transcript; with a time from 0 the transcript there. Source
    /// 0: the first recording of the session.
    void openRecording(storage::SessionId session, storage::SourceId source, double start_s);
    /// Ask, with this text in the composer.
    void askAbout(storage::SessionId session, const QString& text);
    /// A toast; `undo` named where it can be undone (the main window then calls undoRequested()).
    void toast(const QString& sentence, bool can_undo);
    void actionsChanged();
};

} // namespace ui
