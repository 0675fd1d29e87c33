#include "ui/widgets/tag.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace ui {
namespace {

constexpr int kHeight_px = 18;
constexpr int kPadding_px = 6;

struct Inks {
    theme::Color ground;
    theme::Color text;
};

Inks inksOf(TagKind kind)
{
    using theme::Color;
    switch (kind) {
    case TagKind::Ok:
        return {Color::OkTint, Color::Ok};
    case TagKind::Warn:
        return {Color::WarnTint, Color::Warn};
    case TagKind::Record:
        return {Color::RecordTint, Color::Record};
    case TagKind::Accent:
        return {Color::AccentTint, Color::Accent};
    case TagKind::Plain:
        break;
    }
    return {Color::Sunken, Color::Text2};
}

} // namespace

Tag::Tag(const QString& text, TagKind kind, QWidget* parent)
    : QWidget(parent), text_(text), kind_(kind)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Tag::set(const QString& text, TagKind kind)
{
    if (text == text_ && kind == kind_) return;
    text_ = text;
    kind_ = kind;
    announceName(this);
    updateGeometry();
    update();
}

QSize Tag::measure(const QString& text)
{
    const QFontMetrics metrics(theme::font(theme::Step::Caption));
    return {
        metrics.horizontalAdvance(text) + 2 * kPadding_px,
        std::max(kHeight_px, metrics.height() + 2)};
}

void Tag::paint(QPainter& painter, const QRect& rect, const QString& text, TagKind kind)
{
    const Inks inks = inksOf(kind);
    painter.save();
    theme::drawBox(painter, rect, theme::kChipRadius_px, theme::color(inks.ground));
    painter.setFont(theme::font(theme::Step::Caption));
    painter.setPen(theme::color(inks.text));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, text);
    painter.restore();
}

QSize Tag::sizeHint() const
{
    return measure(text_);
}

void Tag::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, rect(), text_, kind_);
}

void Tag::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) updateGeometry();
}

} // namespace ui
