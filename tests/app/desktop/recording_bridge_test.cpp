#include "app/desktop/recording_bridge.h"

#include "app/desktop/recording_content.h"
#include "app/desktop/recording_summary.h"
#include "tests/support/temporary_folder.h"
#include "ui/recording/notes_model.h"
#include "ui/recording/recording_view.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <QSignalSpy>
#include <QTest>

namespace app::desktop {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using ui::recording::LineMove;
using ui::recording::ListKind;
using ui::recording::OwnNote;
using ui::recording::RecordingInfo;
using ui::recording::SummaryContent;
using ui::recording::TranscriptLine;
using Kind = TranscriptLine::Kind;

template <typename T>
T must(Result<T> result)
{
    if (!result) throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

storage::Segment said(double start_s, const std::string& speaker, const std::string& words)
{
    storage::Segment segment;
    segment.start_s = start_s;
    segment.end_s = start_s + 4;
    segment.speaker = speaker;
    segment.text = words;
    segment.language = "en";
    std::size_t from = 0;
    for (int i = 0; from < words.size(); ++i) {
        const auto end = std::min(words.find(' ', from + 1), words.size());
        segment.words.push_back(
            {start_s + i * 0.3, start_s + i * 0.3 + 0.3, words.substr(from, end - from), 0.9f});
        from = end;
    }
    return segment;
}

/// A library with one recording, as an ingest leaves it; opened by the services of the window.
struct RecordingBridgeTest : testing::Test {
    RecordingBridgeTest()
    {
        auto library = must(storage::Library::open(folder.path() / "data", storage::Access::Write));
        session = must(library->create_session("Kick-off"));
        storage::Source described;
        described.path = folder.write("kick-off.ogg", "not really sound").string();
        described.kind = "audio";
        source = must(library->begin_source(session, described.path, described));
        std::vector<storage::Segment> segments{
            said(2, "Ana", "Let's go with the second pump, agreed."),
            said(7, "Ben", "I'll send the letter to both bidders by Friday."),
            said(30, "Ana", "The quay is forty metres long."),
            said(36, "Ben", "Yes, and the crane stands on it.")};
        segments[2].words[1].confidence = 0.2f;
        std::vector<storage::Passage> passages;
        for (const auto& segment : segments) {
            storage::Passage passage;
            passage.text = segment.text;
            passage.start_s = segment.start_s;
            passage.end_s = segment.end_s;
            passage.language = "en";
            passages.push_back(passage);
        }
        must(library->add_segments(source, segments, passages));
        must(library->add_gap({source, 12, 20, "microphone unplugged"}));
        storage::Marker marker;
        marker.source = source;
        marker.time_s = 8;
        marker.label = "Letter";
        must(library->add_marker(marker));
        finish(*library, storage::SourceStatus::Ready);
        library.reset();
        services.open();
        if (!QTest::qWaitFor([this] { return services.library() != nullptr; }, 20000))
            throw std::runtime_error("the library did not open");
    }
    void finish(storage::Library& library, storage::SourceStatus status)
    {
        auto done = must(library.source(source));
        done.status = status;
        done.duration_s = 44;
        must(library.finish_source(done));
    }
    std::vector<TranscriptLine> lines()
    {
        QSignalSpy read(&bridge, &RecordingBridge::linesRead);
        bridge.open(session, source);
        EXPECT_TRUE(QTest::qWaitFor([&] { return read.count() > 0; }, 20000));
        return read.isEmpty() ? std::vector<TranscriptLine>{}
                              : read.last()[1].value<std::vector<TranscriptLine>>();
    }
    /// Until all writes are done: each waits for those before it.
    void settle()
    {
        QSignalSpy read(&bridge, &RecordingBridge::summaryRunning);
        bridge.summarize(session, QStringLiteral("brief"), true);
        ASSERT_TRUE(QTest::qWaitFor([&] { return read.count() == 2; }, 60000));
    }
    SummaryContent summary(bool anew)
    {
        QSignalSpy read(&bridge, &RecordingBridge::summaryRead);
        QSignalSpy failed(&bridge, &RecordingBridge::summaryFailed);
        bridge.summarize(session, QStringLiteral("minutes"), anew);
        EXPECT_TRUE(QTest::qWaitFor([&] { return read.count() + failed.count() > 0; }, 60000));
        for (const auto& one : failed) ADD_FAILURE() << one[1].toString().toStdString();
        return read.isEmpty() ? SummaryContent{} : read.last()[1].value<SummaryContent>();
    }
    storage::Library& library() { return *services.library(); }

    support::TemporaryFolder folder;
    Services services{Paths{folder.path() / "data", folder.path() / "models"}};
    RecordingBridge bridge{services};
    storage::SessionId session = 0;
    storage::SourceId source = 0;
};

std::vector<std::string> linesOf(const SummaryContent& summary, ListKind kind)
{
    std::vector<std::string> words;
    for (const auto& section : summary.sections) {
        if (section.kind != kind) continue;
        for (const auto& line : section.lines) words.push_back(line.text.toStdString());
    }
    return words;
}

TEST_F(RecordingBridgeTest, ReadsSpeechGapsMarkersAndSilencesInOrder)
{
    const auto all = lines();
    std::vector<Kind> kinds;
    kinds.reserve(all.size());
    for (const auto& line : all) kinds.push_back(line.kind);
    EXPECT_THAT(
        kinds,
        ElementsAre(
            Kind::Speech,
            Kind::Speech,
            Kind::Marker,
            Kind::Gap,
            Kind::Silence,
            Kind::Speech,
            Kind::Speech));
    EXPECT_DOUBLE_EQ(all[4].start_s, 20) << "a gap is no silence";
    EXPECT_DOUBLE_EQ(all[4].end_s, 30);
    const auto& quay = all[5];
    EXPECT_EQ(quay.speaker, QStringLiteral("Ana"));
    ASSERT_EQ(quay.words.size(), 6u);
    EXPECT_EQ(
        quay.text.mid(quay.words[1].begin, quay.words[1].end - quay.words[1].begin),
        QStringLiteral("quay"));
    EXPECT_TRUE(quay.words[1].uncertain());
    EXPECT_FALSE(quay.words[2].uncertain());
}

TEST_F(RecordingBridgeTest, TellsWhatTheHeaderNeeds)
{
    QSignalSpy read(&bridge, &RecordingBridge::recordingRead);
    lines();
    ASSERT_EQ(read.count(), 1);
    const auto info = read[0][0].value<RecordingInfo>();
    EXPECT_EQ(info.name, QStringLiteral("Kick-off"));
    EXPECT_EQ(info.kind, ui::PlaceKind::Sound);
    EXPECT_TRUE(info.created.isValid());
    EXPECT_TRUE(info.writes);
    EXPECT_THAT(info.gaps, ElementsAre(testing::Pair(12.0, 20.0)));
    EXPECT_EQ(ui::recording::heardWords(info.duration_s, info.gaps).toStdString(), "81.8 %");
}

TEST_F(RecordingBridgeTest, OpensTheFirstRecordingOfASessionWithoutItsNumber)
{
    must(library().add_note({0, session, 8, "Ask for the drawing.", {}}));
    ui::recording::RecordingView view;
    connectRecording(bridge, view);
    view.open(session, 0, -1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.lineCount() > 0; }, 20000));
    EXPECT_EQ(view.source(), source);
    auto* model = view.findChild<ui::recording::NotesModel*>();
    ASSERT_NE(model, nullptr);
    EXPECT_TRUE(QTest::qWaitFor([&] { return model->rowCount() == 1; }, 5000));
}

