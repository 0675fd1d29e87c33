#include "app/engines.h"
#include "app/own_model.h"
#include "app/published_model.h"
#include "base/hash.h"
#include "engine/models/llama/memory_need.h"
#include "tests/storage/library_fixture.h"
#include "tests/support/models.h"

#include <future>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace app;
using nlohmann::json;
using storage_test::must;
namespace fs = std::filesystem;

namespace {

std::string sha256(const std::string& text)
{
    return base::sha256_of(std::as_bytes(std::span(text)));
}

models::Catalogue catalogue_of(
    const std::string& content,
    const std::string& file = "tiny.bin",
    bool user_decides = false)
{
    const json places = json::array({{{"url", "http://127.0.0.1:9/never-asked"}}});
    const json document = {
        {"models",
         {{{"name", "tiny"},
           {"title", "Tiny"},
           {"licence", "MIT"},
           {"memory_bytes", 1},
           {"user_decides", user_decides},
           {"capabilities",
            {{"sees", false}, {"hears", false}, {"reasons", false}, {"calls_tools", false}}},
           {"files",
            {{{"name", file},
              {"size_bytes", content.size()},
              {"sha256", sha256(content)},
              {"places", places}}}}}}}};
    return must(models::Catalogue::parse(document.dump()));
}

TEST(OwnModelTest, PublishedFilesOfAnyNameAreTakenIntoTheStore)
{
    support::TemporaryFolder folder;
    folder.write("stick/download (1).bin", "published");
    folder.write("stick/other.bin", "same size");
    const auto catalogue = catalogue_of("published");
    const auto found = must(use_folder(folder / "stick", catalogue, folder / "models", {}));
    ASSERT_EQ(found.published.size(), 1U);
    EXPECT_EQ(support::read_file(folder / "models/tiny/tiny.bin"), "published");
    EXPECT_TRUE(models::ModelStore(catalogue, folder / "models").installed(*found.published[0]));
}

TEST(OwnModelTest, ABrokenModelFileIsRefusedWithItsReason)
{
    support::TemporaryFolder folder;
    folder.write("stick/model.gguf", "GGUF but no header");
    const auto found =
        use_folder(folder / "stick", catalogue_of("published"), folder / "models", {});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::BadModelFile);
    EXPECT_THAT(found.error().message, testing::HasSubstr("model.gguf"));
}

TEST(OwnModelTest, ANemoArchiveIsRefusedWithTheWayToConvertIt)
{
    support::TemporaryFolder folder;
    folder.write("stick/parakeet.nemo", "archive");
    for (const char* place : {"stick", "stick/parakeet.nemo"}) {
        const auto found = use_folder(folder / place, catalogue_of("published"), folder / "m", {});
        ASSERT_FALSE(found) << place;
        EXPECT_EQ(found.error().code, ErrorCode::ModelUnsupported);
        EXPECT_THAT(found.error().hint, testing::HasSubstr("convert --model parakeet.nemo"));
    }
}

TEST(OwnModelTest, AFolderWithoutModelsSaysSo)
{
    support::TemporaryFolder folder;
    folder.write("stick/letter.txt", "x");
    const auto catalogue = catalogue_of("published");
    EXPECT_EQ(
        use_folder(folder / "stick", catalogue, folder / "models", {}).error().code,
        ErrorCode::NotFound);
    EXPECT_EQ(
        use_folder(folder / "nowhere", catalogue, folder / "models", {}).error().code,
        ErrorCode::FileNotFound);
}

