#pragma once

#include "app/answer/candidates.h"
#include "engine/engine.h"

#include <stop_token>
#include <string>
#include <vector>

namespace app::answer {

/// Gives the places of passages as an engine sees and hears them. Blocks: on the thread that asks.
class PlaceMedia {
public:
    virtual ~PlaceMedia() = default;
    /// Errors of all: those of the library and of the reader, Cancelled.
    virtual Result<engine::Image>
    page(const storage::Source& source, int page, const std::stop_token& stop) = 0;
    /// Pictures of a stretch of a video with their times in the source, without its sound.
    virtual Result<engine::Video> pictures(
        const storage::Source& source,
        double start_s,
        double end_s,
        const std::stop_token& stop) = 0;
    virtual Result<engine::Sound> sound(
        const storage::Source& source,
        double start_s,
        double end_s,
        const std::stop_token& stop) = 0;
};

/// A page, or a stretch of a video or of sound, on which found passages stand and which is put
/// before an engine as it is. Its number in prompt and reply follows those of the passages.
struct Exhibit {
    enum class Kind { Page, Video, Sound };
    Kind kind = Kind::Page;
    storage::SourceId source = 0;
    int page = 0; // of Page
    double start_s = 0;
    double end_s = 0;
    std::vector<int> passages; // numbers, from 1, best first
    std::string text;          // all words that are known of it; what it is checked against
    engine::Part part;
};

/// The places worth showing, best first, without text and part: pages where the engine sees,
/// stretches where it sees or hears. Text files have neither.
std::vector<Exhibit>
places_of(const std::vector<Candidate>& passages, const engine::Capabilities& can);

/// What goes into one prompt, and what did not.
struct FittedPrompt {
    std::vector<engine::Message> messages;
    std::vector<Exhibit> exhibits;
    std::vector<std::string> left_out; // sentences
};

/// Chooses what fits the context beside the reply: all passages first (the last ones go where they
/// are too many), then pictures and sound of the best of them, at most kMostPages and
/// kMostStretches. `media` null: words only. `passages` loses what was left out. Errors: those of
/// Engine::count_tokens and the library, Cancelled.
Result<FittedPrompt> fit_prompt(
    std::string_view question,
    std::vector<Candidate>& passages,
    const engine::Engine& engine,
    int reply_tokens,
    storage::Library& library,
    PlaceMedia* media,
    const std::stop_token& stop);

inline constexpr std::size_t kMostPages = 4;     // of the published model 2,000 tokens each
inline constexpr std::size_t kMostStretches = 2; // 8 pictures and 30 s of sound at most

} // namespace app::answer
