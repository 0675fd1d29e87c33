#include "capture/reader/html_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <gumbo.h>
#include <string_view>
#include <vector>

namespace capture::reader {
namespace {

constexpr std::array kSkipped = {
    GUMBO_TAG_SCRIPT,
    GUMBO_TAG_STYLE,
    GUMBO_TAG_TEMPLATE,
    GUMBO_TAG_NOSCRIPT,
    GUMBO_TAG_HEAD,
    GUMBO_TAG_IFRAME,
    GUMBO_TAG_OBJECT,
    GUMBO_TAG_SELECT,
    GUMBO_TAG_TEXTAREA,
    GUMBO_TAG_SVG};
/// Their text stands on lines of its own; those of kApart with an empty line around them.
constexpr std::array kBlocks = {
    GUMBO_TAG_DIV,
    GUMBO_TAG_LI,
    GUMBO_TAG_TR,
    GUMBO_TAG_DT,
    GUMBO_TAG_DD,
    GUMBO_TAG_BODY,
    GUMBO_TAG_CAPTION,
    GUMBO_TAG_HEADER,
    GUMBO_TAG_FOOTER,
    GUMBO_TAG_NAV,
    GUMBO_TAG_ASIDE,
    GUMBO_TAG_MAIN,
    GUMBO_TAG_FORM,
    GUMBO_TAG_FIGCAPTION};
constexpr std::array kApart = {
    GUMBO_TAG_P,
    GUMBO_TAG_H1,
    GUMBO_TAG_H2,
    GUMBO_TAG_H3,
    GUMBO_TAG_H4,
    GUMBO_TAG_H5,
    GUMBO_TAG_H6,
    GUMBO_TAG_UL,
    GUMBO_TAG_OL,
    GUMBO_TAG_DL,
    GUMBO_TAG_TABLE,
    GUMBO_TAG_BLOCKQUOTE,
    GUMBO_TAG_PRE,
    GUMBO_TAG_HR,
    GUMBO_TAG_FIGURE,
    GUMBO_TAG_SECTION,
    GUMBO_TAG_ARTICLE,
    GUMBO_TAG_ADDRESS,
    GUMBO_TAG_DETAILS};

template <typename List>
bool contains(const List& list, GumboTag tag)
{
    return std::find(list.begin(), list.end(), tag) != list.end();
}

bool is_hidden(const GumboElement& element)
{
    if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
    const GumboAttribute* style = gumbo_get_attribute(&element.attributes, "style");
    if (style == nullptr) return false;
    std::string rules(style->value);
    std::erase_if(rules, [](unsigned char c) { return std::isspace(c) != 0; });
    return rules.find("display:none") != std::string::npos ||
           rules.find("visibility:hidden") != std::string::npos;
}

/// Collects text and remembers what has to stand before the next word.
class Flow {
public:
    void add(std::string_view text, bool preformatted)
    {
        for (const char c : text) {
            const bool white = std::isspace(static_cast<unsigned char>(c)) != 0;
            if (preformatted && white) {
                if (c == '\n') {
                    ++breaks_;
                } else if (c != '\r') {
                    spaces_ += c;
                }
            } else if (white) {
                if (spaces_.empty()) spaces_.assign(1, ' ');
            } else {
                flush();
                out_ += c;
            }
        }
    }
    void break_line(int lines) { wanted_ = std::max(wanted_, lines); }
    void forced_break() { ++breaks_; }
    void tab() { spaces_.assign(1, '\t'); }
    std::string take() { return std::move(out_); }

private:
    void flush()
    {
        const int lines = std::max(wanted_, std::min(breaks_, 2));
        if (!out_.empty()) {
            if (lines > 0) {
                // Indentation survives in <pre>, where breaks are counted one by one.
                out_.append(static_cast<std::size_t>(lines), '\n');
                if (breaks_ > 0 && spaces_ != " ") out_ += spaces_;
            } else {
                out_ += spaces_;
            }
        }
        wanted_ = 0;
        breaks_ = 0;
        spaces_.clear();
    }

