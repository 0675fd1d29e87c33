#include "engine/models/nemotron_h/conversation.h"

#include "engine/formats/json.h"
#include "engine/formats/mapped_file.h"
#include "engine/formats/wording.h"
#include "engine/text/bpe_files.h"
#include "engine/text/nemotron_reply.h"

#include "base/expects.h"

#include <algorithm>
#include <array>
#include <deque>
#include <limits>
#include <map>
#include <system_error>

namespace engine::nemotron_h {
namespace {

constexpr std::size_t kLargestTemplate = 1 << 20;
constexpr std::array<std::string_view, 6> kMediaMarks =
    {"<image>", "<img>", "</img>", "<so_embedding>", "<so_start>", "<so_end>"};

Result<text::NemotronTemplate> read_template(const std::filesystem::path& folder)
{
    const std::string name = "chat_template.jinja";
    const auto text = formats::read_small_file(folder / name, kLargestTemplate);
    if (!text) return tl::unexpected(text.error());
    return text::NemotronTemplate::recognise(*text, name);
}

/// eos_token_id: one id or a list of them.
Result<std::vector<std::int32_t>>
read_ends(const std::filesystem::path& folder, const text::BpeTokenizer& tokenizer)
{
    const std::string name = "generation_config.json";
    std::vector<std::int32_t> ends;
    std::error_code error;
    if (std::filesystem::exists(folder / name, error)) {
        const auto json = formats::read_json_file(folder / name);
        if (!json) return tl::unexpected(json.error());
        const auto ids = json->is_object() ? json->find("eos_token_id") : json->end();
        if (json->is_object() && ids != json->end() && !ids->is_null()) {
            for (const auto& id : ids->is_array() ? *ids : nlohmann::json::array({*ids})) {
                const bool fits = id.is_number_integer() && id.get<std::int64_t>() >= 0 &&
                                  id.get<std::int64_t>() < tokenizer.vocabulary_size();
                if (!fits)
                    return formats::damaged(
                        name,
                        "\"eos_token_id\" names no token of the vocabulary.");
                ends.push_back(id.get<std::int32_t>());
            }
        }
    }
    // The marks that the family ends with, whatever the file says or leaves out.
    for (const std::string_view mark : {"<|im_end|>", "</s>"})
        if (const auto id = tokenizer.control_token(mark)) ends.push_back(*id);
    return ends;
}

/// The media of a conversation in the order in which the template writes them.
class MediaOfRequest {
public:
    using Kind = text::PromptPiece::Kind;

    explicit MediaOfRequest(const Request& request)
    {
        for (const Message& message : request.messages)
            for (const Part& part : message.parts) {
                if (std::holds_alternative<Image>(part)) waiting_[Kind::Image].push_back(&part);
                if (std::holds_alternative<Video>(part)) waiting_[Kind::Video].push_back(&part);
                if (std::holds_alternative<Sound>(part)) waiting_[Kind::Sound].push_back(&part);
            }
    }
    const Part& next(Kind kind)
    {
        auto& parts = waiting_[kind];
        EXPECTS(!parts.empty());
        const Part& part = *parts.front();
        parts.pop_front();
        return part;
    }

private:
    std::map<Kind, std::deque<const Part*>> waiting_;
};

} // namespace

Result<Conversation> Conversation::read(const std::filesystem::path& folder)
{
    auto tokenizer = text::bpe_from_tokenizer_json(folder / "tokenizer.json");
    if (!tokenizer) return tl::unexpected(tokenizer.error());
    for (const std::string_view mark : {"<|im_start|>", "<|im_end|>", "<think>", "</think>"})
        if (!tokenizer->control_token(mark))
            return formats::damaged(
                "tokenizer.json",
                "lacks the token " + std::string(mark) + " of its chat template.");
    auto ends = read_ends(folder, *tokenizer);
    if (!ends) return tl::unexpected(ends.error());
    Conversation result(std::move(*tokenizer), read_template(folder));
    result.ends_ = std::move(*ends);
    for (std::int32_t id = 0; id < result.tokenizer_.vocabulary_size(); ++id) {
        const std::string_view text = result.tokenizer_.text_of(id);
        const bool mark =
            std::find(kMediaMarks.begin(), kMediaMarks.end(), text) != kMediaMarks.end();
        const bool filler = result.tokenizer_.kind(id) == text::TokenKind::Unused ||
                            (result.tokenizer_.kind(id) != text::TokenKind::Normal &&
                             text.starts_with("<SPECIAL_"));
        if (mark || filler) result.forbidden_.push_back(id);
    }
    return result;
}

Result<void> Conversation::fits(std::int64_t embedding_rows) const
{
    const std::int32_t known = tokenizer_.vocabulary_size();
    if (known > embedding_rows)
        return formats::damaged(
            "tokenizer.json",
            "has " + std::to_string(known) + " tokens, the embedding " +
                std::to_string(embedding_rows) + ".");
    return {};
}

Result<void> Conversation::can_converse() const
{
    if (!chat_) return tl::unexpected(chat_.error());
    return {};
}

Result<Sequence> Conversation::prompt(const Request& request, const MediaWriter* media) const
{
    if (!chat_) return tl::unexpected(chat_.error());
    const auto pieces = chat_->render(request);
    if (!pieces) return tl::unexpected(pieces.error());
    MediaOfRequest parts(request);
    Sequence sequence;
    for (const text::PromptPiece& piece : *pieces) {
        using Kind = text::PromptPiece::Kind;
        if (piece.kind != Kind::Text && piece.kind != Kind::Mark) {
            if (media == nullptr)
                return fail(
                    ErrorCode::ModelUnsupported,
                    "This model takes text only.",
                    "Send pictures and speech as the text that was read from them.");
            if (auto written = media->write(parts.next(piece.kind), sequence); !written)
                return tl::unexpected(written.error());
            continue;
        }
        const auto mark =
            piece.kind == Kind::Mark ? tokenizer_.control_token(piece.text) : std::nullopt;
        if (mark) {
            sequence.push(*mark);
        } else {
            // A mark that this vocabulary does not have (<tool_response>) is written out.
            const auto ids = tokenizer_.encode(piece.text);
            if (!ids) return tl::unexpected(ids.error());
            for (const std::int32_t id : *ids) sequence.push(id);
        }
        if (piece.ends_likely_prefix) sequence.likely_prefixes.push_back(sequence.length());
    }
    return sequence;
}

std::unique_ptr<text::ReplyParser> Conversation::reply_parser(const Request& request) const
{
    return std::make_unique<text::NemotronReply>(
        tokenizer_,
        request.tools,
        text::NemotronTemplate::thinks(request));
}

std::vector<std::int32_t> Conversation::closes_reasoning() const
{
    std::vector<std::int32_t> ids = {*tokenizer_.control_token("</think>")};
    if (const auto gap = tokenizer_.encode("\n\n")) ids.insert(ids.end(), gap->begin(), gap->end());
    return ids;
}

bool Conversation::ends(std::int32_t token) const
{
    return std::find(ends_.begin(), ends_.end(), token) != ends_.end();
}

void Conversation::forbid(std::span<float> logits) const
{
    for (const std::int32_t id : forbidden_)
        if (static_cast<std::size_t>(id) < logits.size())
            logits[static_cast<std::size_t>(id)] = -std::numeric_limits<float>::infinity();
}

} // namespace engine::nemotron_h
