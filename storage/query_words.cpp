#include "storage/query_words.h"

#include <algorithm>
#include <fmt/format.h>

namespace storage {
namespace {

// More words than a question has; each costs one pass over its postings.
constexpr std::size_t kMaxQueryWords = 64;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

std::vector<std::string> query_words(std::string_view query)
{
    std::vector<std::string> words;
    std::string word;
    const auto flush = [&] {
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(word);
        word.clear();
    };
    for (const char c : query) {
        const auto byte = static_cast<unsigned char>(c);
        const bool in_word = byte >= 0x80 || (byte >= '0' && byte <= '9') ||
                             (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        if (in_word)
            word += lower(c);
        else
            flush();
    }
    flush();
    if (words.size() > kMaxQueryWords) words.resize(kMaxQueryWords);
    return words;
}

std::string any_word(std::span<const std::string> words)
{
    std::string expression;
    for (const std::string& word : words)
        expression += fmt::format("{}\"{}\"", expression.empty() ? "" : " OR ", word);
    return expression;
}

std::string all_beginnings(std::span<const std::string> words)
{
    std::string expression;
    for (const std::string& word : words)
        expression += fmt::format("{}\"{}\" *", expression.empty() ? "" : " AND ", word);
    return expression;
}

} // namespace storage
