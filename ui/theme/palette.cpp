#include "ui/theme/palette.h"

#include "ui/theme/tokens.h"

namespace ui::theme {
namespace {

constexpr double kDisabledOpacity = 0.55;

Color contrasting(Color which)
{
    switch (which) {
    case Color::Line:
        return Color::LineControl;
    case Color::Text2:
    case Color::Text3:
        return Color::Text;
    default:
        return which;
    }
}

} // namespace

QColor tokenColor(Color which, Mode mode, bool high_contrast)
{
    const Token& found = token(high_contrast ? contrasting(which) : which);
    return QColor::fromRgb(mode == Mode::Light ? found.light : found.dark);
}

QColor mixed(const QColor& over, const QColor& ground, double opacity)
{
    const auto part = [opacity](int a, int b) { return qRound(a * opacity + b * (1 - opacity)); };
    return {
        part(over.red(), ground.red()),
        part(over.green(), ground.green()),
        part(over.blue(), ground.blue())};
}

QPalette makePalette(Mode mode, bool high_contrast)
{
    const auto of = [&](Color which) { return tokenColor(which, mode, high_contrast); };
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Color which) {
        palette.setColor(QPalette::All, role, of(which));
    };
    set(QPalette::Window, Color::Window);
    set(QPalette::Base, Color::Surface);
    set(QPalette::AlternateBase, Color::Pane);
    set(QPalette::Button, Color::Raised);
    set(QPalette::ToolTipBase, Color::Raised);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        set(role, Color::Text);
    set(QPalette::PlaceholderText, Color::Text3);
    set(QPalette::Highlight, Color::AccentTint);
    set(QPalette::HighlightedText, Color::Text);
    set(QPalette::Link, Color::Accent);
    set(QPalette::LinkVisited, Color::Accent);
    set(QPalette::Mid, Color::Line);
    set(QPalette::Dark, Color::LineControl);
    set(QPalette::Light, Color::Raised);
    set(QPalette::Midlight, Color::Raised);
    set(QPalette::BrightText, Color::OnAccent);
    set(QPalette::Shadow, Color::LineControl);

    const auto disable = [&](QPalette::ColorRole role, Color ground) {
        palette.setColor(
            QPalette::Disabled,
            role,
            mixed(of(Color::Text3), of(ground), kDisabledOpacity));
    };
    disable(QPalette::WindowText, Color::Window);
    disable(QPalette::Text, Color::Surface);
    disable(QPalette::ButtonText, Color::Raised);
    disable(QPalette::PlaceholderText, Color::Surface);
    disable(QPalette::HighlightedText, Color::AccentTint);
    disable(QPalette::Link, Color::Surface);
    return palette;
}

} // namespace ui::theme
