#include "engine/text/bpe_files.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto tokenizer = engine::text::bpe_from_tokenizer_json_text(text, "tokenizer.json");
    if (!tokenizer) return 0;
    // A pre-tokenizer of a stranger may meet its limit; it may not do anything else.
    if (const auto ids = tokenizer->encode("hello <|end|> 12  \n"))
        static_cast<void>(tokenizer->decode(*ids));
    return 0;
}
