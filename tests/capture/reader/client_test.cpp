#include "capture/reader_client.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <cerrno>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using capture::ErrorCode;
using capture::FileReader;
using testing::HasSubstr;

namespace {

class ClientTest : public testing::Test {
protected:
    ClientTest()
    {
        options_.limits.silence = std::chrono::seconds(1);
        options_.limits.per_page = std::chrono::seconds(2);
        options_.limits.max_output_bytes = 16u << 20;
        file_ = folder_.write("report.pdf", "anything");
        open_files_ = open_files();
    }
    ~ClientTest() override
    {
        // Whatever happened: no process is left behind, and no descriptor.
        EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
        EXPECT_EQ(errno, ECHILD);
        EXPECT_EQ(open_files(), open_files_);
    }

    static std::ptrdiff_t open_files()
    {
        const std::filesystem::directory_iterator all("/proc/self/fd");
        return std::distance(begin(all), end(all));
    }
    void reader_that(const std::string& how)
    {
        options_.program = folder_ / how;
        std::filesystem::create_symlink(PERCEPT_FAKE_READER, options_.program);
    }
    capture::Result<std::unique_ptr<FileReader>> open()
    {
        return FileReader::open(file_, {}, options_);
    }
    capture::Error error_of_opening()
    {
        const auto reader = open();
        return reader ? capture::Error{} : reader.error();
    }

    support::TemporaryFolder folder_;
    std::filesystem::path file_;
    capture::ReaderOptions options_;
    std::ptrdiff_t open_files_ = 0;
};

struct Case {
    const char* how;
    ErrorCode code;
    const char* says;
};

void PrintTo(const Case& one, std::ostream* out)
{
    *out << one.how;
}

std::string name_of(const testing::TestParamInfo<Case>& one)
{
    return one.param.how;
}

class OpeningTest : public ClientTest, public testing::WithParamInterface<Case> {};
class PagesTest : public ClientTest, public testing::WithParamInterface<Case> {};
class PlayingTest : public ClientTest, public testing::WithParamInterface<Case> {};
class RenderingTest : public ClientTest, public testing::WithParamInterface<Case> {};

} // namespace

