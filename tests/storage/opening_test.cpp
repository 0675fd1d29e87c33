// What open() meets: other programs, newer, older and damaged files, leftovers.
#include "storage/migrations.h"
#include "tests/storage/library_fixture.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace storage;
using namespace storage_test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

namespace fs = std::filesystem;

class OpeningTest : public LibraryTest {
protected:
    fs::path database() const { return data_dir() / "percept.sqlite"; }
    Result<std::unique_ptr<Library>> open(Access access) const
    {
        return Library::open(data_dir(), access);
    }
    /// Every byte below the data folder except the lock, which names whoever tried last.
    std::map<std::string, std::string> all_bytes() const
    {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(data_dir()))
            if (entry.is_regular_file() && entry.path().filename() != "writer.lock")
                files[entry.path().string()] = support::read_file(entry.path());
        return files;
    }
    void overwrite(std::uint64_t offset, std::string_view bytes) const
    {
        std::fstream file(database(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(offset));
        file << bytes;
    }
    void fill(int pages)
    {
        const SessionId session = must(library().create_session("Kept"));
        const SourceId source = add_source(session, "a.pdf", "content");
        for (int i = 1; i <= pages; ++i)
            must(library().add_page(
                page_of(source, i, std::string(3000, 'x')),
                std::vector{passage_of("passage number " + std::to_string(i), i)}));
        finish(source);
    }
};

TEST_F(OpeningTest, ASecondWriterIsToldWhoHoldsTheLibraryAndReadersGoOn)
{
    must(library().create_session("S"));

    const auto second = open(Access::Write);

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::LibraryInUse);
    EXPECT_THAT(second.error().message, HasSubstr("storage_opening"));
    EXPECT_THAT(second.error().message, HasSubstr(std::to_string(::getpid())));
    const auto reader = must(open(Access::Read));
    EXPECT_THAT(must(reader->sessions()), SizeIs(1));
    must(library().create_session("T"));
    EXPECT_THAT(must(reader->sessions()), SizeIs(2));
    EXPECT_EQ(reader->create_session("U").error().code, ErrorCode::BadUsage);

    library_.reset();
    EXPECT_TRUE(open(Access::Write)) << "the lock ends with its holder";
}

TEST_F(OpeningTest, ReadingDoesNotCreateALibrary)
{
    const auto missing = Library::open(folder_ / "none", Access::Read);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(fs::exists(folder_ / "none"));
}

TEST_F(OpeningTest, ANewerLibraryIsRefusedUntouched)
{
    fill(3);
    library_.reset();
    overwrite(60, {"\0\0\0\x63", 4}); // user_version 99
    const auto before = all_bytes();

    for (const Access access : {Access::Write, Access::Read}) {
        const auto opened = open(access);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::LibraryTooNew);
        EXPECT_THAT(opened.error().message, HasSubstr("99"));
    }
    EXPECT_EQ(all_bytes(), before);
}

TEST_F(OpeningTest, DamageIsReportedAndCopiedAsideNeverOverwritten)
{
    fill(40);
    library_.reset();
    const std::string good = support::read_file(database());
    // The first bytes, the middle, an empty shell of the right size, and a file that lost its end.
    const std::array<std::string, 4> broken = {
        "garbage" + good.substr(7),
        good.substr(0, 8192) + std::string(good.size() - 8192, '\x5a'),
        std::string(good.size(), '\0'),
        good.substr(0, good.size() / 3)};
    for (std::size_t i = 0; i < broken.size(); ++i) {
        fs::remove_all(data_dir() / "damaged");
        std::ofstream(database(), std::ios::binary | std::ios::trunc) << broken[i];
        for (int attempt = 0; attempt < 2; ++attempt) {
            const auto opened = open(Access::Write);
            ASSERT_FALSE(opened) << i;
            EXPECT_EQ(opened.error().code, ErrorCode::LibraryDamaged) << opened.error().message;
            EXPECT_THAT(opened.error().message, HasSubstr("damaged/percept-"));
        }
        EXPECT_EQ(support::read_file(database()), broken[i]) << i;
        std::vector<fs::path> copies;
        for (const auto& entry : fs::directory_iterator(data_dir() / "damaged"))
            copies.push_back(entry.path());
        ASSERT_THAT(copies, SizeIs(1)) << "the same damage is copied once";
        EXPECT_EQ(support::read_file(copies[0]), broken[i]);
    }
}

