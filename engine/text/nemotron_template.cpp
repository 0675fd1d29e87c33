#include "engine/text/nemotron_template.h"

#include "engine/formats/json.h"
#include "engine/text/chat_template.h"
#include "engine/text/python_text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace engine::text {
namespace {

using Kind = PromptPiece::Kind;
using Json = nlohmann::ordered_json; // properties are shown in the order in which they were given

/// Nemotron 3 Nano Omni as published, 14,277 bytes; and one written anew from the spec for
/// checkpoints of our own.
constexpr std::array<std::uint64_t, 2> kKnown = {0xbc6eb279a9ae4d6eull, 0x61cde547da158672ull};

constexpr std::string_view kThink = "<think>";
constexpr std::string_view kThinkEnd = "</think>";
constexpr std::string_view kNoThought = "<think></think>";

constexpr std::string_view kToolsHead =
    "# Tools\n\nYou have access to the following functions:\n\n<tools>";
constexpr std::string_view kToolsExample =
    "\n</tools>\n\nIf you choose to call a function ONLY reply in the following format with NO "
    "suffix:\n\n";
constexpr std::string_view kExampleCall =
    "\n<function=example_function_name>\n<parameter=example_parameter_1>\nvalue_1\n</parameter>\n"
    "<parameter=example_parameter_2>\nThis is the value for the second parameter\nthat can "
    "span\nmultiple lines\n</parameter>\n</function>\n";
constexpr std::string_view kReminder =
    "\n\n<IMPORTANT>\nReminder:\n- Function calls MUST follow the specified format: an inner "
    "<function=...></function> block must be nested within ";
constexpr std::string_view kReminderRest =
    " XML tags\n- Required parameters MUST be specified\n- You may provide optional reasoning for "
    "your function call in natural language BEFORE the function call, but NOT after\n- If there is "
    "no function call available, answer the question like normal with your current knowledge and "
    "do not tell the user about function calls\n</IMPORTANT>";

/// The prompt as it grows; neighbouring texts become one piece, for a tokenizer may join them.
class Prompt {
public:
    void text(std::string_view words)
    {
        if (words.empty()) return;
        if (pieces_.empty() || pieces_.back().kind != Kind::Text ||
            pieces_.back().ends_likely_prefix)
            pieces_.push_back({Kind::Text, {}});
        pieces_.back().text += words;
    }
    void mark(std::string_view words) { pieces_.push_back({Kind::Mark, std::string(words)}); }
    void medium(Kind kind, std::string_view words)
    {
        pieces_.push_back({kind, std::string(words)});
    }
    /// Text in which each of `marks` is a mark.
    void text_with(std::string_view words, std::initializer_list<std::string_view> marks)
    {
        for (std::size_t from = 0; from < words.size();) {
            std::size_t at = words.size();
            std::string_view found;
            for (const std::string_view mark : marks)
                if (const std::size_t place = words.find(mark, from); place < at) {
                    at = place;
                    found = mark;
                }
            text(words.substr(from, at - from));
            if (!found.empty()) mark(found);
            from = at + found.size();
        }
    }
    void begin_turn(std::string_view role)
    {
        mark("<|im_start|>");
        text(role);
        text("\n");
    }
    void end_turn()
    {
        mark("<|im_end|>");
        text("\n");
    }
    void likely_prefix_ends()
    {
        if (!pieces_.empty()) pieces_.back().ends_likely_prefix = true;
    }
    std::vector<PromptPiece> take() { return std::move(pieces_); }

private:
    std::vector<PromptPiece> pieces_;
};

std::string joined_text(const Message& message)
{
    std::string text;
    for (const Part& part : message.parts)
        if (const auto* words = std::get_if<Text>(&part)) text += words->utf8;
    return text;
}

constexpr std::string_view kOn = "/think";
constexpr std::string_view kOff = "/no_think";

using Directives = NemotronTemplate::Directives;

bool has_media(const Message& message)
{
    return std::any_of(message.parts.begin(), message.parts.end(), [](const Part& part) {
        return !std::holds_alternative<Text>(part);
    });
}

/// The word that stands alone at the end of a text, or nothing.
std::string_view last_directive(std::string_view text)
{
    const std::string_view end = trim_right(text);
    for (const std::string_view word : {kOff, kOn}) {
        if (!end.ends_with(word)) continue;
        const std::string_view before = end.substr(0, end.size() - word.size());
        if (before.empty() || trim_right(before).size() < before.size())
            return end.substr(before.size());
    }
    return {};
}

std::string without(std::string text, std::string_view word)
{
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
        text.erase(at, word.size());
    return text;
}

std::optional<bool> switch_in(const std::string& text, Directives directives)
{
    if (directives == Directives::AtTheEnd) {
        const std::string_view word = last_directive(text);
        return word.empty() ? std::nullopt : std::optional(word == kOn);
    }
    if (without(text, kThinkEnd).find(kOn) != std::string::npos) return true;
    if (text.find(kOff) != std::string::npos) return false;
    return std::nullopt;
}

std::string without_directives(std::string text, Directives directives)
{
    if (directives == Directives::AtTheEnd) {
        if (const std::string_view word = last_directive(text); !word.empty())
            text.erase(static_cast<std::size_t>(word.data() - text.data()), word.size());
        return text;
    }
    // Between two closing marks, which the reference hides from its search.
    std::string result;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t mark = text.find(kThinkEnd, from);
        const std::size_t end = std::min(mark, text.size());
        result += without(without(text.substr(from, end - from), kOn), kOff);
        if (mark != std::string::npos) result += kThinkEnd;
        from = mark == std::string::npos ? text.size() + 1 : mark + kThinkEnd.size();
    }
    return result;
}

