#include "app/desktop/ask_bridge.h"

#include "app/desktop/ask_values.h"
#include "app/desktop/ingest_bridge.h"
#include "app/suggestions.h"
#include "ui/ask/ask_view.h"
#include "ui/ask/session_list.h"

#include <algorithm>
#include <utility>

namespace app::desktop {
namespace {

constexpr int kReload_ms = 200; // many changes, one reading
constexpr int kNameLength = 60;
constexpr int kSuggestions = 3;

struct SessionPage {
    std::vector<ui::SessionItem> sessions;
    std::vector<ui::SessionItem> pinned;
    bool more = false;
};

std::vector<ui::SessionItem> items(const std::vector<storage::Session>& sessions)
{
    std::vector<ui::SessionItem> items(sessions.size());
    std::ranges::transform(sessions, items.begin(), sessionItem);
    return items;
}

/// A page, and with the first one all pinned sessions.
Result<SessionPage> readPage(storage::Library& library, int offset, int limit)
{
    storage::SessionQuery query;
    query.offset = offset;
    query.limit = limit + 1; // whether there is one more
    auto sessions = library.sessions(query);
    if (!sessions) return tl::unexpected(sessions.error());
    SessionPage page;
    page.more = static_cast<int>(sessions->size()) > limit;
    if (page.more) sessions->pop_back();
    page.sessions = items(*sessions);
    if (offset > 0) return page;
    storage::SessionQuery pinned;
    pinned.pinned = true;
    const auto kept = library.sessions(pinned);
    if (!kept) return tl::unexpected(kept.error());
    page.pinned = items(*kept);
    return page;
}

/// A session that begins with a question is named after it.
QString nameFor(const QString& question)
{
    QString line = question.simplified();
    if (line.size() <= kNameLength) return line;
    const qsizetype space = line.lastIndexOf(u' ', kNameLength - 1);
    return line.left(space > kNameLength / 2 ? space : kNameLength - 1) + u'…';
}

} // namespace

AskBridge::AskBridge(Services& services, ui::AskView& view, IngestBridge& ingest, QObject* parent)
    : QObject(parent), services_(services), view_(view), ingest_(ingest)
{
    engine_.name = "starter";
    reload_.setSingleShot(true);
    reload_.setInterval(kReload_ms);
    connect(&reload_, &QTimer::timeout, this, [this] { view_.sessionList()->model()->reload(); });
    connectView();
    connect(&services_, &Services::opened, this, &AskBridge::libraryOpened);
    connect(&services_, &Services::libraryChanged, this, [this](qint64) { reload_.start(); });
    connect(&services_, &Services::readOnly, &view_, &ui::AskView::setReadOnly);
    connect(&services_, &Services::writable, &view_, [this] { view_.setReadOnly({}); });
    connect(&ingest_, &IngestBridge::sessionReady, this, [this](storage::SessionId session) {
        if (session == view_.session()) readSuggestions(session);
    });
    if (services_.library() != nullptr) libraryOpened();
}

void AskBridge::connectView()
{
    using ui::AskView;
    connect(&view_, &AskView::sessionsWanted, this, &AskBridge::readSessions);
    connect(&view_, &AskView::sessionWanted, this, &AskBridge::openSession);
    connect(&view_, &AskView::asked, this, &AskBridge::ask);
    connect(&view_, &AskView::stopRequested, this, [this](qint64 key) {
        const auto at = running_.find(key);
        if (at != running_.end()) at->second.stop.request_stop();
    });
    const auto changes = [this](auto signal, auto work) {
        connect(&view_, signal, this, [this, work](storage::SessionId session, auto... values) {
            this->change(session, [=](storage::Library& library) {
                return work(library, session, values...);
            });
        });
    };
    changes(&AskView::renameRequested, [](auto& library, auto id, const QString& name) {
        return library.rename_session(id, name.toStdString());
    });
    changes(&AskView::pinRequested, [](auto& library, auto id, bool pinned) {
        return library.set_pinned(id, pinned);
    });
    changes(&AskView::tagsWanted, [](auto& library, auto id, const QStringList& tags) {
        std::vector<std::string> names;
        for (const QString& tag : tags) names.push_back(tag.toStdString());
        return library.set_tags(id, names);
    });
    connect(&view_, &AskView::tagsAsked, this, &AskBridge::readTags);
    changes(&AskView::deleteRequested, [](auto& library, auto id) {
        return library.trash_session(id);
    });
    changes(&AskView::restoreRequested, [](auto& library, auto id) {
        return library.restore_session(id);
    });
    connect(&view_, &AskView::settled, this, [this] {
        const auto library = services_.library();
        if (library == nullptr || !services_.writes()) return;
        services_.background().run(
            Lane::Quick,
            this,
            [library](const std::stop_token&) { return library->empty_trash().has_value(); },
            [](bool) {});
    });
}

template <typename Change>
void AskBridge::change(storage::SessionId session, Change change)
{
    const auto library = services_.library();
    if (library == nullptr) return;
    services_.background().run(
        Lane::Quick,
        this,
        [library, change](const std::stop_token&) { return change(*library); },
        [this, session](Result<void> done) {
            if (!done) view_.showProblem(tr("This could not be kept."), sentence(done.error()));
            Q_EMIT services_.libraryChanged(session);
        });
}

void AskBridge::readTags(storage::SessionId session)
{
    const auto library = services_.library();
    if (library == nullptr || !services_.writes()) return;
    struct Tags {
        QStringList of_session;
        QStringList of_library;
    };
    services_.background().run(
        Lane::Quick,
        this,
        [library, session](const std::stop_token&) -> Result<Tags> {
            const auto tagged = library->session(session);
            if (!tagged) return tl::unexpected(tagged.error());
            const auto known = library->tags();
            if (!known) return tl::unexpected(known.error());
            Tags tags;
            for (const auto& tag : tagged->tags) tags.of_session << QString::fromStdString(tag);
            for (const auto& tag : *known) tags.of_library << QString::fromStdString(tag.name);
            return tags;
        },
        [this, session](Result<Tags> tags) {
            if (tags)
                view_.editTags(session, tags->of_session, tags->of_library);
            else
                view_.showProblem(tr("The tags cannot be read."), sentence(tags.error()));
        });
}

void AskBridge::libraryOpened()
{
    view_.sessionList()->model()->reload();
}

void AskBridge::readSessions(int offset, int limit)
{
    const auto library = services_.library();
    if (library == nullptr) return;
    services_.background().run(
        Lane::Quick,
        this,
        [library, offset, limit](const std::stop_token&) {
            return readPage(*library, offset, limit);
        },
        [this, offset](Result<SessionPage> page) {
            if (!page) {
                view_.showProblem(tr("The sessions cannot be listed."), sentence(page.error()));
                return;
            }
            if (offset == 0) {
                view_.setPinned(page->pinned);
                view_.setSampleOffered(!ingest_.hasSample(page->sessions));
            }
            view_.setSessions(offset, page->sessions, page->more);
        });
}

void AskBridge::openSession(storage::SessionId session)
{
    const auto library = services_.library();
    wanted_ = session;
    if (library == nullptr) return;
    if (session == 0) return readSuggestions(0);
    services_.background().run(
        Lane::Quick,
        this,
        [library, session](const std::stop_token&) { return loadSession(*library, session); },
        [this, session](Result<ui::SessionView> loaded) {
            if (wanted_ != session) return; // another was asked for meanwhile
            if (!loaded) {
                view_.showProblem(tr("The session cannot be opened."), sentence(loaded.error()));
                return;
            }
            ingest_.merge(session, loaded->sources);
            for (const auto& [key, running] : running_) {
                if (running.session == session) loaded->exchanges.push_back(running.exchange);
            }
            view_.showSession(*loaded);
            readSuggestions(session);
        });
}

/// One for all questions, made anew with the engines: it holds their embedder.
std::shared_ptr<Answerers> AskBridge::answerers()
{
    if (answerers_ == nullptr || engines_ != services_.engines()) {
        engines_ = services_.engines();
        answerers_ = std::make_shared<Answerers>();
    }
    return answerers_;
}

/// Questions for a session that nobody asked yet; as much work as a dozen questions.
void AskBridge::readSuggestions(storage::SessionId session)
{
    suggesting_.request_stop();
    view_.setSuggestions(session, {});
    const auto library = services_.library();
    if (library == nullptr || session == 0) return;
    const auto engines = services_.engines();
    suggesting_ = services_.background().run(
        Lane::Job,
        this,
        [library, engines, answerers = answerers(), session](const std::stop_token& stop) {
            QStringList questions;
            const auto messages = library->messages(session);
            if (!messages || !messages->empty()) return questions;
            const auto embedder = embedder_or_null(*engines);
            if (!embedder) return questions;
            const auto found = suggest_questions(
                session,
                kSuggestions,
                *library,
                *embedder,
                stop,
                answerers.get());
            if (!found) return questions;
            for (const auto& suggestion : *found)
                questions << QString::fromStdString(suggestion.question);
            return questions;
        },
        [this, session](const QStringList& questions) {
            if (view_.session() == session) view_.setSuggestions(session, questions);
        });
}

void AskBridge::ask(const ui::AskWish& wish)
{
    const auto library = services_.library();
    ui::Exchange exchange;
    exchange.key = wish.key;
    exchange.question = wish.question;
    if (library == nullptr) {
        exchange.state = ui::AnswerState::Failed;
        exchange.problem = tr("The library is not open yet. Try again in a moment.");
        view_.showAnswer(exchange);
        return;
    }
    running_[wish.key] = {wish.session, exchange, {}};
    Q_EMIT answeringChanged(true);
    if (wish.session != 0 || !services_.writes()) return start(wish);
    // A conversation of its own: kept as a session without sources.
    const QString name = nameFor(wish.question);
    services_.background().run(
        Lane::Quick,
        this,
        [library, name](const std::stop_token&) {
            return library->create_session(name.toStdString());
        },
        [this, wish, name](Result<storage::SessionId> session) {
            ui::AskWish kept = wish;
            if (session) {
                kept.session = *session;
                running_[wish.key].session = *session;
                view_.adoptSession(*session, name);
                Q_EMIT services_.libraryChanged(*session);
            }
            start(kept); // a library that is full still answers
        });
}

void AskBridge::start(const ui::AskWish& wish)
{
    const auto library = services_.library();
    const auto engines = services_.engines();
    const qint64 key = wish.key;
    AskRequest request;
    request.question = wish.question.toStdString();
    if (wish.session != 0) request.session = wish.session;
    request.everything = wish.everything;
    request.engine = engine_;
    request.cache = services_.paths().cache();
    request.observer.on_read = [bridge = QPointer<AskBridge>(this), key](int done, int total) {
        Background::onUiThread([bridge, key, percent = 100 * done / std::max(total, 1)] {
            if (bridge) bridge->promptRead(key, percent);
        });
    };
    request.observer.on_text = [bridge = QPointer<AskBridge>(this), key](std::string_view utf8) {
        Background::onUiThread(
            [bridge,
             key,
             text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()))] {
                if (bridge) bridge->textArrived(key, text);
            });
    };
    const bool saves = services_.writes();
    struct Done {
        Result<AskReply> reply;
        ui::Exchange exchange;
    };
    auto stop = services_.background().run(
        Lane::Job,
        this,
        [=, answerers = answerers(), exchange = running_[key].exchange](
            const std::stop_token& token) mutable {
            if (wish.replaces_from != 0 && saves && wish.session != 0)
                static_cast<void>(library->delete_messages_from(wish.session, wish.replaces_from));
            Done done{
                app::ask(request, *library, saves, *engines, token, answerers.get()),
                std::move(exchange)};
            if (!done.reply) return done;
            fill(done.exchange, *done.reply, *library);
            const auto messages = library->messages(wish.session);
            if (messages && messages->size() >= 2 && !done.reply->not_saved && saves) {
                done.exchange.answer_id = messages->back().id;
                done.exchange.question_id = (*messages)[messages->size() - 2].id;
            }
            return done;
        },
        [this, key](Done done) { finished(key, done.reply, std::move(done.exchange)); });
    // Stop may have been pressed while the session was made.
    Running& running = running_[key];
    if (running.stop.stop_requested()) stop.request_stop();
    running.stop = stop;
}

