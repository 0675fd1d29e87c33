#pragma once

#include "app/result.h"
#include "capture/reader_client.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace app {

/// What a waveform is drawn from: the lowest and the highest sample of each hundredth of a second,
/// -127..127. An hour takes 720 KB.
struct Peaks {
    static constexpr int kPerSecond = 100;
    std::vector<std::int8_t> lowest;  // [i]: from i / kPerSecond on
    std::vector<std::int8_t> highest; // as many

    double duration_s() const { return static_cast<double>(lowest.size()) / kPerSecond; }
};

struct PeaksRequest {
    std::filesystem::path file;
    std::string sha256;                 // of its content
    std::filesystem::path cache_folder; // Paths::cache(); the peaks lie in peaks/<sha256>
    std::string name;                   // for messages; empty: the file's own
    capture::ReaderOptions reader;
};

/// The peaks of a recording's sound, from the cache or by one pass of a reader (4 s of a core for
/// an hour of compressed sound). A file in the cache that is damaged is made again; one that cannot
/// be written costs the next call another pass, nothing else. A recording without sound has no
/// peaks: both lists are empty.
///
/// Blocks; not for the window's thread. Progress in seconds of the source; `total_s` 0: unknown.
/// Errors: Cancelled; those of FileReader.
Result<Peaks> peaks_of(
    const PeaksRequest& request,
    const std::function<void(double done_s, double total_s)>& on_progress,
    const std::stop_token& stop);

} // namespace app
