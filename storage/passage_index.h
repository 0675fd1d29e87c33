#pragma once

#include "storage/database.h"
#include "storage/library.h"
#include "storage/types.h"

#include <array>

namespace storage {

/// The FTS5 tables: English, stemmed, and all else.
inline constexpr std::array<std::string_view, 2> kWordIndexes = {"words_english", "words_other"};

/// For a query over `passage JOIN source`, read by read_passage().
inline constexpr std::string_view kPassageColumns =
    "passage.id, passage.source, source.session, source.kind, passage.page, begin_byte, end_byte, "
    "start_s, end_s, passage.text, language";
Passage read_passage(Statement& row);

/// Passages and the word indexes over them, see word_search.h for the reading of those. Works on
/// the connection it is given, inside the caller's transaction.
class PassageIndex {
public:
    explicit PassageIndex(Database& database) : database_(database) {}
    /// All of `source`, whatever their own field says.
    Result<std::vector<PassageId>> add(SourceId source, std::span<const Passage> passages);
    /// Passages and index entries of the sources that the SQL condition names; how many.
    Result<int> remove_of(std::string_view sources);
    Result<int> remove(std::span<const PassageId> passages);
    Result<int> remove_page(SourceId source, int page);
    /// Rewrites all word indexes without what was deleted: an FTS5 index keeps deleted words until
    /// its segments merge, and its option against that is younger than Debian 12's SQLite.
    Result<void> forget_deleted_words();
    /// FTS5's own check of all indexes against what they are of. Needs the writing connection.
    Result<bool> fits();

    Result<Passage> get(PassageId id);
    Result<std::vector<Passage>> list(SourceId source);
    Result<std::vector<Passage>> without_vector(int limit);

private:
    Result<int> remove_where(const std::string& condition);

    Database& database_;
};

} // namespace storage
