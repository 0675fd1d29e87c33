#include "engine/formats/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::formats::YamlSettings;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;

YamlSettings parsed(std::string_view text)
{
    auto settings = YamlSettings::parse(text, "model_config.yaml");
    EXPECT_TRUE(settings) << settings.error().message;
    return settings ? *settings : YamlSettings();
}

TEST(YamlTest, ReadsScalarsByTheirPath)
{
    const auto yaml = parsed("sample_rate: 16000\n"
                             "encoder:\n"
                             "  d_model: 1024 # wide\n"
                             "  self_attention_model: 'rel_pos'\n"
                             "  note: \"it's \\\"new\\\"\"\n"
                             "  quote: 'it''s'\n"
                             "  reduction: null\n"
                             "  inner:\n"
                             "    deep: true\n"
                             "decoder:\n"
                             "  _target_: nemo.RNNTDecoder\n");
    EXPECT_THAT(yaml.integer("sample_rate"), Optional(16000));
    EXPECT_THAT(yaml.integer("encoder.d_model"), Optional(1024));
    EXPECT_THAT(yaml.text("encoder.self_attention_model"), Optional(std::string("rel_pos")));
    EXPECT_THAT(yaml.text("encoder.note"), Optional(std::string("it's \"new\"")));
    EXPECT_THAT(yaml.text("encoder.quote"), Optional(std::string("it's")));
    EXPECT_EQ(yaml.text("encoder.reduction"), std::nullopt);
    EXPECT_THAT(yaml.text("encoder.inner.deep"), Optional(std::string("true")));
    EXPECT_THAT(yaml.text("decoder._target_"), Optional(std::string("nemo.RNNTDecoder")));
    EXPECT_EQ(yaml.text("encoder"), std::nullopt);
    EXPECT_EQ(yaml.integer("encoder.inner.deep"), std::nullopt);
}

TEST(YamlTest, ReadsListsInBothStyles)
{
    const auto yaml = parsed("a:\n- 0\n- 1\nb:\n  c:\n    - x\n    - 'y z'\nd: [1, 2,3]\ne: []\n");
    EXPECT_THAT(yaml.list("a"), Optional(ElementsAre("0", "1")));
    EXPECT_THAT(yaml.list("b.c"), Optional(ElementsAre("x", "y z")));
    EXPECT_THAT(yaml.list("d"), Optional(ElementsAre("1", "2", "3")));
    EXPECT_THAT(yaml.list("e"), Optional(ElementsAre()));
    EXPECT_EQ(yaml.list("b"), std::nullopt);
}

TEST(YamlTest, StepsOverWhatNobodyAsksFor)
{
    const auto yaml = parsed("---\n"
                             "# written by hand\n"
                             "labels:\n- \u2581the\n- ''''\n- ','\n- '-'\n- \"\\u2581\"\n"
                             "train:\n"
                             "  files:\n"
                             "  - name: a\n"
                             "    weight: 2\n"
                             "  - - nested\n"
                             "  about: a text that goes on\n"
                             "    over two: lines\n"
                             "  folded: >\n"
                             "    words\n"
                             "  empty: {}\n"
                             "  last: 7\n");
    EXPECT_THAT(yaml.integer("train.last"), Optional(7));
    EXPECT_EQ(yaml.list("labels")->size(), 5u);
    EXPECT_EQ(yaml.text("train.about.over two"), std::nullopt);
}

TEST(YamlTest, RefusesWhatItDoesNotUnderstand)
{
    for (const char* text :
         {"just words\n",
          "- item\n",
          "a: 1\na: 2\n",
          "a:\n  b: 1\n  b: 2\n",
          ": 1\n",
          "a:1\n",
          "? key\n",
          "a: 1\n--- \nb: 2\n",
          "\tb: 1\n"})
        EXPECT_THAT(
            YamlSettings::parse(text, "model_config.yaml").error().message,
            HasSubstr("model_config.yaml: line "))
            << text;
    std::string deep;
    for (int i = 0; i < 40; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    EXPECT_FALSE(YamlSettings::parse(deep, "x"));
    EXPECT_FALSE(YamlSettings::parse(std::string(5u << 20, '#'), "x"));
}

} // namespace
