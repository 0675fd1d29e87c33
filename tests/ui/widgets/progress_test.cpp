#include "tests/ui/theme/probe.h"
#include "ui/widgets/progress.h"

#include <QPushButton>

namespace ui {
namespace {

class ProgressTest : public theme::Look {};

TEST_F(ProgressTest, NeverRunsBackwards)
{
    ProgressBar bar;
    bar.setFraction(0.6);
    bar.setFraction(0.4);
    EXPECT_DOUBLE_EQ(bar.fraction(), 0.6);
    bar.setFraction(7);
    EXPECT_DOUBLE_EQ(bar.fraction(), 1);
    bar.reset();
    EXPECT_DOUBLE_EQ(bar.fraction(), 0);
    bar.setFraction(std::nan(""));
    EXPECT_DOUBLE_EQ(bar.fraction(), 0);
}

TEST_F(ProgressTest, AnnouncesQuarters)
{
    std::vector<int> announced;
    ProgressBar bar;
    QObject::connect(&bar, &ProgressBar::announced, [&](int at) { announced.push_back(at); });
    for (int i = 1; i <= 100; ++i) bar.setFraction(i / 100.0);
    EXPECT_THAT(announced, testing::ElementsAre(25, 50, 75, 100));
}

TEST_F(ProgressTest, DrawsWhatIsDone)
{
    ProgressBar bar;
    bar.setFraction(0.5);
    bar.resize(100, 4);
    const QImage image = theme::drawn(bar);
    EXPECT_EQ(theme::at(image, 20, 2), "#0a6380");
    EXPECT_EQ(theme::at(image, 80, 2), "#d3dada");
    bar.setState(ProgressBar::State::Failed);
    EXPECT_EQ(theme::at(theme::drawn(bar), 20, 2), "#b9251a");
}

TEST_F(ProgressTest, UnknownBecomesKnownWithAFraction)
{
    ProgressBar bar;
    bar.setState(ProgressBar::State::Unknown);
    EXPECT_EQ(bar.accessibleValueText().toStdString(), "Length not known");
    bar.setFraction(0.1);
    EXPECT_EQ(bar.state(), ProgressBar::State::Known);
}

TEST_F(ProgressTest, RowIsCancelledByItsButton)
{
    ProgressRow row;
    int cancelled = 0;
    QObject::connect(&row, &ProgressRow::cancelled, [&] { ++cancelled; });
    row.cancelButton()->click();
    EXPECT_EQ(cancelled, 1);
    row.setCancellable(false);
    EXPECT_TRUE(row.cancelButton()->isHidden());
}

} // namespace
} // namespace ui