void AskBridge::promptRead(qint64 key, int percent)
{
    const auto at = running_.find(key);
    if (at == running_.end() || at->second.exchange.state != ui::AnswerState::Waiting) return;
    at->second.exchange.read_percent = percent;
    view_.showAnswer(at->second.exchange);
}

void AskBridge::textArrived(qint64 key, const QString& text)
{
    const auto at = running_.find(key);
    if (at == running_.end()) return;
    at->second.exchange.text += text;
    at->second.exchange.state = ui::AnswerState::Streaming;
    view_.appendAnswer(key, text);
}

void AskBridge::finished(qint64 key, const Result<AskReply>& reply, ui::Exchange exchange)
{
    const auto at = running_.find(key);
    if (at == running_.end()) return;
    const storage::SessionId session = at->second.session;
    if (!reply) {
        exchange.text = at->second.exchange.text;
        if (reply.error().code == ErrorCode::Cancelled) {
            exchange.state = ui::AnswerState::Stopped;
        } else {
            exchange.state = ui::AnswerState::Failed;
            exchange.problem = sentence(reply.error());
        }
    }
    running_.erase(at);
    view_.showAnswer(exchange);
    if (running_.empty()) Q_EMIT answeringChanged(false);
    Q_EMIT answered(session, exchange.timing);
    if (session != 0) Q_EMIT services_.libraryChanged(session);
}

} // namespace app::desktop
