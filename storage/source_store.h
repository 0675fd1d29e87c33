#pragma once

#include "storage/database.h"
#include "storage/types.h"

#include <optional>

namespace storage {

/// Rows of `source`. Works on the connection it is given, inside the caller's transaction.
class SourceStore {
public:
    explicit SourceStore(Database& database) : database_(database) {}
    /// A row in state Reading. `described.sha256` names its media row. The version counts the
    /// different contents that the session has had under this path.
    Result<SourceId> begin(SessionId session, const Source& described);
    Result<void> finish(const Source& source);
    Result<std::vector<Source>> list(SessionId session);
    Result<Source> get(SourceId id);
    Result<std::optional<Source>> find_ready(SessionId session, std::string_view sha256);
    Result<std::vector<Source>> interrupted();
    Result<void> remove(SourceId id);
    /// Hides the source, or shows it again.
    Result<void> set_trashed(SourceId id, bool trashed);
    /// Sources that a program was reading when it ended become Partial, with a warning. How many.
    Result<int> close_interrupted();

private:
    Database& database_;
};

} // namespace storage
