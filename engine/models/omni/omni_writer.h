#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/models/language_model.h"
#include "engine/models/radio/vision_tower.h"

#include <nlohmann/json_fwd.hpp>

namespace engine::omni {

/// Pictures and videos as Nemotron 3 Nano Omni reads them: between <img> and </img> as many <image>
/// as the vision tower gives rows; a video as pairs of frames, each behind a label with its times.
/// Backbone spec 7, vision spec 3.4 and 4.4.
class OmniWriter final : public MediaWriter {
public:
    /// `language_dim` is the width of the rows. On the engine thread. Null where the tensors have
    /// no vision tower. The tokenizer must outlive the writer. Errors: BadModelFile,
    /// ModelUnsupported.
    static Result<std::unique_ptr<MediaWriter>> make(
        kernels::Backend& backend,
        const nlohmann::json& config,
        const formats::TensorTable& tensors,
        int language_dim,
        const text::BpeTokenizer& tokenizer);

    Result<void> write(const Part& part, Sequence& sequence) const override;
    bool sees() const override { return true; }
    bool hears() const override { return false; }

private:
    /// The tower and its weights, shared with the media of prompts that are still on their way.
    struct Eyes {
        radio::Config config;
        radio::Weights weights;
    };
    class Picture;

    OmniWriter(std::shared_ptr<const Eyes> eyes, const text::BpeTokenizer& tokenizer)
        : eyes_(std::move(eyes)), tokenizer_(tokenizer)
    {
    }
    Result<void> write(const Image& picture, Sequence& sequence) const;
    Result<void> write(const Video& video, Sequence& sequence) const;
    Result<void> write_text(const std::string& text, Sequence& sequence) const;
    void write_rows(radio::Patches patches, std::uint64_t content, Sequence& sequence) const;

    std::shared_ptr<const Eyes> eyes_;
    const text::BpeTokenizer& tokenizer_;
    std::int32_t image_ = 0, begin_ = 0, end_ = 0; // <image>, <img>, </img>
};

} // namespace engine::omni
