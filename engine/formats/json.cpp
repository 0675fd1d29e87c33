#include "engine/formats/json.h"

#include "engine/formats/mapped_file.h"
#include "engine/formats/wording.h"

namespace engine::formats {

bool nesting_within(std::string_view json, int max_depth)
{
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            if (c == '\\') {
                ++i; // whatever is escaped cannot end the string
            } else if (c == '"') {
                in_string = false;
            }
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > max_depth) return false;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return true;
}

namespace {

/// The text with null for the words that Python adds to JSON, outside strings.
std::string without_python_words(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\' && i + 1 < text.size()) {
            result += {c, text[++i]}; // whatever is escaped cannot end the string
            continue;
        }
        if (c == '"') in_string = !in_string;
        std::string_view found;
        if (!in_string && (c == '-' || c == 'I' || c == 'N'))
            for (const std::string_view word : {"-Infinity", "Infinity", "NaN"})
                if (text.substr(i, word.size()) == word) found = word;
        if (found.empty()) {
            result += c;
        } else {
            result += "null";
            i += found.size() - 1;
        }
    }
    return result;
}

} // namespace

Result<nlohmann::json> read_json_file(const std::filesystem::path& path, std::size_t limit_bytes)
{
    const auto text = read_small_file(path, limit_bytes);
    if (!text) return tl::unexpected(text.error());
    return parse_json(*text, path.filename().string());
}

Result<nlohmann::json> parse_json(std::string_view text, std::string_view name)
{
    constexpr int kDeepest = 32;
    if (!nesting_within(text, kDeepest)) return damaged(name, "nests deeper than 32 levels.");
    try {
        return nlohmann::json::parse(without_python_words(text));
    } catch (const nlohmann::json::exception& error) {
        return damaged(name, std::string("is not valid JSON (") + error.what() + ").");
    }
}

Result<std::int64_t> json_integer(
    const nlohmann::json& object,
    std::string_view file,
    const char* key,
    std::int64_t low,
    std::int64_t high)
{
    const std::string range = std::to_string(low) + " to " + std::to_string(high);
    if (!object.is_object() || !object.contains(key))
        return damaged(
            file,
            in_quotes(key) + " is missing, expected an integer from " + range + ".");
    const nlohmann::json& value = object[key];
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() ||
                       value.get<std::uint64_t>() <= static_cast<std::uint64_t>(high));
    if (!fits || value.get<std::int64_t>() < low || value.get<std::int64_t>() > high)
        return damaged(
            file,
            in_quotes(key) + " is " +
                in_quotes(value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)) +
                ", expected an integer from " + range + ".");
    return value.get<std::int64_t>();
}

} // namespace engine::formats
