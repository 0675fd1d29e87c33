#pragma once

#include "app/models/catalogue.h"
#include "app/result.h"
#include "storage/library.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Language models of the catalogue: where one lies, and which of those that nobody measured the
/// user lets write answers.
namespace app {

/// The file that stands for the language model of that name, there or not. Empty: the catalogue
/// has none.
std::filesystem::path published_file(
    std::string_view name,
    const models::Catalogue& catalogue,
    const std::filesystem::path& models_folder);

/// The published model whose folder, or a file in it, `model` is. Null: none.
const models::Model* published_at(
    const std::filesystem::path& model,
    const models::Catalogue& catalogue,
    const std::filesystem::path& models_folder);

/// Their names, as this library keeps them. Errors: those of the library.
Result<std::vector<std::string>> writing_models(storage::Library& library);
Result<void> let_model_write(storage::Library& library, const std::string& name, bool writes);

} // namespace app
