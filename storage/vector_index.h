#pragma once

#include "storage/database.h"
#include "storage/library.h"

#include <cstdint>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

namespace storage {

/// All vectors of the library in one block of memory (200,000 x 384 bytes: 77 MB), read at the
/// first search and kept up with what is added; a search is one pass over the block on up to two
/// threads.
///
/// The rows in SQLite stay the truth: nothing has to be repaired after a crash, and a second
/// program sees the same. An index structure (HNSW) would answer faster and miss some; at this size
/// the exact scan is fast enough.
class VectorIndex {
public:
    /// Rows for `passages`, inside the caller's transaction. A vector that is there already is
    /// replaced.
    static Result<void>
    add(Database& database,
        std::span<const PassageId> passages,
        std::span<const std::vector<float>> vectors);

    struct Hit {
        PassageId passage = 0;
        float cosine = 0;
    };
    /// Best first; among equals the older passage. Vectors of other lengths than the query's are
    /// left out. `database` is a reading connection inside a transaction. Safe from any thread.
    Result<std::vector<Hit>>
    search(Database& database, std::span<const float> query, const SearchScope& scope, int limit);

private:
    struct Entry {
        PassageId passage = 0;
        std::uint32_t source = 0; // place in sources_
        float scale = 0;
    };
    struct Origin {
        SourceId source = 0;
        SessionId session = 0;
        std::string kind;
    };
    Result<std::uint32_t> place_of(Database& database, SourceId source);
    Result<void> catch_up(Database& database, std::size_t dimensions);
    std::vector<Hit> scan(
        std::span<const float> query,
        const SearchScope& scope,
        std::span<const SourceId> hidden,
        std::size_t limit) const;

    std::shared_mutex mutex_;
    std::size_t dimensions_ = 0;
    std::int64_t last_row_ = 0;
    std::int64_t removed_ = -1; // counter of deletes when the block was read
    std::vector<Entry> entries_;
    std::vector<std::int8_t> block_;
    std::vector<Origin> sources_;
};

} // namespace storage
