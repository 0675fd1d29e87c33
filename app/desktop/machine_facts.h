#pragma once

#include "app/models/model_store.h"
#include "app/paths.h"
#include "ui/models/types.h"
#include "ui/start/types.h"

#include <QLocale>
#include <vector>

/// What this computer has and what that means for Percept, read anew at each call. Not on the UI
/// thread: they read files.
namespace app::desktop {

/// Memory, disk and processor at this moment.
ui::MachineUse machineUse(const Paths& paths);

/// Bytes of the files of the starter that are not there yet.
std::uint64_t missingBytes(
    const models::Catalogue& catalogue,
    const models::ModelStore& store,
    const std::string& set = "starter");

/// Each model with its fit in words. `problems` of earlier checks come from the caller.
std::vector<ui::ModelRow> modelRows(const models::Catalogue& catalogue, const Paths& paths);

/// The lines of the first page: hardware in plain words, models, languages, helpers.
std::vector<ui::MachineLine> machineLines(const Paths& paths, bool models_ready);

/// "English" for Tesseract's "eng"; the code itself where it is unknown.
QString languageName(const std::string& tesseract_code);
QString languageName(QLocale::Language language);

} // namespace app::desktop
