#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPixmap>
#include <QString>
#include <QStringList>

class QPainter;
class QRectF;
class QWidget;

/// Colours, type, space, icons: design/tokens.md as code. No style sheets anywhere; widgets paint
/// with these and repaint on changeEvent(PaletteChange | FontChange). UI thread only.
namespace ui::theme {

/// In the order of tokens.json.
enum class Color {
    Window,
    Pane,
    Surface,
    Raised,
    Sunken,
    Hover,
    Line,
    LineControl,
    Text,
    Text2,
    Text3,
    Accent,
    AccentHover,
    AccentTint,
    OnAccent,
    Record,
    RecordTint,
    RecordFill,
    OnRecord,
    Warn,
    WarnTint,
    Ok,
    OkTint,
    Cite,
    CiteActive,
    CiteEdge,
    OnCite,
    Paper,
    PaperMark,
    PaperEdge,
    Meter,
    MeterTrack,
    Speaker1,
    Speaker2,
    Speaker3,
    Speaker4,
    Speaker5,
    Speaker6,
};
enum class Mode { Light, Dark };
/// What the user chose; System follows the desktop (portal, else lightness of its palette).
enum class Appearance { System, Light, Dark };

/// Sets style, palette and font of the application; called once before the first widget, and on
/// every change of the choice. Follows the desktop by itself while the choice is System.
void apply(Appearance appearance);
Mode mode();
Appearance appearance();
bool highContrast();
bool reducedMotion();
/// What a pane, a banner or a toast takes to come or go: 160, or 0 with reduced motion.
int motion_ms();
/// The font that all steps are measured from, in place of the desktop's; for tests and pictures.
void setSystemFont(const QFont& font);

QColor color(Color which);
/// Steps of tokens.md, from the system font's own pixel size.
enum class Step { Caption, Small, Body, Reading, Title, Heading, Display };
/// Title, Heading and Display are 600 by themselves.
QFont font(Step step, bool strong = false);
int lineHeight(Step step);
/// Gives a widget this font, and again whenever the desktop's font changes.
void setStep(QWidget* widget, Step step, bool strong = false);
/// Paths, hashes and logs only.
QFont monospace();

inline constexpr int kRail_px = 64;
inline constexpr int kList_px = 240;
inline constexpr int kEvidence_px = 392;
inline constexpr int kHeader_px = 48;
inline constexpr int kStatus_px = 28;
inline constexpr int kPanePadding_px = 16;
inline constexpr int kCentrePadding_px = 24;
inline constexpr int kGap_px = 8;
inline constexpr int kGroupGap_px = 16;
inline constexpr int kReadingColumn_px = 640;
/// Rows, cards and the composer in a wide window: as the design draws them at 1280.
inline constexpr int kCentreMost_px = 928;
inline constexpr int kChipRadius_px = 4;
inline constexpr int kControlRadius_px = 6;
inline constexpr int kCardRadius_px = 8;

/// How a button is drawn; a property read by the style. Link: words in accent, 12 px, no frame.
enum class Role { Normal, Primary, Flat, Danger, Recording, Link };
void setRole(QWidget* widget, Role role);
Role role(const QWidget* widget);
/// 24 px high instead of 28.
void setSmall(QWidget* widget, bool small = true);
/// 32 px high: first start only.
void setLarge(QWidget* widget, bool large = true);
/// A shortcut drawn as small text at the right end of a button.
void setKeyHint(QWidget* widget, const QString& key);
/// A field whose content is wrong: red edge. The sentence beside it is the view's.
void setError(QWidget* field, bool wrong);
/// The ring goes around `frame` when `control` has the focus; null: the control draws its own.
void setFocusFrame(QWidget* control, QWidget* frame);
void setFocusRadius(QWidget* widget, int radius_px);
/// Fills a plain widget with a colour, in every mode: panes and columns.
void setGround(QWidget* widget, Color ground);

/// A Lucide icon (or one of ours: stop-filled, play-filled, dot-filled) by its file name; normal,
/// disabled and checked colours come with it. An unknown name is our mistake and stops the program.
QIcon icon(const QString& name, Color normal = Color::Text2);
QStringList iconNames();
/// One picture for painters; `size_px` in device-independent pixels.
QPixmap iconPixmap(const QString& name, Color which, int size_px, qreal device_pixel_ratio);
/// On a ground that decides the colour.
QPixmap iconPixmap(const QString& name, const QColor& ink, int size_px, qreal device_pixel_ratio);

/// 2-px accent ring 1 px outside `rect`.
void drawFocusRing(QPainter& painter, const QRectF& rect, qreal radius);
/// Rounded ground with an optional 1-px edge, crisp at any scale.
void drawBox(
    QPainter& painter,
    const QRectF& rect,
    qreal radius,
    const QColor& ground,
    const QColor& edge = {});
/// What lies between the window and an overlay.
QColor veil();
/// `text-3` at 55 % over `ground`: what cannot be used now.
QColor disabledText(const QColor& ground);
/// The one shadow of popups, overlay and toasts, around `rect`.
void drawShadow(QPainter& painter, const QRectF& rect);

} // namespace ui::theme
