#pragma once

#include "app/doctor.h"
#include "app/paths.h"
#include "storage/library.h"
#include "ui/settings/types.h"

#include <string>
#include <vector>

/// What the pages of Settings show, read in lanes, never on the UI thread.
namespace app::desktop {

/// Setting of a library: the place that it moved away from, where its old copy may still lie.
inline constexpr const char* kMovedFrom = "moved_from";

/// `library` may be null: then only what lies beside it is measured.
ui::StorageState storageState(storage::Library* library, const Paths& paths, bool writes);
/// What went over the network since the program started; of `server_hosts` it was words of the
/// user.
ui::PrivacyState privacyState(const std::vector<std::string>& server_hosts, bool server_on);
/// For the clipboard: what works on this machine, and no words of the user.
QString reportText(const std::vector<Check>& checks);

} // namespace app::desktop
