// What answers do not need of a library.

#include "tests/app/answer/memory_library.h"

namespace tests {

using storage::Result;

namespace {

auto unavailable()
{
    return storage::fail(
        storage::ErrorCode::Unavailable,
        "The library in memory does not do this.");
}

} // namespace

Result<storage::LibraryCounts> MemoryLibrary::library_counts()
{
    return unavailable();
}
Result<std::vector<storage::Source>> MemoryLibrary::interrupted_sources()
{
    return unavailable();
}
Result<void> MemoryLibrary::set_pinned(storage::SessionId, bool)
{
    return unavailable();
}
Result<void> MemoryLibrary::set_tags(storage::SessionId, std::span<const std::string>)
{
    return unavailable();
}
Result<std::vector<storage::Tag>> MemoryLibrary::tags()
{
    return unavailable();
}
Result<void> MemoryLibrary::trash_session(storage::SessionId)
{
    return unavailable();
}
Result<void> MemoryLibrary::restore_session(storage::SessionId)
{
    return unavailable();
}
Result<void> MemoryLibrary::trash_source(storage::SourceId)
{
    return unavailable();
}
Result<void> MemoryLibrary::restore_source(storage::SourceId)
{
    return unavailable();
}
Result<storage::Removed> MemoryLibrary::empty_trash()
{
    return unavailable();
}
Result<void> MemoryLibrary::edit_segments(std::span<const storage::SegmentEdit>)
{
    return unavailable();
}
Result<storage::Segment> MemoryLibrary::segment(std::int64_t)
{
    return unavailable();
}
Result<std::vector<storage::MessageHit>>
MemoryLibrary::search_messages(std::string_view, std::span<const storage::SessionId>, int)
{
    return unavailable();
}
Result<std::vector<storage::NoteHit>>
MemoryLibrary::search_notes(std::string_view, std::span<const storage::SessionId>, int)
{
    return unavailable();
}
Result<std::vector<storage::SessionHit>> MemoryLibrary::search_names(std::string_view, int)
{
    return unavailable();
}
Result<std::vector<storage::SourceHit>> MemoryLibrary::search_files(std::string_view, int)
{
    return unavailable();
}
Result<void> MemoryLibrary::delete_messages_from(storage::SessionId, storage::MessageId)
{
    return unavailable();
}
Result<void> MemoryLibrary::update_note(std::int64_t, std::string_view)
{
    return unavailable();
}
Result<void> MemoryLibrary::delete_note(std::int64_t)
{
    return unavailable();
}
Result<void> MemoryLibrary::delete_marker(std::int64_t)
{
    return unavailable();
}
Result<void> MemoryLibrary::rename_session(storage::SessionId, std::string_view)
{
    return unavailable();
}
Result<storage::Removed> MemoryLibrary::delete_session(storage::SessionId)
{
    return unavailable();
}
Result<storage::Removed> MemoryLibrary::remove_source(storage::SourceId)
{
    return unavailable();
}
Result<std::optional<storage::Source>>
MemoryLibrary::find_by_content(storage::SessionId, std::string_view)
{
    return unavailable();
}
Result<std::filesystem::path> MemoryLibrary::media_path(storage::SourceId)
{
    return unavailable();
}
Result<storage::MessageId> MemoryLibrary::add_message(
    const storage::Message&,
    std::span<const storage::Citation>,
    std::span<const storage::NearPlace>)
{
    return unavailable();
}
Result<std::vector<storage::NearPlace>> MemoryLibrary::nearest(storage::MessageId)
{
    return unavailable();
}
Result<std::vector<storage::Message>> MemoryLibrary::messages(storage::SessionId)
{
    return unavailable();
}
Result<std::vector<storage::Citation>> MemoryLibrary::citations(storage::MessageId)
{
    return unavailable();
}
Result<std::int64_t> MemoryLibrary::add_artifact(const storage::Artifact&)
{
    return unavailable();
}
Result<std::vector<storage::Artifact>> MemoryLibrary::artifacts(storage::SessionId)
{
    return unavailable();
}
Result<std::optional<std::string>> MemoryLibrary::setting(std::string_view)
{
    return unavailable();
}
Result<void> MemoryLibrary::set_setting(std::string_view, std::string_view)
{
    return unavailable();
}
Result<std::uint64_t> MemoryLibrary::backup(
    const std::filesystem::path&,
    const std::function<void(double)>&,
    const std::stop_token&)
{
    return unavailable();
}
Result<storage::Usage> MemoryLibrary::usage()
{
    return unavailable();
}
Result<void> MemoryLibrary::move_to(
    const std::filesystem::path&,
    const std::function<Result<void>(const std::filesystem::path& target)>&,
    const std::function<void(double)>&,
    const std::stop_token&)
{
    return unavailable();
}
Result<std::vector<std::string>> MemoryLibrary::check(const std::stop_token& /*stop*/)
{
    return unavailable();
}

} // namespace tests
