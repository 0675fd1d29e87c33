// A question to a model of the user's own that sees and hears: tiny, with random weights, but read,
// shown and stopped by the real engine and the real reader.
#include "app/answer/passages.h"
#include "app/ask_job.h"
#include "app/ingest_job.h"
#include "app/own_model.h"
#include "app/place_media.h"
#include "tests/storage/library_fixture.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/run_command.h"

#include <gmock/gmock.h>

using namespace app;
using storage_test::must;
using testing::Contains;
using testing::HasSubstr;

namespace {

class OwnAskTest : public storage_test::LibraryTest {
protected:
    OwnAskTest()
    {
        reader_.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
        session_ = must(library().create_session("walk"));
    }
    storage::Source read(const std::filesystem::path& file)
    {
        IngestRequest request;
        request.inputs = {file};
        request.session = session_;
        request.reader = reader_;
        const auto report = must(ingest(request, library(), engines_, {}, {}));
        return must(library().source(report.sources.at(0).source.id));
    }
    storage::Source read_page()
    {
        return read(folder_.write(
            "wall.pdf",
            support::PdfWriter()
                .page(
                    "BT /F1 12 Tf 10 100 Td (The brick wall behind the workshop is red.) Tj ET",
                    "/MediaBox [0 0 300 150]")
                .bytes()));
    }
    /// Three seconds of pictures and of a tone, and what is said in them.
    storage::Source read_film()
    {
        const std::string file = (folder_ / "dive.mp4").string();
        const auto made = support::run_command(
            {"sh",
             "-c",
             "ffmpeg -loglevel error -f lavfi -i testsrc2=size=160x96:rate=10:duration=3 -f lavfi "
             "-i sine=frequency=440:sample_rate=16000:duration=3 -pix_fmt yuv420p -c:v libx264 "
             "-preset ultrafast -c:a aac " +
                 file});
        EXPECT_EQ(made.status, 0) << made.err;
        auto source = read(file);
        const std::vector<storage::Segment> said{
            {0, source.id, 0.5, 2.0, "The whale sings in the sea.", 1, {}, "en", {}}};
        answer::PassageBuilder builder(source);
        auto passages = builder.add_segments(said);
        for (auto& passage : builder.finish()) passages.push_back(std::move(passage));
        must(library().add_segments(source.id, said, passages));
        return source;
    }
    AskRequest asked(const std::string& question)
    {
        OwnModel model = must(look_at_model(kModel));
        model.capabilities.reasons = true;
        must(keep_own_models(library(), std::span(&model, 1)));
        AskRequest request;
        request.question = question;
        request.session = session_;
        request.engine = must(choose_engine(kModel, {}));
        request.reader = reader_;
        return request;
    }

    static constexpr const char* kModel = PERCEPT_TEST_DATA "/omni/b/bf16";
    capture::ReaderOptions reader_;
    Engines engines_{folder_ / "no models", {}};
    storage::SessionId session_ = 0;
};

TEST_F(OwnAskTest, PagesAreDrawnAsTheModelWasTrained)
{
    EXPECT_EQ(width_for_engine(595.3, 841.9), 1190); // A4 at 144 dots an inch
    EXPECT_LE(width_for_engine(2384, 3370), 1553);   // A0: as many pixels as its eyes take
    EXPECT_EQ(width_for_engine(0, 0), 2048);         // a photo, or smaller
    const auto source = read_page();
    ReaderMedia media(library(), reader_, folder_ / "cache");
    const auto picture = must(media.page(source, 1, {}));
    EXPECT_EQ(picture.width_px, 600);
    EXPECT_EQ(picture.height_px, 300);
    EXPECT_EQ(picture.rgb.size(), 600U * 300 * 3);
    EXPECT_FALSE(media.page(source, 2, {}));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(media.page(source, 1, stop.get_token()).error().code, ErrorCode::Cancelled);
}

TEST_F(OwnAskTest, AStretchOfAVideoIsPicturesAndSound)
{
    const auto source = read_film();
    ReaderMedia media(library(), reader_, {});
    const auto video = must(media.pictures(source, 0.5, 2.5, {}));
    ASSERT_EQ(video.frames.size(), 4U); // every half second
    ASSERT_EQ(video.times_s.size(), 4U);
    EXPECT_NEAR(video.times_s[1], 1.0, 0.11);
    EXPECT_EQ(video.frames[0].width_px, 160);
    const auto sound = must(media.sound(source, 0.5, 2.5, {}));
    EXPECT_NEAR(static_cast<double>(sound.samples.size()), 32'000, 1'700);
}

TEST_F(OwnAskTest, WhatIsSeenAndHeardGoesIntoThePrompt)
{
    read_page();
    auto of_page = asked("Is the brick wall red?");
    int read = 0, whole = 0;
    of_page.observer.on_read = [&](int done, int total) {
        EXPECT_GT(done, read);
        read = done;
        whole = total;
    };
    const auto page = must(ask(of_page, library(), true, engines_, {}));
    EXPECT_EQ(read, whole);
    EXPECT_GE(whole, page.answer.usage.prompt_tokens);
    EXPECT_EQ(page.answer.mode, "quoted"); // what random weights write is not shown
    EXPECT_THAT(page.answer.notes, Contains(HasSubstr("could not be checked")));
    EXPECT_EQ(page.engine, "starter");
    EXPECT_GT(page.answer.usage.new_tokens, 0);
    // 600 x 300 pixels are 38 x 18 patches or more, four of them a position.
    EXPECT_GT(page.answer.usage.prompt_tokens, 38 * 18 / 4);

    read_film();
    auto request = asked("Where does the whale sing?");
    const auto film = must(ask(request, library(), true, engines_, {}));
    EXPECT_THAT(film.answer.notes, Contains(HasSubstr("could not be checked")));
    EXPECT_GT(film.answer.usage.prompt_tokens, page.answer.usage.prompt_tokens);
}

TEST_F(OwnAskTest, AStopWhileItWritesEndsInTime)
{
    read_page();
    std::stop_source stop;
    auto request = asked("Is the brick wall red?");
    std::chrono::steady_clock::time_point stopped;
    request.observer.on_text = [&](std::string_view) {
        if (stop.stop_requested()) return;
        stopped = std::chrono::steady_clock::now();
        stop.request_stop();
    };
    const auto reply = ask(request, library(), true, engines_, stop.get_token());
    ASSERT_FALSE(reply); // nothing of it was supported by then
    EXPECT_EQ(reply.error().code, ErrorCode::Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - stopped, std::chrono::seconds(2));
    EXPECT_TRUE(must(library().messages(session_)).empty());
}

TEST_F(OwnAskTest, AFileThatIsGoneIsThereInWords)
{
    const auto source = read_page();
    const auto request = asked("Is the brick wall red?");
    const auto shown = must(ask(request, library(), true, engines_, {}));
    std::filesystem::remove(must(library().media_path(source.id)));
    std::filesystem::remove(source.path);
    const auto told = must(ask(request, library(), true, engines_, {}));
    EXPECT_GT(told.answer.usage.prompt_tokens, 0);
    EXPECT_LT(told.answer.usage.prompt_tokens, shown.answer.usage.prompt_tokens - 38 * 18 / 4);
}

} // namespace
