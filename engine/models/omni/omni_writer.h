#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/models/fastconformer/sound_tower.h"
#include "engine/models/language_model.h"
#include "engine/models/radio/vision_tower.h"

#include <nlohmann/json_fwd.hpp>

namespace engine::omni {

/// Pictures, videos and sound as Nemotron 3 Nano Omni reads them: between <img> and </img> as many
/// <image> as the vision tower gives rows; a video as pairs of frames, each behind a label with its
/// times, and its sound behind the last one; sound as <so_embedding> between <so_start> and
/// <so_end>, every 30 s of it heard by themselves. Backbone spec 7, vision spec 3.4 and 4.4, audio
/// spec 3.9.
class OmniWriter final : public MediaWriter {
public:
    /// `language_dim` is the width of the rows. On the engine thread. Null where the tensors have
    /// no tower. The tokenizer must outlive the writer. Errors: BadModelFile,
    /// ModelUnsupported.
    static Result<std::unique_ptr<MediaWriter>> make(
        kernels::Backend& backend,
        const nlohmann::json& config,
        const formats::TensorTable& tensors,
        int language_dim,
        const text::BpeTokenizer& tokenizer);

    Result<void> write(const Part& part, Sequence& sequence) const override;
    bool sees() const override { return eyes_ != nullptr; }
    bool hears() const override { return ears_ != nullptr; }

private:
    /// The towers and their weights, shared with the media of prompts that are still on their way.
    struct Eyes {
        radio::Config config;
        radio::Weights weights;
    };
    struct Ears {
        fastconformer::Config config;
        fastconformer::Weights weights;
    };
    class Picture;
    class Clip;

    explicit OmniWriter(const text::BpeTokenizer& tokenizer) : tokenizer_(tokenizer) {}
    Result<void> find_marks(const nlohmann::json& config);
    Result<void> write(const Image& picture, Sequence& sequence) const;
    Result<void> write(const Video& video, Sequence& sequence) const;
    Result<void> write(const Sound& sound, Sequence& sequence) const;
    Result<void> write_text(const std::string& text, Sequence& sequence) const;
    void write_rows(radio::Patches patches, std::uint64_t content, Sequence& sequence) const;

    static void push_medium(
        std::shared_ptr<Medium> medium,
        std::int32_t mark,
        std::uint64_t content,
        Sequence& sequence);

    std::shared_ptr<const Eyes> eyes_; // null: this model sees nothing
    std::shared_ptr<const Ears> ears_;
    const text::BpeTokenizer& tokenizer_;
    std::int32_t image_ = 0, begin_ = 0, end_ = 0; // <image>, <img>, </img>
    std::int32_t sound_ = 0, sound_begin_ = 0,
                 sound_end_ = 0; // <so_embedding>, <so_start>, <so_end>
};

} // namespace engine::omni
