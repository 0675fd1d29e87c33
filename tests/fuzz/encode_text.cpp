// Any bytes as text: byte pairs come back as the text that they were made from, WordPiece keeps its
// bounds, and a stream cut anywhere says the same as the whole.
#include "engine/text/bert_normalizer.h"
#include "engine/text/bpe_files.h"
#include "engine/text/utf8.h"
#include "engine/text/utf8_stream.h"
#include "engine/text/word_piece.h"
#include "tests/engine/formats/tiny_files.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool condition)
{
    if (!condition) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace engine::text;
    static const BpeTokenizer bytes =
        *bpe_from_tokenizer_json_text(tiny_files::tokenizer_json(), "tokenizer.json");
    static const WordPiece words =
        *WordPiece::build({"[UNK]", "[CLS]", "[SEP]", "a", "##a", "he", "##llo", "."}, "vocab.txt");
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    const std::string valid = valid_utf8(text);
    const auto ids = bytes.encode(text);
    require(ids && bytes.decode(*ids) == valid);
    require(bytes.encode(text, BpeTokenizer::ControlText::AsTokens).has_value());

    const auto pieces = words.encode(text, 16);
    require(pieces.size() >= 2 && pieces.size() <= 16 && pieces.front() == 1 && pieces.back() == 2);
    require(valid_utf8(bert_normalize(text)) == bert_normalize(text));

    Utf8Stream stream;
    const std::size_t cut = size > 0 ? data[0] % size : 0;
    std::string streamed = stream.push(text.substr(0, cut));
    streamed += stream.push(text.substr(cut));
    require(streamed + stream.finish() == valid);
    return 0;
}
