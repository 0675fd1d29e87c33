#include "engine/models/nemotron_h/weights.h"

#include "engine/formats/checkpoint.h"
#include "tests/engine/nemotron_h/appendix_model.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace engine::nemotron_h {
namespace {

using appendix::Tensor;
using formats::ElementFormat;
using testing::AllOf;
using testing::HasSubstr;

/// The tensors of the appendix as bytes, for a test to spoil or to store another way.
struct Stored {
    ElementFormat format = ElementFormat::F32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;
};

class NemotronWeightsTest : public testing::Test {
protected:
    NemotronWeightsTest()
    {
        for (const Tensor& tensor : appendix::tensors()) {
            const auto bytes = std::as_bytes(std::span(tensor.values));
            tensors_[tensor.name] = {
                ElementFormat::F32,
                tensor.shape,
                {bytes.begin(), bytes.end()}};
        }
    }
    Result<Weights> load()
    {
        std::vector<formats::TensorToWrite> out;
        for (const auto& [name, stored] : tensors_)
            out.push_back({name, stored.format, stored.shape, stored.bytes});
        EXPECT_TRUE(formats::write_safetensors(folder_ / "model.safetensors", std::move(out)));
        auto file = formats::Checkpoint::open(folder_.path());
        EXPECT_TRUE(file) << file.error().message;
        file_ = std::make_unique<formats::Checkpoint>(std::move(*file));
        const auto config = read_config(appendix::config(), "config.json");
        return load_weights(*backend_, file_->tensors(), *config);
    }
    std::string message()
    {
        const auto weights = load();
        return weights ? "no error" : weights.error().message;
    }
    /// Replaces a matrix by small floats with their scales.
    void make_fp8(const std::string& name)
    {
        Stored& stored = tensors_.at(name);
        const auto count = static_cast<std::size_t>(stored.shape[0] * stored.shape[1]);
        stored = {
            ElementFormat::F8E4M3,
            stored.shape,
            std::vector<std::byte>(count, std::byte{0x38})};
        put(name + "_scale", 0.5f);
    }
    void make_nvfp4(const std::string& name)
    {
        const auto rows = tensors_.at(name).shape[0], cols = tensors_.at(name).shape[1];
        tensors_.at(name) = {
            ElementFormat::U8,
            {rows, cols / 2},
            std::vector<std::byte>(static_cast<std::size_t>(rows * cols / 2), std::byte{0x22})};
        tensors_[name + "_scale"] = {
            ElementFormat::F8E4M3,
            {rows, cols / 16},
            std::vector<std::byte>(static_cast<std::size_t>(rows * cols / 16), std::byte{0x38})};
        put(name + "_scale_2", 0.25f);
    }
    void put(const std::string& name, float value, std::vector<std::int64_t> shape = {})
    {
        const auto bytes = std::as_bytes(std::span(&value, 1));
        tensors_[name] = {ElementFormat::F32, std::move(shape), {bytes.begin(), bytes.end()}};
    }

