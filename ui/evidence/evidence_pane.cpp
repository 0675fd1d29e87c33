#include "ui/evidence/evidence_pane.h"

#include "ui/evidence/document_view.h"
#include "ui/evidence/page_view.h"
#include "ui/evidence/place_mark.h"
#include "ui/evidence/player_view.h"
#include "ui/evidence/tool_button.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/header_bar.h"

#include <algorithm>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kNarrow_px = 352; // below it the footer's words are short

bool isPlayed(PlaceKind kind)
{
    return kind == PlaceKind::Sound || kind == PlaceKind::Video || kind == PlaceKind::Shown;
}

QPushButton* footerButton(const QString& icon, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setIcon(theme::icon(icon));
    theme::setRole(button, theme::Role::Flat);
    return button;
}

} // namespace

EvidencePane::EvidencePane(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Evidence"));
    createWidgets();
    connectSignals();
    clear();
    qApp->installEventFilter(this);
}

void EvidencePane::createWidgets()
{
    header_ = new HeaderBar({}, this);
    header_->setInPane();
    mark_ = new PlaceMark(header_);
    previous_ =
        makeToolButton(QStringLiteral("chevron-up"), tr("Previous citation"), header_, false);
    next_ = makeToolButton(QStringLiteral("chevron-down"), tr("Next citation"), header_, false);
    close_ = makeToolButton(QStringLiteral("x"), tr("Close evidence (Ctrl+E)"), header_, false);
    header_->addLeading(mark_);
    header_->addTrailing(previous_);
    header_->addTrailing(next_);
    header_->addTrailing(close_);

    note_ = new Banner(this);
    note_->setInset(true);
    note_->hide();
    auto* note_row = new QHBoxLayout;
    note_row->setContentsMargins(theme::kPanePadding_px, 0, theme::kPanePadding_px, 0);
    note_row->addWidget(note_);

    empty_ = new EmptyState(this);
    document_ = new DocumentView(this);
    player_ = new PlayerView(this);
    body_ = new QStackedWidget(this);
    body_->addWidget(empty_);
    body_->addWidget(document_);
    body_->addWidget(player_);

    footer_ = new QWidget(this);
    copy_ = footerButton(QStringLiteral("copy"), footer_);
    open_ = footerButton(QStringLiteral("external-link"), footer_);
    ask_ = footerButton(QStringLiteral("message-square-text"), footer_);
    ask_->setText(tr("Ask"));
    ask_->setToolTip(tr("Ask about this place"));
    auto* row = new QHBoxLayout(footer_);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(4);
    row->addWidget(copy_);
    row->addWidget(open_);
    row->addStretch(1);
    row->addWidget(ask_);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addLayout(note_row);
    column->addWidget(body_, 1);
    column->addWidget(new Hairline(Qt::Horizontal, this));
    column->addWidget(footer_);
}

