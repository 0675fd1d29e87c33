#include "app/ask_job.h"

#include "app/log.h"
#include "app/models/model_store.h"
#include "app/own_model.h"
#include "app/place_media.h"
#include "app/published_model.h"
#include "engine/model_facts.h"

#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace app {
namespace {

Result<void> save(
    storage::Library& library,
    storage::SessionId session,
    std::string_view question,
    const AskReply& reply)
{
    const auto seconds = [](auto duration) {
        return std::chrono::duration<double>(duration).count();
    };
    storage::Message asked;
    asked.session = session;
    asked.role = storage::MessageRole::Question;
    asked.text = question;
    if (auto added = library.add_message(asked, {}); !added) return tl::unexpected(added.error());
    storage::Message answered;
    answered.session = session;
    answered.role = storage::MessageRole::Answer;
    answered.text = reply.answer.text;
    answered.mode = reply.answer.mode;
    answered.outcome = answer::name(reply.answer.outcome);
    answered.engine = reply.engine;
    answered.notes = reply.answer.notes;
    answered.not_covered = reply.answer.not_covered;
    answered.elapsed_s = reply.total_s;
    answered.new_tokens = reply.answer.usage.new_tokens;
    answered.prefill_s = seconds(reply.answer.usage.prefill);
    answered.decode_s = seconds(reply.answer.usage.decode);
    std::vector<storage::Citation> citations;
    for (const auto& quote : reply.answer.quotes) citations.push_back(quote.citation);
    std::vector<storage::NearPlace> nearest;
    for (const auto& near : reply.answer.nearest)
        nearest.push_back(
            {near.source, near.passage, near.page, near.start_s, near.end_s, near.snippet});
    if (auto added = library.add_message(answered, citations, nearest); !added)
        return tl::unexpected(added.error());
    return {};
}

} // namespace

Result<EngineChoice>
choose_engine(std::string_view words, const std::filesystem::path& models_folder)
{
    if (words.empty() || words == "starter")
        return EngineChoice{EngineChoice::Kind::Starter, {}, {}, "starter"};
    if (words.starts_with("http://") || words.starts_with("https://"))
        return EngineChoice{EngineChoice::Kind::Remote, {}, std::string{words}, {}};
    std::error_code ignored;
    auto model = std::filesystem::absolute(words, ignored).lexically_normal();
    if (!model.has_filename()) model = model.parent_path(); // "models/nano/"
    if (!std::filesystem::exists(model, ignored)) {
        const auto& catalogue = models::Catalogue::built_in();
        const auto published = published_file(words, catalogue, models_folder);
        if (published.empty())
            return fail(
                ErrorCode::FileNotFound,
                fmt::format("There is no model at {}.", words),
                "Choose the starter, a GGUF file or a model folder.");
        if (!models::ModelStore(catalogue, models_folder).installed(*catalogue.find(words)))
            return fail(
                ErrorCode::NoModel,
                fmt::format("The model {} is not installed.", words),
                fmt::format("Fetch it with: percept-cli models fetch {}", words));
        return EngineChoice{EngineChoice::Kind::Model, published, {}, std::string{words}};
    }
    return EngineChoice{EngineChoice::Kind::Model, model, {}, model.filename().string()};
}

Result<storage::SessionId> latest_session(storage::Library& library)
{
    const auto sessions = library.sessions(1);
    if (!sessions) return tl::unexpected(sessions.error());
    if (sessions->empty()) {
        return fail(
            ErrorCode::NotFound,
            "There is no session yet, so there is nothing to answer from.",
            "Read a file first: percept-cli ingest FILE");
    }
    return sessions->front().id;
}

Result<storage::SearchScope> make_scope(
    storage::Library& library,
    const std::optional<storage::SessionId>& session,
    const std::vector<storage::SourceId>& sources,
    bool everything)
{
    storage::SearchScope scope;
    if (everything) return scope;
    for (const storage::SourceId id : sources) {
        const auto source = library.source(id);
        if (!source) return tl::unexpected(source.error());
        if (session && source->session != *session) {
            return fail(
                ErrorCode::BadUsage,
                fmt::format(
                    "Source {} is in session {}, not in session {}.",
                    id,
                    source->session,
                    *session),
                "Leave --session out to ask about sources of any session.");
        }
        scope.sources.push_back(id);
    }
    if (!scope.sources.empty()) return scope;
    if (session) {
        const auto found = library.session(*session);
        if (!found) return tl::unexpected(found.error());
        scope.sessions.push_back(*session);
        return scope;
    }
    const auto latest = latest_session(library);
    if (!latest) return tl::unexpected(latest.error());
    scope.sessions.push_back(*latest);
    return scope;
}

