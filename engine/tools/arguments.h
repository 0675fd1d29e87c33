#pragma once

#include "engine/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::tools {

/// One `--name VALUE` of a command. A hundred lines of our own instead of a library: this program
/// also builds on machines that have nothing but a compiler.
struct Option {
    enum class Kind { Flag, Value, Values };
    std::string_view name;  // "--top"
    std::string_view value; // "N", for the help; empty for a flag
    std::string_view help;
    Kind kind = Kind::Value; // Values: may be repeated, and further bare words belong to it
};

/// What was typed, checked against a list of options. The getters answer BadUsage naming option,
/// bounds and value.
class Arguments {
public:
    /// Takes `--name value`, `--name=value`, flags. Errors: BadUsage (unknown option, missing
    /// value, given twice, stray word).
    static Result<Arguments>
    parse(std::span<const std::string> words, std::span<const Option> options);

    bool has(std::string_view option) const { return values_.contains(option); }
    /// The value, or `otherwise`.
    std::string text(std::string_view option, std::string_view otherwise = {}) const;
    std::vector<std::string> texts(std::string_view option) const;
    Result<std::int64_t>
    integer(std::string_view option, std::int64_t low, std::int64_t high, std::int64_t otherwise)
        const;
    Result<double> number(std::string_view option, double low, double high, double otherwise) const;
    /// BadUsage unless exactly one of these was given; answers which.
    Result<std::string_view> one_of(std::span<const std::string_view> options) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

} // namespace engine::tools
