// tokenizer.json; what begins otherwise than an object is read as vocab.txt too.
#include "engine/text/bpe_files.h"
#include "engine/text/word_piece.h"
#include "tests/fuzz/memory_file.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::MemoryFile memory(data, size);
    if (size == 0 || data[0] != '{')
        if (auto vocabulary = engine::text::read_vocabulary(memory.path()))
            if (const auto words = engine::text::WordPiece::build(*vocabulary, "vocab.txt"))
                static_cast<void>(words->encode("hello", 16));
    const auto tokenizer = engine::text::bpe_from_tokenizer_json(memory.path());
    if (!tokenizer) return 0;
    // A pre-tokenizer of a stranger may meet its limit; it may not do anything else.
    if (const auto ids = tokenizer->encode("hello <|end|> 12  \n"))
        static_cast<void>(tokenizer->decode(*ids));
    return 0;
}
