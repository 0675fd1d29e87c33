#include "app/answer/ask.h"

#include "app/answer/passages.h"
#include "app/answer/prompt.h"
#include "app/answer/question.h"
#include "app/answer/quotes.h"
#include "app/answer/search.h"
#include "tests/app/answer/fakes.h"
#include "tests/app/answer/memory_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using app::answer::Answerer;
using app::answer::AnswerType;
using app::answer::Outcome;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

namespace {

/// A session with one two-page manual.
class AskTest : public testing::Test {
protected:
    AskTest()
    {
        session_ = *library_.create_session("garden");
        source_ = add("tools.pdf", "pdf");
        add_page(
            1,
            "1.1 Sharpening the blade\n\nSharpen the blade every 40 hours with the grey stone. Oil "
            "it afterwards with a thin oil. "
            "Never sharpen a blade that is bent.");
        add_page(
            2,
            "1.2 Storing the tools\n\nStore all tools in a dry place near the door. The shed has a "
            "lock with four digits. "
            "Only the chairman Mr. Lind knows the number.");
    }

    storage::SourceId add(const std::string& path, const std::string& kind)
    {
        storage::Source source;
        source.kind = kind;
        source.status = storage::SourceStatus::Ready;
        return *library_.begin_source(session_, path, source);
    }

    void add_page(int number, std::string text)
    {
        storage::Page page;
        page.source = source_;
        page.number = number;
        page.text = std::move(text);
        std::uint32_t at = 0;
        while (at < page.text.size()) { // a box for every word
            auto end = static_cast<std::uint32_t>(page.text.find_first_of(" \n", at));
            if (end > page.text.size()) end = static_cast<std::uint32_t>(page.text.size());
            const float y = static_cast<float>(at) / 1000; // each on a line of its own
            if (end > at) page.words.push_back({at, end, {0.1f, y, 0.2f, y + 0.0005f}, 1});
            at = end + 1;
        }
        app::answer::PassageBuilder builder(*library_.source(source_));
        const auto passages = builder.add_page(page);
        const auto ids = *library_.add_page(page, passages);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const std::vector<std::vector<float>> vectors{tests::bag_of_words(passages[i].text)};
            const std::vector one{ids[i]};
            ASSERT_TRUE(library_.add_vectors(one, vectors));
        }
    }

    tests::MemoryLibrary library_;
    tests::FakeEmbedder embedder_;
    storage::SessionId session_ = 0;
    storage::SourceId source_ = 0;
};

} // namespace

TEST_F(AskTest, QuotesTheSentenceAndTheNextWithPageAndBoxes)
{
    Answerer answerer(library_, &embedder_);
    const auto answer = answerer.ask("How often should the blade be sharpened?", {});

    ASSERT_TRUE(answer);
    ASSERT_FALSE(answer->quotes.empty());
    EXPECT_NE(answer->outcome, Outcome::NotFound);
    EXPECT_EQ(answer->mode, "quoted");
    const auto& quote = answer->quotes.front();
    EXPECT_THAT(quote.citation.quote, HasSubstr("every 40 hours"));
    EXPECT_THAT(quote.citation.quote, HasSubstr("Oil it afterwards"));
    EXPECT_EQ(quote.citation.page, 1);
    EXPECT_EQ(quote.citation.n, 1);
    EXPECT_FALSE(quote.citation.boxes.empty());
    EXPECT_EQ(quote.path, "tools.pdf");
    EXPECT_EQ(quote.heading, "1.1 Sharpening the blade");
    EXPECT_THAT(answer->text, HasSubstr("[1]"));
    EXPECT_THAT(answer->notes, Contains(HasSubstr("Nothing here is written by a model")));
}

TEST_F(AskTest, SaysTheSentenceAndCitesItWithItsSurroundings)
{
    add_page(
        3,
        "Wear gloves when you rake. The rake hangs on the wall. The rake has fourteen teeth made "
        "of "
        "steel. Two of them are bent. Buy another one when a tooth breaks. Leaves go to the heap.");
    Answerer answerer(library_, &embedder_);
    const auto answer = answerer.ask("How many teeth made of steel has the rake?", {});

    ASSERT_TRUE(answer);
    ASSERT_FALSE(answer->quotes.empty());
    const auto& quote = answer->quotes.front();
    EXPECT_EQ(quote.focus, "The rake has fourteen teeth made of steel. Two of them are bent.");
    EXPECT_THAT(answer->text, StartsWith("“" + quote.focus + "” [1]"));
    EXPECT_THAT(quote.citation.quote, HasSubstr(quote.focus));
    EXPECT_THAT(quote.citation.quote, HasSubstr("Wear gloves"));
    EXPECT_THAT(quote.citation.quote, HasSubstr("Buy another one"));
}

