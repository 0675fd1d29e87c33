#pragma once

#include "storage/database.h"
#include "storage/types.h"

namespace storage {

/// Rows of `session`. Works on the connection it is given, inside the caller's transaction.
class SessionStore {
public:
    explicit SessionStore(Database& database) : database_(database) {}
    Result<SessionId> create(std::string_view name);
    Result<std::vector<Session>> list(int limit, int offset); // newest first
    Result<Session> get(SessionId id);
    Result<void> rename(SessionId id, std::string_view name);
    /// The row and all that hangs on it, except word index entries and media: see PassageIndex and
    /// MediaStore.
    Result<void> remove(SessionId id);

private:
    Database& database_;
};

} // namespace storage