    std::string out_;
    std::string spaces_;
    int wanted_ = 0;
    int breaks_ = 0;
};

int lines_around(GumboTag tag)
{
    if (contains(kApart, tag)) return 2;
    return contains(kBlocks, tag) ? 1 : 0;
}

/// Where the walk stands in one element.
struct Step {
    const GumboNode* node;
    unsigned next_child = 0;
    bool preformatted = false;
};

/// Enters a node; true where its children are to be walked.
bool enter(const GumboNode& node, bool preformatted, Flow& flow)
{
    switch (node.type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
        flow.add(node.v.text.text, preformatted);
        return false;
    case GUMBO_NODE_ELEMENT:
        break;
    default:
        return false;
    }
    const GumboElement& element = node.v.element;
    if (contains(kSkipped, element.tag) || is_hidden(element)) return false;
    flow.break_line(lines_around(element.tag));
    if (element.tag == GUMBO_TAG_BR) flow.forced_break();
    if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) {
        if (node.index_within_parent > 0) flow.tab();
    }
    if (element.tag == GUMBO_TAG_LI) flow.add("- ", false);
    if (element.tag == GUMBO_TAG_IMG) {
        if (const auto* alt = gumbo_get_attribute(&element.attributes, "alt")) {
            flow.add(alt->value, false);
        }
    }
    return true;
}

/// Without recursion: pages nest as deep as their authors like.
std::string readable_text(const GumboNode& root)
{
    Flow flow;
    std::vector<Step> path;
    if (enter(root, false, flow)) path.push_back({&root});
    while (!path.empty()) {
        Step& step = path.back();
        const GumboElement& element = step.node->v.element;
        if (step.next_child >= element.children.length) {
            flow.break_line(lines_around(element.tag));
            path.pop_back();
            continue;
        }
        const auto* child = static_cast<const GumboNode*>(element.children.data[step.next_child++]);
        const bool preformatted = step.preformatted || element.tag == GUMBO_TAG_PRE;
        if (enter(*child, preformatted, flow)) path.push_back({child, 0, preformatted});
    }
    return flow.take();
}

const GumboNode* child_element(const GumboNode& parent, GumboTag tag)
{
    const GumboVector& children = parent.v.element.children;
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == tag) return child;
    }
    return nullptr;
}

std::string title_of(const GumboNode& root)
{
    const GumboNode* head = child_element(root, GUMBO_TAG_HEAD);
    const GumboNode* title = head != nullptr ? child_element(*head, GUMBO_TAG_TITLE) : nullptr;
    if (title == nullptr || title->v.element.children.length == 0) return "";
    const auto* text = static_cast<const GumboNode*>(title->v.element.children.data[0]);
    if (text->type != GUMBO_NODE_TEXT) return "";
    Flow flow;
    flow.add(text->v.text.text, false);
    return flow.take();
}

/// Whether the text begins with "<name", in either case, and the name ends there.
bool begins_with_tag(std::string_view text, std::string_view name)
{
    if (text.size() < name.size() + 2 || text.front() != '<') return false;
    const bool same = std::equal(name.begin(), name.end(), text.begin() + 1, [](char a, char b) {
        return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
    });
    const auto behind = static_cast<unsigned char>(text[name.size() + 1]);
    return same && (std::isspace(behind) != 0 || behind == '>' || behind == '/');
}

} // namespace

HtmlText read_html(const std::string& html)
{
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    // Never freed: gumbo frees by recursion, which deep nesting would turn into a crash, and this
    // process ends with its file.
    const GumboOutput* parsed = gumbo_parse_with_options(&options, html.data(), html.size());
    return {title_of(*parsed->root), readable_text(*parsed->root) + "\n"};
}

bool looks_like_html(const std::string& text)
{
    // Not "script", "template" or "section": source code and other XML begin with those.
    constexpr std::array<std::string_view, 13> kBegins = {
        "html",
        "head",
        "body",
        "title",
        "meta",
        "table",
        "div",
        "p",
        "h1",
        "h2",
        "ul",
        "ol",
        "dl"};
    std::string_view rest(text);
    while (true) {
        const auto start = rest.find_first_not_of(" \t\r\n");
        if (start == std::string_view::npos || rest[start] != '<') return false;
        rest.remove_prefix(start);
        if (begins_with_tag(rest, "!doctype html")) return true;
        // XHTML begins with an XML declaration; some pages declare the type of a part ("head").
        const bool comment = rest.starts_with("<!--");
        if (!comment && !rest.starts_with("<?xml") && !begins_with_tag(rest, "!doctype")) break;
        const auto end = rest.find(comment ? "-->" : ">");
        if (end == std::string_view::npos) return false;
        rest.remove_prefix(end + (comment ? 3 : 1));
    }
    return std::any_of(kBegins.begin(), kBegins.end(), [&](std::string_view name) {
        return begins_with_tag(rest, name);
    });
}

} // namespace capture::reader
