#include "engine/text_embedder.h"
#include "engine/tools/command.h"
#include "engine/tools/request_file.h"

#include <array>
#include <future>
#include <sstream>

namespace engine::tools {
namespace {

Result<std::vector<std::string>> read_texts(const Context& context)
{
    static constexpr std::array<std::string_view, 2> kSources = {"--text", "--text-file"};
    const auto source = context.arguments.one_of(kSources);
    if (!source) return tl::unexpected(source.error());
    if (*source == "--text") return context.arguments.texts("--text");
    const auto text = read_text(context.arguments.text("--text-file"));
    if (!text) return tl::unexpected(text.error());
    std::vector<std::string> lines;
    std::istringstream stream(*text);
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with('\r')) line.pop_back();
        lines.push_back(std::move(line));
    }
    return lines;
}

Result<Output> run(const Context& context)
{
    auto texts = read_texts(context);
    if (!texts) return tl::unexpected(texts.error());
    if (context.device.device == Device::Cuda)
        return fail(
            ErrorCode::DeviceUnavailable,
            "This build computes vectors on the CPU only.",
            "Choose the device cpu or auto.");
    Worker worker(context.device);
    const auto embedder = TextEmbedder::open(worker, context.model, context.compute);
    if (!embedder) return tl::unexpected(embedder.error());
    EmbedRequest request;
    request.texts = std::move(*texts);
    request.priority = Priority::Interactive;
    request.stop = context.stop;
    const auto vectors = (*embedder)->embed(std::move(request));
    if (!vectors) return tl::unexpected(vectors.error());
    std::ostringstream lines;
    for (const std::vector<float>& vector : *vectors) {
        const char* space = "";
        for (const float value : vector) {
            lines << space << value;
            space = " ";
        }
        lines << '\n';
    }
    return Output{{{"vectors", *vectors}}, lines.str()};
}

} // namespace

Command embed_command()
{
    return {
        "embed",
        "unit vectors of texts",
        "percept-engine embed --model all-minilm-l6-v2 --text \"a cat\" \"a dog\" --json",
        {
            {"--text", "T...", "one or more texts", Option::Kind::Values},
            {"--text-file", "F", "a text a line"},
        },
        true,
        run};
}

} // namespace engine::tools
