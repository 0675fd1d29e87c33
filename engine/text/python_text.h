#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace engine::text {

// Templates of checkpoints were written for Python; what they print has to come out as it does
// there.

/// The text without Unicode white space at its ends, as str.strip() cuts it.
std::string_view trim(std::string_view text);
std::string_view trim_right(std::string_view text);

/// JSON with ", " and ": " and every character as it is, as json.dumps(ensure_ascii=False) writes.
std::string python_json(const nlohmann::ordered_json& value);
/// A value in the middle of a text: objects and lists as JSON, True, False, None, numbers, and
/// strings as they are.
std::string as_python_shows(const nlohmann::ordered_json& value);
/// The same where a template prints a list without turning it into JSON: ['string', 'null'].
std::string as_str_shows(const nlohmann::ordered_json& value);

} // namespace engine::text
