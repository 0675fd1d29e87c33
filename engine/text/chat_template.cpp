#include "engine/text/chat_template.h"

#include "engine/formats/wording.h"
#include "engine/text/python_text.h"
#include "engine/text/turn_writer.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

namespace engine::text {

namespace {

using Thinking = ChatForm::Thinking;

constexpr ChatForm kChatMl =
    {.name = "ChatML", .start = "<|im_start|>", .middle = "", .end = "<|im_end|>", .tool = "tool"};

constexpr ChatForm with(std::string_view name, std::string_view system, Thinking thinking)
{
    ChatForm form = kChatMl;
    form.name = name;
    form.default_system = system;
    form.thinking = thinking;
    return form;
}

constexpr ChatForm qwen(std::string_view name, std::string_view system, Thinking thinking)
{
    ChatForm form = with(name, system, thinking);
    form.tool = "";
    form.calls = true;
    return form;
}

// Dubey et al. 2024, and Meta's model cards: no line ends behind a turn.
constexpr ChatForm kLlama3 = {
    .name = "Llama 3",
    .start = "<|start_header_id|>",
    .middle = "<|end_header_id|>",
    .end = "<|eot_id|>",
    .gap = "\n\n",
    .tail = "",
    .begins = true};

constexpr ChatForm kGemma = {
    .name = "Gemma",
    .start = "<start_of_turn>",
    .middle = "",
    .end = "<end_of_turn>",
    .assistant = "model",
    .begins = true,
    .trims = true,
    .system_joins_user = true};

struct Known {
    std::uint64_t fingerprint;
    ChatForm form;
};
constexpr std::array kKnown = {
    Known{
        0x45ec583d4d25bc3aull,
        with(
            "ChatML (SmolLM2)",
            "You are a helpful AI assistant named SmolLM, trained by Hugging Face",
            Thinking::None)},
    Known{0x88bf4138d5c826f0ull, kChatMl},
};

/// A template's text, in which line ends may be written as such or as two characters.
class TemplateText {
public:
    explicit TemplateText(std::string_view text)
    {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool line_end = text.substr(i).starts_with("\\n");
            text_ += line_end ? '\n' : text[i];
            i += line_end ? 1 : 0;
        }
    }
    bool has(std::string_view words) const { return text_.find(words) != std::string::npos; }
    bool has_all(std::initializer_list<std::string_view> all) const
    {
        return std::all_of(all.begin(), all.end(), [&](std::string_view each) {
            return has(each);
        });
    }
    /// What stands between `before` and the next quotation mark, if it is short.
    std::string quoted(std::string_view before) const
    {
        const std::size_t at = text_.find(before);
        if (at == std::string::npos) return {};
        const std::size_t from = at + before.size(), to = text_.find('"', from);
        return to == std::string::npos || to - from > 20 ? "" : text_.substr(from, to - from);
    }
    std::size_t size() const { return text_.size(); }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// Qwen's own templates, of whichever version: they share the sentence about tools.
std::optional<ChatForm> qwen_form(const TemplateText& text)
{
    if (!text.has_all(
            {"<|im_start|>", "You may call one or more functions to assist with the user"}))
        return std::nullopt;
    if (text.has("<|im_start|>assistant\n<think>\n' }}"))
        return qwen("Qwen 3 (thinking)", "", Thinking::Always);
    if (text.has("enable_thinking")) return qwen("Qwen 3", "", Thinking::Chosen);
    constexpr std::string_view kQwen =
        "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";
    if (text.has(kQwen)) return qwen("Qwen 2.5", kQwen, Thinking::None);
    return qwen("Qwen", "", Thinking::None);
}

/// ChatML that says nothing which is left out here.
std::optional<ChatForm> plain_chatml(const TemplateText& text)
{
    constexpr std::string_view kSystem = "You are a helpful assistant.";
    if (!text.has_all({"<|im_start|>", "<|im_end|>", "message"}) || text.size() > 1'000 ||
        text.has("think") || text.has("tool"))
        return std::nullopt;
    if (text.has("<|im_start|>system\n" + std::string(kSystem)))
        return with("ChatML (Qwen 2)", kSystem, Thinking::None);
    if (text.has("You are")) return std::nullopt;
    return kChatMl;
}

std::string_view without_line_ends(std::string_view text)
{
    const std::size_t first = text.find_first_not_of('\n');
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of('\n') + 1 - first);
}

std::string_view role_name(Role role)
{
    switch (role) {
    case Role::System:
        return "system";
    case Role::User:
        return "user";
    case Role::Assistant:
        return "assistant";
    case Role::Tool:
        return "tool";
    }
    return "user";
}

} // namespace

