// What the style draws, by pixels and measures of the design.
#include "tests/ui/theme/probe.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

namespace ui::theme {
namespace {

using StyleTest = Look;

QString words()
{
    return QStringLiteral("Export…");
}

QImage drawnAtHint(QWidget& widget)
{
    widget.resize(widget.sizeHint());
    return drawn(widget);
}

TEST_F(StyleTest, ButtonsHaveTheHeightsOfTheDesign)
{
    QPushButton button(words());
    EXPECT_EQ(button.sizeHint().height(), 28);
    const int text = QFontMetrics(button.font()).horizontalAdvance(words());
    EXPECT_NEAR(button.sizeHint().width(), text + 22, 1);
    setSmall(&button);
    EXPECT_EQ(button.sizeHint().height(), 24);
    setLarge(&button);
    EXPECT_EQ(button.sizeHint().height(), 32);
    QToolButton icon_only;
    icon_only.setIcon(icon(QStringLiteral("pause")));
    EXPECT_EQ(icon_only.sizeHint(), QSize(28, 28));
}

TEST_F(StyleTest, ButtonsGrowWithTheFontAndCutNothing)
{
    QFont twice(QStringLiteral("Noto Sans"));
    twice.setPixelSize(26);
    setSystemFont(twice);
    QPushButton button(words());
    EXPECT_GE(button.sizeHint().height(), QFontMetrics(button.font()).height());
    EXPECT_GT(
        button.sizeHint().width(),
        QFontMetrics(button.font()).horizontalAdvance(words()) + 20);
}

TEST_F(StyleTest, RolesHaveTheirGrounds)
{
    const auto ground = [](Role role) {
        QPushButton button(words());
        setRole(&button, role);
        const QImage image = drawnAtHint(button);
        return at(image, 4, image.height() / 2);
    };
    EXPECT_EQ(ground(Role::Primary), "#0a6380");
    EXPECT_EQ(ground(Role::Recording), "#b9251a");
    EXPECT_EQ(ground(Role::Normal), "#ffffff");
    apply(Appearance::Dark);
    EXPECT_EQ(ground(Role::Primary), "#62bad7");
    EXPECT_EQ(ground(Role::Normal), "#252b2d");
    EXPECT_EQ(ground(Role::Flat), hex(color(Color::Surface)));
}

TEST_F(StyleTest, StatesAreSeen)
{
    QPushButton button(words());
    QImage image = drawnAtHint(button);
    EXPECT_EQ(at(image, image.width() / 2, 0), "#dbe0e0");
    button.setDown(true);
    image = drawn(button);
    EXPECT_EQ(at(image, 4, 14), "#e7ebeb");
    EXPECT_EQ(at(image, image.width() / 2, 0), "#828d8e");
    button.setDown(false);
    button.setCheckable(true);
    button.setChecked(true);
    image = drawn(button);
    EXPECT_EQ(at(image, 4, 14), "#dcebf0");
    EXPECT_TRUE(has(image, color(Color::Accent)));
    button.setChecked(false);
    button.setEnabled(false);
    EXPECT_FALSE(has(drawn(button), color(Color::Text)));
}

TEST_F(StyleTest, DangerIsRedTextOnAPlainButton)
{
    QPushButton button(icon(QStringLiteral("eraser")), words());
    setRole(&button, Role::Danger);
    const QImage image = drawnAtHint(button);
    EXPECT_EQ(at(image, 4, 14), "#ffffff");
    EXPECT_TRUE(has(image, color(Color::Record)));
    EXPECT_FALSE(has(image, color(Color::Text)));
}

TEST_F(StyleTest, AKeyMakesRoomForItself)
{
    QPushButton button(words());
    const int before = button.sizeHint().width();
    setKeyHint(&button, QStringLiteral("Ctrl Z"));
    const int cap =
        QFontMetrics(font(Step::Caption)).horizontalAdvance(QStringLiteral("Ctrl Z")) + 12;
    EXPECT_EQ(button.sizeHint().width(), before + cap + 6);
    EXPECT_TRUE(has(drawnAtHint(button), color(Color::Pane)));
}

TEST_F(StyleTest, FieldsHaveTheirEdge)
{
    QLineEdit field;
    EXPECT_EQ(field.sizeHint().height(), 32);
    field.resize(150, 32);
    EXPECT_EQ(at(drawn(field), 75, 0), "#828d8e");
    setError(&field, true);
    EXPECT_EQ(at(drawn(field), 75, 0), "#b9251a");
    setError(&field, false);
    field.setEnabled(false);
    EXPECT_EQ(at(drawn(field), 75, 0), "#dbe0e0");
    QPlainTextEdit text;
    text.resize(150, 60);
    EXPECT_EQ(at(drawn(text), 75, 0), "#828d8e");
    EXPECT_EQ(at(drawn(text), 75, 59), "#828d8e");
}

TEST_F(StyleTest, CheckBoxAndSwitchShowOnAndOff)
{
    QCheckBox box;
    box.resize(box.sizeHint());
    const int middle = box.height() / 2;
    EXPECT_EQ(at(drawn(box), 0, middle), "#828d8e");
    EXPECT_EQ(at(drawn(box), 8, middle), "#ffffff");
    box.setChecked(true);
    EXPECT_EQ(at(drawn(box), 1, middle), "#0a6380");
    EXPECT_TRUE(has(drawn(box), color(Color::OnAccent)));

    QCheckBox toggle;
    toggle.setProperty(kSwitchProperty, true);
    toggle.resize(toggle.sizeHint());
    QImage image = drawn(toggle);
    EXPECT_EQ(at(image, 24, middle), "#828d8e"); // track right of the knob
    EXPECT_EQ(at(image, 9, middle), "#ffffff");  // knob left
    toggle.setChecked(true);
    image = drawn(toggle);
    EXPECT_EQ(at(image, 8, middle), "#0a6380");
    EXPECT_EQ(at(image, 23, middle), "#ffffff");
}

TEST_F(StyleTest, ComboBoxHoldsItsLongestWords)
{
    QComboBox combo;
    combo.addItems({QStringLiteral("30 days"), QStringLiteral("Until I delete them")});
    EXPECT_EQ(combo.sizeHint().height(), 28);
    EXPECT_GE(
        combo.sizeHint().width(),
        combo.fontMetrics().horizontalAdvance(QStringLiteral("Until I delete them")) + 36);
}

TEST_F(StyleTest, ScrollBarIsEightPixelsWithoutButtons)
{
    QScrollBar bar(Qt::Vertical);
    EXPECT_EQ(bar.sizeHint().width(), 8);
    bar.setRange(0, 100);
    bar.setPageStep(100);
    bar.resize(8, 200);
    const QImage image = drawn(bar);
    EXPECT_EQ(at(image, 4, 50), "#828d8e");  // handle: the first half
    EXPECT_EQ(at(image, 4, 150), "#ffffff"); // what lies below shows
    bar.setValue(100);
    EXPECT_EQ(at(drawn(bar), 4, 150), "#828d8e");
}

} // namespace
} // namespace ui::theme
