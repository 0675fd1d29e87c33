#include "app/answer/summarize.h"

#include "app/answer/textrank.h"
#include "app/answer/tiers.h"
#include "tests/app/answer/fakes.h"
#include "tests/app/answer/memory_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

using app::answer::load_template;
using app::answer::SectionKind;
using app::answer::SpokenSentence;
using app::answer::summarize;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

/// A recording of 22 November 2026, a line every five seconds.
class SummarizeTest : public testing::Test {
protected:
    SummarizeTest()
    {
        session_ = *library_.create_session("Garden meeting");
        storage::Source source;
        source.kind = "audio";
        source.status = storage::SourceStatus::Ready;
        source.created = "2026-11-22T09:00:00Z";
        source.duration_s = 60;
        source_ = *library_.begin_source(session_, "meeting.wav", source);
    }

    void say(const std::string& speaker, const std::string& text)
    {
        storage::Segment segment;
        segment.source = source_;
        segment.speaker = speaker;
        segment.text = text;
        segment.language = "en";
        segment.start_s = 5.0 * lines_;
        segment.end_s = segment.start_s + 4.0;
        ++lines_;
        const std::vector one{segment};
        ASSERT_TRUE(library_.add_segments(source_, one, {}));
    }

    const app::answer::SummarySection&
    section(const app::answer::Summary& summary, SectionKind kind)
    {
        for (const auto& s : summary.sections) {
            if (s.kind == kind) return s;
        }
        throw std::logic_error("no such section");
    }

    tests::MemoryLibrary library_;
    tests::FakeEmbedder embedder_;
    storage::SessionId session_ = 0;
    storage::SourceId source_ = 0;
    int lines_ = 0;
};

SpokenSentence said(std::string speaker, std::string text)
{
    return {0, 1, std::move(speaker), std::move(text)};
}

} // namespace

TEST_F(SummarizeTest, FindsWhoWillDoWhatUntilWhen)
{
    say("Ana", "The water was expensive last year.");
    say("Ben", "I'll order the rain barrels by Friday.");
    say("Ana", "Carla, could you please write to the band until the third of December?");
    say("Carla", "Nothing else matters.");

    const auto summary = summarize(session_, *load_template("actions"), library_, &embedder_);

    ASSERT_TRUE(summary);
    const auto& actions = section(*summary, SectionKind::Actions);
    ASSERT_THAT(actions.items, SizeIs(2));
    EXPECT_EQ(actions.items[0].text, "I'll order the rain barrels by Friday.");
    EXPECT_EQ(actions.items[0].owner, "Ben");
    EXPECT_EQ(actions.items[0].due, "2026-11-27");
    ASSERT_THAT(actions.items[0].citations, SizeIs(1));
    EXPECT_DOUBLE_EQ(*actions.items[0].citations[0].start_s, 5.0);
    EXPECT_EQ(actions.items[0].citations[0].n, 1);
    EXPECT_EQ(actions.items[1].owner, "Carla");
    EXPECT_EQ(actions.items[1].due, "2026-12-03");
}

TEST_F(SummarizeTest, FindsDecisionsAndOpenQuestions)
{
    say("Ana", "Where does the compost go?");
    say("Ben", "Let's move the compost heap behind the shed from Monday.");
    say("Ana", "Agreed.");
    say("Ben", "May we close the street?");
    say("Ana", "I don't know.");

    const auto summary = summarize(session_, *load_template("decisions"), library_, nullptr);

    ASSERT_TRUE(summary);
    EXPECT_THAT(section(*summary, SectionKind::Decisions).items, SizeIs(1));
    const auto& questions = section(*summary, SectionKind::Questions).items;
    ASSERT_THAT(questions, SizeIs(1));
    EXPECT_EQ(questions[0].text, "May we close the street?");
    EXPECT_THAT(summary->coverage.missing, Contains(HasSubstr("without search by meaning")));
    EXPECT_THAT(summary->how, HasSubstr("The starter does not understand the meeting"));
}

