// Every architecture and block format of GGUF files against transformers with the dequantised
// weights, and their tokenizers against the libraries that made them: README.md in tests/data/gguf.
// PERCEPT_GGUF_GOLDENS names another folder of the same form (make_gguf_goldens.py matrix).

#include "engine/formats/safetensors.h"
#include "engine/models/llama/llama_model.h"
#include "engine/text/bpe_files.h"
#include "engine/worker.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace engine::llama {
namespace {

using json = nlohmann::json;
using kernels::Compute;

std::filesystem::path folder()
{
    const char* other = std::getenv("PERCEPT_GGUF_GOLDENS");
    return other != nullptr ? std::filesystem::path(other)
                            : std::filesystem::path(PERCEPT_TEST_DATA) / "gguf";
}

class GgufFamilyTest : public testing::TestWithParam<Compute> {
protected:
    void SetUp() override
    {
        cases_ = json::parse(support::read_file(folder() / "models.json"));
        ASSERT_FALSE(cases_.empty());
        auto logits = formats::SafetensorsFile::open(folder() / "logits.safetensors");
        ASSERT_TRUE(logits) << logits.error().message;
        logits_ = std::make_unique<formats::SafetensorsFile>(std::move(*logits));
    }
    std::unique_ptr<LanguageModel> load(const json& each)
    {
        auto model =
            LlamaModel::load(worker_, folder() / each["file"].get<std::string>(), GetParam());
        EXPECT_TRUE(model) << model.error().message;
        return model ? std::move(*model) : nullptr;
    }
    static Sequence sequence_of(const json& each)
    {
        Sequence sequence;
        for (const std::int32_t id : each["input_ids"].get<std::vector<std::int32_t>>())
            sequence.push(id);
        return sequence;
    }
    void on_engine_thread(const std::function<void(kernels::Backend&)>& work)
    {
        const auto done = worker_.run_now([&](kernels::Backend& backend) -> Result<void> {
            work(backend);
            return {};
        });
        ASSERT_TRUE(done) << done.error().message;
    }
    /// Logits of the recorded positions, the prompt computed in passes of `step`; the largest
    /// difference to `expected`, of its range.
    double
    error_of(LanguageModel& model, const json& each, int step, std::span<const float> expected)
    {
        const Sequence sequence = sequence_of(each);
        const auto positions = each["positions"].get<std::vector<int>>();
        const auto vocab = static_cast<std::size_t>(model.vocab_size());
        const auto [low, high] = std::minmax_element(expected.begin(), expected.end());
        double worst = 0;
        on_engine_thread([&](kernels::Backend& backend) {
            model.keep_common_prefix(sequence, 0);
            const kernels::Buffer row =
                backend.allocate(kernels::DType::F32, 1, model.vocab_size());
            std::size_t next = 0;
            for (int first = 0; first < sequence.length(); first += step) {
                const int count = std::min(step, sequence.length() - first);
                ASSERT_TRUE(model.run(backend, sequence, first, count, {}, {}));
                for (; next < positions.size() && positions[next] < first + count; ++next) {
                    model.logits(backend, row.view(), positions[next] - first, 1);
                    for (std::size_t i = 0; i < vocab; ++i)
                        worst = std::max(
                            worst,
                            std::abs(
                                double{row.view().row<float>(0)[i]} -
                                double{expected[next * vocab + i]}));
                }
            }
            ASSERT_EQ(next, positions.size());
        });
        return worst / (double{*high} - double{*low});
    }
    std::vector<float> expected_of(const json& each, int vocab)
    {
        const std::string file = each["file"];
        const auto count = static_cast<std::int64_t>(each["positions"].size()) * vocab;
        auto values = logits_->tensors().values(file.substr(0, file.size() - 5), count);
        EXPECT_TRUE(values) << values.error().message;
        return *values;
    }

