#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace window_test {

struct Rect {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
    bool empty() const { return width <= 0 || height <= 0; }
    /// Within `room`, each side with so much to spare.
    bool inside(const Rect& room, double spare) const;
    Rect common(const Rect& other) const;
    Rect united(const Rect& other) const;
};

struct Rgb {
    int red = 0;
    int green = 0;
    int blue = 0;
    double alpha = 1;
};
/// "#rrggbb" or "#aarrggbb"
Rgb color_of(const std::string& hex);
/// WCAG 2 contrast of opaque colours.
double contrast(const Rgb& a, const Rgb& b);

/// What the probe in the program said of a widget; places in device-independent pixels of the
/// window.
struct Widget {
    int parent = -1;
    std::vector<std::string> kinds; // "ui::Rail", then what it is derived from
    std::string object;
    std::string name;
    Rect rect;
    Rect seen;
    int least_width = 0;
    int least_height = 0;
    bool enabled = true;
    bool checked = false;
    int role = 0;
    int size = 0;
    bool touched = true; // by the mouse
    bool scrolls_x = false;
    bool scrolls_y = false;

    bool is(const std::string& kind) const;
};
struct Text {
    int widget = 0;
    std::string text;
    Rect ink;
    Rect room; // where the widget may draw and is seen
    int font_px = 0;
    int weight = 0;
    std::string family;
    std::string ellipsis; // "said", "cut" and found whole elsewhere, "lost"
    Rgb color;
    bool on_top = false; // nothing lies over it: `ground` is its own
    Rgb ground;
};
struct Fill {
    int widget = 0;
    Rect rect;
    Rgb color;
};
struct Stroke {
    int widget = 0;
    Rect rect; // of its middle line
    double width_px = 0;
    Rgb color;
    std::string shown; // colour of the display in the middle of its upper side
};
struct Mark {
    int widget = 0;
    Rect rect;
    Rgb color;
    Rgb ground;
};

struct Row {
    int widget = 0;
    bool chosen = false; // can be; heads of groups cannot
    Rect rect;
};

struct Facts {
    int font_px = 0;
    double ratio = 1;
    std::string fixed_family;
    int focus = -1;
    std::vector<Widget> widgets;
    std::vector<Text> texts;
    std::vector<Fill> fills;
    std::vector<Stroke> strokes;
    std::vector<Mark> marks;
    std::vector<Row> rows;

    bool is_within(int widget, int outer) const;
    bool is_within(int widget, const std::string& kind) const;
    /// "ui::Rail > QAbstractButton “Ask”"
    std::string path(int widget) const;
};
/// Throws where the file is not what the probe writes.
Facts read_facts(const std::filesystem::path& file);

/// The design's numbers: resources/design/tokens.json and measures.json.
struct Design {
    std::vector<Rgb> colors; // of that mode
    Rgb accent;
    std::vector<int> sizes_px;
    struct Measure {
        std::string thing;
        std::string kind;
        std::optional<int> size;
        std::optional<int> width_px;
        std::optional<int> height_px;
    };
    std::vector<Measure> measures;
    struct RowMeasure {
        std::string thing;
        std::string within; // the kind of the list, or of what it is in
        int height_px = 0;
    };
    std::vector<RowMeasure> rows;
    struct Span {
        int least_px = 0;
        int most_px = 0;
    };
    struct Columns {
        int window_from_px = 0;
        Span list;
        Span evidence;
        int centre_least_px = 0;
    };
    std::vector<Columns> columns; // by the width of the window, narrow ones first
};
Design read_design(bool dark);

/// Each answers what is wrong, a sentence a fault.
using Faults = std::vector<std::string>;
Faults things_outside(const Facts& facts);
Faults siblings_over_each_other(const Facts& facts);
Faults texts_cut(const Facts& facts);
Faults texts_over_each_other(const Facts& facts);
Faults weak_contrast(const Facts& facts);
Faults wrong_fonts(const Facts& facts, const Design& design);
Faults wrong_colors(const Facts& facts, const Design& design);
/// The ring around what has the focus, 2 px of accent, is there and on the display.
Faults focus_unseen(const Facts& facts, const Design& design);
Faults wrong_measures(const Facts& facts, const Design& design);
Faults wrong_rows(const Facts& facts, const Design& design);
Faults wrong_columns(const Facts& facts, const Design& design);

/// All but the focus, with what each looks for.
std::vector<std::pair<std::string, Faults>> all_faults(const Facts& facts, const Design& design);

} // namespace window_test
