// What LibraryView does with the sessions that are chosen: menus, names, tags, pins, trash, export.

#include "ui/frame/actions.h"
#include "ui/library/export_panel.h"
#include "ui/library/filter_pane.h"
#include "ui/library/hit_model.h"
#include "ui/library/library_view.h"
#include "ui/library/session_model.h"
#include "ui/palette/hit_words.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"
#include "ui/widgets/tag_panel.h"

#include <algorithm>
#include <QItemSelectionModel>
#include <QMenu>

namespace ui {

std::vector<storage::SessionId> LibraryView::chosenSessions() const
{
    std::vector<storage::SessionId> ids;
    const auto add = [&](storage::SessionId id) {
        if (id != 0 && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    if (searching()) {
        if (const Hit* hit = hit_model_->hit(hits_->currentIndex().row())) add(hit->place.session);
        return ids;
    }
    QModelIndexList rows = sessions_->selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex& index : rows) {
        if (const LibrarySession* session = session_model_->session(index.row())) add(session->id);
    }
    return ids;
}

const LibrarySession* LibraryView::currentSession() const
{
    if (searching()) return nullptr;
    return session_model_->session(sessions_->currentIndex().row());
}

QString LibraryView::nameOf(storage::SessionId id) const
{
    if (const LibrarySession* session = session_model_->session(session_model_->find(id)))
        return session->name;
    for (const Hit& hit : hit_model_->result().hits) {
        if (hit.place.session == id) return hit.session_name;
    }
    return tr("Session %1").arg(id);
}

void LibraryView::updateActions(Actions& actions)
{
    actions.onTriggered(QStringLiteral("edit.find"), this, [this] {
        field_->setFocus(Qt::ShortcutFocusReason);
        field_->selectAll();
    });
    if (!deleted_.empty())
        actions.onTriggered(QStringLiteral("edit.undo"), this, [this] { undo(); });
    const auto chosen = chosenSessions();
    if (chosen.empty()) return;
    actions.onTriggered(QStringLiteral("session.export"), this, [this] { exportChosen(); });
    if (!writable_) return;
    actions.onTriggered(QStringLiteral("session.delete"), this, [this] { deleteChosen(); });
    if (currentSession() == nullptr) return;
    actions.onTriggered(QStringLiteral("session.pin"), this, [this] { pinChosen(); });
    if (chosen.size() != 1) return;
    actions.onTriggered(QStringLiteral("session.rename"), this, [this] { renameCurrent(); });
    actions.onTriggered(QStringLiteral("session.tag"), this, [this] { tagCurrent(); });
}

void LibraryView::showMenu(SectionedList* list, const QPoint& at)
{
    // From the keyboard the menu belongs to the current row.
    QModelIndex index = list->indexAt(at);
    if (!index.isValid()) index = list->currentIndex();
    if (!index.isValid() || !(index.flags() & Qt::ItemIsSelectable)) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool hits = list == hits_;
    const auto chosen = chosenSessions();
    const bool one = chosen.size() == 1;
    const int row = index.row();
    if (hits)
        menu->addAction(tr("Open session here"), this, [this, row] { openHit(row); });
    else if (one)
        menu->addAction(tr("Open"), this, [this, row] { openSessionRow(row); });
    if (const LibrarySession* session = currentSession();
        !hits && one && session != nullptr && hasRecording(*session))
        menu->addAction(tr("Open summary and transcript"), this, [this, id = session->id] {
            Q_EMIT openRecording(id, 0, -1);
        });
    if (hits && one)
        menu->addAction(tr("Ask about this session"), this, [this, id = chosen.front()] {
            Q_EMIT askAbout(id, {});
        });
    if (!hits && writable_) {
        menu->addSeparator();
        if (one) menu->addAction(tr("Rename"), this, [this] { renameCurrent(); });
        if (one) menu->addAction(tr("Tags…"), this, [this] { tagCurrent(); });
        const LibrarySession* current = currentSession();
        const bool pinned = current != nullptr && current->pinned;
        menu->addAction(pinned ? tr("Unpin") : tr("Pin"), this, [this] { pinChosen(); });
    }
    menu->addSeparator();
    menu->addAction(tr("Export…"), this, [this] { exportChosen(); });
    if (writable_)
        menu->addAction(hits ? tr("Delete this session") : tr("Delete"), this, [this] {
            deleteChosen();
        });
    menu->popup(list->viewport()->mapToGlobal(at));
}

void LibraryView::renameCurrent()
{
    if (!writable_ || currentSession() == nullptr) return;
    sessions_->setFocus();
    renaming_ = true;
    sessions_->edit(sessions_->currentIndex());
}

void LibraryView::tagCurrent()
{
    const LibrarySession* session = currentSession();
    if (!writable_ || session == nullptr) return;
    if (tag_popup_ == nullptr) {
        tag_popup_ = new Popup(window());
        tag_panel_ = new TagPanel;
        tag_popup_->setContent(tag_panel_);
        tag_anchor_ = new QWidget(sessions_->viewport());
        tag_anchor_->setAttribute(Qt::WA_TransparentForMouseEvents);
        connect(tag_panel_, &TagPanel::tagsChanged, this, [this](const QStringList& tags) {
            Q_EMIT tagsWanted(tagged_, tags);
        });
        connect(tag_popup_, &Popup::closed, this, [this] {
            tag_anchor_->hide();
            sessions_->setFocus();
        });
    }
    QStringList known;
    for (const LibraryTag& tag : pane_->numbers().tags) known << tag.name;
    tagged_ = session->id;
    sessions_->scrollTo(sessions_->currentIndex());
    tag_anchor_->setGeometry(sessions_->visualRect(sessions_->currentIndex()));
    tag_anchor_->show();
    tag_panel_->edit(session->tags, known);
    tag_popup_->openAt(tag_anchor_);
    tag_panel_->focusField();
}

void LibraryView::pinChosen()
{
    const LibrarySession* current = currentSession();
    if (!writable_ || current == nullptr) return;
    Q_EMIT pinWanted(chosenSessions(), !current->pinned);
}

void LibraryView::deleteChosen()
{
    const auto chosen = chosenSessions();
    if (!writable_ || chosen.empty()) return;
    const QString sentence = chosen.size() == 1
                                 ? tr("“%1” deleted").arg(nameOf(chosen.front()))
                                 : countedWords(
                                       static_cast<int>(chosen.size()),
                                       QT_TRANSLATE_NOOP("ui", "%1 session deleted"),
                                       QT_TRANSLATE_NOOP("ui", "%1 sessions deleted"));
    deleted_.push_back(chosen);
    Q_EMIT trashWanted(chosen);
    Q_EMIT placesGone();
    Q_EMIT toast(sentence, true);
    Q_EMIT actionsChanged();
}

bool LibraryView::undo()
{
    if (deleted_.empty()) return false;
    const auto last = deleted_.back();
    deleted_.pop_back();
    Q_EMIT restoreWanted(last);
    Q_EMIT actionsChanged();
    return true;
}

void LibraryView::exportChosen()
{
    exportSessions(chosenSessions());
}

void LibraryView::exportSessions(const std::vector<storage::SessionId>& chosen, const QString& name)
{
    if (chosen.empty() && !(export_panel_ != nullptr && export_panel_->isWriting())) return;
    if (export_overlay_ == nullptr) {
        export_overlay_ = new OverlayPanel(window());
        export_panel_ = new ExportPanel;
        export_overlay_->setPanelWidth(480);
        export_overlay_->setContent(export_panel_);
        connect(export_panel_, &ExportPanel::exportWanted, this, &LibraryView::exportWanted);
        connect(export_panel_, &ExportPanel::stopWanted, this, &LibraryView::exportStopWanted);
        connect(export_panel_, &ExportPanel::revealWanted, this, &LibraryView::revealWanted);
        connect(export_panel_, &ExportPanel::closeWanted, export_overlay_, &OverlayPanel::close);
    }
    export_overlay_->open(); // first: it remembers who has the focus now
    // Closed while it writes: it goes on, and this shows how far it is.
    if (!export_panel_->isWriting()) {
        std::vector<ExportPanel::Session> sessions;
        sessions.reserve(chosen.size());
        for (const storage::SessionId id : chosen) {
            const bool named = chosen.size() == 1 && !name.isEmpty();
            sessions.push_back({id, named ? name : nameOf(id)});
        }
        export_panel_->begin(sessions, export_folder_);
    }
}

void LibraryView::setExportProgress(const ExportProgress& progress)
{
    if (export_panel_ != nullptr) export_panel_->setProgress(progress);
}

void LibraryView::setExportOutcome(const ExportOutcome& outcome)
{
    if (export_panel_ == nullptr) return;
    export_panel_->setOutcome(outcome);
    export_folder_ = export_panel_->folder();
    if (export_overlay_->isOpen()) return;
    // Nobody sees the panel: say it, or ask.
    if (!outcome.existing.isEmpty() || !outcome.problems.isEmpty())
        export_overlay_->open();
    else if (!outcome.written.isEmpty())
        Q_EMIT toast(tr("Exported to %1").arg(outcome.written.front()), false);
}

} // namespace ui
