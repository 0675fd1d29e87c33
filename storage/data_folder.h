#pragma once

#include "storage/library.h"
#include "storage/media_store.h"
#include "storage/reader_pool.h"
#include "storage/vector_index.h"
#include "storage/writer.h"
#include "storage/writer_lock.h"

#include <optional>

namespace storage {

/// The Library over a folder: each call is one transaction of one or more stores.
class DataFolder final : public Library {
public:
    static Result<std::unique_ptr<DataFolder>>
    open(const std::filesystem::path& data_dir, Access access);

    const std::filesystem::path& data_dir() const override { return data_dir_; }
    const std::vector<std::string>& opening_notes() const override { return notes_; }

    Result<SessionId> create_session(std::string_view name) override;
    using Library::sessions;
    Result<std::vector<Session>> sessions(const SessionQuery& query) override;
    Result<Session> session(SessionId id) override;
    Result<LibraryCounts> library_counts() override;
    Result<void> rename_session(SessionId id, std::string_view name) override;
    Result<void> set_pinned(SessionId id, bool pinned) override;
    Result<void> set_tags(SessionId id, std::span<const std::string> tags) override;
    Result<std::vector<Tag>> tags() override;
    Result<Removed> delete_session(SessionId id) override;
    Result<Removed> remove_source(SourceId id) override;
    Result<void> trash_session(SessionId id) override;
    Result<void> restore_session(SessionId id) override;
    Result<void> trash_source(SourceId id) override;
    Result<void> restore_source(SourceId id) override;
    Result<Removed> empty_trash() override;

    Result<SourceId> begin_source(
        SessionId session,
        const std::filesystem::path& file,
        const Source& described) override;
    Result<void> finish_source(const Source& source) override;
    Result<std::vector<Source>> sources(SessionId session) override;
    Result<Source> source(SourceId id) override;
    Result<std::vector<Source>> interrupted_sources() override;
    Result<std::optional<Source>>
    find_by_content(SessionId session, std::string_view sha256) override;
    Result<std::filesystem::path> media_path(SourceId id) override;

    Result<std::vector<PassageId>>
    add_page(const Page& page, std::span<const Passage> passages) override;
    Result<std::vector<PassageId>> add_frame(
        const Frame& frame,
        std::span<const std::byte> image,
        std::span<const Passage> passages) override;
    Result<std::vector<PassageId>> add_segments(
        SourceId source,
        std::span<const Segment> segments,
        std::span<const Passage> passages) override;
    Result<void> add_gap(const Gap& gap) override;
    Result<Page> page(SourceId source, int number) override;
    Result<std::vector<int>> page_numbers(SourceId source) override;
    Result<std::vector<Frame>> frames(SourceId source, TimeSpan span) override;
    Result<std::vector<Segment>> segments(SourceId source, TimeSpan span) override;
    Result<std::vector<Gap>> gaps(SourceId source) override;
    Result<void> edit_segments(std::span<const SegmentEdit> edits) override;
    Result<Segment> segment(std::int64_t id) override;

    Result<void> add_vectors(
        std::span<const PassageId> passages,
        std::span<const std::vector<float>> vectors) override;
    Result<std::vector<Passage>> passages_without_vector(int limit) override;
    Result<std::vector<PassageHit>>
    search_words(std::string_view query, const SearchScope& scope, int limit) override;
    Result<std::vector<PassageHit>>
    search_vectors(std::span<const float> query, const SearchScope& scope, int limit) override;
    Result<std::vector<MessageHit>> search_messages(
        std::string_view query,
        std::span<const SessionId> sessions,
        int limit) override;
    Result<std::vector<NoteHit>>
    search_notes(std::string_view query, std::span<const SessionId> sessions, int limit) override;
    Result<std::vector<SessionHit>> search_names(std::string_view query, int limit) override;
    Result<std::vector<SourceHit>> search_files(std::string_view query, int limit) override;
    Result<Passage> passage(PassageId id) override;
    Result<std::vector<Passage>> passages(SourceId source) override;
    Result<std::vector<int>> document_frequencies(
        std::span<const std::string> words,
        const SearchScope& scope,
        int* passages_total) override;

    Result<MessageId> add_message(
        const Message& message,
        std::span<const Citation> citations,
        std::span<const NearPlace> nearest) override;
    Result<std::vector<Message>> messages(SessionId session) override;
    Result<std::vector<Citation>> citations(MessageId message) override;
    Result<std::vector<NearPlace>> nearest(MessageId message) override;
    Result<void> delete_messages_from(SessionId session, MessageId first) override;
    Result<std::int64_t> add_artifact(const Artifact& artifact) override;
    Result<std::vector<Artifact>> artifacts(SessionId session) override;
    Result<std::int64_t> add_note(const Note& note) override;
    Result<std::vector<Note>> notes(SessionId session) override;
    Result<void> update_note(std::int64_t id, std::string_view text) override;
    Result<void> delete_note(std::int64_t id) override;
    Result<std::int64_t> add_marker(const Marker& marker) override;
    Result<std::vector<Marker>> markers(SourceId source) override;
    Result<void> delete_marker(std::int64_t id) override;
    Result<void> move_item(const ItemMove& move) override;
    Result<std::vector<ItemMove>> item_moves(SessionId session) override;
    Result<std::optional<std::string>> setting(std::string_view key) override;
    Result<void> set_setting(std::string_view key, std::string_view value) override;

    Result<std::uint64_t> backup(
        const std::filesystem::path& file,
        const std::function<void(double)>& progress,
        const std::stop_token& stop) override;
    Result<std::vector<std::string>> check(const std::stop_token& stop) override;
    Result<Usage> usage() override;
    Result<void> move_to(
        const std::filesystem::path& target,
        const std::function<Result<void>(const std::filesystem::path& target)>& along,
        const std::function<void(double)>& progress,
        const std::stop_token& stop) override;

private:
    explicit DataFolder(const std::filesystem::path& data_dir);
    Result<void> open_for_writing();
    Result<void> open_for_reading();
    /// A damaged file is copied aside before the error is passed on.
    Error with_copy_aside(const Error& error) const;
    Result<void> back_up_before_migration(int version);

    template <typename Work>
    auto write(Work work) -> decltype(work(std::declval<Database&>()))
    {
        if (!writer_)
            return fail(
                ErrorCode::BadUsage,
                "The library was opened for reading; nothing can be stored.");
        return writer_->write(std::move(work));
    }
    template <typename Work>
    auto read(Work work) -> decltype(work(std::declval<Database&>()))
    {
        return readers_.read(std::move(work));
    }
    /// Deletes the sources that the SQL condition names with index entries and files; `remove_rows`
    /// takes out the rows above the passages and says how many sessions went.
    template <typename RemoveRows>
    Result<Removed> remove(std::string_view sources, RemoveRows remove_rows);
    /// Deletes text that an index of its own holds, and every trace of it.
    template <typename Work>
    Result<void> remove_text(std::string_view index, Work work);
    /// After a failed transaction: the file that was stored for it goes unless a row names it or
    /// may still come to.
    void drop_unless_used(const MediaStore::Stored& stored);

    std::filesystem::path data_dir_;
    std::filesystem::path file_;
    std::vector<std::string> notes_;
    // Closed from the bottom up: readers first, then the writer, which checkpoints, then the lock
    // is given back.
    std::optional<WriterLock> lock_;
    std::unique_ptr<Writer> writer_;
    ReaderPool readers_;
    MediaStore media_;
    VectorIndex vectors_;
};

} // namespace storage
