#include "ui/models/models_view.h"

#include "ui/models/engine_test.h"
#include "ui/models/machine_panel.h"
#include "ui/models/server_form.h"
#include "ui/models/thing_row.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/section_label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

namespace ui {
namespace {

/// Head and content go together, so that a part that is not there leaves no gap.
QVBoxLayout* section(QVBoxLayout* page, SectionLabel* head)
{
    auto* part = new QWidget;
    auto* content = new QVBoxLayout(part);
    content->setContentsMargins(0, 0, 0, 16);
    content->setSpacing(6);
    content->addWidget(head);
    auto* rows = new QVBoxLayout;
    rows->setSpacing(0);
    content->addLayout(rows);
    page->addWidget(part);
    return rows;
}

} // namespace

ModelsView::ModelsView(QWidget* parent) : View(parent)
{
    createWidgets();
    connectSignals();
    setInUse({});
    larger_head_->parentWidget()->hide();
    setOwnModels({});
    setServers({});
    setEngineTest({});
}

void ModelsView::createWidgets()
{
    auto* header = new HeaderBar(tr("Models"));
    use_folder_ =
        new QPushButton(theme::icon(QStringLiteral("folder-open")), tr("Use a folder I have…"));
    auto* choices = new QMenu(use_folder_);
    choices->addAction(tr("A &folder…"), this, [this] { chooseFolder(true); });
    choices->addAction(tr("A model &file (GGUF)…"), this, [this] { chooseFolder(false); });
    use_folder_->setMenu(choices);
    add_server_ = new QPushButton(theme::icon(QStringLiteral("server")), tr("Add a server…"));
    header->addTrailing(use_folder_);
    header->addTrailing(add_server_);

    auto* content = new QWidget;
    auto* left_aligned = new QHBoxLayout(content);
    left_aligned->setContentsMargins(theme::kCentrePadding_px, 16, theme::kCentrePadding_px, 16);
    auto* narrow = new QWidget;
    narrow->setMaximumWidth(theme::kCentreMost_px);
    left_aligned->addWidget(narrow, 1);
    left_aligned->addStretch(0);
    auto* page = new QVBoxLayout(narrow);
    page->setContentsMargins({});
    page->setSpacing(0);
    notice_ = new Banner;
    notice_->setInset(true);
    notice_->setClosable(true);
    notice_->hide();
    page->addWidget(notice_);

    auto* in_use = section(page, new SectionLabel(tr("In use")));
    in_use_row_ = new ThingRow(QStringLiteral("leaf"));
    download_all_ = in_use_row_->addButton(tr("Download"), QStringLiteral("download"), {});
    theme::setRole(download_all_, theme::Role::Primary);
    pause_all_ =
        in_use_row_->addButton(tr("Pause"), QStringLiteral("pause"), tr("Pause the download"));
    cancel_all_ = in_use_row_->addButton(tr("Cancel"), {}, tr("Cancel the download"));
    speed_test_ =
        in_use_row_->addButton(tr("Speed test"), QStringLiteral("gauge"), tr("Speed test"));
    load_ = in_use_row_->addButton(tr("Load"), {}, {});
    in_use->addWidget(ThingRow::card({in_use_row_}, content));

    starter_ = section(page, new SectionLabel(tr("Starter models · run on the processor")));
    larger_head_ = new SectionLabel(tr("Larger models · optional, run on the processor"));
    larger_ = section(page, larger_head_);
    own_head_ = new SectionLabel(tr("Your own models"));
    own_ = section(page, own_head_);
    servers_head_ = new SectionLabel(tr("Servers"));
    servers_ = section(page, servers_head_);
    server_form_ = new ServerForm(this);
    test_ = new EngineTest;
    section(page, new SectionLabel(tr("Engine test")))->addWidget(test_);
    page->addStretch(1);

    scroll_ = new QScrollArea;
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->viewport()->setAutoFillBackground(false);
    scroll_->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() turns it on
    machine_ = new MachinePanel;

    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(header);
    left->addWidget(scroll_, 1);
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(left, 1);
    all->addWidget(new Hairline(Qt::Vertical));
    all->addWidget(machine_);
}

void ModelsView::connectSignals()
{
    connect(notice_, &Banner::closed, this, [this] { setNotice({}, false); });
    connect(download_all_, &QPushButton::clicked, this, [this] {
        Q_EMIT fetchRequested(QStringLiteral("starter"));
    });
    connect(pause_all_, &QPushButton::clicked, this, &ModelsView::pauseRequested);
    connect(cancel_all_, &QPushButton::clicked, this, &ModelsView::cancelRequested);
    connect(speed_test_, &QPushButton::clicked, this, [this] {
        if (measuring_)
            Q_EMIT speedTestCancelled();
        else
            Q_EMIT speedTestRequested();
    });
    connect(machine_, &MachinePanel::speedTestCancelled, this, &ModelsView::speedTestCancelled);
    connect(load_, &QPushButton::clicked, this, [this] {
        if (in_use_.loaded)
            Q_EMIT unloadRequested();
        else
            Q_EMIT loadRequested();
    });
    connect(add_server_, &QPushButton::clicked, this, [this] {
        server_form_->show();
        makeServerRows();
        server_form_->open();
        scroll_->ensureWidgetVisible(server_form_);
    });
    connect(server_form_, &ServerForm::add, this, [this](const QString& name, const QString& url) {
        server_form_->close();
        Q_EMIT serverAdded(name, url);
        add_server_->setFocus(Qt::OtherFocusReason);
    });
    connect(server_form_, &ServerForm::cancelled, this, [this] {
        server_form_->close();
        makeServerRows();
        add_server_->setFocus(Qt::OtherFocusReason);
    });
    connect(test_, &EngineTest::run, this, &ModelsView::testRequested);
    connect(test_, &EngineTest::stopped, this, &ModelsView::testStopped);
}

void ModelsView::activate()
{
    if (download_all_->isVisible())
        download_all_->setFocus(Qt::OtherFocusReason);
    else
        use_folder_->setFocus(Qt::OtherFocusReason);
}

bool ModelsView::escape()
{
    for (auto& [id, widgets] : models_) {
        if (!widgets.row->isAsking()) continue;
        widgets.row->dropQuestion();
        return true;
    }
    for (auto* row : own_head_->parentWidget()->findChildren<ThingRow*>()) {
        if (!row->isAsking()) continue;
        row->dropQuestion();
        return true;
    }
    if (server_form_->isVisible()) {
        server_form_->close();
        makeServerRows();
        add_server_->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (test_->isRunning()) {
        Q_EMIT testStopped();
        return true;
    }
    if (!measuring_) return false;
    Q_EMIT speedTestCancelled();
    return true;
}

void ModelsView::setInUse(const InUse& in_use)
{
    in_use_ = in_use;
    updateInUse();
}

void ModelsView::setCatalogue(const std::vector<ModelRow>& rows)
{
    bool same = rows.size() == rows_.size();
    for (std::size_t i = 0; same && i < rows.size(); ++i) same = rows[i].id == rows_[i].id;
    rows_ = rows;
    if (!same) {
        models_.clear();
        for (QVBoxLayout* part : {starter_, larger_}) {
            while (QLayoutItem* item = part->takeAt(0)) {
                delete item->widget();
                delete item;
            }
            QList<QWidget*> widgets;
            for (const ModelRow& row : rows_) {
                if (row.needed != (part == starter_)) continue;
                makeModelRow(row);
                widgets.append(models_.at(row.id).row);
            }
            if (!widgets.isEmpty()) part->addWidget(ThingRow::card(widgets, this));
            if (part == larger_) larger_head_->parentWidget()->setVisible(!widgets.isEmpty());
        }
        orderTabs();
    }
    for (const ModelRow& row : rows_) updateModelRow(row);
    updateInUse();
}

void ModelsView::setFetch(const FetchState& fetch)
{
    fetch_ = fetch;
    for (const ModelRow& row : rows_) updateModelRow(row);
    updateInUse();
}

void ModelsView::setOwnModels(const std::vector<OwnModelRow>& rows)
{
    own_rows_ = rows;
    makeOwnRows();
}

void ModelsView::setServers(const std::vector<ServerRow>& rows)
{
    server_rows_ = rows;
    makeServerRows();
}

void ModelsView::setMachine(const MachineUse& machine)
{
    machine_->setMachine(machine);
}

void ModelsView::setSpeed(const SpeedState& speed)
{
    measuring_ = speed.running;
    machine_->setSpeed(speed);
    updateInUse();
}

void ModelsView::setEngineTest(const EngineTestState& state)
{
    test_->setState(state);
}

void ModelsView::appendTestText(const QString& text)
{
    test_->appendText(text);
}

void ModelsView::setNotice(const QString& sentence, bool failed)
{
    if (!sentence.isEmpty())
        notice_->set(failed ? BannerKind::Warning : BannerKind::Note, sentence);
    notice_->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) scroll_->ensureVisible(0, 0);
}

ThingRow* ModelsView::row(const QString& id) const
{
    const auto found = models_.find(id);
    return found == models_.end() ? nullptr : found->second.row;
}

void ModelsView::chooseFolder(bool folder)
{
    // Not exec(): the window goes on while the dialog is open.
    auto* dialog = new QFileDialog(this, tr("Use a folder I have"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (!folder) dialog->setNameFilter(tr("Language models (*.gguf)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ModelsView::folderChosen);
    dialog->open();
}

void ModelsView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    Q_EMIT watched(true);
}

void ModelsView::hideEvent(QHideEvent* event)
{
    View::hideEvent(event);
    Q_EMIT watched(false);
}

void ModelsView::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme::color(theme::Color::Surface));
}

} // namespace ui
