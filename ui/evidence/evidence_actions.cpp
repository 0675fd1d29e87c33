#include "ui/evidence/document_view.h"
#include "ui/evidence/evidence_pane.h"
#include "ui/evidence/page_view.h"
#include "ui/evidence/player_view.h"
#include "ui/frame/actions.h"

#include <QAbstractButton>
#include <QKeyEvent>

namespace ui {

void EvidencePane::updateActions(Actions& actions)
{
    if (!hasPlace() || source_.id == 0) return;
    actions.onTriggered(QStringLiteral("source.open"), this, [this] {
        if (hasPlace()) Q_EMIT openStoredWanted(shownPlace().source);
    });
    if (plays()) {
        const auto bind = [&](const char* name, auto work) {
            actions.onTriggered(QLatin1String(name), player_, work);
        };
        bind("player.play", [this] { player_->togglePlay(); });
        bind("player.back", [this] { player_->jump(-1); });
        bind("player.forward", [this] { player_->jump(1); });
        if (!source_.has_picture) return;
        bind("player.frameBack", [this] { player_->stepFrames(-1); });
        bind("player.frameForward", [this] { player_->stepFrames(1); });
        return;
    }
    if (shownPlace().kind == PlaceKind::Text) return;
    PageView* view = &document_->pageView();
    actions.onTriggered(QStringLiteral("page.zoomIn"), view, [view] { view->zoomBy(1); });
    actions.onTriggered(QStringLiteral("page.zoomOut"), view, [view] { view->zoomBy(-1); });
    actions.onTriggered(QStringLiteral("page.fit"), view, [view] {
        view->setFit(PageView::Fit::Width);
    });
    if (source_.pages > 1)
        actions.onTriggered(QStringLiteral("page.thumbnails"), document_, [this] {
            document_->toggleThumbnails();
        });
}

/// Space plays from anywhere but where it presses a button; Ctrl+F inside the pane means the
/// source.
bool EvidencePane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isVisible() && watched->isWidgetType()) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool presses = plays() && key->key() == Qt::Key_Space &&
                             qobject_cast<QAbstractButton*>(watched) != nullptr;
        const bool finds = !plays() && key->matches(QKeySequence::Find) &&
                           isAncestorOf(static_cast<QWidget*>(watched));
        if (presses || finds) {
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
