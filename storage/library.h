#pragma once

#include "storage/result.h"
#include "storage/types.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

enum class Access { Read, Write };

/// How a passage search is narrowed; empty lists mean all.
struct SearchScope {
    std::vector<SessionId> sessions;
    std::vector<SourceId> sources;
    std::vector<std::string> kinds;
};

/// Which sessions are listed; empty fields mean all.
struct SessionQuery {
    int limit = 1000;
    int offset = 0;
    std::vector<std::string> kinds = {}; // any source of one of these
    std::string tag = {};                // in any case of letters
    std::string created_from = {};       // UTC, "2026-11-22T09:00:00Z", included
    std::string created_until = {};      // not included
    std::string name = {};               // beginnings of words, all of them, of name or tags
    bool pinned = false;                 // only those
    bool answered = false;               // only those with an answer
};

/// A correction of a transcript, with the passages that change through it: whoever makes passages
/// says which (app/transcript_edit.h).
struct SegmentEdit {
    std::int64_t segment = 0;
    std::optional<std::string> text = {}; // empty: back to what was recognised
    std::string speaker = {};
    std::vector<PassageId> gone = {};
    std::vector<Passage> fresh = {};
};

/// Of a recording, its ends included; by itself all of it.
struct TimeSpan {
    double from_s = -std::numeric_limits<double>::infinity();
    double until_s = std::numeric_limits<double>::infinity();
};

/// What a delete removed.
struct Removed {
    int sessions = 0;
    int sources = 0;
    int passages = 0;
    std::uint64_t media_bytes = 0;
};

/// Bytes on the disk, by what they are. Content that several sources share counts once.
struct Usage {
    std::uint64_t database_bytes = 0;                   // text, index, answers
    std::uint64_t frame_bytes = 0;                      // pictures out of videos
    std::map<std::string, std::uint64_t> bytes_by_kind; // stored copies, by kind of source
    std::uint64_t total_bytes() const;
};

/// One data folder: `percept.sqlite`, `media/` (content-addressed copies and frames), `log/`. One
/// program writes at a time, over all processes (`writer.lock` names it); any number read. Every
/// writing call is durable when it returns (synchronous=FULL) and is all or nothing. Safe from any
/// thread: writes are closures on one writing connection, reads use a read-only one.
class Library {
public:
    /// Creates the folder and the database where Access::Write finds none; migrates older ones
    /// after a backup; adopts or removes what a killed program left. Errors: LibraryInUse (names
    /// the holder), LibraryTooNew and LibraryDamaged (nothing is touched, damaged ones are copied
    /// aside), NoSpace, NotFound (Access::Read and nothing there).
    static Result<std::unique_ptr<Library>>
    open(const std::filesystem::path& data_dir, Access access);
    virtual ~Library() = default;
    virtual const std::filesystem::path& data_dir() const = 0;
    /// What open() found and mended (leftovers removed, files missing), as sentences for the log
    /// and `doctor`.
    virtual const std::vector<std::string>& opening_notes() const = 0;

    // Sessions
    virtual Result<SessionId> create_session(std::string_view name) = 0;
    /// Newest first; pinned ones are where their age puts them.
    virtual Result<std::vector<Session>> sessions(const SessionQuery& query) = 0;
    Result<std::vector<Session>> sessions(int limit = 1000, int offset = 0)
    {
        SessionQuery query;
        query.limit = limit;
        query.offset = offset;
        return sessions(query);
    }
    virtual Result<Session> session(SessionId id) = 0;
    virtual Result<LibraryCounts> library_counts() = 0;
    virtual Result<void> rename_session(SessionId id, std::string_view name) = 0;
    virtual Result<void> set_pinned(SessionId id, bool pinned) = 0;
    /// Instead of those it had: trimmed, each once in any case of letters. Errors: LimitExceeded
    /// (more than 20, or one of more than 60 bytes).
    virtual Result<void> set_tags(SessionId id, std::span<const std::string> tags) = 0;
    virtual Result<std::vector<Tag>> tags() = 0; // by name
    virtual Result<Removed> delete_session(SessionId id) = 0;
    virtual Result<Removed> remove_source(SourceId id) = 0;

