// A recogniser of the user's own through the real engine: a tiny Parakeet with random weights, so
// its words mean nothing, but where they come from and when they were said is checked.
#include "tests/app/cli/cli_test.h"

#include <cmath>
#include <fstream>

using testing::HasSubstr;

namespace fs = std::filesystem;

class OwnRecognizerTest : public CliTest {
protected:
    OwnRecognizerTest()
    {
        with_models_ = false; // no Whisper that could listen in its stead
        fs::copy(fs::path{PERCEPT_TEST_DATA} / "parakeet/model", model_);
        write_sound();
    }
    /// Four seconds of a gliding tone over noise, 16 bits, 16 kHz.
    void write_sound() const
    {
        constexpr int kRate_hz = 16'000, kSamples = 4 * kRate_hz;
        std::string bytes = "RIFF";
        const auto number = [&](std::uint32_t value, int size) {
            for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
        };
        number(36 + 2 * kSamples, 4);
        bytes += "WAVEfmt ";
        number(16, 4);
        number(1, 2); // PCM
        number(1, 2); // channel
        number(kRate_hz, 4);
        number(2 * kRate_hz, 4);
        number(2, 2);
        number(16, 2);
        bytes += "data";
        number(2 * kSamples, 4);
        std::uint32_t noise = 1;
        for (int i = 0; i < kSamples; ++i) {
            noise = noise * 1'664'525u + 1'013'904'223u;
            const double t = static_cast<double>(i) / kRate_hz;
            const double tone = 6'000 * std::sin(2 * 3.14159265 * (200 + 150 * t) * t);
            const double hiss = static_cast<double>(noise >> 20) - 2048;
            number(static_cast<std::uint16_t>(static_cast<int>(tone + hiss)), 2);
        }
        std::ofstream{sound_, std::ios::binary} << bytes;
    }
    Json use(const std::string& listens) const
    {
        return json({"models", "use", model_.string(), "--listens", listens}, "models")["models"];
    }
    Json transcript() const
    {
        return json({"transcribe", sound_.string(), "--words"}, "transcribe");
    }
    static const Json* find(const Json& list, const std::string& name)
    {
        for (const Json& one : list)
            if (one["name"] == name) return &one;
        return nullptr;
    }
    static void expect_times(const Json& segments)
    {
        ASSERT_FALSE(segments.empty());
        double last_s = 0;
        for (const Json& segment : segments) {
            EXPECT_FALSE(segment["text"].get<std::string>().empty());
            ASSERT_FALSE(segment["words"].empty());
            EXPECT_EQ(segment["start_s"], segment["words"].front()["start_s"]);
            EXPECT_EQ(segment["end_s"], segment["words"].back()["end_s"]);
            for (const Json& word : segment["words"]) {
                const double start_s = word["start_s"], end_s = word["end_s"];
                EXPECT_LE(last_s, start_s);
                EXPECT_LE(start_s, end_s);
                // A row of the encoder is 80 ms long; Whisper's grid has 20 ms.
                EXPECT_NEAR(std::remainder(start_s, 0.08), 0, 1e-6);
                last_s = start_s;
            }
        }
        EXPECT_GT(last_s, 1);
        EXPECT_LE(last_s, 4);
    }

    const fs::path model_ = folder_ / "parakeet";
    const fs::path sound_ = folder_ / "glide.wav";
};

TEST_F(OwnRecognizerTest, AFolderIsKnownByWhatItHolds)
{
    const auto used = json({"models", "use", model_.string()}, "models")["models"];
    ASSERT_EQ(used.size(), 1U);
    EXPECT_EQ(used[0]["name"], "parakeet");
    EXPECT_EQ(used[0]["title"], "parakeet_tdt, BF16, speech");
    EXPECT_EQ(used[0]["size_bytes"], fs::file_size(model_ / "model.safetensors"));
    EXPECT_EQ(used[0]["listens"], false); // until the user says so
    EXPECT_EQ(used[0]["capabilities"]["hears"], true);
    EXPECT_EQ(used[0]["capabilities"]["calls_tools"], false);
    EXPECT_THAT(
        (*find(json({"doctor"}, "doctor")["checks"], "model parakeet"))["detail"].dump(),
        HasSubstr("parakeet_tdt, BF16, speech, switched off"));

    // What is said of a model is for one of its kind.
    EXPECT_EQ(
        json(
            {"models", "use", model_.string(), "--writes-answers", "yes"},
            "error",
            2)["error"]["code"],
        "BadUsage");
    const std::string omni = std::string{PERCEPT_TEST_DATA} + "/omni/b/bf16";
    EXPECT_EQ(
        json({"models", "use", omni, "--listens", "yes"}, "error", 2)["error"]["code"],
        "BadUsage");
    EXPECT_EQ(run({"models", "use", model_.string(), "--listens", "perhaps"}).status, 2);
    const auto listed = json({"models"}, "models")["models"];
    EXPECT_EQ(find(listed, "bf16"), nullptr);
    EXPECT_EQ((*find(listed, "whisper-base"))["listens"], nullptr);
}

