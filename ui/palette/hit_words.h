#pragma once

#include "ui/palette/types.h"

/// Hits and days in words.
namespace ui {

/// One of two phrases with %1 for the number, both marked by QT_TRANSLATE_NOOP("ui", ...).
QString countedWords(int n, const char* one, const char* many);

/// "Said", "Notes": as tag of a row and as filter chip.
QString groupWords(HitGroup group);
QString groupChipWords(HitGroup group);
/// Of the source a hit lies in.
QString hitIcon(const Hit& hit);
/// "p. 17", "31:04", "answer 2".
QString hitPlaceWords(const Hit& hit);
/// "Offer B, technical.pdf · 13:02".
QString hitSourceWords(const Hit& hit);
/// For screen readers, one sentence: group, words, source, place.
QString hitSentence(const Hit& hit);
/// "18 places in 7 sessions".
QString placesWords(const SearchResult& result);
/// What a search by meaning did or could not do; empty where nothing has to be said.
QString meaningWords(const SearchResult& result);

/// "Today", "Yesterday", "Wednesday 11 November", with its year where that is another.
QString dayWords(QDate day, QDate today);
/// "Today", "Yesterday", "Tue" within a week, "11 November".
QString shortDayWords(QDate day, QDate today);

} // namespace ui
