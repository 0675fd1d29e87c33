#pragma once

#include "storage/database.h"
#include "storage/types.h"

namespace storage {

/// For a query over `message`, read by read_message().
inline constexpr std::string_view kMessageColumns =
    "message.id, message.session, role, message.text, mode, outcome, engine, message.created";
Message read_message(Statement& row);

/// Questions and answers with their citations. Works on the connection it is given, inside the
/// caller's transaction.
class MessageStore {
public:
    explicit MessageStore(Database& database) : database_(database) {}
    Result<MessageId> add(const Message& message, std::span<const Citation> citations);
    Result<std::vector<Message>> list(SessionId session);
    Result<std::vector<Citation>> citations(MessageId message);
    Result<void> remove_from(SessionId session, MessageId first);

private:
    Database& database_;
};

} // namespace storage
