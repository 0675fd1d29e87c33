#include "engine/text/inst_template.h"

#include "engine/text/chat_template.h"
#include "engine/text/python_text.h"
#include "engine/text/turn_writer.h"

#include <array>

namespace engine::text {
namespace {

using System = InstForm::System;

constexpr InstForm kLlama2 = {
    .name = "Llama 2",
    .reply_before = " ",
    .reply_after = " ",
    .system = System::Marked,
    .begins_each = true,
    .trims_users = true,
    .trims_replies = true};
constexpr InstForm kMistral1 = {
    .name = "Mistral (version 1)",
    .before = " [INST] ",
    .reply_before = " "};
constexpr InstForm kMistralFirst = {.name = "Mistral (first version)"};
constexpr InstForm kMistral3 = {
    .name = "Mistral (version 3)",
    .after = "[/INST]",
    .reply_before = " ",
    .system = System::Last,
    .trims_replies = true};
constexpr InstForm kMistralNemo =
    {.name = "Mistral Nemo", .before = "[INST]", .after = "[/INST]", .system = System::Last};
constexpr InstForm kMinistral = {
    .name = "Ministral",
    .before = "[INST]",
    .after = "[/INST]",
    .reply_before = " ",
    .system = System::Last,
    .trims_replies = true};
constexpr InstForm kZephyr = {
    .name = "Zephyr",
    .before = "<|user|>\n",
    .after = "",
    .reply_before = "<|assistant|>\n",
    .tail = "\n",
    .system = System::Turn,
    .begins = false};

constexpr std::array<std::string_view, 7> kTags =
    {"[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<|user|>", "<|system|>", "<|assistant|>"};

/// A text of somebody else, in which no tag ends a turn.
std::string harmless(std::string_view text, const BpeTokenizer& tokenizer)
{
    std::string result(text);
    for (const std::string_view tag : kTags) {
        if (tokenizer.control_token(tag)) continue; // spelt out it is none
        for (std::size_t at = result.find(tag); at != std::string::npos; at = result.find(tag, at))
            result.insert(at + 1, 1, ' ');
    }
    return result;
}

/// Words of the template, in which its tags are tokens where the tokenizer has them.
void say_tags(TurnWriter& writer, std::string_view words)
{
    for (const std::string_view tag : {"[INST]", "[/INST]"}) {
        const std::size_t at = words.find(tag);
        if (at == words.npos) continue;
        writer.say(words.substr(0, at));
        writer.write({{true, std::string(tag)}});
        words.remove_prefix(at + tag.size());
    }
    writer.say(words);
}

/// The system message in the user's words, as the family places it.
std::string with_system(const InstForm& form, std::string_view system, std::string_view text)
{
    std::string result;
    if (form.system == System::Marked) result += "<<SYS>>\n";
    result += system;
    result += form.system == System::Marked ? "\n<</SYS>>\n\n" : "\n\n";
    result += text;
    return result;
}

} // namespace

std::optional<InstForm> inst_form(std::string_view text)
{
    const auto has = [&](std::string_view words) { return text.find(words) != text.npos; };
    if (has("think")) return std::nullopt;
    if (has("bos_token + '[INST] ' + content.strip() + ' [/INST]'") && has("'<<SYS>>\n'") &&
        has("content.strip() + ' ' + eos_token") && !has("DEFAULT") && !has("You are"))
        return kLlama2;
    if (has("' [INST] ' + system_message + '\n\n' + message['content'] + ' [/INST]'") &&
        has("' ' + message['content'] + eos_token"))
        return kMistral1;
    if (has(R"("[INST] " + system_message + ")"
            "\n\n"
            R"(" + message["content"] + "[/INST]")") &&
        has(R"(" " + message["content"]|trim + eos_token)"))
        return kMistral3;
    if (has(R"("[INST]" + system_message + ")"
            "\n\n"
            R"(" + message["content"] + "[/INST]")")) {
        if (has(R"({{- message["content"] + eos_token)")) return kMistralNemo;
        if (has(R"(" " + message["content"]|trim + eos_token)")) return kMinistral;
        return std::nullopt;
    }
    if (has("'[INST] ' + message['content'] + ' [/INST]'") && has("{{ bos_token }}") &&
        has("{{ message['content'] + eos_token")) {
        InstForm form = kMistralFirst;
        if (has("eos_token + ' ' }}")) form.tail = " ";
        return form;
    }
    if (has("'<|user|>\n' + message['content'] + eos_token }}\n") &&
        has("'<|system|>\n' + message['content'] + eos_token }}\n") &&
        has("{{ '<|assistant|>' }}\n"))
        return kZephyr;
    return std::nullopt;
}

Result<std::vector<std::int32_t>>
render_inst(const InstForm& form, std::span<const Message> messages, const BpeTokenizer& tokenizer)
{
    TurnWriter writer(tokenizer);
    std::string system;
    const auto text_in = [&](const Message& message) -> Result<std::string> {
        auto text = text_of(message);
        if (text) *text = harmless(*text, tokenizer);
        return text;
    };
    const bool brings_system = !messages.empty() && messages.front().role == Role::System;
    if (brings_system) {
        auto text = text_in(messages.front());
        if (!text) return tl::unexpected(text.error());
        system = std::move(*text);
        messages = messages.subspan(1);
    }
    const auto end = [&] {
        writer.push(tokenizer.eos(), "that ends a text");
        writer.say(form.tail);
    };
    if (form.begins && !form.begins_each) writer.push(tokenizer.bos(), "that begins a text");
    if (brings_system && form.system == System::Turn) {
        writer.say("<|system|>\n");
        writer.say(system);
        end();
    }
    std::size_t first = messages.size(), last = 0;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (messages[i].role == Role::User) {
            first = std::min(first, i);
            last = i;
        }
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Message& message = messages[i];
        if (message.role == Role::Tool || message.role == Role::System)
            return fail(
                ErrorCode::ModelUnsupported,
                message.role == Role::Tool
                    ? "The chat template of this model has no place for what a tool answered."
                    : "The chat template of this model has one place for a system message, the "
                      "beginning.",
                "Send it as a message of the user.");
        auto text = text_in(message);
        if (!text) return tl::unexpected(text.error());
        if (message.role == Role::Assistant) {
            writer.say(form.reply_before);
            writer.say(form.trims_replies ? trim(*text) : std::string_view(*text));
            writer.say(form.reply_after);
            end();
            continue;
        }
        const bool here = i == (form.system == System::Last ? last : first);
        if (brings_system && form.system != System::Turn && here)
            text = with_system(form, system, *text);
        if (form.begins_each) writer.push(tokenizer.bos(), "that begins a text");
        say_tags(writer, form.before);
        writer.say(form.trims_users ? trim(*text) : std::string_view(*text));
        say_tags(writer, form.after);
        if (form.system == System::Turn) end();
    }
    if (form.system == System::Turn) writer.say(form.reply_before);
    return writer.result();
}

} // namespace engine::text
