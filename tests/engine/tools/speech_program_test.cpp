// percept-engine on the tiny recognisers of tests/data/parakeet.

#include "tests/engine/omni/formula_samples.h"
#include "tests/support/run_command.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <cmath>

namespace {

using nlohmann::json;

const std::filesystem::path kData = std::filesystem::path(PERCEPT_TEST_DATA) / "parakeet";

support::CommandResult run(std::vector<std::string> words)
{
    words.insert(words.begin(), PERCEPT_BIN_DIR "/percept-engine");
    return support::run_command(words);
}

std::string little_endian(std::uint32_t value, int bytes)
{
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

class SpeechProgramTest : public testing::Test {
protected:
    /// The sound of a case as 16-bit PCM, which holds its samples exactly.
    std::string wav_of(const json& each) const
    {
        std::string data;
        for (const float sample : engine::omni::formula_samples(each["samples"], each["formula"]))
            data += little_endian(
                static_cast<std::uint32_t>(std::lround(sample * 32768.0f)) & 0xffff,
                2);
        const auto size = static_cast<std::uint32_t>(data.size());
        const std::string head = "RIFF" + little_endian(36 + size, 4) + "WAVEfmt " +
                                 little_endian(16, 4) + little_endian(1, 2) + little_endian(1, 2) +
                                 little_endian(16'000, 4) + little_endian(32'000, 4) +
                                 little_endian(2, 2) + little_endian(16, 2) + "data" +
                                 little_endian(size, 4);
        return folder_.write("speech.wav", head + data).string();
    }
    static json case_of(const char* group, const char* name)
    {
        return json::parse(support::read_file(kData / "cases.json"))[group][name];
    }
    static void expect_error(const support::CommandResult& result, std::string_view code)
    {
        EXPECT_EQ(result.status, 1) << result.err;
        EXPECT_EQ(json::parse(result.out)["error"]["code"], code) << result.out;
        EXPECT_NE(result.err, "");
    }
    support::TemporaryFolder folder_;
};

TEST_F(SpeechProgramTest, TranscribesAsTheReferenceDoes)
{
    const json each = case_of("model", "long");
    const auto result = run(
        {"transcribe",
         "--model",
         (kData / "model").string(),
         "--audio",
         wav_of(each),
         "--words",
         "--compute",
         "f32",
         "--json"});
    ASSERT_EQ(result.status, 0) << result.err;
    const json heard = json::parse(result.out);
    EXPECT_NEAR(heard["duration_s"], each["samples"].get<double>() / 16'000, 1e-9);
    ASSERT_EQ(heard["segments"].size(), each["segments"].size());
    for (std::size_t i = 0; i < heard["segments"].size(); ++i) {
        const json& segment = heard["segments"][i];
        EXPECT_EQ(segment["text"], each["segments"][i]["text"]);
        EXPECT_NEAR(segment["start_s"], each["segments"][i]["start"].get<double>() * 0.08, 1e-9);
        EXPECT_EQ(segment["words"].size(), each["segments"][i]["words"].size());
        EXPECT_TRUE(segment["speaker"].is_null());
        EXPECT_GE(segment["confidence"], 0);
        EXPECT_LE(segment["confidence"], 1);
    }
    EXPECT_TRUE(heard["gaps"].empty());
    EXPECT_GT(heard["real_time_factor"], 0);
}

TEST_F(SpeechProgramTest, ConvertsAnArchiveThatThenIsHeardWith)
{
    const std::string out = (folder_ / "converted").string();
    const auto made =
        run({"convert", "--model", (kData / "tiny.nemo").string(), "--output", out, "--json"});
    ASSERT_EQ(made.status, 0) << made.err;
    EXPECT_EQ(json::parse(made.out)["files"].size(), 5u);
    const json each = case_of("nemo", "odd");
    const auto result =
        run({"transcribe", "--model", out, "--audio", wav_of(each), "--compute", "f32", "--json"});
    ASSERT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(json::parse(result.out)["segments"][0]["text"], each["segments"][0]["text"]);

    const auto inspected = run({"inspect", "--model", out, "--json"});
    ASSERT_EQ(inspected.status, 0) << inspected.err;
    const json described = json::parse(inspected.out);
    EXPECT_EQ(described["family"], "parakeet_tdt");
    EXPECT_EQ(described["sound_layers"], 1);
    EXPECT_TRUE(described["problems"].empty()) << described["problems"];

    expect_error(
        run({"convert", "--model", (kData / "tiny.nemo").string(), "--output", out, "--json"}),
        "AlreadyExists");
}

TEST_F(SpeechProgramTest, DamageIsASentenceAndStatus1)
{
    const std::string wav = wav_of(case_of("model", "short"));
    const std::string whole = support::read_file(kData / "tiny.nemo");
    const std::string out = (folder_ / "out").string();
    for (const std::size_t size : {std::size_t{0}, std::size_t{700}, whole.size() / 2}) {
        const auto archive = folder_.write("broken.nemo", whole.substr(0, size));
        expect_error(
            run({"convert", "--model", archive.string(), "--output", out, "--json"}),
            "BadModelFile");
        EXPECT_FALSE(std::filesystem::exists(out));
    }
    EXPECT_EQ(run({"convert", "--model", "x.nemo"}).status, 2);

    const auto copy = folder_ / "model";
    std::filesystem::copy(kData / "model", copy);
    const auto transcribe = [&] {
        return run({"transcribe", "--model", copy.string(), "--audio", wav, "--json"});
    };
    ASSERT_EQ(transcribe().status, 0);
    folder_.write("model/config.json", "{\"model_type\": \"parakeet_ctc\"}");
    expect_error(transcribe(), "ModelUnsupported");
    folder_.write("model/config.json", "{");
    expect_error(transcribe(), "BadModelFile");
    std::filesystem::remove(copy / "tokenizer.json");
    std::filesystem::copy_file(
        kData / "model" / "config.json",
        copy / "config.json",
        std::filesystem::copy_options::overwrite_existing);
    expect_error(transcribe(), "FileNotFound");
    folder_.write("model/model.safetensors", "no tensors");
    expect_error(transcribe(), "BadModelFile");
}

} // namespace
