#include "engine/models/omni/omni_writer.h"

#include "base/expects.h"
#include "engine/formats/json.h"
#include "engine/formats/wording.h"
#include "engine/models/omni/position_keys.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

namespace engine::omni {
namespace {

std::string seconds(double time_s)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.2f", time_s);
    return text.data();
}

Result<void> check_sees(bool sees)
{
    if (sees) return {};
    return fail(
        ErrorCode::ModelUnsupported,
        "This model sees nothing.",
        "Send pictures as the text that was read from them.");
}

Result<void> check_picture(const Image& picture)
{
    const bool whole = picture.width_px > 0 && picture.height_px > 0 &&
                       picture.rgb.size() == 3 * static_cast<std::size_t>(picture.width_px) *
                                                 static_cast<std::size_t>(picture.height_px);
    if (whole) return {};
    return fail(
        ErrorCode::BadFile,
        "A picture of " + std::to_string(picture.width_px) + " x " +
            std::to_string(picture.height_px) + " pixels came with " +
            std::to_string(picture.rgb.size()) + " bytes.");
}

} // namespace

/// The rows of one picture or tubelet.
class OmniWriter::Picture final : public Medium {
public:
    Picture(std::shared_ptr<const Eyes> eyes, radio::Patches patches)
        : eyes_(std::move(eyes)), patches_(std::move(patches))
    {
        count = patches_.grid.patches() / 4;
    }
    const kernels::Buffer* rows(kernels::Backend& backend, const std::stop_token& stop) override
    {
        if (!rows_) {
            const radio::VisionTower tower(eyes_->config, eyes_->weights);
            rows_ = tower.encode(backend, patches_, stop);
        }
        return rows_ ? &*rows_ : nullptr;
    }
    void forget() override { rows_.reset(); }

private:
    std::shared_ptr<const Eyes> eyes_;
    radio::Patches patches_;
    std::optional<kernels::Buffer> rows_;
};

/// The rows of one clip of sound.
class OmniWriter::Clip final : public Medium {
public:
    Clip(std::shared_ptr<const Ears> ears, std::span<const float> samples)
        : ears_(std::move(ears)), samples_(samples.begin(), samples.end())
    {
        count = fastconformer::clip_rows(static_cast<std::int64_t>(samples.size()));
    }
    const kernels::Buffer* rows(kernels::Backend& backend, const std::stop_token& stop) override
    {
        if (!rows_) {
            const fastconformer::SoundTower tower(ears_->config, ears_->weights);
            rows_ = tower.encode(backend, samples_, stop);
        }
        return rows_ ? &*rows_ : nullptr;
    }
    void forget() override { rows_.reset(); }

private:
    std::shared_ptr<const Ears> ears_;
    std::vector<float> samples_;
    std::optional<kernels::Buffer> rows_;
};

Result<std::unique_ptr<MediaWriter>> OmniWriter::make(
    kernels::Backend& backend,
    const nlohmann::json& config,
    const formats::TensorTable& tensors,
    int language_dim,
    const text::BpeTokenizer& tokenizer,
    kernels::Compute compute)
{
    std::unique_ptr<OmniWriter> writer(new OmniWriter(tokenizer));
    if (config.contains("vision_config")) {
        auto eyes = std::make_shared<Eyes>();
        auto sizes = radio::read_config(config, tensors, language_dim, "config.json");
        if (!sizes) return tl::unexpected(sizes.error());
        eyes->config = *sizes;
        auto weights = radio::load_weights(backend, tensors, eyes->config, compute);
        if (!weights) return tl::unexpected(weights.error());
        eyes->weights = std::move(*weights);
        writer->eyes_ = std::move(eyes);
    }
    if (fastconformer::has_sound_tower(tensors)) {
        auto ears = std::make_shared<Ears>();
        auto sizes = fastconformer::read_config(config, tensors, language_dim, "config.json");
        if (!sizes) return tl::unexpected(sizes.error());
        ears->config = std::move(*sizes);
        auto weights = fastconformer::load_weights(backend, tensors, ears->config, compute);
        if (!weights) return tl::unexpected(weights.error());
        ears->weights = std::move(*weights);
        writer->ears_ = std::move(ears);
    }
    if (!writer->sees() && !writer->hears()) return nullptr;
    if (auto found = writer->find_marks(config); !found) return tl::unexpected(found.error());
    return writer;
}

Result<void> OmniWriter::find_marks(const nlohmann::json& config)
{
    struct Mark {
        const char* text;
        std::int32_t* id;
        bool needed;
        std::vector<const char*> keys; // what config.json calls it, if at all
    };
    const Mark marks[] = {
        {"<image>", &marks_.image, sees(), {"img_context_token_id", "image_token_id"}},
        {"<img>", &marks_.begin, sees(), {}},
        {"</img>", &marks_.end, sees(), {}},
        {"<so_embedding>", &marks_.sound, hears(), {"sound_context_token_id", "audio_token_id"}},
        {"<so_start>", &marks_.sound_begin, hears(), {}},
        {"<so_end>", &marks_.sound_end, hears(), {}}};
    for (const Mark& mark : marks) {
        if (!mark.needed) continue;
        const auto token = tokenizer_.control_token(mark.text);
        if (!token)
            return formats::damaged(
                "tokenizer.json",
                std::string("lacks the token ") + mark.text + " of the model's media.");
        *mark.id = *token;
        for (const char* key : mark.keys)
            if (config.contains(key) && config[key] != *token)
                return formats::damaged(
                    "config.json",
                    std::string("\"") + key + "\" is another token than " + mark.text +
                        " of tokenizer.json.");
    }
    return {};
}