void EvidencePane::connectSignals()
{
    connect(previous_, &QToolButton::clicked, this, [this] { stepPlace(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { stepPlace(1); });
    connect(close_, &QToolButton::clicked, this, [this] {
        player_->pause();
        Q_EMIT closed();
    });
    connect(copy_, &QPushButton::clicked, this, &EvidencePane::copyQuote);
    connect(open_, &QPushButton::clicked, this, [this] {
        if (hasPlace()) Q_EMIT openStoredWanted(shownPlace().source);
    });
    connect(ask_, &QPushButton::clicked, this, [this] {
        if (!hasPlace()) return;
        const Place& place = shownPlace();
        const QString where = tr("%1, %2").arg(place.name, placeWords(place));
        const QString selected = plays() ? QString() : document_->selectedText();
        const QString quote = selected.isEmpty() ? place.quote : selected;
        Q_EMIT askAbout(
            place.session,
            quote.isEmpty() ? tr("About %1: ").arg(where)
                            : tr("About “%1” (%2): ").arg(quote.simplified(), where));
    });
    connect(document_, &DocumentView::currentPageChanged, this, [this](int page) {
        page_ = page;
        showWords();
    });
    connect(player_, &PlayerView::citationStepWanted, this, &EvidencePane::stepInRecording);
    connect(player_, &PlayerView::positionChanged, this, &EvidencePane::showWords);
}

void EvidencePane::show(const PlaceList& places)
{
    if (places.places.empty()) return clear();
    places_ = places;
    places_.current = std::clamp(places.current, 0, static_cast<int>(places.places.size()) - 1);
    showCurrent();
}

void EvidencePane::showSource(
    storage::SessionId session,
    storage::SourceId source,
    PlaceKind kind,
    const QString& name,
    int page,
    std::optional<double> start_s)
{
    Place place;
    place.session = session;
    place.source = source;
    place.kind = kind;
    place.name = name;
    place.page = page;
    place.start_s = start_s;
    place.located = false; // nothing is marked
    show(PlaceList{{place}, 0});
}

void EvidencePane::clear()
{
    player_->pause();
    places_ = {};
    source_ = {};
    asked_ = 0;
    header_->setTitle(tr("Evidence"));
    header_->setSubtitle({});
    mark_->hide();
    previous_->hide();
    next_->hide();
    note_->hide();
    footer_->hide();
    empty_->set(
        QStringLiteral("locate"),
        tr("Nothing chosen"),
        tr("Follow a citation to see its page, its picture or its sound."));
    empty_->setButton({});
    switchTo(empty_);
    Q_EMIT actionsChanged();
}

void EvidencePane::stepPlace(int steps)
{
    const int count = static_cast<int>(places_.places.size());
    if (count < 2) return;
    places_.current = ((places_.current + steps) % count + count) % count;
    showCurrent();
}

void EvidencePane::stepInRecording(int steps)
{
    const int count = static_cast<int>(places_.places.size());
    for (int i = 1; i < count; ++i) {
        const int at = ((places_.current + i * steps) % count + count) % count;
        if (places_.places[static_cast<std::size_t>(at)].source != shownPlace().source) continue;
        places_.current = at;
        return showCurrent();
    }
}

bool EvidencePane::plays() const
{
    return hasPlace() && isPlayed(shownPlace().kind);
}

/// The stacked widget would give the focus to a part that cannot use it; it waits on the close
/// button until there is something to read again.
void EvidencePane::switchTo(QWidget* part)
{
    const QWidget* focus = QApplication::focusWidget();
    focus_inside_ |=
        focus != nullptr && body_->isAncestorOf(focus) && part != body_->currentWidget();
    if (focus_inside_) close_->setFocus(Qt::OtherFocusReason);
    body_->setCurrentWidget(part);
    if (!focus_inside_ || part == empty_) return;
    focus_inside_ = false;
    if (part == player_)
        player_->focusPlay();
    else
        document_->focusBody();
}

void EvidencePane::showCurrent()
{
    const Place& place = shownPlace();
    mark_->setPlace(place);
    mark_->setVisible(place.n > 0 || place.located);
    const bool several = places_.places.size() > 1;
    previous_->setVisible(several);
    next_->setVisible(several);
    footer_->show();
    page_ = place.page;
    if (source_.id == place.source) {
        showInView();
    } else {
        player_->pause();
        source_ = {};
        note_->hide();
        asked_ = place.source;
        empty_->set(QStringLiteral("file-text"), tr("Opening %1").arg(place.name));
        empty_->setButton({});
        switchTo(empty_);
        Q_EMIT sourceWanted(place.source);
    }
    showWords();
    Q_EMIT actionsChanged();
    Q_EMIT shownPlaceChanged(place);
}

void EvidencePane::setSource(const EvidenceSource& source, QSizeF first_page_pt)
{
    if (!hasPlace() || source.id != shownPlace().source) return;
    source_ = source;
    asked_ = 0;
    setSourceNote(source.id, source.note);
    if (plays())
        player_->open(source);
    else
        document_->open(source, first_page_pt);
    showInView();
    showWords();
    Q_EMIT actionsChanged();
}

void EvidencePane::setSourceFailed(storage::SourceId source, const QString& sentence)
{
    if (!hasPlace() || source != shownPlace().source) return;
    source_ = {};
    empty_->set(QStringLiteral("file-x"), sentence, {}, true);
    switchTo(empty_);
    if (QPushButton* again = empty_->setButton(tr("Try again")))
        connect(
            again,
            &QPushButton::clicked,
            this,
            [this, source] {
                if (hasPlace() && shownPlace().source == source) showCurrent();
            },
            Qt::UniqueConnection);
}

void EvidencePane::setSourceNote(storage::SourceId source, const QString& sentence)
{
    if (source != source_.id) return;
    note_->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) note_->set(BannerKind::Warning, {}, sentence);
}

void EvidencePane::showInView()
{
    const Place& place = shownPlace();
    if (!plays()) {
        switchTo(document_);
        document_->showPlace(place);
        return;
    }
    std::vector<double> ticks;
    for (const Place& other : places_.places)
        if (other.source == place.source && other.located && other.start_s)
            ticks.push_back(*other.start_s);
    switchTo(player_);
    player_->showPlace(place, std::move(ticks));
}

void EvidencePane::showWords()
{
    if (!hasPlace()) return;
    const Place& place = shownPlace();
    header_->setTitle(place.name);
    QString where;
    if (plays()) {
        const double at = place.start_s.value_or(0);
        where = source_.id == 0
                    ? clockWords(at)
                    : tr("%1 of %2").arg(clockWords(at), clockWords(source_.duration_s));
    } else if (place.kind == PlaceKind::Page) {
        const int page = place.n > 0 || page_ == 0 ? place.page : page_;
        where = source_.id == 0 ? tr("Page %1").arg(page)
                                : tr("Page %1 of %2").arg(page).arg(source_.pages);
    } else {
        where = place.kind == PlaceKind::Picture ? tr("Picture") : tr("Text");
    }
    const int count = static_cast<int>(places_.places.size());
    if (place.n > 0)
        where = tr("%1 · citation %2 of %3").arg(where).arg(places_.current + 1).arg(count);
    else if (count > 1)
        where = tr("%1 · place %2 of %3").arg(where).arg(places_.current + 1).arg(count);
    if (!place.located && place.n > 0) where = tr("%1 · place not found").arg(where);
    header_->setSubtitle(where);

    const bool narrow = width() < kNarrow_px;
    copy_->setVisible(!place.quote.isEmpty());
    copy_->setText(narrow ? tr("Copy") : tr("Copy quote"));
    copy_->setAccessibleName(tr("Copy quote"));
    open_->setText(
        place.kind == PlaceKind::Page ? tr("Open page") : (narrow ? tr("Open") : tr("Open file")));
    open_->setToolTip(tr("Open the stored copy with the program of this desktop"));
}

void EvidencePane::copyQuote()
{
    if (!hasPlace() || shownPlace().quote.isEmpty()) return;
    QApplication::clipboard()->setText(shownPlace().quote);
    Q_EMIT toast(tr("Quote copied"));
}

void EvidencePane::openSearch()
{
    if (canSearch()) document_->openSearch();
}

bool EvidencePane::escape()
{
    if (plays() || source_.id == 0) return false;
    if (document_->closeSearch()) return true;
    PageView& view = document_->pageView();
    if (view.selection().empty()) return false;
    view.clearSelection();
    return true;
}

void EvidencePane::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Find)) return openSearch();
    if (event->key() == Qt::Key_Escape && escape()) return;
    QWidget::keyPressEvent(event);
}

void EvidencePane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showWords();
}

void EvidencePane::hideEvent(QHideEvent* event)
{
    // A minimised window plays on; a closed pane is silent.
    if (!event->spontaneous()) player_->pause();
    QWidget::hideEvent(event);
}

void EvidencePane::paintEvent(QPaintEvent* event)
{
    QPainter(this).fillRect(event->rect(), theme::color(theme::Color::Pane));
}

} // namespace ui
