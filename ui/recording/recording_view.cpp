#include "ui/recording/recording_view.h"

#include "ui/frame/actions.h"
#include "ui/recording/notes_model.h"
#include "ui/recording/notes_page.h"
#include "ui/recording/summary_page.h"
#include "ui/recording/transcript_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/icon_spot.h"
#include "ui/widgets/segmented_control.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace ui::recording {
namespace {

constexpr int kTabRow_px = 44;

/// "Wed 11 November · 47:12"
QString dateAndLength(const RecordingInfo& info)
{
    QStringList parts;
    if (info.created.isValid()) {
        const QDate day = info.created.toLocalTime().date();
        const bool this_year = day.year() == QDate::currentDate().year();
        parts << QLocale().toString(
            day,
            this_year ? RecordingView::tr("ddd d MMMM") : RecordingView::tr("ddd d MMMM yyyy"));
    }
    if (info.duration_s > 0) parts << clockWords(info.duration_s);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

RecordingView::RecordingView(QWidget* parent) : View(parent)
{
    setAccessibleName(tr("Recording"));
    createWidgets();
    connectSignals();
    showInfo();
}

RecordingView::~RecordingView()
{
    // It empties itself last and would tell of it: nobody is to ask this view for its actions then.
    undo_.disconnect(this);
}

void RecordingView::createWidgets()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    header_ = new HeaderBar({}, this);
    header_->setSubtitleBeside();
    back_ = new QToolButton(this);
    back_->setIcon(theme::icon(QStringLiteral("arrow-left")));
    theme::setRole(back_, theme::Role::Flat);
    back_->hide();
    header_->addLeading(back_);
    export_ = new QPushButton(theme::icon(QStringLiteral("upload")), tr("Export…"), this);
    more_ = new QToolButton(this);
    more_->setIcon(theme::icon(QStringLiteral("ellipsis")));
    more_->setToolTip(tr("More"));
    more_->setAccessibleName(tr("More actions"));
    more_->setPopupMode(QToolButton::InstantPopup);
    more_->setMenu(new QMenu(more_));
    theme::setRole(more_, theme::Role::Flat);
    header_->addTrailing(export_);
    header_->addTrailing(more_);

    tabs_ = new SegmentedControl({tr("Summary"), tr("Transcript"), tr("Notes")}, this);
    tabs_->setAccessibleName(tr("Parts of the recording"));
    recordings_ = new QToolButton(this);
    recordings_->setIcon(theme::icon(QStringLiteral("files")));
    recordings_->setToolTip(tr("Recordings of this session"));
    recordings_->setAccessibleName(tr("Recordings of this session"));
    recordings_->setPopupMode(QToolButton::InstantPopup);
    recordings_->setMenu(new QMenu(recordings_));
    theme::setRole(recordings_, theme::Role::Flat);
    gap_ = new QWidget(this);
    auto* gap = new QHBoxLayout(gap_);
    gap->setContentsMargins(0, 0, 0, 0);
    gap->setSpacing(6);
    auto* gap_icon = new IconSpot(QStringLiteral("triangle-alert"), theme::Color::Warn, 14, gap_);
    gap_words_ = new ElidedLabel({}, gap_);
    gap_words_->setStep(theme::Step::Small);
    gap_words_->setColor(theme::Color::Warn);
    gap->addWidget(gap_icon);
    gap->addWidget(gap_words_);

    auto* tab_row = new QWidget(this);
    tab_row->setFixedHeight(kTabRow_px - 1);
    auto* row = new QHBoxLayout(tab_row);
    row->setContentsMargins(theme::kCentrePadding_px, 0, theme::kCentrePadding_px, 0);
    row->setSpacing(theme::kGap_px);
    row->addWidget(tabs_);
    row->addWidget(recordings_);
    row->addStretch(1);
    row->addWidget(gap_);

    banner_ = new Banner(this);
    banner_->hide();
    pages_ = new QStackedWidget(this);
    summary_ = new SummaryPage(pages_);
    transcript_ = new TranscriptPage(&undo_, pages_);
    notes_ = new NotesPage(pages_);
    pages_->addWidget(summary_);
    pages_->addWidget(transcript_);
    pages_->addWidget(notes_);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(banner_);
    column->addWidget(tab_row);
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addWidget(pages_, 1);
}

void RecordingView::connectSignals()
{
    connect(tabs_, &SegmentedControl::chosen, this, [this](int index) {
        showTab(static_cast<Tab>(index));
    });
    connect(back_, &QToolButton::clicked, this, &RecordingView::backAsked);
    connect(export_, &QPushButton::clicked, this, [this] { Q_EMIT exportAsked(info_.session); });
    connect(more_->menu(), &QMenu::aboutToShow, this, &RecordingView::fillMenu);
    connect(&undo_, &QUndoStack::indexChanged, this, &View::actionsChanged);

    connect(summary_, &SummaryPage::placesChosen, this, &View::placesChosen);
    connect(summary_, &SummaryPage::moveAsked, this, &RecordingView::changeList);
    connect(summary_, &SummaryPage::stopAsked, this, &RecordingView::summaryStopped);
    connect(summary_, &SummaryPage::summaryAsked, this, [this](const QString& form, bool anew) {
        if (info_.session != 0) Q_EMIT summaryAsked(info_.session, form, anew);
    });

    connect(transcript_, &TranscriptPage::momentChosen, this, &RecordingView::choose);
    connect(
        transcript_,
        &TranscriptPage::textEntered,
        this,
        [this](qint64 segment, const QString& text) { changeText(segment, text); });
    connect(transcript_, &TranscriptPage::revertAsked, this, [this](qint64 segment) {
        changeText(segment, std::nullopt);
    });
    connect(transcript_, &TranscriptPage::speakerEntered, this, &RecordingView::changeSpeaker);
    connect(transcript_, &TranscriptPage::noteAsked, this, [this](double time_s) {
        showTab(Tab::Notes);
        notes_->begin(time_s);
    });

    connect(notes_, &NotesPage::typed, this, [this](const OwnNote& note) {
        Q_EMIT noteWritten(info_.session, note);
    });
    connect(notes_, &NotesPage::discarded, this, [this](qint64 id) {
        Q_EMIT noteRemoved(info_.session, id);
    });
    connect(notes_, &NotesPage::added, this, &RecordingView::addNote);
    connect(notes_, &NotesPage::edited, this, &RecordingView::changeNote);
    connect(notes_, &NotesPage::removeAsked, this, &RecordingView::removeNote);
    connect(notes_, &NotesPage::timeChosen, this, [this](double time_s) {
        Place place;
        place.session = info_.session;
        place.source = info_.source;
        place.kind = info_.kind;
        place.name = info_.name;
        place.start_s = time_s;
        choose(place);
    });
}

void RecordingView::open(storage::SessionId session, storage::SourceId source, double start_s)
{
    const bool other = session != info_.session || source != info_.source;
    if (other) {
        notes_->flush();
        undo_.clear();
        info_ = {};
        info_.session = session;
        info_.source = source;
        info_.state = ReadState::Reading; // nothing is asked of it before it is known
        summary_->reset(info_);
        transcript_->reset(info_);
        notes_->reset(info_);
        showInfo();
        banner_->hide();
    }
    if (start_s >= 0) transcript_->showTime(start_s);
    showTab(start_s >= 0 ? Tab::Transcript : (other ? Tab::Summary : tab_));
    if (other) Q_EMIT recordingAsked(session, source);
}

void RecordingView::setBackWords(const QString& words)
{
    back_->setToolTip(words);
    back_->setAccessibleName(words);
    back_->setVisible(!words.isEmpty());
}

void RecordingView::showTab(Tab tab)
{
    if (tab_ == Tab::Notes && tab != Tab::Notes) notes_->flush();
    tab_ = tab;
    tabs_->setCurrent(static_cast<int>(tab));
    pages_->setCurrentIndex(static_cast<int>(tab));
    if (tab == Tab::Summary) summary_->activate();
    Q_EMIT actionsChanged();
}

void RecordingView::setRecording(const RecordingInfo& info)
{
    const bool first_of_session = info_.source == 0;
    if (info.session != info_.session || (info.source != info_.source && !first_of_session)) return;
    info_ = info;
    if (first_of_session) {
        summary_->reset(info);
        transcript_->reset(info);
        notes_->reset(info);
    }
    summary_->update(info);
    transcript_->update(info);
    showInfo();
    showBanner();
    if (tab_ == Tab::Summary) summary_->activate();
    Q_EMIT actionsChanged();
}

void RecordingView::appendLines(
    storage::SourceId source,
    std::vector<TranscriptLine> lines,
    bool last)
{
    if (source == info_.source) transcript_->append(std::move(lines), last);
}

void RecordingView::clearLines(storage::SourceId source)
{
    if (source == info_.source) transcript_->model()->clear();
}

int RecordingView::lineCount() const
{
    return transcript_->model()->size();
}

void RecordingView::setNotes(storage::SessionId session, std::vector<OwnNote> notes)
{
    if (session == info_.session) notes_->setNotes(std::move(notes));
}

void RecordingView::setSummary(storage::SessionId session, const SummaryContent& summary)
{
    if (session != info_.session || summary.form != summary_->form()) return;
    summary_->setContent(summary);
    Q_EMIT actionsChanged();
}

void RecordingView::setSummaryRunning(storage::SessionId session, bool running)
{
    if (session == info_.session) summary_->setRunning(running);
}

void RecordingView::setSummaryFailed(storage::SessionId session, const QString& sentence)
{
    if (session == info_.session) summary_->setFailed(sentence);
}

void RecordingView::setFailed(storage::SourceId source, const QString& sentence)
{
    if (source != info_.source) return;
    banner_->set(BannerKind::Warning, tr("The recording cannot be shown."), sentence);
    banner_->show();
}

void RecordingView::showNotKept(const QString& sentence)
{
    banner_->set(BannerKind::Warning, tr("The last change was not kept."), sentence);
    banner_->show();
}

void RecordingView::setPosition(storage::SourceId source, double time_s)
{
    if (source != info_.source) return;
    transcript_->setPosition(time_s);
    notes_->setPosition(time_s);
}

void RecordingView::activate()
{
    if (tab_ == Tab::Transcript)
        transcript_->focusList();
    else if (tab_ == Tab::Notes)
        notes_->focusList();
    else
        summary_->focusList();
}

void RecordingView::leave()
{
    notes_->flush();
}

void RecordingView::updateActions(Actions& actions)
{
    if (info_.session == 0) return;
    actions.onTriggered(QStringLiteral("session.export"), this, [this] {
        Q_EMIT exportAsked(info_.session);
    });
    actions.onTriggered(QStringLiteral("edit.find"), this, [this] {
        showTab(Tab::Transcript);
        transcript_->focusSearch();
    });
    if (undo_.canUndo())
        actions.onTriggered(QStringLiteral("edit.undo"), this, [this] { undo_.undo(); });
    if (undo_.canRedo())
        actions.onTriggered(QStringLiteral("edit.redo"), this, [this] { undo_.redo(); });
    if (summary_->hasContent())
        actions.onTriggered(QStringLiteral("answer.copy"), this, [this] { copyMarkdown(); });
    if (summary_->isRunning())
        actions.onTriggered(QStringLiteral("answer.stop"), this, [this] {
            Q_EMIT summaryStopped();
        });
}

bool RecordingView::escape()
{
    if (tab_ == Tab::Transcript && transcript_->escape()) return true;
    if (!summary_->isRunning()) return false;
    Q_EMIT summaryStopped();
    return true;
}

void RecordingView::showInfo()
{
    header_->setTitle(info_.name);
    header_->setSubtitle(dateAndLength(info_));
    export_->setEnabled(info_.session != 0);
    QStringList spans;
    for (const auto& [start_s, end_s] : info_.gaps)
        spans << QStringLiteral("%1 – %2").arg(clockWords(start_s), clockWords(end_s));
    gap_->setVisible(!spans.isEmpty());
    if (spans.isEmpty()) {
        gap_words_->setText({});
    } else {
        const QString heard = heardWords(info_.duration_s, info_.gaps);
        gap_words_->setText(
            spans.size() == 1
                ? tr("Sound %1, gap %2").arg(heard, spans.front())
                : tr("Sound %1, %n gaps", nullptr, static_cast<int>(spans.size())).arg(heard));
        gap_words_->setToolTip(spans.join(QStringLiteral(", ")));
    }
    recordings_->setVisible(info_.recordings.size() > 1);
    recordings_->menu()->clear();
    for (const auto& [id, name] : info_.recordings) {
        const auto source = id;
        auto* entry = recordings_->menu()->addAction(name, this, [this, source] {
            open(info_.session, source, -1);
        });
        entry->setCheckable(true);
        entry->setChecked(source == info_.source);
    }
}

void RecordingView::showBanner()
{
    const auto note = [this](BannerKind kind, const QString& strong, const QString& rest) {
        banner_->set(kind, strong, rest);
        banner_->show();
    };
    if (!info_.writes) {
        note(
            BannerKind::Warning,
            tr("Another program writes to the library."),
            tr("You can look at everything; changes are not kept."));
        return;
    }
    switch (info_.state) {
    case ReadState::Reading:
        note(
            BannerKind::Note,
            tr("Still being read."),
            tr("What was heard so far is here; the rest follows."));
        break;
    case ReadState::Partial:
        note(BannerKind::Warning, tr("Only a part of this recording was read."), info_.problem);
        break;
    case ReadState::Failed:
        note(BannerKind::Warning, tr("This recording could not be read."), info_.problem);
        break;
    case ReadState::Cancelled:
        note(
            BannerKind::Warning,
            tr("Reading was stopped."),
            tr("The transcript ends where it was stopped."));
        break;
    case ReadState::Ready:
        banner_->hide();
        break;
    }
}

void RecordingView::fillMenu()
{
    auto& menu = *more_->menu();
    menu.clear();
    switch (tab_) {
    case Tab::Summary:
        summary_->fillMenu(menu);
        break;
    case Tab::Transcript:
        transcript_->fillMenu(menu);
        break;
    case Tab::Notes:
        notes_->fillMenu(menu);
        break;
    }
    if (!menu.isEmpty()) menu.addSeparator();
    auto* undo = menu.addAction(
        undo_.canUndo() ? tr("Undo: %1").arg(undo_.undoText()) : tr("Undo"),
        &undo_,
        &QUndoStack::undo);
    undo->setEnabled(undo_.canUndo());
    auto* redo = menu.addAction(
        undo_.canRedo() ? tr("Redo: %1").arg(undo_.redoText()) : tr("Redo"),
        &undo_,
        &QUndoStack::redo);
    redo->setEnabled(undo_.canRedo());
    menu.addSeparator();
    auto* copy = menu.addAction(tr("Copy summary as Markdown"), this, [this] { copyMarkdown(); });
    copy->setEnabled(summary_->hasContent());
    menu.addAction(tr("Ask about this recording"), this, [this] {
        Q_EMIT openSession(info_.session);
    });
}

void RecordingView::copyMarkdown()
{
    QGuiApplication::clipboard()->setText(summary_->markdown());
    Q_EMIT toast(tr("Summary copied as Markdown."), false);
}

void RecordingView::choose(const Place& place)
{
    summary_->clearShown();
    Q_EMIT placesChosen({{place}, 0});
}

} // namespace ui::recording
