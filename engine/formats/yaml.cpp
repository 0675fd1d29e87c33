#include "engine/formats/yaml.h"

#include "engine/formats/wording.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace engine::formats {
namespace {

constexpr std::size_t kLargestText = 4u << 20;
constexpr std::size_t kDeepest = 32;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

/// The text of a scalar on one line. Escapes other than \" and \\ stay as they are written: nobody
/// asks for a setting with one. Nothing where the scalar goes on, or is no scalar.
std::optional<std::string> scalar_of(std::string_view value)
{
    if (value.empty()) return std::nullopt;
    const char first = value.front();
    if (first == '\'' || first == '"') {
        std::string text;
        for (std::size_t i = 1; i < value.size(); ++i) {
            const bool more = i + 1 < value.size();
            if (first == '\'' && value[i] == '\'' && more && value[i + 1] == '\'') {
                text += value[++i];
            } else if (first == '"' && value[i] == '\\' && more) {
                if (value[i + 1] != '"' && value[i + 1] != '\\') text += '\\';
                text += value[++i];
            } else if (value[i] == first) {
                return i + 1 == value.size() ? std::optional(text) : std::nullopt;
            } else {
                text += value[i];
            }
        }
        return std::nullopt;
    }
    constexpr std::string_view kOther = "[]{}|>&*!%@`";
    if (kOther.find(first) != std::string_view::npos) return std::nullopt;
    return std::string(trimmed(value.substr(0, value.find(" #"))));
}

/// "[a, b]" of plain scalars.
std::optional<std::vector<std::string>> flow_list_of(std::string_view value)
{
    if (value.size() < 2 || value.front() != '[' || value.back() != ']') return std::nullopt;
    std::vector<std::string> items;
    std::string_view rest = trimmed(value.substr(1, value.size() - 2));
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        auto item = scalar_of(trimmed(rest.substr(0, comma)));
        if (!item) return std::nullopt;
        items.push_back(std::move(*item));
        rest = trimmed(rest.substr(std::min(comma + 1, rest.size())));
    }
    return items;
}

bool is_key(std::string_view word)
{
    return !word.empty() && std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.' || c == '/';
    });
}

/// Where the lines before led to.
struct Level {
    std::size_t indent = 0;
    std::string path;
    bool open = false; // a key without a value: what is deeper belongs to it
};

} // namespace

Result<YamlSettings> YamlSettings::parse(std::string_view text, std::string_view name)
{
    if (text.size() > kLargestText) return damaged(name, "has more than 4 MiB.");
    YamlSettings settings;
    std::vector<Level> levels;
    std::set<std::string, std::less<>> taken;
    // Lines deeper than this belong to what was stepped over.
    std::size_t skip_deeper = std::string_view::npos;
    int number = 0;
    const auto wrong = [&](const char* what) {
        return damaged(name, "line " + std::to_string(number) + " " + what);
    };
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        const auto indent = std::min(line.find_first_not_of(' '), line.size());
        if (indent < line.size() && line[indent] == '\t') return wrong("is indented by a tab.");
        line = trimmed(line.substr(indent));
        if (line.empty() || line.front() == '#') continue;
        if (indent == 0 && line == "---" && taken.empty()) continue;
        if (indent > skip_deeper) continue;
        skip_deeper = std::string_view::npos;

        if (line == "-" || line.starts_with("- ")) {
            while (!levels.empty() && (levels.back().indent > indent || !levels.back().open))
                levels.pop_back();
            if (levels.empty()) return wrong("is an item of no list.");
            auto& list = settings.lists_[levels.back().path];
            // An item that is no scalar leaves the list without a use, and its lines unread.
            const std::string_view item = trimmed(line.substr(1));
            list.push_back(scalar_of(item).value_or(std::string()));
            skip_deeper = indent;
            continue;
        }
        while (!levels.empty() && levels.back().indent >= indent) levels.pop_back();
        const auto colon = line.find(':');
        const bool ends_there = colon + 1 == line.size();
        if (colon == std::string_view::npos || !is_key(line.substr(0, colon)) ||
            (!ends_there && line[colon + 1] != ' '))
            return wrong("is not a key with a value.");
        if (!levels.empty() && !levels.back().open) return wrong("is indented below a value.");
        if (levels.size() >= kDeepest) return wrong("is nested deeper than 32 levels.");
        std::string path = levels.empty() ? "" : levels.back().path + ".";
        path += line.substr(0, colon);
        if (!taken.insert(path).second) return wrong("sets what is set already.");
        const std::string_view value = trimmed(line.substr(colon + 1));
        levels.push_back({indent, path, value.empty()});
        if (value.empty()) continue;
        if (auto items = flow_list_of(value)) {
            settings.lists_[path] = std::move(*items);
        } else if (auto scalar = scalar_of(value)) {
            settings.scalars_[path] = std::move(*scalar);
        }
        skip_deeper = indent; // a value that goes on
    }
    return settings;
}

std::optional<std::string> YamlSettings::text(std::string_view path) const
{
    const auto found = scalars_.find(path);
    if (found == scalars_.end() || found->second == "null" || found->second == "~")
        return std::nullopt;
    return found->second;
}

std::optional<int> YamlSettings::integer(std::string_view path) const
{
    const auto value = text(path);
    if (!value) return std::nullopt;
    int number = 0;
    const char* const end = value->data() + value->size();
    const auto [at, problem] = std::from_chars(value->data(), end, number);
    return problem == std::errc() && at == end ? std::optional(number) : std::nullopt;
}

std::optional<std::vector<std::string>> YamlSettings::list(std::string_view path) const
{
    const auto found = lists_.find(path);
    return found == lists_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace engine::formats
