#pragma once

#include "storage/types.h"

#include <optional>
#include <QString>
#include <vector>

/// Values that travel between views. Everything else a view shows comes in the value types of its
/// own folder.
namespace ui {

/// What a citation, a search hit or a line of a summary points at; decides icon and viewer.
enum class PlaceKind { Page, Picture, Text, Video, Sound, Shown };

/// One place in a source: what a chip names and the evidence pane shows.
struct Place {
    int n = 0; // of its citation; 0: not one
    storage::SessionId session = 0;
    storage::SourceId source = 0;
    PlaceKind kind = PlaceKind::Page;
    QString name; // of the source, for people
    int page = 0; // 0: none
    std::vector<storage::Box> boxes;
    std::optional<double> start_s;
    std::optional<double> end_s;
    QString quote;
    bool located = true; // false: the quote could not be found, so nothing is marked
};

/// The places that belong together (those of an answer, of a search) and the one to show.
struct PlaceList {
    std::vector<Place> places;
    int current = 0;
};

/// Of a source: "pdf", "image", "audio", "video", "text", "office". `timed` a recording.
PlaceKind placeKind(const std::string& source_kind, bool has_page);
/// "p. 17", "06:41", "line 12": what stands on a chip behind the number.
QString placeWords(const Place& place);
/// "Page 17 of 38", "06:41 of 18:42" need more than a place and are the evidence pane's.

/// 65 -> "01:05", 3725 -> "1:02:05". Negative: "–".
QString clockWords(double seconds);
/// "3.1 MB", "412 GB": a space before the unit, decimal units.
QString sizeWords(std::uint64_t bytes);
/// "20 s left", "2 min 40 s left", "about 3 h left".
QString timeLeftWords(double seconds);

} // namespace ui
