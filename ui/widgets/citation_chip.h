#pragma once

#include "ui/types.h"

#include <QSize>

class QPainter;
class QRect;

namespace ui {

/// A citation as it is drawn in text and rows: icon of the kind, number, place; 18 px high, yellow
/// because yellow means "here is the place". No widget: text objects and delegates paint it.
struct CitationChip {
    int n = 0; // 0: none is drawn (a search hit)
    PlaceKind kind = PlaceKind::Page;
    QString words; // "p. 17", "06:41"
    bool located = true;
    bool active = false; // its place is in the evidence pane
    bool focused = false;
};

CitationChip citationChip(const Place& place, bool active = false, bool focused = false);
/// Without the focus ring, which takes 3 px more on each side.
QSize measure(const CitationChip& chip);
void paint(QPainter& painter, const QRect& rect, const CitationChip& chip);
/// "Citation 1, Offer B, page 17": the accessible name.
QString citationWords(const Place& place);
/// Lucide name of a kind of place.
QString placeIcon(PlaceKind kind);

} // namespace ui
