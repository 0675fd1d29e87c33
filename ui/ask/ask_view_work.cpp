// What the user does in Ask, and what the bridges answer; the widgets are made in ask_view.cpp.
#include "ui/ask/answer_copy.h"
#include "ui/ask/ask_view.h"
#include "ui/ask/chip_row.h"
#include "ui/ask/conversation.h"
#include "ui/ask/drop_target.h"
#include "ui/ask/empty_session.h"
#include "ui/ask/ingest_model.h"
#include "ui/ask/session_list.h"
#include "ui/ask/source_words.h"
#include "ui/ask/sources_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/drop_frame.h"

#include <algorithm>
#include <functional>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>
#include <QStackedWidget>

namespace ui {

void AskView::addFiles(const QStringList& paths)
{
    if (paths.isEmpty()) return;
    wish([this, paths](storage::SessionId session) { Q_EMIT filesAdded(session, paths); });
}

void AskView::addText(const QString& text)
{
    if (text.trimmed().isEmpty()) return;
    wish([this, text](storage::SessionId session) { Q_EMIT textAdded(session, text); });
}

void AskView::addPicture(const QImage& picture)
{
    if (picture.isNull()) return;
    wish([this, picture](storage::SessionId session) { Q_EMIT pictureAdded(session, picture); });
}

/// For the session that is shown or just being opened. Where one is being made, it waits for that:
/// two files that are dropped one after the other are not two sessions.
void AskView::wish(std::function<void(storage::SessionId)> tell)
{
    const storage::SessionId session = opening_.value_or(session_.id);
    if (session == 0 && making_) return waiting_.push_back(std::move(tell));
    if (session == 0) making_ = true;
    tell(session);
}

/// The new session has an id, or none came of it: then the next one that waited tries.
void AskView::endMaking()
{
    making_ = false;
    for (auto& waited : std::exchange(waiting_, {})) wish(std::move(waited));
}

void AskView::pasteAsSource()
{
    const auto content = DropTarget::read(QGuiApplication::clipboard()->mimeData());
    addFiles(content.paths);
    addPicture(content.picture);
    addText(content.text);
    if (!content.refused.isEmpty())
        Q_EMIT toast(tr("There is nothing on the clipboard that can be read."), false);
}

void AskView::setDragging(bool over)
{
    empty_->setDragging(over);
    panel_->setDragging(over);
    const bool talk = pages_->currentWidget() == conversation_;
    if (over && talk)
        drop_over_->cover(pages_, tr("Drop to add to this session"));
    else
        drop_over_->hide();
}

void AskView::chooseFiles()
{
    auto* dialog = new QFileDialog(window(), tr("Choose files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &AskView::addFiles);
    dialog->open();
}

void AskView::chooseFolder()
{
    auto* dialog = new QFileDialog(window(), tr("Choose a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, this, &AskView::addFiles);
    dialog->open();
}

void AskView::openSessionById(storage::SessionId session)
{
    if (session == 0) showSession({});
    if (session != 0 && session == opening_.value_or(session_.id)) return;
    if (session != 0) opening_ = session;
    Q_EMIT sessionWanted(session);
}

void AskView::askIn(storage::SessionId session, const QString& question)
{
    if (session == session_.id) return ask(question, 0);
    to_ask_.emplace(session, question);
    openSessionById(session);
}

void AskView::askWith(const QString& question)
{
    composer_->setText(question);
    composer_->edit()->setFocus(Qt::OtherFocusReason);
}

void AskView::showSession(const SessionView& session)
{
    const bool other = session.id != session_.id;
    if (session.id == 0 || session.id == opening_) opening_.reset();
    if (other) {
        // What waited for a new session that is left now makes one of its own.
        making_ = false;
        for (auto& waited : std::exchange(waiting_, {})) waited(0);
        making_ = false;
    }
    session_.id = session.id;
    session_.name = session.name;
    if (other) {
        everything_ = false;
        sources_open_ = false;
        Q_EMIT placesGone();
    }
    pinned_ = list_->model()->find(session.id).data(RecentSessionModel::PinnedRole).toBool();
    const bool open = sources_open_;
    sources_->setSources(session.sources);
    conversation_->setExchanges(session.exchanges);
    sources_chip_->setChecked(open);
    if (other) setSuggestions(session.id, {});
    list_->setCurrent(session.id);
    updateHeader();
    updateScope();
    updateComposer();
    showRightPage();
    if (to_ask_ && to_ask_->first == session.id)
        ask(std::exchange(to_ask_, std::nullopt)->second, 0);
}

void AskView::adoptSession(storage::SessionId session, const QString& name)
{
    if (session_.id != 0) return;
    session_.id = session;
    session_.name = name;
    list_->setCurrent(session);
    updateHeader();
    Q_EMIT actionsChanged();
    endMaking();
}

void AskView::setSessionName(storage::SessionId session, const QString& name)
{
    if (session != session_.id || session == 0) return;
    session_.name = name;
    updateHeader();
}

void AskView::setSessions(int offset, const std::vector<SessionItem>& sessions, bool more)
{
    list_->model()->setPage(offset, sessions, more);
    list_->setCurrent(session_.id);
    for (const SessionItem& session : sessions) {
        if (session.id != session_.id) continue;
        pinned_ = session.pinned;
        if (!session.name.isEmpty()) setSessionName(session.id, session.name);
    }
}

void AskView::setPinned(const std::vector<SessionItem>& pinned)
{
    list_->model()->setPinned(pinned);
    list_->setCurrent(session_.id);
}

void AskView::updateSource(const SourceItem& source)
{
    updateSources({source});
}

void AskView::updateSources(std::vector<SourceItem> sources)
{
    sources.erase(
        std::remove_if(
            sources.begin(),
            sources.end(),
            [this](const SourceItem& source) {
                return source.session != session_.id || session_.id == 0;
            }),
        sources.end());
    sources_->update(sources);
}

void AskView::dropSource(storage::SessionId session, qint64 key)
{
    if (session == session_.id) sources_->remove(key);
}

void AskView::setIndexing(storage::SessionId session, const QString& words)
{
    panel_->setIndexing(session == session_.id ? words : QString{});
}

const Exchange* AskView::running() const
{
    const Exchange* last = conversation_->last();
    return last != nullptr && last->state <= AnswerState::Streaming ? last : nullptr;
}

void AskView::send(const QString& question, bool edits_last)
{
    const Exchange* last = conversation_->last();
    storage::MessageId replaces = 0;
    if (edits_last && last != nullptr) {
        replaces = last->question_id;
        conversation_->removeFrom(last->key);
    }
    ask(question, replaces);
}

void AskView::ask(const QString& question, storage::MessageId replaces_from)
{
    if (opening_) {
        to_ask_.emplace(*opening_, question); // not in the session that is still shown
        return;
    }
    if (running() != nullptr) return;
    Exchange exchange;
    exchange.key = next_key_--;
    exchange.question = question;
    sources_open_ = false;
    sources_chip_->setChecked(false);
    conversation_->put(exchange);
    updateHeader();
    updateComposer();
    showRightPage();
    AskWish asks;
    asks.key = exchange.key;
    asks.question = question;
    asks.everything = everything_ || sources_->rowCount() == 0;
    asks.replaces_from = replaces_from;
    unsent_ = asks.key;
    wish([this, asks](storage::SessionId session) mutable {
        if (unsent_ != asks.key) return; // stopped while it waited
        unsent_ = 0;
        asks.session = session;
        Q_EMIT asked(asks);
    });
}

void AskView::retry(qint64 key)
{
    const Exchange* exchange = conversation_->find(key);
    if (exchange == nullptr || running() != nullptr) return;
    const QString question = exchange->question;
    // An older question is asked anew at the end: what followed it stays.
    send(question, exchange == conversation_->last());
}

void AskView::editLast()
{
    composer_->editLast();
}

void AskView::stop()
{
    const Exchange* exchange = running();
    if (exchange == nullptr) return;
    if (exchange->key != unsent_) {
        Q_EMIT stopRequested(exchange->key);
        return;
    }
    // Nobody else knows of it so far: it waits here for the session that is being made.
    unsent_ = 0;
    Exchange stopped = *exchange;
    stopped.state = AnswerState::Stopped;
    conversation_->put(stopped);
    updateHeader();
    updateComposer();
}

void AskView::appendAnswer(qint64 key, const QString& text)
{
    conversation_->appendText(key, text);
}

void AskView::showAnswer(const Exchange& exchange)
{
    if (conversation_->find(exchange.key) == nullptr) return; // of a session left meanwhile
    conversation_->put(exchange);
    updateHeader();
    updateComposer();
    if (making_) endMaking(); // where nothing is kept, no session was made
}

void AskView::copyAnswer(qint64 key, bool markdown)
{
    const Exchange* exchange = conversation_->find(key);
    if (exchange == nullptr) return;
    QGuiApplication::clipboard()->setText(
        markdown ? answerAsMarkdown(*exchange) : answerAsText(*exchange));
    Q_EMIT toast(markdown ? tr("Answer copied as Markdown") : tr("Answer copied"), false);
}

void AskView::setShownPlace(int n, storage::MessageId message)
{
    if (n == 0) return conversation_->setActivePlace(0, -1);
    for (const Exchange& exchange : conversation_->exchanges()) {
        const bool meant = message != 0 ? exchange.answer_id == message
                                        : exchange.key == conversation_->activeKey();
        if (!meant) continue;
        const auto at =
            std::find_if(exchange.places.begin(), exchange.places.end(), [n](const Place& place) {
                return place.n == n;
            });
        if (at != exchange.places.end()) {
            conversation_->setActivePlace(
                exchange.key,
                static_cast<int>(at - exchange.places.begin()));
        }
        return;
    }
}

void AskView::nextCitation()
{
    conversation_->stepCitation(1);
}

void AskView::previousCitation()
{
    conversation_->stepCitation(-1);
}

void AskView::openSource(qint64 key)
{
    const QModelIndex index = sources_->find(key);
    if (!index.isValid()) return;
    const SourceItem& source = sources_->at(index);
    Place place;
    place.session = session_.id;
    place.source = source.id;
    place.kind = placeKind(source.kind.toStdString(), source.pages > 0);
    place.name = source.name;
    if (source.duration_s > 0)
        place.start_s = 0;
    else
        place.page = 1;
    Q_EMIT placesChosen({{place}, 0});
}

void AskView::removeSource(qint64 key)
{
    const QModelIndex index = sources_->find(key);
    if (!index.isValid()) return;
    const QString name = sources_->at(index).name;
    const bool kept = sources_->at(index).id != 0;
    sources_->remove(key);
    if (kept) undo_ = {0, key};
    Q_EMIT removeSourceRequested(key);
    Q_EMIT toast(tr("Removed “%1”").arg(name), kept);
    Q_EMIT actionsChanged();
}

void AskView::deleteSession(storage::SessionId session, const QString& name)
{
    if (session == 0) return;
    if (const Exchange* exchange = running(); exchange != nullptr && session == session_.id)
        Q_EMIT stopRequested(exchange->key);
    undo_ = {session, 0};
    if (session == session_.id) showSession({});
    Q_EMIT deleteRequested(session);
    Q_EMIT toast(tr("Deleted “%1”").arg(name), true);
    Q_EMIT actionsChanged();
}

void AskView::undoRequested()
{
    const Undo undo = std::exchange(undo_, {});
    if (undo.session != 0) Q_EMIT restoreRequested(undo.session);
    if (undo.source != 0) Q_EMIT restoreSourceRequested(undo.source);
    Q_EMIT actionsChanged();
}

void AskView::setSuggestions(storage::SessionId session, const QStringList& questions)
{
    if (session == 0) empty_->setSuggestions(questions);
    if (session != session_.id) return;
    if (session != 0) suggestions_->setChips(questions);
    showRightPage();
}

void AskView::setSampleOffered(bool offered)
{
    empty_->setSample(offered);
}

void AskView::setUnfinished(int files)
{
    unfinished_ = files;
    updateBanner();
}

void AskView::setReadOnly(const QString& sentence)
{
    read_only_ = sentence;
    updateBanner();
}

void AskView::showProblem(const QString& strong, const QString& rest)
{
    banner_->set(BannerKind::Alarm, shortened(strong), shortened(rest));
    banner_->setClosable(true);
    disconnect(banner_, &Banner::closed, this, nullptr);
    connect(banner_, &Banner::closed, this, &AskView::updateBanner);
    banner_->show();
    // It may have been the session that could not be opened, or made.
    if (opening_ && to_ask_ && to_ask_->first == *opening_)
        composer_->setText(std::exchange(to_ask_, std::nullopt)->second);
    opening_.reset();
    if (making_) endMaking();
}

} // namespace ui
