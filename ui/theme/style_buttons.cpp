#include "ui/theme/icon_engine.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyleOption>
#include <QToolButton>

namespace ui::theme {
namespace {

constexpr int kIcon_px = 16;
constexpr int kIconGap_px = 6;
constexpr int kChevron_px = 14;
constexpr int kKeyHeight_px = 18;
constexpr int kKeyPadding_px = 5;

/// Everything that decides how a button looks; the same for QPushButton and QToolButton.
struct Look {
    Role role = Role::Normal;
    QStyle::State state;
    QString text;
    QIcon icon;
    QString key;
    bool menu = false;
    bool mnemonics = false;
    int size_class = 0;
};

struct Inks {
    QColor ground;
    QColor edge;
    QColor text;
    QColor icon; // invalid: the icon's own
    bool strong = false;
};

bool has(QStyle::State state, QStyle::StateFlag flag)
{
    return state.testFlag(flag);
}

Inks filled(Color ground, Color on, const Look& look)
{
    Inks inks;
    inks.ground = color(ground);
    const bool down = has(look.state, QStyle::State_Sunken);
    if (ground == Color::Accent && (down || has(look.state, QStyle::State_MouseOver)))
        inks.ground = color(Color::AccentHover);
    else if (down || has(look.state, QStyle::State_MouseOver))
        inks.ground = inks.ground.darker(down ? 118 : 109);
    inks.edge = inks.ground;
    inks.text = color(on);
    inks.icon = inks.text;
    inks.strong = true;
    return inks;
}

Inks inksOf(const Look& look)
{
    const bool enabled = has(look.state, QStyle::State_Enabled);
    Inks inks;
    if (enabled && look.role == Role::Primary) return filled(Color::Accent, Color::OnAccent, look);
    if (enabled && look.role == Role::Recording)
        return filled(Color::RecordFill, Color::OnRecord, look);
    const bool flat = look.role == Role::Flat || look.role == Role::Link;
    inks.ground = flat ? QColor() : color(Color::Raised);
    inks.edge = flat ? QColor() : color(Color::Line);
    inks.text = color(Color::Text);
    if (!enabled) {
        inks.text = disabledText(color(Color::Raised));
        inks.icon = inks.text;
        if (!flat) inks.edge = mixed(inks.edge, inks.ground, 0.55);
        inks.strong = look.role == Role::Primary || look.role == Role::Recording;
        return inks;
    }
    if (look.role == Role::Link) {
        inks.text = color(Color::Accent);
        inks.icon = inks.text;
    }
    if (look.role == Role::Danger) {
        inks.text = color(Color::Record);
        inks.icon = inks.text;
    }
    if (has(look.state, QStyle::State_On)) {
        inks.ground = color(Color::AccentTint);
        inks.edge = has(look.state, QStyle::State_MouseOver) ? color(Color::Accent) : QColor();
        inks.text = color(Color::Accent);
        inks.icon = inks.text;
    }
    if (has(look.state, QStyle::State_Sunken)) {
        inks.ground = color(Color::Sunken);
        inks.edge = color(Color::LineControl);
    } else if (has(look.state, QStyle::State_MouseOver) && !has(look.state, QStyle::State_On)) {
        inks.ground = color(Color::Hover);
        if (flat) inks.edge = QColor();
    }
    return inks;
}

QFont fontOf(const QFont& given, Role role, bool strong)
{
    QFont made = role == Role::Link ? font(Step::Small) : given;
    if (strong) made.setWeight(QFont::DemiBold);
    return made;
}

int keyWidth(const QString& key)
{
    return QFontMetrics(font(Step::Caption)).horizontalAdvance(key) + 2 * kKeyPadding_px + 2;
}

bool isStrong(Role role)
{
    return role == Role::Primary || role == Role::Recording;
}

/// Width of what stands inside the padding.
int contentWidth(const Look& look, const QFont& given)
{
    int width = 0;
    const auto add = [&width](int part) { width += part + (width > 0 ? kIconGap_px : 0); };
    if (!look.icon.isNull()) add(kIcon_px);
    if (!look.text.isEmpty())
        add(QFontMetrics(fontOf(given, look.role, isStrong(look.role)))
                .size(Qt::TextShowMnemonic | Qt::TextSingleLine, look.text)
                .width());
    if (look.menu && !look.text.isEmpty()) add(kChevron_px);
    if (!look.key.isEmpty()) add(keyWidth(look.key));
    return width;
}

int padding(const Look& look)
{
    if (look.role == Role::Link) return 3;
    return look.size_class > 0 ? 14 : 10;
}

int heightOf(const Look& look, const QFontMetrics& metrics)
{
    const int fixed = look.size_class < 0 ? 24 : look.size_class > 0 ? 32 : 28;
    return std::max(fixed, metrics.height() + (look.size_class < 0 ? 4 : 8));
}

QSize sizeOf(const Look& look, const QFont& given)
{
    const int height = heightOf(look, QFontMetrics(given));
    if (look.text.isEmpty() && look.key.isEmpty()) return {height, height};
    return {contentWidth(look, given) + 2 * (padding(look) + 1), height};
}

void drawKey(
    QPainter& painter,
    const QRect& rect,
    const QString& key,
    const Look& look,
    const Inks& inks)
{
    const bool bare = isStrong(look.role);
    if (!bare) drawBox(painter, rect, kChipRadius_px, color(Color::Pane), color(Color::Line));
    painter.setFont(font(Step::Caption));
    painter.setPen(
        bare || !has(look.state, QStyle::State_Enabled) ? inks.text : color(Color::Text2));
    painter.drawText(rect, Qt::AlignCenter, key);
}

void drawIcon(QPainter& painter, const QRect& rect, const Look& look, const Inks& inks)
{
    const QString own = ownName(look.icon);
    if (!own.isEmpty() && inks.icon.isValid()) {
        painter.drawPixmap(
            rect,
            iconPixmap(own, inks.icon, rect.width(), painter.device()->devicePixelRatioF()));
        return;
    }
    look.icon.paint(
        &painter,
        rect,
        Qt::AlignCenter,
        has(look.state, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled,
        has(look.state, QStyle::State_On) ? QIcon::On : QIcon::Off);
}

void drawLook(
    QPainter& painter,
    const QRect& rect,
    const Look& look,
    const QFont& given,
    Qt::LayoutDirection direction)
{
    const Inks inks = inksOf(look);
    if (inks.ground.isValid() || inks.edge.isValid())
        drawBox(painter, rect, kControlRadius_px, inks.ground, inks.edge);
    painter.save();
    const QFont face = fontOf(given, look.role, inks.strong);
    const int pad = padding(look) + 1;
    const int room = rect.width() - 2 * pad;
    const int wanted = contentWidth(look, given);
    // Icon-only buttons have no padding to speak of; others are centred, or begin left when cut.
    int x =
        rect.left() + (wanted > room && !look.text.isEmpty() ? pad : (rect.width() - wanted) / 2);
    const auto placed = [&](int width, int height) {
        const QRect part(x, rect.top() + (rect.height() - height) / 2, width, height);
        x += width + kIconGap_px;
        return QStyle::visualRect(direction, rect, part);
    };
    if (!look.icon.isNull()) drawIcon(painter, placed(kIcon_px, kIcon_px), look, inks);
    if (!look.text.isEmpty()) {
        const QFontMetrics metrics(face);
        int behind = look.menu ? kChevron_px + kIconGap_px : 0;
        if (!look.key.isEmpty()) behind += keyWidth(look.key) + kIconGap_px;
        const int left = std::max(0, rect.right() + 1 - pad - x - behind);
        const int flags = look.mnemonics ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
        const int width =
            std::min(left, metrics.size(flags | Qt::TextSingleLine, look.text).width());
        painter.setFont(face);
        painter.setPen(inks.text);
        painter.drawText(
            placed(width, rect.height()),
            Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine | flags,
            metrics.elidedText(look.text, Qt::ElideRight, left, flags));
        if (look.menu)
            painter.drawPixmap(
                placed(kChevron_px, kChevron_px),
                iconPixmap(
                    QStringLiteral("chevron-down"),
                    inks.icon.isValid() ? inks.icon : color(Color::Text2),
                    kChevron_px,
                    painter.device()->devicePixelRatioF()));
    }
    if (!look.key.isEmpty())
        drawKey(painter, placed(keyWidth(look.key), kKeyHeight_px), look.key, look, inks);
    painter.restore();
}

Look lookOf(const QStyleOption& option, const QWidget* widget)
{
    Look look;
    look.role = role(widget);
    look.state = option.state;
    look.size_class = sizeClass(widget);
    if (widget) look.key = widget->property(kKeyHintProperty).toString();
    return look;
}

Look pushLook(const QStyleOptionButton& option, const QWidget* widget)
{
    Look look = lookOf(option, widget);
    look.text = option.text;
    look.icon = option.icon;
    look.menu = option.features.testFlag(QStyleOptionButton::HasMenu);
    if (look.role == Role::Normal && option.features.testFlag(QStyleOptionButton::Flat))
        look.role = Role::Flat;
    return look;
}

Look toolLook(const QStyleOptionToolButton& option, const QWidget* widget)
{
    Look look = lookOf(option, widget);
    const bool words = option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull();
    if (words) look.text = option.text;
    if (option.toolButtonStyle != Qt::ToolButtonTextOnly) look.icon = option.icon;
    look.menu = words && option.features.testFlag(QStyleOptionToolButton::HasMenu);
    // A tool button out of a tool bar comes with autoRaise off and stays a button with an edge.
    if (look.role == Role::Normal && option.state.testFlag(QStyle::State_AutoRaise))
        look.role = Role::Flat;
    return look;
}

} // namespace

void Style::drawPushButton(
    const QStyleOptionButton& option,
    QPainter& painter,
    const QWidget* widget) const
{
    Look look = pushLook(option, widget);
    look.mnemonics = proxy()->styleHint(SH_UnderlineShortcut, &option, widget);
    drawLook(painter, option.rect, look, painter.font(), option.direction);
}

void Style::drawToolButton(
    const QStyleOptionToolButton& option,
    QPainter& painter,
    const QWidget* widget) const
{
    Look look = toolLook(option, widget);
    look.mnemonics = proxy()->styleHint(SH_UnderlineShortcut, &option, widget);
    drawLook(painter, option.rect, look, option.font, option.direction);
}

QSize Style::pushButtonSize(const QStyleOptionButton& option, const QWidget* widget) const
{
    return sizeOf(pushLook(option, widget), widget ? widget->font() : font(Step::Body));
}

QSize Style::toolButtonSize(const QStyleOptionToolButton& option, const QWidget* widget) const
{
    return sizeOf(toolLook(option, widget), option.font);
}

void Style::drawCheck(const QStyleOption& option, QPainter& painter, const QWidget* widget) const
{
    const bool enabled = has(option.state, State_Enabled);
    const bool on = has(option.state, State_On);
    const bool partly = has(option.state, State_NoChange);
    QRectF box = option.rect;
    if (widget && widget->property(kSwitchProperty).toBool()) {
        const QColor ground = color(on ? Color::Accent : Color::LineControl);
        const QColor base = color(Color::Surface);
        drawBox(painter, box, box.height() / 2, enabled ? ground : mixed(ground, base, 0.55));
        const qreal knob = box.height() - 4;
        const bool right = on != (option.direction == Qt::RightToLeft);
        const qreal x = right ? box.right() - 2 - knob : box.left() + 2;
        drawBox(
            painter,
            {x, box.top() + 2, knob, knob},
            knob / 2,
            color(on ? Color::OnAccent : Color::Surface));
        return;
    }
    QColor edge = color(on || partly ? Color::Accent : Color::LineControl);
    if (has(option.state, State_MouseOver) && enabled && !on && !partly) edge = color(Color::Text2);
    QColor ground = color(on || partly ? Color::Accent : Color::Surface);
    if (!enabled) {
        edge = mixed(edge, color(Color::Surface), 0.55);
        if (on || partly) ground = edge;
    }
    drawBox(painter, box, kChipRadius_px, ground, edge);
    if (partly) {
        const QRectF dash(box.center().x() - 4, box.center().y() - 1, 8, 2);
        painter.fillRect(dash, color(Color::OnAccent));
    } else if (on) {
        painter.drawPixmap(
            QPointF(box.left() + 2, box.top() + 2),
            iconPixmap(
                QStringLiteral("check"),
                color(Color::OnAccent),
                static_cast<int>(box.width()) - 4,
                painter.device()->devicePixelRatioF()));
    }
}

void Style::drawRadio(const QStyleOption& option, QPainter& painter) const
{
    const bool enabled = has(option.state, State_Enabled);
    const bool on = has(option.state, State_On);
    const QRectF box = option.rect;
    QColor ink = color(on ? Color::Accent : Color::LineControl);
    if (has(option.state, State_MouseOver) && enabled && !on) ink = color(Color::Text2);
    if (!enabled) ink = mixed(ink, color(Color::Surface), 0.55);
    drawBox(painter, box, box.width() / 2, color(Color::Surface), ink);
    if (on) drawBox(painter, box.adjusted(4, 4, -4, -4), box.width() / 2 - 4, ink);
}

} // namespace ui::theme
