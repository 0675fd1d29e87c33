#include "tests/ui/palette/hits.h"
#include "ui/library/filter_model.h"
#include "ui/library/hit_model.h"
#include "ui/library/marked_text.h"
#include "ui/library/session_model.h"
#include "ui/library/session_words.h"
#include "ui/palette/hit_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/row_delegate.h"

#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace ui {
namespace {

using namespace test;

LibrarySession session(storage::SessionId id, const QString& name, const QDateTime& created)
{
    LibrarySession made;
    made.id = id;
    made.name = name;
    made.created = created;
    return made;
}

QString dayWords9()
{
    return dayWords(at(9).date(), QDate::currentDate());
}
QString dayWords11()
{
    return dayWords(at(11).date(), QDate::currentDate());
}

QStringList rowsOf(const QAbstractItemModel& model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) rows << model.index(row, 0).data().toString();
    return rows;
}

TEST(SessionModelTest, PinnedComeFirstAndOnceThenDays)
{
    SessionModel model;
    const QAbstractItemModelTester tester(&model);
    LibrarySession pinned = session(2, "Pinned one", at(9));
    pinned.pinned = true;
    LibraryPage page;
    page.pinned = {pinned};
    page.sessions = {session(3, "C", at(11)), pinned, session(1, "A", at(9))};
    model.setPage(page);
    EXPECT_EQ(
        rowsOf(model),
        QStringList({"Pinned", "Pinned one", dayWords11(), "C", dayWords9(), "A"}));
    EXPECT_EQ(model.loaded(), 3) << "the pinned one counts where its age puts it";
    EXPECT_FALSE(model.index(0).flags() & Qt::ItemIsEnabled);
}

TEST(SessionModelTest, AsksForTheNextPageOnceAndAppendsIt)
{
    SessionModel model; // without a tester, which fetches by itself
    QSignalSpy wanted(&model, &SessionModel::pageWanted);
    LibraryPage first;
    first.sessions = {session(3, "C", at(11)), session(2, "B", at(11))};
    first.more = true;
    model.setPage(first);
    ASSERT_TRUE(model.canFetchMore({}));
    model.fetchMore({});
    model.fetchMore({});
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted[0][0].toInt(), 2);

    LibraryPage second;
    second.offset = 2;
    second.sessions = {session(1, "A", at(11))};
    model.setPage(second);
    EXPECT_EQ(rowsOf(model), QStringList({dayWords11(), "C", "B", "A"})) << "one head for the day";
    EXPECT_FALSE(model.canFetchMore({}));
    model.setPage(second);
    EXPECT_EQ(model.rowCount(), 4) << "a page that was there already";
}

TEST(SessionModelTest, ANewNameIsShownAtOnceAndAnEmptyOneIsNone)
{
    SessionModel model;
    QSignalSpy renamed(&model, &SessionModel::renamed);
    LibraryPage page;
    page.sessions = {session(3, "C", at(11))};
    model.setPage(page);
    const QModelIndex row = model.index(1);
    EXPECT_FALSE(model.setData(row, QStringLiteral("  "), Qt::EditRole));
    EXPECT_TRUE(model.setData(row, QStringLiteral(" Tender "), Qt::EditRole));
    EXPECT_EQ(row.data().toString(), QStringLiteral("Tender"));
    ASSERT_EQ(renamed.count(), 1);
    EXPECT_EQ(renamed[0][1].toString(), QStringLiteral("Tender"));
    model.setWritable(false);
    EXPECT_FALSE(row.flags() & Qt::ItemIsEditable);
}

TEST(SessionWordsTest, SayWhatASessionHolds)
{
    LibrarySession tender = session(1, "Tender", at(11, QTime(12, 40)));
    EXPECT_EQ(holdsWords(tender), QStringLiteral("no sources"));
    tender.kinds = QStringList{"pdf"};
    tender.sources = 2;
    EXPECT_EQ(holdsWords(tender), QStringLiteral("2 PDFs"));
    tender.kinds = QStringList{"audio", "pdf"};
    tender.sources = 5;
    tender.duration_s = 3725;
    tender.size_bytes = 3'100'000;
    tender.tags = QStringList{"drainage"};
    EXPECT_EQ(sessionSecondWords(tender), QStringLiteral("5 sources · 12:40 · 1:02:05 · 3.1 MB"));
    EXPECT_TRUE(sessionSentence(tender).contains(QStringLiteral("tagged drainage")));
    EXPECT_EQ(sessionIcon(tender), QStringLiteral("files"));
}

TEST(SessionWordsTest, FileNamesAreTakenByEveryFileSystem)
{
    EXPECT_EQ(fileNameFor("Offer: A/B?"), QStringLiteral("Offer A B"));
    EXPECT_EQ(fileNameFor("..."), QStringLiteral("session"));
    EXPECT_EQ(fileNameFor("../../etc/passwd"), QStringLiteral("etc passwd"));
    EXPECT_EQ(fileNameFor(QString(200, QLatin1Char('x'))).size(), 80);
}

