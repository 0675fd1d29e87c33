#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace golden_text {

/// The random strings of tests/data/text/make_tokenizer_goldens.py, written again.
std::string random_text(std::uint64_t seed);

/// The FNV-1a hash of the ids of strings [100 * block, 100 * block + 100), as 16 hexadecimal
/// digits.
std::string
block_hash(int block, const std::function<std::vector<std::int32_t>(const std::string&)>& encode);

} // namespace golden_text
