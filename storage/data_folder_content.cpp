// What sources hold, search, conversation and results.
#include "storage/content_store.h"
#include "storage/data_folder.h"
#include "storage/message_store.h"
#include "storage/passage_index.h"
#include "storage/result_store.h"
#include "storage/word_search.h"

namespace storage {

Result<std::vector<PassageId>>
DataFolder::add_page(const Page& page, std::span<const Passage> passages)
{
    return write([&](Database& db) -> Result<std::vector<PassageId>> {
        PassageIndex index(db);
        const auto there = db.value(
            "SELECT count(*) FROM page WHERE source = ? AND number = ?",
            page.source,
            page.number);
        if (!there) return tl::unexpected(there.error());
        if (*there > 0)
            if (auto done = index.remove_page(page.source, page.number); !done)
                return tl::unexpected(done.error());
        if (auto done = ContentStore(db).add_page(page); !done) return tl::unexpected(done.error());
        return index.add(page.source, passages);
    });
}

Result<std::vector<PassageId>> DataFolder::add_frame(
    const Frame& frame,
    std::span<const std::byte> image,
    std::span<const Passage> passages)
{
    std::shared_lock files(media_.files());
    const auto stored = media_.add(image);
    if (!stored) return tl::unexpected(stored.error());
    auto ids = write([&](Database& db) -> Result<std::vector<PassageId>> {
        if (auto done = MediaStore::record(db, *stored); !done) return tl::unexpected(done.error());
        if (auto done = ContentStore(db).add_frame(frame, stored->sha256); !done)
            return tl::unexpected(done.error());
        return PassageIndex(db).add(frame.source, passages);
    });
    files.unlock();
    if (!ids) drop_unless_used(*stored);
    return ids;
}

Result<std::vector<PassageId>> DataFolder::add_segments(
    SourceId source,
    std::span<const Segment> segments,
    std::span<const Passage> passages)
{
    return write([&](Database& db) -> Result<std::vector<PassageId>> {
        if (auto done = ContentStore(db).add_segments(source, segments); !done)
            return tl::unexpected(done.error());
        return PassageIndex(db).add(source, passages);
    });
}

Result<void> DataFolder::add_gap(const Gap& gap)
{
    return write([&](Database& db) { return ContentStore(db).add_gap(gap); });
}

Result<Page> DataFolder::page(SourceId source, int number)
{
    return read([&](Database& db) { return ContentStore(db).page(source, number); });
}

Result<std::vector<int>> DataFolder::page_numbers(SourceId source)
{
    return read([&](Database& db) { return ContentStore(db).page_numbers(source); });
}

Result<std::vector<Frame>> DataFolder::frames(SourceId source, TimeSpan span)
{
    return read([&](Database& db) { return ContentStore(db).frames(source, span); });
}

Result<std::vector<Segment>> DataFolder::segments(SourceId source, TimeSpan span)
{
    return read([&](Database& db) { return ContentStore(db).segments(source, span); });
}

Result<std::vector<Gap>> DataFolder::gaps(SourceId source)
{
    return read([&](Database& db) { return ContentStore(db).gaps(source); });
}

Result<void> DataFolder::add_vectors(
    std::span<const PassageId> passages,
    std::span<const std::vector<float>> vectors)
{
    return write([&](Database& db) { return VectorIndex::add(db, passages, vectors); });
}

Result<std::vector<Passage>> DataFolder::passages_without_vector(int limit)
{
    return read([&](Database& db) { return PassageIndex(db).without_vector(limit); });
}

Result<std::vector<PassageHit>>
DataFolder::search_words(std::string_view query, const SearchScope& scope, int limit)
{
    return read([&](Database& db) { return WordSearch(db).search(query, scope, limit); });
}

Result<std::vector<PassageHit>>
DataFolder::search_vectors(std::span<const float> query, const SearchScope& scope, int limit)
{
    return read([&](Database& db) -> Result<std::vector<PassageHit>> {
        const auto hits = vectors_.search(db, query, scope, limit);
        if (!hits) return tl::unexpected(hits.error());
        std::vector<PassageHit> found;
        for (const VectorIndex::Hit& hit : *hits) {
            auto passage = PassageIndex(db).get(hit.passage);
            // The block may be a moment newer than this connection's snapshot.
            if (!passage && passage.error().code == ErrorCode::NotFound) continue;
            if (!passage) return tl::unexpected(passage.error());
            found.push_back({std::move(*passage), hit.cosine});
        }
        return found;
    });
}

Result<Passage> DataFolder::passage(PassageId id)
{
    return read([&](Database& db) { return PassageIndex(db).get(id); });
}

Result<std::vector<Passage>> DataFolder::passages(SourceId source)
{
    return read([&](Database& db) { return PassageIndex(db).list(source); });
}

Result<std::vector<int>> DataFolder::document_frequencies(
    std::span<const std::string> words,
    const SearchScope& scope,
    int* passages_total)
{
    return read([&](Database& db) {
        return WordSearch(db).document_frequencies(words, scope, passages_total);
    });
}

Result<MessageId> DataFolder::add_message(
    const Message& message,
    std::span<const Citation> citations,
    std::span<const NearPlace> nearest)
{
    return write([&](Database& db) { return MessageStore(db).add(message, citations, nearest); });
}

Result<std::vector<Message>> DataFolder::messages(SessionId session)
{
    return read([&](Database& db) { return MessageStore(db).list(session); });
}

Result<std::vector<Citation>> DataFolder::citations(MessageId message)
{
    return read([&](Database& db) { return MessageStore(db).citations(message); });
}

Result<std::vector<NearPlace>> DataFolder::nearest(MessageId message)
{
    return read([&](Database& db) { return MessageStore(db).nearest(message); });
}

Result<std::int64_t> DataFolder::add_artifact(const Artifact& artifact)
{
    return write([&](Database& db) { return ResultStore(db).add(artifact); });
}

Result<std::vector<Artifact>> DataFolder::artifacts(SessionId session)
{
    return read([&](Database& db) { return ResultStore(db).artifacts(session); });
}

Result<std::int64_t> DataFolder::add_note(const Note& note)
{
    return write([&](Database& db) { return ResultStore(db).add(note); });
}

Result<std::vector<Note>> DataFolder::notes(SessionId session)
{
    return read([&](Database& db) { return ResultStore(db).notes(session); });
}

Result<std::int64_t> DataFolder::add_marker(const Marker& marker)
{
    return write([&](Database& db) { return ResultStore(db).add(marker); });
}

Result<std::vector<Marker>> DataFolder::markers(SourceId source)
{
    return read([&](Database& db) { return ResultStore(db).markers(source); });
}

Result<std::optional<std::string>> DataFolder::setting(std::string_view key)
{
    return read([&](Database& db) { return ResultStore(db).setting(key); });
}

Result<void> DataFolder::set_setting(std::string_view key, std::string_view value)
{
    return write([&](Database& db) { return ResultStore(db).set_setting(key, value); });
}

} // namespace storage
