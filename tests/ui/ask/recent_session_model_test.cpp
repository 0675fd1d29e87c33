#include "ui/ask/recent_session_model.h"
#include "ui/ask/session_days.h"
#include "ui/widgets/row_delegate.h"

#include <gtest/gtest.h>
#include <QLocale>
#include <QSignalSpy>

using namespace ui;

namespace {

const QDate kToday(2026, 11, 12); // a Thursday

SessionItem
item(storage::SessionId id, const QString& name, const QDateTime& when, bool pinned = false)
{
    return {id, name, when, QStringLiteral("5 sources"), pinned};
}

QStringList shown(const RecentSessionModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        const bool head = index.data(row::Header).toBool();
        lines << (head ? u'#' + index.data().toString() : index.data().toString());
    }
    return lines;
}

class RecentSessionModelTest : public testing::Test {
protected:
    void SetUp() override
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        model_.setToday(kToday);
    }
    RecentSessionModel model_;
};

} // namespace

TEST_F(RecentSessionModelTest, DaysAreNamed)
{
    EXPECT_EQ(dayHeading(kToday, kToday), QStringLiteral("Today"));
    EXPECT_EQ(dayHeading(kToday.addDays(-1), kToday), QStringLiteral("Yesterday"));
    EXPECT_EQ(dayHeading(QDate(2026, 11, 9), kToday), QStringLiteral("Monday 9 November"));
    EXPECT_EQ(
        dayHeading(QDate(2025, 12, 31), kToday),
        QStringLiteral("Wednesday 31 December 2025"));
}

TEST_F(RecentSessionModelTest, PinnedFirstThenByDay)
{
    const QDateTime noon = kToday.startOfDay().addSecs(12 * 3600 + 40 * 60);
    const SessionItem pinned = item(3, QStringLiteral("Old one"), noon.addDays(-30), true);
    model_.setPinned({pinned});
    model_.setPage(
        0,
        {item(1, QStringLiteral("Tender"), noon),
         item(2, QStringLiteral("Site walk"), noon.addDays(-1)),
         pinned},
        false);

    EXPECT_EQ(
        shown(model_),
        QStringList({"#Pinned", "Old one", "#Today", "Tender", "#Yesterday", "Site walk"}));
    EXPECT_EQ(model_.find(1).data(row::Second).toString(), QStringLiteral("5 sources · 12:40"));
    EXPECT_FALSE(model_.flags(model_.index(0)).testFlag(Qt::ItemIsSelectable));
    EXPECT_EQ(
        model_.find(3).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("pinned")),
        true);
}

TEST_F(RecentSessionModelTest, AsksForMoreOnlyAtTheEnd)
{
    QSignalSpy wanted(&model_, &RecentSessionModel::pageWanted);
    const QDateTime now = kToday.startOfDay();
    model_.reload();
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted.takeFirst(), QVariantList({0, RecentSessionModel::kPage}));
    model_.setPage(0, {item(1, QStringLiteral("a"), now), item(2, QStringLiteral("b"), now)}, true);
    ASSERT_TRUE(model_.canFetchMore({}));

    model_.fetchMore({});
    EXPECT_FALSE(model_.canFetchMore({})); // the answer is on its way
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted.takeFirst(), QVariantList({2, RecentSessionModel::kPage}));

    model_.setPage(2, {item(3, QStringLiteral("c"), now)}, false);
    EXPECT_FALSE(model_.canFetchMore({}));
    EXPECT_EQ(shown(model_), QStringList({"#Today", "a", "b", "c"}));
}

TEST_F(RecentSessionModelTest, RowsThatStayAreNotReplaced)
{
    const QDateTime now = kToday.startOfDay();
    model_.setPage(
        0,
        {item(1, QStringLiteral("a"), now), item(2, QStringLiteral("b"), now)},
        false);
    const QPersistentModelIndex kept = model_.find(2);

    model_.setPage(
        0,
        {item(9, QStringLiteral("new"), now),
         item(1, QStringLiteral("a"), now),
         item(2, QStringLiteral("b, renamed"), now)},
        false);

    ASSERT_TRUE(kept.isValid());
    EXPECT_EQ(kept.data().toString(), QStringLiteral("b, renamed"));
    EXPECT_EQ(kept.row(), 3);
}

TEST_F(RecentSessionModelTest, RenamingTellsTheBridge)
{
    QSignalSpy renamed(&model_, &RecentSessionModel::renamed);
    model_.setPage(0, {item(7, QStringLiteral("a"), kToday.startOfDay())}, false);

    EXPECT_FALSE(model_.setData(model_.find(7), QStringLiteral("  "), Qt::EditRole));
    EXPECT_TRUE(model_.setData(model_.find(7), QStringLiteral(" Tender  2 "), Qt::EditRole));

    ASSERT_EQ(renamed.count(), 1);
    EXPECT_EQ(renamed.first().at(1).toString(), QStringLiteral("Tender 2"));
    EXPECT_EQ(model_.find(7).data().toString(), QStringLiteral("Tender 2"));
}
