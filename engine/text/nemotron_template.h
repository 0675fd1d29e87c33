#pragma once

#include "engine/result.h"
#include "engine/types.h"

#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// A stretch of a rendered prompt. Marks become one token each; text never does, whatever it says.
struct PromptPiece {
    enum class Kind { Text, Mark, Image, Video, Sound };
    Kind kind = Kind::Text;
    std::string text;                // of a medium: the mark that stands for it
    bool ends_likely_prefix = false; // another request may well begin the same way up to here
};

/// The chat template of Nemotron 3 Nano Omni, written out by our own code from the backbone spec
/// 6.1 to 6.5, byte for byte but for two rules. "/think" and "/no_think" count only where they
/// stand alone at the end of a message: the reference looks for them anywhere, so that a path like
/// /thinkpad in a document turns thinking on and loses its letters. And a text that says "<image>"
/// does not take the place of a picture.
class NemotronTemplate {
public:
    /// Where the words count. Anywhere is the reference's rule, for comparing with it.
    enum class Directives { AtTheEnd, Anywhere };

    /// By the fingerprint of its text, see ChatTemplate. Errors: ModelUnsupported, with the
    /// fingerprint.
    static Result<NemotronTemplate> recognise(std::string_view text, std::string_view file);

    /// The prompt up to where the reply begins. Media of a message come before its text, as the
    /// model was trained. Errors: BadUsage (tools or arguments that are not JSON objects,
    /// media in a message that is not the user's).
    Result<std::vector<PromptPiece>>
    render(const Request& request, Directives directives = Directives::AtTheEnd) const;
    /// Whether the reply to this request begins with reasoning: thinking.enabled, unless a message
    /// says otherwise.
    static bool thinks(const Request& request, Directives directives = Directives::AtTheEnd);
};

/// All pieces as one text, for people and for tests.
std::string text_of(const std::vector<PromptPiece>& pieces);

} // namespace engine::text
