#include "engine/formats/checkpoint.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace engine::formats {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kIndex = "model.safetensors.index.json";

/// Two shards, a and b in the first, c in the second.
class CheckpointTest : public testing::Test {
protected:
    CheckpointTest()
    {
        write("model-00001-of-00002.safetensors", {"a", "b"});
        write("model-00002-of-00002.safetensors", {"c"});
        index_ = {
            {"metadata", {{"total_size", 12}}},
            {"weight_map",
             {{"a", "model-00001-of-00002.safetensors"},
              {"b", "model-00001-of-00002.safetensors"},
              {"c", "model-00002-of-00002.safetensors"}}}};
    }
    void write(const std::string& file, const std::vector<std::string>& names)
    {
        static const float kOne = 1.0f;
        std::vector<TensorToWrite> tensors;
        tensors.reserve(names.size());
        for (const std::string& name : names)
            tensors.push_back({name, ElementFormat::F32, {1}, std::as_bytes(std::span(&kOne, 1))});
        ASSERT_TRUE(write_safetensors(folder_ / file, std::move(tensors)));
    }
    Result<Checkpoint> open()
    {
        folder_.write(kIndex, index_.dump());
        return Checkpoint::open(folder_.path());
    }
    std::string message()
    {
        const auto checkpoint = open();
        if (checkpoint) return "no error";
        EXPECT_FALSE(checkpoint.error().hint.empty()) << checkpoint.error().message;
        return checkpoint.error().message;
    }

    support::TemporaryFolder folder_;
    json index_;
};

TEST_F(CheckpointTest, ShardsAreOneTable)
{
    EXPECT_FALSE(has_checkpoint(folder_.path()));
    const auto checkpoint = open();
    ASSERT_TRUE(checkpoint) << checkpoint.error().message;
    EXPECT_TRUE(has_checkpoint(folder_.path()));
    EXPECT_EQ(checkpoint->tensors().all().size(), 3u);
    EXPECT_EQ(checkpoint->files().size(), 2u);
    EXPECT_THAT(*checkpoint->tensors().values("c", 1), testing::ElementsAre(1.0f));
    EXPECT_TRUE(checkpoint->check());
}

TEST_F(CheckpointTest, OneFileNeedsNoIndex)
{
    write("model.safetensors", {"x"});
    const auto checkpoint = Checkpoint::open(folder_.path());
    ASSERT_TRUE(checkpoint) << checkpoint.error().message;
    EXPECT_EQ(checkpoint->tensors().all().size(), 1u);
}

TEST_F(CheckpointTest, AFolderWithNothingIsSaid)
{
    const auto checkpoint = Checkpoint::open(folder_.path());
    ASSERT_FALSE(checkpoint);
    EXPECT_EQ(checkpoint.error().code, ErrorCode::FileNotFound);
}

TEST_F(CheckpointTest, AShardThatIsNotThereIsNamed)
{
    std::filesystem::remove(folder_ / "model-00002-of-00002.safetensors");
    const auto checkpoint = open();
    ASSERT_FALSE(checkpoint);
    EXPECT_EQ(checkpoint.error().code, ErrorCode::FileNotFound);
    EXPECT_THAT(checkpoint.error().message, HasSubstr("model-00002-of-00002.safetensors"));
}

TEST_F(CheckpointTest, IndexAndShardsMustAgree)
{
    const json whole = index_;
    index_["weight_map"]["d"] = "model-00002-of-00002.safetensors";
    EXPECT_THAT(message(), AllOf(HasSubstr("lacks tensor \"d\""), HasSubstr("00002")));
    index_ = whole;
    index_["weight_map"].erase("b");
    EXPECT_THAT(message(), AllOf(HasSubstr("holds tensor \"b\""), HasSubstr("00001")));
    index_ = whole;
    index_["weight_map"]["a"] = "model-00002-of-00002.safetensors";
    EXPECT_THAT(message(), HasSubstr("\"a\""));
}

TEST_F(CheckpointTest, ShardsAreFilesOfTheSameFolder)
{
    for (const std::string& name :
         {std::string("../x.safetensors"),
          std::string("/etc/passwd"),
          std::string(".."),
          std::string(),
          std::string("a\0b", 3),
          std::string(300, 'x')}) {
        index_["weight_map"]["c"] = name;
        EXPECT_THAT(message(), HasSubstr("no file name")) << name;
    }
    index_["weight_map"]["c"] = 7;
    EXPECT_THAT(message(), HasSubstr("no file name"));
}

TEST_F(CheckpointTest, AnIndexThatIsNoneIsSaid)
{
    for (const json& index :
         {json::object(),
          json::array(),
          json{{"weight_map", json::array()}},
          json{{"weight_map", json::object()}}}) {
        index_ = index;
        EXPECT_THAT(message(), HasSubstr("weight_map")) << index;
    }
    folder_.write(kIndex, "{\"weight_map\": {");
    EXPECT_THAT(Checkpoint::open(folder_.path()).error().message, HasSubstr("not valid JSON"));
    index_ = {{"weight_map", json::object()}};
    for (int i = 0; i < 201; ++i) index_["weight_map"][std::to_string(i)] = std::to_string(i);
    EXPECT_THAT(message(), HasSubstr("more than 200 files"));
}

} // namespace
} // namespace engine::formats
