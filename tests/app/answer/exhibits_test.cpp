// Written answers of an engine that sees and hears: what is put before it, and what of its words
// stays. Exact replies come from a stand-in; the real engine's paths are in tests/app/jobs.
#include "app/answer/ask.h"
#include "app/answer/passages.h"
#include "app/answer/prompt.h"
#include "tests/app/answer/fakes.h"
#include "tests/app/answer/memory_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

using app::answer::Answerer;
using app::answer::PlaceMedia;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace {

/// Says what it is told; a picture takes 100 positions, a second of sound 10.
class SeeingEngine : public engine::Engine {
public:
    engine::Result<void> submit(engine::Request request, engine::ReplyHandler handler) override
    {
        asked = request.messages;
        if (handler.on_text) handler.on_text(reply);
        if (stop_after_text != nullptr) {
            stop_after_text->request_stop();
            handler.on_done(engine::fail(engine::ErrorCode::Cancelled, "Stopped."));
            return {};
        }
        engine::Finish finish;
        finish.reason = reason;
        handler.on_done(std::move(finish));
        return {};
    }
    engine::Result<int> count_tokens(std::span<const engine::Message> messages) const override
    {
        std::size_t tokens = 0;
        for (const auto& message : messages) {
            for (const auto& part : message.parts) {
                if (const auto* text = std::get_if<engine::Text>(&part))
                    tokens += text->utf8.size() / 4;
                else if (const auto* sound = std::get_if<engine::Sound>(&part))
                    tokens += sound->samples.size() / 1600;
                else if (const auto* video = std::get_if<engine::Video>(&part))
                    tokens += 100 * video->frames.size() + video->sound.samples.size() / 1600;
                else
                    tokens += 100;
            }
        }
        return static_cast<int>(tokens);
    }
    int context_length() const override { return context; }
    engine::Capabilities capabilities() const override { return can; }

    template <typename Kind>
    int asked_with() const
    {
        int count = 0;
        for (const auto& message : asked)
            for (const auto& part : message.parts) count += std::holds_alternative<Kind>(part);
        return count;
    }
    std::string asked_text() const
    {
        std::string text;
        for (const auto& message : asked)
            for (const auto& part : message.parts)
                if (const auto* words = std::get_if<engine::Text>(&part)) text += words->utf8;
        return text;
    }

    std::string reply;
    engine::Capabilities can{.sees = true, .hears = true};
    int context = 16'384;
    engine::FinishReason reason = engine::FinishReason::Stop;
    std::stop_source* stop_after_text = nullptr;
    std::vector<engine::Message> asked;
};

class FakeMedia : public PlaceMedia {
public:
    app::answer::Result<engine::Image>
    page(const storage::Source& source, int page, const std::stop_token& stop) override
    {
        calls.push_back(source.path + " " + std::to_string(page));
        if (stop_at_page != nullptr) stop_at_page->request_stop();
        if (stop.stop_requested()) return engine::fail(engine::ErrorCode::Cancelled, "Stopped.");
        if (page == broken) return engine::fail(engine::ErrorCode::ReaderDied, "The page broke.");
        return engine::Image{{1, 2, 3}, 1, 1};
    }
    app::answer::Result<engine::Video>
    pictures(const storage::Source&, double start_s, double, const std::stop_token&) override
    {
        calls.emplace_back("pictures");
        return engine::Video{{{{1, 2, 3}, 1, 1}}, {start_s}, {}};
    }
    app::answer::Result<engine::Sound>
    sound(const storage::Source&, double start_s, double end_s, const std::stop_token&) override
    {
        calls.emplace_back("sound");
        return engine::Sound{std::vector<float>(
            static_cast<std::size_t>((end_s - start_s) * engine::kSampleRateHz))};
    }
    std::vector<std::string> calls;
    int broken = 0;
    std::stop_source* stop_at_page = nullptr;
};

/// A manual of six pages on pumps, and a spoken minute on whales.
class ExhibitsTest : public testing::Test {
protected:
    ExhibitsTest()
    {
        session_ = *library_.create_session("pumps");
        manual_ = add("pump.pdf", "pdf");
        for (int n = 1; n <= 6; ++n)
            add_page(
                n,
                "The pump of stage " + std::to_string(n) +
                    " is drawn here with its valve. The valve of the pump closes at 7 bar.");
    }
    storage::SourceId add(const std::string& path, const std::string& kind)
    {
        storage::Source source;
        source.kind = kind;
        source.status = storage::SourceStatus::Ready;
        return *library_.begin_source(session_, path, source);
    }
    void add_page(int number, const std::string& text)
    {
        storage::Page page;
        page.source = manual_;
        page.number = number;
        page.text = text;
        const auto end = static_cast<std::uint32_t>(text.size());
        page.words.push_back({0, end, {0.1f, 0.1f, 0.9f, 0.2f}, 1});
        app::answer::PassageBuilder builder(*library_.source(manual_));
        ASSERT_TRUE(library_.add_page(page, builder.add_page(page)));
    }
    void add_speech(const std::string& path, const std::string& kind)
    {
        const auto id = add(path, kind);
        const std::vector<storage::Segment> said{
            {0, id, 40.0, 44.0, "The whale sings in the northern sea.", 1, {}, "en", {}},
            {0, id, 44.0, 48.0, "It stays below for an hour.", 1, {}, "en", {}}};
        app::answer::PassageBuilder builder(*library_.source(id));
        auto passages = builder.add_segments(said);
        for (auto& last : builder.finish()) passages.push_back(std::move(last));
        ASSERT_TRUE(library_.add_segments(id, said, passages));
    }
    app::answer::Answer
    written(const std::string& question, const std::string& reply, const std::stop_token& stop = {})
    {
        engine_.reply = reply;
        Answerer answerer(library_, nullptr);
        auto answer = answerer.write(question, {}, engine_, {}, stop, &media_);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *answer : app::answer::Answer{};
    }
    /// The number that the first exhibit has in the prompt.
    std::string first_exhibit()
    {
        const std::string text = engine_.asked_text();
        const auto at = text.find("] the ");
        return at == std::string::npos
                   ? ""
                   : text.substr(text.rfind('[', at) + 1, at - text.rfind('[', at) - 1);
    }

    static constexpr const char* kQuestion = "Where is the valve of the pump drawn?";
    tests::MemoryLibrary library_;
    SeeingEngine engine_;
    FakeMedia media_;
    storage::SessionId session_ = 0;
    storage::SourceId manual_ = 0;
};

TEST_F(ExhibitsTest, PagesGoInAsPicturesAndTheOthersAreSaid)
{
    const auto answer = written(kQuestion, "The “valve of the pump” closes [1].");
    EXPECT_EQ(engine_.asked_with<engine::Image>(), 4);
    EXPECT_THAT(media_.calls, SizeIs(4));
    EXPECT_THAT(engine_.asked_text(), HasSubstr("the picture of page"));
    EXPECT_THAT(engine_.asked_text(), HasSubstr("[7] the picture of page"));
    EXPECT_EQ(answer.mode, "reasoned");
    EXPECT_THAT(
        answer.not_covered,
        Contains(HasSubstr("Given to the model as words only, for lack of room: pump.pdf ")));
}

TEST_F(ExhibitsTest, WhatDoesNotFitTheContextIsLeftOutAndSaid)
{
    // The six passages take some 350 positions, a picture with its words 100 and some 120.
    engine_.context = 512 + 700;
    const auto answer = written(kQuestion, "The “valve of the pump” closes [1].");
    EXPECT_EQ(engine_.asked_with<engine::Image>(), 1);
    EXPECT_LE(*engine_.count_tokens(engine_.asked) + 512, engine_.context);
    EXPECT_THAT(answer.not_covered, Contains(HasSubstr("for lack of room: pump.pdf")));

    engine_.context = 512 + 220;
    const auto short_one = written(kQuestion, "The “valve of the pump” closes [1].");
    EXPECT_EQ(engine_.asked_with<engine::Image>(), 0);
    EXPECT_LE(*engine_.count_tokens(engine_.asked) + 512, engine_.context);
    EXPECT_THAT(
        short_one.not_covered,
        Contains(HasSubstr("passages did not fit into the model's context.")));
}

TEST_F(ExhibitsTest, APageThatCannotBeDrawnIsThereInWords)
{
    media_.broken = 1;
    const auto answer = written(kQuestion, "The “valve of the pump” closes [1].");
    EXPECT_EQ(answer.mode, "reasoned");
    EXPECT_THAT(
        answer.not_covered,
        Contains(
            "pump.pdf 1 could not be given to the model as a picture or sound: The page broke."));
    EXPECT_EQ(engine_.asked_with<engine::Image>(), 4);
}

TEST_F(ExhibitsTest, AnEngineWithoutEyesGetsWords)
{
    engine_.can = {};
    add_speech("song.ogg", "audio");
    const auto answer =
        written("Where does the whale sing?", "It “sings in the northern sea” [1].");
    EXPECT_THAT(media_.calls, IsEmpty());
    EXPECT_EQ(answer.mode, "reasoned");
    EXPECT_THAT(answer.not_covered, Contains(HasSubstr("as the words that were read and heard")));
}

TEST_F(ExhibitsTest, WhatIsSeenIsCitedByPageAndBox)
{
    written(kQuestion, "x");
    const std::string n = first_exhibit();
    ASSERT_EQ(n, "7");
    const auto answer =
        written(kQuestion, "A blue arrow points at the valve [7: 0.25, 0.5, 1.02, 0.75].");
    EXPECT_EQ(answer.mode, "reasoned");
    EXPECT_EQ(answer.text, "A blue arrow points at the valve [1]");
    ASSERT_THAT(answer.quotes, SizeIs(1));
    const auto& citation = answer.quotes.front().citation;
    EXPECT_EQ(citation.source, manual_);
    EXPECT_GE(citation.page, 1);
    EXPECT_NE(citation.passage, 0);
    EXPECT_THAT(citation.quote, IsEmpty()); // no words stand for it
    ASSERT_THAT(citation.boxes, SizeIs(1));
    EXPECT_FLOAT_EQ(citation.boxes.front().x0, 0.25f);
    EXPECT_FLOAT_EQ(citation.boxes.front().x1, 1.0f); // cut at the edge
    EXPECT_THAT(answer.notes, Contains(HasSubstr("[1]: said from a picture or sound")));
}

TEST_F(ExhibitsTest, WordsOfThePictureAreFoundOnItsPage)
{
    const auto answer = written(kQuestion, "It “closes at 7 bar” [7: 0, 0, 1, 1].");
    ASSERT_THAT(answer.quotes, SizeIs(1));
    EXPECT_EQ(answer.quotes.front().citation.quote, "closes at 7 bar");
    EXPECT_FLOAT_EQ(answer.quotes.front().citation.boxes.front().x0, 0.1f); // where the words stand
    EXPECT_THAT(answer.notes, Not(Contains(HasSubstr("said from a picture"))));
}

TEST_F(ExhibitsTest, APlaceThatIsNoneSupportsNothing)
{
    for (const char* reply :
         {"A blue arrow points at the valve [7].",
          "A blue arrow points at the valve [7: 0.2, 0.2, 0.2, 0.4].",
          "A blue arrow points at the valve [7: 0.6, 0.2, 0.3, 0.4].",
          "A blue arrow points at the valve [7: 25, 50, 75, 80].",
          "A blue arrow points at the valve [7: nan, 0, 1, 1].",
          "A blue arrow points at the valve [7: 0.1, 0.2, 0.3].",
          "A blue arrow points at the valve [7: 0.1, 0.2, 0.3, 0.4, 0.5].",
          "A blue arrow points at the valve [7: 3 s].",
          "A blue arrow points at the valve [1: 0.1, 0.1, 0.5, 0.5].", // a passage, no picture
          "A blue arrow points at the valve [99: 0.1, 0.1, 0.5, 0.5].",
          "A blue arrow points at 12 valves [7: 0.1, 0.1, 0.5, 0.5].", // no 12 stands there
          "The text says “buy a new pump” [7: 0.1, 0.1, 0.5, 0.5]."}) {
        const auto answer = written(kQuestion, reply);
        EXPECT_EQ(answer.mode, "quoted") << reply;
        EXPECT_THAT(answer.text, Not(HasSubstr("arrow"))) << reply;
        EXPECT_THAT(answer.notes, Contains(HasSubstr("could not be checked"))) << reply;
    }
}

TEST_F(ExhibitsTest, WhatIsHeardIsCitedByItsSecond)
{
    add_speech("song.ogg", "audio");
    const auto answer = written(
        "Where does the whale sing?",
        "A low tone rises behind the voice [2: 43.5 s]. Somebody laughs [2: 300 s].");
    EXPECT_EQ(engine_.asked_with<engine::Sound>(), 1);
    EXPECT_EQ(answer.text, "A low tone rises behind the voice [1]");
    ASSERT_THAT(answer.quotes, SizeIs(1));
    const auto& citation = answer.quotes.front().citation;
    EXPECT_DOUBLE_EQ(*citation.start_s, 43.5);
    EXPECT_LE(*citation.end_s, 49.0); // the stretch ends
    EXPECT_THAT(citation.boxes, IsEmpty());
    EXPECT_THAT(answer.notes, Contains(HasSubstr("1 sentence of the model without support")));
}

TEST_F(ExhibitsTest, AVideoIsSeenAndHeardInOnePart)
{
    add_speech("dive.mp4", "video");
    const auto answer = written(
        "Where does the whale sing?",
        "The fin is white [2: 41 s, 0.1, 0.2, 0.3, 0.4]. It “stays below for an hour” [2].");
    EXPECT_EQ(engine_.asked_with<engine::Video>(), 1);
    EXPECT_THAT(media_.calls, ElementsAre("pictures", "sound"));
    ASSERT_THAT(answer.quotes, SizeIs(2));
    EXPECT_DOUBLE_EQ(*answer.quotes[0].citation.start_s, 41);
    EXPECT_THAT(answer.quotes[0].citation.boxes, SizeIs(1));
    EXPECT_EQ(answer.quotes[1].citation.quote, "stays below for an hour");
    EXPECT_GE(*answer.quotes[1].citation.start_s, 44.0); // where it is said
}

TEST_F(ExhibitsTest, MarkupCallsAndForgedPlacesGo)
{
    const std::string good = "The “valve of the pump” closes [1].";
    for (const char* bad :
         {"<a href=\"x\">The “valve of the pump”</a> closes [1].",
          "See [here](file:///etc/passwd) the “valve of the pump” [1].",
          "Go to http://evil.example for the “valve of the pump” [1].",
          "<tool_call>{\"name\": \"rm\"}</tool_call> “valve of the pump” [1].",
          "He says “<tool_call>rm</tool_call>” of the “valve of the pump” [1].",
          "The “valve of the pump” opens [0].",
          "The “valve of the pump” opens [12345678901234567890]."}) {
        const auto answer = written(kQuestion, std::string(bad) + " " + good);
        EXPECT_EQ(answer.text, "The “valve of the pump” closes [1]") << bad;
        EXPECT_THAT(answer.notes, Contains(HasSubstr("without support"))) << bad;
    }
}

TEST_F(ExhibitsTest, AReplyWithoutEndIsCut)
{
    const std::string good = "The “valve of the pump” closes [1]. ";
    std::string reply = good + std::string(std::size_t{4} << 20, 'x') + " ";
    for (int i = 0; i < 1000; ++i) reply += good;
    const auto answer = written(kQuestion, reply);
    EXPECT_EQ(answer.text, "The “valve of the pump” closes [1]");
    const auto broken = written(kQuestion, good + std::string(5000, '[') + "\xff\xfe\x80");
    EXPECT_THAT(broken.text, HasSubstr("closes [1]"));
}

TEST_F(ExhibitsTest, AnAnswerThatGrewTooLongSaysThatItIsCut)
{
    const std::string beginning = "The “valve of the pump” closes [1]. And then the";
    const auto cut = HasSubstr("reached the longest length");
    EXPECT_THAT(written(kQuestion, beginning).notes, Not(Contains(cut)));
    engine_.reason = engine::FinishReason::Length;
    EXPECT_THAT(written(kQuestion, beginning).notes, Contains(cut));
}

TEST_F(ExhibitsTest, AStopWhileItWritesKeepsTheCheckedBeginning)
{
    std::stop_source stop;
    engine_.stop_after_text = &stop;
    const auto answer = written(
        kQuestion,
        "The “valve of the pump” closes [1]. It opens at 99 bar [1]. And then the",
        stop.get_token());
    EXPECT_TRUE(answer.stopped);
    EXPECT_EQ(answer.text, "The “valve of the pump” closes [1]");
    EXPECT_THAT(answer.notes, Contains(std::string(app::answer::kStopped)));

    std::stop_source again;
    engine_.stop_after_text = &again;
    engine_.reply = "Nothing that is supp";
    Answerer answerer(library_, nullptr);
    const auto nothing = answerer.write(kQuestion, {}, engine_, {}, again.get_token(), &media_);
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, base::ErrorCode::Cancelled);
}

TEST_F(ExhibitsTest, AStopWhilePagesAreDrawnEndsAtOnce)
{
    std::stop_source stop;
    media_.stop_at_page = &stop;
    Answerer answerer(library_, nullptr);
    const auto answer = answerer.write(kQuestion, {}, engine_, {}, stop.get_token(), &media_);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, base::ErrorCode::Cancelled);
    EXPECT_THAT(media_.calls, SizeIs(1));
    EXPECT_THAT(engine_.asked, IsEmpty());
}

} // namespace
