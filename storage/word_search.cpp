#include "storage/word_search.h"

#include "storage/passage_index.h"
#include "storage/query_words.h"
#include "storage/search_scope.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace storage {

/// An FTS5 expression and the idf of each of its phrases.
struct WordSearch::Ranking {
    std::string expression;
    std::string weights;
    double missed = 0; // no row that the expression leaves out has a score above this
};

namespace {

// A word in more than an eighth of the passages: idf below 2.1.
constexpr int kCommonShare = 8;
// A word's part of a score is idf * tf * 2.2 / (tf + norm), at most this many times its idf.
constexpr double kLargestPart = 2.2;

struct Term {
    std::string word;
    double idf = 0;
    bool common = false;
};

/// Adds `"one" OR "two"`: each a quoted string, so that AND, NEAR, * and : are words like others.
void add_phrases(
    const std::vector<Term>& terms,
    bool common,
    bool weighted,
    std::string& expression,
    std::string& weights)
{
    bool first = true;
    for (const Term& term : terms) {
        if (term.common != common) continue;
        expression += fmt::format("{}\"{}\"", first ? "" : " OR ", term.word);
        weights += fmt::format(",{:.6f}", weighted ? term.idf : 0.0);
        first = false;
    }
}

} // namespace

Result<std::vector<PassageHit>>
WordSearch::search(std::string_view query, const SearchScope& scope, int limit)
{
    std::vector<PassageHit> hits;
    const auto words = query_words(query);
    if (words.empty() || limit <= 0) return hits;
    const auto extent = extent_of(scope);
    if (!extent) return tl::unexpected(extent.error());
    std::vector<Term> terms;
    double common_part = 0;
    for (const std::string& word : words) {
        const auto n = frequency(word, scope, *extent);
        if (!n) return tl::unexpected(n.error());
        Term term{word, std::log1p((extent->passages - *n + 0.5) / (*n + 0.5))};
        term.common = extent->passages >= large_ && *n > extent->passages / kCommonShare;
        if (term.common) common_part += term.idf * kLargestPart;
        terms.push_back(std::move(term));
    }

    Ranking full;
    add_phrases(terms, false, true, full.expression, full.weights);
    const bool has_rare = !full.expression.empty();
    Ranking rare;
    if (has_rare && common_part > 0) {
        // All rows with a rare word, and no others; a common word counts where it stands beside
        // one. Inside the AND the rare words run ahead to its next match, so they count outside of
        // it.
        rare.missed = common_part;
        rare.expression = "((";
        add_phrases(terms, false, false, rare.expression, rare.weights);
        rare.expression += ") AND (";
        add_phrases(terms, true, true, rare.expression, rare.weights);
        rare.expression += ")) OR ";
        add_phrases(terms, false, true, rare.expression, rare.weights);
    }
    if (common_part > 0) {
        full.expression += has_rare ? " OR " : "";
        add_phrases(terms, true, true, full.expression, full.weights);
    }

    for (const std::string_view index : kWordIndexes) {
        const std::string where = filter(index, scope, *extent);
        auto found = rank(index, rare.expression.empty() ? full : rare, where, limit);
        const bool sure = found && (rare.expression.empty() ||
                                    (found->size() == static_cast<std::size_t>(limit) &&
                                     found->back().score >= rare.missed));
        if (found && !sure) found = rank(index, full, where, limit);
        if (!found) return found;
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

Result<std::vector<PassageHit>> WordSearch::rank(
    std::string_view index,
    const Ranking& ranking,
    const std::string& filter,
    int limit)
{
    // Ranked by number first: the text of a passage is read for the best ones only.
    return database_.rows(
        fmt::format(
            "SELECT {0}, best.score FROM (SELECT rowid AS id, okapi({1}{2}) AS score "
            "FROM {1} WHERE {1} MATCH ?{3} ORDER BY score DESC, rowid LIMIT ?) AS best "
            "JOIN passage ON passage.id = best.id JOIN source ON source.id = passage.source "
            "ORDER BY best.score DESC, passage.id",
            kPassageColumns,
            index,
            ranking.weights,
            filter),
        [](Statement& row) {
            return PassageHit{read_passage(row), row.real(11)};
        },
        ranking.expression,
        limit);
}

Result<std::vector<int>> WordSearch::document_frequencies(
    std::span<const std::string> words,
    const SearchScope& scope,
    int* passages_total)
{
    const auto extent = extent_of(scope);
    if (!extent) return tl::unexpected(extent.error());
    if (passages_total) *passages_total = extent->passages;
    std::vector<int> frequencies;
    for (const std::string& word : words) {
        const auto count = frequency(word, scope, *extent);
        if (!count) return tl::unexpected(count.error());
        frequencies.push_back(*count);
    }
    return frequencies;
}

Result<WordSearch::Extent> WordSearch::extent_of(const SearchScope& scope)
{
    const auto everything = shows_everything(database_, scope);
    if (!everything) return tl::unexpected(everything.error());
    const auto found = database_.row(
        "SELECT count(*), ifnull(min(id), 0), ifnull(max(id), 0) FROM passage" +
            (*everything ? std::string() : " WHERE " + in_scope(scope)),
        [&](Statement& row) {
            return Extent{row.number(0), row.integer(1), row.integer(2), *everything};
        });
    if (!found) return tl::unexpected(found.error());
    return found->value_or(Extent{});
}

std::string
WordSearch::filter(std::string_view index, const SearchScope& scope, const Extent& extent)
{
    return extent.everything ? std::string() : within(index, scope, extent.first, extent.last);
}

Result<int>
WordSearch::frequency(const std::string& word, const SearchScope& scope, const Extent& extent)
{
    // What the caller calls a word may be several to the tokenizer ("e-mail"): all, in a row.
    const auto parts = query_words(word);
    if (parts.empty()) return 0;
    const std::string phrase = fmt::format("\"{}\"", fmt::join(parts, " "));
    std::int64_t total = 0;
    for (const std::string_view index : kWordIndexes) {
        const auto count = database_.value(
            fmt::format(
                "SELECT count(*) FROM {0} WHERE {0} MATCH ?{1}",
                index,
                filter(index, scope, extent)),
            phrase);
        if (!count) return tl::unexpected(count.error());
        total += *count;
    }
    return static_cast<int>(total);
}

} // namespace storage
