// How sound stands in a prompt, on the tiny checkpoints of tests/data/omni.

#include "engine/formats/safetensors.h"
#include "engine/models/language_model.h"
#include "engine/worker.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace engine {
namespace {

using testing::HasSubstr;

const std::filesystem::path kData = std::filesystem::path(PERCEPT_TEST_DATA) / "omni";

Sound saw(std::size_t samples)
{
    Sound sound;
    for (std::size_t n = 0; n < samples; ++n)
        sound.samples.push_back(static_cast<float>(n % 160) / 200.0f);
    return sound;
}

class SoundPromptTest : public testing::Test {
protected:
    void SetUp() override { load(kData / "a" / "bf16"); }
    void load(const std::filesystem::path& folder)
    {
        auto model = LanguageModel::load(worker_, folder, kernels::Compute::Exact);
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
    }
    Result<Sequence> prompt(Part part) const
    {
        Request request;
        request.messages = {{Role::User, {std::move(part), Text{"Well?"}}}};
        return model_->prompt(request);
    }
    std::int32_t id(const char* mark) const { return *model_->tokenizer().control_token(mark); }
    static std::ptrdiff_t count(const Sequence& sequence, std::int32_t id)
    {
        return std::count(sequence.ids.begin(), sequence.ids.end(), id);
    }
    static std::ptrdiff_t place(const Sequence& sequence, std::int32_t id)
    {
        return std::find(sequence.ids.begin(), sequence.ids.end(), id) - sequence.ids.begin();
    }

    Worker worker_{{Device::Cpu, 0, 1}};
    std::unique_ptr<LanguageModel> model_;
};

TEST_F(SoundPromptTest, ClipsOf30SecondsShareOneBlock)
{
    const auto sequence = prompt(saw(480'000 * 2 + 100));
    ASSERT_TRUE(sequence) << sequence.error().message;
    EXPECT_EQ(count(*sequence, id("<so_start>")), 1);
    EXPECT_EQ(count(*sequence, id("<so_end>")), 1);
    EXPECT_EQ(count(*sequence, id("<so_embedding>")), 375 + 375 + 2);
    ASSERT_EQ(sequence->media.size(), 3u);
    int next = static_cast<int>(place(*sequence, id("<so_start>"))) + 1;
    for (const auto& clip : sequence->media) {
        EXPECT_EQ(clip->first, next);
        next += clip->count;
    }
    EXPECT_EQ(sequence->ids[static_cast<std::size_t>(next)], id("<so_end>"));
}

TEST_F(SoundPromptTest, KeysAreMadeOfTheContentToTheLastSample)
{
    Sound sound = saw(8'001);
    const auto first = prompt(sound);
    const auto again = prompt(sound);
    sound.samples.back() += 0.25f;
    const auto other = prompt(sound);
    ASSERT_TRUE(first && again && other);
    EXPECT_EQ(first->ids, other->ids);
    EXPECT_EQ(first->keys, again->keys);
    const auto at = static_cast<std::size_t>(place(*first, id("<so_embedding>")));
    EXPECT_EQ(first->keys[at - 1], other->keys[at - 1]);
    EXPECT_NE(first->keys[at], other->keys[at]);
    EXPECT_NE(first->keys[at], first->keys[at + 1]);
}

TEST_F(SoundPromptTest, TheSoundOfAVideoStandsDirectlyBehindItsFrames)
{
    Video video{{}, {0.0, 1.0, 2.0}, saw(16'000)};
    for (int i = 0; i < 3; ++i)
        video.frames.push_back({std::vector<std::uint8_t>(3 * 64 * 64, 99), 64, 64});
    const auto sequence = prompt(video);
    ASSERT_TRUE(sequence) << sequence.error().message;
    const auto start = static_cast<std::size_t>(place(*sequence, id("<so_start>")));
    EXPECT_EQ(sequence->ids[start - 1], id("</img>"));
    EXPECT_EQ(count(*sequence, id("<so_embedding>")), 13);
    EXPECT_EQ(
        std::count(
            sequence->ids.begin() + static_cast<std::ptrdiff_t>(start),
            sequence->ids.end(),
            id("<img>")),
        0);
}

TEST_F(SoundPromptTest, WithoutTheTensorsOfTheTowerItHearsNothing)
{
    const auto from = kData / "b" / "bf16";
    const support::TemporaryFolder folder;
    const auto file = formats::SafetensorsFile::open(from / "model.safetensors");
    ASSERT_TRUE(file) << file.error().message;
    std::vector<formats::TensorToWrite> deaf;
    for (const auto& [name, tensor] : file->tensors().all()) {
        if (name.starts_with("sound_")) continue;
        const auto shape = tensor.shape();
        deaf.push_back({name, tensor.format, {shape.begin(), shape.end()}, tensor.bytes});
    }
    ASSERT_LT(deaf.size(), file->tensors().all().size());
    std::filesystem::copy(from, folder.path(), std::filesystem::copy_options::recursive);
    std::filesystem::remove(folder / "model.safetensors");
    ASSERT_TRUE(formats::write_safetensors(folder / "model.safetensors", std::move(deaf)));

    EXPECT_TRUE(model_->capabilities().hears);
    load(folder.path());
    EXPECT_TRUE(model_->capabilities().sees);
    EXPECT_FALSE(model_->capabilities().hears);
    const auto refused = prompt(saw(1'600));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::ModelUnsupported);
    EXPECT_THAT(refused.error().message, HasSubstr("hears nothing"));
}

} // namespace
} // namespace engine
