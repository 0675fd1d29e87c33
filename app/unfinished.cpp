#include "app/unfinished.h"

#include "app/source_state.h"

#include <map>

namespace app {

Result<std::vector<UnfinishedSource>> unfinished_sources(storage::Library& library)
{
    auto interrupted = library.interrupted_sources();
    if (!interrupted) return tl::unexpected(interrupted.error());
    std::map<storage::SessionId, std::string> names;
    std::vector<UnfinishedSource> found;
    for (auto& source : *interrupted) {
        const auto state = source_state(source, library);
        if (!state) return tl::unexpected(state.error());
        UnfinishedSource unfinished;
        // The file as it was when its reading began: a changed one would become a new version and
        // leave this one as it is.
        if (state->original == SourceState::Original::Unchanged)
            unfinished.file = source.path;
        else
            unfinished.file = state->readable;
        if (unfinished.file.empty()) continue;
        auto name = names.find(source.session);
        if (name == names.end()) {
            const auto session = library.session(source.session);
            if (!session) return tl::unexpected(session.error());
            name = names.emplace(source.session, session->name).first;
        }
        unfinished.session_name = name->second;
        const auto pages = library.page_numbers(source.id);
        if (!pages) return tl::unexpected(pages.error());
        unfinished.pages_done = static_cast<int>(pages->size());
        const auto segments = library.segments(source.id);
        if (!segments) return tl::unexpected(segments.error());
        if (!segments->empty()) unfinished.heard_s = segments->back().end_s;
        unfinished.source = std::move(source);
        found.push_back(std::move(unfinished));
    }
    return found;
}

} // namespace app
