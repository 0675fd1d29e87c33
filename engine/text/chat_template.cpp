#include "engine/text/chat_template.h"

#include "engine/formats/wording.h"

#include <array>
#include <optional>

namespace engine::text {

namespace {

constexpr std::string_view kTurnStart = "<|im_start|>";
constexpr std::string_view kTurnEnd = "<|im_end|>";

struct Known {
    std::uint64_t fingerprint;
    std::string_view name;
    std::string_view default_system;
};
constexpr std::array kKnown = {
    Known{
        0x45ec583d4d25bc3aull,
        "ChatML (SmolLM2)",
        "You are a helpful AI assistant named SmolLM, trained by Hugging Face"},
    Known{0x88bf4138d5c826f0ull, "ChatML", ""},
};

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

} // namespace

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

Result<ChatTemplate> ChatTemplate::recognise(std::string_view text, std::string_view file)
{
    const std::uint64_t fingerprint = template_fingerprint(text);
    for (const Known& known : kKnown)
        if (known.fingerprint == fingerprint) return ChatTemplate(known.name, known.default_system);
    return fail(
        ErrorCode::ModelUnsupported,
        std::string(file) + " has a chat template that this engine does not know (fingerprint " +
            fingerprint_words(text) + ").",
        "Choose a model from the catalogue.");
}

Result<std::vector<std::int32_t>>
ChatTemplate::render(std::span<const Message> messages, const BpeTokenizer& tokenizer) const
{
    const auto start = tokenizer.control_token(kTurnStart), end = tokenizer.control_token(kTurnEnd);
    if (!start || !end)
        return fail(
            ErrorCode::ModelUnsupported,
            "The tokenizer of this model lacks the tokens <|im_start|> and <|im_end|> of its chat "
            "template.",
            "Fetch the model again.");
    std::vector<std::int32_t> ids;
    std::optional<Error> problem;
    const auto say = [&](const std::string& text) {
        auto encoded = tokenizer.encode(text);
        if (!encoded) problem = encoded.error();
        if (encoded) ids.insert(ids.end(), encoded->begin(), encoded->end());
    };
    const auto turn = [&](std::string_view role, std::string_view text) {
        ids.push_back(*start);
        say(std::string(role) + "\n" + std::string(text));
        ids.push_back(*end);
        say("\n");
    };
    const bool brings_system = !messages.empty() && messages.front().role == Role::System;
    if (!brings_system && !messages.empty() && !default_system_.empty())
        turn("system", default_system_);
    for (const Message& message : messages) {
        const auto text = text_of(message);
        if (!text) return tl::unexpected(text.error());
        turn(role_name(message.role), *text);
    }
    ids.push_back(*start);
    say("assistant\n");
    if (problem) return tl::unexpected(std::move(*problem));
    return ids;
}

std::vector<std::int32_t> ChatTemplate::end_tokens(const BpeTokenizer& tokenizer) const
{
    std::vector<std::int32_t> ids;
    if (const auto end = tokenizer.control_token(kTurnEnd)) ids.push_back(*end);
    if (tokenizer.eos() && (ids.empty() || ids.front() != *tokenizer.eos()))
        ids.push_back(*tokenizer.eos());
    return ids;
}

} // namespace engine::text
