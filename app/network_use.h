#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What this process sent to and received from other machines since its start, by host: for
/// `doctor`, the status bar and the privacy page. Every transfer of the program is counted here;
/// there are two kinds, fetching models (app/models) and asking a server (app/remote). Of what pip
/// fetches the bytes that arrive are counted; what its requests weigh it does not say.
struct HostUse {
    std::string host;   // "gpu.example:8000"
    bool asked = false; // questions and what they are about went there, not only requests for files
    std::uint64_t sent_bytes = 0;
    std::uint64_t received_bytes = 0;
    std::string last; // UTC, "2026-11-22T09:00:00Z"
};

/// In the order in which hosts were first used. Safe from any thread.
std::vector<HostUse> network_use();

/// Why something is sent: only Ask carries words of the user.
enum class Purpose { FetchModel, Ask };
void count_sent(std::string_view host, std::uint64_t bytes, Purpose purpose);
void count_received(std::string_view host, std::uint64_t bytes);

} // namespace app
