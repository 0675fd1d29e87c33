#pragma once

#include "app/models/model_store.h"
#include "app/result.h"
#include "engine/types.h"
#include "storage/library.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace app {

/// A model that the user has already: what its files say, and what he said of it. It answers
/// questions, or it recognises speech.
struct OwnModel {
    std::filesystem::path file; // a GGUF file, or a folder of safetensors
    std::string name;           // as the file calls itself, else the file's name
    std::string format;         // "llama, Q4_1"
    std::uint64_t size_bytes = 0;
    int context_length = 0;            // 0: it recognises speech
    std::uint64_t needed_bytes = 0;    // of memory, to answer or to listen
    std::uint64_t available_bytes = 0; // of memory, when it was looked at
    engine::Capabilities capabilities; // `reasons`: the user lets it write answers
    bool recognizes_speech = false;
    bool listens = false; // instead of the catalogue's recogniser, as the user chose; at most one
    std::string problem;  // a sentence: why a model that was chosen once cannot be used now
};

/// What "a folder I have" turned out to be: published files of the catalogue, or models of his own.
struct OwnFolder {
    std::vector<const models::Model*> published; // whole models, now in the store
    std::vector<OwnModel> own;
};

/// Checks that the engine can run it; the weights are not read.
/// Errors: FileNotFound, BadModelFile, ModelUnsupported, each with its reason.
Result<OwnModel> look_at_model(const std::filesystem::path& model);

/// Looks through a file or a folder (two levels deep). Files whose size and SHA-256 are those of
/// the catalogue are copied into the store, so that a machine without a network gets its models
/// from a disk; other models beside them are looked at where they lie. Errors: NotFound (nothing
/// of either kind, with the reason of the most likely one), Cancelled, those of copying.
Result<OwnFolder> use_folder(
    const std::filesystem::path& place,
    const models::Catalogue& catalogue,
    const std::filesystem::path& models_folder,
    const std::stop_token& stop);

/// The models that this library keeps as the user's own, looked at anew; one that cannot be used
/// any more comes with its problem. Errors: those of the library.
Result<std::vector<OwnModel>> own_models(storage::Library& library);
Result<void> keep_own_models(storage::Library& library, std::span<const OwnModel> models);

/// The model of the user's own that listens to recordings; empty: the catalogue's does. Nothing of
/// it is looked at, so that one that is gone is met where it is needed. Errors: those of the
/// library.
Result<std::filesystem::path> listening_model(storage::Library& library);
/// Chooses the one of `models` that listens, or none where `on` is false; recognisers only.
void let_listen(std::span<OwnModel> models, const std::filesystem::path& model, bool on);

/// Whether this model may write answers: the catalogue says so of the published ones that were
/// measured, the user of the others and of his own; everything else quotes. Errors: those of the
/// library.
Result<bool> may_write_answers(
    const std::filesystem::path& model,
    const models::Catalogue& catalogue,
    const std::filesystem::path& models_folder,
    storage::Library& library);

/// Both lead to the same model: a folder stands for the one GGUF file in it.
bool same_model(const std::filesystem::path& one, const std::filesystem::path& other);

} // namespace app
