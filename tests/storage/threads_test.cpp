// Several threads on one library: what a window, an ingest and a question do at once.
#include "base/blocking.h"
#include "tests/storage/library_fixture.h"

#include <atomic>
#include <gmock/gmock.h>
#include <thread>

using namespace storage;
using namespace storage_test;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class ThreadsTest : public LibraryTest {};

TEST_F(ThreadsTest, WritersReadersAndSearchersMeetWithoutLoss)
{
    constexpr int kPages = 25;
    const SessionId session = must(library().create_session("S"));
    const SourceId one = add_source(session, "one", "one");
    const SourceId two = add_source(session, "two", "two");
    std::atomic<int> writing{2};
    std::atomic<int> reads{0};
    const auto write = [&](SourceId source, float value) {
        for (int number = 1; number <= kPages; ++number) {
            const auto ids = must(library().add_page(
                page_of(source, number, "text"),
                std::vector{
                    passage_of("common words and number" + std::to_string(number), number)}));
            const std::vector<std::vector<float>> vectors(1, std::vector<float>(384, value));
            must(library().add_vectors(ids, vectors));
            Frame frame;
            frame.source = source;
            frame.time_s = number;
            const std::string image = "the same picture every time";
            must(library().add_frame(frame, std::as_bytes(std::span(image)), {}));
        }
        --writing;
    };
    const auto read = [&] {
        const std::vector<float> query(384, 1.0F);
        while (writing > 0) {
            const auto pages = must(library().page_numbers(one)).size();
            const auto hits = must(library().search_words("common", {{}, {one}, {}}, 100)).size();
            EXPECT_GE(hits, pages) << "a page and its passage are stored together";
            must(library().search_vectors(query, {}, 10));
            must(library().session(session));
            ++reads;
        }
    };
    {
        const std::jthread first([&] { write(one, 0.05F); });
        const std::jthread second([&] { write(two, -0.05F); });
        const std::jthread third(read);
        const std::jthread fourth(read);
    }
    EXPECT_GT(reads, 0);
    EXPECT_THAT(must(library().search_words("common", {}, 1000)), SizeIs(2 * kPages));
    EXPECT_THAT(
        must(library().search_vectors(std::vector<float>(384, 1.0F), {}, 1000)),
        SizeIs(50));
    EXPECT_THAT(must(library().frames(two)), SizeIs(kPages));
    EXPECT_THAT(must(library().check()), IsEmpty());
}

TEST_F(ThreadsTest, ACheckThatIsStoppedSaysSoAndLeavesTheLibraryInUse)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId source = add_source(session, "one", "one");
    for (int number = 1; number <= 50; ++number)
        must(library().add_page(
            page_of(source, number, "text"),
            std::vector{passage_of("words", number)}));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = library().check(stop.get_token());
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    EXPECT_THAT(must(library().check()), IsEmpty());
    must(library().add_page(page_of(source, 51, "text"), std::vector{passage_of("words", 51)}));
}

TEST_F(ThreadsTest, DeletingWhileTheSameContentIsAddedKeepsTheFile)
{
    const SessionId session = must(library().create_session("S"));
    for (int round = 0; round < 20; ++round) {
        const SourceId old = add_source(session, "old", "content");
        SourceId added = 0;
        {
            const std::jthread deleting([&] { must(library().remove_source(old)); });
            const std::jthread adding([&] { added = add_source(session, "new", "content"); });
        }
        EXPECT_EQ(support::read_file(must(library().media_path(added))), "content") << round;
        must(library().remove_source(added));
    }
}

TEST_F(ThreadsTest, ASourceDeletedWhileItIsReadEndsTheReadingWithASentence)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId source = add_source(session, "one", "one");
    std::atomic<int> pages{0};
    Error met;
    {
        const std::jthread reading([&] {
            for (int number = 1;; ++number) {
                const auto added = library().add_page(
                    page_of(source, number, "text"),
                    std::vector{passage_of("words", number)});
                if (!added) {
                    met = added.error();
                    return;
                }
                ++pages;
            }
        });
        while (pages < 3) std::this_thread::yield();
        must(library().delete_session(session));
    }
    EXPECT_EQ(met.code, ErrorCode::NotFound);
    EXPECT_THAT(must(library().search_words("words", {}, 10)), IsEmpty());
    EXPECT_THAT(must(library().check()), IsEmpty());
}

TEST_F(ThreadsTest, AThreadThatMustNotWaitIsStoppedAtTheLibrary)
{
    EXPECT_DEATH(
        {
            base::forbid_blocking_on_this_thread();
            static_cast<void>(library().sessions());
        },
        "may_block");
    EXPECT_DEATH(
        {
            base::forbid_blocking_on_this_thread();
            static_cast<void>(library().create_session("S"));
        },
        "may_block");
    EXPECT_THAT(must(library().sessions()), IsEmpty());
}

} // namespace
