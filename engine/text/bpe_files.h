#pragma once

#include "engine/formats/gguf.h"
#include "engine/result.h"
#include "engine/text/bpe_tokenizer.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// The tokenizer that a GGUF checkpoint carries in its metadata (tokenizer.ggml.*): byte-level
/// ("gpt2"), or SentencePiece's byte pairs ("llama"). Errors: BadModelFile, ModelUnsupported
/// (another kind of tokenizer, an unknown pre-tokenizer; named).
Result<BpeTokenizer> bpe_from_gguf(const formats::GgufFile& file);

/// The tokenizer of a tokenizer.json: model BPE without byte fallback, no normaliser,
/// pre-tokenizers ByteLevel, Split by a regular expression and Digits, or a Sequence of them. At
/// most 64 MiB, 2^20 tokens, 32 levels deep; vocabulary and merges are taken as the parser meets
/// them, so that no tree of them is ever built. Errors: FileNotFound, FileUnreadable,
/// LimitExceeded, BadModelFile, ModelUnsupported (a part that we do not have; named).
Result<BpeTokenizer> bpe_from_tokenizer_json(const std::filesystem::path& path);
/// The same for a text in memory; `name` stands in the sentences.
Result<BpeTokenizer> bpe_from_tokenizer_json_text(std::string_view json, std::string_view name);

/// A vocabulary of one token a line, the line number being its id (Whisper's vocabulary.txt, BERT's
/// vocab.txt). Line ends are \n; at most 16 MiB. Errors: FileNotFound, FileUnreadable,
/// LimitExceeded, BadModelFile (empty, a line over 4 KiB).
Result<std::vector<std::string>> read_vocabulary(const std::filesystem::path& path);

} // namespace engine::text
