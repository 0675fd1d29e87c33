#include "ui/library/library_view.h"

#include "ui/library/export_panel.h"
#include "ui/library/filter_pane.h"
#include "ui/library/hit_delegate.h"
#include "ui/library/hit_model.h"
#include "ui/library/result_bar.h"
#include "ui/library/session_delegate.h"
#include "ui/library/session_model.h"
#include "ui/library/session_words.h"
#include "ui/palette/hit_words.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"
#include "ui/widgets/text_label.h"

#include <chrono>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <utility>

namespace ui {
namespace {

constexpr int kMost_px = theme::kCentreMost_px + 2 * theme::kCentrePadding_px;
constexpr int kSessionMargin_px = 16; // its icons begin where texts of the centre do
constexpr int kFieldReach_px = 20;    // it stands in the header's padding, 8 and 12 px further out
constexpr std::chrono::milliseconds kTypingPause{120};
constexpr std::chrono::milliseconds kPlacePause{
    60}; // a held arrow key does not open every page that it passes

} // namespace

LibraryView::LibraryView(QWidget* parent)
    : View(parent), session_model_(new SessionModel(this)), hit_model_(new HitModel(this))
{
    theme::setGround(this, theme::Color::Surface);
    createWidgets();
    connectSignals();
    showPart();
}

LibraryView::~LibraryView() = default;

void LibraryView::createWidgets()
{
    pane_ = new FilterPane;
    pane_->setParent(this);
    pane_->hide(); // the main window takes it

    auto* header = new HeaderBar({}, this);
    field_ = new SearchField(tr("Search everything said, shown, read and answered"), this);
    field_->setMaximumWidth(theme::kCentreMost_px + kFieldReach_px);
    header->setCentre(field_);
    banner_ = new Banner(this);
    banner_->setClosable(true);
    banner_->hide();
    bar_ = new ResultBar(this);
    bar_->setMaximumWidth(kMost_px);

    sessions_ = new SectionedList(this);
    sessions_->setAccessibleName(tr("Sessions"));
    sessions_->setRows(new SessionDelegate(sessions_));
    sessions_->rows()->setTwoLines(true);
    sessions_->rows()->setMargin(kSessionMargin_px);
    sessions_->setModel(session_model_);
    sessions_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    sessions_->setContextMenuPolicy(Qt::CustomContextMenu);
    hits_ = new SectionedList(this);
    hits_->setAccessibleName(tr("Places found"));
    hits_->setRows(new HitDelegate(hits_));
    hits_->setModel(hit_model_);
    hits_->setContextMenuPolicy(Qt::CustomContextMenu);
    empty_ = new EmptyState(this);
    for (SectionedList* list : {sessions_, hits_}) {
        list->setFrameShape(QFrame::NoFrame);
        list->setMostWidth(kMost_px);
    }

    parts_ = new QStackedWidget(this);
    for (QWidget* part :
         {static_cast<QWidget*>(sessions_),
          static_cast<QWidget*>(hits_),
          static_cast<QWidget*>(empty_)})
        parts_->addWidget(part);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(banner_);
    auto* bar = new QHBoxLayout;
    bar->addWidget(bar_, 1);
    bar->addStretch(0);
    column->addLayout(bar);
    column->addWidget(parts_, 1);
    column->addWidget(createFooter());

    search_soon_.setSingleShot(true);
    search_soon_.setInterval(kTypingPause);
    place_soon_.setSingleShot(true);
    place_soon_.setInterval(kPlacePause);
}

QWidget* LibraryView::createFooter()
{
    auto* footer = new QWidget(this);
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(theme::kCentrePadding_px, 6, theme::kCentrePadding_px, 8);
    footer_ = new TextLabel({}, theme::Step::Caption, theme::Color::Text3, footer);
    row->addWidget(footer_, 1);
    return footer;
}

void LibraryView::connectSignals()
{
    connect(field_, &SearchField::textChanged, this, &LibraryView::queryTyped);
    connect(field_, &SearchField::leftDownwards, this, [this] {
        SectionedList* list = searching() ? hits_ : sessions_;
        if (!list->currentIndex().isValid()) list->select(list->firstRow());
        list->setFocus(Qt::TabFocusReason);
    });
    connect(&search_soon_, &QTimer::timeout, this, &LibraryView::search);
    connect(&place_soon_, &QTimer::timeout, this, &LibraryView::chooseHit);
    connect(pane_, &FilterPane::filterChosen, this, &LibraryView::filterChosen);
    connect(pane_, &FilterPane::exportWanted, this, &LibraryView::exportChosen);
    connect(bar_, &ResultBar::groupChosen, this, [this] {
        hit_model_->setGroup(bar_->group());
        showPart();
    });
    connect(bar_, &ResultBar::orderChosen, hit_model_, &HitModel::setOrder);
    connect(banner_, &Banner::closed, banner_, &QWidget::hide);

    connect(session_model_, &SessionModel::pageWanted, this, [this](int offset) {
        Q_EMIT pageWanted(pane_->filter(), offset, 0);
    });
    connect(session_model_, &SessionModel::renamed, this, &LibraryView::renameWanted);
    for (SectionedList* list : {sessions_, hits_}) {
        connect(list, &SectionedList::leftUpwards, this, [this] { field_->setFocus(); });
        connect(list, &QWidget::customContextMenuRequested, this, [this, list](const QPoint& at) {
            showMenu(list, at);
        });
        connect(list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
            pane_->setCanExport(!chosenSessions().empty());
            Q_EMIT actionsChanged();
        });
    }
    connect(sessions_, &SectionedList::chosen, this, [this](const QModelIndex& index) {
        openSessionRow(index.row());
    });
    connect(sessions_->rows(), &QAbstractItemDelegate::closeEditor, this, [this] {
        renaming_ = false;
        if (std::exchange(stale_, false)) reload();
    });
    connect(hits_, &SectionedList::chosen, this, [this](const QModelIndex& index) {
        openHit(index.row());
    });
    connect(
        hits_->selectionModel(),
        &QItemSelectionModel::currentChanged,
        &place_soon_,
        qOverload<>(&QTimer::start));
    connect(footer_, &QLabel::linkActivated, this, [this] { Q_EMIT modelsWanted(); });
    pane_->setCanExport(false);
}

