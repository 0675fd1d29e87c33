#pragma once

#include "app/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace app::models {

/// A file on the web and what it must be.
struct Download {
    std::string url;
    std::filesystem::path part; // what is there is kept and continued
    std::uint64_t size_bytes = 0;
    std::chrono::seconds connect_timeout{5}; // an unreachable home costs this much, once
    std::chrono::seconds silence{30};        // without a byte
    std::function<void(std::uint64_t done_bytes)> on_progress;
};

/// HTTP(S) GET with proxy variables and
/// certificates as usual, at most five redirects, never from https to http, never more bytes than
/// expected. Continues `part` where the server can, else begins anew. `part` is synced on success
/// and kept on interruption.
/// Errors: NetworkUnavailable (no name, no connection, cut off, silence), FileNotFound (404 and the
/// like), ChecksumMismatch (more or fewer bytes than published), Cancelled, NoSpace.
Result<void> download(const Download& what, const std::stop_token& stop);

/// "huggingface.co" of "https://huggingface.co/a/b".
std::string host_of(const std::string& url);

} // namespace app::models
