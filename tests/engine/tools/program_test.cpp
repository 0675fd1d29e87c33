#include "tests/engine/llama/goldens.h"
#include "tests/support/models.h"
#include "tests/support/run_command.h"

#include <gtest/gtest.h>

namespace {

using nlohmann::json;

support::CommandResult run(std::vector<std::string> words)
{
    words.insert(words.begin(), PERCEPT_BIN_DIR "/percept-engine");
    return support::run_command(words);
}

TEST(EngineProgramTest, HelpNamesEveryCommandWithAnExample)
{
    const auto help = run({"--help"});
    EXPECT_EQ(help.status, 0);
    for (const char* command : {"inspect", "tokenize", "logits", "generate", "bench"}) {
        EXPECT_NE(help.out.find(std::string("percept-engine ") + command), std::string::npos)
            << command;
        const auto own = run({command, "--help"});
        EXPECT_EQ(own.status, 0);
        EXPECT_NE(own.out.find("example"), std::string::npos) << command;
    }
    EXPECT_EQ(run({"--version"}).out.find("percept-engine "), 0u);
}

TEST(EngineProgramTest, BadUsageIsStatus2)
{
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"sing"},
        {"inspect"},
        {"inspect", "--model"},
        {"inspect", "--model", "x", "--threads", "0"},
        {"inspect", "--model", "x", "--device", "tpu"},
        {"inspect", "--model", "x", "--compute", "f64"},
        {"inspect", "--model", "x", "--volume", "3"},
        {"--volume"},
    };
    for (const auto& words : wrong) {
        const auto result = run(words);
        EXPECT_EQ(result.status, 2) << result.err;
        EXPECT_NE(result.err, "");
        EXPECT_EQ(result.out, "");
    }
}

TEST(EngineProgramTest, ErrorsAreAJsonDocumentAndASentence)
{
    const auto result = run({"inspect", "--model", "/no/such/model.gguf", "--json"});
    EXPECT_EQ(result.status, 1);
    const auto error = json::parse(result.out)["error"];
    EXPECT_EQ(error["code"], "FileNotFound");
    EXPECT_NE(error["message"].get<std::string>().find("/no/such/model.gguf"), std::string::npos);
    EXPECT_TRUE(error.contains("hint"));
    EXPECT_NE(result.err.find("/no/such/model.gguf"), std::string::npos);
}

TEST(EngineProgramTest, ADamagedModelIsASentence)
{
    const support::TemporaryFolder folder;
    const auto file = folder.write("model.gguf", "GGUF and then nothing");
    for (const char* command : {"inspect", "tokenize", "logits", "generate", "bench"}) {
        std::vector<std::string> words = {command, "--model", file.string(), "--json"};
        if (std::string(command) == "tokenize")
            words.insert(words.end(), {"--text", "a"});
        else if (std::string(command) == "logits" || std::string(command) == "generate")
            words.insert(words.end(), {"--prompt", "a"});
        const auto result = run(words);
        EXPECT_EQ(result.status, 1) << command;
        EXPECT_EQ(json::parse(result.out)["error"]["code"], "BadModelFile") << command;
    }
}

