#include "tests/window/layout_facts.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace window_test {
namespace {

constexpr double kSpare_px = 1;
constexpr double kLeastTextContrast = 4.5;
constexpr double kLeastLargeContrast = 3;
constexpr int kLarge_px = 24;
constexpr double kLargeStrong_px = 18.66;

Rgb over(const Rgb& ink, const Rgb& ground)
{
    const auto mix = [&](int above, int below) {
        return static_cast<int>(std::lround(above * ink.alpha + below * (1 - ink.alpha)));
    };
    return {mix(ink.red, ground.red), mix(ink.green, ground.green), mix(ink.blue, ground.blue), 1};
}

std::string words(const Rect& rect)
{
    return fmt::format("{:.0f},{:.0f} {:.0f}x{:.0f}", rect.x, rect.y, rect.width, rect.height);
}

std::string words(const Rgb& color)
{
    return fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue);
}

bool known(const Rgb& color, const std::vector<Rgb>& colors)
{
    return std::any_of(colors.begin(), colors.end(), [&](const Rgb& each) {
        return std::abs(each.red - color.red) <= 1 && std::abs(each.green - color.green) <= 1 &&
               std::abs(each.blue - color.blue) <= 1;
    });
}

} // namespace

Faults things_outside(const Facts& facts)
{
    Faults faults;
    for (std::size_t i = 1; i < facts.widgets.size(); ++i) {
        const Widget& widget = facts.widgets[i];
        const Rect& window = facts.widgets.front().rect;
        // What scrolls is longer than its place, never wider.
        Rect room = facts.widgets[static_cast<std::size_t>(widget.parent)].rect.common(window);
        if (widget.scrolls_y) {
            room.y = -1e6;
            room.height = 2e6;
        }
        if (widget.scrolls_x) {
            room.x = -1e6;
            room.width = 2e6;
        }
        if (widget.rect.empty() || widget.rect.inside(room, kSpare_px)) continue;
        faults.push_back(fmt::format(
            "{} is at {}, outside of {}",
            facts.path(static_cast<int>(i)),
            words(widget.rect),
            words(room)));
    }
    return faults;
}

Faults siblings_over_each_other(const Facts& facts)
{
    // These lie over the window on purpose, and hide what is below where they are.
    const auto floats = [](const Widget& widget) {
        return !widget.touched || widget.is("ui::OverlayPanel") || widget.is("ui::Popup") ||
               widget.is("ui::Toast") || widget.is("QSplitterHandle");
    };
    Faults faults;
    for (std::size_t i = 0; i < facts.widgets.size(); ++i)
        for (std::size_t j = i + 1; j < facts.widgets.size(); ++j) {
            const Widget& one = facts.widgets[i];
            const Widget& other = facts.widgets[j];
            if (one.parent != other.parent || floats(one) || floats(other)) continue;
            const Rect common = one.rect.common(other.rect);
            if (common.width <= kSpare_px || common.height <= kSpare_px) continue;
            faults.push_back(fmt::format(
                "{} and {} share {}",
                facts.path(static_cast<int>(i)),
                facts.path(static_cast<int>(j)),
                words(common)));
        }
    return faults;
}

Faults texts_cut(const Facts& facts)
{
    Faults faults;
    for (const Text& text : facts.texts) {
        const Widget& widget = facts.widgets[static_cast<std::size_t>(text.widget)];
        if (text.ellipsis == "lost")
            faults.push_back(fmt::format(
                "“{}” is cut and whole nowhere: {}",
                text.text,
                facts.path(text.widget)));
        if (!text.on_top) continue;
        // Glyphs are measured in whole pixels, outwards.
        Rect room = text.room;
        room.x -= 1;
        room.width += 2;
        if (widget.scrolls_y) { // the first and last lines come and go
            room.y = -1e6;
            room.height = 2e6;
        }
        if (widget.scrolls_x) {
            room.x = -1e6;
            room.width = 2e6;
        }
        if (text.ink.inside(room, kSpare_px)) continue;
        faults.push_back(fmt::format(
            "“{}” at {} has only {}: {}",
            text.text,
            words(text.ink),
            words(text.room),
            facts.path(text.widget)));
    }
    return faults;
}

