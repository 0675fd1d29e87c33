#include "ui/ask/chip_object.h"

#include "ui/ask/cited_text.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/citation_chip.h"

#include <QPainter>

namespace ui {
namespace {

constexpr int kAround_px = 1; // free on both sides of a chip
constexpr int kCaretWidth_px = 7;
constexpr int kCaretHeight_px = 15;

} // namespace

ChipObject::ChipObject(CitedText* text) : QObject(text), text_(text)
{
}

QSizeF ChipObject::intrinsicSize(QTextDocument*, int, const QTextFormat& format)
{
    if (format.objectType() == Caret) return {kCaretWidth_px + 2.0, kCaretHeight_px};
    const auto& places = text_->places();
    const auto index = static_cast<std::size_t>(format.intProperty(IndexProperty));
    if (index >= places.size()) return {};
    const QSize size = measure(citationChip(places[index]));
    return {size.width() + 2.0 * kAround_px, static_cast<double>(size.height())};
}

void ChipObject::drawObject(
    QPainter* painter,
    const QRectF& rect,
    QTextDocument*,
    int,
    const QTextFormat& format)
{
    if (format.objectType() == Caret) {
        painter->fillRect(
            QRectF(rect.left() + 2, rect.top(), kCaretWidth_px, rect.height()),
            theme::color(theme::Color::Accent));
        return;
    }
    const auto& places = text_->places();
    const int index = format.intProperty(IndexProperty);
    if (index < 0 || static_cast<std::size_t>(index) >= places.size()) return;
    const QRect box = rect.adjusted(kAround_px, 0, -kAround_px, 0).toAlignedRect();
    // Drawn again over its own selection: see drawFocused().
    if (text_->hasFocus() && text_->focusedPlace() == index) focused_ = box;
    const CitationChip chip =
        citationChip(places[static_cast<std::size_t>(index)], text_->activePlace() == index, false);
    paint(*painter, box, chip);
}

void ChipObject::drawFocused(QPainter& painter) const
{
    const auto& places = text_->places();
    const int index = text_->focusedPlace();
    if (index < 0 || static_cast<std::size_t>(index) >= places.size()) return;
    const bool active = text_->activePlace() == index;
    paint(
        painter,
        focused_,
        citationChip(places[static_cast<std::size_t>(index)], active, theme::focusIsByKeyboard()));
}

} // namespace ui
