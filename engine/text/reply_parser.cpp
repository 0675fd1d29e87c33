#include "engine/text/reply_parser.h"

namespace engine::text {

ReplyPieces ReplyParser::push(std::int32_t /*token*/, std::string_view bytes)
{
    ReplyPieces pieces;
    pieces.text = utf8_.push(bytes);
    return pieces;
}

ReplyPieces ReplyParser::finish()
{
    ReplyPieces pieces;
    pieces.text = utf8_.finish();
    return pieces;
}

} // namespace engine::text
