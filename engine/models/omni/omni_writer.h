#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/models/fastconformer/sound_tower.h"
#include "engine/models/language_model.h"
#include "engine/models/omni/pruned_film.h"
#include "engine/models/omni/towers.h"
#include "engine/models/radio/vision_tower.h"

#include <nlohmann/json_fwd.hpp>

namespace engine::omni {

/// Pictures, videos and sound as Nemotron 3 Nano Omni reads them: between <img> and </img> as many
/// <image> as the vision tower gives rows; a video as pairs of frames, each behind a label with its
/// times, and its sound behind the last one (of a film that is pruned the rows that say something
/// new); sound as <so_embedding> between <so_start> and
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
        const text::BpeTokenizer& tokenizer,
        kernels::Compute compute);

    Result<void> write(const Part& part, Sequence& sequence) const override;
    bool sees() const override { return eyes_ != nullptr; }
    bool hears() const override { return ears_ != nullptr; }

private:
    class Picture;
    class Clip;

    explicit OmniWriter(const text::BpeTokenizer& tokenizer) : tokenizer_(tokenizer) {}
    Result<void> find_marks(const nlohmann::json& config);
    Result<void> write(const Image& picture, Sequence& sequence) const;
    Result<void> write(const Video& video, Sequence& sequence) const;
    Result<void> write(const Sound& sound, Sequence& sequence) const;
    std::string label_of(const Video& video, std::size_t tubelet) const;
    Result<void> write_text(const std::string& text, Sequence& sequence) const;
    void write_rows(radio::Patches patches, std::uint64_t content, Sequence& sequence) const;
    Result<void> write_pruned(
        const Video& video,
        std::vector<radio::Patches> tubelets,
        Sequence& sequence) const;

    static void push_medium(
        std::shared_ptr<Medium> medium,
        std::int32_t mark,
        std::uint64_t content,
        Sequence& sequence);

    std::shared_ptr<const Eyes> eyes_; // null: this model sees nothing
    std::shared_ptr<const Ears> ears_;
    const text::BpeTokenizer& tokenizer_;
    Marks marks_;
    std::shared_ptr<KnownFilms> known_films_ = std::make_shared<KnownFilms>();
};

} // namespace engine::omni
