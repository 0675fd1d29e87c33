// Screens drawn by ffmpeg, read one after the other.
#include "capture/reader/frame_text.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace capture;
using namespace capture::reader;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

class FrameTextTest : public testing::Test {
protected:
    /// White lines on dark ground, 40 rows each.
    GrayPicture screen(const std::vector<std::string>& lines)
    {
        std::string filter = "color=c=0x202020:s=1280x720:d=1:r=1";
        for (std::size_t i = 0; i < lines.size(); ++i) {
            filter += ",drawtext=fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf:"
                      "fontsize=28:fontcolor=white:x=60:y=" +
                      std::to_string(40 + 40 * i) + ":text='" + lines[i] + "'";
        }
        const auto path = folder_ / "screen.gray";
        const auto made = support::run_command(
            {"ffmpeg",
             "-nostdin",
             "-loglevel",
             "error",
             "-y",
             "-f",
             "lavfi",
             "-i",
             filter,
             "-frames:v",
             "1",
             "-pix_fmt",
             "gray",
             "-f",
             "rawvideo",
             path.string()});
        EXPECT_EQ(made.status, 0) << made.err;
        const std::string bytes = support::read_file(path);
        return {1280, 720, {bytes.begin(), bytes.end()}};
    }

    Frame read(FrameText& text, double time_s, const GrayPicture& picture)
    {
        Frame frame;
        frame.time_s = time_s;
        text.read(frame, picture);
        return frame;
    }

    support::TemporaryFolder folder_;
    Ocr ocr_{"eng", std::chrono::seconds(60)};
};

const std::string kOne = "The harbour opens at nine";
const std::string kTwo = "Every member pays twelve euros";
const std::string kThree = "The ferry leaves before noon";

} // namespace

TEST_F(FrameTextTest, ReadsOnlyWhatIsNew)
{
    FrameText text(ocr_, {});

    EXPECT_EQ(read(text, 0, screen({kOne})).text, kOne + "\n");
    const Frame second = read(text, 2, screen({kOne, kTwo}));
    EXPECT_EQ(second.text, kOne + "\n" + kTwo + "\n");
    EXPECT_EQ(read(text, 40, screen({kOne, kTwo})).text, second.text);
    // Scrolled by a line: the first one is gone, the second one known, the third one new.
    const Frame last = read(text, 42, screen({kTwo, kThree}));
    EXPECT_EQ(last.text, kTwo + "\n" + kThree + "\n");
    EXPECT_EQ(text.coverage().read, 3);
    EXPECT_EQ(text.coverage().unchanged, 1);

    ASSERT_EQ(last.words.size(), 10u);
    const Word& leaves = last.words[7];
    EXPECT_EQ(last.text.substr(leaves.begin, leaves.end - leaves.begin), "leaves");
    EXPECT_NEAR(leaves.box.y0, 84.0f / 720, 0.01); // the second line, drawn from row 80
    EXPECT_NEAR(leaves.box.x0, (60 + 10 * 16.9f) / 1280, 0.01);
}

TEST_F(FrameTextTest, CountsWhatItHasNoTimeFor)
{
    FrameText text(ocr_, {0.06, 0.001}); // enough for one line

    EXPECT_EQ(read(text, 0, screen({kOne})).text, kOne + "\n");
    EXPECT_EQ(read(text, 1, screen({kTwo})).text, "");
    EXPECT_EQ(read(text, 2, screen({kOne})).text, kOne + "\n");        // known: costs nothing
    EXPECT_EQ(read(text, 1000, screen({kThree})).text, kThree + "\n"); // time has brought more
    EXPECT_EQ(text.coverage().unread, 1);
    EXPECT_EQ(text.coverage().all(), 4);
}

TEST_F(FrameTextTest, SpendsNothingOnPicturesWithoutText)
{
    FrameText text(ocr_, {0, 0});
    GrayPicture hills{640, 360, {}};
    for (int y = 0; y < 360; ++y) {
        for (int x = 0; x < 640; ++x) {
            hills.gray.push_back(
                static_cast<std::uint8_t>((x * x / 900 + y * 3 + x * y / 200) % 256));
        }
    }

    EXPECT_THAT(read(text, 0, hills).text, IsEmpty());
    EXPECT_EQ(text.coverage().without, 1);
}

TEST_F(FrameTextTest, WorksBesideItsCaller)
{
    FrameTextThread thread(ocr_, {});
    Frame frame;
    frame.time_s = 3;
    thread.put(std::move(frame), screen({kOne}));
    const auto done = thread.take(true);

    ASSERT_TRUE(done);
    EXPECT_EQ(done->time_s, 3);
    EXPECT_THAT(done->text, HasSubstr(kOne));
    EXPECT_FALSE(thread.take(true)); // nothing is on its way
}

TEST_F(FrameTextTest, SaysWhichLanguageIsMissing)
{
    Ocr klingon("xyz", std::chrono::seconds(60));
    FrameText text(klingon, {});

    EXPECT_THAT(read(text, 0, screen({kOne})).text, IsEmpty());
    EXPECT_THAT(text.warnings(), Not(IsEmpty()));
}
