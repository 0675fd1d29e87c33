#include "tests/ui/theme/probe.h"
#include "ui/theme/palette.h"

#include <QFontInfo>
#include <QLabel>
#include <QPainter>

namespace ui::theme {
namespace {

using ThemeTest = Look;

TEST_F(ThemeTest, ChoiceDecidesModeAndPalette)
{
    apply(Appearance::Dark);
    EXPECT_EQ(mode(), Mode::Dark);
    EXPECT_EQ(hex(color(Color::Surface)), "#1c2122");
    EXPECT_EQ(hex(QApplication::palette().color(QPalette::Base)), "#1c2122");
    apply(Appearance::Light);
    EXPECT_EQ(mode(), Mode::Light);
    EXPECT_EQ(hex(color(Color::Surface)), "#ffffff");
}

TEST_F(ThemeTest, StepsFollowTheSystemFont)
{
    EXPECT_EQ(font(Step::Caption).pixelSize(), 11);
    EXPECT_EQ(font(Step::Reading).pixelSize(), 14);
    EXPECT_EQ(font(Step::Display).pixelSize(), 26);
    EXPECT_EQ(font(Step::Title).weight(), QFont::DemiBold);
    EXPECT_EQ(font(Step::Body).weight(), QFont::Normal);
    EXPECT_EQ(font(Step::Body, true).weight(), QFont::DemiBold);
    EXPECT_EQ(QApplication::font().pixelSize(), 13);
    QFont twice(QStringLiteral("Noto Sans"));
    twice.setPixelSize(26);
    setSystemFont(twice);
    EXPECT_EQ(font(Step::Caption).pixelSize(), 22);
    EXPECT_EQ(QApplication::font().pixelSize(), 26);
    EXPECT_GE(lineHeight(Step::Body), 40);
}

TEST_F(ThemeTest, NothingIsSmallerThan11Pixels)
{
    QFont tiny(QStringLiteral("Noto Sans"));
    tiny.setPixelSize(8);
    setSystemFont(tiny);
    for (const Step step : {Step::Caption, Step::Small, Step::Body})
        EXPECT_GE(font(step).pixelSize(), 11);
}

TEST_F(ThemeTest, WidgetsWithAFontOfTheirOwnFollowToo)
{
    class Listener : public QWidget {
    public:
        int fonts = 0;
        int palettes = 0;

    protected:
        void changeEvent(QEvent* event) override
        {
            fonts += event->type() == QEvent::FontChange;
            palettes += event->type() == QEvent::PaletteChange;
        }
    };
    Listener listener;
    listener.setFont(font(Step::Caption));
    listener.fonts = 0;
    listener.palettes = 0;
    QLabel label;
    setStep(&label, Step::Caption);
    EXPECT_EQ(label.font().pixelSize(), 11);
    QFont bigger(QStringLiteral("Noto Sans"));
    bigger.setPixelSize(20);
    setSystemFont(bigger);
    EXPECT_EQ(label.font().pixelSize(), 17);
    EXPECT_GE(listener.fonts, 1);
    apply(Appearance::Dark);
    EXPECT_GE(listener.palettes, 1);
}

TEST_F(ThemeTest, GroundFollowsTheMode)
{
    QWidget pane;
    pane.resize(8, 8);
    setGround(&pane, Color::Pane);
    const auto ground = [&pane] {
        QImage image(pane.size(), QImage::Format_RGB32);
        pane.render(&image);
        return at(image, 4, 4);
    };
    EXPECT_EQ(ground(), "#f6f7f7");
    apply(Appearance::Dark);
    EXPECT_EQ(ground(), "#171b1c");
}

TEST_F(ThemeTest, BoxHasACrispEdgeAndRoundCorners)
{
    QImage image(40, 20, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawBox(painter, {0, 0, 40, 20}, 6, color(Color::Sunken), color(Color::LineControl));
    painter.end();
    EXPECT_EQ(at(image, 20, 0), "#828d8e");
    EXPECT_EQ(at(image, 20, 1), "#e7ebeb");
    EXPECT_EQ(at(image, 0, 10), "#828d8e");
    EXPECT_EQ(at(image, 39, 10), "#828d8e");
    EXPECT_EQ(at(image, 0, 0), "#ffffff");
}

TEST_F(ThemeTest, FocusRingIsTwoPixelsOnePixelOutside)
{
    QImage image(60, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawFocusRing(painter, {10, 10, 40, 20}, kControlRadius_px);
    painter.end();
    EXPECT_EQ(at(image, 30, 6), "#ffffff");
    EXPECT_EQ(at(image, 30, 7), "#0a6380");
    EXPECT_EQ(at(image, 30, 8), "#0a6380");
    EXPECT_EQ(at(image, 30, 9), "#ffffff");
    EXPECT_EQ(at(image, 30, 10), "#ffffff");
}

TEST_F(ThemeTest, ShadowFallsBelowAndFades)
{
    QImage image(200, 200, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawShadow(painter, {50, 50, 100, 100});
    painter.end();
    const int near_below = image.pixelColor(100, 152).lightness();
    const int far_below = image.pixelColor(100, 175).lightness();
    EXPECT_LT(near_below, 250);
    EXPECT_LT(near_below, far_below);
    EXPECT_LT(near_below, image.pixelColor(100, 47).lightness()); // 8 px down
    EXPECT_EQ(at(image, 100, 195), "#ffffff");
}

} // namespace
} // namespace ui::theme
