#include "tests/window/layout_facts.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

namespace window_test {
namespace {

using nlohmann::json;

Rect rect_of(const json& value)
{
    return {value[0], value[1], value[2], value[3]};
}

double luminance(const Rgb& color)
{
    const auto part = [](int value) {
        const double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.red) + 0.7152 * part(color.green) + 0.0722 * part(color.blue);
}

json parsed(const std::filesystem::path& file)
{
    std::ifstream in(file);
    return json::parse(in);
}

std::optional<int> number(const json& from, const char* key)
{
    if (!from.contains(key)) return std::nullopt;
    return from[key].get<int>();
}

} // namespace

bool Rect::inside(const Rect& room, double spare) const
{
    return x >= room.x - spare && y >= room.y - spare && right() <= room.right() + spare &&
           bottom() <= room.bottom() + spare;
}

Rect Rect::common(const Rect& other) const
{
    const double left = std::max(x, other.x), top = std::max(y, other.y);
    return {
        left,
        top,
        std::min(right(), other.right()) - left,
        std::min(bottom(), other.bottom()) - top};
}

Rect Rect::united(const Rect& other) const
{
    const double left = std::min(x, other.x), top = std::min(y, other.y);
    return {
        left,
        top,
        std::max(right(), other.right()) - left,
        std::max(bottom(), other.bottom()) - top};
}

Rgb color_of(const std::string& hex)
{
    const unsigned long value = std::stoul(hex.substr(1), nullptr, 16);
    const auto byte = [&](int shift) { return static_cast<int>(value >> shift & 0xFF); };
    return {byte(16), byte(8), byte(0), hex.size() == 9 ? byte(24) / 255.0 : 1.0};
}

double contrast(const Rgb& a, const Rgb& b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

bool Widget::is(const std::string& kind) const
{
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool Facts::is_within(int widget, int outer) const
{
    while (widget >= 0 && widget != outer)
        widget = widgets[static_cast<std::size_t>(widget)].parent;
    return widget == outer;
}

bool Facts::is_within(int widget, const std::string& kind) const
{
    while (widget >= 0 && !widgets[static_cast<std::size_t>(widget)].is(kind))
        widget = widgets[static_cast<std::size_t>(widget)].parent;
    return widget >= 0;
}

std::string Facts::path(int widget) const
{
    std::vector<std::string> steps;
    for (int at = widget; at > 0; at = widgets[static_cast<std::size_t>(at)].parent)
        steps.push_back(widgets[static_cast<std::size_t>(at)].kinds.front());
    std::string path;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        path.append(path.empty() ? "" : " > ").append(*step);
    if (widget > 0)
        path.append(" “")
            .append(widgets[static_cast<std::size_t>(widget)].name.substr(0, 60))
            .append("”");
    return path;
}

Facts read_facts(const std::filesystem::path& file)
{
    const json all = parsed(file);
    Facts facts;
    facts.font_px = all["font_px"];
    facts.ratio = all["ratio"];
    facts.fixed_family = all["fixed_family"];
    facts.focus = all["focus"];
    for (const json& each : all["widgets"])
        facts.widgets.push_back(
            {each["parent"],
             each["kinds"],
             each["object"],
             each["name"],
             rect_of(each["rect"]),
             rect_of(each["seen"]),
             each["least"][0],
             each["least"][1],
             each["enabled"],
             each["checked"],
             each["role"],
             each["size"],
             each["touched"],
             each["scrolls_x"],
             each["scrolls_y"]});
    for (const json& each : all["texts"]) {
        const std::string ground = each["ground"];
        Text text{
            each["widget"],
            each["text"],
            rect_of(each["ink"]),
            rect_of(each["room"]),
            each["font_px"],
            each["weight"],
            each["family"],
            each["ellipsis"],
            color_of(each["ink_color"]),
            !ground.empty(),
            ground.empty() ? Rgb{} : color_of(ground)};
        // Found words: the line is drawn once more in another colour, only there.
        const auto before =
            std::find_if(facts.texts.begin(), facts.texts.end(), [&](const Text& t) {
                return t.widget == text.widget && t.text == text.text &&
                       t.ink.inside(text.ink, 0.5) && text.ink.inside(t.ink, 0.5);
            });
        if (before == facts.texts.end())
            facts.texts.push_back(std::move(text));
        else
            before->room = before->room.united(text.room);
    }
    for (const json& each : all["fills"])
        facts.fills.push_back({each["widget"], rect_of(each["rect"]), color_of(each["color"])});
    for (const json& each : all["strokes"])
        facts.strokes.push_back(
            {each["widget"],
             rect_of(each["rect"]),
             each["width_px"],
             color_of(each["color"]),
             each["shown"]});
    for (const json& each : all["marks"]) {
        if (each["ground"] == "") continue;
        facts.marks.push_back(
            {each["widget"],
             rect_of(each["rect"]),
             color_of(each["ink_color"]),
             color_of(each["ground"])});
    }
    for (const json& each : all["rows"])
        facts.rows.push_back({each["widget"], each["chosen"], rect_of(each["rect"])});
    return facts;
}

Design read_design(bool dark)
{
    const std::filesystem::path folder{PERCEPT_SOURCE_DIR "/resources/design"};
    const json tokens = parsed(folder / "tokens.json");
    Design design;
    for (const auto& [name, value] : tokens[dark ? "dark" : "light"].items())
        design.colors.push_back(color_of(value));
    design.accent = color_of(tokens[dark ? "dark" : "light"]["accent"]);
    // What is written on a picture is light on dark in both modes.
    design.colors.push_back(color_of(tokens["dark"]["text"]));
    // Text on the active citation, in both modes.
    design.colors.push_back(color_of(tokens["fixed_pairs"][0][0]));
    for (const auto& [name, value] : tokens["type"].items()) design.sizes_px.push_back(value[0]);
    const json measures = parsed(folder / "measures.json");
    for (const json& each : measures["widgets"])
        design.measures.push_back(
            {each["thing"],
             each["kind"],
             number(each, "size"),
             number(each, "width"),
             number(each, "height")});
    for (const json& each : measures["rows"])
        design.rows.push_back({each["thing"], each["within"], each["height"]});
    for (const json& each : measures["windows"])
        design.columns.push_back(
            {each["from"],
             {each["list"][0], each["list"][1]},
             {each["evidence"][0], each["evidence"][1]},
             each["centre"]});
    return design;
}

} // namespace window_test
