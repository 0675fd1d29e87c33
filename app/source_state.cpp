#include "app/source_state.h"

#include "base/hash.h"

#include <fmt/format.h>
#include <system_error>

namespace app {
namespace {

namespace fs = std::filesystem;

SourceState::Original original_of(const storage::Source& source)
{
    std::error_code error;
    if (!fs::is_regular_file(source.path, error)) return SourceState::Original::Missing;
    const auto size = fs::file_size(source.path, error);
    if (error) return SourceState::Original::Missing;
    if (size != source.size_bytes) return SourceState::Original::Changed;
    const auto hash = base::sha256_of_file(source.path);
    if (!hash) return SourceState::Original::Missing; // it is there and may not be read
    return *hash == source.sha256 ? SourceState::Original::Unchanged
                                  : SourceState::Original::Changed;
}

std::string sentence_of(const SourceState& state, const storage::Source& source)
{
    const std::string name = fs::path(source.path).filename().string();
    const bool shown = !state.readable.empty();
    switch (state.original) {
    case SourceState::Original::Unchanged:
        return {};
    case SourceState::Original::Changed:
        return shown ? fmt::format(
                           "{} has changed since it was read. You see the version that was read; "
                           "add the file again to read the new one.",
                           name)
                     : fmt::format(
                           "{} has changed since it was read, and it was too large to copy. Add "
                           "the file again to read the new version.",
                           name);
    case SourceState::Original::Missing:
        break;
    }
    return shown ? fmt::format(
                       "{} is no longer in {}. You see the copy in your library.",
                       name,
                       fs::path(source.path).parent_path().string())
                 : fmt::format(
                       "{} is no longer in {}, and your library has no copy of it. Put it back, or "
                       "add it again from where it is now.",
                       name,
                       fs::path(source.path).parent_path().string());
}

} // namespace

Result<SourceState> source_state(const storage::Source& source, storage::Library& library)
{
    SourceState state;
    state.original = original_of(source);
    state.is_copy = !source.stored_path.empty();
    auto readable = library.media_path(source.id);
    if (readable) {
        // A file that was too large to copy is read where it lies, and only while it is the same.
        if (state.is_copy || state.original == SourceState::Original::Unchanged)
            state.readable = std::move(*readable);
    } else if (readable.error().code != ErrorCode::FileNotFound) {
        return tl::unexpected(readable.error());
    }
    if (state.readable.empty()) state.is_copy = false;
    state.sentence = sentence_of(state, source);
    return state;
}

} // namespace app
