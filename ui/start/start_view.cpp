#include "ui/start/start_view.h"

#include "ui/start/sample_card.h"
#include "ui/types.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_spot.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>

namespace ui {
namespace {

constexpr int kSampleShare = 542; // of the width of both cards
constexpr int kMachineShare = 442;
constexpr int kSideBySide_px = 820; // below, the cards stand one under the other

} // namespace

StartView::StartView(QWidget* parent) : View(parent)
{
    setAccessibleName(tr("First start"));
    createWidgets();
    setState({});
}

void StartView::createWidgets()
{
    title_ = new TextLabel({}, theme::Step::Display);
    subtitle_ = new TextLabel({}, theme::Step::Reading, theme::Color::Text2);
    offer_ = makeOffer();
    sample_ = new SampleCard;
    machine_ = new Card;
    auto* machine = new QVBoxLayout(machine_);
    machine->setContentsMargins(20, 20, 20, 12);
    machine->setSpacing(0);
    machine->addWidget(new TextLabel(tr("This computer"), theme::Step::Title));
    machine->addSpacing(6);
    machine_lines_ = new QVBoxLayout;
    machine_lines_->setSpacing(0);
    machine->addLayout(machine_lines_);
    machine->addStretch(1);
    next_ = makeNext();

    columns_ = new QBoxLayout(QBoxLayout::LeftToRight);
    columns_->setSpacing(16);
    columns_->addWidget(sample_, kSampleShare);
    columns_->addWidget(machine_, kMachineShare);
    auto* narrow = new QWidget;
    narrow->setMaximumWidth(kWidth_px);
    page_ = new QVBoxLayout(narrow);
    page_->setContentsMargins(0, 40, 0, 24);
    page_->setSpacing(24);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(4);
    titles->addWidget(title_);
    titles->addWidget(subtitle_);
    page_->addLayout(titles);
    page_->addWidget(offer_);
    page_->addLayout(columns_);
    page_->addWidget(next_);
    page_->addStretch(1);

    auto* content = new QWidget;
    auto* centred = new QHBoxLayout(content);
    centred->setContentsMargins(theme::kCentrePadding_px, 0, theme::kCentrePadding_px, 0);
    centred->addStretch(1);
    centred->addWidget(narrow, 1000);
    centred->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() turns it on
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);

    connect(sample_, &SampleCard::questionChosen, this, &StartView::questionChosen);
    connect(sample_, &SampleCard::cancelled, this, &StartView::sampleCancelled);
}

Card* StartView::makeOffer()
{
    auto* card = new Card;
    offer_title_ = new TextLabel;
    offer_title_->setStep(theme::Step::Body, true);
    auto* what = new TextLabel(
        tr("The starter models hear speech and find places by meaning. They run on the processor "
           "of "
           "this computer; nothing of yours is sent when they are fetched, from huggingface.co "
           "and, "
           "where that is not reached, the Python package index."),
        theme::Step::Small,
        theme::Color::Text2);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(offer_title_);
    texts->addWidget(what);
    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(
        new IconSpot(QStringLiteral("sparkles"), theme::Color::Accent, 20),
        0,
        Qt::AlignTop);
    top->addLayout(texts, 1);

    download_ = new QPushButton(
        theme::icon(QStringLiteral("download"), theme::Color::OnAccent),
        tr("Download"));
    theme::setRole(download_, theme::Role::Primary);
    pause_ = new QPushButton(theme::icon(QStringLiteral("pause")), tr("Pause"));
    pause_->setAccessibleName(tr("Pause the download"));
    cancel_ = new QPushButton(tr("Cancel"));
    cancel_->setAccessibleName(tr("Cancel the download"));
    theme::setRole(cancel_, theme::Role::Flat);
    folder_ =
        new QPushButton(theme::icon(QStringLiteral("folder-open")), tr("Use a folder I have…"));
    bar_ = new ProgressBar;
    offer_note_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::kGap_px);
    buttons->addWidget(download_);
    buttons->addWidget(pause_);
    buttons->addWidget(cancel_);
    buttons->addWidget(folder_);
    buttons->addWidget(offer_note_, 1);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    column->addLayout(top);
    column->addWidget(bar_);
    column->addLayout(buttons);
    connect(download_, &QPushButton::clicked, this, &StartView::downloadRequested);
    connect(pause_, &QPushButton::clicked, this, &StartView::pauseRequested);
    connect(cancel_, &QPushButton::clicked, this, &StartView::cancelRequested);
    connect(folder_, &QPushButton::clicked, this, &StartView::chooseFolder);
    return card;
}

