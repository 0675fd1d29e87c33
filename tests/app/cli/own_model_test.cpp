// Models of the user's own through the real engine: tiny omni checkpoints with random weights, so
// what they write is never believed, but every path runs.
#include "tests/app/cli/cli_test.h"
#include "tests/support/larger_model.h"
#include "tests/support/pdf_writer.h"

#include <csignal>
#include <fstream>

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

class OwnModelTest : public CliTest {
protected:
    OwnModelTest()
    {
        with_models_ = false;
        fs::copy(
            fs::path{PERCEPT_TEST_DATA} / "omni/b/bf16",
            model_,
            fs::copy_options::recursive | fs::copy_options::copy_symlinks);
        // A small page: 400 x 300 pixels for the model.
        const auto pdf = support::PdfWriter()
                             .page(
                                 "BT /F1 12 Tf 20 100 Td (The brick wall behind the workshop is "
                                 "painted red.) Tj "
                                 "ET 1 0 0 rg 20 20 60 40 re f",
                                 "/MediaBox [0 0 200 150]")
                             .bytes();
        EXPECT_EQ(run({"ingest", folder_.write("wall.pdf", pdf).string()}).status, 0);
    }
    Json ask() const { return json({"--engine", model_.string(), "ask", kQuestion}, "ask"); }
    void lets_it_write() const
    {
        EXPECT_EQ(run({"models", "use", model_.string(), "--writes-answers", "yes"}).status, 0);
    }
    void change_config(const std::string& key, int value) const
    {
        const fs::path path = model_ / "config.json";
        Json config = Json::parse(support::read_file(path));
        config["llm_config"][key] = value;
        std::ofstream{path} << config.dump();
    }
    static const Json* find(const Json& list, const std::string& name)
    {
        for (const Json& one : list)
            if (one["name"] == name) return &one;
        return nullptr;
    }

    static constexpr const char* kQuestion = "Which colour is the brick wall painted?";
    const fs::path model_ = folder_ / "nano";
};

TEST_F(OwnModelTest, AFolderOfSafetensorsIsKnownByItsHeaders)
{
    const auto used = json({"models", "use", model_.string()}, "models")["models"];
    ASSERT_EQ(used.size(), 1U);
    EXPECT_EQ(used[0]["name"], "nano");
    EXPECT_EQ(used[0]["path"], model_.string());
    EXPECT_EQ(used[0]["installed"], true);
    EXPECT_EQ(used[0]["size_bytes"], fs::file_size(model_ / "model.safetensors"));
    EXPECT_EQ(used[0]["capabilities"]["sees"], true);
    EXPECT_EQ(used[0]["capabilities"]["hears"], true);
    EXPECT_EQ(used[0]["capabilities"]["reasons"], false); // until the user says so
    EXPECT_THAT(used[0]["title"].get<std::string>(), HasSubstr("context of 262144 tokens"));

    const auto listed = json({"models"}, "models")["models"];
    ASSERT_NE(find(listed, "nano"), nullptr);
    const auto checks = json({"doctor"}, "doctor")["checks"];
    ASSERT_NE(find(checks, "model nano"), nullptr);
    EXPECT_EQ((*find(checks, "model nano"))["ok"], true);
    EXPECT_THAT(
        (*find(checks, "model nano"))["detail"].get<std::string>(),
        HasSubstr("sees, hears, quotes only"));

    EXPECT_EQ(run({"models", "forget", (model_ / "").string()}).status, 0);
    EXPECT_EQ(find(json({"models"}, "models")["models"], "nano"), nullptr);
    EXPECT_TRUE(fs::exists(model_ / "config.json"));
    EXPECT_EQ(json({"models", "forget", "/nano"}, "error", 1)["error"]["code"], "NotFound");
}

TEST_F(OwnModelTest, ItQuotesUntilItIsAllowedToWrite)
{
    const auto quoted = ask();
    EXPECT_EQ(quoted["mode"], "quoted");
    EXPECT_EQ(quoted["usage"]["prompt_tokens"], 0);
    EXPECT_THAT(
        quoted["notes"],
        Contains("nano may not write answers, so quotes are shown instead."));

    lets_it_write();
    const auto tried = ask();
    EXPECT_EQ(tried["mode"], "quoted"); // random weights support nothing
    EXPECT_THAT(tried["notes"].dump(), HasSubstr("could not be checked"));
    EXPECT_GT(tried["usage"]["new_tokens"], 0);
    const int with_page = tried["usage"]["prompt_tokens"];

    // The page no longer fits beside the words: 512 positions are the reply's.
    change_config("max_position_embeddings", 512 + with_page - 40);
    const int without_page = ask()["usage"]["prompt_tokens"];
    EXPECT_GT(without_page, 0);
    EXPECT_LE(without_page, with_page - 60); // 25 x 19 patches of 16 pixels, four a position
    // Nor do the words alone: the engine says so, in a sentence.
    change_config("max_position_embeddings", without_page - 10);
    const auto error = json({"--engine", model_.string(), "ask", kQuestion}, "error", 1)["error"];
    EXPECT_EQ(error["code"], "PromptTooLong");

    EXPECT_EQ(run({"models", "use", model_.string(), "--writes-answers", "no"}).status, 0);
    EXPECT_EQ(ask()["usage"]["prompt_tokens"], 0);
}

