#include "app/session_name.h"

#include "app/text.h"

#include <algorithm>
#include <utility>

namespace app {

SessionName::SessionName(
    storage::Library& library,
    storage::SessionId session,
    std::string name,
    std::vector<std::filesystem::path> files)
    : library_(library), session_(session), files_(std::move(files)), name_(std::move(name)),
      failed_(files_.size(), false)
{
}

std::string SessionName::of(const std::filesystem::path& file)
{
    return clean_utf8(file.filename().string());
}

void SessionName::finished(std::size_t at, const IngestedSource& source)
{
    const bool stopped = source.error && source.error->code == ErrorCode::Cancelled;
    const std::lock_guard lock(mutex_);
    if (name_.empty() || stopped || source.source.status == storage::SourceStatus::Ready ||
        source.source.status == storage::SourceStatus::Partial)
        return;
    failed_[at] = true;
    // All failed: the first dropped, whichever of them failed last.
    const auto first = std::find(failed_.begin(), failed_.end(), false);
    const auto named = first == failed_.end() ? failed_.begin() : first;
    const auto name = of(files_[static_cast<std::size_t>(named - failed_.begin())]);
    if (name == name_) return;
    const auto session = library_.session(session_);
    if (!session || session->name != name_)
        name_.clear(); // somebody named it
    else if (library_.rename_session(session_, name))
        name_ = name;
}

} // namespace app
