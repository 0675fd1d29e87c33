#include "engine/tools/arguments.h"

#include <gtest/gtest.h>

namespace engine::tools {
namespace {

const std::vector<Option> kOptions = {
    {"--top", "N", ""},
    {"--text", "T", "", Option::Kind::Values},
    {"--json", "", "", Option::Kind::Flag},
};

Result<Arguments> parse(std::vector<std::string> words)
{
    return Arguments::parse(words, kOptions);
}

TEST(ArgumentsTest, TakesValuesFlagsAndLists)
{
    const auto arguments = parse({"--top", "3", "--json", "--text", "a", "b", "--text=c d"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->integer("--top", 1, 9, 0).value(), 3);
    EXPECT_TRUE(arguments->has("--json"));
    EXPECT_EQ(arguments->texts("--text"), (std::vector<std::string>{"a", "b", "c d"}));
}

TEST(ArgumentsTest, AValueMayBeginWithDashes)
{
    EXPECT_EQ(parse({"--text", "--what?"})->text("--text"), "--what?");
}

TEST(ArgumentsTest, SaysWhatIsWrong)
{
    const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
        {{"--tip", "3"}, "--tip"},
        {{"--top"}, "--top"},
        {{"--top", "3", "--top", "4"}, "twice"},
        {{"stray"}, "stray"},
        {{"--top", "3", "stray"}, "stray"},
        {{"--json=yes"}, "--json"},
    };
    for (const auto& [words, part] : wrong) {
        const auto arguments = parse(words);
        ASSERT_FALSE(arguments) << part;
        EXPECT_EQ(arguments.error().code, ErrorCode::BadUsage);
        EXPECT_NE(arguments.error().message.find(part), std::string::npos)
            << arguments.error().message;
    }
}

TEST(ArgumentsTest, NumbersAreWholeWordsWithinBounds)
{
    for (const char* word : {"0", "10", "3x", "", " 3", "3.5", "99999999999999999999"})
        EXPECT_FALSE(parse({"--top", word})->integer("--top", 1, 9, 5)) << word;
    EXPECT_EQ(parse({})->integer("--top", 1, 9, 5).value(), 5);
    EXPECT_DOUBLE_EQ(parse({"--top", "0.25"})->number("--top", 0, 1, 1).value(), 0.25);
    for (const char* word : {"nan", "inf", "1.5", "-0.1", "0,5"})
        EXPECT_FALSE(parse({"--top", word})->number("--top", 0, 1, 1)) << word;
}

TEST(ArgumentsTest, ExactlyOneOf)
{
    const std::vector<std::string_view> both = {"--top", "--json"};
    EXPECT_EQ(parse({"--json"})->one_of(both).value(), "--json");
    EXPECT_FALSE(parse({})->one_of(both));
    EXPECT_FALSE(parse({"--json", "--top", "1"})->one_of(both));
}

} // namespace
} // namespace engine::tools
