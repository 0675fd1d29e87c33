#pragma once

#include "app/engines.h"
#include "app/paths.h"
#include "capture/reader_client.h"

#include <string>
#include <vector>

namespace app {

/// One thing that works or does not; `hint` is the way out where it does not.
struct Check {
    std::string name;
    bool ok = true;
    std::string detail;
    std::string hint;
};

/// Looks at machine, models, tools, sandbox and library, and really reads a small file through
/// percept-reader. Writes nothing but that file, in the system's temporary folder. Takes about a
/// second and a pass over the database.
std::vector<Check>
examine(const Paths& paths, Engines& engines, const capture::ReaderOptions& reader);

} // namespace app
