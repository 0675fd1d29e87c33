#pragma once

#include "app/paths.h"

#include <optional>
#include <QStringList>
#include <string>
#include <vector>

namespace app::desktop {

class WindowState;

/// The words of the command line of percept.
struct StartOptions {
    Paths paths;
    QStringList files;                      // absolute
    std::vector<std::string> restart_words; // the same without the files, which have been read then
    std::optional<int> finished; // --help, --version or wrong words: printed; exit with this
};
StartOptions readStartOptions(int argc, char** argv);

/// Name, icon, translation and appearance, before the first widget.
void prepareApplication(const WindowState& state);

} // namespace app::desktop
