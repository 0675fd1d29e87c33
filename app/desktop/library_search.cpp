#include "app/library_search.h"
#include "app/desktop/ask_values.h"
#include "app/desktop/library_work.h"
#include "base/blocking.h"
#include "ui/library/session_words.h"

#include <algorithm>
#include <QRegularExpression>
#include <set>
#include <utility>

namespace app::desktop {
namespace {

constexpr int kMostHits = 100; // of each kind; more are said, not shown
constexpr std::size_t kMostFiles = 5;

ui::HitGroup groupOf(LibraryHit::Group group)
{
    switch (group) {
    case LibraryHit::Group::Said:
        return ui::HitGroup::Said;
    case LibraryHit::Group::Shown:
        return ui::HitGroup::Shown;
    case LibraryHit::Group::Read:
        return ui::HitGroup::Read;
    case LibraryHit::Group::Answered:
        return ui::HitGroup::Answered;
    case LibraryHit::Group::Note:
        return ui::HitGroup::Note;
    case LibraryHit::Group::Session:
        return ui::HitGroup::Session;
    }
    return ui::HitGroup::Read;
}

/// From bytes to UTF-16.
ui::FoundWords foundWords(
    const std::string& snippet,
    const std::vector<std::pair<std::size_t, std::size_t>>& matched)
{
    const auto units = [&](std::size_t begin, std::size_t end) {
        const auto part = std::string_view(snippet).substr(begin, end - begin);
        return static_cast<int>(
            QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size())).size());
    };
    ui::FoundWords found;
    for (const auto& [begin, end] : matched) found << qMakePair(units(0, begin), units(begin, end));
    return found;
}

/// Where words of `text` begin with one of those asked for.
ui::FoundWords foundBeginnings(const QString& text, const QString& query)
{
    static const QRegularExpression kWord(
        QStringLiteral("[\\p{L}\\p{N}]+"),
        QRegularExpression::UseUnicodePropertiesOption);
    ui::FoundWords found;
    for (auto word = kWord.globalMatch(text); word.hasNext();) {
        const auto match = word.next();
        for (auto asked = kWord.globalMatch(query); asked.hasNext();) {
            const QString wanted = asked.next().captured();
            if (!match.captured().startsWith(wanted, Qt::CaseInsensitive)) continue;
            found << qMakePair(
                static_cast<int>(match.capturedStart()),
                static_cast<int>(wanted.size()));
            break;
        }
    }
    return found;
}

ui::Place placeOf(const LibraryHit& hit)
{
    ui::Place place;
    place.session = hit.session;
    place.source = hit.source;
    place.page = hit.page;
    place.boxes = hit.boxes;
    place.start_s = hit.start_s;
    place.end_s = hit.end_s;
    place.quote = QString::fromStdString(hit.snippet);
    if (hit.source == 0) return place;
    place.name = fileName(hit.path);
    place.kind = hit.group == LibraryHit::Group::Shown ? ui::PlaceKind::Shown
                                                       : ui::placeKind(hit.kind, hit.page > 0);
    return place;
}

/// What an answer cites, and its number among the answers of its session. A question counts as the
/// answer that it got.
Result<void> addAnswer(ui::Hit& hit, const LibraryHit& found, storage::Library& library)
{
    const auto messages = library.messages(found.session);
    if (!messages) return tl::unexpected(messages.error());
    storage::MessageId answer = 0;
    for (const storage::Message& message : *messages) {
        if (message.role != storage::MessageRole::Answer) continue;
        ++hit.answer;
        if (message.id < found.message) continue;
        answer = message.id;
        break;
    }
    if (answer == 0) {
        hit.answer = 0; // a question without an answer
        return {};
    }
    const auto citations = library.citations(answer);
    if (!citations) return tl::unexpected(citations.error());
    for (const storage::Citation& citation : *citations) {
        const auto source = library.source(citation.source);
        if (!source) continue; // it was deleted since
        ui::Place place = desktop::placeOf(citation, *source);
        place.session = found.session;
        hit.cited.push_back(std::move(place));
    }
    return {};
}

/// Files by their names; a changed file once, in its newest version.
Result<std::vector<ui::Hit>> filesNamed(std::string_view query, storage::Library& library)
{
    const auto found = library.search_files(query, 2 * kMostFiles);
    if (!found) return tl::unexpected(found.error());
    std::vector<ui::Hit> files;
    std::set<std::pair<storage::SessionId, std::string>> seen;
    for (const auto& [source, score] : *found) {
        if (!seen.emplace(source.session, source.path).second) continue;
        const auto session = library.session(source.session);
        if (!session) continue; // deleted in between
        ui::Hit file;
        file.place = wholeSource(source);
        file.snippet = file.place.name;
        file.found = foundBeginnings(
            file.snippet,
            QString::fromUtf8(query.data(), static_cast<qsizetype>(query.size())));
        file.session_name = QString::fromStdString(session->name);
        file.when = localTime(session->created);
        files.push_back(std::move(file));
        if (files.size() == kMostFiles) break;
    }
    return files;
}