TEST_F(OpeningTest, AnotherProgramsDatabaseIsNotOurs)
{
    library_.reset();
    fs::remove_all(data_dir());
    fs::create_directories(data_dir());
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(database().c_str(), &other), SQLITE_OK);
    sqlite3_exec(other, "CREATE TABLE theirs (x)", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    const std::string before = support::read_file(database());

    EXPECT_EQ(open(Access::Write).error().code, ErrorCode::LibraryDamaged);
    EXPECT_EQ(support::read_file(database()), before);
}

TEST_F(OpeningTest, AnOlderLibraryIsBackedUpAndBroughtUpToDate)
{
    library_.reset();
    fs::remove(database());
    {
        auto old = must(Database::open(database(), Database::Mode::Write));
        must(old->script("PRAGMA journal_mode = WAL"));
        must(migrate(*old, 1));
        must(old->run("INSERT INTO session (name, created) VALUES ('Old', 'then')"));
    }

    auto reader = must(open(Access::Read)); // upgrades first: nobody else is writing

    EXPECT_EQ(must(reader->sessions()).at(0).name, "Old");
    EXPECT_THAT(must(reader->messages(1)), IsEmpty());
    std::vector<fs::path> backups;
    for (const auto& entry : fs::directory_iterator(data_dir() / "backup"))
        backups.push_back(entry.path());
    ASSERT_THAT(backups, SizeIs(1));
    auto kept = must(Database::open(backups[0], Database::Mode::Read));
    EXPECT_EQ(must(kept->value("PRAGMA user_version")), 1);
    EXPECT_EQ(must(kept->value("SELECT count(*) FROM session")), 1);
}

TEST_F(OpeningTest, TheVersionBeforeKeepsItsWordsAndTheyAreFound)
{
    library_.reset();
    fs::remove(database());
    {
        auto old = must(Database::open(database(), Database::Mode::Write));
        must(old->script("PRAGMA journal_mode = WAL"));
        must(migrate(*old, 2));
        must(old->script(
            "INSERT INTO session (name, created) VALUES ('Old orchard', 'then');"
            "INSERT INTO message (session, role, text, mode, outcome, engine, created) "
            "VALUES (1, 1, 'The quince is ripe.', 'quoted', 'found', 'starter', 'then');"
            "INSERT INTO note (session, time_s, text, created) VALUES (1, 2.5, 'pick it', '');"));
    }

    reopen();

    EXPECT_THAT(library().opening_notes(), ElementsAre(HasSubstr("backup/percept-v2-")));
    const Session session = must(library().sessions()).at(0);
    EXPECT_EQ(session.name, "Old orchard");
    EXPECT_FALSE(session.pinned);
    EXPECT_THAT(session.tags, IsEmpty());
    EXPECT_EQ(session.messages, 1);
    EXPECT_THAT(must(library().search_messages("quinces", {}, 9)), SizeIs(1));
    EXPECT_THAT(must(library().search_notes("pick", {}, 9)), SizeIs(1));
    EXPECT_THAT(must(library().search_names("orch", 9)), SizeIs(1));
    EXPECT_THAT(must(library().check()), IsEmpty());
    must(library().delete_session(session.id));
    EXPECT_THAT(must(library().search_messages("quince", {}, 9)), IsEmpty());
    EXPECT_THAT(must(library().search_names("old", 9)), IsEmpty());
    EXPECT_THAT(must(library().check()), IsEmpty());
}

TEST_F(OpeningTest, FilesFromBeforeTheirNamesWereIndexedAreFound)
{
    library_.reset();
    fs::remove(database());
    {
        auto old = must(Database::open(database(), Database::Mode::Write));
        must(old->script("PRAGMA journal_mode = WAL"));
        must(migrate(*old, 4));
        must(old->script(
            "INSERT INTO session (name, created) VALUES ('Orchard', 'then');"
            "INSERT INTO words_name (rowid, name, tags) VALUES (1, 'Orchard', '');"
            "INSERT INTO media VALUES (printf('%064d', 1), 3, '/elsewhere/trees.pdf');"
            "INSERT INTO source (session, path, version, kind, format, title, media, status, "
            "size_bytes, created) VALUES (1, '/home/a/old trees/old trees.pdf', 1, 'pdf', 'PDF', "
            "'', printf('%064d', 1), 1, 3, 'then');"));
    }

    reopen();

    const auto found = must(library().search_files("trees", 9));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].source.path, "/home/a/old trees/old trees.pdf");
    EXPECT_THAT(must(library().search_files("home", 9)), IsEmpty());
    must(library().delete_session(1));
    EXPECT_THAT(must(library().search_files("trees", 9)), IsEmpty());
}

