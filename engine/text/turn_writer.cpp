#include "engine/text/turn_writer.h"

#include <utility>

namespace engine::text {

void TurnWriter::push(std::optional<std::int32_t> id, std::string_view name)
{
    encode();
    if (id) {
        ids_.push_back(*id);
    } else {
        note(Error{
            ErrorCode::ModelUnsupported,
            "The tokenizer of this model lacks the token " + std::string(name) +
                " of its chat template.",
            "Fetch the model again."});
    }
}

void TurnWriter::write(const std::vector<TurnPiece>& pieces)
{
    for (const TurnPiece& piece : pieces) {
        if (piece.mark && tokenizer_.control_token(piece.text))
            mark(piece.text);
        else
            say(piece.text); // its tokenizer spells the mark
    }
}

void TurnWriter::open(const ChatForm& form, std::string_view role, std::string_view text)
{
    mark(form.start);
    say(role);
    if (!form.middle.empty()) mark(form.middle);
    say(form.gap);
    say(text);
}

void TurnWriter::close(const ChatForm& form)
{
    mark(form.end);
    say(form.tail);
}

void TurnWriter::turn(const ChatForm& form, std::string_view role, std::string_view text)
{
    open(form, role, text);
    close(form);
}

Result<std::vector<std::int32_t>> TurnWriter::result()
{
    encode();
    if (problem_) return tl::unexpected(*problem_);
    return std::move(ids_);
}

void TurnWriter::note(const Error& error)
{
    if (!problem_) problem_ = error;
}

void TurnWriter::encode()
{
    // A space with which a text begins behind a mark is the one that such a tokenizer adds.
    const bool has_prefix = tokenizer_.prefixes_space() && text_.starts_with(' ');
    const auto encoded = tokenizer_.encode(std::exchange(text_, {}).substr(has_prefix ? 1 : 0));
    if (!encoded) return note(encoded.error());
    ids_.insert(ids_.end(), encoded->begin(), encoded->end());
}

} // namespace engine::text
