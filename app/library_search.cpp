#include "app/library_search.h"

#include "app/answer/language.h"
#include "app/answer/search.h"
#include "app/answer/stem.h"
#include "app/answer/text.h"
#include "app/text.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace app {
namespace {

constexpr std::size_t kSnippet = 240; // bytes
constexpr double kLeastShare = 0.5;   // of the query's words that a message or note must have
constexpr int kHitsAGroup = 2;        // passages asked for, in limits: three groups share them
constexpr int kTextsLookedAt = 4;     // in limits: some have too few of the words

/// The words of a query that carry meaning; all of them where none does.
std::set<std::string> stems_in(std::string_view query)
{
    std::set<std::string> all;
    std::set<std::string> meaning;
    for (const auto& word : answer::words_of(query)) {
        all.insert(answer::stem(word));
        const bool asks = answer::in_list("en", "question_words", word);
        if (!asks && !answer::in_list("en", "function_words", word))
            meaning.insert(answer::stem(word));
    }
    return meaning.empty() ? all : meaning;
}

/// Calls with the byte range of each run of letters and digits.
void each_word(std::string_view text, const std::function<void(std::size_t, std::size_t)>& call)
{
    std::size_t begin = 0;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto here = at;
        const auto c = answer::next_code_point(text, at);
        const bool word = answer::is_letter(c) || answer::is_digit(c);
        if (word && !inside) begin = here;
        if (!word && inside) call(begin, here);
        inside = word;
    }
    if (inside) call(begin, text.size());
}

std::vector<std::pair<std::size_t, std::size_t>>
matches(std::string_view snippet, const std::function<bool(const std::string&)>& fits)
{
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    each_word(snippet, [&](std::size_t begin, std::size_t end) {
        const auto words = answer::words_of(snippet.substr(begin, end - begin));
        if (words.size() == 1 && fits(words.front())) ranges.emplace_back(begin, end);
    });
    return ranges;
}

class Search {
public:
    Search(std::string_view query, storage::Library& library, int limit)
        : query_(query), library_(library), limit_(limit), stems_(stems_in(query))
    {
    }

    Result<void> passages(
        const storage::SearchScope& scope,
        engine::TextEmbedder* embedder,
        const std::stop_token& stop)
    {
        const auto found =
            answer::search(query_, scope, limit_ * kHitsAGroup, library_, embedder, stop);
        if (!found) return tl::unexpected(found.error());
        std::map<LibraryHit::Group, int> counts;
        for (const auto& place : *found) {
            const auto& passage = place.passage;
            LibraryHit hit;
            if (passage.page > 0)
                hit.group = LibraryHit::Group::Read;
            else
                hit.group = passage.end > passage.begin ? LibraryHit::Group::Shown
                                                        : LibraryHit::Group::Said;
            if (++counts[hit.group] > limit_) continue;
            const auto source = library_.source(passage.source);
            if (!source && source.error().code == ErrorCode::NotFound) continue; // just deleted
            if (!source) return tl::unexpected(source.error());
            hit.source = passage.source;
            hit.path = source->path;
            hit.kind = passage.kind;
            hit.page = passage.page;
            hit.start_s = place.start_s ? place.start_s : passage.start_s;
            hit.end_s = place.end_s ? place.end_s : passage.end_s;
            hit.boxes = place.boxes;
            hit.score = place.score;
            if (auto done = add(std::move(hit), passage.session, place.snippet); !done) return done;
        }
        return {};
    }

    Result<void> messages(std::span<const storage::SessionId> sessions)
    {
        const auto found = library_.search_messages(query_, sessions, limit_ * kTextsLookedAt);
        if (!found) return tl::unexpected(found.error());
        std::vector<LibraryHit> hits;
        for (const auto& [message, score] : *found) {
            LibraryHit hit;
            hit.group = LibraryHit::Group::Answered;
            hit.session = message.session;
            hit.message = message.id;
            hit.created = message.created;
            offer(hits, std::move(hit), message.text);
        }
        return keep_best(std::move(hits));
    }

    Result<void> notes(std::span<const storage::SessionId> sessions)
    {
        const auto found = library_.search_notes(query_, sessions, limit_ * kTextsLookedAt);
        if (!found) return tl::unexpected(found.error());
        std::vector<LibraryHit> hits;
        for (const auto& [note, score] : *found) {
            LibraryHit hit;
            hit.group = LibraryHit::Group::Note;
            hit.session = note.session;
            hit.note = note.id;
            hit.start_s = note.time_s;
            hit.created = note.created;
            offer(hits, std::move(hit), note.text);
        }
        return keep_best(std::move(hits));
    }

