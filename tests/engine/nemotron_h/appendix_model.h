#pragma once

#include "engine/formats/safetensors.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

/// The tiny model of the backbone spec's appendix A: every weight follows from a formula, and the
/// spec gives the numbers that come out.
namespace appendix {

struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// Tensors in the order of the spec, under the names of the text-only checkpoint.
std::vector<Tensor> tensors();
/// Their config.json, in the old spelling.
nlohmann::json config();

/// Writes config.json and model.safetensors (F32).
void write(
    const std::filesystem::path& folder,
    const std::vector<Tensor>& tensors,
    const nlohmann::json& config);

} // namespace appendix
