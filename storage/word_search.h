#pragma once

#include "storage/database.h"
#include "storage/library.h"

namespace storage {

/// BM25 over the word indexes, with the frequencies of the scope. Works on the connection it is
/// given, inside the caller's transaction.
class WordSearch {
public:
    /// From `large` passages in the scope on, rows that hold only very common words are ranked only
    /// where they could reach the first places. The answer is the same, the time is not.
    explicit WordSearch(Database& database, int large = 10'000) : database_(database), large_(large)
    {
    }
    Result<std::vector<PassageHit>>
    search(std::string_view query, const SearchScope& scope, int limit);
    Result<std::vector<int>> document_frequencies(
        std::span<const std::string> words,
        const SearchScope& scope,
        int* passages_total);

private:
    /// How many passages a scope has, and between which ids they lie: a session's lie close
    /// together, and FTS5 skips the others.
    struct Extent {
        int passages = 0;
        PassageId first = 0;
        PassageId last = 0;
        bool everything = false; // nothing has to be filtered
    };
    struct Ranking;
    Result<Extent> extent_of(const SearchScope& scope);
    static std::string
    filter(std::string_view index, const SearchScope& scope, const Extent& extent);
    Result<int> frequency(const std::string& word, const SearchScope& scope, const Extent& extent);
    Result<std::vector<PassageHit>>
    rank(std::string_view index, const Ranking& ranking, const std::string& filter, int limit);

    Database& database_;
    int large_;
};

} // namespace storage
