#pragma once

namespace app::cli {

/// percept-cli: reads the arguments, runs the command, returns its exit status. Nothing escapes.
int run(int argc, char** argv);

} // namespace app::cli