    Result<void> names(std::span<const storage::SessionId> sessions)
    {
        const auto found = library_.search_names(query_, limit_);
        if (!found) return tl::unexpected(found.error());
        const auto words = answer::words_of(query_);
        for (const auto& [session, score] : *found) {
            const bool wanted =
                sessions.empty() ||
                std::find(sessions.begin(), sessions.end(), session.id) != sessions.end();
            if (!wanted) continue;
            LibraryHit hit;
            hit.group = LibraryHit::Group::Session;
            hit.session = session.id;
            hit.session_name = session.name;
            hit.created = session.created;
            hit.score = score;
            std::string text = one_line(clean_utf8(session.name));
            for (const auto& tag : session.tags) text += " · " + one_line(clean_utf8(tag));
            hit.snippet = answer::shortened(text, kSnippet);
            hit.matched = matches(hit.snippet, [&](const std::string& word) {
                return std::any_of(words.begin(), words.end(), [&](const std::string& asked) {
                    return word.starts_with(asked);
                });
            });
            hits_.push_back(std::move(hit));
        }
        return {};
    }

    std::vector<LibraryHit> take() { return std::move(hits_); }

private:
    /// The share of the query's words that the text has.
    double share(std::string_view text) const
    {
        std::set<std::string> there;
        for (const auto& word : answer::words_of(text)) there.insert(answer::stem(word));
        std::size_t common = 0;
        for (const auto& stem : stems_) common += there.count(stem);
        return stems_.empty() ? 0.0
                              : static_cast<double>(common) / static_cast<double>(stems_.size());
    }

    /// The line of the text with most of the query's words.
    std::string best_line(std::string_view text) const
    {
        std::string_view best;
        double most = -1;
        for (std::size_t at = 0; at <= text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            const auto line = text.substr(at, end - at);
            if (const double own = share(line); own > most && !one_line(line).empty()) {
                most = own;
                best = line;
            }
            at = end + 1;
        }
        return std::string(best);
    }

    void offer(std::vector<LibraryHit>& hits, LibraryHit hit, const std::string& text)
    {
        hit.score = share(text);
        if (hit.score < kLeastShare) return;
        hit.snippet = best_line(text);
        hits.push_back(std::move(hit));
    }

    Result<void> keep_best(std::vector<LibraryHit> hits)
    {
        // FTS5's order stands among those with as many of the words.
        std::stable_sort(hits.begin(), hits.end(), [](const LibraryHit& a, const LibraryHit& b) {
            return a.score > b.score;
        });
        if (hits.size() > static_cast<std::size_t>(limit_))
            hits.resize(static_cast<std::size_t>(limit_));
        for (auto& hit : hits) {
            const auto session = hit.session;
            const std::string snippet = hit.snippet;
            if (auto done = add(std::move(hit), session, snippet); !done) return done;
        }
        return {};
    }

    Result<void> add(LibraryHit hit, storage::SessionId id, std::string_view snippet)
    {
        auto known = sessions_.find(id);
        if (known == sessions_.end()) {
            auto session = library_.session(id);
            if (!session && session.error().code == ErrorCode::NotFound) return {}; // just deleted
            if (!session) return tl::unexpected(session.error());
            known = sessions_.emplace(id, std::move(*session)).first;
        }
        hit.session = id;
        hit.session_name = known->second.name;
        if (hit.created.empty()) hit.created = known->second.created;
        hit.snippet = answer::shortened(one_line(clean_utf8(snippet)), kSnippet);
        hit.matched = matches(hit.snippet, [&](const std::string& word) {
            return stems_.count(answer::stem(word)) > 0;
        });
        hits_.push_back(std::move(hit));
        return {};
    }

    std::string query_;
    storage::Library& library_;
    int limit_;
    std::set<std::string> stems_;
    std::map<storage::SessionId, storage::Session> sessions_;
    std::vector<LibraryHit> hits_;
};

} // namespace

Result<std::vector<LibraryHit>> search_library(
    std::string_view query,
    const storage::SearchScope& scope,
    int limit,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop)
{
    Search search(query, library, std::max(1, limit));
    if (auto done = search.passages(scope, embedder, stop); !done)
        return tl::unexpected(done.error());
    const bool places_only = !scope.sources.empty() || !scope.kinds.empty();
    if (!places_only) {
        if (auto done = search.messages(scope.sessions); !done) return tl::unexpected(done.error());
        if (auto done = search.notes(scope.sessions); !done) return tl::unexpected(done.error());
        if (auto done = search.names(scope.sessions); !done) return tl::unexpected(done.error());
    }
    auto hits = search.take();
    std::stable_sort(hits.begin(), hits.end(), [](const LibraryHit& a, const LibraryHit& b) {
        return a.group < b.group;
    });
    return hits;
}

} // namespace app