TEST_F(AskTest, LightsWhatItSaysAndNotItsSurroundings)
{
    add_page(
        3,
        "Wear gloves when you rake. The rake hangs on the wall. The rake has fourteen teeth made "
        "of steel. Two of them are bent. Buy another one when a tooth breaks.");
    add_page(4, "Chisel rental 2 euros a day\nAnvil rental 9 euros a day\nForge rental 12 euros");
    Answerer answerer(library_, &embedder_);
    const auto words_under = [&](const app::answer::Quote& quote) {
        const auto page = library_.page(source_, quote.citation.page);
        std::string words;
        for (const auto& box : quote.citation.marked_boxes) {
            for (const auto& word : page->words)
                if (word.box.y0 == box.y0)
                    words += page->text.substr(word.begin, word.end - word.begin) + " ";
        }
        return words;
    };

    const auto text = answerer.ask("How many teeth made of steel has the rake?", {});
    ASSERT_TRUE(text && !text->quotes.empty());
    EXPECT_EQ(
        words_under(text->quotes.front()),
        "The rake has fourteen teeth made of steel. Two of them are bent. ");
    const auto row = answerer.ask("How much is the rental of the anvil?", {});
    ASSERT_TRUE(row && !row->quotes.empty());
    EXPECT_EQ(words_under(row->quotes.front()), "Anvil rental 9 euros a day ");
}

TEST_F(AskTest, NeverQuotesOverAHeadingOrTheSameSentenceTwice)
{
    add_page(
        3,
        "1.3 Watering\n\nThe tap for watering is behind the shed. Water early in the morning.\n\n"
        "1.4 Watering in winter\n\nThe tap for watering is closed in winter. Empty the hose.");
    Answerer answerer(library_, &embedder_);
    const auto answer = answerer.ask("Where is the tap for watering?", {});

    ASSERT_TRUE(answer);
    ASSERT_THAT(answer->quotes, SizeIs(testing::Ge(2U)));
    for (const auto& quote : answer->quotes) {
        const auto& text = quote.citation.quote;
        EXPECT_FALSE(
            text.find("behind the shed") != std::string::npos &&
            text.find("closed in winter") != std::string::npos)
            << text;
        const auto same =
            std::count_if(answer->quotes.begin(), answer->quotes.end(), [&](const auto& other) {
                return other.citation.quote == text;
            });
        EXPECT_EQ(same, 1) << text;
    }
}

TEST_F(AskTest, SaysThatNothingWasFound)
{
    Answerer answerer(library_, &embedder_);
    const auto answer = answerer.ask("Which planet has the largest moon?", {});

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->outcome, Outcome::NotFound);
    EXPECT_THAT(answer->quotes, IsEmpty());
    EXPECT_THAT(answer->text, HasSubstr("Not found by the starter's search"));
}

TEST_F(AskTest, WorksOnWordsAloneAndSaysSo)
{
    Answerer answerer(library_, nullptr);
    const auto answer = answerer.ask("Who knows the number of the lock?", {});

    ASSERT_TRUE(answer);
    ASSERT_FALSE(answer->quotes.empty());
    EXPECT_EQ(answer->quotes.front().citation.page, 2);
    EXPECT_THAT(answer->not_covered, Contains(HasSubstr("words only")));
}

TEST_F(AskTest, NamesSourcesThatWereNotReadInFull)
{
    auto broken = *library_.source(add("broken.pdf", "pdf"));
    broken.status = storage::SourceStatus::Failed;
    ASSERT_TRUE(library_.finish_source(broken));
    Answerer answerer(library_, &embedder_);
    const auto answer = answerer.ask("Where are the tools stored?", {});

    ASSERT_TRUE(answer);
    EXPECT_THAT(answer->not_covered, Contains("broken.pdf could not be read."));
}

TEST_F(AskTest, AsksForWordsWhereThereAreNone)
{
    Answerer answerer(library_, &embedder_);
    const auto answer = answerer.ask(" ?! ", {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, base::ErrorCode::BadUsage);
}

TEST_F(AskTest, StaysInsideItsScope)
{
    Answerer answerer(library_, &embedder_);
    storage::SearchScope scope;
    scope.sources = {add("empty.pdf", "pdf")};
    const auto answer = answerer.ask("How often should the blade be sharpened?", scope);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->outcome, Outcome::NotFound);
    EXPECT_THAT(answer->nearest, IsEmpty());
}