TEST(OwnModelTest, APublishedModelWritesOnlyWhereNobodyMeasuredItAndTheUserLetsIt)
{
    support::TemporaryFolder folder;
    const auto library = must(storage::Library::open(folder / "data", storage::Access::Write));
    const auto models = folder / "models";
    const auto offered = catalogue_of("bytes", "tiny.gguf", true);
    const auto fixed = catalogue_of("bytes", "tiny.gguf", false);
    const auto file = published_file("tiny", offered, models);
    EXPECT_EQ(file, models / "tiny/tiny.gguf");
    EXPECT_EQ(published_file("huge", offered, models), std::filesystem::path{});
    EXPECT_EQ(published_file("tiny", catalogue_of("bytes"), models), std::filesystem::path{});
    folder.write("models/tiny/tiny.gguf", "bytes");
    const auto may = [&](const models::Catalogue& catalogue, const std::filesystem::path& model) {
        return must(may_write_answers(model, catalogue, models, *library));
    };
    EXPECT_FALSE(may(offered, file));
    must(let_model_write(*library, "tiny", true));
    must(let_model_write(*library, "tiny", true)); // twice is once
    EXPECT_EQ(must(writing_models(*library)), std::vector<std::string>{"tiny"});
    EXPECT_TRUE(may(offered, file));
    EXPECT_TRUE(may(offered, models / "tiny"));
    EXPECT_FALSE(may(fixed, file)) << "measured and not good enough, or too small to ask";
    EXPECT_FALSE(may(offered, folder / "elsewhere/tiny/tiny.gguf")) << "not the checked bytes";
    // That it is among his own as well does not go around the catalogue.
    OwnModel own;
    own.file = file;
    own.capabilities.reasons = true;
    must(keep_own_models(*library, std::vector{own}));
    EXPECT_FALSE(may(fixed, file));
    must(let_model_write(*library, "tiny", false));
    EXPECT_FALSE(may(offered, file));
    EXPECT_TRUE(must(writing_models(*library)).empty());
}

