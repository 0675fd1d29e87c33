#include "ui/widgets/citation_chip.h"

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QCoreApplication>
#include <QPainter>

namespace ui {
namespace {

constexpr int kHeight_px = 18;
constexpr int kIcon_px = 12;
constexpr int kLeft_px = 4;
constexpr int kRight_px = 5;
constexpr int kGap_px = 4;
constexpr int kLostPadding_px = 5;

QString tr(const char* text)
{
    return QCoreApplication::translate("ui", text);
}

QString number(const CitationChip& chip)
{
    return chip.n > 0 ? QString::number(chip.n) : QString();
}

} // namespace

CitationChip citationChip(const Place& place, bool active, bool focused)
{
    return {place.n, place.kind, placeWords(place), place.located, active, focused};
}

QSize measure(const CitationChip& chip)
{
    const QFontMetrics plain(theme::font(theme::Step::Caption));
    const int height = std::max(kHeight_px, plain.height() + 2);
    if (!chip.located) return {plain.horizontalAdvance(chip.words) + 2 * kLostPadding_px, height};
    int width = kLeft_px + kIcon_px + kGap_px + plain.horizontalAdvance(chip.words) + kRight_px;
    if (chip.n > 0)
        width +=
            QFontMetrics(theme::font(theme::Step::Caption, true)).horizontalAdvance(number(chip)) +
            kGap_px;
    return {width, height};
}

void paint(QPainter& painter, const QRect& rect, const CitationChip& chip)
{
    using theme::Color;
    painter.save();
    const QFont plain = theme::font(theme::Step::Caption);
    painter.setFont(plain);
    if (!chip.located) {
        theme::drawBox(
            painter,
            rect,
            theme::kChipRadius_px,
            Qt::transparent,
            theme::color(Color::Line));
        painter.setPen(theme::color(Color::Text3));
        painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, chip.words);
    } else {
        const QColor ink =
            chip.active ? QColor::fromRgb(theme::kOnCiteActive) : theme::color(Color::OnCite);
        // The edge of the active chip lies outside it, so that text does not move.
        if (chip.active)
            theme::drawBox(
                painter,
                rect.adjusted(-1, -1, 1, 1),
                theme::kChipRadius_px + 1,
                theme::color(Color::CiteActive),
                theme::color(Color::CiteEdge));
        else
            theme::drawBox(painter, rect, theme::kChipRadius_px, theme::color(Color::Cite));
        int x = rect.left() + kLeft_px;
        painter.drawPixmap(
            x,
            rect.top() + (rect.height() - kIcon_px) / 2,
            theme::iconPixmap(
                placeIcon(chip.kind),
                ink,
                kIcon_px,
                painter.device()->devicePixelRatioF()));
        x += kIcon_px + kGap_px;
        painter.setPen(ink);
        const auto write = [&](const QString& text, const QFont& font) {
            const int width = QFontMetrics(font).horizontalAdvance(text);
            painter.setFont(font);
            painter.drawText(
                QRect(x, rect.top(), width + 1, rect.height()),
                Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                text);
            x += width + kGap_px;
        };
        if (chip.n > 0) write(number(chip), theme::font(theme::Step::Caption, true));
        write(chip.words, plain);
    }
    if (chip.focused) theme::drawFocusRing(painter, rect, theme::kChipRadius_px);
    painter.restore();
}

QString citationWords(const Place& place)
{
    QString where;
    if (!place.located)
        where = tr("place not found");
    else if (place.start_s)
        where = tr("at %1").arg(clockWords(*place.start_s));
    else if (place.kind == PlaceKind::Picture)
        where = tr("the picture");
    else if (place.kind == PlaceKind::Text)
        where = tr("part %1").arg(place.page);
    else
        where = tr("page %1").arg(place.page);
    if (place.n == 0) return tr("%1, %2").arg(place.name, where);
    return tr("Citation %1, %2, %3").arg(QString::number(place.n), place.name, where);
}

QString placeIcon(PlaceKind kind)
{
    switch (kind) {
    case PlaceKind::Picture:
        return QStringLiteral("monitor");
    case PlaceKind::Video:
        return QStringLiteral("film");
    case PlaceKind::Sound:
        return QStringLiteral("audio-lines");
    case PlaceKind::Shown:
        return QStringLiteral("presentation");
    case PlaceKind::Page:
    case PlaceKind::Text:
        break;
    }
    return QStringLiteral("file-text");
}

} // namespace ui
