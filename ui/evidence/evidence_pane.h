#pragma once

#include "ui/evidence/types.h"

#include <QWidget>

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ui {

class Actions;
class Banner;
class DocumentView;
class EmptyState;
class HeaderBar;
class PlaceMark;
class PlayerView;

/// The right column: where a statement comes from. Shows one place of a list at a time and goes to
/// the next; documents, pictures and text in the document view, sound and films in the player.
///
/// A source is asked for with sourceWanted() and answered with setSource() or setSourceFailed();
/// what comes about another source than the one that is shown now is dropped.
class EvidencePane : public QWidget {
    Q_OBJECT
public:
    explicit EvidencePane(QWidget* parent = nullptr);

    using QWidget::show;
    void show(const PlaceList& places);
    /// A source without a citation, from a file card or a session's list.
    void showSource(
        storage::SessionId session,
        storage::SourceId source,
        PlaceKind kind,
        const QString& name,
        int page = 1,
        std::optional<double> start_s = {});
    /// Nothing to show any more; the sound stops.
    void clear();

    bool hasPlace() const { return !places_.places.empty(); }
    const Place& shownPlace() const
    {
        return places_.places[static_cast<std::size_t>(places_.current)];
    }
    void stepPlace(int steps);
    bool canSearch() const { return source_.id != 0 && !plays(); }
    /// Ctrl+F: opens search where the source can be searched.
    void openSearch();
    /// Esc: closes search, then lets go of a selection; false where there was nothing to close.
    bool escape();
    void copyQuote();
    /// Enables and connects what the pane can do now (zoom, thumbnails, play, open elsewhere);
    /// after View::updateActions(), while the pane is open.
    void updateActions(Actions& actions);

    DocumentView& document() { return *document_; }
    PlayerView& player() { return *player_; }

    void setSource(const EvidenceSource& source, QSizeF first_page_pt);
    void setSourceFailed(storage::SourceId source, const QString& sentence);
    /// The source is not where it was, or its file changed; empty: all is well.
    void setSourceNote(storage::SourceId source, const QString& sentence);

Q_SIGNALS:
    void sourceWanted(storage::SourceId source);
    /// Opens the stored copy with the program that the desktop has for it.
    void openStoredWanted(storage::SourceId source);
    void shownPlaceChanged(const ui::Place& place);
    void closed();
    void askAbout(storage::SessionId session, const QString& text);
    void toast(const QString& sentence);
    void actionsChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createWidgets();
    void connectSignals();
    void showCurrent();
    void showInView();
    void showWords();
    void stepInRecording(int steps);
    bool plays() const;
    void switchTo(QWidget* part);

    PlaceList places_;
    EvidenceSource source_; // id 0: not here yet
    storage::SourceId asked_ = 0;
    int page_ = 0;              // that is seen
    bool focus_inside_ = false; // the body had the focus when its source went
    HeaderBar* header_;
    PlaceMark* mark_;
    QToolButton* previous_;
    QToolButton* next_;
    QToolButton* close_;
    Banner* note_;
    QStackedWidget* body_;
    EmptyState* empty_;
    DocumentView* document_;
    PlayerView* player_;
    QWidget* footer_;
    QPushButton* copy_;
    QPushButton* open_;
    QPushButton* ask_;
};

} // namespace ui
