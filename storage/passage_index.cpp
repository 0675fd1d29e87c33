#include "storage/passage_index.h"

#include "storage/search_scope.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace storage {
namespace {

constexpr std::array<std::string_view, 2> kIndexes = {"words_english", "words_other"};
constexpr std::array<std::string_view, 2> kContents = {"passage_english", "passage_other"};

// More words than a question has; each costs one pass over its postings.
constexpr std::size_t kMaxQueryWords = 64;

constexpr std::string_view kColumns =
    "passage.id, passage.source, source.session, source.kind, passage.page, begin_byte, end_byte, "
    "start_s, end_s, passage.text, language";

Passage read_passage(Statement& row)
{
    Passage passage;
    passage.id = row.integer(0);
    passage.source = row.integer(1);
    passage.session = row.integer(2);
    passage.kind = row.text(3);
    passage.page = row.number(4);
    passage.begin = static_cast<std::uint32_t>(row.integer(5));
    passage.end = static_cast<std::uint32_t>(row.integer(6));
    passage.start_s = row.maybe_real(7);
    passage.end_s = row.maybe_real(8);
    passage.text = row.text(9);
    passage.language = row.text(10);
    return passage;
}

std::string_view index_of(const Passage& passage)
{
    return kIndexes[passage.language == "en" ? 0 : 1];
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Runs of lower-case letters and digits (all of UTF-8 beyond ASCII counts as letters; the
/// tokenizer knows better and decides).
std::vector<std::string> query_words(std::string_view query)
{
    std::vector<std::string> words;
    std::string word;
    const auto flush = [&] {
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
        word.clear();
    };
    for (const char c : query) {
        const auto byte = static_cast<unsigned char>(c);
        const bool in_word = byte >= 0x80 || (byte >= '0' && byte <= '9') ||
                             (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        if (in_word)
            word += lower(c);
        else
            flush();
    }
    flush();
    if (words.size() > kMaxQueryWords) words.resize(kMaxQueryWords);
    return words;
}

/// "one" OR "two": each a quoted string, so that AND, NEAR, * and : are words like others.
std::string any_of(std::span<const std::string> words)
{
    std::string expression;
    for (const std::string& word : words) {
        if (!expression.empty()) expression += " OR ";
        expression += '"' + word + '"';
    }
    return expression;
}

/// What lets scope_condition() see the source of an index's row; nothing where there is no scope.
std::string scope_join(std::string_view index, const SearchScope& scope)
{
    if (is_everything(scope)) return {};
    return fmt::format(
        "JOIN passage ON passage.id = {}.rowid JOIN source ON source.id = passage.source",
        index);
}

} // namespace

Result<std::vector<PassageId>> PassageIndex::add(SourceId source, std::span<const Passage> passages)
{
    std::vector<PassageId> ids;
    ids.reserve(passages.size());
    for (const Passage& passage : passages) {
        const auto id = database_.insert(
            "INSERT INTO passage (source, page, begin_byte, end_byte, start_s, end_s, language, "
            "text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            source,
            passage.page,
            passage.begin,
            passage.end,
            passage.start_s,
            passage.end_s,
            passage.language,
            passage.text);
        if (!id) return tl::unexpected(id.error());
        auto indexed = database_.run(
            fmt::format("INSERT INTO {} (rowid, text) VALUES (?, ?)", index_of(passage)),
            *id,
            passage.text);
        if (!indexed) return tl::unexpected(indexed.error());
        if (passage.language == "en") {
            auto due = database_.run("INSERT INTO vector_due (passage) VALUES (?)", *id);
            if (!due) return tl::unexpected(due.error());
        }
        ids.push_back(*id);
    }
    return ids;
}

Result<int> PassageIndex::remove(const SearchScope& scope)
{
    return remove_where("source IN (SELECT id FROM source WHERE 1" + scope_condition(scope) + ")");
}

Result<int> PassageIndex::remove_page(SourceId source, int page)
{
    return remove_where(fmt::format("source = {} AND page = {}", source, page));
}

Result<int> PassageIndex::remove_where(const std::string& condition)
{
    // The index is told the old text, from which it knows the words to take out.
    for (std::size_t i = 0; i < kIndexes.size(); ++i) {
        auto taken = database_.script(fmt::format(
            "INSERT INTO {0} ({0}, rowid, text) SELECT 'delete', id, text FROM {1} "
            "WHERE id IN (SELECT id FROM passage WHERE {2})",
            kIndexes[i],
            kContents[i],
            condition));
        if (!taken) return tl::unexpected(taken.error());
    }
    if (auto done = database_.script("DELETE FROM passage WHERE " + condition); !done)
        return tl::unexpected(done.error());
    const int removed = database_.changes();
    if (removed > 0) {
        auto counted =
            database_.run("UPDATE counter SET value = value + 1 WHERE name = 'vectors_removed'");
        if (!counted) return tl::unexpected(counted.error());
    }
    return removed;
}

Result<void> PassageIndex::forget_deleted_words()
{
    for (const std::string_view index : kIndexes) {
        auto done =
            database_.script(fmt::format("INSERT INTO {0} ({0}) VALUES ('optimize')", index));
        if (!done) return done;
    }
    return {};
}

Result<bool> PassageIndex::fits()
{
    for (const std::string_view index : kIndexes) {
        const auto done = database_.script(
            fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('integrity-check', 1)", index));
        if (!done && done.error().code == ErrorCode::LibraryDamaged) return false;
        if (!done) return tl::unexpected(done.error());
    }
    return true;
}

Result<std::vector<PassageHit>>
PassageIndex::search_words(std::string_view query, const SearchScope& scope, int limit)
{
    std::vector<PassageHit> hits;
    const auto words = query_words(query);
    if (words.empty() || limit <= 0) return hits;
    int total = 0;
    const auto frequencies = document_frequencies(words, scope, &total);
    if (!frequencies) return tl::unexpected(frequencies.error());
    std::string weights;
    for (const int n : *frequencies)
        weights += fmt::format(",{:.6f}", std::log1p((total - n + 0.5) / (n + 0.5)));

    const std::string expression = any_of(words);
    for (const std::string_view index : kIndexes) {
        // Ranked by number first: the text of a passage is read for the best ones only.
        auto found = database_.rows(
            fmt::format(
                "SELECT {0}, best.score FROM (SELECT {1}.rowid AS id, okapi({1}{2}) AS score "
                "FROM {1} {3} WHERE {1} MATCH ?{4} ORDER BY score DESC, {1}.rowid LIMIT ?) AS best "
                "JOIN passage ON passage.id = best.id JOIN source ON source.id = passage.source "
                "ORDER BY best.score DESC, passage.id",
                kColumns,
                index,
                weights,
                scope_join(index, scope),
                scope_condition(scope)),
            [](Statement& row) {
                return PassageHit{read_passage(row), row.real(11)};
            },
            expression,
            limit);
        if (!found) return tl::unexpected(found.error());
        hits.insert(
            hits.end(),
            std::make_move_iterator(found->begin()),
            std::make_move_iterator(found->end()));
    }
    std::stable_sort(hits.begin(), hits.end(), [](const PassageHit& a, const PassageHit& b) {
        return a.score > b.score;
    });
    if (hits.size() > static_cast<std::size_t>(limit)) hits.resize(static_cast<std::size_t>(limit));
    return hits;
}

Result<std::vector<int>> PassageIndex::document_frequencies(
    std::span<const std::string> words,
    const SearchScope& scope,
    int* passages_total)
{
    const std::string condition = scope_condition(scope);
    if (passages_total) {
        const auto total = database_.value(
            "SELECT count(*) FROM passage" +
            (is_everything(scope)
                 ? std::string()
                 : " JOIN source ON source.id = passage.source WHERE 1" + condition));
        if (!total) return tl::unexpected(total.error());
        *passages_total = static_cast<int>(*total);
    }
    std::vector<int> frequencies(words.size(), 0);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto parts = query_words(words[i]);
        if (parts.empty()) continue;
        // What the caller calls a word may be several to the tokenizer ("e-mail"): all, in a row.
        const std::string phrase = fmt::format("\"{}\"", fmt::join(parts, " "));
        for (const std::string_view index : kIndexes) {
            const auto count = database_.value(
                fmt::format(
                    "SELECT count(*) FROM {0} {1} WHERE {0} MATCH ?{2}",
                    index,
                    scope_join(index, scope),
                    condition),
                phrase);
            if (!count) return tl::unexpected(count.error());
            frequencies[i] += static_cast<int>(*count);
        }
    }
    return frequencies;
}

Result<Passage> PassageIndex::get(PassageId id)
{
    auto found = database_.row(
        fmt::format(
            "SELECT {} FROM passage JOIN source ON source.id = passage.source WHERE passage.id = ?",
            kColumns),
        read_passage,
        id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return fail(ErrorCode::NotFound, fmt::format("There is no passage {}.", id));
    return std::move(**found);
}

Result<std::vector<Passage>> PassageIndex::list(SourceId source)
{
    return database_.rows(
        fmt::format(
            "SELECT {} FROM passage JOIN source ON source.id = passage.source "
            "WHERE passage.source = ? ORDER BY page, begin_byte, start_s, passage.id",
            kColumns),
        read_passage,
        source);
}

Result<std::vector<Passage>> PassageIndex::without_vector(int limit)
{
    return database_.rows(
        fmt::format(
            "SELECT {} FROM vector_due JOIN passage ON passage.id = vector_due.passage "
            "JOIN source ON source.id = passage.source ORDER BY vector_due.passage LIMIT ?",
            kColumns),
        read_passage,
        limit);
}

} // namespace storage