Faults texts_over_each_other(const Facts& facts)
{
    Faults faults;
    for (std::size_t i = 0; i < facts.texts.size(); ++i)
        for (std::size_t j = i + 1; j < facts.texts.size(); ++j) {
            const Text& one = facts.texts[i];
            const Text& other = facts.texts[j];
            if (!one.on_top || !other.on_top) continue;
            const Rect common = one.ink.common(one.room).common(other.ink.common(other.room));
            if (common.width <= kSpare_px || common.height <= kSpare_px) continue;
            faults.push_back(fmt::format(
                "“{}” and “{}” share {}: {}",
                one.text,
                other.text,
                words(common),
                facts.path(one.widget)));
        }
    return faults;
}

Faults weak_contrast(const Facts& facts)
{
    Faults faults;
    for (const Text& text : facts.texts) {
        if (!text.on_top || !facts.widgets[static_cast<std::size_t>(text.widget)].enabled) continue;
        const bool large =
            text.font_px >= kLarge_px || (text.font_px >= kLargeStrong_px && text.weight >= 600);
        const double found = contrast(over(text.color, text.ground), text.ground);
        if (found >= (large ? kLeastLargeContrast : kLeastTextContrast)) continue;
        faults.push_back(fmt::format(
            "“{}” in {} on {} has {:.2f}: {}",
            text.text,
            words(text.color),
            words(text.ground),
            found,
            facts.path(text.widget)));
    }
    for (const Mark& mark : facts.marks) {
        if (!facts.widgets[static_cast<std::size_t>(mark.widget)].enabled) continue;
        const double found = contrast(over(mark.color, mark.ground), mark.ground);
        if (found >= kLeastLargeContrast) continue;
        faults.push_back(fmt::format(
            "icon at {} in {} on {} has {:.2f}: {}",
            words(mark.rect),
            words(mark.color),
            words(mark.ground),
            found,
            facts.path(mark.widget)));
    }
    return faults;
}

Faults wrong_fonts(const Facts& facts, const Design& design)
{
    Faults faults;
    const std::string family = facts.texts.empty() ? "" : facts.texts.front().family;
    for (const Text& text : facts.texts) {
        const bool size = std::find(design.sizes_px.begin(), design.sizes_px.end(), text.font_px) !=
                          design.sizes_px.end();
        const bool weight = text.weight == 400 || text.weight == 600;
        if (size && weight && (text.family == family || text.family == facts.fixed_family))
            continue;
        faults.push_back(fmt::format(
            "“{}” in {} {} px {}: {}",
            text.text,
            text.family,
            text.font_px,
            text.weight,
            facts.path(text.widget)));
    }
    return faults;
}

Faults wrong_colors(const Facts& facts, const Design& design)
{
    Faults faults;
    for (const Text& text : facts.texts) {
        const bool enabled = facts.widgets[static_cast<std::size_t>(text.widget)].enabled;
        if (!enabled || known(text.color, design.colors)) continue;
        faults.push_back(
            fmt::format("“{}” in {}: {}", text.text, words(text.color), facts.path(text.widget)));
    }
    for (const Fill& fill : facts.fills) {
        if (!facts.widgets[static_cast<std::size_t>(fill.widget)].enabled) continue;
        // Shadow and veil are black with the ground shining through.
        if (fill.color.alpha < 1 || fill.rect.empty() || known(fill.color, design.colors)) continue;
        faults.push_back(fmt::format(
            "area {} in {}: {}",
            words(fill.rect),
            words(fill.color),
            facts.path(fill.widget)));
    }
    for (const Stroke& stroke : facts.strokes) {
        const bool enabled = facts.widgets[static_cast<std::size_t>(stroke.widget)].enabled;
        if (!enabled || stroke.color.alpha < 1 || known(stroke.color, design.colors)) continue;
        faults.push_back(fmt::format(
            "line {} in {}: {}",
            words(stroke.rect),
            words(stroke.color),
            facts.path(stroke.widget)));
    }
    return faults;
}

