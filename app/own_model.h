#pragma once

#include "app/models/model_store.h"
#include "app/result.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace app {

/// A language model that the user has already: what its header says.
struct OwnModel {
    std::filesystem::path file;
    std::string name;   // as the file calls itself, else the file's name
    std::string format; // "llama, Q4_1"
    std::uint64_t size_bytes = 0;
    int context_length = 0;
};

/// What "a folder I have" turned out to be: published files of the catalogue, or a model file.
struct OwnFolder {
    std::vector<const models::Model*> published; // whole models, now in the store
    std::vector<OwnModel> own;
};

/// Opens the header of a GGUF file and checks that the engine can run it; the weights are not read.
/// Errors: FileNotFound, BadModelFile, ModelUnsupported, each with its reason.
Result<OwnModel> look_at_model(const std::filesystem::path& file);

/// Looks through a file or a folder (two levels deep). Files whose size and SHA-256 are those of
/// the catalogue are copied into the store, so that a machine without a network gets its models
/// from a disk; GGUF files beside them are looked at where they lie. Errors: NotFound (nothing of
/// either kind, with the reason of the most likely file), Cancelled, those of copying.
Result<OwnFolder> use_folder(
    const std::filesystem::path& place,
    const models::Catalogue& catalogue,
    const std::filesystem::path& models_folder,
    const std::stop_token& stop);

} // namespace app
