// A request file, written as a prompt: what is refused is refused with a sentence, and no text of a
// message becomes a mark.
#include "engine/text/nemotron_template.h"
#include "engine/tools/request_file.h"
#include "tests/fuzz/memory_folder.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace {

/// Two pictures, which are a film too.
const fuzz::MemoryFolder& media()
{
    static const fuzz::MemoryFolder folder;
    std::filesystem::create_directory(folder.path() / "film");
    for (const char* frame : {"film/1.ppm", "film/2.ppm"})
        folder.write(frame, "P6 2 1 255\nabcdef");
    return folder;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto chat = [] {
        auto text = engine::tools::read_text(
            std::filesystem::path(PERCEPT_TEST_DATA) / "omni" / "a" / "bf16" /
            "chat_template.jinja");
        if (!text) std::abort();
        auto known = engine::text::NemotronTemplate::recognise(*text, "chat_template.jinja");
        if (!known) std::abort();
        return std::move(*known);
    }();
    static const fuzz::MemoryFolder& folder = media();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto request = engine::tools::parse_request(text, "request.json", folder.path());
    if (!request) {
        if (request.error().message.empty()) std::abort();
        return 0;
    }
    for (const auto where :
         {engine::text::NemotronTemplate::Directives::AtTheEnd,
          engine::text::NemotronTemplate::Directives::Anywhere})
        if (const auto pieces = chat.render(*request, where))
            static_cast<void>(engine::text::text_of(*pieces));
    return 0;
}
