// What a model says, token by token: marks, calls of tools and text that are not as they should be.
// Each byte is one token; the first says which marks there are and whether reasoning is open.
#include "engine/text/bpe_files.h"
#include "engine/text/nemotron_reply.h"
#include "engine/text/utf8.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

namespace {

void require(bool condition)
{
    if (!condition) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace engine;
    static const auto tokenizer = [] {
        auto read = text::bpe_from_tokenizer_json(
            std::string(PERCEPT_TEST_DATA) + "/omni/a/bf16/tokenizer.json");
        if (!read) {
            std::cerr << read.error().message << "\n";
            std::abort();
        }
        return std::move(*read);
    }();
    static const std::vector<Tool> tools = {
        {"find",
         "Finds.",
         R"({"type":"object","properties":{"what":{"type":"string"},)"
         R"("most":{"type":"integer"},"exact":{"type":"boolean"},)"
         R"("places":{"type":"array"}},"required":["what"]})"}};
    if (size == 0) return 0;
    text::NemotronReply reply(tokenizer, tools, (data[0] & 1) != 0);
    // Bytes above 0xf8 cannot stand in UTF-8: they say the words that matter.
    static const std::array<std::string, 7> words = {
        "<function=find>\n",
        "<parameter=what>\n",
        "\n</parameter>\n",
        "</function>\n",
        "<parameter=most>",
        "</think>",
        "<tool_call>"};
    const std::array<std::int32_t, 3> marks = {
        tokenizer.control_token("</think>").value_or(-1),
        tokenizer.control_token("<tool_call>").value_or(-1),
        tokenizer.control_token("</tool_call>").value_or(-1)};
    const auto check = [](const text::ReplyPieces& pieces) {
        require(text::valid_utf8(pieces.text) == pieces.text);
        require(text::valid_utf8(pieces.reasoning) == pieces.reasoning);
        for (const ToolCall& call : pieces.calls) require(call.name == "find");
    };
    for (std::size_t i = 1; i < size; ++i) {
        const std::uint8_t byte = data[i];
        if (byte < 3) {
            const std::int32_t mark = marks[byte];
            check(reply.push(mark, tokenizer.bytes(mark)));
        } else if (byte >= 0xf9) {
            check(reply.push(1'000, words[byte - 0xf9]));
        } else {
            const char character = static_cast<char>(byte);
            check(reply.push(1'000, {&character, 1}));
        }
    }
    check(reply.finish());
    return 0;
}
