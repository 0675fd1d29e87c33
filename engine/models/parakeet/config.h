#pragma once

#include "engine/models/fastconformer/config.h"

#include <filesystem>
#include <vector>

namespace engine::parakeet {

/// A token-and-duration transducer behind a FastConformer, as transformers writes its folder.
/// Audio spec 1.4, 2.2.
struct Config {
    fastconformer::Config encoder;
    int vocabulary = 0;         // pieces; the blank token has this id
    std::vector<int> durations; // in encoder rows, ascending, by the index that the joint answers
    int layers = 0;             // LSTM layers of the prediction network
    int dim = 0;                // their width, and that of the embedding
    int joint_dim = 0;
    int most_symbols = 10; // on one row; then time goes on

    int blank() const { return vocabulary; }
    int logits() const { return vocabulary + 1 + static_cast<int>(durations.size()); }
};

/// Whether config.json is there and describes an encoder of its own, as recognisers of speech have
/// one; which kind of recogniser, read_config() says.
bool describes_recognizer(const std::filesystem::path& folder);

/// Reads config.json, and processor_config.json or preprocessor_config.json where one is there.
/// Sizes come from the shapes of the tensors; what the files say of them must agree. Errors:
/// FileNotFound, BadModelFile, ModelUnsupported (another kind of recogniser, other features).
Result<Config>
read_config(const std::filesystem::path& folder, const formats::TensorTable& tensors);

} // namespace engine::parakeet