TEST_F(SummarizeTest, NeverClaimsThatThereIsNothingToDo)
{
    say("Ana", "The weather is nice.");
    const auto summary = summarize(session_, *load_template("actions"), library_, &embedder_);

    ASSERT_TRUE(summary);
    const auto& actions = section(*summary, SectionKind::Actions);
    EXPECT_THAT(actions.items, IsEmpty());
    EXPECT_THAT(actions.note, HasSubstr("one said without such words is missed"));
}

TEST_F(SummarizeTest, PutsTheUsersMarksAndStatesGaps)
{
    say("Ana", "The first point is water.");
    say("Ana", "The second point is compost.");
    storage::Marker marker;
    marker.source = source_;
    marker.time_s = 7.0;
    ASSERT_TRUE(library_.add_marker(marker));
    ASSERT_TRUE(library_.add_gap({source_, 20.0, 30.0, "the microphone was unplugged"}));

    const auto summary = summarize(session_, *load_template("minutes"), library_, nullptr);

    ASSERT_TRUE(summary);
    ASSERT_THAT(section(*summary, SectionKind::Marks).items, SizeIs(1));
    EXPECT_EQ(section(*summary, SectionKind::Marks).items[0].text, "The second point is compost.");
    EXPECT_DOUBLE_EQ(summary->coverage.heard_s, 50.0);
    EXPECT_THAT(summary->coverage.missing, Contains(HasSubstr("the microphone was unplugged")));
}

TEST(OwnerTest, IsNobodyUnlessItIsCertain)
{
    using app::answer::owner_of;
    const std::vector<std::string> people = {"Ana", "Ben", "Carla"};
    EXPECT_EQ(owner_of(said("Ana", "I'll do it."), people), "Ana");
    EXPECT_EQ(owner_of(said("Ana", "Ben, please send me the list."), people), "Ben");
    EXPECT_EQ(owner_of(said("Ana", "Could you call them, Carla?"), people), "Carla");
    EXPECT_EQ(owner_of(said("Ana", "Somebody has to tell Ben about it."), people), "");
    EXPECT_EQ(owner_of(said("Ana", "Please send me the list."), people), "");
    EXPECT_EQ(owner_of(said("", "I'll do it."), people), "");
    EXPECT_EQ(owner_of(said("Ana", "Ben will ask Carla."), people), "Ben");
}

TEST(CueTest, SkipsUpToFourWordsForAnEllipsis)
{
    using app::answer::cue_words;
    using app::answer::has_cue;
    EXPECT_TRUE(has_cue(cue_words("No potatoes this year then."), "no … this year"));
    EXPECT_TRUE(has_cue(cue_words("I’ll do it."), "i'll"));
    EXPECT_FALSE(
        has_cue(cue_words("no one of us here wants any of them this year"), "no … this year"));
    EXPECT_FALSE(has_cue(cue_words("I will"), "i'll"));
}

TEST(FormScoresTest, QuestionsHedgesAndThePastCountAgainst)
{
    const auto score = [](std::string text) {
        const std::vector sentences{said("Ana", std::move(text))};
        return app::answer::form_scores(sentences, 0, {});
    };
    EXPECT_GT(
        score("We go with the blue one.").decision,
        score("Maybe we go with the blue one.").decision);
    EXPECT_GT(
        score("We go with the blue one.").decision,
        score("Do we go with the blue one?").decision);
    EXPECT_GT(
        score("I will send the list by Friday.").action,
        score("I sent the list last Friday.").action);
}

TEST(TextRankTest, PrefersWhatManyResemble)
{
    const std::vector<std::vector<double>> similarity =
        {{0, 0.9, 0.9, 0}, {0.9, 0, 0.2, 0}, {0.9, 0.2, 0, 0}, {0, 0, 0, 0}};
    const auto rank = app::answer::text_rank(similarity);

    ASSERT_THAT(rank, SizeIs(4));
    EXPECT_GT(rank[0], rank[1]);
    EXPECT_NEAR(rank[1], rank[2], 1e-6);
    EXPECT_LT(rank[3], rank[1]);
    EXPECT_NEAR(rank[0] + rank[1] + rank[2] + rank[3], 1.0, 1e-4);
    EXPECT_THAT(app::answer::text_rank({}), IsEmpty());
}