Result<engine::TextEmbedder*> embedder_or_null(Engines& engines)
{
    auto embedder = engines.embedder();
    if (!embedder && embedder.error().code == ErrorCode::NoModel) return nullptr;
    return embedder;
}

std::shared_ptr<answer::Answerer>
Answerers::of(storage::Library& library, engine::TextEmbedder* embedder)
{
    const std::lock_guard lock(mutex_);
    if (!answerer_ || library_ != &library || embedder_ != embedder) {
        answerer_ = std::make_shared<answer::Answerer>(library, embedder);
        library_ = &library;
        embedder_ = embedder;
    }
    return answerer_;
}

void Answerers::forget()
{
    const std::lock_guard lock(mutex_);
    answerer_.reset();
}

Result<AskReply>
ask(const AskRequest& request,
    storage::Library& library,
    bool saves,
    Engines& engines,
    const std::stop_token& stop,
    Answerers* answerers)
{
    const auto began = std::chrono::steady_clock::now();
    const auto scope = make_scope(library, request.session, request.sources, request.everything);
    if (!scope) return tl::unexpected(scope.error());
    const auto embedder = embedder_or_null(engines);
    if (!embedder) return tl::unexpected(embedder.error());

    AskReply reply;
    reply.engine = "starter";
    const auto answerer = answerers != nullptr
                              ? answerers->of(library, *embedder)
                              : std::make_shared<answer::Answerer>(library, *embedder);
    std::string writer_name = request.engine.name;
    std::string sent_to;
    std::shared_ptr<engine::Engine> writer;
    if (request.engine.kind == EngineChoice::Kind::Model) {
        const auto may_write = may_write_answers(
            request.engine.model,
            models::Catalogue::built_in(),
            engines.models(),
            library);
        if (!may_write) return tl::unexpected(may_write.error());
        if (*may_write) {
            auto model = engines.language_model(request.engine.model);
            if (!model) return tl::unexpected(model.error());
            writer = std::move(*model);
        } else {
            const auto facts = engine::look_at_model(request.engine.model);
            // Damage is said though quotes need no model.
            if (!facts) return tl::unexpected(facts.error());
            if (facts->recognizes_speech)
                return fail(
                    ErrorCode::ModelUnsupported,
                    fmt::format("{} recognises speech and answers no questions.", facts->name),
                    "Choose the starter, a GGUF file or a model folder.");
        }
    } else if (request.engine.kind == EngineChoice::Kind::Remote) {
        auto remote = engines.remote_engine(request.engine.url, stop);
        if (!remote) return tl::unexpected(remote.error());
        writer_name = (*remote)->name();
        sent_to = (*remote)->host();
        writer = std::move(*remote);
    }
    ReaderMedia media(library, request.reader, request.cache);
    auto answered =
        writer != nullptr
            ? answerer->write(request.question, *scope, *writer, request.observer, stop, &media)
            : answerer->ask(request.question, *scope, stop);
    if (!answered) return tl::unexpected(answered.error());
    reply.answer = std::move(*answered);
    if (reply.answer.mode == "reasoned") {
        reply.engine = writer_name;
    } else if (request.engine.kind == EngineChoice::Kind::Model && writer == nullptr) {
        reply.answer.notes.push_back(fmt::format(
            "{} may not write answers, so quotes are shown instead.",
            request.engine.name));
    }
    if (!sent_to.empty())
        reply.answer.notes.push_back(
            fmt::format("The question and the passages found for it were sent to {}.", sent_to));

    // A question about everything or about sources of several sessions belongs to none of them,
    // unless the session in which it was asked is named.
    if (request.everything && request.session) {
        reply.session = *request.session;
    } else if (!scope->sessions.empty()) {
        reply.session = scope->sessions.front();
    } else if (!scope->sources.empty()) {
        const auto source = library.source(scope->sources.front());
        if (!source) return tl::unexpected(source.error());
        reply.session = source->session;
    }
    // Before it is kept, so that it says the same whenever it is opened again.
    reply.total_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (saves && request.keeps && reply.session != 0) {
        if (auto saved = save(library, reply.session, request.question, reply); !saved)
            reply.not_saved = saved.error();
    }
    Log::instance().info(fmt::format(
        "ask: session {} {} {}, {} quotes, {:.3f} s",
        reply.session,
        answer::name(reply.answer.outcome),
        reply.answer.mode,
        reply.answer.quotes.size(),
        reply.total_s));
    return reply;
}

} // namespace app
