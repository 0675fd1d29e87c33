// The bundled sample, heard by the real recogniser, opened as a recording.
#include "app/desktop/recording_bridge.h"
#include "app/ingest_job.h"
#include "tests/support/models.h"
#include "tests/support/temporary_folder.h"
#include "ui/recording/recording_view.h"

#include <cstdlib>
#include <gmock/gmock.h>
#include <QSignalSpy>
#include <QTest>

namespace app::desktop {
namespace {

using ui::recording::ListKind;
using ui::recording::RecordingInfo;
using ui::recording::RecordingView;
using ui::recording::SummaryContent;
using ui::recording::TranscriptLine;

TEST(RecordingModelTest, TheSampleMeetingOpensWithTranscriptAndSummary)
{
    for (const char* model : {"whisper-base", "silero-vad", "all-minilm-l6-v2"}) {
        if (!support::model_file(model)) GTEST_SKIP() << support::no_model(model);
    }
    const support::TemporaryFolder folder;
    storage::SessionId session = 0;
    storage::SourceId source = 0;
    {
        auto library = storage::Library::open(folder.path(), storage::Access::Write);
        ASSERT_TRUE(library) << library.error().message;
        Engines engines(support::models_folder(), {});
        IngestRequest request;
        request.inputs = {std::string(PERCEPT_SOURCE_DIR) + "/resources/sample/meeting.ogg"};
        request.reader.program = std::string(PERCEPT_BIN_DIR) + "/percept-reader";
        const auto report = ingest(request, **library, engines, {}, {});
        ASSERT_TRUE(report) << report.error().message;
        session = report->session;
        source = report->sources.at(0).source.id;
    }
    Services services(Paths{folder.path(), support::models_folder()});
    RecordingBridge bridge(services);
    RecordingView view;
    connectRecording(bridge, view);
    view.resize(584, 772);
    view.show();
    QSignalSpy read(&bridge, &RecordingBridge::recordingRead);
    QSignalSpy lines(&bridge, &RecordingBridge::linesRead);
    QSignalSpy summary(&bridge, &RecordingBridge::summaryRead);
    services.open();
    ASSERT_TRUE(QTest::qWaitFor([&] { return services.library() != nullptr; }, 20000));
    view.open(session, source, -1); // the summary in front asks for itself
    ASSERT_TRUE(QTest::qWaitFor([&] { return summary.count() == 1; }, 120000));

    const auto info = read.last()[0].value<RecordingInfo>();
    EXPECT_NEAR(info.duration_s, 60, 20) << "a minute of a meeting";
    EXPECT_EQ(info.state, ui::recording::ReadState::Ready);
    const auto heard = lines.last()[1].value<std::vector<TranscriptLine>>();
    ASSERT_GT(heard.size(), 5u);
    std::size_t words = 0;
    for (const auto& line : heard) {
        words += line.words.size();
        double before_s = line.start_s - 1;
        for (const auto& word : line.words) {
            EXPECT_LT(word.begin, word.end);
            EXPECT_GE(word.start_s, before_s);
            before_s = word.start_s;
        }
    }
    EXPECT_GT(words, 60u) << "words with their times, so that a click plays them";

    const auto made = summary.last()[1].value<SummaryContent>();
    EXPECT_GT(made.heard_s, 30);
    std::size_t found = 0;
    for (const auto& section : made.sections) {
        for (const auto& line : section.lines) {
            ASSERT_FALSE(line.places.empty());
            ASSERT_TRUE(line.places[0].start_s);
            EXPECT_LE(*line.places[0].start_s, info.duration_s);
        }
        found += section.lines.size();
    }
    EXPECT_GT(found, 3u);
    // What the user corrects is found by meaning too, without another ingest.
    const auto library = services.library();
    const auto line = library->segments(source)->front().id;
    ASSERT_TRUE(library->passages_without_vector(1)->empty());
    bridge.writeText(line, QStringLiteral("The quinces in the orchard are ripe now."));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return !library->passages_without_vector(1)->empty(); }, 20000));
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return library->passages_without_vector(1)->empty(); }, 60000));

    if (const char* pictures = std::getenv("PERCEPT_PICTURES")) {
        const auto keep = [&](const char* name) {
            QTest::qWait(200);
            view.grab().save(QStringLiteral("%1/%2.png")
                                 .arg(QString::fromLocal8Bit(pictures), QString::fromLatin1(name)));
        };
        keep("sample-summary");
        view.showTab(RecordingView::Tab::Transcript);
        keep("sample-transcript");
    }
}

} // namespace
} // namespace app::desktop