    // Deleting that can be undone: from here on no list, search, count or export shows it, and
    // session() and source() answer NotFound; empty_trash() deletes for good. A library opened for
    // writing does that first, so that a killed program leaves nothing behind.
    virtual Result<void> trash_session(SessionId id) = 0;
    virtual Result<void> restore_session(SessionId id) = 0;
    virtual Result<void> trash_source(SourceId id) = 0;
    virtual Result<void> restore_source(SourceId id) = 0;
    virtual Result<Removed> empty_trash() = 0;

    // Sources: begin, then pages, frames and segments as they are read, then finish
    /// Copies `file` into the media folder (reflink where possible, above 2 GB referenced) and adds
    /// a Reading source.
    virtual Result<SourceId>
    begin_source(SessionId session, const std::filesystem::path& file, const Source& described) = 0;
    virtual Result<void> finish_source(const Source& source) = 0; // status, counts, warnings, error
    virtual Result<std::vector<Source>> sources(SessionId session) = 0;
    virtual Result<Source> source(SourceId id) = 0;
    /// Those whose reading never came to an end, in whatever way: a program was killed while it
    /// read them, or one is reading them now. Newest first.
    virtual Result<std::vector<Source>> interrupted_sources() = 0;
    /// The source of this content in that session that is Ready, if any.
    virtual Result<std::optional<Source>>
    find_by_content(SessionId session, std::string_view sha256) = 0;
    /// A readable file with the content of the source: the stored copy, or the original where it
    /// was referenced.
    virtual Result<std::filesystem::path> media_path(SourceId id) = 0;

    /// One page with its passages, in one transaction; replaces what the source had under that
    /// number. Passages get their source from the page, the frame or `source`, whatever their own
    /// field says.
    virtual Result<std::vector<PassageId>>
    add_page(const Page& page, std::span<const Passage> passages) = 0;
    /// `image` is an encoded picture (JPEG), written to the media folder first.
    virtual Result<std::vector<PassageId>> add_frame(
        const Frame& frame,
        std::span<const std::byte> image,
        std::span<const Passage> passages) = 0;
    virtual Result<std::vector<PassageId>> add_segments(
        SourceId source,
        std::span<const Segment> segments,
        std::span<const Passage> passages) = 0;
    virtual Result<void> add_gap(const Gap& gap) = 0;

    virtual Result<Page> page(SourceId source, int number) = 0;
    virtual Result<std::vector<int>> page_numbers(SourceId source) = 0;
    virtual Result<std::vector<Frame>> frames(SourceId source, TimeSpan span) = 0;
    Result<std::vector<Frame>> frames(SourceId source) { return frames(source, {}); }
    /// Those that begin in the span, and the last one that begins before it.
    virtual Result<std::vector<Segment>> segments(SourceId source, TimeSpan span) = 0;
    Result<std::vector<Segment>> segments(SourceId source) { return segments(source, {}); }
    virtual Result<std::vector<Gap>> gaps(SourceId source) = 0;

    /// Text or speaker with the passages, in one transaction; fresh ones wait for their vector.
    /// Citations keep their quote. Errors: NotFound (no such segment), Unavailable (a passage that
    /// is to go has gone: somebody else edited meanwhile; work it out again).
    Result<void> edit_segment(const SegmentEdit& edit) { return edit_segments({&edit, 1}); }
    /// Many lines in one transaction.
    virtual Result<void> edit_segments(std::span<const SegmentEdit> edits) = 0;
    virtual Result<Segment> segment(std::int64_t id) = 0;

