#include "tests/ui/theme/probe.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/citation_chip.h"
#include "ui/widgets/drop_frame.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/tag.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QSplitterHandle>
#include <QToolButton>

namespace ui {
namespace {

class ControlsTest : public theme::Look {};

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

void press(QWidget* widget, int key)
{
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
}

TEST_F(ControlsTest, MeasuresAreTheDesigns)
{
    EXPECT_EQ(Chip(words("Said")).sizeHint().height(), 24);
    EXPECT_NEAR(Tag::measure(words("Ready")).height(), 18, 1);
    EXPECT_NEAR(KeyCap::measure(words("Ctrl K")).height(), 18, 1);
    EXPECT_EQ(SegmentedControl({words("Summary"), words("Notes")}).sizeHint().height(), 28);
    EXPECT_EQ(SearchField(words("Search")).sizeHint().height(), 32);
    EXPECT_NEAR(measure(CitationChip{1, PlaceKind::Page, words("p. 17")}).height(), 18, 1);
}

TEST_F(ControlsTest, ChipIsTintedWhileOn)
{
    Chip chip(words("All"));
    chip.resize(chip.sizeHint());
    EXPECT_EQ(theme::at(theme::drawn(chip), 4, 12), "#ffffff");
    chip.setChecked(true);
    EXPECT_EQ(theme::at(theme::drawn(chip), 4, 12), "#dcebf0");
}

TEST_F(ControlsTest, TagsHaveTheirTints)
{
    const auto ground = [](TagKind kind) {
        Tag tag(words("Word"), kind);
        tag.resize(tag.sizeHint());
        return theme::at(theme::drawn(tag), 3, 9);
    };
    EXPECT_EQ(ground(TagKind::Plain), "#e7ebeb");
    EXPECT_EQ(ground(TagKind::Ok), "#e1f1e7");
    EXPECT_EQ(ground(TagKind::Warn), "#fbeedc");
    EXPECT_EQ(ground(TagKind::Record), "#fbe8e5");
}

TEST_F(ControlsTest, ArrowsChooseASegmentAndTabStopsOnce)
{
    SegmentedControl control({words("Summary"), words("Transcript"), words("Notes")});
    std::vector<int> heard;
    QObject::connect(&control, &SegmentedControl::chosen, [&](int i) { heard.push_back(i); });
    const auto segments = control.findChildren<QAbstractButton*>();
    control.setSegmentEnabled(1, false);
    press(segments[0], Qt::Key_Right);
    EXPECT_EQ(control.current(), 2);
    EXPECT_THAT(heard, testing::ElementsAre(2));
    press(segments[2], Qt::Key_Right);
    EXPECT_EQ(control.current(), 2);
    control.setCurrent(0);
    EXPECT_THAT(heard, testing::ElementsAre(2)) << "only the user is heard";
    int stops = 0;
    for (const auto* segment : segments) stops += segment->focusPolicy() != Qt::NoFocus;
    EXPECT_EQ(stops, 1);
}

TEST_F(ControlsTest, ChoosingMovesNoSegment)
{
    SegmentedControl control({words("Summary"), words("Transcript")});
    const QSize before = control.sizeHint();
    control.setCurrent(1);
    EXPECT_EQ(control.sizeHint(), before);
}

TEST_F(ControlsTest, SearchFieldClearsWithEscapeAndLeavesDownwards)
{
    SearchField field(words("Search"));
    auto* clear = field.findChild<QToolButton*>();
    EXPECT_TRUE(clear->isHidden());
    field.setText(words("noise"));
    EXPECT_FALSE(clear->isHidden());
    int left = 0;
    QObject::connect(&field, &SearchField::leftDownwards, [&] { ++left; });
    press(&field, Qt::Key_Down);
    EXPECT_EQ(left, 1);
    press(&field, Qt::Key_Escape);
    EXPECT_TRUE(field.text().isEmpty());
    EXPECT_TRUE(clear->isHidden());
}

TEST_F(ControlsTest, CountAndClearTakeNoRoomFromOneAnother)
{
    SearchField field(words("Search"));
    field.resize(300, 32);
    const int plain = field.textMargins().right();
    field.setCountText(words("18 results"));
    const int counted = field.textMargins().right();
    EXPECT_GT(counted, plain);
    field.setText(words("noise"));
    EXPECT_GT(field.textMargins().right(), counted);
}

TEST_F(ControlsTest, BannerPutsButtonsBelowWhenAThirdLineIsNeeded)
{
    Banner banner;
    banner.set(
        BannerKind::Warning,
        words("Offer C.docx cannot be opened."),
        words(
            "LibreOffice is needed to read Word files, and it is not installed on this computer."));
    auto* button = banner.addButton(words("How to install"));
    banner.show(); // a hidden widget is told of no size
    banner.resize(900, banner.heightForWidth(900));
    EXPECT_FALSE(banner.buttonsBelow());
    EXPECT_EQ(banner.height(), 45); // 44 and the hairline
    EXPECT_GT(button->x(), 700);
    banner.resize(420, banner.heightForWidth(420));
    EXPECT_TRUE(banner.buttonsBelow());
    EXPECT_GT(banner.height(), 60);
    EXPECT_LT(button->x(), 60);
    EXPECT_LE(button->geometry().bottom(), banner.height() - 8);
}

TEST_F(ControlsTest, BannerHasTheGroundOfItsKindAndForgetsOldButtons)
{
    Banner banner;
    banner.set(BannerKind::Alarm, words("Microphone unplugged."));
    banner.addButton(words("Choose another…"));
    banner.resize(600, banner.heightForWidth(600));
    EXPECT_EQ(theme::at(theme::drawn(banner), 4, 20), "#fbe8e5");
    EXPECT_EQ(theme::at(theme::drawn(banner), 4, banner.height() - 1), "#dbe0e0");
    banner.set(BannerKind::Note, {}, words("Answers use 2 of 5 sources."));
    EXPECT_EQ(theme::at(theme::drawn(banner), 4, 20), "#dcebf0");
    for (const auto* button : banner.findChildren<QPushButton*>()) EXPECT_TRUE(button->isHidden());
}

TEST_F(ControlsTest, ABannerShowsWordsAndNotMarkup)
{
    Banner banner;
    banner.set(BannerKind::Note, {}, words("a <b>file</b> & more"));
    EXPECT_EQ(banner.sentence().toStdString(), "a <b>file</b> & more");
    EXPECT_GT(banner.heightForWidth(600), 20);
}

TEST_F(ControlsTest, CitationChipIsYellowAndItsEdgeMovesNothing)
{
    CitationChip chip{1, PlaceKind::Page, words("p. 17")};
    const QSize size = measure(chip);
    const auto picture = [&](const CitationChip& which) {
        QImage image(size.width() + 8, size.height() + 8, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paint(painter, QRect(QPoint(4, 4), size), which);
        return image;
    };
    const int middle = 4 + size.height() / 2;
    EXPECT_EQ(theme::at(picture(chip), 6, middle), "#fff1b8");
    chip.active = true;
    EXPECT_EQ(measure(chip), size);
    EXPECT_EQ(theme::at(picture(chip), 6, middle), "#ffd84d");
    EXPECT_EQ(theme::at(picture(chip), 3, middle), "#9a7400");
    chip.active = false;
    chip.located = false;
    EXPECT_FALSE(theme::has(picture(chip), theme::color(theme::Color::Cite)));
}

TEST_F(ControlsTest, DropFrameTellsThatFilesHangOverIt)
{
    DropFrame frame;
    frame.resize(100, 50);
    EXPECT_FALSE(theme::has(theme::drawn(frame), theme::color(theme::Color::AccentTint)));
    frame.setDragging(true);
    EXPECT_EQ(theme::at(theme::drawn(frame), 50, 25), "#dcebf0");
    EXPECT_EQ(theme::at(theme::drawn(frame), 50, 0), "#0a6380");
    EXPECT_EQ(theme::at(theme::drawn(frame), 50, 1), "#0a6380");
}

TEST_F(ControlsTest, SplitterLineIsOnePixelAndTakesThePointerOnSeven)
{
    Splitter splitter;
    auto* left = new QWidget;
    auto* right = new QWidget;
    splitter.addWidget(left);
    splitter.addWidget(right);
    splitter.resize(401, 100);
    splitter.show();
    splitter.setSizes({200, 200});
    QApplication::processEvents();
    splitter.setSizes({150, 250});
    const QWidget* handle = splitter.handle(1);
    EXPECT_EQ(handle->width(), 7);
    EXPECT_EQ(left->width() + right->width(), 400);
    EXPECT_EQ(handle->geometry().center().x(), left->geometry().right() + 1);
}

TEST_F(ControlsTest, ASplitterThatIsShownCanBeResized)
{
    Splitter splitter; // margins that were set and set back without end
    splitter.addWidget(new QWidget);
    splitter.addWidget(new QWidget);
    splitter.resize(401, 100);
    splitter.show();
    QApplication::processEvents();
    splitter.resize(401, 160);
    QApplication::processEvents();
    EXPECT_EQ(splitter.handle(1)->size(), QSize(7, 160));
}

} // namespace
} // namespace ui
