#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <string>
#include <vector>

/// What transformers computed with the dequantised weights in float32; made by
/// tests/data/make_smollm2_goldens.py.
namespace goldens {

inline constexpr const char* kModel = "smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf";
inline constexpr int kVocab = 49'152;
inline constexpr int kDim = 576;
inline constexpr int kLayers = 30;

struct Greedy {
    std::string prompt;
    std::vector<std::int32_t> input_ids, token_ids;
};
struct Logits {
    std::vector<std::int32_t> input_ids;
    std::vector<float> values; // last position, to 1 / 65,535 of the range
    float range = 0;
};

inline std::string read(const std::string& name)
{
    std::ifstream file(std::string(PERCEPT_TEST_DATA "/smollm2/") + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline std::vector<Greedy> greedy()
{
    std::vector<Greedy> cases;
    for (const auto& entry : nlohmann::json::parse(read("greedy.json")))
        cases.push_back({entry["prompt"], entry["input_ids"], entry["token_ids"]});
    return cases;
}

inline std::vector<Logits> logits()
{
    const std::string packed = read("logits.bin");
    std::vector<Logits> cases;
    for (const auto& entry : nlohmann::json::parse(read("logits.json"))) {
        Logits logits;
        logits.input_ids = entry["input_ids"].get<std::vector<std::int32_t>>();
        const double low = entry["min"], high = entry["max"];
        logits.range = static_cast<float>(high - low);
        for (std::size_t i = 0; i < kVocab; ++i) {
            const std::size_t at = 2 * (cases.size() * kVocab + i);
            const int value = static_cast<unsigned char>(packed.at(at)) +
                              256 * static_cast<unsigned char>(packed.at(at + 1));
            logits.values.push_back(static_cast<float>(low + value * (high - low) / 65535.0));
        }
        cases.push_back(std::move(logits));
    }
    return cases;
}

/// Row 0: embedding; row 1 + i: output of layer i; for the last position of the first case of
/// logits().
inline std::vector<std::vector<float>> layers()
{
    const std::string bytes = read("layers.bin");
    std::vector<std::vector<float>> rows(kLayers + 1, std::vector<float>(kDim));
    for (std::size_t r = 0; r < rows.size(); ++r)
        std::memcpy(rows[r].data(), bytes.data() + r * kDim * sizeof(float), kDim * sizeof(float));
    return rows;
}

inline float largest_difference(std::span<const float> a, std::span<const float> b)
{
    float largest = a.size() == b.size() ? 0.0f : INFINITY;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}

} // namespace goldens
