#include "tests/app/desktop/ask_fixture.h"
#include "tests/support/pdf_writer.h"
#include "ui/widgets/banner.h"

#include <QImage>

using ui::SourceState;

namespace {

std::string pages(int count)
{
    support::PdfWriter pdf;
    for (int page = 1; page <= count; ++page)
        pdf.page(support::show(
            "Pump " + std::string(static_cast<std::size_t>(page % 20) + 3, 'a') +
                " is oiled on Mondays.",
            72,
            700));
    return pdf.bytes();
}

class IngestBridgeTest : public AskFixture {};

} // namespace

TEST_F(IngestBridgeTest, ADropMakesASessionAndOneBadFileFailsAlone)
{
    view_.addFiles(
        {path(folder_.write("good.txt", "A line about pumps.\n")),
         path(folder_.write("bad.pdf", "%PDF-1.4\nnothing that follows makes sense"))});
    ASSERT_TRUE(comesTo(0, SourceState::Ready));
    ASSERT_TRUE(comesTo(1, SourceState::Failed));
    EXPECT_NE(view_.session(), 0);
    EXPECT_EQ(card(0).name, QStringLiteral("good.txt"));
    EXPECT_FALSE(card(1).problem.isEmpty());
    EXPECT_TRUE(QTest::qWaitFor([&] { return !ingest_.busy(); }, 20'000));
    EXPECT_EQ(services_.library()->sources(view_.session())->size(), 2U);
    // The list shows it.
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return view_.sessionList()->model()->find(view_.session()).isValid(); },
        5'000));
}

TEST_F(IngestBridgeTest, CancelEndsOneFileAndGoingOnReadsTheRest)
{
    view_.addFiles({path(folder_.write("long.pdf", pages(150)))});
    ASSERT_TRUE(comesTo(0, SourceState::Reading));
    Q_EMIT view_.cancelSourceRequested(card(0).key);
    ASSERT_TRUE(comesTo(0, SourceState::Stopped));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ingest_.busy(); }, 20'000));
    const auto source = services_.library()->sources(view_.session())->front();
    EXPECT_LT(services_.library()->page_numbers(source.id)->size(), 150U);

    Q_EMIT view_.retrySourceRequested(card(0).key, {});
    ASSERT_TRUE(comesTo(0, SourceState::Ready));
    EXPECT_EQ(view_.sources()->rowCount(), 1);
    EXPECT_EQ(services_.library()->page_numbers(source.id)->size(), 150U);
}

TEST_F(IngestBridgeTest, ASessionIsNamedAfterTheFirstFileThatCanBeRead)
{
    view_.addFiles(
        {path(folder_.write("bad.pdf", "%PDF-1.4\nnothing that follows makes sense")),
         path(folder_.write("good.txt", "A line about pumps.\n"))});
    ASSERT_TRUE(comesTo(0, SourceState::Failed));
    ASSERT_TRUE(comesTo(1, SourceState::Ready));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ingest_.busy(); }, 20'000));
    EXPECT_EQ(services_.library()->session(view_.session())->name, "good.txt");
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return view_.nameOf(view_.session()) == QLatin1String("good.txt"); },
        5'000));
}

TEST_F(IngestBridgeTest, GoingOnShowsTheSessionThatIsRead)
{
    // What a killed program leaves: a source whose reading never ended.
    const auto library = services_.library();
    const auto session = library->create_session("Left alone");
    storage::Source described;
    const auto file = folder_.write("left.txt", "A line about pumps.\n");
    described.path = file.string();
    described.kind = "text";
    ASSERT_TRUE(library->begin_source(*session, file, described));
    ui::AskView view;
    app::desktop::IngestBridge ingest{services_, view};
    app::desktop::AskBridge ask{services_, view, ingest};
    capture::ReaderOptions reader;
    reader.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
    ingest.setReader(reader);
    const auto banners = view.findChildren<ui::Banner*>();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return std::any_of(banners.begin(), banners.end(), [&](const ui::Banner* banner) {
                return banner->isVisibleTo(&view);
            });
        },
        5'000))
        << "it is offered";
    ASSERT_EQ(view.session(), 0);

    Q_EMIT view.goOnRequested();

    ASSERT_TRUE(QTest::qWaitFor([&] { return view.session() == *session; }, 5'000));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return view.sources()->rowCount() == 1 &&
                   view.sources()->sources().front().state == SourceState::Ready;
        },
        20'000));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ingest.busy(); }, 20'000));
}

TEST_F(IngestBridgeTest, WhatIsPastedBecomesASource)
{
    view_.addText(QStringLiteral("The pump is oiled on Mondays."));
    ASSERT_TRUE(comesTo(0, SourceState::Ready));
    EXPECT_TRUE(card(0).name.startsWith(QStringLiteral("Pasted text")));
    const auto session = view_.session();
    QImage picture(200, 80, QImage::Format_RGB32);
    picture.fill(Qt::white);
    view_.addPicture(picture);
    ASSERT_TRUE(comesTo(1, SourceState::Ready));
    EXPECT_EQ(view_.session(), session);
    EXPECT_EQ(card(1).kind, QStringLiteral("image"));
}

TEST_F(IngestBridgeTest, ARemovedSourceComesBackWithUndo)
{
    view_.addFiles({path(folder_.write("good.txt", "A line about pumps.\n"))});
    ASSERT_TRUE(comesTo(0, SourceState::Ready));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ingest_.busy(); }, 20'000));
    const auto session = view_.session();
    const qint64 key = card(0).key;
    view_.sources()->remove(key);
    Q_EMIT view_.removeSourceRequested(key);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return services_.library()->sources(session)->empty(); }, 5'000));
    Q_EMIT view_.restoreSourceRequested(key);
    ASSERT_TRUE(comesTo(0, SourceState::Ready, 5'000));
    EXPECT_EQ(services_.library()->sources(session)->size(), 1U);
}

TEST_F(IngestBridgeTest, NothingToReadIsSaidAndLeavesNoSession)
{
    view_.addFiles({path(folder_ / "not there.pdf")});
    QTest::qWait(300);
    EXPECT_EQ(view_.session(), 0);
    EXPECT_TRUE(services_.library()->sessions()->empty());
}