Result<std::string> text_of(const Message& message)
{
    std::string text;
    for (const Part& part : message.parts) {
        const auto* piece = std::get_if<Text>(&part);
        if (piece == nullptr)
            return fail(
                ErrorCode::ModelUnsupported,
                "This model takes text only.",
                "Send pictures and speech as the text that was read from them.");
        text += piece->utf8;
    }
    return text;
}

std::uint64_t template_fingerprint(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return hash;
}

std::string fingerprint_words(std::string_view text)
{
    std::string digits(16, '0');
    std::uint64_t value = template_fingerprint(text);
    for (std::size_t i = 16; i-- > 0; value >>= 4) digits[i] = "0123456789abcdef"[value & 15];
    return digits;
}

Result<ChatTemplate> ChatTemplate::recognise(std::string_view words, std::string_view file)
{
    const std::uint64_t fingerprint = template_fingerprint(words);
    for (const Known& known : kKnown)
        if (known.fingerprint == fingerprint) return ChatTemplate(known.form);
    const TemplateText text(words);
    if (const auto form = qwen_form(text)) return ChatTemplate(*form);
    if (const auto form = plain_chatml(text)) return ChatTemplate(*form);
    if (const auto form = inst_form(text.text())) return ChatTemplate(*form);
    const bool reasons = text.has("think") || text.has("reasoning");
    if (text.has_all({"<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"}) && !reasons) {
        constexpr std::string_view kKnowledge = "Cutting Knowledge Date: December 2023\n";
        ChatForm form = kLlama3;
        form.trims = text.has("'] | trim"); // some copies do not
        if (!text.has(kKnowledge)) return ChatTemplate(form);
        // Version 3.1 and later. The template's own date, not today's: else every day would begin
        // every prompt anew.
        std::string date = text.quoted("date_string = \"");
        if (date.empty()) date = "26 Jul 2024";
        return ChatTemplate(form, std::string(kKnowledge) + "Today Date: " + date + "\n\n");
    }
    if (text.has_all({"<start_of_turn>", "<end_of_turn>", "model"}) && !reasons)
        return ChatTemplate(kGemma);
    return fail(
        ErrorCode::ModelUnsupported,
        std::string(file) + " has a chat template that this engine does not know (fingerprint " +
            fingerprint_words(words) + ").",
        "Choose a model from the catalogue.");
}

namespace {

tl::unexpected<Error> no_place(const char* what, const char* hint)
{
    return fail(
        ErrorCode::ModelUnsupported,
        std::string("The chat template of this model has no place for ") + what + ".",
        hint);
}

/// The turn of an earlier reply with its calls; of what was asked last with its reasoning, too.
Result<void> write_reply(
    TurnWriter& writer,
    const ChatForm& form,
    const Message& message,
    std::string_view text,
    bool after_last_question)
{
    writer.open(form, form.assistant, "");
    const std::string_view reasoning = without_line_ends(message.reasoning);
    if (form.thinking != Thinking::None && after_last_question && !reasoning.empty()) {
        writer.write({{true, "<think>"}, {false, "\n"}, {false, std::string(reasoning)}});
        writer.write({{false, "\n"}, {true, "</think>"}, {false, "\n\n"}});
        text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
    }
    writer.say(text);
    const auto calls = earlier_calls(message, text);
    if (!calls) return tl::unexpected(calls.error());
    writer.write(*calls);
    writer.close(form);
    return {};
}

} // namespace

