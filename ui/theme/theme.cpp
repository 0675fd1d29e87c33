#include "ui/theme/theme.h"

#include "ui/theme/desktop_settings.h"
#include "ui/theme/focus_ring.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace ui::theme {
namespace {

constexpr int kMotion_ms = 160;
constexpr double kTallerFont = 1.25; // above, a line follows the font

struct State {
    Appearance appearance = Appearance::System;
    Mode mode = Mode::Light;
    bool high_contrast = false;
    bool system_is_dark = false;
    std::optional<QFont> given_font;
    std::optional<QFont> system_font;
    std::array<std::optional<QFont>, kTypeSteps.size() * 2> fonts;
    DesktopSettings* desktop = nullptr; // lives as long as the application
    Style* style = nullptr;
};

State& state()
{
    static State the_state;
    return the_state;
}

const QFont& systemFont()
{
    State& s = state();
    if (!s.system_font)
        s.system_font =
            s.given_font ? *s.given_font : QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    return *s.system_font;
}

int base_px()
{
    return QFontInfo(systemFont()).pixelSize();
}

/// Without a portal: the desktop's own palette, before ours covered it.
bool looksDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() <
           palette.color(QPalette::WindowText).lightness();
}

Mode wantedMode()
{
    const State& s = state();
    if (s.appearance != Appearance::System)
        return s.appearance == Appearance::Dark ? Mode::Dark : Mode::Light;
    const auto scheme = s.desktop ? s.desktop->scheme() : DesktopSettings::Scheme::Unknown;
    if (scheme != DesktopSettings::Scheme::Unknown)
        return scheme == DesktopSettings::Scheme::Dark ? Mode::Dark : Mode::Light;
    return s.system_is_dark ? Mode::Dark : Mode::Light;
}

constexpr const char* kRole = "percept_role";
constexpr const char* kSize = "percept_size";
constexpr const char* kStep = "percept_step"; // twice the step, one more where strong

/// Qt tells a widget that has a font or palette of its own nothing of the application's; ours are
/// measured from it, so all of them hear.
void tellWidgets()
{
    for (QWidget* widget : QApplication::allWidgets()) {
        if (const QVariant step = widget->property(kStep); step.isValid())
            widget->setFont(font(static_cast<Step>(step.toInt() / 2), step.toInt() % 2 != 0));
        QEvent font_changed(QEvent::FontChange);
        QApplication::sendEvent(widget, &font_changed);
        QEvent palette_changed(QEvent::PaletteChange);
        QApplication::sendEvent(widget, &palette_changed);
        widget->update();
    }
}

void refresh()
{
    State& s = state();
    s.mode = wantedMode();
    s.high_contrast = s.desktop && s.desktop->highContrast();
    s.system_font.reset();
    s.fonts.fill(std::nullopt);
    QApplication::setPalette(makePalette(s.mode, s.high_contrast));
    QApplication::setFont(font(Step::Body));
    tellWidgets();
}

/// A changed theme of the desktop brings other fonts, and where there is no portal other lightness.
class DesktopWatcher : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::ThemeChange && !refreshing_) {
            refreshing_ = true;
            QApplication::setPalette(QPalette());
            state().system_is_dark = looksDark(QApplication::palette());
            refresh();
            refreshing_ = false;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    bool refreshing_ = false;
};

void setUpOnce()
{
    State& s = state();
    if (s.style) return;
    s.system_is_dark = looksDark(QApplication::palette());
    s.style = new Style;
    QApplication::setStyle(s.style);
    s.desktop = new DesktopSettings(qApp);
    QObject::connect(qApp, &QObject::destroyed, [] { state() = State(); });
    QObject::connect(s.desktop, &DesktopSettings::changed, qApp, [] { refresh(); });
    qApp->installEventFilter(new DesktopWatcher(qApp));
    new FocusRing(qApp);
}

