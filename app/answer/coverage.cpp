#include "app/answer/coverage.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace app::answer {

namespace {

std::string file_name(const storage::Source& source)
{
    return std::filesystem::path(source.path).filename().string();
}

bool wanted(const storage::Source& source, const storage::SearchScope& scope)
{
    const auto in = [](const auto& list, const auto& value) {
        return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    return in(scope.sources, source.id) && in(scope.kinds, source.kind) &&
           in(scope.sessions, source.session);
}

} // namespace

Result<std::vector<storage::Source>>
sources_in(const storage::SearchScope& scope, storage::Library& library)
{
    std::vector<storage::Source> found;
    if (!scope.sources.empty()) {
        for (const auto id : scope.sources) {
            const auto source = library.source(id);
            if (!source) return tl::unexpected(source.error());
            if (wanted(*source, scope)) found.push_back(*source);
        }
        return found;
    }
    auto sessions = scope.sessions;
    if (sessions.empty()) {
        const auto all = library.sessions();
        if (!all) return tl::unexpected(all.error());
        for (const auto& session : *all) sessions.push_back(session.id);
    }
    for (const auto id : sessions) {
        const auto sources = library.sources(id);
        if (!sources) return tl::unexpected(sources.error());
        for (const auto& source : *sources) {
            if (wanted(source, scope)) found.push_back(source);
        }
    }
    return found;
}

Result<std::vector<std::string>>
not_covered(const std::vector<storage::Source>& sources, bool by_meaning, storage::Library& library)
{
    std::set<storage::SourceId> without_vectors;
    if (by_meaning) {
        constexpr int kEnough = 500; // passages; more would say the same
        const auto waiting = library.passages_without_vector(kEnough);
        if (!waiting) return tl::unexpected(waiting.error());
        for (const auto& passage : *waiting) without_vectors.insert(passage.source);
    }
    std::vector<std::string> sentences;
    for (const auto& source : sources) {
        const auto name = file_name(source);
        switch (source.status) {
        case storage::SourceStatus::Failed:
            sentences.push_back(name + " could not be read.");
            break;
        case storage::SourceStatus::Partial:
            sentences.push_back(name + " was read only in part.");
            break;
        case storage::SourceStatus::Cancelled:
            sentences.push_back(name + " was read only as far as it got before it was stopped.");
            break;
        case storage::SourceStatus::Reading:
            sentences.push_back(name + " is still being read.");
            break;
        case storage::SourceStatus::Ready:
            break;
        }
        if (without_vectors.contains(source.id))
            sentences.push_back(name + " is searched partly by words only.");
    }
    return sentences;
}

} // namespace app::answer
