#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// Runs of lower-case letters and digits, each once (all of UTF-8 beyond ASCII counts as letters;
/// the tokenizer knows better and decides).
std::vector<std::string> query_words(std::string_view query);
/// FTS5 expressions of quoted words, so that AND, NEAR, * and : are words like others: rows with
/// any of them, rows with a word that begins like each.
std::string any_word(std::span<const std::string> words);
std::string all_beginnings(std::span<const std::string> words);

} // namespace storage