    std::map<std::string, Stored> tensors_;
    support::TemporaryFolder folder_;
    std::unique_ptr<kernels::Backend> backend_ = kernels::make_cpu_backend(1);
    std::unique_ptr<formats::Checkpoint> file_;
};

TEST_F(NemotronWeightsTest, StayWhereTheFileHasThem)
{
    const auto weights = load();
    ASSERT_TRUE(weights) << weights.error().message;
    EXPECT_TRUE(weights->embedding->refers_to_source());
    EXPECT_TRUE(weights->head->refers_to_source());
    const auto& experts = std::get<ExpertsWeights>(weights->layers[1].mixer);
    ASSERT_EQ(experts.experts.size(), 4u);
    EXPECT_TRUE(experts.experts[3].down->refers_to_source());
}

TEST_F(NemotronWeightsTest, TheNamesOfAnOmniModelAndOldNamesAreFound)
{
    std::map<std::string, Stored> renamed;
    for (auto& [name, stored] : tensors_) renamed["language_model." + name] = stored;
    renamed["language_model.backbone.embedding.weight"] =
        renamed.at("language_model.backbone.embeddings.weight");
    renamed.erase("language_model.backbone.embeddings.weight");
    renamed["vision_model.radio_model.summary_idxs"] = tensors_.at("lm_head.weight");
    tensors_ = renamed;
    EXPECT_EQ(message(), "no error");
}

TEST_F(NemotronWeightsTest, EveryTensorIsMissed)
{
    const auto whole = tensors_;
    for (const auto& [name, stored] : whole) {
        tensors_ = whole;
        tensors_.erase(name);
        const auto weights = load();
        ASSERT_FALSE(weights) << name;
        EXPECT_EQ(weights.error().code, ErrorCode::BadModelFile);
        EXPECT_THAT(weights.error().message, AllOf(HasSubstr(name), HasSubstr("missing")));
        EXPECT_FALSE(weights.error().hint.empty());
    }
}

TEST_F(NemotronWeightsTest, AnotherShapeIsSaidForEveryTensor)
{
    const auto whole = tensors_;
    for (const auto& [name, stored] : whole) {
        tensors_ = whole;
        Stored& spoiled = tensors_.at(name);
        spoiled.shape.front() += 1;
        std::size_t count = 4;
        for (const std::int64_t dim : spoiled.shape) count *= static_cast<std::size_t>(dim);
        spoiled.bytes.resize(count);
        EXPECT_THAT(message(), AllOf(HasSubstr(name), HasSubstr("expected")));
    }
}

TEST_F(NemotronWeightsTest, ATensorOfNoLayerIsRefused)
{
    tensors_["backbone.layers.4.norm.weight"] = tensors_.at("backbone.layers.3.norm.weight");
    EXPECT_THAT(
        message(),
        AllOf(HasSubstr("backbone.layers.4.norm.weight"), HasSubstr("belongs to no layer")));
}

TEST_F(NemotronWeightsTest, PrecisionIsDecidedLinearByLinear)
{
    make_fp8("backbone.layers.0.mixer.in_proj.weight");
    put("backbone.layers.0.mixer.in_proj.weight_scale", 0.5f, {1});
    put("backbone.layers.0.mixer.in_proj.input_scale", 1.0f);
    make_nvfp4("backbone.layers.1.mixer.experts.0.up_proj.weight");
    put("backbone.layers.2.mixer.k_proj.k_scale", 1.0f);
    // A scale beside a weight that stayed wide says nothing.
    put("backbone.layers.2.mixer.q_proj.weight_scale", 1.0f);
    put("mtp.layers.0.norm.weight", 1.0f);
    const auto weights = load();
    ASSERT_TRUE(weights) << weights.error().message;
    EXPECT_EQ(weights->fp8_linears, 1);
    EXPECT_EQ(weights->nvfp4_linears, 1);
    // 0x38 is 1.0 in E4M3, 0x2 is 1.0 in E2M1: rows of ones times their scales.
    const kernels::Buffer x = backend_->allocate(kernels::DType::F32, 1, 16);
    for (float& v : x.view().row<float>(0)) v = 1.0f;
    const auto product = [&](const kernels::LoadedWeight& weight) {
        const kernels::Buffer y = backend_->allocate(kernels::DType::F32, 1, weight.rows());
        const kernels::MatmulOutput output{.y = y.view(), .weight = &weight};
        backend_->matmul({&output, 1}, x.view());
        return y.view().row<float>(0)[0];
    };
    EXPECT_EQ(product(*std::get<MambaWeights>(weights->layers[0].mixer).in_proj), 8.0f);
    EXPECT_EQ(product(*std::get<ExpertsWeights>(weights->layers[1].mixer).experts[0].up), 4.0f);
}

TEST_F(NemotronWeightsTest, ScalesMustBeThereAndMakeSense)
{
    const auto whole = tensors_;
    const std::string fp8 = "backbone.layers.0.mixer.out_proj.weight";
    const std::string nvfp4 = "backbone.layers.3.mixer.experts.2.up_proj.weight";
    make_fp8(fp8);
    make_nvfp4(nvfp4);
    const auto quantised = tensors_;
    EXPECT_EQ(message(), "no error");
    for (const std::string& name : {fp8 + "_scale", nvfp4 + "_scale", nvfp4 + "_scale_2"}) {
        tensors_ = quantised;
        tensors_.erase(name);
        EXPECT_THAT(message(), AllOf(HasSubstr(name), HasSubstr("missing")));
    }
    for (const std::string& name : {fp8 + "_scale", nvfp4 + "_scale_2"}) {
        tensors_ = quantised;
        put(name, std::numeric_limits<float>::quiet_NaN());
        EXPECT_THAT(message(), AllOf(HasSubstr(name), HasSubstr("not a number")));
    }
    tensors_ = quantised;
    tensors_.at(nvfp4 + "_scale").format = ElementFormat::U8;
    EXPECT_THAT(message(), AllOf(HasSubstr(nvfp4 + "_scale"), HasSubstr("F8_E4M3")));
    // 12 columns are no whole blocks.
    tensors_ = whole;
    tensors_["backbone.layers.1.mixer.experts.0.down_proj.weight"] = {
        ElementFormat::U8,
        {16, 6},
        std::vector<std::byte>(96)};
    EXPECT_THAT(message(), HasSubstr("expected [16, 12]"));
}

} // namespace
} // namespace engine::nemotron_h
