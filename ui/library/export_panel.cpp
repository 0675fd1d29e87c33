#include "ui/library/export_panel.h"

#include "ui/library/session_words.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/section_label.h"
#include "ui/widgets/text_label.h"

#include <array>
#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace ui {
namespace {

struct FormatWords {
    const char* name;
    const char* words;
};
constexpr std::array<FormatWords, 6> kFormats{
    {{"md", QT_TRANSLATE_NOOP("ui::ExportPanel", "Markdown: text with its sources")},
     {"docx", QT_TRANSLATE_NOOP("ui::ExportPanel", "Word document (DOCX)")},
     {"pdf", QT_TRANSLATE_NOOP("ui::ExportPanel", "PDF, to print or to send")},
     {"srt", QT_TRANSLATE_NOOP("ui::ExportPanel", "Subtitles (SRT) of a recording")},
     {"vtt", QT_TRANSLATE_NOOP("ui::ExportPanel", "Subtitles for the web (VTT) of a recording")},
     {"json", QT_TRANSLATE_NOOP("ui::ExportPanel", "JSON, for other programs")}}};

/// The last part of a path.
QString nameOf(const QString& path)
{
    return path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
}

} // namespace

ExportPanel::ExportPanel(QWidget* parent)
    : QWidget(parent), title_(new TextLabel({}, theme::Step::Title)), banner_(new Banner(this)),
      formats_(new QButtonGroup(this)), target_(new ElidedLabel),
      choose_(new QPushButton(tr("Choose…"))), progress_(new ProgressRow),
      export_(new QPushButton(tr("Export"))), reveal_(new QPushButton(tr("Show in folder"))),
      close_(new QPushButton(tr("Cancel")))
{
    setAccessibleName(tr("Export"));
    theme::setRole(export_, theme::Role::Primary);
    banner_->setInset(true);
    banner_->hide();
    progress_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(theme::kGroupGap_px);
    column->addWidget(title_);
    column->addWidget(createFormats());
    column->addWidget(createTarget());
    column->addWidget(banner_);
    column->addWidget(progress_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::kGap_px);
    buttons->addStretch(1);
    buttons->addWidget(reveal_);
    buttons->addWidget(close_);
    buttons->addWidget(export_);
    column->addLayout(buttons);
    connectSignals();
}

QWidget* ExportPanel::createFormats()
{
    auto* group = new QWidget(this);
    auto* column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new SectionLabel(tr("Format")));
    for (std::size_t i = 0; i < kFormats.size(); ++i) {
        auto* button = new QRadioButton(tr(kFormats[i].words), group);
        formats_->addButton(button, static_cast<int>(i));
        column->addWidget(button);
    }
    formats_->button(0)->setChecked(true);
    return group;
}

QWidget* ExportPanel::createTarget()
{
    auto* group = new QWidget(this);
    auto* column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new SectionLabel(tr("Written to")));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::kGap_px);
    target_->setElideMode(Qt::ElideMiddle);
    row->addWidget(target_, 1);
    row->addWidget(choose_);
    column->addLayout(row);
    return group;
}

void ExportPanel::connectSignals()
{
    connect(formats_, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (!on) return;
        // Another ending, else the same place.
        if (sessions_.size() == 1 && !chosen_path_.isEmpty()) {
            const auto dot = chosen_path_.lastIndexOf(QLatin1Char('.'));
            if (dot > chosen_path_.lastIndexOf(QLatin1Char('/')))
                chosen_path_ = chosen_path_.left(dot + 1) + format();
        }
        updateTarget();
        banner_->hide();
        last_written_.clear();
        showWriting(false);
    });
    connect(choose_, &QPushButton::clicked, this, &ExportPanel::chooseTarget);
    connect(export_, &QPushButton::clicked, this, [this] { start(false); });
    connect(reveal_, &QPushButton::clicked, this, [this] { Q_EMIT revealWanted(last_written_); });
    connect(close_, &QPushButton::clicked, this, &ExportPanel::closeWanted);
    connect(progress_, &ProgressRow::cancelled, this, &ExportPanel::stopWanted);
}

void ExportPanel::begin(const std::vector<Session>& sessions, const QString& folder)
{
    sessions_ = sessions;
    folder_ = folder;
    chosen_path_.clear();
    last_written_.clear();
    title_->setText(
        sessions.size() == 1 ? tr("Export “%1”").arg(sessions.front().name)
                             : tr("Export %1 sessions").arg(sessions.size()));
    banner_->hide();
    showWriting(false);
    updateTarget();
    formats_->checkedButton()->setFocus();
}

void ExportPanel::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && export_->isVisible() && export_->isEnabled()) return export_->click();
    QWidget::keyPressEvent(event);
}

