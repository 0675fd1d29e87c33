#include "tests/ui/theme/probe.h"
#include "ui/theme/icon_engine.h"

#include <QFile>

namespace ui::theme {
namespace {

using IconsTest = Look;

int inked(const QPixmap& pixmap)
{
    const QImage image = pixmap.toImage();
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) found += qAlpha(image.pixel(x, y)) > 127;
    return found;
}

TEST_F(IconsTest, EveryNamedIconIsThereAndDraws)
{
    QFile names(QStringLiteral(PERCEPT_SOURCE_DIR "/resources/icons/names.txt"));
    ASSERT_TRUE(names.open(QIODevice::ReadOnly));
    QStringList wanted = QString::fromUtf8(names.readAll()).split(u'\n', Qt::SkipEmptyParts);
    wanted << QStringLiteral("stop-filled") << QStringLiteral("play-filled")
           << QStringLiteral("dot-filled");
    wanted.sort();
    QStringList found = iconNames();
    found.sort();
    EXPECT_EQ(found, wanted);
    for (const QString& name : wanted) {
        const QPixmap small = iconPixmap(name, Color::Text2, 16, 1.0);
        EXPECT_EQ(small.size(), QSize(16, 16));
        // The ellipsis is the lightest: three dots.
        EXPECT_GT(inked(small), 4) << name.toStdString();
        // Nothing is cut at the edge or fills the square.
        EXPECT_LT(inked(small), 200) << name.toStdString();
    }
}

TEST_F(IconsTest, ColourIsThatOfTheTokenInItsMode)
{
    const auto ink = [](const QPixmap& pixmap) { return pixmap.toImage().pixelColor(8, 8); };
    EXPECT_EQ(hex(ink(iconPixmap(QStringLiteral("stop-filled"), Color::Record, 16, 1))), "#b9251a");
    apply(Appearance::Dark);
    EXPECT_EQ(hex(ink(iconPixmap(QStringLiteral("stop-filled"), Color::Record, 16, 1))), "#ff8477");
}

TEST_F(IconsTest, IsSharpAtTwoDevicePixels)
{
    const QPixmap large = iconPixmap(QStringLiteral("search"), Color::Text2, 16, 2.0);
    EXPECT_EQ(large.width(), 32);
    EXPECT_EQ(large.devicePixelRatio(), 2.0);
    EXPECT_EQ(large.deviceIndependentSize(), QSizeF(16, 16));
}

TEST_F(IconsTest, IconFollowsModeAndState)
{
    const QIcon stop = icon(QStringLiteral("stop-filled"), Color::Text2);
    const auto ink = [&stop](QIcon::Mode mode, QIcon::State state) {
        return hex(stop.pixmap(QSize(16, 16), 1.0, mode, state).toImage().pixelColor(8, 8));
    };
    EXPECT_EQ(ink(QIcon::Normal, QIcon::Off), "#465052");
    EXPECT_EQ(ink(QIcon::Normal, QIcon::On), "#0a6380");
    EXPECT_EQ(ink(QIcon::Disabled, QIcon::Off), hex(disabledText(color(Color::Surface))));
    apply(Appearance::Dark);
    EXPECT_EQ(ink(QIcon::Normal, QIcon::Off), "#b7c0c1");
    EXPECT_EQ(ownName(stop).toStdString(), "stop-filled");
}

TEST_F(IconsTest, AnUnknownNameStopsTheProgram)
{
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_DEATH(icon(QStringLiteral("no-such-icon")), "no icon named no-such-icon");
}

} // namespace
} // namespace ui::theme