    // Search
    /// Unit vectors, kept as 8-bit integers with a scale.
    virtual Result<void> add_vectors(
        std::span<const PassageId> passages,
        std::span<const std::vector<float>> vectors) = 0;
    /// Those in English, oldest first: the starter's vectors know no other language.
    virtual Result<std::vector<Passage>> passages_without_vector(int limit) = 0;
    /// BM25 (k1 1.2, b 0.75) over any of the words; the query is words, never an expression.
    /// idf = ln(1 + (N - n + 0.5) / (n + 0.5)) with N and n of the scope, as document_frequencies()
    /// counts them.
    virtual Result<std::vector<PassageHit>>
    search_words(std::string_view query, const SearchScope& scope, int limit) = 0;
    /// Cosine, exact scan on up to two threads.
    virtual Result<std::vector<PassageHit>>
    search_vectors(std::span<const float> query, const SearchScope& scope, int limit) = 0;
    /// Over what else is text: any of the words, stemmed as English; empty `sessions`: all. Names
    /// (and tags) match by beginnings of words, all of them.
    virtual Result<std::vector<MessageHit>>
    search_messages(std::string_view query, std::span<const SessionId> sessions, int limit) = 0;
    virtual Result<std::vector<NoteHit>>
    search_notes(std::string_view query, std::span<const SessionId> sessions, int limit) = 0;
    virtual Result<std::vector<SessionHit>> search_names(std::string_view query, int limit) = 0;
    /// Files by their names, in the same way; of several versions each.
    virtual Result<std::vector<SourceHit>> search_files(std::string_view query, int limit) = 0;
    virtual Result<Passage> passage(PassageId id) = 0;
    /// All passages of a source in reading order.
    virtual Result<std::vector<Passage>> passages(SourceId source) = 0;
    /// In how many passages of the scope each stem occurs, and how many passages there are; for
    /// idf.
    virtual Result<std::vector<int>> document_frequencies(
        std::span<const std::string> words,
        const SearchScope& scope,
        int* passages_total) = 0;

    // Conversation and results
    /// `nearest` best first.
    virtual Result<MessageId> add_message(
        const Message& message,
        std::span<const Citation> citations,
        std::span<const NearPlace> nearest) = 0;
    Result<MessageId> add_message(const Message& message, std::span<const Citation> citations)
    {
        return add_message(message, citations, {});
    }
    virtual Result<std::vector<Message>> messages(SessionId session) = 0;
    virtual Result<std::vector<Citation>> citations(MessageId message) = 0;
    virtual Result<std::vector<NearPlace>> nearest(MessageId message) = 0; // best first
    /// This message and all later ones of the session.
    virtual Result<void> delete_messages_from(SessionId session, MessageId first) = 0;
    virtual Result<std::int64_t> add_artifact(const Artifact& artifact) = 0;
    virtual Result<std::vector<Artifact>> artifacts(SessionId session) = 0;
    virtual Result<std::int64_t> add_note(const Note& note) = 0;
    virtual Result<std::vector<Note>> notes(SessionId session) = 0;
    virtual Result<void> update_note(std::int64_t id, std::string_view text) = 0;
    virtual Result<void> delete_note(std::int64_t id) = 0;
    virtual Result<std::int64_t> add_marker(const Marker& marker) = 0;
    virtual Result<std::vector<Marker>> markers(SourceId source) = 0;
    virtual Result<void> delete_marker(std::int64_t id) = 0;
    /// Moving a line on replaces its move, moving it back removes it.
    virtual Result<void> move_item(const ItemMove& move) = 0;
    virtual Result<std::vector<ItemMove>> item_moves(SessionId session) = 0; // oldest first

    virtual Result<std::optional<std::string>> setting(std::string_view key) = 0;
    virtual Result<void> set_setting(std::string_view key, std::string_view value) = 0;

    /// One tar file with database and media as they are at this moment; writing goes on meanwhile.
    /// It is checked before it gets its name, and restored by unpacking it into an empty folder.
    /// Bytes written. Errors: AlreadyExists, LibraryDamaged, NoSpace, Cancelled.
    virtual Result<std::uint64_t> backup(
        const std::filesystem::path& file,
        const std::function<void(double)>& progress,
        const std::stop_token& stop) = 0;
    /// quick_check, FTS integrity, every media row has its file; sentences, empty when all is well.
    /// Errors: Cancelled.
    virtual Result<std::vector<std::string>> check(const std::stop_token& stop = {}) = 0;
    virtual Result<Usage> usage() = 0;
    /// Copies everything into a folder that is empty or not there yet, checks it, and lets the old
    /// folder point to it (present_place() in moving.h). Until then the old one stays in use; after
    /// it nothing more is stored through this object (Unavailable), and reading goes on. The old
    /// copy is not deleted. Errors: BadUsage, AlreadyExists, NoSpace, LibraryDamaged, DeviceFailed,
    /// Cancelled: the target is as it was then.
    /// `along` copies what else belongs there (models) before the switch; may be empty.
    virtual Result<void> move_to(
        const std::filesystem::path& target,
        const std::function<Result<void>(const std::filesystem::path& target)>& along,
        const std::function<void(double)>& progress,
        const std::stop_token& stop) = 0;
};

} // namespace storage
