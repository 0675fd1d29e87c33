#include "engine/formats/silero_jit.h"

#include "engine/formats/safetensors.h"
#include "engine/formats/torch_zip.h"
#include "engine/formats/wording.h"

#include <string_view>

namespace engine::formats {

namespace {

struct Weight {
    int entry;
    const char* name;
    std::vector<std::int64_t> shape;
};

/// Entry number, name and shape of each tensor of the 16 kHz network; entries from 17 on are the 8
/// kHz one.
const std::vector<Weight>& weights()
{
    static const std::vector<Weight> table = {
        {2, "stft_conv.weight", {258, 1, 256}},
        {3, "conv1.weight", {128, 129, 3}},
        {4, "conv1.bias", {128}},
        {5, "conv2.weight", {64, 128, 3}},
        {6, "conv2.bias", {64}},
        {7, "conv3.weight", {64, 64, 3}},
        {8, "conv3.bias", {64}},
        {9, "conv4.weight", {128, 64, 3}},
        {10, "conv4.bias", {128}},
        {11, "lstm_cell.weight_ih", {512, 128}},
        {12, "lstm_cell.weight_hh", {512, 128}},
        {13, "lstm_cell.bias_ih", {512}},
        {14, "lstm_cell.bias_hh", {512}},
        {15, "final_conv.weight", {1, 128, 1}},
        {16, "final_conv.bias", {1}},
    };
    return table;
}

/// The archive's own folder: torch puts everything under one name, which changes with the release.
std::string archive_folder(const TorchZip& zip)
{
    if (zip.entries().empty()) return {};
    const std::string& first = zip.entries().begin()->first;
    return first.substr(0, first.find('/'));
}

} // namespace

Result<void>
convert_silero_jit(const std::filesystem::path& jit, const std::filesystem::path& safetensors)
{
    const auto zip = TorchZip::open(jit);
    if (!zip) return tl::unexpected(zip.error());
    const std::string folder = archive_folder(*zip);
    std::vector<TensorToWrite> tensors;
    for (const Weight& weight : weights()) {
        const std::string entry = folder + "/data/" + std::to_string(weight.entry);
        const auto bytes = zip->read(entry);
        if (!bytes) return tl::unexpected(bytes.error());
        const auto expected = stored_bytes(ElementFormat::F32, weight.shape);
        if (static_cast<std::int64_t>(bytes->size()) != expected)
            return damaged(
                jit.filename().string(),
                "entry " + in_quotes(entry) + " has " + std::to_string(bytes->size()) +
                    " bytes, expected " + std::to_string(*expected) + " for " + weight.name + ".");
        tensors.push_back({weight.name, ElementFormat::F32, weight.shape, *bytes});
    }
    auto written = write_safetensors(safetensors, std::move(tensors));
    if (!written) return written;
    return zip->file()->check();
}

} // namespace engine::formats
