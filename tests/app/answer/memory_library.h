#pragma once

#include "storage/library.h"

#include <map>
#include <string>
#include <vector>

namespace tests {

/// storage::Library in memory, for what reads one: pages, segments, passages, both searches. What
/// answers do not need (backup, deleting, messages) answers Unavailable.
class MemoryLibrary : public storage::Library {
public:
    const std::filesystem::path& data_dir() const override { return data_dir_; }
    const std::vector<std::string>& opening_notes() const override { return notes_on_opening_; }

    storage::Result<storage::SessionId> create_session(std::string_view name) override;
    using Library::sessions;
    storage::Result<std::vector<storage::Session>>
    sessions(const storage::SessionQuery& query) override;
    storage::Result<storage::Session> session(storage::SessionId id) override;
    storage::Result<storage::LibraryCounts> library_counts() override;
    storage::Result<void> rename_session(storage::SessionId id, std::string_view name) override;
    storage::Result<void> set_pinned(storage::SessionId id, bool pinned) override;
    storage::Result<void>
    set_tags(storage::SessionId id, std::span<const std::string> tags) override;
    storage::Result<std::vector<storage::Tag>> tags() override;
    storage::Result<storage::Removed> delete_session(storage::SessionId id) override;
    storage::Result<storage::Removed> remove_source(storage::SourceId id) override;
    storage::Result<void> trash_session(storage::SessionId id) override;
    storage::Result<void> restore_session(storage::SessionId id) override;
    storage::Result<void> trash_source(storage::SourceId id) override;
    storage::Result<void> restore_source(storage::SourceId id) override;
    storage::Result<storage::Removed> empty_trash() override;

    storage::Result<storage::SourceId> begin_source(
        storage::SessionId session,
        const std::filesystem::path& file,
        const storage::Source& described) override;
    storage::Result<void> finish_source(const storage::Source& source) override;
    storage::Result<std::vector<storage::Source>> sources(storage::SessionId session) override;
    storage::Result<storage::Source> source(storage::SourceId id) override;
    storage::Result<std::vector<storage::Source>> interrupted_sources() override;
    storage::Result<std::optional<storage::Source>>
    find_by_content(storage::SessionId session, std::string_view sha256) override;
    storage::Result<std::filesystem::path> media_path(storage::SourceId id) override;

    storage::Result<std::vector<storage::PassageId>>
    add_page(const storage::Page& page, std::span<const storage::Passage> passages) override;
    storage::Result<std::vector<storage::PassageId>> add_frame(
        const storage::Frame& frame,
        std::span<const std::byte> image,
        std::span<const storage::Passage> passages) override;
    storage::Result<std::vector<storage::PassageId>> add_segments(
        storage::SourceId source,
        std::span<const storage::Segment> segments,
        std::span<const storage::Passage> passages) override;
    storage::Result<void> add_gap(const storage::Gap& gap) override;

    storage::Result<storage::Page> page(storage::SourceId source, int number) override;
    storage::Result<std::vector<int>> page_numbers(storage::SourceId source) override;
    storage::Result<std::vector<storage::Frame>>
    frames(storage::SourceId source, storage::TimeSpan span) override;
    storage::Result<std::vector<storage::Segment>>
    segments(storage::SourceId source, storage::TimeSpan span) override;
    using Library::frames;
    using Library::segments;
    storage::Result<std::vector<storage::Gap>> gaps(storage::SourceId source) override;
    storage::Result<void> edit_segments(std::span<const storage::SegmentEdit> edits) override;
    storage::Result<storage::Segment> segment(std::int64_t id) override;

