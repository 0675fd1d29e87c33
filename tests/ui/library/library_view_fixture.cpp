#include "tests/ui/library/library_view_fixture.h"

#include "tests/ui/palette/hits.h"

namespace ui {

using namespace test;

namespace {

LibrarySession session(
    storage::SessionId id,
    const QString& name,
    const QDateTime& created,
    QStringList kinds,
    int sources)
{
    LibrarySession made;
    made.id = id;
    made.name = name;
    made.created = created;
    made.kinds = std::move(kinds);
    made.sources = sources;
    made.size_bytes = static_cast<std::uint64_t>(id) * 1'100'000;
    return made;
}

} // namespace

LibraryPage somePage()
{
    const QDateTime now(QDate::currentDate(), QTime(12, 40));
    LibraryPage made;
    LibrarySession pinned =
        session(9, "Harbour Street tender", now.addDays(-4), {"audio", "pdf"}, 5);
    pinned.pinned = true;
    pinned.tags = QStringList{"harbour street", "budget 2027"};
    pinned.duration_s = 2832;
    made.pinned = {pinned};
    LibrarySession walk =
        session(2, "Site walk, questions for Ruth", now.addDays(-1), {"video"}, 1);
    walk.duration_s = 1122;
    walk.tags = QStringList{"drainage"};
    made.sessions = {
        session(3, "What is on the wall: portal error", now, {"image"}, 1),
        walk,
        session(4, "Pump curves KSL 150", now.addDays(-1), {"pdf"}, 2),
        session(5, "Residents’ letter, generator test", now.addDays(-19), {}, 0)};
    return made;
}

LibraryNumbers someNumbers()
{
    LibraryNumbers made;
    made.sessions = 214;
    made.documents = 88;
    made.recordings = 46;
    made.videos = 19;
    made.answers = 24;
    made.this_week = 12;
    made.this_month = 58;
    made.tags = {{"budget 2027", 9}, {"drainage", 22}, {"harbour street", 37}};
    made.size_bytes = 3'100'000'000;
    return made;
}

SearchResult generatorTest(int ticket)
{
    Hit said = atTime(
        HitGroup::Said,
        PlaceKind::Sound,
        "We run the generator test on the first Monday, twenty minutes, never before nine.",
        "generator test",
        "Kick-off with operations",
        1864,
        at(11));
    said.speaker = "Gareth Pugh";
    return resultOf(
        "generator test",
        {said,
         atTime(
             HitGroup::Shown,
             PlaceKind::Video,
             "Noise exceptions: generator test, filter change, storm pumping",
             "generator test",
             "Kick-off with operations",
             1970,
             at(11, QTime(11, 10))),
         onPage(
             "During the monthly generator test (20 minutes, daytime) the level at R1 may reach 58 "
             "dB(A).",
             "generator test",
             "Offer B, technical.pdf",
             17,
             at(9, QTime(13, 2))),
         onPage(
             "The generator is tested weekly under load. Noise during the test is not part of this "
             "offer.",
             "test",
             "Offer A, technical.pdf",
             34,
             at(9, QTime(13, 2))),
         answered(
             "The letter must name the day, the hour and a telephone number for the generator "
             "test.",
             "generator test",
             "Residents’ letter, generator test",
             2,
             at(9, QTime(10, 8)))},
        ticket);
}

} // namespace ui