TEST_F(RecordingBridgeTest, SaysThatARecordingIsGone)
{
    QSignalSpy failed(&bridge, &RecordingBridge::failed);
    bridge.open(session, source + 100);
    ASSERT_TRUE(QTest::qWaitFor([&] { return failed.count() == 1; }, 20000));
}

TEST_F(RecordingBridgeTest, AnEditIsKeptBesideWhatWasRecognised)
{
    const auto before = lines();
    bridge.writeText(before[5].id, QStringLiteral("The quay is fifty metres long."));
    settle();
    auto after = lines();
    EXPECT_EQ(after[5].text, before[5].text);
    EXPECT_EQ(after[5].edited, QStringLiteral("The quay is fifty metres long."));
    EXPECT_EQ(must(library().search_words("fifty", {}, 5)).size(), 1u) << "search knows it";
    bridge.writeText(before[5].id, std::nullopt);
    settle();
    after = lines();
    EXPECT_FALSE(after[5].edited);
    EXPECT_TRUE(must(library().search_words("fifty", {}, 5)).empty());
}

TEST_F(RecordingBridgeTest, SpeakersAreNamedAndUnnamed)
{
    const auto before = lines();
    bridge.writeSpeaker({before[0].id, before[5].id}, QStringLiteral("Ana Ruiz"));
    settle();
    auto after = lines();
    EXPECT_EQ(after[0].speaker, QStringLiteral("Ana Ruiz"));
    EXPECT_EQ(after[5].speaker, QStringLiteral("Ana Ruiz"));
    EXPECT_EQ(after[6].speaker, QStringLiteral("Ben"));
    bridge.writeSpeaker({before[0].id, before[5].id}, QStringLiteral("Ana"));
    settle();
    EXPECT_EQ(lines()[5].speaker, QStringLiteral("Ana"));
}

