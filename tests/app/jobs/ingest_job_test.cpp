#include "app/ingest_job.h"

#include "tests/support/pdf_writer.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

using namespace app;
using storage::SourceStatus;
using support::TemporaryFolder;
using testing::HasSubstr;

namespace {

/// A word of its own for each page: lines that differ in digits only are taken for running heads.
std::string word_of(int page)
{
    return std::string{"word"} + static_cast<char>('a' + page / 26) +
           static_cast<char>('a' + page % 26);
}

/// A line of text on each page.
std::string small_pdf(int pages)
{
    support::PdfWriter pdf;
    for (int page = 1; page <= pages; ++page) {
        pdf.page(support::show("The pump of this page is called " + word_of(page) + ".", 72, 700));
    }
    return pdf.bytes();
}

class IngestJobTest : public testing::Test {
protected:
    void SetUp() override
    {
        auto opened = storage::Library::open(folder_ / "data", storage::Access::Write);
        ASSERT_TRUE(opened) << opened.error().message;
        library_ = std::move(*opened);
        request_.reader.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
    }

    IngestReport run(std::vector<std::filesystem::path> inputs)
    {
        request_.inputs = std::move(inputs);
        const auto report = ingest(request_, *library_, engines_, observer_, stop_.get_token());
        EXPECT_TRUE(report) << (report ? "" : report.error().message);
        return report ? *report : IngestReport{};
    }

    TemporaryFolder folder_;
    std::unique_ptr<storage::Library> library_;
    Engines engines_{folder_ / "no models", {}};
    IngestRequest request_;
    IngestObserver observer_;
    std::stop_source stop_;
};

} // namespace

TEST_F(IngestJobTest, StoresEveryPageInOrderWithPassages)
{
    const auto report = run({folder_.write("handbook.pdf", small_pdf(23))});

    ASSERT_EQ(report.sources.size(), 1U);
    const auto& source = report.sources[0];
    EXPECT_EQ(source.source.status, SourceStatus::Ready);
    EXPECT_EQ(source.source.kind, "pdf");
    EXPECT_EQ(source.source.pages, 23);
    EXPECT_GE(source.passages, 23);
    EXPECT_EQ(library_->page_numbers(source.source.id)->size(), 23U);
    EXPECT_THAT(library_->page(source.source.id, 17)->text, HasSubstr(word_of(17)));
    EXPECT_EQ(library_->session(report.session)->name, "handbook.pdf");
}

TEST_F(IngestJobTest, ABadFileFailsAlone)
{
    const auto good = folder_.write("good.txt", "A line about pumps.\n");
    const auto bad = folder_.write("bad.pdf", "%PDF-1.4\nnothing that follows makes sense");

    const auto report = run({bad, good, folder_ / "none.txt"});

    ASSERT_EQ(report.sources.size(), 3U);
    EXPECT_EQ(report.sources[0].source.status, SourceStatus::Failed);
    ASSERT_TRUE(report.sources[0].error);
    EXPECT_EQ(report.sources[1].source.status, SourceStatus::Ready);
    EXPECT_EQ(report.sources[1].source.kind, "text");
    EXPECT_EQ(report.sources[2].error->code, ErrorCode::FileNotFound);
    EXPECT_EQ(report.sources[2].source.id, 0);
}

TEST_F(IngestJobTest, ASessionIsNamedAfterTheFirstFileThatCouldBeRead)
{
    const auto bad = folder_.write("bad.pdf", "%PDF-1.4\nnothing that follows makes sense");
    const auto worse = folder_.write("worse.pdf", "%PDF-1.4\nnor does this");
    const auto good = folder_.write("good.txt", "A line about pumps.\n");
    const auto name = [&](std::vector<std::filesystem::path> inputs) {
        return library_->session(run(std::move(inputs)).session)->name;
    };

    EXPECT_EQ(name({bad, worse, good}), "good.txt");
    EXPECT_EQ(name({bad, worse}), "bad.pdf");
    request_.new_name = "Pumps";
    EXPECT_EQ(name({bad, good}), "Pumps");
    request_.new_name.clear();
    // The user names it while the first file fails.
    const auto session = *library_->create_session("bad.pdf");
    request_.session = session;
    request_.named_after_file = "bad.pdf";
    observer_.on_source = [&](const IngestedSource&) {
        static_cast<void>(library_->rename_session(session, "Mine"));
    };
    EXPECT_EQ(name({bad, good}), "Mine");
}

TEST_F(IngestJobTest, IdenticalContentIsNotReadTwice)
{
    const auto file = folder_.write("a.pdf", small_pdf(3));
    const auto first = run({file});
    request_.session = first.session;
    request_.reader.program = "/nonexistent"; // whoever reads now, fails

    const auto again = run({folder_.write("copy.pdf", small_pdf(3))});
    request_.session.reset();
    request_.new_name = "other";
    const auto elsewhere = run({file});

    EXPECT_EQ(again.sources[0].source.id, first.sources[0].source.id);
    EXPECT_EQ(elsewhere.sources[0].source.status, SourceStatus::Ready);
    EXPECT_NE(elsewhere.session, first.session);
    EXPECT_EQ(elsewhere.sources[0].passages, first.sources[0].passages);
    EXPECT_THAT(library_->page(elsewhere.sources[0].source.id, 3)->text, HasSubstr(word_of(3)));
}

