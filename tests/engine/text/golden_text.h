#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace golden_text {

/// The random strings of tests/data/text/make_tokenizer_goldens.py, written again.
std::string random_text(std::uint64_t seed);

/// Words of one script among 40, now and then of another, between them white space, digits, marks,
/// emoji and control characters: tests/data/text/make_tekken_goldens.py, written again.
std::string script_text(std::uint64_t seed);

/// The FNV-1a hash of the ids of strings [100 * block, 100 * block + 100), as 16 hexadecimal
/// digits.
std::string block_hash(
    int block,
    const std::function<std::vector<std::int32_t>(const std::string&)>& encode,
    std::string (*make)(std::uint64_t seed) = random_text);

} // namespace golden_text
