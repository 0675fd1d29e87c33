#pragma once

#include "engine/models/whisper/vocabulary.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace engine::whisper {

/// A vocabulary with Whisper's order and few pieces, for rules that need no model.
struct SmallVocabulary {
    std::map<std::string, TokenId> ids; // by line
    Vocabulary vocabulary;
    int size = 0;

    explicit SmallVocabulary(std::vector<std::string> pieces)
    {
        const TokenId text_tokens = static_cast<TokenId>(pieces.size());
        for (const char* special :
             {"<|endoftext|>",
              "<|startoftranscript|>",
              "<|en|>",
              "<|de|>",
              "<|zh|>",
              "<|haw|>",
              "<|translate|>",
              "<|transcribe|>",
              "<|startoflm|>",
              "<|startofprev|>",
              "<|nocaptions|>",
              "<|notimestamps|>"}) {
            pieces.emplace_back(special);
        }
        for (int i = 0; i <= 1500; ++i) {
            std::string cents = std::to_string(2 * i % 100);
            if (cents.size() < 2) cents.insert(cents.begin(), '0');
            pieces.push_back("<|" + std::to_string(2 * i / 100) + "." + cents + "|>");
        }
        size = static_cast<int>(pieces.size());
        const auto path = std::filesystem::temp_directory_path() /
                          ("vocabulary_" + std::to_string(text_tokens) + "_" +
                           std::to_string(std::hash<std::string>()(pieces[0])) + ".txt");
        std::ofstream file(path);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            file << pieces[i] << "\n";
            ids[pieces[i]] = static_cast<TokenId>(i);
        }
        file.close();
        vocabulary = Vocabulary::read(path, size).value();
        std::filesystem::remove(path);
    }
    TokenId operator[](const std::string& piece) const { return ids.at(piece); }
    TokenId time(double seconds) const
    {
        return vocabulary.first_timestamp + static_cast<TokenId>(std::lround(seconds * 50));
    }
};

} // namespace engine::whisper
