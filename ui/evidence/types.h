#pragma once

#include "ui/types.h"

#include <QImage>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <vector>

/// What the evidence pane is told about sources, in values: texts in UTF-16 positions, boxes as
/// fractions of page or frame with the origin top left.
namespace ui {

struct EvidenceSource {
    storage::SourceId id = 0;
    QString name;
    PlaceKind kind = PlaceKind::Page;
    int pages = 0;
    double duration_s = 0;
    bool has_picture = false; // a video, not only sound
    QString note;             // "... was moved or deleted. The stored copy is shown."; else empty
};

struct PageWord {
    int begin = 0;
    int end = 0;
    QRectF box;
};
struct PageText {
    int page = 0;
    QString text;
    std::vector<PageWord> words;  // in reading order; none in text files
    std::vector<int> line_starts; // text files
    int first_line = 0;           // text files: from 1
    bool by_ocr = false;
};

/// A picture of a page that is wanted, in device pixels.
struct PictureWish {
    enum class Urgency { Seen, Soon, Small }; // Soon: just outside; Small: for the thumbnails
    int page = 0;
    int width_px = 0;
    Urgency urgency = Urgency::Seen;
    bool operator==(const PictureWish&) const = default;
    bool samePicture(const PictureWish& other) const
    {
        return page == other.page && width_px == other.width_px;
    }
};

/// Found words: where, and as boxes for the page.
struct TextHit {
    int page = 0;
    int begin = 0;
    int end = 0;
    std::vector<QRectF> boxes;
};

struct TranscriptLine {
    double start_s = 0;
    double end_s = 0;
    QString speaker; // empty: unknown
    QString text;
};

/// Lowest and highest sample of each of `low.size()` equal stretches, -1..1.
struct SoundPeaks {
    double start_s = 0;
    double end_s = 0;
    std::vector<float> low;
    std::vector<float> high;
};

inline QRectF rectOf(const storage::Box& box)
{
    return {QPointF(box.x0, box.y0), QPointF(box.x1, box.y1)};
}

} // namespace ui
