#include "app/page_pictures.h"
#include "app/page_pictures_disk.h"
#include "app/page_pictures_memory.h"
#include "tests/capture/reader/sample_files.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/run_command.h"

#include <algorithm>
#include <condition_variable>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <thread>

using app::DiskPictures;
using app::PagePicture;
using app::PagePictures;
using app::PagePriority;
using app::PageSource;
using app::PageWish;
using app::PictureKey;
using base::ErrorCode;
using testing::ElementsAre;

namespace {

capture::Picture noise(int width_px, int height_px, unsigned seed)
{
    capture::Picture picture{width_px, height_px, {}};
    for (int i = 0; i < width_px * height_px * 3; ++i) {
        seed = seed * 1'664'525 + 1'013'904'223;
        picture.rgb.push_back(static_cast<std::uint8_t>(seed >> 24));
    }
    return picture;
}

/// A page whose background has a brightness of its own.
std::string page_of_gray(int number)
{
    return std::to_string(number / 100.0) + " g 0 0 595 842 re f";
}

class PagePicturesTest : public testing::Test {
protected:
    PagePicturesTest()
    {
        options_.cache_folder = folder_ / "cache";
        options_.reader.program = std::filesystem::path(PERCEPT_BIN_DIR) / "percept-reader";
    }

    void start()
    {
        pictures_ = std::make_unique<PagePictures>(
            options_,
            [this](PagePictures::Ticket ticket, app::Result<PagePicture> picture) {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [&] { return !held_; });
                order_.push_back(ticket);
                came_.emplace(ticket, std::move(picture));
                changed_.notify_all();
            });
    }
    PageSource document(int pages, const std::string& name = "a.pdf")
    {
        support::PdfWriter pdf;
        for (int page = 1; page <= pages; ++page) pdf.page(page_of_gray(page));
        return {folder_.write(name, pdf.bytes()), "sha-of-" + name, name, ""};
    }
    PagePictures::Ticket
    ask(const PageSource& source, int page, PagePriority priority, int width_px = 100)
    {
        return pictures_->request(PageWish{source, page, width_px, priority});
    }
    app::Result<PagePicture> wait_for(PagePictures::Ticket ticket)
    {
        std::unique_lock lock(mutex_);
        const bool came = changed_.wait_for(lock, std::chrono::seconds(60), [&] {
            return came_.contains(ticket);
        });
        EXPECT_TRUE(came);
        return came ? came_.at(ticket) : PagePicture{};
    }
    void hold(bool held)
    {
        const std::lock_guard lock(mutex_);
        held_ = held;
        changed_.notify_all();
    }
    static int gray_of(const app::Result<PagePicture>& picture)
    {
        return picture && *picture ? (*picture)->rgb.at(3000) : -1;
    }

    support::TemporaryFolder folder_;
    PagePictures::Options options_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool held_ = false;
    std::map<PagePictures::Ticket, app::Result<PagePicture>> came_;
    std::vector<PagePictures::Ticket> order_;
    std::unique_ptr<PagePictures> pictures_;
};

} // namespace