QWidget* LibraryView::listPane()
{
    return pane_;
}

void LibraryView::activate()
{
    if (!loaded_) reload();
    field_->setFocus(Qt::OtherFocusReason);
}

void LibraryView::leave()
{
    if (deleted_.empty()) return;
    deleted_.clear();
    Q_EMIT emptyTrashWanted();
    Q_EMIT actionsChanged();
}

bool LibraryView::escape()
{
    if (field_->text().isEmpty()) return false;
    field_->clear();
    field_->setFocus();
    return true;
}

void LibraryView::setWritable(bool writable)
{
    writable_ = writable;
    session_model_->setWritable(writable);
    Q_EMIT actionsChanged();
}

void LibraryView::setExportFolder(const QString& folder)
{
    export_folder_ = folder;
}

QString LibraryView::query() const
{
    return field_->text().trimmed();
}

void LibraryView::searchFor(const QString& query)
{
    field_->setText(query);
    field_->setFocus();
}

bool LibraryView::searching() const
{
    return !query().isEmpty();
}

void LibraryView::libraryChanged()
{
    if (isVisible())
        reload();
    else
        loaded_ = false;
}

void LibraryView::reload()
{
    Q_EMIT numbersWanted();
    // As many as were loaded, so that the place in the list is kept.
    Q_EMIT pageWanted(pane_->filter(), 0, session_model_->loaded());
    if (searching()) search();
}

void LibraryView::filterChosen()
{
    session_model_->clear();
    loaded_ = false;
    Q_EMIT pageWanted(pane_->filter(), 0, 0);
    if (searching()) search();
    showPart();
}

void LibraryView::queryTyped()
{
    ++ticket_; // what is still under way is of other words
    answered_ = false;
    if (searching()) {
        search_soon_.start();
        field_->setCountText(tr("searching"));
    } else {
        search_soon_.stop();
        field_->setCountText({});
        hit_model_->setResult({});
        bar_->setGroup(std::nullopt);
        hit_model_->setGroup(std::nullopt);
        Q_EMIT searchDropped();
        Q_EMIT placesGone();
    }
    showPart();
}

void LibraryView::search()
{
    ++ticket_;
    Q_EMIT searchWanted(ticket_, query(), pane_->filter());
}

void LibraryView::setNumbers(const LibraryNumbers& numbers)
{
    pane_->setNumbers(numbers);
    updateFooter();
    showPart();
}

void LibraryView::setPage(const LibraryPage& page)
{
    if (page.filter != pane_->filter()) return;
    if (page.offset == 0 && renaming_) {
        stale_ = true; // rows that are made anew would close the field
        return;
    }
    loaded_ = true;
    const auto chosen = chosenSessions();
    const int at_px = sessions_->verticalScrollBar()->value();
    const int current_row = sessions_->currentIndex().row();
    const LibrarySession* current = session_model_->session(current_row);
    const storage::SessionId current_id = current != nullptr ? current->id : 0;
    session_model_->setPage(page);
    if (page.offset == 0) {
        auto* selection = sessions_->selectionModel();
        if (const int row = session_model_->find(current_id); row >= 0)
            selection->setCurrentIndex(session_model_->index(row), QItemSelectionModel::NoUpdate);
        else if (current_id != 0)
            selectNear(current_row); // it was deleted
        for (const storage::SessionId id : chosen) {
            const int row = session_model_->find(id);
            if (row >= 0 && !searching())
                selection->select(session_model_->index(row), QItemSelectionModel::Select);
        }
        sessions_->verticalScrollBar()->setValue(at_px);
    }
    showPart();
    Q_EMIT actionsChanged();
}

