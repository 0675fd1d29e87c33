// tokenizer_bench MODELS_DIR BLOCKS: how long the starter models' tokenizers take to load and to
// encode, and for BLOCKS x 100 random strings the hash of each hundred's ids, which
// tokenizers_vs_reference compares.
#include "engine/formats/gguf.h"
#include "engine/text/bpe_files.h"
#include "engine/text/word_piece.h"
#include "tests/engine/text/golden_text.h"

#include <algorithm>
#include <ctime>
#include <iostream>
#include <string>

namespace {

/// Processor time of this program, which has one thread: other programs do not disturb it much.
double cpu_ms()
{
    return static_cast<double>(std::clock()) * 1e3 / CLOCKS_PER_SEC;
}

/// Loads `load()` five times and prints the fastest, then the speed of encoding about 1 MB of text,
/// then the hashes.
template <typename Load, typename Encode>
bool report(const char* name, int blocks, const Load& load, const Encode& encode)
{
    double fastest_ms = 1e9;
    for (int i = 0; i < 5; ++i) {
        const double start = cpu_ms();
        const auto loaded = load();
        fastest_ms = std::min(fastest_ms, cpu_ms() - start);
        if (!loaded) {
            std::cerr << loaded.error().message << "\n";
            return false;
        }
    }
    const auto tokenizer = load();
    std::string page;
    while (page.size() < 2'000)
        page += "The invoice of 2026-11-22 is due on Friday, isn't it? See chapter 3. ";
    std::size_t tokens = 0;
    const double start = cpu_ms();
    for (int i = 0; i < 500; ++i) tokens += encode(*tokenizer, page).size();
    const double ms = cpu_ms() - start;
    std::cout << name << " load " << fastest_ms << " ms of processor time, "
              << static_cast<double>(tokens) / ms / 1e3 << " M tokens/s\n";
    for (int block = 0; block < blocks; ++block)
        std::cout << name << " " << block << " "
                  << golden_text::block_hash(
                         block,
                         [&](const std::string& text) { return encode(*tokenizer, text); })
                  << "\n";
    return true;
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 3) {
        std::cerr << "tokenizer_bench MODELS_DIR BLOCKS\n";
        return 2;
    }
    const std::filesystem::path models = arguments[1];
    const int blocks = std::stoi(arguments[2]);
    const auto bpe = [](const engine::text::BpeTokenizer& tokenizer, const std::string& text) {
        return *tokenizer.encode(text);
    };
    const auto from_gguf = [&]() -> engine::Result<engine::text::BpeTokenizer> {
        auto file = engine::formats::GgufFile::open(
            models / "smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        if (!file) return tl::unexpected(file.error());
        return engine::text::bpe_from_gguf(*file);
    };
    const bool done =
        report("smollm2", blocks, from_gguf, bpe) &&
        report(
            "whisper",
            blocks,
            [&] {
                return engine::text::bpe_from_tokenizer_json(
                    models / "whisper-base/tokenizer.json");
            },
            bpe) &&
        report(
            "minilm",
            blocks,
            [&] { return engine::text::WordPiece::open(models / "all-minilm-l6-v2/vocab.txt"); },
            [](const engine::text::WordPiece& tokenizer, const std::string& text) {
                return tokenizer.encode(text, 1 << 20);
            });
    return done ? 0 : 1;
}
