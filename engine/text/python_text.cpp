#include "engine/text/python_text.h"

#include <array>
#include <cstdint>

namespace engine::text {
namespace {

using Json = nlohmann::ordered_json;

// White space of str.isspace(), as UTF-8.
constexpr std::array<std::string_view, 29> kSpaces = {
    "\t",           "\n",           "\v",           "\f",           "\r",
    "\x1c",         "\x1d",         "\x1e",         "\x1f",         " ",
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
    "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
    "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

std::string written(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// repr() of a string: in single quotes unless only those occur in it.
std::string quoted(const std::string& text)
{
    const bool single = text.find('\'') == std::string::npos || text.find('"') != std::string::npos;
    const char quote = single ? '\'' : '"';
    std::string result(1, quote);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == quote || c == '\\') {
            result += {'\\', c};
        } else if (c == '\n' || c == '\r' || c == '\t') {
            result += {'\\', c == '\n' ? 'n' : c == '\r' ? 'r' : 't'};
        } else if (byte < 0x20 || byte == 0x7f) {
            result += {'\\', 'x', "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
        } else {
            result += c;
        }
    }
    return result += quote;
}

} // namespace

std::string_view trim_right(std::string_view text)
{
    for (bool found = true; found;) {
        found = false;
        for (const std::string_view space : kSpaces) {
            if (!text.ends_with(space)) continue;
            text.remove_suffix(space.size());
            found = true;
        }
    }
    return text;
}

std::string_view trim(std::string_view text)
{
    for (bool found = true; found;) {
        found = false;
        for (const std::string_view space : kSpaces) {
            if (!text.starts_with(space)) continue;
            text.remove_prefix(space.size());
            found = true;
        }
    }
    return trim_right(text);
}

std::string python_json(const Json& value)
{
    if (!value.is_structured()) return written(value);
    std::string text(value.is_object() ? "{" : "[");
    for (const auto& [key, item] : value.items()) {
        if (text.size() > 1) text += ", ";
        if (value.is_object()) text += written(Json(key)) + ": ";
        text += python_json(item);
    }
    return text += value.is_object() ? "}" : "]";
}

std::string as_python_shows(const Json& value)
{
    if (value.is_structured()) return python_json(value);
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
    if (value.is_null()) return "None";
    return written(value);
}

std::string as_str_shows(const Json& value)
{
    if (!value.is_structured()) return as_python_shows(value);
    std::string text(value.is_object() ? "{" : "[");
    for (const auto& [key, item] : value.items()) {
        if (text.size() > 1) text += ", ";
        if (value.is_object()) text += quoted(key) + ": ";
        text += item.is_string() ? quoted(item.get<std::string>()) : as_str_shows(item);
    }
    return text += value.is_object() ? "}" : "]";
}

} // namespace engine::text
