#pragma once

#include "app/cli/environment.h"
#include "app/cli/json.h"
#include "app/models/model_store.h"
#include "app/own_model.h"

#include <string>
#include <vector>

/// The rows of `percept-cli models`.
namespace app::cli {

models::ModelStore store_of(Environment& environment);

/// What the library keeps of models, if there is one: listing models makes none.
struct KeptModels {
    std::vector<OwnModel> own;
    std::vector<std::string> writing; // of the catalogue, those that the user lets write answers
};
Result<KeptModels> kept_models(Environment& environment);

ListedModel listed(
    const models::ModelStore& store,
    const models::Model& model,
    const std::vector<std::string>& writing = {});
/// A set stands for its models together: all installed, what any of them can do.
ListedModel listed(const models::ModelStore& store, const models::ModelSet& set);
ListedModel listed(const OwnModel& model);

/// Prints them with whether they fit this machine; returns `status`.
int show_models(Environment& environment, std::vector<ListedModel> list, int status);

} // namespace app::cli
