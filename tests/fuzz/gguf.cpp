#include "engine/formats/gguf.h"

#include "engine/text/bpe_files.h"
#include "engine/text/chat_template.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::MemoryFile memory(data, size);
    const auto file = engine::formats::GgufFile::open(memory.path());
    if (!file) return 0;
    for (const auto& [key, value] : file->metadata()) {
        static_cast<void>(engine::formats::type_words(value));
        static_cast<void>(file->integer(key));
        static_cast<void>(file->number(key));
        static_cast<void>(file->flag(key));
        static_cast<void>(file->integers(key));
        static_cast<void>(file->numbers(key));
        if (const auto text = file->text(key)) engine::text::template_fingerprint(*text);
        if (const auto texts = file->texts(key))
            for (const auto text : *texts) fuzz::touch(text);
    }
    for (const auto& [name, tensor] : file->tensors().all()) {
        fuzz::touch(tensor.bytes);
        static_cast<void>(file->tensors().values(name, tensor.element_count()));
    }
    const auto tokenizer = engine::text::bpe_from_gguf(*file);
    if (!tokenizer) return 0;
    static_cast<void>(tokenizer->decode(*tokenizer->encode("hello <|end|> 12")));
    return 0;
}
