// Strings in many scripts, cut and encoded by the reference library:
// tests/data/omni/*/strings.json.

#include "engine/text/bpe_files.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace engine::text {
namespace {

TEST(OmniStringsTest, HaveTheReferencesIdsUnderBothExpressions)
{
    for (const std::string model : {"a", "b"}) {
        const std::string folder = PERCEPT_TEST_DATA "/omni/" + model;
        const auto tokenizer = bpe_from_tokenizer_json(folder + "/bf16/tokenizer.json");
        ASSERT_TRUE(tokenizer) << tokenizer.error().message;
        const auto strings = nlohmann::json::parse(support::read_file(folder + "/strings.json"));
        ASSERT_GE(strings.size(), 400u);
        for (const auto& each : strings) {
            const auto ids = tokenizer->encode(each["text"].get<std::string>());
            ASSERT_TRUE(ids) << ids.error().message;
            EXPECT_EQ(*ids, each["ids"].get<std::vector<std::int32_t>>()) << each["text"];
            EXPECT_EQ(tokenizer->decode(*ids), each["text"].get<std::string>());
        }
    }
}

} // namespace
} // namespace engine::text