    Worker worker_{{Device::Cpu, 0, 2}};
    json cases_;
    std::unique_ptr<formats::SafetensorsFile> logits_;
};

TEST_P(GgufFamilyTest, LogitsAreTheReferences)
{
    double largest = 0;
    for (const json& each : cases_) {
        const auto model = load(each);
        ASSERT_NE(model, nullptr);
        const auto expected = expected_of(each, model->vocab_size());
        for (const int step : {256, 7, 1}) { // passes of other kernels; windows cut anywhere
            const double error = error_of(*model, each, step, expected);
            largest = std::max(largest, error);
            if (step == 256) std::cout << each["file"] << " " << error << " of the range\n";
            EXPECT_LE(error, GetParam() == Compute::Exact ? 2e-5 : 2e-2)
                << each["file"] << " " << step;
        }
    }
    std::cout << "largest error of the range: " << largest << "\n";
}

class GgufGreedyTest : public GgufFamilyTest {}; // exactly: choices of random models are narrow

TEST_P(GgufGreedyTest, TokensAreTheReferences)
{
    for (const json& each : cases_) {
        const auto model = load(each);
        ASSERT_NE(model, nullptr);
        const auto expected = each["token_ids"].get<std::vector<std::int32_t>>();
        Sequence sequence = sequence_of(each);
        std::vector<std::int32_t> chosen;
        on_engine_thread([&](kernels::Backend& backend) {
            model->keep_common_prefix(sequence, 0);
            int first = 0;
            while (chosen.size() < expected.size()) {
                ASSERT_TRUE(
                    model->run(backend, sequence, first, sequence.length() - first, {}, {}));
                first = sequence.length();
                const auto logits = model->last_logits(backend);
                chosen.push_back(static_cast<std::int32_t>(
                    std::max_element(logits.begin(), logits.end()) - logits.begin()));
                sequence.push(chosen.back());
            }
        });
        EXPECT_EQ(chosen, expected) << each["file"];
    }
}

INSTANTIATE_TEST_SUITE_P(
    Compute,
    GgufFamilyTest,
    testing::Values(Compute::Exact, Compute::Fast),
    [](const testing::TestParamInfo<Compute>& way) {
        return std::string(way.param == Compute::Exact ? "Exact" : "Fast");
    });

INSTANTIATE_TEST_SUITE_P(Exact, GgufGreedyTest, testing::Values(Compute::Exact));

TEST(GgufTokenizersTest, IdsAreTheLibraries)
{
    const auto data = std::filesystem::path(PERCEPT_TEST_DATA) / "gguf";
    const json strings = json::parse(support::read_file(data / "strings.json"));
    ASSERT_GT(strings.size(), 100u);
    for (const std::string name : {"llama", "qwen2", "llama2", "gemma3"}) {
        const auto file = formats::GgufFile::open(data / (name + ".gguf"));
        ASSERT_TRUE(file) << file.error().message;
        const auto tokenizer = text::bpe_from_gguf(*file);
        ASSERT_TRUE(tokenizer) << tokenizer.error().message;
        for (const json& each : strings) {
            const auto text = each["text"].get<std::string>();
            const auto ids = tokenizer->encode(text);
            ASSERT_TRUE(ids) << ids.error().message;
            EXPECT_EQ(*ids, each[name].get<std::vector<std::int32_t>>())
                << name << ": " << each["text"];
            // The mark of SentencePiece's spaces cannot be told from a space.
            if ((name == "llama2" || name == "gemma3") && text.find("▁") != std::string::npos)
                continue;
            std::string decoded = tokenizer->decode(*ids);
            if (name == "llama2" && !text.empty()) decoded.erase(0, 1); // its space in front
            EXPECT_EQ(decoded, text) << name;
        }
    }
}

TEST(GgufDamageTest, ATensorThatAnotherArchitectureWouldUseIsRefused)
{
    const support::TemporaryFolder folder;
    Worker worker{{Device::Cpu, 0, 1}};
    const auto as = [&](const char* file, const std::string& from, const std::string& to) {
        std::string bytes =
            support::read_file(std::filesystem::path(PERCEPT_TEST_DATA) / "gguf" / file);
        for (std::size_t at = 0; (at = bytes.find(from, at)) != std::string::npos;)
            bytes.replace(at, from.size(), to);
        const auto model =
            LlamaModel::load(worker, folder.write("tiny.gguf", bytes), Compute::Exact);
        return model ? std::string() : model.error().message;
    };
    EXPECT_NE(
        as("qwen3.gguf", "qwen3", "llama").find("attn_k_norm.weight, which"),
        std::string::npos);
    EXPECT_NE(
        as("qwen2.gguf", "qwen2", "qwen3").find("pre-tokenizer \"qwen3\""),
        std::string::npos);
    EXPECT_NE(as("gemma3.gguf", "post_ffw", "post_fow").find("is missing"), std::string::npos);
    EXPECT_NE(as("gemma3.gguf", "gemma3", "gemma4").find("\"gemma4\""), std::string::npos);
    EXPECT_NE(as("qwen3-k.gguf", "blk.1.ffn", "blk.9.ffn").find("is missing"), std::string::npos);
}

TEST(GgufTemplatesTest, PromptsAreThoseOfTheTemplatesAsPrograms)
{
    const auto data = std::filesystem::path(PERCEPT_TEST_DATA) / "gguf";
    const char* other = std::getenv("PERCEPT_GGUF_DIALOGUES");
    const json cases =
        json::parse(support::read_file(other != nullptr ? other : data / "dialogues.json"));
    ASSERT_FALSE(cases.empty());
    for (const json& each : cases) {
        const auto chat =
            text::ChatTemplate::recognise(each["template"].get<std::string>(), "tiny.gguf");
        ASSERT_TRUE(chat) << each["name"] << ": " << chat.error().message;
        EXPECT_EQ(chat->name().substr(0, 7), each["name"].get<std::string>().substr(0, 7));
        const auto file = formats::GgufFile::open(data / each["file"].get<std::string>());
        ASSERT_TRUE(file) << file.error().message;
        const auto tokenizer = text::bpe_from_gguf(*file);
        ASSERT_TRUE(tokenizer) << tokenizer.error().message;
        std::vector<Message> messages;
        for (const json& message : each["messages"]) {
            const auto role = message["role"].get<std::string>();
            messages.push_back(
                {role == "system"      ? Role::System
                 : role == "assistant" ? Role::Assistant
                                       : Role::User,
                 {Text{message["content"].get<std::string>()}}});
        }
        ThinkingOptions thinking;
        thinking.enabled = each["thinking"].get<bool>();
        const auto ids = chat->render(messages, *tokenizer, thinking);
        ASSERT_TRUE(ids) << ids.error().message;
        std::string text;
        for (const std::int32_t id : *ids) text += tokenizer->text_of(id);
        EXPECT_EQ(text, each["text"].get<std::string>()) << each["name"];
        EXPECT_EQ(*ids, each["ids"].get<std::vector<std::int32_t>>()) << each["name"];
    }
}

} // namespace
} // namespace engine::llama