TEST_F(AskTest, StopsWhenTold)
{
    Answerer answerer(library_, &embedder_);
    std::stop_source stop;
    stop.request_stop();
    const auto answer =
        answerer.ask("How often should the blade be sharpened?", {}, stop.get_token());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, base::ErrorCode::Cancelled);
}

TEST_F(AskTest, KeepsOnlyWrittenSentencesThatTheirPassageSupports)
{
    Answerer answerer(library_, &embedder_);
    tests::FakeEngine engine("It needs “the grey stone” every 40 hours [1]. It needs “the blue "
                             "stone” [1]. Do it every 99 hours with “the grey stone” [1]. "
                             "Everybody does.");
    const auto answer = answerer.write("How is the blade sharpened?", {}, engine);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->mode, "reasoned");
    EXPECT_EQ(answer->text, "It needs “the grey stone” every 40 hours [1]");
    ASSERT_THAT(answer->quotes, SizeIs(1));
    EXPECT_EQ(answer->quotes.front().citation.quote, "the grey stone");
    EXPECT_EQ(answer->quotes.front().citation.page, 1);
    EXPECT_THAT(answer->notes, Contains(HasSubstr("3 sentences")));
    EXPECT_THAT(engine.prompt(), HasSubstr("[1] "));
    EXPECT_THAT(engine.prompt(), HasSubstr("Question: How is the blade sharpened?"));
}

TEST_F(AskTest, FallsBackToQuotesWhereNothingWrittenIsSupported)
{
    Answerer answerer(library_, &embedder_);
    tests::FakeEngine engine("You should “buy a new one” [1]. And [9] is wrong [9].");
    const auto answer = answerer.write("How often should the blade be sharpened?", {}, engine);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->mode, "quoted");
    EXPECT_FALSE(answer->quotes.empty());
    EXPECT_THAT(answer->notes, Contains(HasSubstr("could not be checked")));
}

TEST_F(AskTest, SearchReportsAPlaceOnce)
{
    const auto hits = app::answer::search("blade sharpen", {}, 5, library_, &embedder_);

    ASSERT_TRUE(hits);
    ASSERT_FALSE(hits->empty());
    EXPECT_EQ(hits->front().passage.page, 1);
    EXPECT_FALSE(hits->front().boxes.empty());
    EXPECT_LE(hits->size(), 2u);
}

TEST(MatchTest, CountsTheNearestOfTheTenBest)
{
    using app::answer::ScoredSentence;
    EXPECT_EQ(app::answer::match({}), 0.0);
    std::vector<ScoredSentence> sentences(12);
    sentences[0].score = 1.2;
    sentences[0].cosine = 0.3;
    sentences[9].cosine = 0.5;
    sentences[10].cosine = 0.9; // too far down
    EXPECT_DOUBLE_EQ(app::answer::match(sentences), 1.2 + 1.5 * 0.5);
}

TEST(AskedForTest, IsReadFromTheForm)
{
    using app::answer::asked_for;
    EXPECT_EQ(asked_for("How many files fit?"), AnswerType::Number);
    EXPECT_EQ(asked_for("When does it close?"), AnswerType::Time);
    EXPECT_EQ(asked_for("Who signed it?"), AnswerType::Person);
    EXPECT_EQ(asked_for("Which option prints the version?"), AnswerType::Command);
    EXPECT_EQ(asked_for("Why is it blue?"), AnswerType::Any);
}

TEST(HoldsTest, TellsTheKindOfThing)
{
    using app::answer::holds;
    EXPECT_TRUE(holds(AnswerType::Number, "It takes three days.", {}));
    EXPECT_FALSE(holds(AnswerType::Number, "In 2014 it was so.", {"2014"}));
    EXPECT_TRUE(holds(AnswerType::Time, "We meet on Friday.", {}));
    EXPECT_TRUE(holds(AnswerType::Person, "It was Karl who did it.", {}));
    EXPECT_FALSE(holds(AnswerType::Person, "Nobody knows.", {}));
    EXPECT_TRUE(holds(AnswerType::Command, "Use --all for that.", {}));
    EXPECT_TRUE(holds(AnswerType::Command, "Look at /etc/fstab first.", {}));
    EXPECT_FALSE(holds(AnswerType::Command, "Use the other one.", {}));
}