TEST(SessionWordsTest, RangesAreShort)
{
    const int year = QDate::currentDate().year();
    EXPECT_EQ(rangeWords({year, 11, 3}, {year, 11, 17}), QStringLiteral("3 – 17 November"));
    EXPECT_EQ(rangeWords({year, 10, 3}, {year, 11, 17}), QStringLiteral("3 October – 17 November"));
    EXPECT_EQ(rangeWords({2019, 1, 3}, {2019, 1, 3}), QStringLiteral("3 Jan 2019"));
}

TEST(HitModelTest, TheDayOfTheBestHitComesFirst)
{
    HitModel model;
    const QAbstractItemModelTester tester(&model);
    model.setResult(resultOf(
        "test",
        {onPage("first", "first", "a.pdf", 1, at(9)),
         onPage("second", "second", "b.pdf", 2, at(11)),
         onPage("third", "third", "c.pdf", 3, at(9))}));
    EXPECT_EQ(rowsOf(model), QStringList({dayWords9(), "first", "third", dayWords11(), "second"}));
    model.setOrder(HitOrder::Newest);
    EXPECT_EQ(rowsOf(model), QStringList({dayWords11(), "second", dayWords9(), "first", "third"}));
}

TEST(HitModelTest, PlacesGoTogetherInTheOrderOfTheRows)
{
    HitModel model;
    model.setResult(resultOf(
        "test",
        {onPage("first", "first", "a.pdf", 1, at(9)),
         answered("second", "second", "s", 1, at(11)),
         atTime(HitGroup::Said, PlaceKind::Sound, "third", "third", "c.ogg", 3, at(9))}));
    const PlaceList places = model.places(2);
    ASSERT_EQ(places.places.size(), 2u);
    EXPECT_EQ(places.current, 1);
    EXPECT_EQ(places.places[1].start_s, 3);
    const PlaceList cited = model.places(4);
    ASSERT_EQ(cited.places.size(), 1u) << "an answer brings what it cites";
    EXPECT_EQ(cited.places[0].page, 3);
    EXPECT_TRUE(model.places(0).places.empty()) << "a day is no place";

    model.setGroup(HitGroup::Said);
    EXPECT_EQ(rowsOf(model), QStringList({dayWords9(), "third"}));
}

LibraryNumbers numbers()
{
    LibraryNumbers made;
    made.sessions = 214;
    made.documents = 88;
    made.videos = 19;
    made.this_week = 12;
    made.tags = {{"drainage", 22}};
    return made;
}

TEST(FilterModelTest, OnlyKindsThatExistHaveARow)
{
    FilterModel model;
    const QAbstractItemModelTester tester(&model);
    EXPECT_EQ(
        rowsOf(model),
        QStringList({"Show", "Everything", "When", "This week", "This month", "Choose dates…"}));
    model.setNumbers(numbers());
    EXPECT_EQ(
        rowsOf(model),
        QStringList(
            {"Show",
             "Everything",
             "Documents",
             "Videos",
             "Tags",
             "drainage",
             "When",
             "This week",
             "This month",
             "Choose dates…"}));
    EXPECT_EQ(model.index(1).data(row::Trailing).toString(), QStringLiteral("214"));
}

TEST(FilterModelTest, KindTagAndTimeGoTogetherAndTagsAreTakenBack)
{
    FilterModel model;
    model.setNumbers(numbers());
    model.setFilter(model.filterAfter(2));
    model.setFilter(model.filterAfter(5));
    model.setFilter(model.filterAfter(7));
    EXPECT_EQ(model.filter().show, LibraryShow::Documents);
    EXPECT_EQ(model.filter().tag, QStringLiteral("drainage"));
    EXPECT_EQ(model.filter().when, LibraryWhen::ThisWeek);
    EXPECT_EQ(
        model.index(2).data(Qt::AccessibleTextRole).toString(),
        QStringLiteral("Documents, 88 sessions"));
    model.setFilter(model.filterAfter(5));
    EXPECT_TRUE(model.filter().tag.isEmpty());
    model.setFilter(model.filterAfter(2));
    EXPECT_EQ(model.filter().show, LibraryShow::Documents) << "one kind always holds";
    EXPECT_TRUE(model.asksForDates(9));
}

TEST(FilterModelTest, ATagThatIsGoneCanStillBeTakenBack)
{
    FilterModel model;
    model.setNumbers(numbers());
    LibraryFilter filter;
    filter.tag = "gone";
    model.setFilter(filter);
    EXPECT_TRUE(rowsOf(model).contains("gone"));
}

TEST(MarkedTextTest, TwoLinesAndAnEllipsis)
{
    const QFont font = theme::font(theme::Step::Reading);
    const QString text = QStringLiteral("We run the generator test on the first Monday, twenty "
                                        "minutes, never before nine, and never in a storm.");
    EXPECT_EQ(MarkedText("short", {}, font, 400, 2).lines(), 1);
    const MarkedText whole(text, {}, font, 1000, 2);
    EXPECT_FALSE(whole.elided());
    const MarkedText cut(text, wordsIn(text, "storm"), font, 200, 2);
    EXPECT_TRUE(cut.elided());
    EXPECT_EQ(cut.lines(), 2);
    EXPECT_LE(cut.width(), 201);
}

} // namespace
} // namespace ui