/// A session as a hit of its name.
void describeSession(ui::Hit& hit, const storage::Session& session)
{
    ui::LibrarySession words;
    for (const std::string& kind : session.kinds) words.kinds << QString::fromStdString(kind);
    words.sources = session.sources;
    const bool one_kind = session.kinds.size() == 1;
    hit.place.kind = ui::PlaceKind::Text;
    if (one_kind && session.kinds[0] == "audio") hit.place.kind = ui::PlaceKind::Sound;
    if (one_kind && session.kinds[0] == "video") hit.place.kind = ui::PlaceKind::Video;
    const bool recording = hit.place.kind != ui::PlaceKind::Text && session.duration_s >= 1;
    hit.detail = recording ? ui::clockWords(session.duration_s) : ui::holdsWords(words);
}

/// One order for all groups, whose scores are comparable within places and within answers and notes
/// (there 1 is: all words). Names come last: they are about a session, not a place in it.
void putBestFirst(std::vector<LibraryHit>& hits)
{
    const auto is_place = [](const LibraryHit& hit) {
        return hit.group <= LibraryHit::Group::Read;
    };
    double best_place = 0;
    for (const LibraryHit& hit : hits) {
        if (is_place(hit)) best_place = std::max(best_place, hit.score);
    }
    const auto rank = [&](const LibraryHit& hit) {
        if (hit.group == LibraryHit::Group::Session) return -1.0;
        return is_place(hit) && best_place > 0 ? hit.score / best_place : hit.score;
    };
    std::stable_sort(hits.begin(), hits.end(), [&](const LibraryHit& a, const LibraryHit& b) {
        return rank(a) > rank(b);
    });
}

/// What the filter leaves to search in; nothing: nowhere.
Result<std::optional<storage::SearchScope>>
scopeOf(const ui::LibraryFilter& filter, storage::Library& library)
{
    storage::SearchScope scope;
    scope.kinds = kindsOf(filter.show);
    if (filter.tag.isEmpty() && filter.when == ui::LibraryWhen::Any) return scope;
    ui::LibraryFilter of_sessions = filter;
    of_sessions.show = ui::LibraryShow::Everything;
    storage::SessionQuery query = queryOf(of_sessions);
    query.limit = 1'000'000;
    const auto sessions = library.sessions(query);
    if (!sessions) return tl::unexpected(sessions.error());
    if (sessions->empty()) return std::nullopt;
    for (const storage::Session& session : *sessions) scope.sessions.push_back(session.id);
    return scope;
}

} // namespace

Result<ui::SearchResult> findInLibrary(
    const QString& query,
    const ui::LibraryFilter& filter,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop)
{
    BASE_MAY_BLOCK();
    ui::SearchResult result;
    result.query = query;
    const auto scope = scopeOf(filter, library);
    if (!scope) return tl::unexpected(scope.error());
    if (!*scope) return result;
    auto hits = search_library(query.toStdString(), **scope, kMostHits, library, embedder, stop);
    if (!hits) {
        if (hits.error().code == ErrorCode::BadUsage) return result; // no word in it
        return tl::unexpected(hits.error());
    }
    putBestFirst(*hits);
    auto files = filesNamed(query.toStdString(), library);
    if (!files) return tl::unexpected(files.error());
    result.files = std::move(*files);
    std::set<storage::SessionId> sessions;
    for (const LibraryHit& found : *hits) {
        ui::Hit hit;
        hit.group = groupOf(found.group);
        if (filter.show == ui::LibraryShow::Answers && hit.group != ui::HitGroup::Answered)
            continue;
        hit.place = placeOf(found);
        hit.snippet = QString::fromStdString(found.snippet);
        hit.found = foundWords(found.snippet, found.matched);
        hit.session_name = QString::fromStdString(found.session_name);
        hit.when = localTime(found.created);
        if (hit.group == ui::HitGroup::Answered) {
            if (auto done = addAnswer(hit, found, library); !done)
                return tl::unexpected(done.error());
        }
        if (hit.group == ui::HitGroup::Session) {
            const auto session = library.session(found.session);
            if (!session) continue; // deleted in between
            describeSession(hit, *session);
        }
        int& count = result.counts[static_cast<std::size_t>(hit.group)];
        result.more |= ++count == kMostHits;
        sessions.insert(found.session);
        result.hits.push_back(std::move(hit));
    }
    result.sessions = static_cast<int>(sessions.size());
    return result;
}

Result<ui::SearchResult> latestSessions(storage::Library& library, int limit)
{
    BASE_MAY_BLOCK();
    storage::SessionQuery query;
    query.limit = limit;
    const auto sessions = library.sessions(query);
    if (!sessions) return tl::unexpected(sessions.error());
    ui::SearchResult result;
    for (const storage::Session& session : *sessions) {
        ui::Hit hit;
        hit.group = ui::HitGroup::Session;
        hit.place.session = session.id;
        hit.snippet = QString::fromStdString(session.name);
        hit.session_name = hit.snippet;
        hit.when = localTime(session.created);
        describeSession(hit, session);
        ++result.counts[static_cast<std::size_t>(hit.group)];
        result.hits.push_back(std::move(hit));
    }
    result.sessions = static_cast<int>(result.hits.size());
    return result;
}

} // namespace app::desktop
