#pragma once

#include "app/result.h"
#include "engine/text_embedder.h"
#include "storage/library.h"

#include <stop_token>
#include <string>
#include <vector>

namespace app {

class Answerers;

/// A question that the sources surely answer.
struct Suggestion {
    std::string question;
    storage::SourceId source = 0; // where its answer stands
    int page = 0;
};

/// Up to `n` short questions in English, from what sentences and tables say of things: "What does
/// the lathe cost per hour?", "When is the next meeting?". Each is asked quietly and kept only when
/// its answer is found where the question came from. The same session gives the same questions;
/// none where nothing is good. Takes about as long as 4 n questions. `answerers` null: vectors are
/// made for this call alone. Errors: Cancelled, NotFound, those of the library and the embedder.
Result<std::vector<Suggestion>> suggest_questions(
    storage::SessionId session,
    int n,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop = {},
    Answerers* answerers = nullptr);

} // namespace app