TEST_F(IngestJobTest, AChangedFileBecomesANewVersion)
{
    const auto file = folder_.write("a.txt", "The limit is 40 bar.\n");
    const auto first = run({file});
    request_.session = first.session;
    folder_.write("a.txt", "The limit is 50 bar.\n");

    const auto second = run({file});

    EXPECT_EQ(second.sources[0].source.version, 2);
    EXPECT_NE(second.sources[0].source.id, first.sources[0].source.id);
    EXPECT_THAT(library_->page(first.sources[0].source.id, 1)->text, HasSubstr("40 bar"));
}

TEST_F(IngestJobTest, AStopKeepsWhatIsDoneAndTheNextRunGoesOn)
{
    const auto file = folder_.write("long.pdf", small_pdf(40));
    observer_.on_progress = [this](const IngestProgress& progress) {
        if (progress.phase == IngestPhase::Reading && progress.done >= 5) stop_.request_stop();
    };
    const auto stopped = run({file});
    ASSERT_EQ(stopped.sources[0].source.status, SourceStatus::Cancelled);
    EXPECT_TRUE(stopped.cancelled);
    const auto kept = library_->page_numbers(stopped.sources[0].source.id)->size();
    EXPECT_GE(kept, 5U);
    EXPECT_LT(kept, 40U);

    stop_ = std::stop_source{};
    std::vector<double> steps;
    observer_.on_progress = [&](const IngestProgress& progress) {
        if (progress.phase == IngestPhase::Reading) steps.push_back(progress.done);
    };
    const auto resumed = run({file});

    EXPECT_EQ(resumed.session, stopped.session);
    EXPECT_EQ(resumed.sources[0].source.id, stopped.sources[0].source.id);
    EXPECT_EQ(resumed.sources[0].source.status, SourceStatus::Ready);
    EXPECT_EQ(library_->page_numbers(resumed.sources[0].source.id)->size(), 40U);
    ASSERT_FALSE(steps.empty());
    EXPECT_EQ(steps.front(), static_cast<double>(kept + 1)); // nothing was read again
    EXPECT_TRUE(resumed.sources[0].source.warnings.empty() || resumed.sources[0].passages > 0);
}

TEST_F(IngestJobTest, AStopOfOneFileLeavesTheOthersAlone)
{
    const auto long_one = folder_.write("long.pdf", small_pdf(60));
    const auto short_one = folder_.write("short.txt", "A line about pumps.\n");
    std::stop_source stop_long;
    request_.stop_of = [&](const std::filesystem::path& path) {
        return path == long_one ? stop_long.get_token() : std::stop_token{};
    };
    observer_.on_progress = [&](const IngestProgress& progress) {
        if (progress.input == long_one && progress.phase == IngestPhase::Reading)
            stop_long.request_stop();
    };
    std::vector<std::filesystem::path> begun;
    observer_.on_begun = [&](const std::filesystem::path& input, const storage::Source& source) {
        EXPECT_NE(source.id, 0);
        begun.push_back(input);
    };

    const auto report = run({long_one, short_one});

    EXPECT_FALSE(report.cancelled);
    EXPECT_EQ(report.sources[0].source.status, SourceStatus::Cancelled);
    EXPECT_EQ(report.sources[0].input, long_one);
    EXPECT_EQ(report.sources[1].source.status, SourceStatus::Ready);
    EXPECT_THAT(begun, testing::UnorderedElementsAre(long_one, short_one));
    const auto kept = library_->page_numbers(report.sources[0].source.id)->size();
    EXPECT_GT(kept, 0U);
    EXPECT_LT(kept, 60U);
}

TEST_F(IngestJobTest, OnlyRefusedFilesLeaveNoSessionBehind)
{
    request_.inputs = {folder_ / "none.pdf"};
    const auto report = ingest(request_, *library_, engines_, observer_, {});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::FileNotFound);
    EXPECT_TRUE(library_->sessions()->empty());
}

TEST_F(IngestJobTest, MissingModelsAreSaidAndWordsStillWork)
{
    const auto report = run({folder_.write("a.txt", "The pump must be cleaned every week.\n")});

    ASSERT_EQ(report.sources[0].source.status, SourceStatus::Ready);
    ASSERT_FALSE(report.sources[0].source.warnings.empty());
    EXPECT_THAT(report.sources[0].source.warnings.back(), HasSubstr("percept-cli models fetch"));
    EXPECT_FALSE(library_->search_words("pump", {}, 5)->empty());
}
