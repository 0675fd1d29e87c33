// What is dropped on the window, whatever it shows.
#include "app/desktop/window.h"
#include "ui/ask/ask_view.h"
#include "ui/ask/drop_target.h"
#include "ui/frame/columns.h"
#include "ui/frame/main_window.h"
#include "ui/widgets/drop_frame.h"
#include "ui/widgets/overlay.h"

namespace app::desktop {

void Window::connectDrops()
{
    auto* drops = new ui::DropTarget(main_.get());
    auto* cover = new ui::DropCover(main_.get());
    connect(drops, &ui::DropTarget::draggingChanged, this, [this, cover](bool over) {
        const bool asks = main_->currentView() == ui::kAskView;
        ask_->setDragging(over && asks);
        if (over && !asks)
            cover->cover(main_->columns().centreHolder(), dropWords());
        else
            cover->hide();
    });
    connect(drops, &ui::DropTarget::refused, this, &Window::say);
    connect(drops, &ui::DropTarget::filesDropped, this, [this](const QStringList& paths) {
        showAsk();
        openFiles(paths);
    });
    connect(drops, &ui::DropTarget::textDropped, this, [this](const QString& text) {
        showAsk();
        ask_->addText(text);
    });
    connect(drops, &ui::DropTarget::pictureDropped, this, [this](const QImage& picture) {
        showAsk();
        ask_->addPicture(picture);
    });
}

QString Window::dropWords() const
{
    const QString session = ask_->nameOf(ask_->session());
    return session.isEmpty() ? tr("Drop to begin a session with it")
                             : tr("Drop to add to “%1”").arg(session);
}

void Window::showAsk()
{
    for (auto* overlay : main_->findChildren<ui::OverlayPanel*>()) overlay->close();
    main_->showView(ui::kAskView);
}

} // namespace app::desktop
