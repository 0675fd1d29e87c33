#include "app/sample.h"

#include "app/paths.h"

#include <fmt/format.h>

namespace app {

Result<Sample> find_sample()
{
    const std::filesystem::path programs = program_folder();
    const std::filesystem::path places[] = {
        programs / "../share/percept/sample",
        programs / "../../resources/sample",    // build/bin of the tree
        programs / "../../../resources/sample", // build/PRESET/bin, and build/tests/...
    };
    for (const auto& place : places) {
        Sample sample{place / "handbook.pdf", place / "meeting.ogg"};
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(sample.document, ignored) ||
            !std::filesystem::is_regular_file(sample.sound, ignored))
            continue;
        for (auto* file : {&sample.document, &sample.sound})
            *file = std::filesystem::weakly_canonical(*file, ignored);
        return sample;
    }
    return fail(
        ErrorCode::FileNotFound,
        fmt::format("The sample is not in {}.", places[0].lexically_normal().string()),
        "Install Percept again, or drop files of your own.");
}

} // namespace app