TEST_F(RecordingBridgeTest, NotesKeepTheOrderOfTheirWrites)
{
    for (const char* text : {"C", "Ca", "Cal", "Call Ben"})
        bridge.writeNote(session, {-1, 8.0, QString::fromLatin1(text)});
    bridge.writeNote(session, {-2, std::nullopt, QStringLiteral("Other")});
    settle();
    auto notes = must(library().notes(session));
    ASSERT_EQ(notes.size(), 2u) << "typing on is the same note";
    EXPECT_EQ(notes[0].text, "Call Ben");
    EXPECT_EQ(notes[0].time_s, 8.0);
    bridge.removeNote(session, -1);
    settle();
    EXPECT_EQ(must(library().notes(session)).size(), 1u);
    bridge.writeNote(session, {-1, 8.0, QStringLiteral("Call Ben")});
    bridge.writeNote(session, {-1, 8.0, QStringLiteral("Call Ben again")});
    settle();
    notes = must(library().notes(session));
    ASSERT_EQ(notes.size(), 2u) << "an undone delete is the note again, once";
    EXPECT_EQ(notes[1].text, "Call Ben again");
}

TEST_F(RecordingBridgeTest, WritesOutliveTheBridge)
{
    {
        RecordingBridge brief(services);
        for (int i = 0; i < 50; ++i)
            brief.writeNote(session, {-1, 1.0, QStringLiteral("word %1").arg(i)});
    }
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const auto notes = must(library().notes(session));
            return notes.size() == 1 && notes[0].text == "word 49";
        },
        20000));
}

TEST_F(RecordingBridgeTest, ASummaryIsMadeOnceAndThenShownFromTheLibrary)
{
    QSignalSpy running(&bridge, &RecordingBridge::summaryRunning);
    const auto made = summary(false);
    EXPECT_TRUE(made.quoted);
    EXPECT_FALSE(made.outdated);
    EXPECT_THAT(made.how.toStdString(), HasSubstr("does not understand the meeting"));
    EXPECT_DOUBLE_EQ(made.heard_s, 36);
    EXPECT_THAT(linesOf(made, ListKind::Actions), testing::Contains(HasSubstr("I'll send")));
    for (const auto& section : made.sections) {
        for (const auto& line : section.lines) {
            ASSERT_EQ(line.places.size(), 1u);
            EXPECT_EQ(line.places[0].source, source);
            EXPECT_EQ(line.places[0].name, QStringLiteral("kick-off.ogg"));
            EXPECT_EQ(line.places[0].n, 0) << "lines are known by their time, not by a number";
            EXPECT_TRUE(line.places[0].start_s);
        }
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return running.count() == 2; }, 20000));
    EXPECT_FALSE(running[1][1].toBool());
    const auto stored = summary(false);
    EXPECT_EQ(running.count(), 2) << "nothing is made again";
    EXPECT_EQ(stored.sections.size(), made.sections.size());
    EXPECT_EQ(linesOf(stored, ListKind::Actions), linesOf(made, ListKind::Actions));
}

TEST_F(RecordingBridgeTest, AChangedTranscriptOutdatesItsSummary)
{
    summary(false);
    const auto all = lines();
    bridge.writeText(
        all[1].id,
        QStringLiteral("I'll send the letter to the three bidders by Friday."));
    settle();
    EXPECT_TRUE(summary(false).outdated);
    const auto anew = summary(true);
    EXPECT_FALSE(anew.outdated);
    EXPECT_THAT(linesOf(anew, ListKind::Actions), testing::Contains(HasSubstr("three bidders")));
    EXPECT_FALSE(summary(false).outdated);
}

