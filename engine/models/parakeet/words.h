#pragma once

#include "engine/models/parakeet/transducer.h"
#include "engine/speech_recognizer.h"

#include <string>
#include <vector>

namespace engine::parakeet {

/// Gathers tokens into words and words into segments, with times and confidence, by NeMo's rules:
/// a punctuation mark begins and ends where the token before it ended, a segment ends behind a word
/// that ends in a full stop, a question or an exclamation mark. Audio spec 4.4.
class WordBuilder {
public:
    /// `start_s` is where row 0 of the tokens lies in the sound.
    WordBuilder(const Vocabulary& vocabulary, double start_s)
        : vocabulary_(vocabulary), start_s_(start_s)
    {
    }
    void add(const Token& token);
    /// No token follows: the open word and segment end.
    void finish();

    /// Words that no later token can change, in order; a second call gives later ones.
    std::vector<RecognizedWord> take_words();
    /// Segments that no later token can change; their words are handed out by take_words() too.
    std::vector<RecognizedSegment> take_segments();
    /// The code of the last language token; empty where there was none.
    const std::string& language() const { return language_; }

private:
    struct OpenWord {
        std::string bytes;
        bool ends_in_lone_space = false; // the last piece was nothing but the start of a word
        std::int64_t first_row = 0, end_row = 0;
        double probabilities = 0, log_probabilities = 0;
        int tokens = 0;
    };
    void append(const Piece& piece, std::int64_t start, std::int64_t end, float probability);
    void close_word();
    void close_segment();

    const Vocabulary& vocabulary_;
    double start_s_;
    std::int64_t last_end_ = 0; // row where the token before ended
    bool any_ = false;
    OpenWord word_;
    RecognizedSegment segment_;
    double log_probabilities_ = 0; // of the segment
    int tokens_ = 0;
    std::vector<RecognizedWord> words_;
    std::vector<RecognizedSegment> segments_;
    std::string language_;
};

} // namespace engine::parakeet
