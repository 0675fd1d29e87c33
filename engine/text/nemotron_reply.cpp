#include "engine/text/nemotron_reply.h"

#include "engine/formats/json.h"
#include "engine/formats/wording.h"
#include "engine/text/python_text.h"

#include <algorithm>
#include <utility>

namespace engine::text {
namespace {

using Json = nlohmann::ordered_json;

/// More than a call of any tool has; a model that repeats itself must not fill the memory.
constexpr std::size_t kLongestCall = 1 << 20;

/// Takes the text up to `end` off the front of `rest`, and `end` with it.
std::optional<std::string_view> take_until(std::string_view& rest, std::string_view end)
{
    const std::size_t at = rest.find(end);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at + end.size());
    return taken;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

Json typed(const std::string& value, const Json& schema)
{
    const auto type = schema.is_object() ? schema.find("type") : schema.end();
    if (!schema.is_object() || type == schema.end() || !type->is_string() || *type == "string")
        return value;
    const std::string word = lower(trim(value));
    if (word == "null") return nullptr;
    if (*type == "boolean") {
        if (word == "true") return true;
        if (word == "false") return false;
        return value;
    }
    if (!formats::nesting_within(value, 32)) return value;
    Json parsed = Json::parse(value, nullptr, false);
    const bool fits = (*type == "integer" && parsed.is_number_integer()) ||
                      (*type == "number" && parsed.is_number()) ||
                      (*type == "object" && parsed.is_object()) ||
                      (*type == "array" && parsed.is_array());
    return fits ? parsed : Json(value);
}

} // namespace

tl::unexpected<Error> malformed_call(const std::string& what)
{
    return fail(ErrorCode::BadFile, "The model's call of a tool " + what + ".");
}

Result<ToolCall> parse_call(std::string_view text, const std::vector<Tool>& tools)
{
    constexpr std::string_view kFunction = "<function=", kParameter = "<parameter=";
    std::string_view rest = trim(text);
    if (!rest.starts_with(kFunction)) return malformed_call("does not begin with <function=");
    rest.remove_prefix(kFunction.size());
    const auto name = take_until(rest, ">");
    if (!name || name->empty()) return malformed_call("names no function");
    const auto tool = std::find_if(tools.begin(), tools.end(), [&](const Tool& each) {
        return each.name == *name;
    });
    if (tool == tools.end())
        return malformed_call("asks for " + formats::in_quotes(*name) + ", which was not offered");
    const auto body = take_until(rest, "</function>");
    if (!body || !trim(rest).empty()) return malformed_call("does not end with </function>");

    const Json schema = formats::nesting_within(tool->parameters_json, 32)
                            ? Json::parse(tool->parameters_json, nullptr, false)
                            : Json();
    const Json properties =
        schema.is_object() && schema.contains("properties") ? schema["properties"] : Json();
    Json arguments = Json::object();
    for (std::string_view left = trim(*body); !left.empty(); left = trim(left)) {
        if (!left.starts_with(kParameter)) return malformed_call("has text between its parameters");
        left.remove_prefix(kParameter.size());
        const auto key = take_until(left, ">");
        auto value = key ? take_until(left, "</parameter>") : std::nullopt;
        if (!key || key->empty() || !value) return malformed_call("has a parameter without an end");
        if (value->starts_with('\n')) value->remove_prefix(1);
        if (value->ends_with('\n')) value->remove_suffix(1);
        const std::string property(*key);
        if (arguments.contains(property))
            return malformed_call("has the parameter " + formats::in_quotes(property) + " twice");
        const bool known = properties.is_object() && properties.contains(property);
        arguments[property] = typed(std::string(*value), known ? properties[property] : Json());
    }
    return ToolCall{tool->name, arguments.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

NemotronReply::NemotronReply(
    const BpeTokenizer& tokenizer,
    std::vector<Tool> tools,
    bool thinks,
    bool may_open,
    CallParser parse)
    : tools_(std::move(tools)), parse_(parse), place_(thinks ? Place::Reasoning : Place::Answer),
      think_(tokenizer.control_token("<think>")), think_end_(tokenizer.control_token("</think>")),
      call_(tokenizer.control_token("<tool_call>")),
      call_end_(tokenizer.control_token("</tool_call>")), may_open_(may_open)
{
}

std::string NemotronReply::Trimmed::push(std::string_view utf8)
{
    std::string text = std::move(held_);
    text += utf8;
    if (!begun_) {
        const std::string_view front = trim(text);
        text.erase(
            0,
            front.empty() ? text.size() : static_cast<std::size_t>(front.data() - text.data()));
    }
    const std::size_t whole = trim_right(text).size();
    held_ = text.substr(whole);
    text.resize(whole);
    begun_ = begun_ || !text.empty();
    return text;
}

void NemotronReply::say(const std::string& text, ReplyPieces& pieces)
{
    switch (place_) {
    case Place::Reasoning:
        pieces.reasoning += reasoning_.push(text);
        return;
    case Place::Answer:
        pieces.text += answer_.push(text);
        return;
    case Place::Call:
        if (call_text_.size() <= kLongestCall) call_text_ += text;
        return;
    }
}

void NemotronReply::end_call(ReplyPieces& pieces)
{
    place_ = Place::Answer;
    auto call = call_text_.size() > kLongestCall ? malformed_call("is longer than 1 MiB")
                                                 : parse_(call_text_, tools_);
    call_text_.clear();
    if (call) {
        pieces.calls.push_back(std::move(*call));
    } else {
        pieces.refused.push_back(call.error().message);
    }
}

ReplyPieces NemotronReply::push(std::int32_t token, std::string_view bytes)
{
    ReplyPieces pieces;
    if (std::exchange(may_open_, may_open_ && trim(bytes).empty()) && token == think_) {
        may_open_ = false;
        place_ = Place::Reasoning;
        return pieces;
    }
    const bool turns = (place_ == Place::Reasoning && token == think_end_) ||
                       (place_ == Place::Answer && token == call_) ||
                       (place_ == Place::Call && token == call_end_);
    if (!turns) {
        say(utf8_.push(bytes), pieces);
        return pieces;
    }
    say(utf8_.finish(), pieces);
    utf8_ = {};
    if (place_ == Place::Call) {
        end_call(pieces);
    } else {
        place_ = place_ == Place::Reasoning ? Place::Answer : Place::Call;
    }
    return pieces;
}

ReplyPieces NemotronReply::finish()
{
    ReplyPieces pieces;
    say(utf8_.finish(), pieces);
    if (place_ == Place::Call) {
        place_ = Place::Answer;
        call_text_.clear();
        pieces.refused.push_back(malformed_call("does not end").value().message);
    }
    return pieces;
}

} // namespace engine::text
