#pragma once

#include "storage/database.h"
#include "storage/types.h"

namespace storage {

/// Questions and answers with their citations. Works on the connection it is given, inside the
/// caller's transaction.
class MessageStore {
public:
    explicit MessageStore(Database& database) : database_(database) {}
    Result<MessageId> add(const Message& message, std::span<const Citation> citations);
    Result<std::vector<Message>> list(SessionId session);
    Result<std::vector<Citation>> citations(MessageId message);

private:
    Database& database_;
};

} // namespace storage
