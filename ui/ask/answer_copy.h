#pragma once

#include "ui/ask/types.h"

namespace ui {

/// Question, answer and where each citation stands, for the clipboard.
QString answerAsMarkdown(const Exchange& exchange);
/// The answer with its [n] and a line for each place.
QString answerAsText(const Exchange& exchange);
/// "Quoted from your sources", "Written by Nemotron".
QString modeWords(const Exchange& exchange);
/// "Offer B, technical.pdf, page 17", "Call.m4a, 06:52".
QString placeInFull(const Place& place);

} // namespace ui
