// Vectors against transformers' BertModel; see tests/data/minilm/make_goldens.py.
#include "engine/formats/safetensors.h"
#include "engine/text_embedder.h"
#include "tests/support/models.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <future>
#include <numeric>

namespace {

using engine::ErrorCode;
using engine::TextEmbedder;
using kernels::Compute;
using Vectors = std::vector<std::vector<float>>;

double cosine(std::span<const float> a, std::span<const float> b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

engine::EmbedRequest request_for(std::vector<std::string> texts)
{
    engine::EmbedRequest request;
    request.texts = std::move(texts);
    return request;
}

struct Goldens {
    std::vector<std::string> texts;
    Vectors vectors;

    Goldens()
    {
        const std::string folder = std::string(PERCEPT_TEST_DATA) + "/minilm/";
        texts = nlohmann::json::parse(std::ifstream(folder + "texts.json"))["texts"];
        std::ifstream bytes(folder + "vectors.bin", std::ios::binary);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            vectors.emplace_back(384);
            bytes.read(reinterpret_cast<char*>(vectors.back().data()), 384 * sizeof(float));
        }
    }
};

class MiniLmTest : public testing::Test {
protected:
    void SetUp() override
    {
        if (!support::model_file("all-minilm-l6-v2/model.safetensors"))
            GTEST_SKIP() << support::no_model("all-minilm-l6-v2");
    }
    std::unique_ptr<TextEmbedder> open(Compute compute)
    {
        auto opened =
            TextEmbedder::open(worker, support::models_folder() / "all-minilm-l6-v2", compute);
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? std::move(*opened) : nullptr;
    }
    engine::Worker worker;
    Goldens goldens;
};

TEST_F(MiniLmTest, ExactVectorsAreThoseOfThePaddedReference)
{
    const auto embedder = open(Compute::Exact);
    const auto vectors = embedder->embed(request_for(goldens.texts));
    ASSERT_TRUE(vectors) << vectors.error().message;
    ASSERT_EQ(vectors->size(), goldens.texts.size());
    for (std::size_t i = 0; i < vectors->size(); ++i) {
        ASSERT_EQ((*vectors)[i].size(), 384u);
        for (std::size_t c = 0; c < 384; ++c)
            EXPECT_NEAR((*vectors)[i][c], goldens.vectors[i][c], 1e-5) << i << ", " << c;
        for (std::size_t j = 0; j <= i; ++j)
            EXPECT_NEAR(
                cosine((*vectors)[i], (*vectors)[j]),
                cosine(goldens.vectors[i], goldens.vectors[j]),
                1e-5)
                << i << ", " << j;
    }
}

TEST_F(MiniLmTest, FastVectorsStayCloseToTheExactOnes)
{
    const auto embedder = open(Compute::Fast);
    const auto vectors = embedder->embed(request_for(goldens.texts));
    ASSERT_TRUE(vectors) << vectors.error().message;
    for (std::size_t i = 0; i < vectors->size(); ++i) {
        EXPECT_NEAR(cosine((*vectors)[i], (*vectors)[i]), 1.0, 1e-5);
        EXPECT_GT(cosine((*vectors)[i], goldens.vectors[i]), 0.999) << goldens.texts[i];
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_NEAR(
                cosine((*vectors)[i], (*vectors)[j]),
                cosine(goldens.vectors[i], goldens.vectors[j]),
                0.005)
                << i << ", " << j;
    }
}

TEST_F(MiniLmTest, PackingDoesNotChangeAVector)
{
    const auto embedder = open(Compute::Exact);
    const auto together = *embedder->embed(request_for(goldens.texts));
    for (std::size_t i = 0; i < goldens.texts.size(); ++i) {
        const auto alone = *embedder->embed(request_for({goldens.texts[i]}));
        for (std::size_t c = 0; c < 384; ++c) EXPECT_NEAR(alone[0][c], together[i][c], 1e-5);
    }
}

TEST_F(MiniLmTest, KnowsItsSizes)
{
    const auto embedder = open(Compute::Fast);
    EXPECT_EQ(embedder->dimension(), 384);
    EXPECT_EQ(embedder->max_tokens(), 256);
    EXPECT_TRUE(embedder->embed({})->empty());
}

TEST_F(MiniLmTest, AStopEndsALongRequestBetweenPasses)
{
    const auto embedder = open(Compute::Fast);
    std::stop_source stop;
    engine::EmbedRequest request;
    request.texts.assign(20'000, goldens.texts[9]);
    request.stop = stop.get_token();
    std::promise<engine::Result<Vectors>> outcome;
    ASSERT_TRUE(embedder->submit(std::move(request), [&](engine::Result<Vectors> vectors) {
        outcome.set_value(std::move(vectors));
    }));
    // A later question gets its turn long before 20,000 passages are done.
    auto question = request_for({"Where is it?"});
    question.priority = engine::Priority::Interactive;
    EXPECT_TRUE(embedder->embed(std::move(question)));
    auto future = outcome.get_future();
    EXPECT_NE(future.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    stop.request_stop();
    ASSERT_EQ(future.wait_for(std::chrono::seconds(30)), std::future_status::ready);
    EXPECT_EQ(future.get().error().code, ErrorCode::Cancelled);
}

TEST_F(MiniLmTest, AModelThatGoesAwayCancelsWhatWaits)
{
    auto embedder = open(Compute::Fast);
    engine::EmbedRequest request;
    request.texts.assign(20'000, goldens.texts[9]);
    std::promise<engine::Result<Vectors>> outcome;
    ASSERT_TRUE(embedder->submit(std::move(request), [&](engine::Result<Vectors> vectors) {
        outcome.set_value(std::move(vectors));
    }));
    embedder.reset();
    EXPECT_EQ(outcome.get_future().get().error().code, ErrorCode::Cancelled);
}

TEST_F(MiniLmTest, AFileThatShrinksEndsTheRequestWithASentence)
{
    const support::TemporaryFolder folder;
    const auto source = support::models_folder() / "all-minilm-l6-v2";
    for (const char* name : {"model.safetensors", "vocab.txt"})
        std::filesystem::copy_file(source / name, folder / name);
    const auto embedder = TextEmbedder::open(worker, folder.path(), Compute::Fast);
    ASSERT_TRUE(embedder) << embedder.error().message; // and without config.json
    ASSERT_TRUE((*embedder)->embed(request_for({"before"})));
    std::filesystem::resize_file(folder / "model.safetensors", 100'000);
    const auto vectors = (*embedder)->embed(request_for(goldens.texts));
    ASSERT_FALSE(vectors);
    EXPECT_EQ(vectors.error().code, ErrorCode::BadModelFile);
    EXPECT_THAT(vectors.error().message, testing::HasSubstr("model.safetensors became shorter"));
}

TEST(MiniLmFilesTest, AbsentAndForeignFilesAreSentences)
{
    engine::Worker worker;
    const support::TemporaryFolder folder;
    EXPECT_EQ(TextEmbedder::open(worker, folder.path()).error().code, ErrorCode::FileNotFound);
    ASSERT_TRUE(engine::formats::write_safetensors(folder / "model.safetensors", {}));
    folder.write("vocab.txt", "[UNK]\n[CLS]\n[SEP]\n");
    const auto empty = TextEmbedder::open(worker, folder.path());
    EXPECT_EQ(empty.error().code, ErrorCode::BadModelFile);
    EXPECT_THAT(
        empty.error().message,
        testing::HasSubstr(
            "model.safetensors: tensor \"embeddings.word_embeddings.weight\" is missing"));
}

} // namespace