TEST_F(PagePicturesTest, DrawsThePageThatWasAskedFor)
{
    start();
    const PageSource source = document(60);
    for (const int page : {1, 60, 31}) {
        const auto picture = wait_for(ask(source, page, PagePriority::Visible));
        ASSERT_TRUE(picture) << picture.error().message;
        EXPECT_EQ((*picture)->width_px, 100);
        EXPECT_NEAR(gray_of(picture), page * 2.55, 2);
        EXPECT_EQ(pictures_->in_memory(source, page, 100), *picture);
    }
    EXPECT_EQ(pictures_->in_memory(source, 2, 100), nullptr);
    const auto wide = wait_for(ask(source, 31, PagePriority::Visible, 300));
    EXPECT_EQ(pictures_->similar_in_memory(source, 31), *wide);
    EXPECT_EQ(pictures_->similar_in_memory(source, 30), nullptr);
    const auto missing = wait_for(ask(source, 61, PagePriority::Visible));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

TEST_F(PagePicturesTest, AnswersWhatIsSeenBeforeThumbnailsAndTheNewestFirst)
{
    start();
    const PageSource source = document(20);
    wait_for(ask(source, 1, PagePriority::Visible)); // opened
    hold(true);
    // Both workers are busy with an answer that is not taken.
    const auto first = ask(source, 2, PagePriority::Visible);
    const auto second = ask(source, 3, PagePriority::Visible);
    ASSERT_NE(first, second);
    while (!pictures_->in_memory(source, 2, 100) || !pictures_->in_memory(source, 3, 100))
        std::this_thread::yield();
    const auto thumbnail = ask(source, 4, PagePriority::Thumbnail);
    const auto gone = ask(source, 5, PagePriority::Visible);
    const auto visible = ask(source, 6, PagePriority::Visible);
    const auto newest = ask(source, 7, PagePriority::Visible);
    const auto again = ask(source, 6, PagePriority::Thumbnail); // the same, less urgently
    pictures_->cancel(gone);
    hold(false);
    wait_for(thumbnail);
    wait_for(visible);
    wait_for(newest);
    EXPECT_EQ(gray_of(wait_for(again)), gray_of(wait_for(visible)));
    EXPECT_EQ(pictures_->in_memory(source, 5, 100), nullptr); // nobody drew it

    const std::lock_guard lock(mutex_);
    const auto place = [&](PagePictures::Ticket ticket) {
        return std::find(order_.begin(), order_.end(), ticket) - order_.begin();
    };
    // Two workers: the thumbnail is begun when the first of the seen pages is done, and may then
    // overtake the other.
    EXPECT_LT(std::min(place(visible), place(newest)), place(thumbnail));
    EXPECT_FALSE(came_.contains(gone));
}

TEST_F(PagePicturesTest, ServesTwoDocumentsAndLetsThemGo)
{
    start();
    const PageSource a = document(3, "a.pdf"), b = document(9, "b.pdf"), c = document(2, "c.pdf");
    for (int round = 0; round < 3; ++round) {
        for (const PageSource& source : {a, b, c}) {
            const auto picture = wait_for(ask(source, 2, PagePriority::Visible, 100 + round));
            ASSERT_TRUE(picture) << picture.error().message;
        }
    }
    pictures_->release(a.sha256);
    pictures_->release(b.sha256);
    pictures_->release(c.sha256);
    // All reader processes end.
    const auto readers = [] {
        std::ifstream file("/proc/self/task/" + std::to_string(getpid()) + "/children");
        return std::distance(std::istream_iterator<int>(file), std::istream_iterator<int>());
    };
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (readers() > 0 && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
    EXPECT_EQ(readers(), 0);
    EXPECT_TRUE(wait_for(ask(a, 3, PagePriority::Visible))); // and come back
}

TEST_F(PagePicturesTest, FindsItsPicturesAgainInTheNextRun)
{
    start();
    const PageSource source = document(3);
    const auto first = wait_for(ask(source, 2, PagePriority::Visible));
    ASSERT_TRUE(first);
    pictures_.reset(); // waits until it is on the disk
    came_.clear();
    std::filesystem::remove(source.file); // the document is not needed

    start();
    const auto second = wait_for(ask(source, 2, PagePriority::Visible));
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ((*second)->rgb, (*first)->rgb);
    const auto other = wait_for(ask(source, 1, PagePriority::Visible));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::FileNotFound);
}

TEST_F(PagePicturesTest, MakesADamagedFileAgain)
{
    start();
    const PageSource source = document(3);
    const auto first = wait_for(ask(source, 2, PagePriority::Visible));
    pictures_.reset();
    came_.clear();
    const auto path = options_.cache_folder / "pages" / source.sha256 / "2-100";
    ASSERT_TRUE(std::filesystem::exists(path));
    std::string bytes = support::read_file(path);
    bytes[bytes.size() / 2] ^= 1;
    folder_.write(std::filesystem::relative(path, folder_.path()).string(), bytes);

    start();
    const auto second = wait_for(ask(source, 2, PagePriority::Visible));
    ASSERT_TRUE(second);
    EXPECT_EQ((*second)->rgb, (*first)->rgb);
    pictures_.reset();
    EXPECT_TRUE(app::unpacked_picture(support::read_file(path)));
}

TEST_F(PagePicturesTest, DrawsPicturesAndSaysWhatItCannotDraw)
{
    start();
    const PageSource photo{folder_.write("a.png", sample::picture("PNG")), "photo", "a.png", ""};
    const auto small = wait_for(ask(photo, 1, PagePriority::Visible, 50));
    ASSERT_TRUE(small) << small.error().message;
    EXPECT_EQ((*small)->width_px, 50);
    const PageSource words{folder_.write("a.txt", "Only words."), "words", "a.txt", ""};
    const auto none = wait_for(ask(words, 1, PagePriority::Visible));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::UnsupportedFile);
    EXPECT_TRUE(PagePictures::has_pictures("pdf"));
    EXPECT_TRUE(PagePictures::has_pictures("office"));
    EXPECT_FALSE(PagePictures::has_pictures("text"));
    EXPECT_FALSE(PagePictures::has_pictures("audio"));
}