/// The catalogue states what the engine's own arithmetic says of a question and its answer, for
/// weights that are all read, rounded up to ten megabytes.
TEST(OwnModelTest, TheMemoryOfOfferedModelsIsThatOfTheFitArithmetic)
{
    struct Shape {
        const char* name;
        int layers, dim, ffn, heads, kv_heads, vocabulary; // of the published config.json
    };
    for (const Shape& shape :
         {Shape{"qwen2.5-1.5b-instruct", 28, 1536, 8960, 12, 2, 151'936},
          Shape{"qwen3-4b-instruct-2507", 36, 2560, 9728, 32, 8, 151'936},
          Shape{"qwen2.5-7b-instruct", 28, 3584, 18'944, 28, 4, 152'064}}) {
        const auto* model = models::Catalogue::built_in().find(shape.name);
        ASSERT_NE(model, nullptr) << shape.name;
        engine::llama::Config config;
        config.layers = shape.layers;
        config.dim = shape.dim;
        config.ffn_dim = shape.ffn;
        config.heads = shape.heads;
        config.kv_heads = shape.kv_heads;
        config.head_dim = 128;
        config.vocab_size = shape.vocabulary;
        auto need = engine::llama::memory_need(config, engine::formats::TensorTable{"none"}, 2);
        need.active_bytes = model->size_bytes();
        const std::uint64_t bytes = need.at(engine::kFewestPositions);
        EXPECT_GE(model->memory_bytes, bytes) << shape.name;
        EXPECT_LT(model->memory_bytes, bytes + 10'000'000) << shape.name;
    }
}

class OwnRecognizerTest : public storage_test::LibraryTest {
protected:
    fs::path copy(const char* name) const
    {
        fs::copy(fs::path(PERCEPT_TEST_DATA) / "parakeet/model", folder_ / name);
        return folder_ / name;
    }
    std::vector<bool> who_listens()
    {
        std::vector<bool> listens;
        for (const OwnModel& model : must(own_models(library()))) listens.push_back(model.listens);
        return listens;
    }
};

TEST_F(OwnRecognizerTest, AFolderOfARecogniserIsKnownByItsConfigAndChecked)
{
    const fs::path place = copy("ears");
    const OwnModel model = must(look_at_model(place));
    EXPECT_TRUE(model.recognizes_speech);
    EXPECT_FALSE(model.listens);
    EXPECT_EQ(model.format, "parakeet_tdt, BF16");
    EXPECT_EQ(model.context_length, 0);
    EXPECT_GT(model.needed_bytes, 100'000U);
    EXPECT_GT(model.available_bytes, 0U);
    EXPECT_TRUE(model.capabilities.hears);
    EXPECT_FALSE(model.capabilities.calls_tools);

    const auto config = json::parse(support::read_file(place / "config.json"));
    const auto with = [&](const char* key, const json& value) {
        json changed = config;
        changed[key] = value;
        folder_.write("ears/config.json", changed.dump());
        return look_at_model(place);
    };
    EXPECT_EQ(with("vocab_size", 46).error().code, ErrorCode::BadModelFile);
    EXPECT_EQ(with("model_type", "parakeet_ctc").error().code, ErrorCode::ModelUnsupported);
    EXPECT_TRUE(with("transformers_version", "6"));
    fs::resize_file(place / "model.safetensors", 100'000);
    EXPECT_EQ(look_at_model(place).error().code, ErrorCode::BadModelFile);
    EXPECT_THAT(look_at_model(place).error().message, testing::HasSubstr("model.safetensors"));
}

TEST_F(OwnRecognizerTest, OneListensAndIsKept)
{
    EXPECT_EQ(must(listening_model(library())), "");
    OwnModel nano; // a language model
    nano.file = folder_ / "nano.gguf";
    std::vector<OwnModel> models{
        must(look_at_model(copy("a"))),
        must(look_at_model(copy("b"))),
        nano};
    let_listen(models, nano.file, true); // it cannot
    must(keep_own_models(library(), models));
    EXPECT_EQ(must(listening_model(library())), "");
    let_listen(models, folder_ / "a", true);
    must(keep_own_models(library(), models));
    EXPECT_EQ(must(listening_model(library())), folder_ / "a");
    let_listen(models, folder_ / "b" / "", true);
    must(keep_own_models(library(), models));
    EXPECT_EQ(who_listens(), (std::vector<bool>{false, true, false}));

    // One that is gone is still the chosen one, and known for what it was.
    fs::remove_all(folder_ / "b");
    EXPECT_EQ(must(listening_model(library())), folder_ / "b");
    const auto kept = must(own_models(library()));
    EXPECT_TRUE(kept[1].recognizes_speech);
    EXPECT_TRUE(kept[1].listens);
    EXPECT_NE(kept[1].problem, "");
    let_listen(models, folder_ / "b", false);
    must(keep_own_models(library(), models));
    EXPECT_EQ(must(listening_model(library())), "");
}

TEST_F(OwnRecognizerTest, EnginesOpenTheOneThatIsAskedFor)
{
    Engines engines{folder_ / "models", {}};
    EXPECT_EQ(engines.speech().error().code, ErrorCode::NoModel);
    const auto a = must(engines.speech(copy("a")));
    EXPECT_EQ(engines.status().loaded, std::vector<std::string>{"a"});
    EXPECT_EQ(must(engines.speech(folder_ / "a")), a);
    EXPECT_NE(must(engines.speech(copy("b"))), a);
    EXPECT_EQ(engines.status().loaded, std::vector<std::string>{"b"});
    std::promise<Result<engine::SpeechFinish>> heard; // who has the first one goes on with it
    engine::SpeechRequest request;
    request.sound.samples.assign(16'000, 0.0f);
    must(a->submit(request, {{}, {}, [&](auto finish) { heard.set_value(std::move(finish)); }}));
    EXPECT_EQ(must(heard.get_future().get()).speech_s, 1);

    const auto lost = engines.speech(folder_ / "c");
    EXPECT_EQ(lost.error().code, ErrorCode::FileNotFound);
    EXPECT_EQ(
        lost.error().message,
        "c, which is to listen to recordings, cannot be used: " + (folder_ / "c").string() +
            " is not there.");
    EXPECT_THAT(lost.error().hint, testing::HasSubstr("models forget " + (folder_ / "c").string()));
}

TEST(OwnModelTest, ARealModelIsKnownByItsHeader)
{
    const auto file = support::model_file("smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
    if (!file) GTEST_SKIP() << support::no_model("smollm2-135m-instruct");
    const auto model = must(look_at_model(*file));
    EXPECT_EQ(model.format, "llama, Q4_1");
    EXPECT_FALSE(model.name.empty());
    EXPECT_GT(model.context_length, 1000);
    EXPECT_EQ(model.size_bytes, 98'362'432U);
}

} // namespace
