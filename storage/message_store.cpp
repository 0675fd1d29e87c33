#include "storage/message_store.h"

#include "storage/clock.h"
#include "storage/packing.h"

namespace storage {
namespace {

Result<Citation> read_citation(Statement& row)
{
    Citation citation;
    citation.message = row.integer(0);
    citation.n = row.number(1);
    citation.source = row.integer(2);
    citation.passage = row.integer(3);
    citation.page = row.number(4);
    auto boxes = unpack_boxes(row.blob(5));
    if (!boxes) return tl::unexpected(boxes.error());
    citation.boxes = std::move(*boxes);
    citation.start_s = row.maybe_real(6);
    citation.end_s = row.maybe_real(7);
    citation.quote = row.text(8);
    return citation;
}

} // namespace

Result<MessageId> MessageStore::add(const Message& message, std::span<const Citation> citations)
{
    auto id = database_.insert(
        "INSERT INTO message (session, role, text, mode, outcome, engine, created) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        message.session,
        static_cast<int>(message.role),
        message.text,
        message.mode,
        message.outcome,
        message.engine,
        message.created.empty() ? utc_now() : message.created);
    if (!id) return id;
    for (const Citation& citation : citations) {
        const auto boxes = pack(citation.boxes);
        const auto passage = citation.passage == 0 ? std::nullopt : std::optional(citation.passage);
        auto done = database_.run(
            "INSERT INTO citation (message, n, source, passage, page, boxes, start_s, end_s, "
            "quote) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *id,
            citation.n,
            citation.source,
            passage,
            citation.page,
            boxes,
            citation.start_s,
            citation.end_s,
            citation.quote);
        if (!done) return tl::unexpected(done.error());
    }
    return id;
}

Result<std::vector<Message>> MessageStore::list(SessionId session)
{
    return database_.rows(
        "SELECT id, session, role, text, mode, outcome, engine, created FROM message "
        "WHERE session = ? ORDER BY id",
        [](Statement& row) {
            Message message;
            message.id = row.integer(0);
            message.session = row.integer(1);
            message.role = static_cast<MessageRole>(row.number(2));
            message.text = row.text(3);
            message.mode = row.text(4);
            message.outcome = row.text(5);
            message.engine = row.text(6);
            message.created = row.text(7);
            return message;
        },
        session);
}

Result<std::vector<Citation>> MessageStore::citations(MessageId message)
{
    auto rows = database_.rows(
        "SELECT message, n, source, passage, page, boxes, start_s, end_s, quote FROM citation "
        "WHERE message = ? ORDER BY n",
        read_citation,
        message);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Citation> citations;
    for (auto& row : *rows) {
        if (!row) return tl::unexpected(row.error());
        citations.push_back(std::move(*row));
    }
    return citations;
}

} // namespace storage
