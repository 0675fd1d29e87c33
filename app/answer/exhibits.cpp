#include "app/answer/exhibits.h"

#include "app/answer/passages.h"
#include "app/answer/prompt.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

namespace app::answer {
namespace {

constexpr double kAround_s = 1.0; // before and behind a passage: what is shown while it is said
constexpr double kLongest_s = 30.0;

bool has_pages(const storage::Passage& passage)
{
    return passage.page > 0 &&
           (passage.kind == "pdf" || passage.kind == "image" || passage.kind == "office");
}

Exhibit stretch_around(const storage::Passage& passage, Exhibit::Kind kind)
{
    Exhibit exhibit;
    exhibit.kind = kind;
    exhibit.source = passage.source;
    exhibit.start_s = std::max(0.0, *passage.start_s - kAround_s);
    const double end_s = std::max(passage.end_s.value_or(0), *passage.start_s) + kAround_s;
    exhibit.end_s = std::min(end_s, exhibit.start_s + kLongest_s);
    return exhibit;
}

/// The place that this passage has already, if another one stands there too.
Exhibit* same_place(std::vector<Exhibit>& exhibits, const storage::Passage& passage)
{
    const auto found = std::ranges::find_if(exhibits, [&](const Exhibit& one) {
        if (one.source != passage.source) return false;
        if (one.kind == Exhibit::Kind::Page) return one.page == passage.page;
        return passage.start_s && *passage.start_s >= one.start_s &&
               passage.end_s.value_or(*passage.start_s) <= one.end_s;
    });
    return found == exhibits.end() ? nullptr : &*found;
}

/// What is known to stand or to be said there.
Result<std::string>
text_of(const Exhibit& exhibit, const std::vector<Candidate>& passages, storage::Library& library)
{
    std::string text;
    if (exhibit.kind == Exhibit::Kind::Page) {
        const auto page = library.page(exhibit.source, exhibit.page);
        if (!page) return tl::unexpected(page.error());
        return page->text;
    }
    const auto segments = library.segments(exhibit.source, {exhibit.start_s, exhibit.end_s});
    if (!segments) return tl::unexpected(segments.error());
    for (const auto& segment : *segments) text += storage::spoken_text(segment) + "\n";
    for (const int n : exhibit.passages) // words in pictures
        text += words_in(passages[static_cast<std::size_t>(n - 1)].passage);
    return text;
}

Result<engine::Part> part_of(
    const Exhibit& exhibit,
    const storage::Source& source,
    const engine::Capabilities& can,
    PlaceMedia& media,
    const std::stop_token& stop)
{
    if (exhibit.kind == Exhibit::Kind::Page) {
        auto picture = media.page(source, exhibit.page, stop);
        if (!picture) return tl::unexpected(picture.error());
        return std::move(*picture);
    }
    if (exhibit.kind == Exhibit::Kind::Sound) {
        auto sound = media.sound(source, exhibit.start_s, exhibit.end_s, stop);
        if (!sound) return tl::unexpected(sound.error());
        return std::move(*sound);
    }
    auto video = media.pictures(source, exhibit.start_s, exhibit.end_s, stop);
    if (!video) return tl::unexpected(video.error());
    if (can.hears) { // a video without sound is shown all the same
        if (auto sound = media.sound(source, exhibit.start_s, exhibit.end_s, stop))
            video->sound = std::move(*sound);
    }
    return std::move(*video);
}

/// "handbook.pdf 4", "talk.mp4 12 s": for a list that needs no language.
std::string place_name(const Exhibit& exhibit, const storage::Source& source)
{
    const std::string name = std::filesystem::path(source.path).filename().string();
    if (exhibit.kind == Exhibit::Kind::Page) return name + " " + std::to_string(exhibit.page);
    return name + " " + std::to_string(static_cast<int>(exhibit.start_s)) + " s";
}

/// Whether a source of these passages was read or heard for an engine that cannot itself.
bool was_turned_into_words(const std::vector<Candidate>& passages, const engine::Capabilities& can)
{
    return std::ranges::any_of(passages, [&](const Candidate& one) {
        const std::string& kind = one.passage.kind;
        if (kind == "audio") return !can.hears;
        return (kind == "image" || kind == "video") && !can.sees;
    });
}

} // namespace

std::vector<Exhibit>
places_of(const std::vector<Candidate>& passages, const engine::Capabilities& can)
{
    std::vector<Exhibit> exhibits;
    for (std::size_t i = 0; i < passages.size(); ++i) {
        const storage::Passage& passage = passages[i].passage;
        const int n = static_cast<int>(i) + 1;
        if (Exhibit* known = same_place(exhibits, passage)) {
            known->passages.push_back(n);
            continue;
        }
        if (has_pages(passage) && can.sees) {
            exhibits.emplace_back();
            exhibits.back().source = passage.source;
            exhibits.back().page = passage.page;
        } else if (passage.start_s && passage.kind == "video" && can.sees) {
            exhibits.push_back(stretch_around(passage, Exhibit::Kind::Video));
        } else if (passage.start_s && can.hears) {
            exhibits.push_back(stretch_around(passage, Exhibit::Kind::Sound));
        } else {
            continue;
        }
        exhibits.back().passages.push_back(n);
    }
    return exhibits;
}

Result<FittedPrompt> fit_prompt(
    std::string_view question,
    std::vector<Candidate>& passages,
    const engine::Engine& engine,
    int reply_tokens,
    storage::Library& library,
    PlaceMedia* media,
    const std::stop_token& stop)
{
    FittedPrompt fitted;
    const engine::Capabilities can =
        media != nullptr ? engine.capabilities() : engine::Capabilities{};
    const int room = engine.context_length() - reply_tokens;
    const std::size_t found = passages.size();
    int used = 0;
    while (true) {
        fitted.messages = prompt_for(question, passages, {});
        const auto tokens = engine.count_tokens(fitted.messages);
        if (!tokens) return tl::unexpected(tokens.error());
        used = *tokens;
        if (used <= room || passages.size() <= 1) break;
        passages.pop_back();
    }
    if (passages.size() < found)
        fitted.left_out.push_back(
            std::to_string(found - passages.size()) + " of " + std::to_string(found) +
            " passages did not fit into the model's context.");

    std::size_t pages = 0, stretches = 0;
    std::string words_only; // places
    for (Exhibit& exhibit : places_of(passages, can)) {
        const auto source = library.source(exhibit.source);
        if (!source) return tl::unexpected(source.error());
        const std::string name = place_name(exhibit, *source);
        const bool is_page = exhibit.kind == Exhibit::Kind::Page;
        bool fits = used < room && (is_page ? pages < kMostPages : stretches < kMostStretches);
        if (fits) {
            auto part = part_of(exhibit, *source, can, *media, stop);
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "The question was stopped.");
            // What cannot be shown is there in words.
            const auto tokens = part ? engine.count_tokens(label_and(exhibit, *part))
                                     : tl::unexpected(part.error());
            if (!tokens) {
                fitted.left_out.push_back(
                    name + " could not be given to the model as a picture or sound: " +
                    tokens.error().message);
                continue;
            }
            fits = used + *tokens <= room;
            if (fits) {
                auto text = text_of(exhibit, passages, library);
                if (!text) return tl::unexpected(text.error());
                used += *tokens;
                exhibit.text = std::move(*text);
                exhibit.part = std::move(*part);
                fitted.exhibits.push_back(std::move(exhibit));
                ++(is_page ? pages : stretches);
            }
        }
        if (!fits) words_only += (words_only.empty() ? "" : "; ") + name;
    }
    if (!words_only.empty())
        fitted.left_out.push_back(
            "Given to the model as words only, for lack of room: " + words_only + ".");
    if (was_turned_into_words(passages, engine.capabilities()))
        fitted.left_out.emplace_back(
            "The model got pictures and sound as the words that were read and heard in them.");
    if (!fitted.exhibits.empty()) fitted.messages = prompt_for(question, passages, fitted.exhibits);
    return fitted;
}

} // namespace app::answer
