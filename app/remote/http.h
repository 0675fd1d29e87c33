#pragma once

#include "app/result.h"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace app::remote {

/// One request to a server that the user named. Certificates are checked, redirects are not
/// followed (the words go to this server and no other), proxy variables are honoured except for
/// this machine.
struct HttpRequest {
    std::string url;
    std::string key;  // sent as a bearer token; empty: none
    std::string body; // JSON; empty: GET
    /// Called with each whole line of the answer, without its end. False: that is enough.
    std::function<bool(std::string_view line)> on_line;
};

/// Errors: NetworkUnavailable (no answer, silence for two minutes), Unavailable (the server
/// refuses; says its status and words), LimitExceeded (a line above 1 MB, an answer above 16 MB),
/// Cancelled.
Result<void> perform(const HttpRequest& request, const std::stop_token& stop);

/// "gpu.example:8000" of "http://gpu.example:8000/v1".
std::string host_of(std::string_view url);

} // namespace app::remote
