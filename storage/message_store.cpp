#include "storage/message_store.h"

#include "storage/clock.h"
#include "storage/packing.h"
#include "storage/text_search.h"

#include <fmt/format.h>

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
    auto marked = unpack_boxes(row.blob(9));
    if (!marked) return tl::unexpected(marked.error());
    citation.marked_boxes = std::move(*marked);
    citation.marked_start_s = row.maybe_real(10);
    citation.marked_end_s = row.maybe_real(11);
    return citation;
}

NearPlace read_near_place(Statement& row)
{
    NearPlace place;
    place.source = row.integer(0);
    place.passage = row.integer(1);
    place.page = row.number(2);
    place.start_s = row.maybe_real(3);
    place.end_s = row.maybe_real(4);
    place.snippet = row.text(5);
    return place;
}

std::optional<PassageId> or_null(PassageId passage)
{
    return passage == 0 ? std::nullopt : std::optional(passage);
}

} // namespace

Message read_message(Statement& row)
{
    Message message;
    message.id = row.integer(0);
    message.session = row.integer(1);
    message.role = static_cast<MessageRole>(row.number(2));
    message.text = row.text(3);
    message.mode = row.text(4);
    message.outcome = row.text(5);
    message.engine = row.text(6);
    message.created = row.text(7);
    message.notes = split_lines(row.text(8));
    message.not_covered = split_lines(row.text(9));
    message.elapsed_s = row.real(10);
    message.new_tokens = row.number(11);
    message.prefill_s = row.real(12);
    message.decode_s = row.real(13);
    return message;
}

Result<MessageId> MessageStore::add(
    const Message& message,
    std::span<const Citation> citations,
    std::span<const NearPlace> nearest)
{
    auto id = database_.insert(
        "INSERT INTO message (session, role, text, mode, outcome, engine, created, "
        "notes, not_covered, elapsed_s, new_tokens, prefill_s, decode_s) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        message.session,
        static_cast<int>(message.role),
        message.text,
        message.mode,
        message.outcome,
        message.engine,
        message.created.empty() ? utc_now() : message.created,
        join_lines(message.notes),
        join_lines(message.not_covered),
        message.elapsed_s,
        message.new_tokens,
        message.prefill_s,
        message.decode_s);
    if (!id) return id;
    if (auto done = index_text(database_, "message", *id, message.text); !done)
        return tl::unexpected(done.error());
    for (const Citation& citation : citations) {
        const auto boxes = pack(citation.boxes);
        const auto marked_boxes = pack(citation.marked_boxes);
        auto done = database_.run(
            "INSERT INTO citation (message, n, source, passage, page, boxes, start_s, end_s, "
            "quote, marked_boxes, marked_start_s, marked_end_s) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *id,
            citation.n,
            citation.source,
            or_null(citation.passage),
            citation.page,
            boxes,
            citation.start_s,
            citation.end_s,
            citation.quote,
            marked_boxes,
            citation.marked_start_s,
            citation.marked_end_s);
        if (!done) return tl::unexpected(done.error());
    }
    int rank = 0;
    for (const NearPlace& place : nearest) {
        auto done = database_.run(
            "INSERT INTO nearest (message, rank, source, passage, page, start_s, end_s, snippet) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *id,
            ++rank,
            place.source,
            or_null(place.passage),
            place.page,
            place.start_s,
            place.end_s,
            place.snippet);
        if (!done) return tl::unexpected(done.error());
    }
    return id;
}

Result<std::vector<Message>> MessageStore::list(SessionId session)
{
    return database_.rows(
        fmt::format("SELECT {} FROM message WHERE session = ? ORDER BY id", kMessageColumns),
        read_message,
        session);
}

Result<void> MessageStore::remove_from(SessionId session, MessageId first)
{
    const auto which = fmt::format("session = {} AND id >= {}", session, first);
    if (auto done = forget_text(database_, "message", which); !done) return done;
    if (auto done =
            database_.run("DELETE FROM message WHERE session = ? AND id >= ?", session, first);
        !done)
        return done;
    if (database_.changes() == 0)
        return fail(ErrorCode::NotFound, fmt::format("There is no message {}.", first));
    return {};
}

Result<std::vector<Citation>> MessageStore::citations(MessageId message)
{
    auto rows = database_.rows(
        "SELECT message, n, source, passage, page, boxes, start_s, end_s, quote, "
        "marked_boxes, marked_start_s, marked_end_s FROM citation "
        "WHERE message = ? AND source NOT IN (SELECT id FROM source WHERE trashed <> 0) "
        "ORDER BY n",
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

Result<std::vector<NearPlace>> MessageStore::nearest(MessageId message)
{
    return database_.rows(
        "SELECT source, passage, page, start_s, end_s, snippet FROM nearest "
        "WHERE message = ? AND source NOT IN (SELECT id FROM source WHERE trashed <> 0) "
        "ORDER BY rank",
        read_near_place,
        message);
}

} // namespace storage
