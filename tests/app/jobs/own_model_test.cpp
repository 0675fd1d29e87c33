#include "app/own_model.h"
#include "base/hash.h"
#include "tests/storage/library_fixture.h"
#include "tests/support/models.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace app;
using nlohmann::json;
using storage_test::must;

namespace {

std::string sha256(const std::string& text)
{
    return base::sha256_of(std::as_bytes(std::span(text)));
}

models::Catalogue catalogue_of(const std::string& content)
{
    const json places = json::array({{{"url", "http://127.0.0.1:9/never-asked"}}});
    const json document = {
        {"models",
         {{{"name", "tiny"},
           {"title", "Tiny"},
           {"licence", "MIT"},
           {"memory_bytes", 1},
           {"capabilities",
            {{"sees", false}, {"hears", false}, {"reasons", false}, {"calls_tools", false}}},
           {"files",
            {{{"name", "tiny.bin"},
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
