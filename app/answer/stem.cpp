#include "app/answer/stem.h"

#include <algorithm>
#include <span>

namespace app::answer {

namespace {

struct Rule {
    std::string_view suffix;
    std::string_view replacement;
};

bool is_consonant(std::string_view w, std::size_t i)
{
    switch (w[i]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
        return false;
    case 'y':
        return i == 0 || !is_consonant(w, i - 1);
    default:
        return true;
    }
}

/// m in the paper: how often a vowel run is followed by a consonant run.
int measure(std::string_view w)
{
    int m = 0;
    for (std::size_t i = 1; i < w.size(); ++i) {
        if (is_consonant(w, i) && !is_consonant(w, i - 1)) ++m;
    }
    return m;
}

bool has_vowel(std::string_view w)
{
    for (std::size_t i = 0; i < w.size(); ++i) {
        if (!is_consonant(w, i)) return true;
    }
    return false;
}

bool ends_double(std::string_view w)
{
    const auto n = w.size();
    return n >= 2 && w[n - 1] == w[n - 2] && is_consonant(w, n - 1);
}

/// *o in the paper: consonant, vowel, consonant other than w, x, y.
bool ends_cvc(std::string_view w)
{
    const auto n = w.size();
    return n >= 3 && is_consonant(w, n - 1) && !is_consonant(w, n - 2) && is_consonant(w, n - 3) &&
           w[n - 1] != 'w' && w[n - 1] != 'x' && w[n - 1] != 'y';
}

std::string_view without(std::string_view w, std::string_view suffix)
{
    return w.substr(0, w.size() - suffix.size());
}

/// The first rule whose suffix fits ends the step, whether or not the stem is long enough.
void apply(std::string& w, std::span<const Rule> rules, int longer_than)
{
    for (const auto& rule : rules) {
        if (!w.ends_with(rule.suffix)) continue;
        const auto rest = without(w, rule.suffix);
        if (measure(rest) > longer_than) w = std::string(rest) + std::string(rule.replacement);
        return;
    }
}

void plurals(std::string& w)
{
    if (w.ends_with("sses") || w.ends_with("ies"))
        w.resize(w.size() - 2);
    else if (w.ends_with("s") && !w.ends_with("ss"))
        w.pop_back();
}

void past_and_gerund(std::string& w)
{
    if (w.ends_with("eed")) {
        if (measure(without(w, "eed")) > 0) w.pop_back();
        return;
    }
    const auto suffix = w.ends_with("ed") ? "ed" : w.ends_with("ing") ? "ing" : "";
    if (*suffix == '\0' || !has_vowel(without(w, suffix))) return;
    w = std::string(without(w, suffix));
    const bool lost_e = w.ends_with("at") || w.ends_with("bl") || w.ends_with("iz");
    if (!lost_e && ends_double(w) && !w.ends_with("l") && !w.ends_with("s") && !w.ends_with("z"))
        w.pop_back();
    else if (lost_e || (measure(w) == 1 && ends_cvc(w)))
        w += 'e';
}

void drop_long_suffix(std::string& w)
{
    static constexpr std::string_view kSuffixes[] = {
        "ement",
        "ance",
        "ence",
        "able",
        "ible",
        "ment",
        "ant",
        "ent",
        "ism",
        "ate",
        "iti",
        "ous",
        "ive",
        "ize",
        "ion",
        "al",
        "er",
        "ic",
        "ou"};
    for (const auto suffix : kSuffixes) {
        if (!w.ends_with(suffix)) continue;
        const auto rest = without(w, suffix);
        const bool fits = suffix != "ion" || rest.ends_with("s") || rest.ends_with("t");
        if (measure(rest) > 1 && fits) w = std::string(rest);
        return;
    }
}

} // namespace

std::string stem(std::string_view word)
{
    std::string w(word);
    const bool plain = std::all_of(w.begin(), w.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (w.size() < 3 || !plain) return w;

    static constexpr Rule kStep2[] = {
        {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"},   {"anci", "ance"},
        {"izer", "ize"},    {"abli", "able"},   {"alli", "al"},     {"entli", "ent"},
        {"eli", "e"},       {"ousli", "ous"},   {"ization", "ize"}, {"ation", "ate"},
        {"ator", "ate"},    {"alism", "al"},    {"iveness", "ive"}, {"fulness", "ful"},
        {"ousness", "ous"}, {"aliti", "al"},    {"iviti", "ive"},   {"biliti", "ble"}};
    static constexpr Rule kStep3[] = {
        {"icate", "ic"},
        {"ative", ""},
        {"alize", "al"},
        {"iciti", "ic"},
        {"ical", "ic"},
        {"ful", ""},
        {"ness", ""}};

    plurals(w);
    past_and_gerund(w);
    if (w.ends_with("y") && has_vowel(without(w, "y"))) w.back() = 'i';
    apply(w, kStep2, 0);
    apply(w, kStep3, 0);
    drop_long_suffix(w);
    if (w.ends_with("e")) {
        const auto rest = without(w, "e");
        if (measure(rest) > 1 || (measure(rest) == 1 && !ends_cvc(rest))) w.pop_back();
    }
    if (measure(w) > 1 && w.ends_with("ll")) w.pop_back();
    return w;
}

} // namespace app::answer
