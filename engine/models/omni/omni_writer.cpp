#include "engine/models/omni/omni_writer.h"

#include "base/expects.h"
#include "engine/formats/json.h"
#include "engine/formats/wording.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <optional>

namespace engine::omni {
namespace {

/// FNV-1a over 8 bytes at a time: two pictures are told apart, nobody is kept from making two that
/// are not.
std::uint64_t content_of(std::span<const float> values, std::uint64_t start)
{
    std::uint64_t hash = start;
    const auto* bytes = reinterpret_cast<const unsigned char*>(values.data());
    const std::size_t size = values.size() * sizeof(float);
    for (std::size_t i = 0; i + 8 <= size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, 8);
        hash = (hash ^ word) * 0x100000001b3ull;
        hash ^= hash >> 29;
    }
    return hash;
}

/// The key of one row of a medium; never that of a token.
PositionKey key_of(std::uint64_t content, int row)
{
    const std::uint64_t mixed =
        (content + static_cast<std::uint64_t>(row) * 0x9e3779b97f4a7c15ull) * 0xbf58476d1ce4e5b9ull;
    return mixed | 1ull << 63;
}

std::string seconds(double time_s)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.2f", time_s);
    return text.data();
}

/// "Frame 1 sampled at 0.00 seconds and frame 2 sampled at 0.50 seconds: ", on a line of its own
/// but for the first.
std::string label_of(const Video& video, std::size_t first, std::size_t count)
{
    std::string label = first > 0 ? "\n" : "";
    for (std::size_t i = first; i < first + count; ++i) {
        label += i == first ? "Frame " : " and frame ";
        label += std::to_string(i + 1);
        if (!video.times_s.empty())
            label += " sampled at " + seconds(video.times_s[i]) + " seconds";
    }
    return label + ": ";
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

Result<std::unique_ptr<MediaWriter>> OmniWriter::make(
    kernels::Backend& backend,
    const nlohmann::json& config,
    const formats::TensorTable& tensors,
    int language_dim,
    const text::BpeTokenizer& tokenizer)
{
    if (!config.contains("vision_config")) return nullptr;
    auto eyes = std::make_shared<Eyes>();
    auto sizes = radio::read_config(config, tensors, language_dim, "config.json");
    if (!sizes) return tl::unexpected(sizes.error());
    eyes->config = *sizes;
    auto weights = radio::load_weights(backend, tensors, eyes->config);
    if (!weights) return tl::unexpected(weights.error());
    eyes->weights = std::move(*weights);
    std::unique_ptr<OmniWriter> writer(new OmniWriter(std::move(eyes), tokenizer));
    for (const auto& [mark, id] :
         {std::pair{"<image>", &writer->image_},
          {"<img>", &writer->begin_},
          {"</img>", &writer->end_}}) {
        const auto token = tokenizer.control_token(mark);
        if (!token)
            return formats::damaged(
                "tokenizer.json",
                std::string("lacks the token ") + mark + " of pictures.");
        *id = *token;
    }
    for (const char* key : {"img_context_token_id", "image_token_id"})
        if (config.contains(key) && config[key] != writer->image_)
            return formats::damaged(
                "config.json",
                std::string("\"") + key + "\" is another token than <image> of tokenizer.json.");
    return writer;
}

Result<void> OmniWriter::write(const Part& part, Sequence& sequence) const
{
    if (const auto* picture = std::get_if<Image>(&part)) return write(*picture, sequence);
    if (const auto* video = std::get_if<Video>(&part)) return write(*video, sequence);
    return fail(
        ErrorCode::ModelUnsupported,
        "This model hears nothing yet.",
        "Send speech as the text that was recognised in it.");
}

Result<void> OmniWriter::write(const Image& picture, Sequence& sequence) const
{
    if (auto whole = check_picture(picture); !whole) return whole;
    auto patches = radio::patches_of(picture, eyes_->config);
    if (!patches) return tl::unexpected(patches.error());
    const std::uint64_t content = content_of(patches->values, 1);
    write_rows(std::move(*patches), content, sequence);
    return {};
}

Result<void> OmniWriter::write(const Video& video, Sequence& sequence) const
{
    for (const Image& frame : video.frames)
        if (auto whole = check_picture(frame); !whole) return whole;
    if (video.frames.empty() ||
        (!video.times_s.empty() && video.times_s.size() != video.frames.size()))
        return fail(
            ErrorCode::BadFile,
            "A video of " + std::to_string(video.frames.size()) + " frames came with " +
                std::to_string(video.times_s.size()) + " times.");
    auto tubelets = radio::patches_of(video.frames, eyes_->config);
    if (!tubelets) return tl::unexpected(tubelets.error());
    const auto together = static_cast<std::size_t>(eyes_->config.frames);
    for (std::size_t g = 0; g < tubelets->size(); ++g) {
        const std::size_t first = g * together;
        const std::size_t count = std::min(together, video.frames.size() - first);
        if (auto written = write_text(label_of(video, first, count), sequence); !written)
            return written;
        const std::uint64_t content = content_of((*tubelets)[g].values, 2);
        write_rows(std::move((*tubelets)[g]), content, sequence);
    }
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
    sequence.push(begin_);
    auto medium = std::make_shared<Picture>(eyes_, std::move(patches));
    medium->first = sequence.length();
    for (int i = 0; i < medium->count; ++i) {
        sequence.ids.push_back(image_);
        sequence.keys.push_back(key_of(content, i));
    }
    sequence.media.push_back(std::move(medium));
    sequence.push(end_);
}

} // namespace engine::omni