    storage::Result<void> add_vectors(
        std::span<const storage::PassageId> passages,
        std::span<const std::vector<float>> vectors) override;
    storage::Result<std::vector<storage::Passage>> passages_without_vector(int limit) override;
    storage::Result<std::vector<storage::PassageHit>>
    search_words(std::string_view query, const storage::SearchScope& scope, int limit) override;
    storage::Result<std::vector<storage::PassageHit>> search_vectors(
        std::span<const float> query,
        const storage::SearchScope& scope,
        int limit) override;
    storage::Result<std::vector<storage::MessageHit>> search_messages(
        std::string_view query,
        std::span<const storage::SessionId> sessions,
        int limit) override;
    storage::Result<std::vector<storage::NoteHit>> search_notes(
        std::string_view query,
        std::span<const storage::SessionId> sessions,
        int limit) override;
    storage::Result<std::vector<storage::SessionHit>>
    search_names(std::string_view query, int limit) override;
    storage::Result<std::vector<storage::SourceHit>>
    search_files(std::string_view query, int limit) override;
    storage::Result<storage::Passage> passage(storage::PassageId id) override;
    storage::Result<std::vector<storage::Passage>> passages(storage::SourceId source) override;
    storage::Result<std::vector<int>> document_frequencies(
        std::span<const std::string> words,
        const storage::SearchScope& scope,
        int* passages_total) override;

    storage::Result<storage::MessageId> add_message(
        const storage::Message& message,
        std::span<const storage::Citation> citations,
        std::span<const storage::NearPlace> nearest) override;
    storage::Result<std::vector<storage::NearPlace>> nearest(storage::MessageId message) override;
    storage::Result<std::vector<storage::Message>> messages(storage::SessionId session) override;
    storage::Result<std::vector<storage::Citation>> citations(storage::MessageId message) override;
    storage::Result<void>
    delete_messages_from(storage::SessionId session, storage::MessageId first) override;
    storage::Result<std::int64_t> add_artifact(const storage::Artifact& artifact) override;
    storage::Result<std::vector<storage::Artifact>> artifacts(storage::SessionId session) override;
    storage::Result<std::int64_t> add_note(const storage::Note& note) override;
    storage::Result<std::vector<storage::Note>> notes(storage::SessionId session) override;
    storage::Result<void> update_note(std::int64_t id, std::string_view text) override;
    storage::Result<void> delete_note(std::int64_t id) override;
    storage::Result<std::int64_t> add_marker(const storage::Marker& marker) override;
    storage::Result<std::vector<storage::Marker>> markers(storage::SourceId source) override;
    storage::Result<void> delete_marker(std::int64_t id) override;
    storage::Result<void> move_item(const storage::ItemMove& move) override;
    storage::Result<std::vector<storage::ItemMove>> item_moves(storage::SessionId session) override;
    storage::Result<std::optional<std::string>> setting(std::string_view key) override;
    storage::Result<void> set_setting(std::string_view key, std::string_view value) override;
    storage::Result<std::uint64_t> backup(
        const std::filesystem::path& file,
        const std::function<void(double)>& progress,
        const std::stop_token& stop) override;
    storage::Result<std::vector<std::string>> check(const std::stop_token& stop) override;
    storage::Result<storage::Usage> usage() override;
    storage::Result<void> move_to(
        const std::filesystem::path& target,
        const std::function<storage::Result<void>(const std::filesystem::path& target)>& along,
        const std::function<void(double)>& progress,
        const std::stop_token& stop) override;
    /// By all calls of segments() together.
    std::size_t segments_read() const { return segments_read_; }

private:
    struct Indexed {
        storage::Passage passage;
        std::map<std::string, int> stems;
        int length = 0;
        std::vector<float> vector;
    };
    std::vector<storage::PassageId> add(std::span<const storage::Passage> passages);
    bool inside(const Indexed& passage, const storage::SearchScope& scope) const;

    std::filesystem::path data_dir_;
    std::vector<std::string> notes_on_opening_;
    std::vector<storage::Session> sessions_;
    std::vector<storage::Source> sources_;
    std::vector<storage::Page> pages_;
    std::vector<storage::Frame> frames_;
    std::vector<storage::Segment> segments_;
    std::vector<storage::Gap> gaps_;
    std::vector<storage::Marker> markers_;
    std::vector<storage::Note> notes_;
    std::vector<storage::ItemMove> moves_;
    std::vector<Indexed> passages_; // id is position + 1
    std::size_t segments_read_ = 0;
};

} // namespace tests
