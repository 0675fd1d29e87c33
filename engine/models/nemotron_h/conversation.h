#pragma once

#include "engine/models/language_model.h"
#include "engine/text/nemotron_template.h"

#include <filesystem>
#include <vector>

namespace engine::nemotron_h {

/// How a checkpoint of this family reads and writes: tokenizer.json, chat_template.jinja,
/// generation_config.json. Immutable; may be used from any thread.
class Conversation {
public:
    /// Errors: those of the tokenizer's file, BadModelFile (a mark of the family is missing).
    /// A template that is missing or unknown is an error of prompt() alone: plain text still works.
    static Result<Conversation> read(const std::filesystem::path& folder);
    /// Fewer tokens than the embedding has rows are a vocabulary filled up to whole tiles; more are
    /// an error: BadModelFile.
    Result<void> fits(std::int64_t embedding_rows) const;

    const text::BpeTokenizer& tokenizer() const { return tokenizer_; }
    Result<void> can_converse() const;
    /// `media` writes pictures and sounds; null where the model takes text only.
    Result<Sequence> prompt(const Request& request, const MediaWriter* media = nullptr) const;
    std::unique_ptr<text::ReplyParser> reply_parser(const Request& request) const;
    std::vector<std::int32_t> closes_reasoning() const;
    bool ends(std::int32_t token) const;
    /// Marks of media and fillers of the vocabulary.
    void forbid(std::span<float> logits) const;

private:
    Conversation(text::BpeTokenizer tokenizer, Result<text::NemotronTemplate> chat)
        : tokenizer_(std::move(tokenizer)), chat_(std::move(chat))
    {
    }

    text::BpeTokenizer tokenizer_;
    Result<text::NemotronTemplate> chat_;
    std::vector<std::int32_t> ends_;
    std::vector<std::int32_t> forbidden_;
};

} // namespace engine::nemotron_h
