#include "engine/text/pre_tokenizer.h"

#include "engine/formats/wording.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <new>
#include <utility>

namespace engine::text {

namespace {

constexpr std::size_t kLongestPattern = 16 * 1024;
constexpr std::uint32_t kDeepestGroups = 100;
constexpr std::uint32_t kMostSteps = 1'000'000;
constexpr std::uint32_t kMostHeapKib = 16 * 1024;

// Expressions of the families that llama.cpp distinguishes under these names.
constexpr std::string_view kGpt2 =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view kLlama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kQwen2 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kTekken =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kDigit = R"(\p{N})";
// Where a file names nothing better. Source: llama.cpp's default.
constexpr std::array<std::string_view, 4> kDefault = {
    R"([\p{P}\$\+<=>\^~\|]+)",
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S))",
    R"(\p{N}+)",
    R"([0-9][0-9][0-9])"};

constexpr std::string_view kWhiteSpace =
    R"(\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";

/// Replaces \s and \S by Unicode's White_Space. `\S` inside brackets cannot be written out and
/// stays PCRE2's.
std::string with_unicode_space(std::string_view pattern)
{
    std::string result;
    bool in_class = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            const char next = pattern[++i];
            if (next == 's') {
                result +=
                    in_class ? std::string(kWhiteSpace) : "[" + std::string(kWhiteSpace) + "]";
            } else if (next == 'S' && !in_class) {
                result += "[^" + std::string(kWhiteSpace) + "]";
            } else {
                result += {c, next};
            }
            continue;
        }
        if (c == '[') in_class = true;
        if (c == ']') in_class = false;
        result += c;
    }
    return result;
}

template <typename T, void (*release)(T*)>
struct Release {
    void operator()(T* object) const { release(object); }
};
using Code = std::unique_ptr<pcre2_code, Release<pcre2_code, pcre2_code_free>>;
using CompileContext = std::
    unique_ptr<pcre2_compile_context, Release<pcre2_compile_context, pcre2_compile_context_free>>;
using MatchContext =
    std::unique_ptr<pcre2_match_context, Release<pcre2_match_context, pcre2_match_context_free>>;
using MatchData =
    std::unique_ptr<pcre2_match_data, Release<pcre2_match_data, pcre2_match_data_free>>;
using JitStack = std::unique_ptr<pcre2_jit_stack, Release<pcre2_jit_stack, pcre2_jit_stack_free>>;

template <typename Pointer>
Pointer allocated(Pointer pointer)
{
    if (!pointer) throw std::bad_alloc();
    return pointer;
}

} // namespace

struct PreTokenizer::Expression {
    Code code;
};

Result<PreTokenizer>
PreTokenizer::compile(const std::vector<std::string>& patterns, std::string_view name)
{
    PreTokenizer result;
    const CompileContext context = allocated(CompileContext(pcre2_compile_context_create(nullptr)));
    pcre2_set_parens_nest_limit(context.get(), kDeepestGroups);
    for (const std::string& pattern : patterns) {
        if (pattern.empty() || pattern.size() > kLongestPattern)
            return formats::damaged(
                name,
                "a pre-tokenizer pattern has " + std::to_string(pattern.size()) +
                    " bytes, expected 1 to 16384.");
        const std::string text = with_unicode_space(pattern);
        int problem = 0;
        PCRE2_SIZE place = 0;
        Code code(pcre2_compile(
            reinterpret_cast<PCRE2_SPTR>(text.data()),
            text.size(),
            PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C,
            &problem,
            &place,
            context.get()));
        if (!code)
            return formats::damaged(
                name,
                "the pre-tokenizer pattern " + formats::in_quotes(pattern) +
                    " is no valid regular expression.");
        // Without JIT (a hardened kernel) the interpreter runs the same expression, only slower.
        pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
        result.expressions_.push_back(
            std::make_shared<const Expression>(Expression{std::move(code)}));
    }
    return result;
}

Result<PreTokenizer> PreTokenizer::for_gguf(std::string_view pre, std::string_view file)
{
    const auto one_of = [&](std::initializer_list<std::string_view> names) {
        for (const std::string_view name : names)
            if (pre == name) return true;
        return false;
    };
    if (one_of({"gpt-2", "phi-2", "mpt", "olmo", "jais"}))
        return compile({std::string(kGpt2)}, file);
    if (one_of({"smollm", "starcoder", "refact", "command-r", "codeshell"}))
        return compile({std::string(kDigit), std::string(kGpt2)}, file);
    if (one_of({"llama3", "llama-v3", "llama-bpe"})) return compile({std::string(kLlama3)}, file);
    if (one_of({"default"}))
        return compile(std::vector<std::string>(kDefault.begin(), kDefault.end()), file);
    if (one_of({"tekken"})) return compile({std::string(kTekken)}, file);
    if (one_of({"qwen2"})) return compile({std::string(kQwen2)}, file);
    return fail(
        ErrorCode::ModelUnsupported,
        std::string(file) + ": this engine does not know the pre-tokenizer " +
            formats::in_quotes(pre) + ".",
        "Choose a model whose tokenizer is of the GPT-2, SmolLM, Llama 3, Tekken or Qwen2 kind.");
}

Result<std::vector<std::string_view>> PreTokenizer::split(std::string_view text) const
{
    // Larger than the 32 KiB of the machine stack that JIT code takes by itself; grown only where
    // needed.
    const JitStack stack(pcre2_jit_stack_create(32 * 1024, 1024 * 1024, nullptr));
    const MatchContext context = allocated(MatchContext(pcre2_match_context_create(nullptr)));
    pcre2_set_match_limit(context.get(), kMostSteps);
    pcre2_set_depth_limit(context.get(), kMostSteps);
    pcre2_set_heap_limit(context.get(), kMostHeapKib);
    if (stack) pcre2_jit_stack_assign(context.get(), nullptr, stack.get());
    const MatchData match = allocated(MatchData(pcre2_match_data_create(1, nullptr)));

    std::vector<std::string_view> pieces = {text};
    if (text.empty()) pieces.clear();
    for (const auto& expression : expressions_) {
        std::vector<std::string_view> finer;
        finer.reserve(pieces.size());
        for (const std::string_view piece : pieces) {
            std::size_t done = 0;
            for (std::size_t from = 0; from < piece.size();) {
                const int found = pcre2_match(
                    expression->code.get(),
                    reinterpret_cast<PCRE2_SPTR>(piece.data()),
                    piece.size(),
                    from,
                    PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY,
                    match.get(),
                    context.get());
                if (found == PCRE2_ERROR_NOMATCH) break;
                if (found == PCRE2_ERROR_NOMEMORY) throw std::bad_alloc();
                if (found < 0)
                    return fail(
                        ErrorCode::LimitExceeded,
                        "The text cannot be cut into words within the tokenizer's limits.",
                        "Shorten it.");
                const PCRE2_SIZE* const place = pcre2_get_ovector_pointer(match.get());
                if (place[1] <= place[0] || place[0] < done)
                    break; // \K in a pattern can turn a match round
                if (place[0] > done) finer.push_back(piece.substr(done, place[0] - done));
                finer.push_back(piece.substr(place[0], place[1] - place[0]));
                done = from = place[1];
            }
            if (done < piece.size()) finer.push_back(piece.substr(done));
        }
        pieces = std::move(finer);
    }
    return pieces;
}

std::string_view gpt2_pattern()
{
    return kGpt2;
}

} // namespace engine::text