TEST_F(OwnModelTest, DamageIsASentenceWhereverItIsMet)
{
    lets_it_write();
    const auto whole = fs::file_size(model_ / "model.safetensors");
    fs::resize_file(model_ / "model.safetensors", whole / 2);
    const auto error = json({"--engine", model_.string(), "ask", kQuestion}, "error", 1)["error"];
    EXPECT_EQ(error["code"], "BadModelFile");
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("model.safetensors"));
    EXPECT_EQ(json({"models", "use", model_.string()}, "error", 1)["error"], error);
    const auto listed = json({"models"}, "models")["models"];
    ASSERT_NE(find(listed, "nano"), nullptr);
    EXPECT_EQ((*find(listed, "nano"))["installed"], false);
    EXPECT_EQ((*find(listed, "nano"))["problem"], error["message"]);
    const auto checks = json({"doctor"}, "doctor")["checks"];
    ASSERT_NE(find(checks, "model nano"), nullptr);
    EXPECT_EQ((*find(checks, "model nano"))["ok"], false);

    fs::remove(model_ / "tokenizer.json");
    fs::remove(model_ / "config.json");
    EXPECT_EQ(
        json({"--engine", model_.string(), "ask", kQuestion}, "error", 1)["error"]["code"],
        "FileNotFound");
    EXPECT_EQ(run({"models", "use", model_.string(), "--writes-answers", "maybe"}).status, 2);
}

/// A larger model of the catalogue in its place.
class LargerModelTest : public CliTest {
protected:
    LargerModelTest()
    {
        with_models_ = false;
        EXPECT_EQ(
            run({"ingest",
                 folder_.write("wall.txt", "The brick wall behind the workshop is red.\n")
                     .string()})
                .status,
            0);
    }
    void puts_it_there() const
    {
        support::write_larger_model(
            fs::path{PERCEPT_TEST_DATA} / "gguf/qwen2.gguf",
            file_,
            1'117'320'736);
    }
    Json row(const Json& models) const
    {
        for (const Json& one : models)
            if (one["name"] == kName) return one;
        return {};
    }

    static constexpr const char* kName = "qwen2.5-1.5b-instruct";
    static constexpr const char* kQuestion = "Which colour is the brick wall?";
    const fs::path file_ = folder_ / "data/models" / kName / "qwen2.5-1.5b-instruct-q4_k_m.gguf";
};

TEST_F(LargerModelTest, IsOfferedAndNotMissed)
{
    const Json listed = json({"models"}, "models"), looked = json({"doctor"}, "doctor");
    ASSERT_GE(listed["models"].size(), 7U);
    for (const Json& one : listed["models"])
        EXPECT_EQ(one["optional"], one["name"].get<std::string>().starts_with("qwen")) << one;
    for (const Json& check : looked["checks"])
        if (check["detail"].get<std::string>().find("qwen") != std::string::npos) {
            EXPECT_EQ(check["name"], "larger models");
            EXPECT_EQ(check["ok"], true);
        }
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"models", "use", kName},
          {"--engine", kName, "ask", kQuestion}}) {
        const auto error = json(words, "error", 1)["error"];
        EXPECT_EQ(error["code"], "NoModel");
        EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("models fetch qwen2.5-1.5b"));
    }
}

TEST_F(LargerModelTest, QuotesUntilTheUserLetsItWrite)
{
    puts_it_there();
    EXPECT_EQ(row(json({"models"}, "models")["models"])["installed"], true);
    const auto ask = [&] { return json({"--engine", kName, "ask", kQuestion}, "ask"); };
    EXPECT_EQ(ask()["usage"]["prompt_tokens"], 0);
    EXPECT_THAT(
        ask()["notes"],
        Contains(std::string{kName} + " may not write answers, so quotes are shown instead."));

    auto used = json({"models", "use", kName, "--writes-answers", "yes"}, "models")["models"];
    EXPECT_EQ(row(used)["capabilities"]["reasons"], true);
    EXPECT_EQ(row(used)["path"], nullptr) << "it is none of the user's own";
    EXPECT_EQ(row(json({"models"}, "models")["models"])["capabilities"]["reasons"], true);
    const auto tried = ask();
    EXPECT_GT(tried["usage"]["prompt_tokens"], 0);
    EXPECT_EQ(tried["mode"], "quoted"); // random weights support nothing

    // By where it lies it is the same model.
    used = json({"models", "use", file_.string(), "--writes-answers", "no"}, "models")["models"];
    EXPECT_EQ(row(used)["capabilities"]["reasons"], false);
    EXPECT_EQ(ask()["usage"]["prompt_tokens"], 0);

    EXPECT_EQ(run({"models", "remove", kName}).status, 0);
    EXPECT_FALSE(fs::exists(file_));
}

TEST_F(LargerModelTest, AFileOfThatNameComesFirst)
{
    puts_it_there();
    const std::string script =
        R"(cd "$0" && cp "$1" "$4" && exec "$2" --data "$3" --engine "$4" ask Why)";
    const auto result = support::run_command(
        {"/bin/sh",
         "-c",
         script,
         folder_.write("here/note.txt", "x").parent_path().string(),
         (fs::path{PERCEPT_TEST_DATA} / "gguf/README.md").string(),
         program().string(),
         (folder_ / "data").string(),
         kName});
    EXPECT_EQ(result.status, 1) << result.out;
    EXPECT_THAT(result.err, HasSubstr("does not begin with \"GGUF\"")); // it is no model
}