TEST(TextRankTest, DiversityAvoidsRepetition)
{
    const std::vector<std::vector<double>> similarity = {{1, 1, 0}, {1, 1, 0}, {0, 0, 1}};
    EXPECT_THAT(app::answer::choose_diverse({0.4, 0.4, 0.3}, similarity, 2), ElementsAre(0u, 2u));
}

TEST(TemplateTest, IsReadFromAFile)
{
    const auto file = std::filesystem::path(testing::TempDir()) / "standup.txt";
    std::ofstream(file) << "# Stand-up\n\nTo do: actions\nIn doubt: check\n";
    const auto form = load_template(file.string());

    ASSERT_TRUE(form);
    EXPECT_EQ(form->name, "Stand-up");
    ASSERT_THAT(form->sections, SizeIs(2));
    EXPECT_EQ(form->sections[0].title, "To do");
    EXPECT_EQ(form->sections[1].kind, SectionKind::ToCheck);
}

TEST(TemplateTest, NamesTheLineThatIsWrong)
{
    const auto file = std::filesystem::path(testing::TempDir()) / "wrong.txt";
    std::ofstream(file) << "To do: actions\nJokes: jokes\n";
    const auto form = load_template(file.string());

    ASSERT_FALSE(form);
    EXPECT_EQ(form.error().code, base::ErrorCode::BadFile);
    EXPECT_THAT(form.error().message, HasSubstr("Line 2"));
    EXPECT_EQ(load_template("no-such").error().code, base::ErrorCode::BadUsage);
}

TEST_F(SummarizeTest, ALineStaysInTheListWhereTheUserPutIt)
{
    say("Ana", "The water was expensive last year.");
    say("Ben", "I'll order the rain barrels by Friday.");
    say("Ben", "Let's move the compost heap behind the shed from Monday.");
    const auto texts = [&](const std::string& form, SectionKind kind) {
        const auto summary = summarize(session_, *load_template(form), library_, &embedder_);
        std::vector<std::string> found;
        for (const auto& item : section(*summary, kind).items) found.push_back(item.text);
        return found;
    };
    const std::string order = "I'll order the rain barrels by Friday.";
    const std::string water = "The water was expensive last year.";
    ASSERT_THAT(texts("minutes", SectionKind::Actions), ElementsAre(order));
    ASSERT_THAT(texts("minutes", SectionKind::Decisions), SizeIs(1));

    ASSERT_TRUE(library_.move_item({session_, source_, 0, 5.0, order, "actions", "decisions", ""}));
    // Listed nowhere before, but the user made it a to-do.
    ASSERT_TRUE(library_.move_item({session_, source_, 0, 0.0, water, "", "actions", ""}));

    EXPECT_THAT(texts("minutes", SectionKind::Actions), ElementsAre(water));
    EXPECT_THAT(texts("minutes", SectionKind::Decisions), ElementsAre(order, HasSubstr("compost")))
        << "in the order of the recording";
    EXPECT_THAT(texts("decisions", SectionKind::Decisions), SizeIs(2))
        << "also where the list it came from is not shown";
    EXPECT_EQ(app::answer::list_name(SectionKind::ToCheck), "check");
    EXPECT_EQ(app::answer::list_name(SectionKind::Dates), "");
}

TEST_F(SummarizeTest, SaysTheUsersWordsForAnEditedLine)
{
    storage::Segment segment;
    segment.source = source_;
    segment.language = "en";
    segment.text = "I'll order the grain barrels by Friday.";
    segment.end_s = 4;
    segment.edited = "I'll order the rain barrels by Friday.";
    ASSERT_TRUE(library_.add_segments(source_, std::vector{segment}, {}));
    segment.text = "Agreed.";
    segment.edited = ""; // the user took it out
    segment.start_s = 5;
    segment.end_s = 6;
    ASSERT_TRUE(library_.add_segments(source_, std::vector{segment}, {}));

    const auto summary = summarize(session_, *load_template("actions"), library_, &embedder_);

    ASSERT_TRUE(summary);
    const auto& actions = section(*summary, SectionKind::Actions);
    ASSERT_THAT(actions.items, SizeIs(1));
    EXPECT_EQ(actions.items[0].text, "I'll order the rain barrels by Friday.");
    EXPECT_EQ(actions.items[0].citations[0].quote, actions.items[0].text);
}
