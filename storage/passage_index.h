#pragma once

#include "storage/database.h"
#include "storage/library.h"
#include "storage/types.h"

namespace storage {

/// Passages and the word indexes over them. Works on the connection it is given, inside the
/// caller's transaction.
class PassageIndex {
public:
    explicit PassageIndex(Database& database) : database_(database) {}
    /// All of `source`, whatever their own field says.
    Result<std::vector<PassageId>> add(SourceId source, std::span<const Passage> passages);
    /// Passages and index entries of what `scope` names; how many.
    Result<int> remove(const SearchScope& scope);
    Result<int> remove_page(SourceId source, int page);
    /// Rewrites both word indexes without what was deleted: an FTS5 index keeps deleted words until
    /// its segments merge, and its option against that is younger than Debian 12's SQLite.
    Result<void> forget_deleted_words();
    /// FTS5's own check of both indexes against the passages. Needs the writing connection.
    Result<bool> fits();

    Result<std::vector<PassageHit>>
    search_words(std::string_view query, const SearchScope& scope, int limit);
    Result<std::vector<int>> document_frequencies(
        std::span<const std::string> words,
        const SearchScope& scope,
        int* passages_total);
    Result<Passage> get(PassageId id);
    Result<std::vector<Passage>> list(SourceId source);
    Result<std::vector<Passage>> without_vector(int limit);

private:
    Result<int> remove_where(const std::string& condition);

    Database& database_;
};

} // namespace storage