QString ExportPanel::format() const
{
    return QLatin1String(kFormats[static_cast<std::size_t>(formats_->checkedId())].name);
}

void ExportPanel::updateTarget()
{
    if (sessions_.empty()) return;
    if (sessions_.size() > 1)
        target_->setText(folder_);
    else if (!chosen_path_.isEmpty())
        target_->setText(chosen_path_);
    else
        target_->setText(
            folder_ + QLatin1Char('/') + fileNameFor(sessions_.front().name) + QLatin1Char('.') +
            format());
}

void ExportPanel::chooseTarget()
{
    // Not the modal static calls: they would hold up the window in a loop of their own. Whether a
    // file may be replaced is asked here, once, for one file and for many.
    auto* dialog = new QFileDialog(window(), tr("Export to"), target_->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    if (sessions_.size() > 1) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        dialog->setAcceptMode(QFileDialog::AcceptOpen);
    } else {
        dialog->setFileMode(QFileDialog::AnyFile);
        dialog->setDefaultSuffix(format());
        dialog->selectFile(nameOf(target_->text()));
    }
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (sessions_.size() > 1) {
            folder_ = path;
        } else {
            chosen_path_ = path;
            folder_ = path.left(path.lastIndexOf(QLatin1Char('/')));
        }
        banner_->hide();
        updateTarget();
    });
    dialog->open();
}

void ExportPanel::start(bool overwrite)
{
    ExportOrder order;
    for (const Session& session : sessions_) order.sessions.push_back(session.id);
    order.format = format();
    order.path = target_->text();
    order.overwrite = overwrite;
    banner_->hide();
    progress_->bar()->reset();
    progress_->setPhase(tr("Writing"));
    showWriting(true);
    Q_EMIT exportWanted(order);
}

void ExportPanel::showWriting(bool writing)
{
    writing_ = writing;
    progress_->setVisible(writing);
    for (QAbstractButton* button : formats_->buttons()) button->setEnabled(!writing);
    choose_->setEnabled(!writing);
    export_->setVisible(last_written_.isEmpty());
    export_->setEnabled(!writing);
    reveal_->setVisible(!last_written_.isEmpty());
    close_->setText(last_written_.isEmpty() ? tr("Cancel") : tr("Close"));
}

void ExportPanel::setProgress(const ExportProgress& progress)
{
    progress_->setPhase(
        progress.total > 1 ? tr("Writing %1, %2 of %3")
                                 .arg(progress.name)
                                 .arg(progress.done + 1)
                                 .arg(progress.total)
                           : tr("Writing %1").arg(progress.name));
    if (progress.total > 1)
        progress_->bar()->setFraction(static_cast<double>(progress.done) / progress.total);
    else
        progress_->bar()->setState(ProgressBar::State::Unknown);
}

void ExportPanel::setOutcome(const ExportOutcome& outcome)
{
    last_written_ = outcome.written.isEmpty() ? QString() : outcome.written.front();
    showWriting(false);
    if (!outcome.existing.isEmpty()) {
        const bool one = outcome.existing.size() == 1;
        banner_->set(
            BannerKind::Warning,
            one ? tr("“%1” exists already.").arg(nameOf(outcome.existing.front()))
                : tr("%1 of these files exist already.").arg(outcome.existing.size()),
            tr("Nothing was written yet."));
        QPushButton* replace = banner_->addButton(one ? tr("Replace it") : tr("Replace them"));
        connect(replace, &QPushButton::clicked, this, [this] { start(true); });
        banner_->show();
        if (isVisible()) replace->setFocus();
        return;
    }
    if (!outcome.problems.isEmpty()) {
        banner_->set(
            BannerKind::Alarm,
            outcome.written.isEmpty() ? tr("Nothing was written.")
                                      : tr("%1 written, %2 not.")
                                            .arg(outcome.written.size())
                                            .arg(outcome.problems.size()),
            outcome.problems.mid(0, 3).join(QLatin1Char(' ')));
    } else if (outcome.stopped) {
        banner_->set(
            BannerKind::Note,
            tr("Stopped."),
            outcome.written.isEmpty() ? tr("Nothing was written.")
                                      : tr("%1 files were written.").arg(outcome.written.size()));
    } else {
        const QString where = outcome.written.size() == 1
                                  ? outcome.written.front()
                                  : tr("%1 files in %2").arg(outcome.written.size()).arg(folder_);
        banner_->set(
            BannerKind::Note,
            tr("Written:"),
            tr("%1 (%2)").arg(where, sizeWords(outcome.size_bytes)));
    }
    banner_->show();
    // Closed meanwhile: what the user does now keeps the focus.
    if (isVisible()) (reveal_->isVisible() ? reveal_ : close_)->setFocus();
}

} // namespace ui
