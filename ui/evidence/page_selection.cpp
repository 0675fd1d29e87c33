#include "ui/evidence/page_selection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <QStringList>

namespace ui {
namespace {

/// How far a point is from a box; up and down counts more, so that a click beside a line stays in
/// it.
double distance(const QRectF& box, QPointF point)
{
    const double dx = std::max({box.left() - point.x(), 0.0, point.x() - box.right()});
    const double dy = std::max({box.top() - point.y(), 0.0, point.y() - box.bottom()});
    return dx * dx + 25 * dy * dy;
}

/// A word in the room between two boxes of one line.
bool wordBetween(const QRectF& left, const QRectF& right, const std::vector<PageWord>& words)
{
    const QRectF both = left | right;
    return std::any_of(words.begin(), words.end(), [&](const PageWord& word) {
        const QPointF middle = word.box.center();
        return middle.y() > both.top() && middle.y() < both.bottom() && middle.x() > left.right() &&
               middle.x() < right.left();
    });
}

} // namespace

bool sameLine(const QRectF& a, const QRectF& b)
{
    const double shared = std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top());
    return shared > 0.4 * std::min(a.height(), b.height());
}

std::vector<QRectF> lineBoxes(const std::vector<PageWord>& words, int first, int last)
{
    std::vector<QRectF> lines;
    for (int i = std::max(first, 0); i <= last && i < static_cast<int>(words.size()); ++i) {
        const QRectF& box = words[static_cast<std::size_t>(i)].box;
        // A line that jumps back is the next column, though at the same height.
        if (!lines.empty() && sameLine(lines.back(), box) && box.left() >= lines.back().left())
            lines.back() |= box;
        else
            lines.push_back(box);
    }
    return lines;
}

std::vector<QRectF> rowBands(const std::vector<QRectF>& boxes, const std::vector<PageWord>& words)
{
    std::vector<QRectF> bands = boxes;
    // Without the words nothing tells what lies between.
    if (words.empty()) return bands;
    std::stable_sort(bands.begin(), bands.end(), [](const QRectF& a, const QRectF& b) {
        return a.left() < b.left();
    });
    for (auto at = bands.begin(); at != bands.end();) {
        const auto cell = std::find_if(bands.begin(), at, [&](const QRectF& before) {
            return sameLine(before, *at) && !wordBetween(before, *at, words);
        });
        if (cell == at) {
            ++at;
        } else {
            *cell |= *at;
            at = bands.erase(at);
        }
    }
    return bands;
}

PageSelection::At PageSelection::wordAt(int page, QPointF point) const
{
    const auto text = pages_.text(page);
    if (!text || text->words.empty()) return {};
    At best;
    double nearest = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < text->words.size(); ++i) {
        const double far = distance(text->words[i].box, point);
        if (far >= nearest) continue;
        nearest = far;
        best = {page, static_cast<int>(i)};
    }
    return best;
}

bool PageSelection::onWord(int page, QPointF point) const
{
    const auto text = pages_.text(page);
    if (!text) return false;
    return std::any_of(text->words.begin(), text->words.end(), [&](const PageWord& word) {
        return word.box.contains(point);
    });
}

void PageSelection::extend(At at)
{
    if (at.page == 0) return;
    if (empty()) anchor_ = at;
    head_ = at;
}

void PageSelection::selectLine(At at)
{
    const auto text = pages_.text(at.page);
    if (!text || text->words.empty()) return;
    const auto& words = text->words;
    const auto here = static_cast<std::size_t>(at.word);
    auto first = here, last = here;
    while (first > 0 && sameLine(words[first - 1].box, words[here].box) &&
           words[first - 1].box.left() <= words[first].box.left())
        --first;
    while (last + 1 < words.size() && sameLine(words[last + 1].box, words[here].box) &&
           words[last + 1].box.left() >= words[last].box.left())
        ++last;
    anchor_ = {at.page, static_cast<int>(first)};
    head_ = {at.page, static_cast<int>(last)};
}

void PageSelection::selectPage(int page)
{
    const auto text = pages_.text(page);
    if (!text || text->words.empty()) return;
    anchor_ = {page, 0};
    head_ = {page, static_cast<int>(text->words.size()) - 1};
}

PageSelection::At PageSelection::step(At from, int words) const
{
    const auto text = pages_.text(from.page);
    if (!text) return from;
    const int count = static_cast<int>(text->words.size());
    const int to = from.word + words;
    if (to >= 0 && to < count) return {from.page, to};
    const int page = from.page + (to < 0 ? -1 : 1);
    const auto next = pages_.text(page);
    if (!next || next->words.empty()) return {from.page, std::clamp(to, 0, std::max(count - 1, 0))};
    return {page, to < 0 ? static_cast<int>(next->words.size()) - 1 : 0};
}

void PageSelection::moveHead(int words)
{
    if (!empty()) head_ = step(head_, words);
}

void PageSelection::moveHeadLines(int lines)
{
    const auto text = pages_.text(head_.page);
    if (empty() || !text || text->words.empty()) return;
    const QRectF from = text->words[static_cast<std::size_t>(head_.word)].box;
    const int way = lines < 0 ? -1 : 1;
    // To the first word of another line, then along that line.
    At at = head_;
    const auto box = [&](At where) {
        const auto page = pages_.text(where.page);
        return page->words[static_cast<std::size_t>(where.word)].box;
    };
    for (At next = step(at, way); next != at; next = step(at, way)) {
        at = next;
        if (at.page != head_.page || !sameLine(box(at), from)) break;
    }
    At best = at;
    const QRectF line = box(at);
    for (At next = at; next.page == at.page && sameLine(box(next), line);) {
        if (std::abs(box(next).center().x() - from.center().x()) <
            std::abs(box(best).center().x() - from.center().x()))
            best = next;
        const At further = step(next, way);
        if (further == next) break;
        next = further;
    }
    head_ = best;
}

bool PageSelection::range(int page, int& first, int& last) const
{
    if (empty()) return false;
    const At from = std::min(anchor_, head_), to = std::max(anchor_, head_);
    if (page < from.page || page > to.page) return false;
    first = page == from.page ? from.word : 0;
    last = to.word;
    if (page < to.page) {
        const auto text = pages_.text(page);
        if (!text) return false;
        last = static_cast<int>(text->words.size()) - 1;
    }
    return last >= first;
}

std::vector<QRectF> PageSelection::boxes(int page) const
{
    int first = 0, last = 0;
    if (!range(page, first, last)) return {};
    const auto text = pages_.text(page);
    return text ? lineBoxes(text->words, first, last) : std::vector<QRectF>();
}

QString PageSelection::text() const
{
    QStringList parts;
    const At from = std::min(anchor_, head_), to = std::max(anchor_, head_);
    for (int page = from.page; page <= to.page && page > 0; ++page) {
        int first = 0, last = 0;
        const auto text = pages_.text(page);
        if (!text || !range(page, first, last)) continue;
        const int begin = text->words[static_cast<std::size_t>(first)].begin;
        const int end = text->words[static_cast<std::size_t>(last)].end;
        parts += text->text.mid(begin, end - begin);
    }
    return parts.join(u'\n');
}

} // namespace ui
