#pragma once

#include "app/handover/protocol.h"
#include "app/result.h"

#include <filesystem>
#include <optional>
#include <QStringList>

namespace app::desktop {

/// One window for each data folder: a second start hands its files to the first, through the socket
/// that commands use too (app/handover). Its job is the words {"open-in-window", FILE...}.
inline constexpr const char* kOpenInWindow = "open-in-window";

/// True where a window that runs already took the files (none: it only comes to the front). Blocks
/// for the length of one short exchange, and before it until a window that is starting takes files,
/// at most 10 s; before the window only.
bool handToRunningWindow(
    const std::filesystem::path& data_dir,
    const std::filesystem::path& models_dir,
    const QStringList& files);

/// The files of such a job; empty where it is another one. Relative names mean the folder in which
/// they were typed.
std::optional<QStringList> filesForWindow(const handover::Job& job);

} // namespace app::desktop
