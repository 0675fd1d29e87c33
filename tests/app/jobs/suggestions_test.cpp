// Questions suggested from the bundled sample: its handbook as the reader reads it, its meeting as
// it was written.
#include "app/suggestions.h"

#include "app/answer/ask.h"
#include "app/answer/passages.h"
#include "app/ask_job.h"
#include "app/ingest_job.h"
#include "tests/storage/library_fixture.h"
#include "tests/support/models.h"

#include <fstream>
#include <gmock/gmock.h>

using namespace app;
using storage_test::must;
using testing::EndsWith;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

class SuggestionsTest : public storage_test::LibraryTest {
protected:
    storage::SessionId read_sample(Engines& engines)
    {
        const std::filesystem::path sample =
            std::filesystem::path{PERCEPT_SOURCE_DIR} / "resources/sample";
        IngestRequest request;
        request.inputs = {sample / "handbook.pdf"};
        request.new_name = "Harbour House";
        request.reader.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
        const auto report = must(ingest(request, library(), engines, {}, {}));
        const auto source = must(library().source(add_source(report.session, "meeting.ogg", "x")));
        std::vector<storage::Segment> segments;
        std::ifstream lines(sample / "meeting.txt");
        for (std::string line; std::getline(lines, line);) {
            if (line.size() < 5 || line[0] == '#') continue;
            storage::Segment segment;
            segment.start_s = 5.0 * static_cast<double>(segments.size());
            segment.end_s = segment.start_s + 5;
            segment.text = line.substr(4);
            segment.language = "en";
            segments.push_back(segment);
        }
        answer::PassageBuilder builder(source);
        auto passages = builder.add_segments(segments);
        for (auto& passage : builder.finish()) passages.push_back(std::move(passage));
        must(library().add_segments(source.id, segments, passages));
        finish(source.id);
        return report.session;
    }

    Engines engines_{folder_ / "no models", {}};
};

TEST_F(SuggestionsTest, TheSampleGivesQuestionsThatItAnswers)
{
    const auto session = read_sample(engines_);

    const auto suggestions = must(suggest_questions(session, 4, library(), nullptr));

    ASSERT_THAT(suggestions, SizeIs(4));
    std::set<storage::SourceId> sources;
    answer::Answerer answerer(library(), nullptr);
    for (const auto& suggestion : suggestions) {
        std::printf("  %s\n", suggestion.question.c_str());
        EXPECT_THAT(suggestion.question, EndsWith("?"));
        EXPECT_LT(suggestion.question.size(), 80u);
        const auto answer = must(answerer.ask(suggestion.question, {{session}, {}, {}}));
        EXPECT_EQ(answer.outcome, answer::Outcome::Found) << suggestion.question;
        EXPECT_EQ(answer.quotes.at(0).citation.source, suggestion.source);
        sources.insert(suggestion.source);
    }
    std::vector<std::string> again;
    for (const auto& suggestion : must(suggest_questions(session, 4, library(), nullptr)))
        again.push_back(suggestion.question);
    for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(again[i], suggestions[i].question);
    EXPECT_THAT(must(library().messages(session)), IsEmpty()) << "asked quietly";
}

TEST_F(SuggestionsTest, TheSampleGivesQuestionsByMeaningToo)
{
    if (!support::model_file("all-minilm-l6-v2/model.safetensors"))
        GTEST_SKIP() << support::no_model("all-minilm-l6-v2");
    Engines engines{support::models_folder(), {}};
    const auto session = read_sample(engines);
    Answerers answerers;
    auto* embedder = must(engines.embedder());

    const auto suggestions =
        must(suggest_questions(session, 6, library(), embedder, {}, &answerers));

    EXPECT_THAT(suggestions, SizeIs(6));
    for (const auto& suggestion : suggestions) {
        std::printf("  %s\n", suggestion.question.c_str());
        const auto answer =
            must(answerers.of(library(), embedder)->ask(suggestion.question, {{session}, {}, {}}));
        EXPECT_EQ(answer.outcome, answer::Outcome::Found) << suggestion.question;
    }
}

TEST_F(SuggestionsTest, NothingIsSuggestedWhereNothingIsSure)
{
    const auto session = must(library().create_session("Empty"));
    EXPECT_THAT(must(suggest_questions(session, 4, library(), nullptr)), IsEmpty());
    const auto source = add_source(session, "a.txt", "x");
    must(library().add_page(
        storage_test::page_of(source, 1, "Hm. Well, it was. They did that?"),
        std::vector{storage_test::passage_of("Hm.\nWell, it was.\nThey did that?")}));
    EXPECT_THAT(must(suggest_questions(session, 4, library(), nullptr)), IsEmpty());
    EXPECT_EQ(suggest_questions(99, 4, library(), nullptr).error().code, ErrorCode::NotFound);
}

} // namespace