Faults focus_unseen(const Facts& facts, const Design& design)
{
    if (facts.focus < 0) return {"nothing has the focus"};
    const Rect control = facts.widgets[static_cast<std::size_t>(facts.focus)].rect;
    for (const Stroke& stroke : facts.strokes) {
        const Widget& widget = facts.widgets[static_cast<std::size_t>(stroke.widget)];
        if (!known(stroke.color, {design.accent}) || std::abs(stroke.width_px - 2) > 0.1) continue;
        if (stroke.shown.empty() || !known(color_of(stroke.shown), {design.accent})) continue;
        // 1 px outside of the control or its frame; rows and viewers draw theirs inside.
        if (widget.object == "focus_ring" && control.inside(stroke.rect, 0)) return {};
        if (facts.is_within(stroke.widget, facts.focus)) return {};
    }
    return {fmt::format("no ring around {} at {}", facts.path(facts.focus), words(control))};
}

Faults wrong_measures(const Facts& facts, const Design& design)
{
    Faults faults;
    const auto differs = [](double found, std::optional<int> due) {
        return due && std::abs(found - *due) > kSpare_px;
    };
    for (const Design::Measure& measure : design.measures)
        for (std::size_t i = 0; i < facts.widgets.size(); ++i) {
            const Widget& widget = facts.widgets[i];
            if (!widget.is(measure.kind) || (measure.size && widget.size != *measure.size))
                continue;
            if (!differs(widget.rect.width, measure.width_px) &&
                !differs(widget.rect.height, measure.height_px))
                continue;
            faults.push_back(fmt::format(
                "{} at {}, not {} wide and {} high: {}",
                measure.thing,
                words(widget.rect),
                measure.width_px ? std::to_string(*measure.width_px) : "as it wants",
                measure.height_px ? std::to_string(*measure.height_px) : "as it wants",
                facts.path(static_cast<int>(i))));
        }
    return faults;
}

Faults wrong_rows(const Facts& facts, const Design& design)
{
    Faults faults;
    for (const Design::RowMeasure& measure : design.rows)
        for (const Row& row : facts.rows) {
            if (!row.chosen || !facts.is_within(row.widget, measure.within)) continue;
            if (std::abs(row.rect.height - measure.height_px) <= kSpare_px) continue;
            faults.push_back(fmt::format(
                "{} at {}, not {} high: {}",
                measure.thing,
                words(row.rect),
                measure.height_px,
                facts.path(row.widget)));
        }
    return faults;
}

Faults wrong_columns(const Facts& facts, const Design& design)
{
    const double window = facts.widgets.front().rect.width;
    Design::Columns due;
    for (const Design::Columns& each : design.columns)
        if (window >= each.window_from_px) due = each;
    Faults faults;
    const auto check = [&](const char* what, const Widget& column, Design::Span span) {
        if (column.rect.width >= span.least_px - kSpare_px &&
            column.rect.width <= span.most_px + kSpare_px)
            return;
        faults.push_back(fmt::format(
            "{} is {:.0f} wide, not {} to {}",
            what,
            column.rect.width,
            span.least_px,
            span.most_px));
    };
    for (const Widget& widget : facts.widgets) {
        if (widget.parent < 0) continue;
        const Widget& parent = facts.widgets[static_cast<std::size_t>(widget.parent)];
        if (!parent.is("QSplitter") || !facts.is_within(widget.parent, "ui::Columns")) continue;
        if (widget.is("ui::EvidencePane"))
            check("evidence", widget, due.evidence);
        else if (widget.is("QStackedWidget") && widget.name == "List")
            check("list", widget, due.list);
        else if (widget.is("QStackedWidget"))
            check("centre", widget, {due.centre_least_px, 10'000});
    }
    return faults;
}

std::vector<std::pair<std::string, Faults>> all_faults(const Facts& facts, const Design& design)
{
    return {
        {"outside", things_outside(facts)},
        {"over each other", siblings_over_each_other(facts)},
        {"cut", texts_cut(facts)},
        {"texts over each other", texts_over_each_other(facts)},
        {"contrast", weak_contrast(facts)},
        {"fonts", wrong_fonts(facts, design)},
        {"colours", wrong_colors(facts, design)},
        {"measures", wrong_measures(facts, design)},
        {"rows", wrong_rows(facts, design)},
        {"columns", wrong_columns(facts, design)}};
}

} // namespace window_test
