#pragma once

#include "engine/formats/tensor_table.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace engine::fastconformer {

/// The tiny tower of the audio spec's appendix A.2: every weight follows from a formula, and the
/// spec gives the numbers that come out.
class SpecTower {
public:
    SpecTower();
    /// The tensors under the published names; they live as long as the tower.
    formats::TensorTable table() const;
    nlohmann::json config() const;
    static constexpr int kOutDim = 24;

    struct Tensor {
        std::vector<std::int64_t> shape;
        std::vector<float> values;
    };
    std::map<std::string, Tensor> tensors;
    std::uint32_t last_number() const { return next_ - 1; }

private:
    void matrix(const std::string& name, std::vector<std::int64_t> shape, int fan, double gain);
    void
    vector(const std::string& name, std::vector<std::int64_t> shape, double base, double amplitude);
    void norm(const std::string& name);

    std::uint32_t next_ = 100;
};

} // namespace engine::fastconformer
