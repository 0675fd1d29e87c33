#include "tests/ui/theme/probe.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/section_label.h"
#include "ui/widgets/text_label.h"

#include <QPushButton>

namespace ui {
namespace {

class TextTest : public theme::Look {};

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

TEST_F(TextTest, ACutWordHasItsWholeTextAsTooltip)
{
    ElidedLabel label(words("Weekly, drainage team"));
    label.show();
    label.resize(label.sizeHint());
    EXPECT_FALSE(label.isCut());
    EXPECT_TRUE(label.toolTip().isEmpty());
    label.resize(60, 20);
    EXPECT_TRUE(label.isCut());
    EXPECT_EQ(label.toolTip().toStdString(), "Weekly, drainage team");
    label.setText(words("Short"));
    EXPECT_TRUE(label.toolTip().isEmpty());
}

TEST_F(TextTest, LabelsFollowFontAndMode)
{
    ElidedLabel label(words("Title"));
    label.setStep(theme::Step::Title);
    const int before = label.sizeHint().width();
    QFont twice(QStringLiteral("Noto Sans"));
    twice.setPixelSize(26);
    theme::setSystemFont(twice);
    EXPECT_EQ(label.font().pixelSize(), 30);
    EXPECT_GT(label.sizeHint().width(), before + 10);
    TextLabel text(words("Words"), theme::Step::Small, theme::Color::Text2);
    EXPECT_EQ(text.font().pixelSize(), 24);
    theme::apply(theme::Appearance::Dark);
    EXPECT_EQ(theme::hex(text.palette().color(QPalette::WindowText)), "#b7c0c1");
}

TEST_F(TextTest, SectionHeadsAreSmallAndStrong)
{
    SectionLabel head(words("Today"));
    EXPECT_EQ(head.font().pixelSize(), 11);
    EXPECT_EQ(head.font().weight(), QFont::DemiBold);
    EXPECT_EQ(head.sizeHint().height(), 16);
}

TEST_F(TextTest, HeaderBarGivesTheTitleAwayBeforeTheButtons)
{
    HeaderBar bar(words("Kick-off with operations and everyone else who came"));
    auto* button = new QPushButton(words("Export…"));
    bar.addTrailing(button);
    bar.resize(260, bar.sizeHint().height());
    bar.show();
    QApplication::processEvents();
    EXPECT_EQ(bar.height(), 48);
    EXPECT_EQ(button->width(), button->sizeHint().width());
    EXPECT_LE(button->geometry().right(), 260 - 12);
    const auto* title = bar.findChild<ElidedLabel*>();
    EXPECT_TRUE(title->isCut());
    EXPECT_EQ(title->toolTip(), bar.title());
    EXPECT_EQ(title->mapTo(&bar, QPoint(0, 0)).x(), 16);
    QImage image(bar.size(), QImage::Format_RGB32);
    bar.render(&image);
    EXPECT_EQ(theme::at(image, 130, 47), "#dbe0e0");
}

TEST_F(TextTest, EmptyStateIsNoWiderThan460)
{
    EmptyState state;
    state.set(
        words("audio-lines"),
        words("No meetings yet"),
        words("Record one, or drop a recording here, and this long text is wrapped into lines."));
    auto* button = state.setButton(words("Record"));
    state.resize(1200, 500);
    state.show();
    QApplication::processEvents();
    for (const auto* label : state.findChildren<QLabel*>()) EXPECT_LE(label->width(), 460);
    const int centre = button->mapTo(&state, button->rect().center()).x();
    EXPECT_NEAR(centre, 600, 2);
    EXPECT_EQ(state.accessibleName().toStdString(), "No meetings yet");
    state.setButton({});
    EXPECT_TRUE(button->isHidden());
}

TEST_F(TextTest, CardHasOnlyAnEdge)
{
    Card card;
    card.resize(60, 40);
    const QImage image = theme::drawn(card);
    EXPECT_EQ(theme::at(image, 30, 0), "#dbe0e0");
    EXPECT_EQ(theme::at(image, 30, 20), "#ffffff");
    EXPECT_EQ(theme::at(image, 0, 0), "#ffffff");
}

} // namespace
} // namespace ui
