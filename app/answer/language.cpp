#include "app/answer/language.h"

#include "app/answer/passages.h"
#include "app/answer/text.h"
#include "app/answer/word_lists.h"

#include <map>
#include <unordered_set>
#include <utility>

namespace app::answer {

namespace {

struct List {
    std::vector<std::string> entries;
    std::unordered_set<std::string> set;
};

List parse(std::string_view file)
{
    List list;
    while (!file.empty()) {
        const auto end = file.find('\n');
        auto line = file.substr(0, end);
        file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
        if (line.empty() || line.front() == '#') continue;
        list.entries.emplace_back(line);
        list.set.emplace(line);
    }
    return list;
}

/// All lists, parsed once; some 20 kB.
const List& find_list(std::string_view language, std::string_view name)
{
    static const auto lists = [] {
        std::map<std::pair<std::string_view, std::string_view>, List> all;
        for (const auto& file : kWordLists) all[{file.language, file.list}] = parse(file.text);
        return all;
    }();
    static const List none;
    const auto found = lists.find({language, name});
    return found == lists.end() ? none : found->second;
}

} // namespace

const std::vector<std::string>& word_list(std::string_view language, std::string_view list)
{
    return find_list(language, list).entries;
}

bool in_list(std::string_view language, std::string_view list, std::string_view entry)
{
    return find_list(language, list).set.contains(std::string(entry));
}

std::string guess_language(std::string_view text)
{
    constexpr std::size_t kEnough = 400; // words; a page says it all
    auto words = words_of(text.substr(0, 8000));
    if (words.size() > kEnough) words.resize(kEnough);
    if (words.size() < 4) return {};
    std::string best;
    double best_share = 0.0;
    for (const std::string_view language : {"en", "de", "fr", "es"}) {
        int hits = 0;
        for (const auto& word : words) hits += in_list(language, "function_words", word) ? 1 : 0;
        const double share = static_cast<double>(hits) / static_cast<double>(words.size());
        if (hits >= 2 && share > best_share) {
            best_share = share;
            best = language;
        }
    }
    // Running English has 0.35 to 0.5, a page of commands with comments about 0.15, another
    // language below 0.08.
    constexpr double kLeast = 0.12;
    return best_share >= kLeast ? best : std::string();
}

} // namespace app::answer