TEST_F(OpeningTest, AnAnswerFromBeforeNotesWereKeptHasNone)
{
    library_.reset();
    fs::remove(database());
    {
        auto old = must(Database::open(database(), Database::Mode::Write));
        must(old->script("PRAGMA journal_mode = WAL"));
        must(migrate(*old, 3));
        must(old->script(
            "INSERT INTO session (name, created) VALUES ('Orchard', 'then');"
            "INSERT INTO message (session, role, text, mode, outcome, engine, created) "
            "VALUES (1, 1, 'The quince is ripe.', 'quoted', 'possible', 'starter', 'then');"
            "INSERT INTO words_message (rowid, text) SELECT id, text FROM message;"));
    }

    reopen();

    EXPECT_THAT(library().opening_notes(), ElementsAre(HasSubstr("backup/percept-v3-")));
    const Message answer = must(library().messages(1)).at(0);
    EXPECT_EQ(answer.text, "The quince is ripe.");
    EXPECT_THAT(answer.notes, IsEmpty());
    EXPECT_THAT(answer.not_covered, IsEmpty());
    EXPECT_EQ(answer.elapsed_s, 0);
    EXPECT_THAT(must(library().nearest(answer.id)), IsEmpty());
    EXPECT_THAT(must(library().search_messages("quinces", {}, 9)), SizeIs(1));
    EXPECT_THAT(must(library().check()), IsEmpty());
}

TEST_F(OpeningTest, RemovesLeftoversAndNamesWhatIsMissing)
{
    const SessionId session = must(library().create_session("S"));
    const SourceId lost = add_source(session, "lost", "lost content");
    const SourceId kept = add_source(session, "kept", "kept content");
    const fs::path lost_file = must(library().media_path(lost));
    library_.reset();
    fs::remove(lost_file);
    fs::create_directories(data_dir() / "media/ab");
    const auto orphan = data_dir() / "media/ab" / ("ab" + std::string(62, '0'));
    std::ofstream(orphan) << "orphan";
    std::ofstream(data_dir() / "media/7.part") << "half";

    reopen();

    EXPECT_FALSE(fs::exists(orphan));
    EXPECT_FALSE(fs::exists(data_dir() / "media/7.part"));
    EXPECT_EQ(support::read_file(must(library().media_path(kept))), "kept content");
    EXPECT_EQ(library().media_path(lost).error().code, ErrorCode::FileNotFound);
    EXPECT_THAT(
        library().opening_notes(),
        ElementsAre(
            HasSubstr("read 2 files"),
            HasSubstr("Removed 2 files"),
            HasSubstr(lost_file.string())));
    EXPECT_EQ(must(library().source(kept)).status, SourceStatus::Partial);
    EXPECT_THAT(must(library().source(kept)).warnings, SizeIs(1));
    EXPECT_THAT(must(library().check()), ElementsAre(HasSubstr("is missing")));
}

TEST_F(OpeningTest, AReaderThatClosesLastDoesNotCheckpoint)
{
    // A child writes, is killed with its log full, and only a reader ever looks after that.
    library_.reset();
    std::array<int, 2> pipe_ends = {};
    ASSERT_EQ(::pipe(pipe_ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        auto library = Library::open(data_dir(), Access::Write);
        const bool done = library && (*library)->create_session("From the child");
        static_cast<void>(!::write(pipe_ends[1], done ? "1" : "0", 1));
        ::pause();
        ::_exit(0);
    }
    char done = 0;
    ASSERT_EQ(::read(pipe_ends[0], &done, 1), 1);
    ASSERT_EQ(done, '1');
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const fs::path log = database().string() + "-wal";
    const std::string log_before = support::read_file(log);
    ASSERT_THAT(log_before, testing::Not(IsEmpty()));
    const std::string before = support::read_file(database());

    EXPECT_THAT(must(must(open(Access::Read))->sessions()), SizeIs(1));

    EXPECT_EQ(support::read_file(log), log_before);
    EXPECT_EQ(support::read_file(database()), before);
    reopen();
    EXPECT_THAT(must(library().sessions()), SizeIs(1));
}
} // namespace
