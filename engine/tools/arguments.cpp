#include "engine/tools/arguments.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace engine::tools {
namespace {

tl::unexpected<Error> bad_usage(std::string message)
{
    return fail(ErrorCode::BadUsage, std::move(message), "--help shows what the command takes.");
}

/// The whole word as a number; from_chars knows no locale.
template <typename T>
std::optional<T> parsed(const std::string& word)
{
    T value{};
    const char* const end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, value);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

template <typename T>
Result<T> within(std::string_view option, const std::string& word, T low, T high)
{
    const auto value = parsed<T>(word);
    if (value && *value >= low && *value <= high) return *value;
    std::ostringstream sentence;
    sentence << option << " takes a number from " << low << " to " << high << ", not \"" << word
             << "\".";
    return bad_usage(sentence.str());
}

} // namespace

Result<Arguments>
Arguments::parse(std::span<const std::string> words, std::span<const Option> options)
{
    Arguments arguments;
    std::string many; // the option that bare words belong to
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (!word.starts_with("--")) {
            if (many.empty()) return bad_usage("Nothing takes the word \"" + word + "\".");
            arguments.values_[many].push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto option = std::find_if(options.begin(), options.end(), [&](const Option& known) {
            return known.name == name;
        });
        if (option == options.end()) return bad_usage("There is no option " + name + ".");
        many = option->kind == Option::Kind::Values ? name : "";
        if (option->kind != Option::Kind::Values && arguments.has(name))
            return bad_usage(name + " was given twice.");
        std::vector<std::string>& values = arguments.values_[name];
        if (option->kind == Option::Kind::Flag) {
            if (equals != std::string::npos) return bad_usage(name + " takes no value.");
        } else if (equals != std::string::npos) {
            values.push_back(word.substr(equals + 1));
        } else if (i + 1 < words.size()) {
            values.push_back(words[++i]); // whatever it looks like: a prompt may begin with dashes
        } else {
            return bad_usage(name + " needs a value.");
        }
    }
    return arguments;
}

std::string Arguments::text(std::string_view option, std::string_view otherwise) const
{
    const auto found = values_.find(option);
    return found == values_.end() ? std::string(otherwise) : found->second.front();
}

std::vector<std::string> Arguments::texts(std::string_view option) const
{
    const auto found = values_.find(option);
    return found == values_.end() ? std::vector<std::string>() : found->second;
}

Result<std::int64_t> Arguments::integer(
    std::string_view option,
    std::int64_t low,
    std::int64_t high,
    std::int64_t otherwise) const
{
    return has(option) ? within(option, text(option), low, high) : otherwise;
}

Result<double>
Arguments::number(std::string_view option, double low, double high, double otherwise) const
{
    return has(option) ? within(option, text(option), low, high) : otherwise;
}

Result<std::string_view> Arguments::one_of(std::span<const std::string_view> options) const
{
    std::string names;
    std::optional<std::string_view> given;
    int count = 0;
    for (const std::string_view option : options) {
        names += (names.empty() ? "" : " or ") + std::string(option);
        if (!has(option)) continue;
        given = option;
        ++count;
    }
    if (count != 1) return bad_usage("Give exactly one of " + names + ".");
    return *given;
}

} // namespace engine::tools
