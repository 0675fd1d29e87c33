#pragma once

#include "app/engines.h"
#include "app/result.h"
#include "app/sound_pieces.h"
#include "capture/reader_client.h"
#include "storage/types.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace app {

struct TranscribeRequest {
    std::filesystem::path file;
    std::string language; // ISO 639-1; empty: detected
    bool word_times = false;
    std::filesystem::path own_model; // see listening_model(); empty: the catalogue's listens
    capture::ReaderOptions reader;
};
struct Transcript {
    std::string language;
    double duration_s = 0;
    std::vector<storage::Segment> segments;
    std::vector<SoundGap> gaps;
    std::vector<std::string> warnings;
    double elapsed_s = 0;   // from the first sound to the last word, models opened
    bool cancelled = false; // what was heard until then is here
    double real_time_factor() const { return duration_s > 0 ? elapsed_s / duration_s : 0; }
};
struct TranscribeObserver {
    std::function<void(double heard_s, double total_s)> on_progress; // on the listener's thread
    std::function<void(const std::vector<storage::Segment>&)> on_segments; // as they come
};

/// Speech to text without a session; nothing is stored. Blocks. Errors: NoModel, UnsupportedFile
/// (the file has no sound), those of reader and recogniser. A stop is no error: `cancelled` and
/// what was heard.
Result<Transcript> transcribe(
    const TranscribeRequest& request,
    Engines& engines,
    const TranscribeObserver& observer,
    const std::stop_token& stop);

} // namespace app
