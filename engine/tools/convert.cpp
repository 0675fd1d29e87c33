#include "engine/models/parakeet/nemo.h"
#include "engine/tools/command.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace engine::tools {
namespace {

using nlohmann::json;

Result<Output> run(const Context& context)
{
    if (!context.arguments.has("--output"))
        return fail(
            ErrorCode::BadUsage,
            "convert needs a folder to write to.",
            "Give --output with a folder that does not exist yet.");
    const std::filesystem::path folder = context.arguments.text("--output");
    if (auto converted = parakeet::convert_nemo(context.model, folder); !converted)
        return tl::unexpected(converted.error());

    json files = json::array();
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        files.push_back(entry.path().filename().string());
        bytes += entry.file_size(error);
    }
    std::sort(files.begin(), files.end());
    json document = {{"path", folder.string()}, {"size_bytes", bytes}, {"files", files}};
    return Output{std::move(document), "Written to " + folder.string() + ".\n"};
}

} // namespace

Command convert_command()
{
    return {
        "convert",
        "a recogniser in NeMo's archive to a folder that this program reads",
        "percept-engine convert --model parakeet-tdt-0.6b-v2.nemo --output parakeet-tdt-0.6b-v2",
        {{"--output", "DIR", "the folder to make; it must not hold anything yet"}},
        true,
        run};
}

} // namespace engine::tools