Card* StartView::makeNext()
{
    auto* card = new Card;
    auto* title = new TextLabel(tr("Or begin with files of your own"));
    title->setStep(theme::Step::Body, true);
    auto* what = new TextLabel(
        tr("Drop documents, scans, recordings and videos anywhere in this window. They are copied "
           "into your library; the originals stay untouched."),
        theme::Step::Small,
        theme::Color::Text2);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(title);
    texts->addWidget(what);
    open_ = new QPushButton(theme::icon(QStringLiteral("file-up")), tr("Choose files…"));
    theme::setKeyHint(open_, tr("Ctrl O"));
    auto* place = new QPushButton(tr("Change the place…"));
    place->setAccessibleName(tr("Change the place of the library"));
    theme::setRole(place, theme::Role::Flat);
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(20, 16, 20, 16);
    row->setSpacing(12);
    row->addWidget(new IconSpot(QStringLiteral("files"), theme::Color::Text2, 20), 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addSpacing(4);
    row->addWidget(place);
    row->addWidget(open_);
    connect(open_, &QPushButton::clicked, this, &StartView::filesRequested);
    connect(place, &QPushButton::clicked, this, &StartView::placeRequested);
    return card;
}

void StartView::activate()
{
    // Until all is known nothing can be pressed; setState() comes back here.
    waits_ = !state_.looked || !state_.library_open;
    if (waits_) return;
    if (offer_->isVisible() && download_->isVisible())
        download_->setFocus(Qt::OtherFocusReason);
    else
        sample_->enter();
}

bool StartView::escape()
{
    if (!state_.reading_sample) return false;
    Q_EMIT sampleCancelled();
    return true;
}

void StartView::setState(const StartState& state)
{
    state_ = state;
    const bool ready = state.looked && state.models_ready && state.library_open;
    if (ready) {
        title_->setText(tr("Percept is ready"));
        subtitle_->setText(
            state.server_on ? tr("A server is switched on: questions and the passages that answer "
                                 "them go there.")
                            : tr("Everything runs on this computer. Nothing is sent out."));
    } else if (state.looked) {
        title_->setText(tr("Welcome to Percept"));
        subtitle_->setText(
            state.models_ready ? tr("The library is not open, so nothing can be kept yet.")
                               : tr("One thing is missing: the starter models. Documents can be "
                                    "read and searched by "
                                    "words without them."));
    } else {
        title_->setText(tr("Welcome to Percept"));
        subtitle_->setText(tr("Looking at this computer…"));
    }

    const FetchState& fetch = state.fetch;
    const bool running = fetch.phase == FetchState::Phase::Running;
    offer_->setVisible(state.looked && !state.models_ready);
    offer_title_->setText(
        running ? tr("The starter models are on their way") : tr("The starter models are missing"));
    QString words = tr("Download %1").arg(sizeWords(state.missing_bytes));
    if (fetch.phase == FetchState::Phase::Failed) words = tr("Try again");
    if (fetch.phase == FetchState::Phase::Paused) words = tr("Continue");
    download_->setText(words);
    download_->setVisible(!running);
    pause_->setVisible(running);
    cancel_->setVisible(fetch.active());
    folder_->setVisible(!running);
    bar_->setVisible(fetch.active());
    if (!fetch.active()) bar_->reset();
    if (fetch.active() && fetch.total_bytes > 0) {
        bar_->setFraction(
            static_cast<double>(fetch.done_bytes) / static_cast<double>(fetch.total_bytes));
        bar_->setState(running ? ProgressBar::State::Known : ProgressBar::State::Paused);
        bar_->setAccessibleName(tr("Download of the starter models"));
    }
    QStringList note;
    if (fetch.phase == FetchState::Phase::Failed) {
        note << fetch.problem;
    } else if (fetch.active()) {
        note << tr("%1 of %2").arg(sizeWords(fetch.done_bytes), sizeWords(fetch.total_bytes));
        if (running && fetch.bytes_per_s > 0)
            note << tr("%1/s").arg(sizeWords(static_cast<std::uint64_t>(fetch.bytes_per_s)));
        if (running && fetch.left_s >= 0) note << timeLeftWords(fetch.left_s);
        if (running && !fetch.place.isEmpty()) note << tr("from %1").arg(fetch.place);
    }
    offer_note_->setText(note.join(QStringLiteral(" · ")));
    offer_note_->setColor(
        fetch.phase == FetchState::Phase::Failed ? theme::Color::Warn : theme::Color::Text3);
    sample_->setState(state);
    setMachine(state.machine);
    if (waits_ && isVisible()) activate();
}

void StartView::setMachine(const std::vector<MachineLine>& lines)
{
    if (lines == shown_machine_) return;
    shown_machine_ = lines;
    while (QLayoutItem* item = machine_lines_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const MachineLine& line : lines) {
        auto* row = new QWidget;
        auto* texts = new QVBoxLayout;
        texts->setSpacing(0);
        texts->addWidget(new TextLabel(line.text));
        texts->addWidget(new TextLabel(line.detail, theme::Step::Small, theme::Color::Text3));
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 7, 0, 7);
        layout->setSpacing(12);
        auto* icon = new QVBoxLayout; // in the middle of the first line
        icon->setContentsMargins(0, 2, 0, 0);
        icon->addWidget(new IconSpot(line.icon, line.color, 16), 0, Qt::AlignTop);
        layout->addLayout(icon);
        layout->addLayout(texts, 1);
        machine_lines_->addWidget(row);
    }
}

void StartView::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Use a folder I have"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &StartView::folderChosen);
    dialog->open();
}

void StartView::arrange()
{
    columns_->setDirection(
        width() < kSideBySide_px ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void StartView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    arrange();
}

void StartView::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme::color(theme::Color::Surface));
}

} // namespace ui
