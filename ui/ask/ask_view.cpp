#include "ui/ask/ask_view.h"

#include "ui/ask/chip_row.h"
#include "ui/ask/conversation.h"
#include "ui/ask/empty_session.h"
#include "ui/ask/ingest_model.h"
#include "ui/ask/session_list.h"
#include "ui/ask/session_tags.h"
#include "ui/ask/source_list.h"
#include "ui/ask/sources_panel.h"
#include "ui/frame/actions.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/drop_frame.h"
#include "ui/widgets/header_bar.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

AskView::AskView(QWidget* parent) : View(parent), sources_(new IngestModel(this))
{
    createWidgets();
    connectSignals();
    connectList();
    connectConversation();
    showSession({});
}

AskView::~AskView()
{
    // The main window takes the list over; without one it is ours.
    if (list_ != nullptr && list_->parentWidget() == nullptr) delete list_;
}

void AskView::createWidgets()
{
    createHeader();
    banner_ = new Banner(this);
    banner_->hide();
    pages_ = new QStackedWidget(this);
    empty_ = new EmptySession(pages_);
    panel_ = new SourcesPanel(sources_, pages_);
    conversation_ = new Conversation(pages_);
    for (QWidget* page : std::initializer_list<QWidget*>{empty_, panel_, conversation_})
        pages_->addWidget(page);
    drop_over_ = new DropCover(this);
    suggestions_ = new ChipRow({}, Qt::AlignLeft, this);
    composer_ = new Composer(this);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(theme::kCentrePadding_px, 0, theme::kCentrePadding_px, 16);
    below->setSpacing(12);
    for (QWidget* part : std::initializer_list<QWidget*>{suggestions_, composer_}) {
        part->setMaximumWidth(theme::kCentreMost_px);
        auto* left = new QHBoxLayout;
        left->addWidget(part, 1);
        left->addStretch(0); // gets what the part may not have
        below->addLayout(left);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(banner_);
    column->addWidget(pages_, 1);
    column->addLayout(below);
    list_ = new SessionList;
}

void AskView::connectSignals()
{
    connect(sources_chip_, &QToolButton::toggled, this, [this](bool on) {
        sources_open_ = on;
        showRightPage();
    });
    connect(more_, &QToolButton::clicked, this, &AskView::showMenu);
    connect(tags_, &SessionTags::changed, this, [this](const QStringList& tags) {
        Q_EMIT tagsWanted(tagged_, tags);
    });
    connect(name_edit_, &QLineEdit::returnPressed, this, [this] { endRename(true); });
    connect(name_edit_, &QLineEdit::editingFinished, this, [this] { endRename(true); });
    connect(empty_, &EmptySession::filesWanted, this, &AskView::chooseFiles);
    connect(empty_, &EmptySession::sampleWanted, this, &AskView::sampleRequested);
    connect(empty_, &EmptySession::suggestionChosen, this, [this](const QString& question) {
        ask(question, 0);
    });
    connect(suggestions_, &ChipRow::chosen, this, [this](int, const QString& question) {
        ask(question, 0);
    });
    connect(composer_, &Composer::sendRequested, this, &AskView::send);
    connect(composer_, &Composer::stopRequested, this, &AskView::stop);
    connect(composer_, &Composer::filesWanted, this, &AskView::chooseFiles);
    connect(composer_, &Composer::scopeChosen, this, [this](Composer::Scope scope) {
        everything_ = scope == Composer::Scope::Everything;
        updateScope();
    });
    connect(composer_->edit(), &QuestionEdit::filesPasted, this, &AskView::addFiles);
    connect(composer_->edit(), &QuestionEdit::picturePasted, this, &AskView::addPicture);
    connect(panel_, &SourcesPanel::cancelAllWanted, this, [this] {
        Q_EMIT cancelAllRequested(session_.id);
    });
    SourceList* cards = panel_->list();
    connect(cards, &SourceList::cancelWanted, this, &AskView::cancelSourceRequested);
    connect(cards, &SourceList::retryWanted, this, [this](qint64 key) {
        Q_EMIT retrySourceRequested(key, {});
    });
    connect(cards, &SourceList::removeWanted, this, &AskView::removeSource);
    connect(cards, &SourceList::openWanted, this, &AskView::openSource);
    connect(cards, &SourceList::recordingWanted, this, [this](qint64 key) {
        const QModelIndex index = sources_->find(key);
        if (index.isValid()) Q_EMIT openRecording(session_.id, sources_->at(index).id, -1);
    });
    connect(sources_, &IngestModel::passwordEntered, this, &AskView::retrySourceRequested);
    connect(sources_, &IngestModel::stateChanged, this, [this] {
        updateHeader();
        updateScope();
        showRightPage();
    });
}

void AskView::connectList()
{
    connect(list_, &SessionList::chosen, this, &AskView::openSessionById);
    connect(list_, &SessionList::newSessionWanted, this, [this] { openSessionById(0); });
    connect(list_, &SessionList::searchWanted, this, &AskView::searchWanted);
    connect(list_, &SessionList::pinWanted, this, &AskView::pinRequested);
    connect(list_, &SessionList::deleteWanted, this, &AskView::deleteSession);
    connect(list_, &SessionList::exportWanted, this, &AskView::exportRequested);
    connect(list_, &SessionList::renamed, this, [this](storage::SessionId id, const QString& name) {
        setSessionName(id, name);
        Q_EMIT renameRequested(id, name);
    });
    connect(list_->model(), &RecentSessionModel::pageWanted, this, &AskView::sessionsWanted);
}

void AskView::connectConversation()
{
    connect(conversation_, &Conversation::placesWanted, this, [this](qint64, int, PlaceList list) {
        for (Place& place : list.places) {
            if (place.session == 0) place.session = session_.id;
        }
        Q_EMIT placesChosen(list);
    });
    connect(conversation_, &Conversation::copyMarkdownWanted, this, [this](qint64 key) {
        copyAnswer(key, true);
    });
    connect(conversation_, &Conversation::copyTextWanted, this, [this](qint64 key) {
        copyAnswer(key, false);
    });
    connect(conversation_, &Conversation::retryWanted, this, &AskView::retry);
    connect(conversation_, &Conversation::editWanted, this, &AskView::editLast);
    connect(conversation_, &Conversation::exportWanted, this, [this] {
        Q_EMIT exportRequested(session_.id);
    });
}

QWidget* AskView::listPane()
{
    return list_;
}

SessionList* AskView::sessionList() const
{
    return list_;
}

void AskView::activate()
{
    list_->model()->setToday(QDate::currentDate());
    composer_->edit()->setFocus(Qt::OtherFocusReason);
}

void AskView::leave()
{
    undo_ = {};
    Q_EMIT settled();
}

bool AskView::escape()
{
    if (name_edit_->isVisible()) {
        endRename(false);
        return true;
    }
    if (composer_->leaveEditing()) return true;
    if (running() != nullptr) {
        stop();
        return true;
    }
    if (sources_open_) {
        sources_chip_->setChecked(false);
        return true;
    }
    return false;
}

void AskView::updateActions(Actions& actions)
{
    const auto on = [&](const char* name, auto work) {
        actions.onTriggered(QLatin1String(name), this, std::move(work));
    };
    on("edit.paste", [this] { pasteAsSource(); });
    on("edit.find", [this] { Q_EMIT findWanted(); });
    on("session.sources", [this] { sources_chip_->toggle(); });
    if (undo_.session != 0 || undo_.source != 0) on("edit.undo", [this] { undoRequested(); });
    if (session_.id != 0) {
        on("session.rename", [this] { beginRename(); });
        on("session.tag", [this] { Q_EMIT tagsAsked(session_.id); });
        on("session.pin", [this] { Q_EMIT pinRequested(session_.id, !pinned_); });
        on("session.delete", [this] { deleteSession(session_.id, session_.name); });
        on("session.export", [this] { Q_EMIT exportRequested(session_.id); });
    }
    if (running() != nullptr) on("answer.stop", [this] { stop(); });
    on("question.send", [this] { Q_EMIT composer_->edit()->sendWanted(); });
    if (conversation_->last() == nullptr) return;
    on("question.edit", [this] { editLast(); });
    on("answer.retry", [this] { retry(conversation_->currentKey()); });
    on("answer.copy", [this] { copyAnswer(conversation_->currentKey(), true); });
    on("answer.copyText", [this] { copyAnswer(conversation_->currentKey(), false); });
}

/// New session: the drop zone. Sources and no question: the cards. Else the conversation, over
/// which the chip opens the cards.
void AskView::showRightPage()
{
    const bool talk = conversation_->last() != nullptr;
    const bool cards = sources_->rowCount() > 0;
    QWidget* page = empty_;
    if (talk)
        page = sources_open_ ? static_cast<QWidget*>(panel_) : conversation_;
    else if (cards)
        page = panel_;
    // The stacked widget would hand the focus to whatever comes first there, "Cancel all" say.
    const QWidget* focus = QApplication::focusWidget();
    if (page != pages_->currentWidget() && focus != nullptr && pages_->isAncestorOf(focus))
        composer_->edit()->setFocus(Qt::OtherFocusReason);
    pages_->setCurrentWidget(page);
    suggestions_->setVisible(!talk && cards && !suggestions_->chips().isEmpty());
}

void AskView::updateScope()
{
    const int all = sources_->rowCount();
    const int ready = sources_->answerable();
    if (everything_ || all == 0) {
        composer_->setScope(
            Composer::Scope::Everything,
            tr("Sources: everything in the library"),
            tr("Everything"),
            all > 0);
    } else if (ready < all) {
        composer_->setScope(
            Composer::Scope::Session,
            tr("Will use %1 of %2 sources").arg(ready).arg(all),
            tr("%1 of %2 sources").arg(ready).arg(all),
            true);
    } else {
        composer_->setScope(
            Composer::Scope::Session,
            tr("Sources: this session only"),
            tr("This session only"),
            true);
    }
}

void AskView::updateComposer()
{
    composer_->setAnswering(running() != nullptr);
    QStringList history;
    for (const Exchange& exchange : conversation_->exchanges()) history << exchange.question;
    composer_->setHistory(history);
    composer_->setPlaceholder(
        history.isEmpty() ? tr("Ask about your files, or anything you kept")
                          : tr("Ask a follow-up"));
    Q_EMIT actionsChanged();
}

/// At most one banner: nothing can be kept outweighs files that wait.
void AskView::updateBanner()
{
    if (!read_only_.isEmpty()) {
        banner_->set(BannerKind::Warning, tr("Nothing is kept now."), read_only_);
        banner_->setClosable(false);
    } else if (unfinished_ > 0) {
        banner_->set(
            BannerKind::Note,
            unfinished_ == 1 ? tr("1 file was not read to its end.")
                             : tr("%1 files were not read to their end.").arg(unfinished_),
            tr("What was read is kept."));
        QPushButton* go_on = banner_->addButton(
            unfinished_ == 1 ? tr("Go on reading 1 file")
                             : tr("Go on reading %1 files").arg(unfinished_));
        connect(go_on, &QPushButton::clicked, this, [this] {
            setUnfinished(0);
            Q_EMIT goOnRequested();
        });
        banner_->setClosable(true);
        connect(banner_, &Banner::closed, this, [this] { setUnfinished(0); });
    }
    banner_->setVisible(!read_only_.isEmpty() || unfinished_ > 0);
}

void AskView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste)) return pasteAsSource();
    if (event->key() == Qt::Key_N &&
        (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::ShiftModifier)) {
        if (conversation_->stepCitation(event->modifiers() == Qt::NoModifier ? 1 : -1)) return;
    }
    if (event->key() == Qt::Key_Escape && escape()) return;
    View::keyPressEvent(event);
}

void AskView::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme::color(theme::Color::Surface));
}

void AskView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    if (name_edit_->isVisible()) endRename(false);
}

} // namespace ui