TEST(EngineProgramTest, BenchMeasuresRandomWeightsOfAKnownShape)
{
    const std::vector<std::string> shape =
        {"bench", "--shape", "smollm2-135m", "--layers", "1", "--json", "--no-limits"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), shape.begin(), shape.end());
        return run(more);
    };
    const auto decode = with(
        {"--format", "q8_0", "--decode", "2", "--context", "4", "--prefill", "8", "--repeat", "1"});
    ASSERT_EQ(decode.status, 0) << decode.err;
    const auto results = json::parse(decode.out)["results"];
    ASSERT_EQ(results.size(), 2u);
    // The head of 49,152 x 576 and one layer of 3,538,944 weights, each in 34 bytes a block of 32.
    EXPECT_GT(results[0]["bytes_per_token"], (49'152 * 576 + 3'538'944) / 32 * 34);
    EXPECT_GT(results[0]["tokens_per_s"]["median"], 0);

    const auto kernel = with({"--kernel", "matmul_down", "--prefill", "4", "--repeat", "1"});
    ASSERT_EQ(kernel.status, 0) << kernel.err;
    const auto calls = json::parse(kernel.out)["results"];
    ASSERT_EQ(calls.size(), 2u);
    EXPECT_EQ(calls[0]["tokens"], 1);
    EXPECT_EQ(calls[1]["tokens"], 4);
    for (const auto& call : calls) {
        EXPECT_EQ(call["name"], "matmul_down");
        EXPECT_EQ(call["bytes"], 576 * 1536 / 32 * 20);
        EXPECT_GT(call["us"]["median"], 0);
    }
    for (const auto& wrong : std::vector<std::vector<std::string>>{
             {"--kernel", "fft"},
             {"--format", "q2"},
             {"--model", "x"},
             {"--context", "100000"}}) {
        const auto result = with(wrong);
        EXPECT_EQ(result.status, 2) << result.out;
    }
    EXPECT_EQ(run({"bench", "--shape", "gpt-9"}).status, 2);
    EXPECT_EQ(run({"bench"}).status, 2);
}

TEST(EngineProgramTest, BenchMeasuresLayersOfTheSoundTowerBesideTheLimitsOfTheMoment)
{
    const auto sound = run(
        {"bench",
         "--shape",
         "fastconformer-0.6b",
         "--layers",
         "1",
         "--repeat",
         "1",
         "--json",
         "--no-limits"});
    ASSERT_EQ(sound.status, 0) << sound.err;
    const auto parts = json::parse(sound.out)["results"];
    ASSERT_EQ(parts.size(), 4u);
    EXPECT_EQ(parts[1]["name"], "sound layer");
    EXPECT_EQ(parts[3]["computed"], true);
    EXPECT_GT(parts[3]["s"], 0);
    EXPECT_EQ(
        run({"bench", "--shape", "nemotron-3-nano", "--layers", "9"}).status,
        2); // would not fit here
}

TEST(EngineProgramTest, InspectSaysWhatAContextTakes)
{
    const std::string model = std::string(PERCEPT_TEST_DATA) + "/omni/a/nvfp4";
    const auto told = run({"inspect", "--model", model, "--context", "1000", "--json"});
    ASSERT_EQ(told.status, 0) << told.err;
    const auto document = json::parse(told.out);
    const auto& memory = document["memory"];
    EXPECT_EQ(memory["context"], 1000);
    EXPECT_EQ(memory["cache_bytes"], 1000 * document["cache_bytes_per_token"].get<std::int64_t>());
    EXPECT_LT(memory["active_weights_bytes"], memory["weights_bytes"]);
    EXPECT_EQ(
        memory["needed_bytes"],
        memory["active_weights_bytes"].get<std::int64_t>() +
            memory["cache_bytes"].get<std::int64_t>() + memory["state_bytes"].get<std::int64_t>() +
            memory["scratch_bytes"].get<std::int64_t>());
    EXPECT_EQ(memory["fits"], true);
    EXPECT_EQ(run({"inspect", "--model", model, "--context", "99999999"}).status, 2);
}

class EngineProgramModelTest : public testing::Test {
protected:
    void SetUp() override
    {
        const auto file = support::model_file(goldens::kModel);
        if (!file) GTEST_SKIP() << support::no_model(goldens::kModel);
        model_ = file->string();
    }
    json run_json(std::vector<std::string> words, int status = 0)
    {
        words.insert(words.end(), {"--model", model_, "--json"});
        const auto result = run(words);
        EXPECT_EQ(result.status, status) << result.err;
        return json::parse(result.out);
    }
    std::string model_;
};

TEST_F(EngineProgramModelTest, InspectSaysWhatTheFileHolds)
{
    const json document = run_json({"inspect"});
    EXPECT_EQ(document["family"], "llama");
    EXPECT_EQ(document["vocab_size"], goldens::kVocab);
    EXPECT_EQ(document["hidden_size"], goldens::kDim);
    EXPECT_EQ(document["tensors"], 272);
    EXPECT_EQ(document["cache_bytes_per_token"], 23'040);
    EXPECT_TRUE(document["problems"].empty());
}

TEST_F(EngineProgramModelTest, TokenizeGoesThereAndBack)
{
    const json plain = run_json({"tokenize", "--text", "A caf\u00e9 <|im_end|> 42"});
    EXPECT_EQ(plain["text"], "A caf\u00e9 <|im_end|> 42");
    EXPECT_EQ(plain["ids"].size(), plain["pieces"].size());
    const json special = run_json({"tokenize", "--text", "<|im_end|>", "--special"});
    EXPECT_EQ(special["ids"], json::array({2}));
    EXPECT_EQ(special["pieces"], json::array({"<|im_end|>"}));
    EXPECT_GT(run_json({"tokenize", "--text", "<|im_end|>"})["ids"].size(), 1u);
}

TEST_F(EngineProgramModelTest, LogitsFollowTheReferenceInFloat32)
{
    const auto golden = goldens::logits().front();
    std::string ids;
    for (const auto id : golden.input_ids) ids += (ids.empty() ? "" : ",") + std::to_string(id);
    const support::TemporaryFolder folder;

    const json document = run_json(
        {"logits",
         "--ids",
         ids,
         "--compute",
         "f32",
         "--top",
         "2",
         "--trace",
         (folder / "trace").string()});

    EXPECT_EQ(document["input_ids"], golden.input_ids);
    const auto logits = document["logits"].get<std::vector<float>>();
    EXPECT_LT(goldens::largest_difference(logits, golden.values), 1e-3f * golden.range);
    ASSERT_EQ(document["positions"].size(), golden.input_ids.size());
    EXPECT_EQ(
        document["positions"].back()[0][1].get<float>(),
        *std::max_element(logits.begin(), logits.end()));
    EXPECT_EQ(document["embeds_rownorm"].size(), golden.input_ids.size());
    EXPECT_TRUE(std::filesystem::exists(folder / "trace" / "layer_29.npy"));
}

TEST_F(EngineProgramModelTest, GenerateAnswersAndStreams)
{
    const support::TemporaryFolder folder;
    const auto request = folder.write(
        "request.json",
        R"({"messages": [{"role": "user", "content": "What is the capital of France?"}]})");
    const json document =
        run_json({"generate", "--messages", request.string(), "--max-tokens", "64"});
    EXPECT_EQ(document["text"], "The capital of France is Paris.");
    EXPECT_EQ(document["token_ids"], goldens::greedy().front().token_ids);
    EXPECT_EQ(document["finish_reason"], "stop");
    EXPECT_EQ(document["usage"]["prompt_tokens"], goldens::greedy().front().input_ids.size());

    const auto streamed =
        run({"generate", "--model", model_, "--messages", request.string(), "--stream", "--json"});
    std::istringstream lines(streamed.out);
    std::string text;
    json last;
    for (std::string line; std::getline(lines, line);) {
        last = json::parse(line);
        if (last.contains("delta")) text += last["delta"];
    }
    EXPECT_EQ(text, document["text"]);
    EXPECT_EQ(last["text"], document["text"]);

    const auto plain = run(
        {"generate", "--model", model_, "--prompt", "What is the capital of France?", "--quiet"});
    EXPECT_EQ(plain.out, "The capital of France is Paris.\n");
    EXPECT_EQ(plain.err, "");
}

TEST_F(EngineProgramModelTest, CtrlCKeepsWhatWasPrinted)
{
    const std::string program = PERCEPT_BIN_DIR "/percept-engine";
    const std::vector<std::string> words = {
        program,
        "generate",
        "--model",
        model_,
        "--prompt",
        "Tell me a very long story about the sea.",
        "--max-tokens",
        "4000",
        "--temperature",
        "1",
        "--repetition-penalty",
        "1.1",
        "--stop",
        "no story holds this"};
    support::Command plain(words);
    ASSERT_TRUE(plain.wait_for([&] { return plain.out().size() > 40; })) << plain.err();
    const std::string seen = plain.out();
    plain.send(SIGINT);
    const auto ended = plain.wait();
    EXPECT_EQ(ended.status, 130) << ended.err;
    EXPECT_EQ(ended.out.substr(0, seen.size()), seen);
    EXPECT_EQ(ended.out.back(), '\n');

    auto streaming = words;
    streaming.insert(streaming.end(), {"--stream", "--json"});
    support::Command stream(streaming);
    ASSERT_TRUE(stream.wait_for([&] { return stream.out().size() > 200; })) << stream.err();
    stream.send(SIGINT);
    const auto lines = stream.wait();
    EXPECT_EQ(lines.status, 130) << lines.err;
    std::string text;
    json last;
    std::istringstream in(lines.out);
    for (std::string line; std::getline(in, line);) {
        last = json::parse(line);
        if (last.contains("delta")) text += last["delta"];
    }
    EXPECT_EQ(last["finish_reason"], "cancelled");
    EXPECT_EQ(last["text"], text);
    EXPECT_NE(text, "");
    EXPECT_EQ(last["usage"]["new_tokens"], last["token_ids"].size());
}

TEST_F(EngineProgramModelTest, BenchPutsItsFiguresBesideTheLimits)
{
    const json document =
        run_json({"bench", "--prefill", "16", "--decode", "4", "--context", "8", "--repeat", "1"});
    EXPECT_GT(document["machine"]["read_gb_s"], 0);
    ASSERT_EQ(document["results"].size(), 2u);
    const json& decode = document["results"][0];
    EXPECT_EQ(decode["name"], "decode");
    for (const char* field : {"median", "p10", "p90"}) EXPECT_GT(decode["tokens_per_s"][field], 0);
    EXPECT_GT(decode["bytes_per_token"], 90'000'000);
    EXPECT_GT(decode["ratio"], 0);
}

TEST(EngineProgramTest, BenchRefusesAKernelOfAModelThatIsNoLanguageModel)
{
    const auto file = support::model_file("all-minilm-l6-v2/vocab.txt");
    if (!file) GTEST_SKIP() << support::no_model("all-minilm-l6-v2/vocab.txt");
    const auto result = run({"bench", "--model", file->parent_path().string(), "--kernel", "all"});
    EXPECT_EQ(result.status, 2) << result.out;
}

TEST(EngineProgramTest, InspectKnowsTheSizesOfTheOtherFamilies)
{
    struct Family {
        const char* file;
        const char* name;
        int vocab_size, hidden_size, layers, sound_layers;
    };
    for (const Family& family :
         {Family{"whisper-base/model.bin", "whisper", 51'865, 512, 6, 6},
          Family{"all-minilm-l6-v2/model.safetensors", "minilm", 30'522, 384, 6, 0},
          Family{"silero-vad/silero_vad.safetensors", "silero_vad", 0, 128, 0, 0}}) {
        const auto file = support::model_file(family.file);
        if (!file) GTEST_SKIP() << support::no_model(family.file);
        const auto result = run({"inspect", "--model", file->parent_path().string(), "--json"});
        ASSERT_EQ(result.status, 0) << result.err;
        const json document = json::parse(result.out);
        EXPECT_EQ(document["family"], family.name);
        EXPECT_EQ(document["vocab_size"], family.vocab_size) << family.name;
        EXPECT_EQ(document["hidden_size"], family.hidden_size) << family.name;
        EXPECT_EQ(
            document["layer_pattern"],
            std::string(static_cast<std::size_t>(family.layers), 'A'));
        EXPECT_EQ(document["sound_layers"], family.sound_layers) << family.name;
        EXPECT_TRUE(document["problems"].empty()) << document["problems"];
    }
}

} // namespace
