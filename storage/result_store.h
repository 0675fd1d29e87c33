#pragma once

#include "storage/database.h"
#include "storage/types.h"

#include <optional>

namespace storage {

/// Summaries and the like, the user's notes and markers, settings. Works on the connection it is
/// given, inside the caller's transaction.
class ResultStore {
public:
    explicit ResultStore(Database& database) : database_(database) {}
    Result<std::int64_t> add(const Artifact& artifact);
    Result<std::int64_t> add(const Note& note);
    Result<std::int64_t> add(const Marker& marker);
    Result<std::vector<Artifact>> artifacts(SessionId session);
    Result<std::vector<Note>> notes(SessionId session);
    Result<std::vector<Marker>> markers(SourceId source);
    Result<std::optional<std::string>> setting(std::string_view key);
    Result<void> set_setting(std::string_view key, std::string_view value);

private:
    Database& database_;
};

} // namespace storage