TEST_F(PagePicturesTest, ConvertsAnOfficeFileOnce)
{
    if (!support::has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed.";
    start();
    const PageSource source{
        folder_.write("a.docx", sample::docx("The harbour opens at nine.")),
        "office",
        "a.docx",
        ""};
    const auto one = ask(source, 1, PagePriority::Visible, 100);
    const auto two = ask(source, 1, PagePriority::Visible, 200);
    ASSERT_TRUE(wait_for(one)) << wait_for(one).error().message;
    ASSERT_TRUE(wait_for(two));
    pictures_.reset();
    came_.clear();
    EXPECT_TRUE(std::filesystem::exists(options_.cache_folder / "office" / "office.pdf"));
    options_.reader.office_program = folder_ / "nowhere"; // not needed any more
    start();
    EXPECT_TRUE(wait_for(ask(source, 1, PagePriority::Visible, 300)));
}

TEST(PackedPictureTest, ComesBackTheSameOrNotAtAll)
{
    for (const auto& [width_px, height_px] : {std::pair{1, 1}, {3, 2}, {120, 77}}) {
        const capture::Picture picture = noise(width_px, height_px, 7);
        const std::string bytes = app::packed_picture(picture);
        const auto back = app::unpacked_picture(bytes);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->width_px, width_px);
        EXPECT_EQ(back->rgb, picture.rgb);
        for (std::size_t i = 0; i < bytes.size(); i += 1 + bytes.size() / 500) {
            std::string bad = bytes;
            bad[i] = static_cast<char>(bad[i] ^ 0x10);
            EXPECT_FALSE(app::unpacked_picture(bad)) << i;
            EXPECT_FALSE(app::unpacked_picture(bytes.substr(0, i))) << i;
        }
        EXPECT_FALSE(app::unpacked_picture(bytes + "x"));
    }
}

TEST(DiskPicturesTest, ThrowsOutWhatWasNotUsedForLongest)
{
    support::TemporaryFolder folder;
    const auto picture = noise(100, 100, 3); // 30 KB that cannot be packed
    {
        DiskPictures disk(folder / "pages", 10 * 31'000);
        for (int page = 1; page <= 9; ++page) disk.put({"a", page, 100}, picture);
        EXPECT_TRUE(disk.get({"a", 1, 100})); // used: the second is now the oldest
        disk.put({"b", 1, 100}, picture);
        disk.put({"b", 2, 100}, picture); // over the limit: a tenth more goes
        EXPECT_FALSE(disk.get({"a", 2, 100}));
        EXPECT_FALSE(disk.get({"a", 3, 100}));
        EXPECT_TRUE(disk.get({"a", 1, 100}));
        EXPECT_TRUE(disk.get({"b", 2, 100}));
        EXPECT_LE(disk.size_bytes(), 10u * 31'000);
    }
    // The next run knows what is there, and cleans up what a crash left.
    folder.write("pages/a/part-1-2", "half a pic");
    folder.write("pages/a/4-100", "torn");
    DiskPictures disk(folder / "pages", 10 * 31'000);
    EXPECT_TRUE(disk.get({"a", 1, 100}));
    EXPECT_FALSE(disk.get({"a", 4, 100}));
    EXPECT_FALSE(std::filesystem::exists(folder / "pages" / "a" / "4-100"));
    EXPECT_FALSE(std::filesystem::exists(folder / "pages" / "a" / "part-1-2"));
}

TEST(DiskPicturesTest, GoesWithoutADiskThatRefuses)
{
    support::TemporaryFolder folder;
    const auto blocked = folder.write("pages", "a file where the folder should be");
    DiskPictures disk(blocked, 1 << 20);
    disk.put({"a", 1, 100}, noise(10, 10, 1));
    EXPECT_FALSE(disk.get({"a", 1, 100}));
}

TEST(MemoryPicturesTest, KeepsWhatWasUsedLast)
{
    app::MemoryPictures memory(3 * 300);
    const auto picture = std::make_shared<const capture::Picture>(noise(10, 10, 1));
    for (int page = 1; page <= 3; ++page) memory.put({"a", page, 10}, picture);
    EXPECT_TRUE(memory.get({"a", 1, 10}));
    memory.put({"a", 4, 10}, picture);
    EXPECT_FALSE(memory.get({"a", 2, 10}));
    EXPECT_TRUE(memory.get({"a", 1, 10}));
    memory.put({"a", 1, 30}, std::make_shared<const capture::Picture>(noise(100, 100, 1)));
    EXPECT_TRUE(memory.get({"a", 1, 30})); // larger than all: alone
    EXPECT_FALSE(memory.get({"a", 1, 10}));
    EXPECT_TRUE(memory.widest("a", 1));
    EXPECT_FALSE(memory.widest("a", 2));
}
