#include "ui/settings/storage_page.h"

#include "ui/types.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/text_label.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

StoragePage::StoragePage(QWidget* parent) : SettingsPage(tr("Storage"), parent)
{
    banner_ = new Banner;
    banner_->setInset(true);
    banner_->hide();
    addWide(banner_);
    progress_ = new ProgressRow;
    progress_->hide();
    addWide(progress_);

    addHeading(tr("Library"));
    auto* open = new QPushButton(theme::icon(QStringLiteral("folder-open")), tr("Open folder"));
    place_ = addRow(tr("Place"), {}, open);
    place_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    place_->setFocusPolicy(Qt::StrongFocus);
    move_ = new QPushButton(tr("Move…"));
    addRow(
        tr("Move to another place"),
        tr("Copies everything, reads it back and compares; only then the new place is used. The "
           "old "
           "copy stays until you delete it."),
        move_);
    forget_ = new QPushButton(
        theme::icon(QStringLiteral("trash-2"), theme::Color::Record),
        tr("Delete old copy"));
    theme::setRole(forget_, theme::Role::Danger);
    old_hint_ = addRow(tr("The old copy"), {}, forget_);
    old_row_ = entries().back().row;
    backup_ = new QPushButton(tr("Back up…"));
    addRow(
        tr("Back up"),
        tr("One file with everything as it is now, checked before it gets its name. Unpacked into "
           "an "
           "empty folder it is the library again."),
        backup_);
    check_ = new QPushButton(tr("Check"));
    addRow(
        tr("Check the library"),
        tr("Looks for damage in the database, the index and the stored files."),
        check_);

    addHeading(tr("Size"));
    auto* sizes = new QWidget;
    kinds_ = new QVBoxLayout(sizes);
    kinds_->setContentsMargins(0, 8, 0, 0);
    kinds_->setSpacing(6);
    addWide(sizes);
    total_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3);
    addSpace(8);
    addWide(total_);
    finish();

    connect(open, &QPushButton::clicked, this, &StoragePage::openPlaceRequested);
    connect(move_, &QPushButton::clicked, this, &StoragePage::chooseMove);
    connect(backup_, &QPushButton::clicked, this, &StoragePage::chooseBackup);
    connect(check_, &QPushButton::clicked, this, &StoragePage::checkRequested);
    connect(forget_, &QPushButton::clicked, this, &StoragePage::oldPlaceForgotten);
    connect(progress_, &ProgressRow::cancelled, this, &StoragePage::cancelRequested);
    update();
}

void StoragePage::setStorage(const StorageState& state)
{
    state_ = state;
    update();
}

void StoragePage::setJob(const StorageJob& job)
{
    if (job.kind != job_.kind || (job.running && !job_.running)) progress_->bar()->reset();
    const bool begins = job.running && !job_.running;
    const bool ends = !job.running && job_.running;
    QWidget* const focus = window()->focusWidget();
    const bool on_cancel = focus == progress_->cancelButton();
    job_ = job;
    // The button that was pressed is grey while its job runs: who stood on it can cancel, and
    // stands on it again afterwards.
    if (begins) {
        starter_ = nullptr;
        for (QPushButton* button : {move_, backup_, check_, forget_})
            if (button == focus) starter_ = button;
        progress_->show();
        if (starter_ != nullptr) progress_->cancelButton()->setFocus(Qt::OtherFocusReason);
    }
    update();
    if (ends && on_cancel && starter_ != nullptr) starter_->setFocus(Qt::OtherFocusReason);
}

void StoragePage::update()
{
    const bool stands_here = isAncestorOf(window()->focusWidget());
    place_->setText(
        state_.models_place.isEmpty() || state_.models_place.startsWith(state_.place)
            ? state_.place
            : tr("%1, models in %2").arg(state_.place, state_.models_place));
    place_->setVisible(!state_.place.isEmpty());
    while (QLayoutItem* item = kinds_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto& [name, bytes] : state_.kinds) {
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* words = new ElidedLabel(name);
        auto* size = new ElidedLabel(sizeWords(bytes));
        size->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        size->setColor(theme::Color::Text2);
        line->addWidget(words, 1);
        line->addWidget(size);
        kinds_->addWidget(row);
    }
    total_->setText(tr("%1 in all, %2 left on this disk")
                        .arg(sizeWords(state_.total_bytes), sizeWords(state_.free_bytes)));

    const bool moved = !state_.moved_to.isEmpty();
    for (QPushButton* button : {move_, backup_, check_})
        button->setEnabled(!job_.running && !moved && !state_.place.isEmpty());
    move_->setEnabled(move_->isEnabled() && state_.writes);
    old_row_->setVisible(!state_.old_place.isEmpty());
    old_hint_->setText(
        tr("Lies in %1. It cannot be taken back once it is deleted.").arg(state_.old_place));
    old_hint_->show();
    forget_->setEnabled(!job_.running);

    progress_->setVisible(job_.running);
    if (job_.running) {
        static const QStringList names =
            {{}, tr("Moving the library"), tr("Writing the backup"), tr("Checking the library")};
        progress_->setPhase(names.value(static_cast<int>(job_.kind)));
        progress_->setTimeLeft(job_.left_s >= 0 ? timeLeftWords(job_.left_s) : QString());
        if (job_.share < 0)
            progress_->bar()->setState(ProgressBar::State::Unknown);
        else
            progress_->bar()->setFraction(job_.share);
    }
    showResult(stands_here);
}

void StoragePage::showResult(bool stands_here)
{
    const bool moved = !state_.moved_to.isEmpty();
    const bool shown = moved || (!job_.running && !job_.result.isEmpty());
    banner_->setVisible(shown);
    const QString said = moved ? state_.moved_to : job_.result;
    // Set once: its button goes with what it said before, and with it the focus.
    if (!shown || (said == said_ && moved == said_moved_)) return;
    said_ = said;
    said_moved_ = moved;
    if (!moved) {
        banner_->set(job_.failed ? BannerKind::Warning : BannerKind::Note, said);
        return;
    }
    banner_->set(
        BannerKind::Note,
        tr("The library has moved to %1.").arg(said),
        tr("Nothing more is stored in the old place. Start Percept again to go on there."));
    QPushButton* again = banner_->addButton(tr("Start again"));
    connect(again, &QPushButton::clicked, this, &StoragePage::restartRequested);
    // Nothing else here can be pressed any more.
    if (stands_here) again->setFocus(Qt::OtherFocusReason);
}

void StoragePage::chooseMove()
{
    auto* dialog = new QFileDialog(this, tr("Move the library to an empty folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &StoragePage::moveRequested);
    dialog->open();
}

void StoragePage::chooseBackup()
{
    auto* dialog = new QFileDialog(this, tr("Back up to a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("tar"));
    dialog->setNameFilter(tr("Backups (*.tar)"));
    dialog->selectFile(
        QStringLiteral("percept-%1.tar").arg(QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &StoragePage::backupRequested);
    dialog->open();
}

} // namespace ui
