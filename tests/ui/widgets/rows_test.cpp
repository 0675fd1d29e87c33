#include "tests/ui/theme/probe.h"
#include "ui/widgets/row_model.h"
#include "ui/widgets/sectioned_list.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace ui {
namespace {

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

Row line(int id, const char* text)
{
    Row row;
    row.id = id;
    row.text = words(text);
    return row;
}

Row head(const char* text)
{
    Row row;
    row.text = words(text);
    row.header = true;
    return row;
}

class RowsTest : public theme::Look {
protected:
    RowsTest()
    {
        Row two = line(1, "Harbour Street tender");
        two.second = words("5 sources · 12:40");
        model_.setRows(
            {head("Today"), two, line(2, "Portal error"), head("Yesterday"), line(3, "Site walk")});
        list_.setModel(&model_);
        list_.resize(240, 400);
        list_.show();
        QApplication::processEvents();
    }
    void press(int key)
    {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(&list_, &event);
    }
    int current() const { return list_.currentIndex().row(); }
    QImage picture()
    {
        QImage image(list_.size(), QImage::Format_RGB32);
        image.fill(theme::color(theme::Color::Surface));
        list_.render(&image);
        return image;
    }

    RowModel model_;
    SectionedList list_;
};

TEST_F(RowsTest, RowsHaveTheHeightsOfTheDesign)
{
    EXPECT_EQ(list_.visualRect(model_.index(0)).height(), 32); // 12 + 16 + 4
    EXPECT_EQ(list_.visualRect(model_.index(1)).height(), 48);
    EXPECT_EQ(list_.visualRect(model_.index(2)).height(), 32);
}

TEST_F(RowsTest, ArrowsSkipHeads)
{
    list_.select(model_.index(1));
    press(Qt::Key_Down);
    EXPECT_EQ(current(), 2);
    press(Qt::Key_Down);
    EXPECT_EQ(current(), 4);
    press(Qt::Key_Up);
    EXPECT_EQ(current(), 2);
    press(Qt::Key_Home);
    EXPECT_EQ(current(), 1);
    press(Qt::Key_End);
    EXPECT_EQ(current(), 4);
}

TEST_F(RowsTest, EnterChoosesAndUpLeavesTheFirstRow)
{
    std::vector<int> chosen;
    int left = 0;
    QObject::connect(&list_, &SectionedList::chosen, [&](const QModelIndex& at) {
        chosen.push_back(at.data(Qt::UserRole).toInt());
    });
    QObject::connect(&list_, &SectionedList::leftUpwards, [&] { ++left; });
    list_.select(model_.index(2));
    EXPECT_TRUE(chosen.empty()) << "selecting is not choosing";
    press(Qt::Key_Return);
    EXPECT_THAT(chosen, testing::ElementsAre(2));
    list_.select(model_.index(1));
    press(Qt::Key_Up);
    EXPECT_EQ(left, 1);
    EXPECT_EQ(current(), 1);
}

TEST_F(RowsTest, APressOnAHeadKeepsTheSelection)
{
    list_.select(model_.index(2));
    const QPoint at = list_.visualRect(model_.index(3)).center();
    QMouseEvent event(
        QEvent::MouseButtonPress,
        at,
        list_.viewport()->mapToGlobal(at),
        Qt::LeftButton,
        Qt::LeftButton,
        {});
    QApplication::sendEvent(list_.viewport(), &event);
    EXPECT_TRUE(list_.selectionModel()->isSelected(model_.index(2)));
}

TEST_F(RowsTest, SelectionIsTintedWithTheMarginFree)
{
    list_.select(model_.index(1));
    const QImage image = picture();
    const int y = list_.visualRect(model_.index(1)).center().y();
    EXPECT_EQ(theme::at(image, 4, y), "#edf0f0"); // what lies below shows
    EXPECT_EQ(theme::at(image, 10, y), "#dcebf0");
    EXPECT_EQ(theme::at(image, 228, y), "#dcebf0");
    EXPECT_EQ(theme::at(image, 236, y), "#edf0f0");
}

TEST_F(RowsTest, RowsTellAllTheyShow)
{
    Row row = line(9, "Offer B.pdf");
    row.second = words("38 pages");
    row.tag = words("Ready");
    row.trailing = words("12:40");
    model_.setRows({row});
    EXPECT_EQ(
        model_.index(0).data(Qt::AccessibleTextRole).toString().toStdString(),
        "Offer B.pdf, 38 pages, Ready, 12:40");
}

TEST_F(RowsTest, ARowOnTopMovesNoSelection)
{
    list_.select(model_.index(2));
    std::vector<Row> rows;
    for (int i = 0; i < model_.rowCount(); ++i) rows.push_back(model_.at(i));
    rows.insert(rows.begin() + 1, line(7, "New session"));
    model_.setRows(rows);
    EXPECT_EQ(list_.currentIndex().data(Qt::UserRole).toInt(), 2);
    rows[2].text = words("Renamed");
    int reset = 0;
    QObject::connect(&model_, &QAbstractItemModel::modelReset, [&] { ++reset; });
    model_.setRows(rows);
    EXPECT_EQ(model_.at(2).text.toStdString(), "Renamed");
    EXPECT_EQ(list_.currentIndex().data(Qt::UserRole).toInt(), 2);
    EXPECT_EQ(reset, 0);
    EXPECT_EQ(model_.find(3), 5);
    EXPECT_EQ(model_.find(99), -1);
}

TEST_F(RowsTest, AnyListBecomesAnyOther)
{
    const std::vector<std::vector<int>>
        lists{{}, {1, 2, 3}, {2, 3}, {2, 9, 3}, {3, 2}, {5, 6, 7, 8}, {8}, {}, {1}, {1, 1, 1}};
    for (const auto& ids : lists) {
        std::vector<Row> rows;
        rows.reserve(ids.size());
        for (const int id : ids) rows.push_back(line(id, "row"));
        model_.setRows(rows);
        ASSERT_EQ(model_.rowCount(), static_cast<int>(ids.size()));
        for (std::size_t i = 0; i < ids.size(); ++i)
            EXPECT_EQ(model_.at(static_cast<int>(i)).id.toInt(), ids[i]);
    }
}

TEST_F(RowsTest, AMarkedLineKeepsItsLastWordInARoomThatItJustFits)
{
    const QFont font = theme::font(theme::Step::Body);
    const QStringList texts{
        QStringLiteral(
            "“The filter of the laser cutter is worn out, a new filter costs 180 euros.”"),
        QStringLiteral("The filter of the laser cutter is changed after every 200 hours of work."),
        QStringLiteral("A filter, fitted with its frame, for the left extractor only")};
    for (const QString& text : texts) {
        const int fits = QFontMetrics(font).horizontalAdvance(text) + 1;
        const int at = static_cast<int>(text.indexOf(QStringLiteral("filter")));
        const auto drawn = [&](int width) {
            QImage picture(fits + 40, 32, QImage::Format_RGB32);
            picture.fill(Qt::white);
            QPainter painter(&picture);
            const bool cut =
                drawMarkedLine(painter, {0, 0, width, 32}, text, font, Qt::black, {{at, 6}});
            EXPECT_FALSE(cut);
            return picture;
        };
        EXPECT_EQ(drawn(fits), drawn(fits + 40)) << text.toStdString();
    }
}

TEST_F(RowsTest, FoundWordsLieOnCite)
{
    Row row = line(1, "the pump noise at the line");
    row.marks = {{4, 10}};
    model_.setRows({row});
    QApplication::processEvents();
    EXPECT_TRUE(theme::has(picture(), theme::color(theme::Color::Cite)));
    row.marks = {{500, 10}, {-3, 1}};
    model_.setRows({row});
    EXPECT_FALSE(theme::has(picture(), theme::color(theme::Color::Cite)));
}

} // namespace
} // namespace ui
