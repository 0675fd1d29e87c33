// The files of the starter models, where they are installed.
#include "engine/formats/ctranslate2.h"
#include "engine/formats/gguf.h"
#include "engine/formats/safetensors.h"
#include "engine/formats/silero_jit.h"
#include "tests/support/models.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace {

using namespace engine::formats;

TEST(StarterFilesTest, SmolLm2)
{
    const auto path = support::model_file("smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
    if (!path) GTEST_SKIP() << support::no_model("smollm2-135m-instruct");
    const auto file = GgufFile::open(*path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->metadata().size(), 33u);
    EXPECT_EQ(file->tensors().all().size(), 272u);
    EXPECT_EQ(file->integer("llama.attention.head_count_kv"), 3);
    EXPECT_TRUE(file->tensors().matrix("token_embd.weight", 49'152, 576));
    EXPECT_TRUE(file->tensors().matrix("blk.29.ffn_down.weight", 576, 1'536));
    EXPECT_TRUE(file->tensors().values("output_norm.weight", 576));
}

TEST(StarterFilesTest, WhisperBase)
{
    const auto path = support::model_file("whisper-base/model.bin");
    if (!path) GTEST_SKIP() << support::no_model("whisper-base");
    const auto file = Ctranslate2File::open(*path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->specification(), "WhisperSpec");
    EXPECT_EQ(file->tensors().all().size(), 213u);
    EXPECT_TRUE(file->tensors().matrix("encoder/conv1/weight", 512, 240));
    EXPECT_TRUE(file->tensors().matrix("decoder/projection/weight", 51'865, 512));
    EXPECT_EQ(file->tensors().integer("decoder/num_heads"), 8);
    EXPECT_EQ(file->tensors().integer("decoder/activation"), 3);
}

TEST(StarterFilesTest, MiniLm)
{
    const auto path = support::model_file("all-minilm-l6-v2/model.safetensors");
    if (!path) GTEST_SKIP() << support::no_model("all-minilm-l6-v2");
    const auto file = SafetensorsFile::open(*path);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->tensors().all().size(), 104u);
    EXPECT_TRUE(file->tensors().matrix("embeddings.word_embeddings.weight", 30'522, 384));
}

TEST(StarterFilesTest, SileroIsConverted)
{
    const auto jit = support::model_file("silero-vad/silero_vad.jit");
    const auto converted = support::model_file("silero-vad/silero_vad.safetensors");
    if (!jit || !converted) GTEST_SKIP() << support::no_model("silero-vad");
    const support::TemporaryFolder folder;
    const auto done = convert_silero_jit(*jit, folder / "silero_vad.safetensors");
    ASSERT_TRUE(done) << done.error().message;
    const auto ours = SafetensorsFile::open(folder / "silero_vad.safetensors");
    const auto installed = SafetensorsFile::open(*converted);
    ASSERT_TRUE(ours && installed);
    ASSERT_EQ(ours->tensors().all().size(), installed->tensors().all().size());
    for (const auto& [name, tensor] : installed->tensors().all()) {
        const auto* mine = ours->tensors().find(name);
        ASSERT_NE(mine, nullptr) << name;
        EXPECT_TRUE(std::ranges::equal(mine->shape(), tensor.shape())) << name;
        EXPECT_TRUE(std::ranges::equal(mine->bytes, tensor.bytes)) << name;
    }
}

} // namespace