TEST_F(RecordingBridgeTest, AMovedLineStandsInItsNewListFromThenOn)
{
    const auto made = summary(false);
    const auto action = linesOf(made, ListKind::Actions);
    ASSERT_FALSE(action.empty());
    LineMove move;
    move.from = ListKind::Actions;
    move.to = ListKind::Decisions;
    for (const auto& section : made.sections) {
        if (section.kind != ListKind::Actions) continue;
        move.source = section.lines[0].places[0].source;
        move.start_s = section.lines[0].places[0].start_s;
        move.quote = section.lines[0].text;
    }
    bridge.moveLine(session, move);
    settle();
    const std::string words = move.quote.toStdString();
    EXPECT_THAT(linesOf(summary(false), ListKind::Decisions), testing::Contains(words));
    EXPECT_THAT(linesOf(summary(true), ListKind::Decisions), testing::Contains(words))
        << "also in a new one";
    std::swap(move.from, move.to);
    bridge.moveLine(session, move);
    settle();
    EXPECT_TRUE(must(library().item_moves(session)).empty());
    EXPECT_THAT(linesOf(summary(true), ListKind::Actions), testing::Contains(words));
}

TEST_F(RecordingBridgeTest, AStoppedSummaryIsNeitherShownNorAFailure)
{
    QSignalSpy read(&bridge, &RecordingBridge::summaryRead);
    QSignalSpy failed(&bridge, &RecordingBridge::summaryFailed);
    QSignalSpy running(&bridge, &RecordingBridge::summaryRunning);
    bridge.open(session, source);
    bridge.summarize(session, QStringLiteral("minutes"), true);
    bridge.stopSummary();
    ASSERT_EQ(running.count(), 2);
    settle();
    EXPECT_EQ(failed.count(), 0);
    for (const auto& one : read)
        EXPECT_EQ(one[1].value<SummaryContent>().form, QStringLiteral("brief"));
}

TEST_F(RecordingBridgeTest, ATemplateOfOnesOwnKeepsItsTitlesAndItsLists)
{
    const auto file =
        folder.write("board.md", "# Board\nWhat we do: actions\nWhat we chose: decisions\n");
    const auto form = QString::fromStdString(file.string());
    for (const bool anew : {true, false}) {
        QSignalSpy read(&bridge, &RecordingBridge::summaryRead);
        bridge.summarize(session, form, anew);
        ASSERT_TRUE(QTest::qWaitFor([&] { return read.count() == 1; }, 60000));
        const auto content = read[0][1].value<SummaryContent>();
        ASSERT_EQ(content.sections.size(), 2u);
        EXPECT_EQ(content.sections[0].title, QStringLiteral("What we do"));
        EXPECT_EQ(content.sections[0].kind, ListKind::Actions);
        EXPECT_EQ(content.sections[1].kind, ListKind::Decisions);
        EXPECT_EQ(content.form, form);
    }
}

TEST_F(RecordingBridgeTest, AMissingTemplateIsSaid)
{
    QSignalSpy failed(&bridge, &RecordingBridge::summaryFailed);
    bridge.summarize(session, QStringLiteral("/nowhere/board.md"), false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return failed.count() == 1; }, 20000));
    EXPECT_THAT(failed[0][1].toString().toStdString(), HasSubstr("/nowhere/board.md"));
}

TEST_F(RecordingBridgeTest, FillsTheViewAndKeepsWhatIsChangedInIt)
{
    ui::recording::RecordingView view;
    connectRecording(bridge, view);
    view.resize(584, 772);
    view.show();
    view.open(session, source, 31);
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.lineCount() == 7; }, 20000));
    const auto all = must(readLines(library(), source));
    Q_EMIT view.textWritten(all[6].id, QStringLiteral("Yes, the crane stands on it."));
    settle();
    EXPECT_EQ(
        must(library().segment(all[6].id)).edited,
        std::optional<std::string>("Yes, the crane stands on it."));
}

TEST_F(RecordingBridgeTest, LinesComeWhileARecordingIsStillRead)
{
    finish(library(), storage::SourceStatus::Reading);
    QSignalSpy read(&bridge, &RecordingBridge::linesRead);
    QSignalSpy gone(&bridge, &RecordingBridge::linesGone);
    bridge.open(session, source);
    ASSERT_TRUE(QTest::qWaitFor([&] { return read.count() == 1; }, 20000));
    must(library().add_segments(
        source,
        std::vector{said(41, "Ana", "That is all.")},
        std::vector<storage::Passage>{}));
    finish(library(), storage::SourceStatus::Ready);
    ASSERT_TRUE(QTest::qWaitFor([&] { return read.count() == 2; }, 20000));
    EXPECT_EQ(read[1][1].value<std::vector<TranscriptLine>>().size(), 1u) << "only what is new";
    EXPECT_EQ(gone.count(), 0);
}

} // namespace
} // namespace app::desktop