void LibraryView::selectNear(int row)
{
    for (const int step : {1, -1}) {
        for (int at = row; at >= 0 && at < session_model_->rowCount(); at += step) {
            if (session_model_->session(at) != nullptr)
                return sessions_->select(session_model_->index(at));
        }
    }
}

void LibraryView::setResult(const SearchResult& result)
{
    if (result.ticket != ticket_ || !searching()) return;
    answered_ = true;
    const Hit* current = hit_model_->hit(hits_->currentIndex().row());
    const std::optional<Hit> kept = current != nullptr ? std::optional(*current) : std::nullopt;
    hit_model_->setResult(result);
    bar_->setResult(result);
    field_->setCountText(placesWords(result));
    if (kept) {
        const int row = hit_model_->find(*kept);
        if (row >= 0) hits_->select(hit_model_->index(row));
        if (row >= 0) place_soon_.stop(); // it is shown already
    }
    updateFooter();
    showPart();
}

void LibraryView::setProblem(const QString& sentence)
{
    banner_->set(BannerKind::Alarm, sentence);
    banner_->show();
}

void LibraryView::updateFooter()
{
    if (!searching()) {
        footer_->setText(pane_->numbers().sessions > 0 ? totalWords(pane_->numbers()) : QString());
        return;
    }
    QString words = meaningWords(hit_model_->result()).toHtmlEscaped();
    if (hit_model_->result().meaning == MeaningSearch::NotInstalled)
        words += QStringLiteral(" <a href=\"models\">%1</a>").arg(tr("Get it").toHtmlEscaped());
    footer_->setText(words);
}

void LibraryView::showPart()
{
    bar_->setVisible(searching());
    updateFooter();
    const auto show_empty = [&](const QString& icon,
                                const QString& sentence,
                                const QString& detail,
                                const QString& button,
                                auto pressed) {
        empty_->set(icon, sentence, detail);
        if (QPushButton* made = empty_->setButton(button)) {
            made->disconnect(this);
            connect(made, &QPushButton::clicked, this, pressed);
        }
        parts_->setCurrentWidget(empty_);
    };
    if (searching()) {
        const bool nothing = answered_ && hit_model_->rowCount() == 0;
        if (!nothing) return parts_->setCurrentWidget(hits_);
        const bool elsewhere =
            !hit_model_->result().hits.empty() || pane_->filter() != LibraryFilter{};
        if (elsewhere)
            return show_empty(
                QStringLiteral("search"),
                tr("Nothing found for “%1” here").arg(query()),
                tr("Only a part of the library was searched."),
                tr("Search everything"),
                [this] {
                    bar_->setGroup(std::nullopt);
                    hit_model_->setGroup(std::nullopt);
                    pane_->setFilter({});
                    filterChosen();
                });
        return show_empty(
            QStringLiteral("search"),
            tr("Nothing found for “%1”").arg(query()),
            tr("Try fewer or other words."),
            tr("Ask it"),
            [this] { Q_EMIT askAbout(0, query()); });
    }
    if (!loaded_ || !session_model_->isEmpty()) return parts_->setCurrentWidget(sessions_);
    if (pane_->filter() != LibraryFilter{})
        return show_empty(
            QStringLiteral("library"),
            tr("No session fits"),
            tr("The list on the left shows a part of the library only."),
            tr("Show everything"),
            [this] {
                pane_->setFilter({});
                filterChosen();
            });
    show_empty(
        QStringLiteral("library"),
        tr("Nothing is kept yet"),
        tr("Sessions appear here with their documents, recordings and answers."),
        tr("New session"),
        [this] { Q_EMIT openSession(0); });
}

void LibraryView::chooseHit()
{
    if (!searching()) return;
    const PlaceList places = hit_model_->places(hits_->currentIndex().row());
    if (places.places.empty())
        Q_EMIT placesGone();
    else
        Q_EMIT placesChosen(places);
}

void LibraryView::openHit(int row)
{
    const Hit* hit = hit_model_->hit(row);
    if (hit == nullptr) return;
    place_soon_.stop();
    const Place place = hit->place;
    const PlaceList places = hit_model_->places(row);
    if (place.kind == PlaceKind::Sound && place.source != 0) {
        Q_EMIT openRecording(place.session, place.source, place.start_s.value_or(0));
        return;
    }
    Q_EMIT openSession(place.session);
    if (!places.places.empty()) Q_EMIT placesChosen(places);
}

void LibraryView::openSessionRow(int row)
{
    if (const LibrarySession* session = session_model_->session(row))
        Q_EMIT openSession(session->id);
}

} // namespace ui
