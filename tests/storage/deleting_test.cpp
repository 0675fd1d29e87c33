// Deleted means gone: rows, index entries, files, and every byte of the words.
#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>
#include <random>

using namespace storage;
using namespace storage_test;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

namespace fs = std::filesystem;

/// Words that no language has, so that finding one means that it was not deleted.
std::string word_of(std::mt19937& random)
{
    std::string word = "q";
    for (int i = 0; i < 11; ++i) word += static_cast<char>('a' + random() % 26);
    return word;
}

class DeletingTest : public LibraryTest {
protected:
    std::string where_;
    int files_with(const std::vector<std::string>& words)
    {
        int found = 0;
        for (const auto& entry : fs::recursive_directory_iterator(data_dir())) {
            if (!entry.is_regular_file()) continue;
            const std::string bytes = support::read_file(entry.path());
            for (const std::string& word : words)
                // The index keeps stems: the first letters are enough to recognise one.
                if (bytes.find(word.substr(0, 8)) != std::string::npos) {
                    ++found;
                    where_ += word + " is in " + entry.path().string() + "\n";
                    break;
                }
        }
        return found;
    }
    /// A session of `pages` pages full of its own words, with everything that can hold text.
    SessionId session_of(std::vector<std::string>& words, std::mt19937& random, int pages)
    {
        const auto fresh = [&] {
            words.push_back(word_of(random));
            return words.back();
        };
        const SessionId session = must(library().create_session(fresh()));
        const SourceId source = add_source(session, fresh(), "media " + fresh());
        for (int number = 1; number <= pages; ++number) {
            std::string text;
            for (int i = 0; i < 60; ++i) text += fresh() + ' ';
            must(library().add_page(
                page_of(source, number, text),
                std::vector{passage_of(text, number), passage_of(text, number, "de")}));
        }
        Segment segment;
        segment.text = fresh();
        segment.words = {{0, 1, segment.text, 1}};
        must(library().add_segments(source, std::vector{segment}, {}));
        Frame frame;
        frame.source = source;
        frame.text = fresh();
        const std::string image = "picture " + fresh();
        must(library().add_frame(frame, std::as_bytes(std::span(image)), {}));
        Message message;
        message.session = session;
        message.text = fresh();
        Citation citation;
        citation.source = source;
        citation.quote = fresh();
        message.notes = {fresh()};
        NearPlace near;
        near.source = source;
        near.snippet = fresh();
        must(library().add_message(message, std::vector{citation}, std::vector{near}));
        must(library().add_note({0, session, {}, fresh(), {}}));
        must(library().set_tags(session, std::vector{fresh()}));
        must(library().add_artifact({0, session, "brief", fresh(), {}}));
        must(library().add_marker({0, source, 1, fresh()}));
        finish(source);
        return session;
    }
};

TEST_F(DeletingTest, NoDeletedWordIsInAnyByteOfTheDataFolder)
{
    std::mt19937 random(11);
    std::vector<std::string> kept;
    std::vector<std::string> gone;
    session_of(kept, random, 15);
    const SessionId session = session_of(gone, random, 25);
    session_of(kept, random, 15);

    const Removed removed = must(library().delete_session(session));

    EXPECT_EQ(removed.sessions, 1);
    EXPECT_EQ(removed.sources, 1);
    EXPECT_EQ(removed.passages, 50);
    EXPECT_EQ(removed.media_bytes, 6u + 12u + 8u + 12u);
    EXPECT_EQ(files_with(gone), 0) << where_;
    EXPECT_GT(files_with(kept), 0) << "the search itself works";
    EXPECT_THAT(must(library().sessions()), SizeIs(2));
    EXPECT_THAT(must(library().check()), IsEmpty());
    EXPECT_THAT(must(library().search_words(gone[10], {}, 5)), IsEmpty());
    EXPECT_THAT(must(library().search_words(kept[10], {}, 5)), SizeIs(2));
    EXPECT_EQ(library().delete_session(session).error().code, ErrorCode::NotFound);
    library_.reset();
    EXPECT_EQ(files_with(gone), 0) << where_;
}

TEST_F(DeletingTest, NoWordOfAnEmptiedTrashIsInAnyByteOfTheDataFolder)
{
    std::mt19937 random(12);
    std::vector<std::string> kept;
    std::vector<std::string> gone;
    session_of(kept, random, 5);
    const SessionId session = session_of(gone, random, 5);
    must(library().trash_session(session));
    EXPECT_GT(files_with(gone), 0) << "it can still be taken back";

    must(library().empty_trash());
    where_.clear();

    EXPECT_EQ(files_with(gone), 0) << where_;
    EXPECT_GT(files_with(kept), 0);
}

TEST_F(DeletingTest, DeletedNotesAndQuestionsLeaveNoByte)
{
    std::mt19937 random(13);
    std::vector<std::string> gone = {word_of(random), word_of(random), word_of(random)};
    const SessionId session = must(library().create_session("S"));
    const auto note = must(library().add_note({0, session, {}, gone[0], {}}));
    Message message;
    message.session = session;
    message.text = gone[1];
    const MessageId first = must(library().add_message(message, {}));
    message.text = gone[2];
    must(library().add_message(message, {}));
    EXPECT_GT(files_with(gone), 0);

    must(library().delete_note(note));
    must(library().delete_messages_from(session, first));
    where_.clear();

    EXPECT_EQ(files_with(gone), 0) << where_;
}

TEST_F(DeletingTest, AFileThatAnotherSourceUsesStays)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId one = add_source(session, "one", "shared");
    const SourceId two = add_source(session, "two", "shared");

    EXPECT_EQ(must(library().remove_source(one)).media_bytes, 0u);
    EXPECT_EQ(support::read_file(must(library().media_path(two))), "shared");
    EXPECT_EQ(must(library().remove_source(two)).media_bytes, 6u);
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(data_dir() / "media"))
        files += entry.is_regular_file();
    EXPECT_EQ(files, 0);
    EXPECT_EQ(library().remove_source(two).error().code, ErrorCode::NotFound);
}

TEST_F(DeletingTest, WordsGoOnceALateReaderIsDone)
{
    std::mt19937 random(5);
    std::vector<std::string> gone;
    const SessionId session = session_of(gone, random, 3);
    auto reader = must(Library::open(data_dir(), Access::Read));
    // A reader in the middle of its transaction still needs the log.
    const auto copied = reader->backup(
        folder_ / "copy",
        [&](double share) {
            if (share > 0 && library_) must(library().delete_session(session));
            library_.reset();
        },
        {});
    ASSERT_FALSE(copied); // its stored files went meanwhile, which is said
    EXPECT_EQ(copied.error().code, ErrorCode::FileNotFound) << copied.error().message;
    EXPECT_FALSE(fs::exists(folder_ / "copy"));

    reopen();
    must(library().create_session("anything"));

    EXPECT_EQ(files_with(gone), 0) << where_;
}

} // namespace
