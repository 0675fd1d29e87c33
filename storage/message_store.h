#pragma once

#include "storage/database.h"
#include "storage/types.h"

namespace storage {

/// For a query over `message`, read by read_message().
inline constexpr std::string_view kMessageColumns =
    "message.id, message.session, role, message.text, mode, outcome, engine, message.created, "
    "notes, not_covered, elapsed_s, new_tokens, prefill_s, decode_s";
inline constexpr int kMessageColumnCount = 14;
Message read_message(Statement& row);

/// Questions and answers with their citations and near places. Works on the connection it is given,
/// inside the caller's transaction.
class MessageStore {
public:
    explicit MessageStore(Database& database) : database_(database) {}
    Result<MessageId>
    add(const Message& message,
        std::span<const Citation> citations,
        std::span<const NearPlace> nearest);
    Result<std::vector<Message>> list(SessionId session);
    Result<std::vector<Citation>> citations(MessageId message);
    Result<std::vector<NearPlace>> nearest(MessageId message);
    Result<void> remove_from(SessionId session, MessageId first);

private:
    Database& database_;
};

} // namespace storage