TEST_F(OwnRecognizerTest, ItListensOnceItIsChosen)
{
    EXPECT_EQ(
        json({"transcribe", sound_.string()}, "error", 1)["error"]["code"],
        "NoModel"); // Whisper's, which is not here
    EXPECT_EQ(use("yes")[0]["title"], "parakeet_tdt, BF16, listens to recordings");
    const auto heard = transcript();
    expect_times(heard["segments"]);
    // The language asked for cannot be forced, and is no error.
    EXPECT_EQ(
        json(
            {"transcribe", sound_.string(), "--words", "--language", "de"},
            "transcribe")["segments"],
        heard["segments"]);

    const auto report = json({"ingest", sound_.string()}, "ingest");
    EXPECT_EQ(report["sources"][0]["status"], "ready");
    EXPECT_EQ(report["sources"][0]["segments"], heard["segments"].size());
    const std::string file = (folder_ / "session.json").string();
    json(
        {"export", std::to_string(report["session"].get<int>()), "--format", "json", "-o", file},
        "written");
    const Json session = Json::parse(support::read_file(file));
    EXPECT_EQ(session["sources"][0]["segments"].size(), heard["segments"].size())
        << session.dump(1);

    // One at a time.
    const fs::path other = folder_ / "other";
    fs::copy(model_, other);
    json({"models", "use", other.string(), "--listens", "yes"}, "models");
    const auto listed = json({"models"}, "models")["models"];
    EXPECT_EQ((*find(listed, "parakeet"))["listens"], false);
    EXPECT_EQ((*find(listed, "other"))["listens"], true);
    EXPECT_EQ(run({"models", "use", other.string(), "--listens", "no"}).status, 0);
    EXPECT_EQ(json({"transcribe", sound_.string()}, "error", 1)["error"]["code"], "NoModel");
}

TEST_F(OwnRecognizerTest, NobodyListensInItsStead)
{
    use("yes");
    const fs::path weights = model_ / "model.safetensors";
    fs::resize_file(weights, fs::file_size(weights) / 2);
    const auto error = json({"transcribe", sound_.string()}, "error", 1)["error"];
    EXPECT_EQ(error["code"], "BadModelFile");
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("parakeet, which is to listen"));
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("model.safetensors"));
    EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("models forget " + model_.string()));
    const auto read = json({"ingest", sound_.string()}, "ingest", 1)["sources"][0];
    EXPECT_EQ(read["status"], "failed");
    EXPECT_EQ(read["error"]["message"], error["message"]);

    fs::rename(model_, folder_ / "elsewhere");
    EXPECT_EQ(json({"transcribe", sound_.string()}, "error", 1)["error"]["code"], "FileNotFound");
    const Json lost = *find(json({"models"}, "models")["models"], "parakeet");
    EXPECT_EQ(lost["installed"], false);
    EXPECT_EQ(lost["listens"], true);
    EXPECT_NE(lost["problem"], nullptr);
    EXPECT_EQ(run({"models", "forget", model_.string()}).status, 0); // the way out
    EXPECT_EQ(json({"transcribe", sound_.string()}, "error", 1)["error"]["code"], "NoModel");
}

TEST_F(OwnRecognizerTest, ItAnswersNoQuestions)
{
    folder_.write("wall.txt", "The brick wall behind the workshop is painted red.");
    EXPECT_EQ(run({"ingest", (folder_ / "wall.txt").string()}).status, 0);
    const auto error =
        json({"--engine", model_.string(), "ask", "Which colour is the wall?"}, "error", 1);
    EXPECT_EQ(error["error"]["code"], "ModelUnsupported");
    EXPECT_THAT(error["error"]["message"].get<std::string>(), HasSubstr("recognises speech"));
}
