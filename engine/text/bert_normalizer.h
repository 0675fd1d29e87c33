#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace engine::text {

/// BERT's uncased normalisation of one text: control and format characters and broken UTF-8 vanish,
/// every white space is one ' ', CJK ideographs stand between spaces, accents are stripped
/// (canonical decomposition without nonspacing marks), everything is lower case.
///
/// Agrees with BertNormalizer of the tokenizers library (0.23.3) on every code point; the table was
/// made from its answers (tests/data/text/make_bert_fold_table.py), since its Unicode data is of no
/// single version. Source: Devlin et al. 2018.
std::string bert_normalize(std::string_view text);

/// Calls word(text, code points) for each word of a normalised text, in order: words are divided by
/// spaces, and every punctuation character is a word of its own.
void for_each_bert_word(
    std::string_view normalized,
    const std::function<void(std::string_view word, int code_points)>& word);

/// Whether Unicode puts a character into one of its punctuation categories (P*); of ASCII that is
/// less than what BERT cuts at.
bool in_punctuation_category(char32_t c);

} // namespace engine::text