Result<void> OmniWriter::write(const Part& part, Sequence& sequence) const
{
    if (const auto* picture = std::get_if<Image>(&part)) return write(*picture, sequence);
    if (const auto* video = std::get_if<Video>(&part)) return write(*video, sequence);
    return write(std::get<Sound>(part), sequence);
}

Result<void> OmniWriter::write(const Image& picture, Sequence& sequence) const
{
    if (auto able = check_sees(sees()); !able) return able;
    if (auto whole = check_picture(picture); !whole) return whole;
    auto patches = radio::patches_of(picture, eyes_->config);
    if (!patches) return tl::unexpected(patches.error());
    const std::uint64_t content = content_of(patches->values, 1);
    write_rows(std::move(*patches), content, sequence);
    return {};
}

Result<void> OmniWriter::write(const Video& video, Sequence& sequence) const
{
    if (auto able = check_sees(sees()); !able) return able;
    for (const Image& frame : video.frames)
        if (auto whole = check_picture(frame); !whole) return whole;
    if (video.frames.empty() ||
        (!video.times_s.empty() && video.times_s.size() != video.frames.size()))
        return fail(
            ErrorCode::BadFile,
            "A video of " + std::to_string(video.frames.size()) + " frames came with " +
                std::to_string(video.times_s.size()) + " times.");
    if (!(video.pruning_rate >= 0.0 && video.pruning_rate < 1.0))
        return fail(ErrorCode::BadUsage, "The share of a video to leave out is from 0 to below 1.");
    auto tubelets = radio::patches_of(video.frames, eyes_->config);
    if (!tubelets) return tl::unexpected(tubelets.error());
    if (video.pruning_rate > 0.0 && tubelets->size() > 1) {
        if (auto written = write_pruned(video, std::move(*tubelets), sequence); !written)
            return written;
    } else {
        for (std::size_t g = 0; g < tubelets->size(); ++g) {
            if (auto written = write_text(label_of(video, g), sequence); !written) return written;
            const std::uint64_t content = content_of((*tubelets)[g].values, 2);
            write_rows(std::move((*tubelets)[g]), content, sequence);
        }
    }
    return video.sound.samples.empty() ? Result<void>() : write(video.sound, sequence);
}

Result<void> OmniWriter::write_pruned(
    const Video& video,
    std::vector<radio::Patches> tubelets,
    Sequence& sequence) const
{
    std::vector<PrunedFilm::Tubelet> film;
    for (std::size_t g = 0; g < tubelets.size(); ++g) {
        auto label = tokenizer_.encode(label_of(video, g));
        if (!label) return tl::unexpected(label.error());
        film.push_back({std::move(*label), std::move(tubelets[g])});
    }
    std::make_shared<PrunedFilm>(eyes_, marks_, known_films_, std::move(film), video.pruning_rate)
        ->reserve(sequence);
    return {};
}

/// "Frame 1 sampled at 0.00 seconds and frame 2 sampled at 0.50 seconds: ", on a line of its own
/// but for the first.
std::string OmniWriter::label_of(const Video& video, std::size_t tubelet) const
{
    const auto together = static_cast<std::size_t>(eyes_->config.frames);
    const std::size_t first = tubelet * together;
    const std::size_t count = std::min(together, video.frames.size() - first);
    std::string label = first > 0 ? "\n" : "";
    for (std::size_t i = first; i < first + count; ++i) {
        label += i == first ? "Frame " : " and frame ";
        label += std::to_string(i + 1);
        if (!video.times_s.empty())
            label += " sampled at " + seconds(video.times_s[i]) + " seconds";
    }
    return label + ": ";
}

Result<void> OmniWriter::write(const Sound& sound, Sequence& sequence) const
{
    if (!hears())
        return fail(
            ErrorCode::ModelUnsupported,
            "This model hears nothing.",
            "Send speech as the text that was recognised in it.");
    const std::span<const float> samples = sound.samples;
    const bool whole = std::all_of(samples.begin(), samples.end(), [](float sample) {
        return std::isfinite(sample);
    });
    if (samples.empty() || !whole)
        return fail(
            ErrorCode::BadFile,
            samples.empty() ? "A sound came without samples."
                            : "A sound has samples that are no numbers.");
    sequence.push(marks_.sound_begin);
    constexpr auto kClip = static_cast<std::size_t>(fastconformer::kClipSamples);
    for (std::size_t first = 0; first < samples.size(); first += kClip) {
        const auto clip = samples.subspan(first, std::min(kClip, samples.size() - first));
        push_medium(
            std::make_shared<Clip>(ears_, clip),
            marks_.sound,
            content_of(clip, 3),
            sequence);
    }
    sequence.push(marks_.sound_end);
    return {};
}

Result<void> OmniWriter::write_text(const std::string& text, Sequence& sequence) const
{
    const auto ids = tokenizer_.encode(text);
    if (!ids) return tl::unexpected(ids.error());
    for (const std::int32_t id : *ids) sequence.push(id);
    return {};
}

void OmniWriter::write_rows(radio::Patches patches, std::uint64_t content, Sequence& sequence) const
{
    sequence.push(marks_.begin);
    push_medium(
        std::make_shared<Picture>(eyes_, std::move(patches)),
        marks_.image,
        content,
        sequence);
    sequence.push(marks_.end);
}

void OmniWriter::push_medium(
    std::shared_ptr<Medium> medium,
    std::int32_t mark,
    std::uint64_t content,
    Sequence& sequence)
{
    medium->first = sequence.length();
    for (int i = 0; i < medium->count; ++i) {
        sequence.ids.push_back(mark);
        sequence.keys.push_back(key_of(content, i));
    }
    sequence.media.push_back(std::move(medium));
}

} // namespace engine::omni