TEST_P(OpeningTest, IsOneClearError)
{
    reader_that(GetParam().how);
    const capture::Error error = error_of_opening();

    EXPECT_EQ(error.code, GetParam().code) << error.message;
    EXPECT_THAT(error.message, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Readers,
    OpeningTest,
    testing::Values(
        Case{"exits", ErrorCode::ReaderDied, "ended with status 3 while it read report.pdf"},
        Case{"crashes", ErrorCode::ReaderDied, "crashed (SIGSEGV) while it read report.pdf"},
        Case{"aborts", ErrorCode::ReaderDied, "SIGABRT"},
        Case{"is_killed", ErrorCode::ReaderDied, "SIGKILL"},
        Case{"breaks_the_sandbox", ErrorCode::ReaderDied, "forbidden system call"},
        Case{"uses_too_much_time", ErrorCode::LimitExceeded, "processor time"},
        Case{"hangs", ErrorCode::TimedOut, "said nothing for 1 s"},
        Case{"reads_nothing", ErrorCode::TimedOut, "said nothing for 1 s"},
        Case{"closes_the_channel", ErrorCode::ReaderDied, "closed its channel"},
        Case{"sends_garbage", ErrorCode::ReaderDied, "protocol"},
        Case{"announces_too_much", ErrorCode::ReaderDied, "4294967295 bytes"},
        Case{"begins_with_a_page", ErrorCode::ReaderDied, "did not describe the file first"},
        Case{"claims_a_billion_pages", ErrorCode::ReaderDied, "too many pages"},
        Case{"fails_with_a_strange_code", ErrorCode::ReaderDied, "protocol"}),
    name_of);

TEST_P(PagesTest, IsOneClearError)
{
    reader_that(GetParam().how);
    const auto reader = open();
    ASSERT_TRUE(reader) << reader.error().message;
    const auto read = (*reader)->read_pages(1, 3, {}, {});

    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, GetParam().code) << read.error().message;
    EXPECT_THAT(read.error().message, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Readers,
    PagesTest,
    testing::Values(
        Case{"crashes_on_a_page", ErrorCode::ReaderDied, "crashed (SIGSEGV)"},
        Case{"hangs_on_a_page", ErrorCode::TimedOut, "said nothing for 1 s"},
        Case{"drips", ErrorCode::TimedOut, "took longer than 2 s"},
        Case{"floods", ErrorCode::LimitExceeded, "more than 16 MB"},
        Case{"skips_a_page", ErrorCode::ReaderDied, "a page that is not its turn"},
        Case{"sends_no_page", ErrorCode::ReaderDied, "it left out pages"},
        Case{"sends_a_page_too_many", ErrorCode::ReaderDied, "a page that is not its turn"},
        Case{"sends_a_word_outside", ErrorCode::ReaderDied, "a word lies outside the text"},
        Case{"cuts_a_character", ErrorCode::ReaderDied, "a word cuts a character"},
        Case{"sends_words_backwards", ErrorCode::ReaderDied, "out of order"},
        Case{"sends_bad_utf8", ErrorCode::ReaderDied, "not UTF-8"},
        Case{"sends_a_box_outside", ErrorCode::ReaderDied, "box of a word"},
        Case{"sends_a_box_of_nan", ErrorCode::ReaderDied, "box of a word"},
        Case{"sends_an_endless_width", ErrorCode::ReaderDied, "its size is no size"},
        Case{"sends_lines_outside", ErrorCode::ReaderDied, "lines do not start"},
        Case{"sends_sound", ErrorCode::ReaderDied, "sound that is not its turn"},
        Case{"sends_more_than_the_page", ErrorCode::ReaderDied, "longer than its fields"}),
    name_of);

TEST_P(PlayingTest, IsOneClearError)
{
    const std::string how = GetParam().how;
    reader_that(how);
    const auto reader = open();
    ASSERT_TRUE(reader) << reader.error().message;
    const bool finds = how.starts_with("finds");
    const auto frame = finds ? (*reader)->find_frame({}, {}, {}) : capture::PlayFrame{};
    const auto played = finds ? capture::Result<void>{} : (*reader)->play({}, {}, {});

    ASSERT_NE(frame.has_value(), played.has_value());
    const capture::Error error = finds ? frame.error() : played.error();
    EXPECT_EQ(error.code, GetParam().code) << error.message;
    EXPECT_THAT(error.message, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Readers,
    PlayingTest,
    testing::Values(
        Case{"crashes_while_it_plays", ErrorCode::ReaderDied, "crashed (SIGSEGV)"},
        Case{"plays_frames_backwards", ErrorCode::ReaderDied, "a frame that is not its turn"},
        Case{"plays_sound_backwards", ErrorCode::ReaderDied, "sound that is not its turn"},
        Case{"plays_a_page", ErrorCode::ReaderDied, "a page that is not its turn"},
        Case{"plays_sound_of_nan", ErrorCode::ReaderDied, "a sample is no number"},
        Case{"finds_nothing", ErrorCode::ReaderDied, "no frame came"},
        Case{"finds_too_much", ErrorCode::ReaderDied, "a frame that is not its turn"}),
    name_of);

TEST_P(RenderingTest, IsOneClearError)
{
    reader_that(GetParam().how);
    const auto reader = open();
    ASSERT_TRUE(reader) << reader.error().message;
    const auto picture = (*reader)->render_page(1, 72, {});

    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, GetParam().code) << picture.error().message;
    EXPECT_THAT(picture.error().message, HasSubstr(GetParam().says));
}
INSTANTIATE_TEST_SUITE_P(
    Readers,
    RenderingTest,
    testing::Values(
        Case{"draws_too_large", ErrorCode::ReaderDied, "more pixels than allowed"},
        Case{"draws_nothing", ErrorCode::ReaderDied, "no pixels"},
        Case{"draws_too_much", ErrorCode::ReaderDied, "do not fill the picture"}),
    name_of);

TEST_F(ClientTest, ReadsFromAReaderThatBehaves)
{
    reader_that("behaves");
    const auto reader = open();
    ASSERT_TRUE(reader);
    std::vector<int> numbers;
    capture::ReadHandler handler;
    handler.on_page = [&](const capture::Page& page) { numbers.push_back(page.number); };

    ASSERT_TRUE((*reader)->read_pages(1, 3, handler, {}));
    EXPECT_THAT(numbers, testing::ElementsAre(1, 2, 3));
    EXPECT_TRUE((*reader)->render_page(1, 72, {}));
}

TEST_F(ClientTest, StartsAnotherReaderAfterADeath)
{
    reader_that("crashes_on_a_page");
    const auto reader = open();
    ASSERT_TRUE(reader);

    EXPECT_EQ((*reader)->read_pages(1, 3, {}, {}).error().code, ErrorCode::ReaderDied);
    EXPECT_TRUE((*reader)->render_page(1, 72, {}));
}

TEST_F(ClientTest, StopsWhileTheReaderHangs)
{
    options_.limits.silence = std::chrono::seconds(60);
    options_.limits.per_page = std::chrono::seconds(60);
    reader_that("hangs_on_a_page");
    const auto reader = open();
    ASSERT_TRUE(reader);
    std::stop_source stop;
    std::jthread user([&] { stop.request_stop(); });

    EXPECT_EQ((*reader)->read_pages(1, 3, {}, stop.get_token()).error().code, ErrorCode::Cancelled);
}

TEST_F(ClientTest, DoesNotBeginWhatWasCancelled)
{
    reader_that("hangs");
    std::stop_source stop;
    stop.request_stop();

    EXPECT_EQ(
        FileReader::open(file_, {}, options_, stop.get_token()).error().code,
        ErrorCode::Cancelled);
}

TEST_F(ClientTest, EndsAPlayerThatDoesNotStop)
{
    reader_that("plays_on");
    const auto reader = open();
    ASSERT_TRUE(reader);
    std::stop_source stop;
    capture::PlayHandler handler;
    handler.on_sound = [&](const capture::PlaySound& block) {
        if (block.start_s > 0.03) stop.request_stop();
    };
    const auto began = std::chrono::steady_clock::now();
    const auto played = (*reader)->play({}, handler, stop.get_token());
    ASSERT_FALSE(played);
    EXPECT_EQ(played.error().code, ErrorCode::Cancelled) << played.error().message;
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    EXPECT_TRUE((*reader)->render_page(1, 72, {})); // another reader
}

TEST_F(ClientTest, SaysThatTheReaderIsNotInstalled)
{
    options_.program = folder_ / "nothing";

    EXPECT_EQ(error_of_opening().code, ErrorCode::MissingTool);
}

TEST_F(ClientTest, RefusesWhatIsNoFile)
{
    reader_that("behaves");
    file_ = folder_ / "missing.pdf";
    EXPECT_EQ(error_of_opening().code, ErrorCode::FileNotFound);
    EXPECT_THAT(error_of_opening().message, HasSubstr("missing.pdf"));
    file_ = folder_.path();
    EXPECT_EQ(error_of_opening().code, ErrorCode::FileUnreadable);
    EXPECT_THAT(error_of_opening().message, HasSubstr("a folder"));
    file_ = folder_ / "pipe";
    ASSERT_EQ(mkfifo(file_.c_str(), 0600), 0);
    EXPECT_THAT(error_of_opening().message, HasSubstr("a pipe"));
    file_ = "/dev/zero";
    EXPECT_THAT(error_of_opening().message, HasSubstr("a device"));
    file_ = folder_ / "loop";
    std::filesystem::create_symlink(file_, file_);
    EXPECT_THAT(error_of_opening().message, HasSubstr("leads back to itself"));

    file_ = folder_ / "socket";
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    file_.string().copy(name.sun_path, sizeof name.sun_path - 1);
    ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&name), sizeof name), 0);
    EXPECT_EQ(error_of_opening().code, ErrorCode::FileUnreadable);
    close(listener);
}

TEST_F(ClientTest, SaysThatAFileMayNotBeRead)
{
    if (geteuid() == 0) GTEST_SKIP() << "The superuser may read every file.";
    reader_that("behaves");
    std::filesystem::permissions(file_, std::filesystem::perms::none);

    EXPECT_EQ(error_of_opening().code, ErrorCode::FileUnreadable);
}

TEST_F(ClientTest, ShowsNamesThatCannotDeceive)
{
    reader_that("crashes");
    file_ = folder_.write("a\nb\xE2\x80\xAEgpj.exe", "x");
    const capture::Error error = error_of_opening();

    EXPECT_EQ(error.message.find('\n'), std::string::npos);
    EXPECT_EQ(error.message.find("\xE2\x80\xAE"), std::string::npos);
    EXPECT_THAT(error.message, HasSubstr("gpj.exe"));
}
