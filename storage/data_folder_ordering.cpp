// Sessions: how the user orders them, corrects what is in them, throws away and takes back.
#include "storage/content_store.h"
#include "storage/data_folder.h"
#include "storage/message_store.h"
#include "storage/passage_index.h"
#include "storage/result_store.h"
#include "storage/session_store.h"
#include "storage/source_store.h"
#include "storage/text_search.h"

#include <fmt/format.h>

namespace storage {

Result<SessionId> DataFolder::create_session(std::string_view name)
{
    return write([&](Database& db) { return SessionStore(db).create(name); });
}

Result<std::vector<Session>> DataFolder::sessions(const SessionQuery& query)
{
    return read([&](Database& db) { return SessionStore(db).list(query); });
}

Result<Session> DataFolder::session(SessionId id)
{
    return read([&](Database& db) { return SessionStore(db).get(id); });
}

Result<LibraryCounts> DataFolder::library_counts()
{
    return read([&](Database& db) { return SessionStore(db).counts(); });
}

Result<void> DataFolder::rename_session(SessionId id, std::string_view name)
{
    return write([&](Database& db) { return SessionStore(db).rename(id, name); });
}

Result<void> DataFolder::set_pinned(SessionId id, bool pinned)
{
    return write([&](Database& db) { return SessionStore(db).set_pinned(id, pinned); });
}

Result<void> DataFolder::set_tags(SessionId id, std::span<const std::string> tags)
{
    return write([&](Database& db) { return SessionStore(db).set_tags(id, tags); });
}

Result<std::vector<Tag>> DataFolder::tags()
{
    return read([&](Database& db) { return SessionStore(db).tags(); });
}

Result<Removed> DataFolder::delete_session(SessionId id)
{
    return remove(fmt::format("session = {}", id), [&](Database& db) -> Result<int> {
        auto sessions = SessionStore(db).remove(fmt::format("id = {}", id));
        if (sessions && *sessions == 0) return no_session(id);
        return sessions;
    });
}

Result<Removed> DataFolder::remove_source(SourceId id)
{
    return remove(fmt::format("id = {}", id), [&](Database& db) -> Result<int> {
        if (auto done = SourceStore(db).remove(id); !done) return tl::unexpected(done.error());
        return 0;
    });
}

Result<void> DataFolder::trash_session(SessionId id)
{
    return write([&](Database& db) { return SessionStore(db).set_trashed(id, true); });
}

Result<void> DataFolder::restore_session(SessionId id)
{
    return write([&](Database& db) { return SessionStore(db).set_trashed(id, false); });
}

Result<void> DataFolder::trash_source(SourceId id)
{
    return write([&](Database& db) { return SourceStore(db).set_trashed(id, true); });
}

Result<void> DataFolder::restore_source(SourceId id)
{
    return write([&](Database& db) { return SourceStore(db).set_trashed(id, false); });
}

Result<Removed> DataFolder::empty_trash()
{
    const auto full = read([&](Database& db) {
        return db.value("SELECT EXISTS (SELECT 1 FROM session WHERE trashed <> 0) "
                        "OR EXISTS (SELECT 1 FROM source WHERE trashed <> 0)");
    });
    if (!full) return tl::unexpected(full.error());
    // Rewriting the word indexes for nothing would take seconds in a large library.
    if (*full == 0) return Removed{};
    return remove("trashed <> 0", [](Database& db) -> Result<int> {
        auto sessions = SessionStore(db).remove("trashed <> 0");
        if (!sessions) return sessions;
        if (auto done = db.run("DELETE FROM source WHERE trashed <> 0"); !done)
            return tl::unexpected(done.error());
        return sessions;
    });
}

template <typename RemoveRows>
Result<Removed> DataFolder::remove(std::string_view sources, RemoveRows remove_rows)
{
    const std::unique_lock files(media_.files());
    std::vector<MediaStore::Stored> gone;
    auto removed = write([&](Database& db) -> Result<Removed> {
        Removed counts;
        const auto count = db.value(fmt::format("SELECT count(*) FROM source WHERE {}", sources));
        if (!count) return tl::unexpected(count.error());
        counts.sources = static_cast<int>(*count);
        PassageIndex index(db);
        const auto passages = index.remove_of(sources);
        if (!passages) return tl::unexpected(passages.error());
        counts.passages = *passages;
        auto forgotten = db.script(fmt::format(
            "DELETE FROM words_file WHERE rowid IN (SELECT id FROM source WHERE {})",
            sources));
        if (!forgotten) return tl::unexpected(forgotten.error());
        const auto sessions = remove_rows(db);
        if (!sessions) return tl::unexpected(sessions.error());
        counts.sessions = *sessions;
        auto unused = MediaStore::forget_unused(db);
        if (!unused) return tl::unexpected(unused.error());
        gone = std::move(*unused);
        if (auto done = index.forget_deleted_words(); !done) return tl::unexpected(done.error());
        return counts;
    });
    if (!removed) return removed;
    for (const MediaStore::Stored& stored : gone)
        if (stored.referenced_path.empty()) removed->media_bytes += stored.size_bytes;
    media_.remove_files(gone);
    // Deleted means gone: the log still holds the old pages until it is emptied.
    if (auto emptied = writer_->empty_log(); !emptied) return tl::unexpected(emptied.error());
    return removed;
}

template <typename Work>
Result<void> DataFolder::remove_text(std::string_view index, Work work)
{
    auto done = write([&](Database& db) -> Result<void> {
        if (auto removed = work(db); !removed) return removed;
        return forget_deleted(db, index);
    });
    if (!done) return done;
    if (auto emptied = writer_->empty_log(); !emptied) return tl::unexpected(emptied.error());
    return {};
}

Result<void> DataFolder::delete_messages_from(SessionId session, MessageId first)
{
    return remove_text("words_message", [&](Database& db) {
        return MessageStore(db).remove_from(session, first);
    });
}

Result<void> DataFolder::update_note(std::int64_t id, std::string_view text)
{
    return write([&](Database& db) { return ResultStore(db).update_note(id, text); });
}

Result<void> DataFolder::delete_note(std::int64_t id)
{
    return remove_text("words_note", [&](Database& db) { return ResultStore(db).remove_note(id); });
}

Result<void> DataFolder::delete_marker(std::int64_t id)
{
    return write([&](Database& db) { return ResultStore(db).remove_marker(id); });
}

Result<void> DataFolder::move_item(const ItemMove& move)
{
    return write([&](Database& db) { return ResultStore(db).move(move); });
}

Result<std::vector<ItemMove>> DataFolder::item_moves(SessionId session)
{
    return read([&](Database& db) { return ResultStore(db).moves(session); });
}

Result<Segment> DataFolder::segment(std::int64_t id)
{
    return read([&](Database& db) { return ContentStore(db).segment(id); });
}

Result<void> DataFolder::edit_segments(std::span<const SegmentEdit> edits)
{
    const auto apply = [](Database& db, const SegmentEdit& edit) -> Result<void> {
        const auto segment = ContentStore(db).segment(edit.segment);
        if (!segment) return tl::unexpected(segment.error());
        if (auto done = ContentStore(db).edit_segment(edit); !done) return done;
        PassageIndex index(db);
        if (!edit.gone.empty()) {
            const auto removed = index.remove(edit.gone);
            if (!removed) return tl::unexpected(removed.error());
            if (*removed != static_cast<int>(edit.gone.size()))
                return fail(ErrorCode::Unavailable, "This transcript was changed meanwhile.");
        }
        const auto added = index.add(segment->source, edit.fresh);
        if (!added) return tl::unexpected(added.error());
        return {};
    };
    return write([&](Database& db) -> Result<void> {
        for (const SegmentEdit& edit : edits)
            if (auto done = apply(db, edit); !done) return done;
        return {};
    });
}

Result<std::vector<MessageHit>>
DataFolder::search_messages(std::string_view query, std::span<const SessionId> sessions, int limit)
{
    return read([&](Database& db) { return TextSearch(db).messages(query, sessions, limit); });
}

Result<std::vector<NoteHit>>
DataFolder::search_notes(std::string_view query, std::span<const SessionId> sessions, int limit)
{
    return read([&](Database& db) { return TextSearch(db).notes(query, sessions, limit); });
}

Result<std::vector<SessionHit>> DataFolder::search_names(std::string_view query, int limit)
{
    return read([&](Database& db) { return TextSearch(db).names(query, limit); });
}

Result<std::vector<SourceHit>> DataFolder::search_files(std::string_view query, int limit)
{
    return read([&](Database& db) { return TextSearch(db).files(query, limit); });
}

} // namespace storage