/// `\n<key>value</key>` for every member that is not among `known`.
void write_others(Prompt& out, const Json& object, std::initializer_list<std::string_view> known)
{
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        for (const std::string_view words : {"\n<", key.c_str(), ">"}) out.text(words);
        out.text(as_python_shows(value));
        for (const std::string_view words : {"</", key.c_str(), ">"}) out.text(words);
    }
}

Result<Json> object_of(const std::string& text, const std::string& what)
{
    if (text.empty()) return Json::object();
    if (formats::nesting_within(text, 32)) {
        Json parsed = Json::parse(text, nullptr, false);
        if (parsed.is_object()) return parsed;
    }
    return fail(ErrorCode::BadUsage, what + " are not a JSON object.", "Write them as {...}.");
}

const Json* member(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

void write_property(Prompt& out, const std::string& name, const Json& property)
{
    out.text("\n<parameter>\n<name>" + name + "</name>");
    if (property.is_object()) {
        if (const Json* type = member(property, "type"))
            out.text("\n<type>" + as_str_shows(*type) + "</type>");
        if (const Json* words = member(property, "description"))
            out.text(
                "\n<description>" + std::string(trim(as_python_shows(*words))) + "</description>");
        if (const Json* values = member(property, "enum"))
            out.text("\n<enum>" + python_json(*values) + "</enum>");
        write_others(out, property, {"name", "type", "description", "enum"});
    }
    out.text("\n</parameter>");
}

Result<void> write_tool(Prompt& out, const Tool& tool)
{
    const auto parameters = object_of(tool.parameters_json, "The parameters of " + tool.name);
    if (!parameters) return tl::unexpected(parameters.error());
    const auto others = object_of(tool.other_json, "The other fields of " + tool.name);
    if (!others) return tl::unexpected(others.error());
    out.text("\n<function>\n<name>" + tool.name + "</name>");
    if (tool.description)
        out.text("\n<description>" + std::string(trim(*tool.description)) + "</description>");
    out.text("\n<parameters>");
    if (const Json* properties = member(*parameters, "properties");
        properties && properties->is_object())
        for (const auto& [name, property] : properties->items())
            write_property(out, name, property);
    write_others(out, *parameters, {"type", "properties", "required"});
    if (const Json* required = member(*parameters, "required"))
        out.text("\n<required>" + python_json(*required) + "</required>");
    out.text("\n</parameters>");
    write_others(out, *others, {"type", "name", "description", "parameters"});
    out.text("\n</function>");
    return {};
}

Result<void> write_tools(Prompt& out, const std::vector<Tool>& tools)
{
    out.text(kToolsHead);
    for (const Tool& tool : tools)
        if (auto written = write_tool(out, tool); !written) return written;
    out.text(kToolsExample);
    out.mark("<tool_call>");
    out.text(kExampleCall);
    out.mark("</tool_call>");
    out.text(kReminder);
    out.mark("<tool_call>");
    out.mark("</tool_call>");
    out.text(kReminderRest);
    return {};
}

/// Images, videos, sounds, then the text without the line breaks at its front; trimmed as a whole.
void write_user(Prompt& out, const Message& message, Directives directives)
{
    const auto count = [&](auto* of) {
        using Medium = std::remove_cvref_t<decltype(*of)>;
        return std::count_if(message.parts.begin(), message.parts.end(), [](const Part& part) {
            return std::holds_alternative<Medium>(part);
        });
    };
    const auto images = count(static_cast<Image*>(nullptr));
    const auto videos = count(static_cast<Video*>(nullptr));
    const auto sounds = count(static_cast<Sound*>(nullptr));
    std::string text = without_directives(joined_text(message), directives);
    if (images + videos + sounds == 0) {
        out.text(trim(text));
        return;
    }
    text.erase(0, text.find_first_not_of('\n'));
    const std::string_view words = trim_right(text);
    for (std::ptrdiff_t i = 0; i < images; ++i) {
        if (images > 1) {
            out.text(i > 0 ? " <image " : "<image ");
            out.text(std::to_string(i + 1));
            out.text(">");
        }
        out.medium(Kind::Image, "<image>");
    }
    // What follows the last medium is its line break and the text, unless there is none.
    std::string_view gap = images > 0 ? "\n" : "";
    for (std::ptrdiff_t i = 0; i < videos; ++i, gap = "\n") {
        out.text(gap);
        out.medium(Kind::Video, "<video>");
    }
    for (std::ptrdiff_t i = 0; i < sounds; ++i, gap = "\n") {
        out.text(gap);
        out.medium(Kind::Sound, "<so_embedding>");
    }
    if (words.empty()) return;
    out.text(gap);
    out.text(words);
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::string after_last(const std::string& text, std::string_view mark)
{
    const std::size_t at = text.rfind(mark);
    return at == std::string::npos ? text : text.substr(at + mark.size());
}

/// What an earlier reply said, with its reasoning or without.
std::string written_reply(const Message& message, bool old)
{
    std::string content = joined_text(message);
    if (!trim(message.reasoning).empty()) {
        std::string whole = "<think>\n";
        whole.append(message.reasoning).append("\n</think>\n").append(content);
        content = std::move(whole);
    } else if (!has(content, kThink) && !has(content, kThinkEnd)) {
        content.insert(0, kNoThought);
    }
    if (!old) return std::string(trim(content));
    if (message.tool_calls.empty()) {
        if (has(content, kThink) && has(content, kThinkEnd))
            content = std::string(kNoThought) + after_last(content, kThinkEnd);
        return std::string(trim(content));
    }
    std::string said = content;
    if (has(content, kThinkEnd)) {
        said = after_last(content, kThinkEnd);
    } else if (has(content, kThink)) {
        said = content.substr(0, content.find(kThink));
    }
    return std::string(kNoThought) + std::string(trim(said));
}

Result<void> write_assistant(Prompt& out, const Message& message, bool old)
{
    out.begin_turn("assistant");
    out.text_with(written_reply(message, old), {kThink, kThinkEnd});
    if (!message.tool_calls.empty()) out.text("\n");
    for (const ToolCall& call : message.tool_calls) {
        const auto arguments = object_of(call.arguments_json, "The arguments of " + call.name);
        if (!arguments) return tl::unexpected(arguments.error());
        out.mark("<tool_call>");
        out.text("\n<function=" + call.name + ">\n");
        for (const auto& [key, value] : arguments->items())
            out.text("<parameter=" + key + ">\n" + as_python_shows(value) + "\n</parameter>\n");
        out.text("</function>\n");
        out.mark("</tool_call>");
        out.text("\n");
    }
    out.end_turn();
    return {};
}

void write_tool_result(Prompt& out, const Message& message)
{
    out.mark("<tool_response>");
    out.text("\n");
    out.text(joined_text(message));
    out.text("\n");
    out.mark("</tool_response>");
    out.text("\n");
}

} // namespace

Result<NemotronTemplate> NemotronTemplate::recognise(std::string_view text, std::string_view file)
{
    for (const std::uint64_t known : kKnown)
        if (template_fingerprint(text) == known) return NemotronTemplate();
    return fail(
        ErrorCode::ModelUnsupported,
        std::string(file) + " is a chat template that this engine does not know (fingerprint " +
            fingerprint_words(text) + ").",
        "Choose a model from the catalogue.");
}

bool NemotronTemplate::thinks(const Request& request, Directives directives)
{
    bool on = request.thinking.enabled;
    for (const Message& message : request.messages)
        if (message.role == Role::User || message.role == Role::System)
            on = switch_in(joined_text(message), directives).value_or(on);
    return on;
}

Result<std::vector<PromptPiece>>
NemotronTemplate::render(const Request& request, Directives directives) const
{
    Prompt out;
    std::span<const Message> messages = request.messages;
    // Elsewhere the template has no place for them, and one that was left out silently would give
    // its place to the next.
    for (const Message& message : messages)
        if (message.role != Role::User && has_media(message))
            return fail(
                ErrorCode::BadUsage,
                "A picture, a video or sound stands in a message that is not the user's.",
                "Put it into a message of the user.");
    std::string system;
    if (!messages.empty() && messages.front().role == Role::System) {
        system = joined_text(messages.front());
        messages = messages.subspan(1);
    }
    out.begin_turn("system");
    out.text(without_directives(system, directives));
    if (!request.tools.empty()) {
        if (!system.empty()) out.text("\n\n");
        if (auto written = write_tools(out, request.tools); !written)
            return tl::unexpected(written.error());
    }
    out.end_turn();
    out.likely_prefix_ends();

    std::size_t last_user = 0;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (messages[i].role == Role::User) last_user = i;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Message& message = messages[i];
        switch (message.role) {
        case Role::System:
        case Role::User:
            out.begin_turn(message.role == Role::User ? "user" : "system");
            write_user(out, message, directives);
            if (message.role == Role::User && i == last_user && request.thinking.budget_tokens)
                out.text(
                    "\n\n{thinking token budget: " +
                    std::to_string(*request.thinking.budget_tokens) + "}");
            out.end_turn();
            break;
        case Role::Assistant: {
            const bool old = !request.thinking.keep_history && i < last_user;
            if (auto written = write_assistant(out, message, old); !written)
                return tl::unexpected(written.error());
            break;
        }
        case Role::Tool:
            if (i == 0 || messages[i - 1].role != Role::Tool) out.begin_turn("user");
            write_tool_result(out, message);
            if (i + 1 == messages.size() || messages[i + 1].role != Role::Tool) out.end_turn();
            break;
        }
    }
    out.likely_prefix_ends();
    out.begin_turn("assistant");
    out.mark(kThink);
    if (thinks(request, directives)) {
        out.text("\n");
    } else {
        out.mark(kThinkEnd);
    }
    return out.take();
}

std::string text_of(const std::vector<PromptPiece>& pieces)
{
    std::string text;
    for (const PromptPiece& piece : pieces) text += piece.text;
    return text;
}

} // namespace engine::text
