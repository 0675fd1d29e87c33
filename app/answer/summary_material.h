#pragma once

#include "app/answer/result.h"
#include "app/answer/sentence_vectors.h"
#include "app/answer/tiers.h"
#include "storage/library.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace app::answer {

/// A sentence that may enter a summary, with what was found out about it.
struct MaterialSentence {
    std::size_t recording = 0; // index of its source in Material::recordings
    bool from_speech = true;
    SpokenSentence spoken;    // of a document: only the text
    storage::Passage passage; // where to cite it from: page, or times
    FormScores form;
    bool open_question = false;
    std::vector<float> vector; // empty without an embedder
    std::vector<std::string> stems;
};

/// Everything a summary is picked from.
struct Material {
    struct Recording {
        storage::Source source;
        std::optional<std::chrono::year_month_day>
            day; // when it came into the library, the nearest thing to its date
        std::vector<std::string> participants; // its speakers, where they are known
        std::vector<std::string> gaps;         // sentences
        double lost_s = 0.0;
    };
    std::vector<Recording> recordings;
    std::vector<MaterialSentence> sentences;     // recording by recording, in order
    std::vector<const MaterialSentence*> marked; // spoken at a marker or next before it
};

/// How alike two sentences are: cosine of their vectors, else the share of stems in common.
double alike(const MaterialSentence& a, const MaterialSentence& b);

/// Reads a session. Errors: Cancelled, those of the library and the embedder.
Result<Material> gather_material(
    storage::SessionId session,
    storage::Library& library,
    SentenceVectors& vectors,
    const std::stop_token& stop);

} // namespace app::answer
