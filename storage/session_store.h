#pragma once

#include "storage/database.h"
#include "storage/library.h"

namespace storage {

/// NotFound, and how to see which there are.
tl::unexpected<Error> no_session(SessionId id);

/// Rows of `session`. Works on the connection it is given, inside the caller's transaction.
class SessionStore {
public:
    explicit SessionStore(Database& database) : database_(database) {}
    Result<SessionId> create(std::string_view name);
    Result<std::vector<Session>> list(const SessionQuery& query); // newest first
    Result<LibraryCounts> counts();
    Result<Session> get(SessionId id);
    Result<void> rename(SessionId id, std::string_view name);
    Result<void> set_pinned(SessionId id, bool pinned);
    Result<void> set_tags(SessionId id, std::span<const std::string> tags);
    Result<std::vector<Tag>> tags();
    /// Hides the session with its sources, or shows them again.
    Result<void> set_trashed(SessionId id, bool trashed);
    /// The rows that the SQL condition names and all that hangs on them, except passages and media:
    /// see PassageIndex and MediaStore. How many.
    Result<int> remove(std::string_view condition);

private:
    /// Errors: NotFound where no row is changed.
    template <typename... Values>
    Result<void> change(std::string_view sql, SessionId id, const Values&... values);

    Database& database_;
};

} // namespace storage
