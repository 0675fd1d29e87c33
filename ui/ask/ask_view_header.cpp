// The session that is shown as a whole: its name, its tags, its menu.
#include "ui/ask/ask_view.h"
#include "ui/ask/composer.h"
#include "ui/ask/conversation.h"
#include "ui/ask/ingest_model.h"
#include "ui/ask/session_list.h"
#include "ui/ask/session_tags.h"
#include "ui/ask/source_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/header_bar.h"

#include <algorithm>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace ui {

void AskView::createHeader()
{
    header_ = new HeaderBar({}, this);
    sources_chip_ = new Chip(QStringLiteral("files"), QString{}, header_);
    sources_chip_->setCheckable(true);
    more_ = new QToolButton(header_);
    more_->setIcon(theme::icon(QStringLiteral("ellipsis")));
    more_->setToolTip(tr("More for this session"));
    more_->setAccessibleName(tr("More for this session"));
    theme::setRole(more_, theme::Role::Flat);
    header_->addTrailing(sources_chip_);
    header_->addTrailing(more_);
    name_edit_ = new QLineEdit(header_);
    name_edit_->setAccessibleName(tr("Session name"));
    name_edit_->hide();
    tags_ = new SessionTags(this);
}

void AskView::updateHeader()
{
    header_->setTitle(
        session_.id == 0 || session_.name.isEmpty() ? tr("New session") : session_.name);
    const int count = sources_->rowCount();
    const bool talk = conversation_->last() != nullptr;
    QString words = countWords(count);
    if (sources_->busy()) words = tr("%1, reading").arg(words);
    sources_chip_->setText(words);
    sources_chip_->setAccessibleName(words);
    sources_chip_->setVisible(talk);
}

void AskView::beginRename()
{
    if (session_.id == 0) return;
    const QRect title = header_->findChild<ElidedLabel*>()->geometry();
    const QPoint at = header_->findChild<ElidedLabel*>()->mapTo(header_, QPoint(0, 0));
    constexpr int kField_px = 32;
    const int end = sources_chip_->isVisible() ? sources_chip_->x() : more_->x();
    name_edit_->setGeometry(
        at.x() - 8,
        (header_->height() - kField_px) / 2,
        std::min(std::max(240, title.width() + 40), end - at.x()),
        kField_px);
    name_edit_->setText(session_.name);
    name_edit_->show();
    name_edit_->raise();
    name_edit_->selectAll();
    name_edit_->setFocus(Qt::OtherFocusReason);
}

void AskView::endRename(bool keep)
{
    if (!name_edit_->isVisible()) return;
    const QString name = name_edit_->text().simplified();
    name_edit_->hide();
    composer_->edit()->setFocus(Qt::OtherFocusReason);
    if (!keep || name.isEmpty() || name == session_.name) return;
    setSessionName(session_.id, name);
    Q_EMIT renameRequested(session_.id, name);
}

QString AskView::nameOf(storage::SessionId session) const
{
    if (session == session_.id) return session_.name;
    return list_->model()->find(session).data(RecentSessionModel::NameRole).toString();
}

void AskView::editTags(
    storage::SessionId session,
    const QStringList& of_session,
    const QStringList& of_library)
{
    if (session != session_.id || session == 0) return; // another is shown by now
    tagged_ = session;
    tags_->open(more_, of_session, of_library);
}

void AskView::showMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(
        theme::icon(QStringLiteral("paperclip")),
        tr("Add files…"),
        this,
        &AskView::chooseFiles);
    menu->addAction(tr("Paste as a source"), this, &AskView::pasteAsSource);
    for (int row = 0; row < sources_->rowCount(); ++row) {
        const SourceItem& source = sources_->at(sources_->index(row));
        if (!isRecording(source)) continue;
        menu->addSeparator();
        menu->addAction(
            theme::icon(QStringLiteral("audio-lines")),
            tr("Open summary and transcript"),
            this,
            [this, id = source.id] { Q_EMIT openRecording(session_.id, id, -1); });
        break; // the others are a step away there
    }
    if (session_.id != 0) {
        menu->addSeparator();
        menu->addAction(
            theme::icon(QStringLiteral("pencil")),
            tr("Rename"),
            this,
            &AskView::beginRename);
        menu->addAction(theme::icon(QStringLiteral("tag")), tr("Tags…"), this, [this] {
            Q_EMIT tagsAsked(session_.id);
        });
        menu->addAction(pinned_ ? tr("Unpin") : tr("Pin to the top"), this, [this] {
            Q_EMIT pinRequested(session_.id, !pinned_);
        });
        menu->addAction(theme::icon(QStringLiteral("share")), tr("Export…"), this, [this] {
            Q_EMIT exportRequested(session_.id);
        });
        menu->addSeparator();
        menu->addAction(
            theme::icon(QStringLiteral("trash-2"), theme::Color::Record),
            tr("Delete"),
            this,
            [this] { deleteSession(session_.id, session_.name); });
    }
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
}

} // namespace ui