/// Buttons keep the size they once wanted until their style changes.
void wantsAnotherSize(QWidget* widget)
{
    QEvent event(QEvent::StyleChange);
    QApplication::sendEvent(widget, &event);
    widget->updateGeometry();
    widget->update();
}

} // namespace

void apply(Appearance appearance)
{
    state().appearance = appearance;
    setUpOnce();
    refresh();
}

Mode mode()
{
    return state().mode;
}

Appearance appearance()
{
    return state().appearance;
}

bool highContrast()
{
    return state().high_contrast;
}

bool reducedMotion()
{
    const State& s = state();
    if (s.desktop && s.desktop->reducedMotion()) return true;
    return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0;
}

int motion_ms()
{
    return reducedMotion() ? 0 : kMotion_ms;
}

void setSystemFont(const QFont& font)
{
    state().given_font = font;
    refresh();
}

QColor color(Color which)
{
    return tokenColor(which, state().mode, state().high_contrast);
}

QFont font(Step step, bool strong)
{
    auto& kept = state().fonts[static_cast<std::size_t>(step) * 2 + (strong ? 1 : 0)];
    if (!kept) {
        const TypeStep& wanted = typeStep(step);
        QFont made = systemFont();
        made.setPixelSize(
            std::max(kSmallest_px, static_cast<int>(std::lround(base_px() * wanted.factor))));
        made.setWeight(strong || wanted.strong ? QFont::DemiBold : QFont::Normal);
        kept = made;
    }
    return *kept;
}

int lineHeight(Step step)
{
    const TypeStep& wanted = typeStep(step);
    const int scaled =
        static_cast<int>(std::lround(static_cast<double>(wanted.line_px) * base_px() / kBase_px));
    const int line = std::max(scaled, wanted.line_px * kSmallest_px / kBase_px);
    // Most fonts of desktops ask for a little more than the design, for marks that are rare: their
    // letters fit. A script that is really taller gets its room.
    const int natural = QFontMetrics(font(step)).height();
    return natural > line * kTallerFont ? natural : line;
}

QFont monospace()
{
    QFont made = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    made.setPixelSize(font(Step::Small).pixelSize());
    return made;
}

void setStep(QWidget* widget, Step step, bool strong)
{
    widget->setProperty(kStep, static_cast<int>(step) * 2 + (strong ? 1 : 0));
    widget->setFont(font(step, strong));
}

void setRole(QWidget* widget, Role role)
{
    widget->setProperty(kRole, static_cast<int>(role));
    wantsAnotherSize(widget);
}

Role role(const QWidget* widget)
{
    return widget ? static_cast<Role>(widget->property(kRole).toInt()) : Role::Normal;
}

void setSmall(QWidget* widget, bool small)
{
    widget->setProperty(kSize, small ? -1 : 0);
    wantsAnotherSize(widget);
}

void setLarge(QWidget* widget, bool large)
{
    widget->setProperty(kSize, large ? 1 : 0);
    wantsAnotherSize(widget);
}

void setKeyHint(QWidget* widget, const QString& key)
{
    widget->setProperty(kKeyHintProperty, key);
    wantsAnotherSize(widget);
}

void setError(QWidget* field, bool wrong)
{
    field->setProperty(kErrorProperty, wrong);
    field->update();
}

void setFocusFrame(QWidget* control, QWidget* frame)
{
    control->setProperty(kFocusFrameProperty, QVariant::fromValue(frame));
}

void setFocusRadius(QWidget* widget, int radius_px)
{
    widget->setProperty(kFocusRadiusProperty, radius_px);
}

void setGround(QWidget* widget, Color ground)
{
    widget->setProperty(kGroundProperty, static_cast<int>(ground));
    widget->setAttribute(Qt::WA_StyledBackground);
    widget->update();
}

int sizeClass(const QWidget* widget)
{
    return widget ? widget->property(kSize).toInt() : 0;
}

} // namespace ui::theme