Result<std::vector<std::int32_t>> ChatTemplate::render(
    std::span<const Message> messages,
    const BpeTokenizer& tokenizer,
    const ThinkingOptions& thinking,
    const std::vector<Tool>& tools) const
{
    if (!tools.empty() && !form_.calls) return no_place("tools", "Send the request without tools.");
    if (inst_) return render_inst(*inst_, messages, tokenizer);
    TurnWriter writer(tokenizer);
    if (form_.begins) writer.push(tokenizer.bos(), "that begins a text");
    const auto said = [&](const Message& message) -> Result<std::string> {
        auto text = text_of(message);
        if (text && form_.trims) text = std::string(trim(*text));
        return text;
    };
    const bool brings_system = !messages.empty() && messages.front().role == Role::System;
    std::string before_first;
    if (!tools.empty()) {
        auto system = std::string(form_.default_system);
        if (brings_system) {
            auto text = said(messages.front());
            if (!text) return tl::unexpected(text.error());
            system = std::move(*text);
            messages = messages.subspan(1);
        }
        const auto offer = offered_tools(tools);
        if (!offer) return tl::unexpected(offer.error());
        writer.open(form_, "system", system);
        if (brings_system || !system.empty()) writer.say("\n\n");
        writer.write(*offer);
        writer.close(form_);
    } else if (brings_system && (form_.system_joins_user || !preamble_.empty())) {
        const auto text =
            form_.system_joins_user ? text_of(messages.front()) : said(messages.front());
        if (!text) return tl::unexpected(text.error());
        if (form_.system_joins_user) {
            before_first = *text + "\n\n";
        } else {
            writer.turn(form_, "system", preamble_ + *text);
        }
        messages = messages.subspan(1);
    } else if (!preamble_.empty()) {
        writer.turn(form_, "system", preamble_);
    } else if (!brings_system && !messages.empty() && !form_.default_system.empty()) {
        writer.turn(form_, "system", std::string(form_.default_system));
    }
    std::size_t last_question = 0;
    for (std::size_t i = 0; i < messages.size(); ++i)
        if (messages[i].role == Role::User) last_question = i;
    const auto is_result = [&](std::size_t i) {
        return i < messages.size() && messages[i].role == Role::Tool;
    };
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Message& message = messages[i];
        const auto text = said(message);
        if (!text) return tl::unexpected(text.error());
        if (form_.calls && message.role == Role::Assistant) {
            if (auto wrote = write_reply(writer, form_, message, *text, i > last_question); !wrote)
                return tl::unexpected(wrote.error());
            continue;
        }
        if (form_.calls && is_result(i)) {
            if (i == 0 || !is_result(i - 1)) {
                writer.mark(form_.start);
                writer.say("user");
            }
            writer.write(tool_result(*text));
            if (!is_result(i + 1)) writer.close(form_);
            continue;
        }
        if (message.role == Role::Tool && form_.tool.empty())
            return no_place("what a tool answered", "Send it as a message of the user.");
        const std::string_view role = message.role == Role::Assistant ? form_.assistant
                                      : message.role == Role::Tool    ? form_.tool
                                                                      : role_name(message.role);
        writer.turn(form_, role, std::exchange(before_first, {}) + *text);
    }
    writer.open(form_, form_.assistant, "");
    if (form_.thinking == Thinking::Always) {
        writer.mark("<think>");
        writer.say("\n");
    } else if (form_.thinking == Thinking::Chosen && !thinking.enabled) {
        writer.mark("<think>");
        writer.say("\n\n");
        writer.mark("</think>");
        writer.say("\n\n");
    }
    return writer.result();
}

std::vector<std::int32_t> ChatTemplate::end_tokens(const BpeTokenizer& tokenizer) const
{
    std::vector<std::int32_t> ids;
    if (const auto end = tokenizer.control_token(form_.end)) ids.push_back(*end);
    if (tokenizer.eos() && (ids.empty() || ids.front() != *tokenizer.eos()))
        ids.push_back(*tokenizer.eos());
    return ids;
}

bool ChatTemplate::calls_tools(const BpeTokenizer& tokenizer) const
{
    return form_.calls && tokenizer.control_token("<tool_call>") &&
           tokenizer.control_token("</tool_call>");
}

bool ChatTemplate::thinks(const ThinkingOptions& thinking) const
{
    return form_.thinking == Thinking::Always ||
           (form_.thinking == Thinking::Chosen && thinking.enabled);
}

} // namespace engine::text
