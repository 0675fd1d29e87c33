#include "engine/formats/safetensors.h"
#include "tests/engine/parakeet/tiny_recognizer.h"

#include <algorithm>
#include <limits>

namespace engine::parakeet {
namespace {

using nlohmann::json;

class ParakeetRecognizerTest : public testing::Test {
protected:
    std::unique_ptr<SpeechRecognizer> open(
        const std::filesystem::path& voice = {},
        kernels::Compute compute = kernels::Compute::Exact)
    {
        auto opened = open_recognizer(worker_, kData / "model", voice, compute);
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? std::move(*opened) : nullptr;
    }
    static SpeechRequest request_of(std::vector<float> samples)
    {
        SpeechRequest request;
        request.sound.samples = std::move(samples);
        request.word_times = true;
        return request;
    }
    Worker worker_{{Device::Cpu, 0, 2}};
};

TEST_F(ParakeetRecognizerTest, AnswersWithTheWordsOfTheReference)
{
    const auto recognizer = open();
    const json each = read_cases("model")["long"];
    const Heard heard = hear(*recognizer, request_of(samples_of(each)));
    ASSERT_TRUE(heard.finish) << heard.finish.error().message;
    expect_segments(heard.segments, each["segments"]);
    EXPECT_NEAR(heard.finish->speech_s, each["samples"].get<double>() / 16'000, 1e-9);
    ASSERT_FALSE(heard.progress_s.empty());
    EXPECT_DOUBLE_EQ(heard.progress_s.back(), each["samples"].get<double>() / 16'000);
}

TEST_F(ParakeetRecognizerTest, WordsAreLeftOutUnlessAskedFor)
{
    const auto recognizer = open();
    auto request = request_of(samples_of(read_cases("model")["odd"]));
    request.word_times = false;
    request.beam = 5;
    const Heard heard = hear(*recognizer, std::move(request));
    ASSERT_FALSE(heard.segments.empty());
    for (const auto& segment : heard.segments) EXPECT_TRUE(segment.words.empty());
}

TEST_F(ParakeetRecognizerTest, ALanguageThatTheModelSaysGoesBeforeWhatWasAskedFor)
{
    const auto recognizer = open();
    const json cases = read_cases("model");
    for (const auto& [name, each] : cases.items()) {
        if (each.contains("plan")) continue;
        bool says = false;
        for (const json& token : each["tokens"]) says = says || token["id"] == 3; // <|de|>
        auto request = request_of(samples_of(each));
        request.language = "en";
        const Heard heard = hear(*recognizer, std::move(request));
        ASSERT_TRUE(heard.finish);
        EXPECT_EQ(heard.finish->language, says ? "de" : "en") << name;
    }
}

TEST_F(ParakeetRecognizerTest, LongSoundIsHeardInWindowsOfAtMost30Seconds)
{
    const auto recognizer = open();
    const auto samples = omni::formula_samples(75 * 16'000, {3000, 21000, 4});
    const Heard heard = hear(*recognizer, request_of(samples));
    ASSERT_TRUE(heard.finish);
    EXPECT_GE(heard.progress_s.size(), 5u); // windows of 15 s of new sound
    EXPECT_TRUE(std::ranges::is_sorted(heard.progress_s));
    EXPECT_DOUBLE_EQ(heard.progress_s.back(), 75);
    ASSERT_FALSE(heard.segments.empty());
    EXPECT_GT(heard.segments.back().end_s, 60);
    EXPECT_LE(heard.segments.back().end_s, 75.5);
}

TEST_F(ParakeetRecognizerTest, EmptySilentAndBrokenSamplesAreNoTrouble)
{
    const auto recognizer = open();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (const std::vector<float>& samples :
         {std::vector<float>{},
          std::vector<float>{0.5f},
          std::vector<float>(4000),
          std::vector<float>(4000, nan)}) {
        const Heard heard = hear(*recognizer, request_of(samples));
        ASSERT_TRUE(heard.finish);
        for (const auto& segment : heard.segments) EXPECT_GE(segment.end_s, segment.start_s);
    }
}

TEST_F(ParakeetRecognizerTest, AStopEndsIt)
{
    const auto recognizer = open();
    std::stop_source stop;
    auto request = request_of(omni::formula_samples(90 * 16'000, {3000, 21000, 4}));
    request.stop = stop.get_token();
    std::promise<Result<SpeechFinish>> done;
    SpeechHandler handler;
    handler.on_progress = [&](double, double) { stop.request_stop(); };
    handler.on_done = [&](Result<SpeechFinish> finish) { done.set_value(std::move(finish)); };
    ASSERT_TRUE(recognizer->submit(std::move(request), std::move(handler)));
    const auto finish = done.get_future().get();
    ASSERT_FALSE(finish);
    EXPECT_EQ(finish.error().code, ErrorCode::Cancelled);
}

TEST_F(ParakeetRecognizerTest, TheFastWayHearsTheSameTraffic)
{
    // 8-bit weights: another model in every bit, so only that it works is shown here.
    const auto recognizer = open({}, kernels::Compute::Fast);
    const Heard heard = hear(*recognizer, request_of(samples_of(read_cases("model")["long"])));
    ASSERT_TRUE(heard.finish);
    EXPECT_FALSE(heard.segments.empty());
}

/// A copy of the tiny model that a test may damage.
class DamagedParakeetTest : public testing::Test {
protected:
    void SetUp() override
    {
        for (const auto& file : std::filesystem::directory_iterator(kData / "model"))
            std::filesystem::copy_file(file.path(), folder_ / file.path().filename().string());
    }
    std::filesystem::path path() const { return folder_.path(); }
    Error error() const
    {
        const auto backend = kernels::make_cpu_backend(1);
        const auto model = Model::load(*backend, path(), {}, kernels::Compute::Exact);
        EXPECT_FALSE(model);
        return model ? Error{} : model.error();
    }
    void change(const char* file, const std::function<void(json&)>& how)
    {
        json document = json::parse(support::read_file(folder_ / file));
        how(document);
        folder_.write(file, document.dump());
    }
    /// The tensors again, each as `change` leaves it; one without a name is left out.
    void change_tensors(const std::function<void(formats::TensorToWrite&)>& how)
    {
        const auto file = formats::SafetensorsFile::open(kData / "model" / "model.safetensors");
        ASSERT_TRUE(file);
        std::vector<formats::TensorToWrite> tensors;
        for (const auto& [name, stored] : file->tensors().all()) {
            const auto shape = stored.shape();
            formats::TensorToWrite tensor{
                name,
                stored.format,
                {shape.begin(), shape.end()},
                stored.bytes};
            how(tensor);
            if (!tensor.name.empty()) tensors.push_back(tensor);
        }
        ASSERT_TRUE(formats::write_safetensors(folder_ / "model.safetensors", tensors));
    }
    support::TemporaryFolder folder_;
};

TEST_F(DamagedParakeetTest, EveryTensorIsMissed)
{
    const auto file = formats::SafetensorsFile::open(kData / "model" / "model.safetensors");
    ASSERT_TRUE(file);
    for (const auto& entry : file->tensors().all()) {
        const std::string& missing = entry.first;
        if (missing.ends_with("num_batches_tracked")) continue;
        change_tensors([&](formats::TensorToWrite& tensor) {
            if (tensor.name == missing) tensor.name.clear();
        });
        const Error found = error();
        // A layer that ends early is one layer less than the configuration says.
        EXPECT_TRUE(
            found.code == ErrorCode::BadModelFile || found.code == ErrorCode::ModelUnsupported)
            << missing << ": " << found.message;
        EXPECT_FALSE(found.message.empty()) << missing;
    }
}

TEST_F(DamagedParakeetTest, AWrongShapeIsASentenceThatNamesTheTensor)
{
    for (const char* name :
         {"decoder.lstm.weight_hh_l1",
          "joint.head.weight",
          "decoder.decoder_projector.weight",
          "encoder.layers.1.self_attn.relative_k_proj.weight"}) {
        change_tensors([&](formats::TensorToWrite& tensor) {
            if (tensor.name != name) return;
            tensor.shape[0] /= 2;
            tensor.bytes = tensor.bytes.first(
                static_cast<std::size_t>(*formats::stored_bytes(tensor.format, tensor.shape)));
        });
        const Error found = error();
        EXPECT_EQ(found.code, ErrorCode::BadModelFile) << name;
        EXPECT_NE(found.message.find(name), std::string::npos) << found.message;
    }
}

TEST_F(DamagedParakeetTest, NonsenseInTheConfigurationIsRefused)
{
    struct Damage {
        const char* key;
        json value;
        ErrorCode code;
    };
    const std::vector<Damage> damages = {
        {"model_type", "parakeet_ctc", ErrorCode::ModelUnsupported},
        {"hidden_act", "gelu", ErrorCode::ModelUnsupported},
        {"vocab_size", 46, ErrorCode::BadModelFile},
        {"blank_token_id", 0, ErrorCode::BadModelFile},
        {"decoder_hidden_size", -1, ErrorCode::BadModelFile},
        {"num_decoder_layers", 3, ErrorCode::BadModelFile},
        {"durations", json::array(), ErrorCode::BadModelFile},
        {"durations", {0, 1, 2, 3}, ErrorCode::BadModelFile}, // one logit less than the joint has
        {"durations", {0, 1, 2, 3, 3}, ErrorCode::BadModelFile},
        {"durations", {0, 1, 2, 3, -4}, ErrorCode::BadModelFile},
        {"durations", {0, 1, 2, 3, 1e9}, ErrorCode::BadModelFile},
        {"durations", "0-4", ErrorCode::BadModelFile},
        {"durations", {0}, ErrorCode::BadModelFile},
        {"max_symbols_per_step", 0, ErrorCode::BadModelFile},
        {"encoder_config", nullptr, ErrorCode::BadModelFile},
        {"encoder_config", json::object(), ErrorCode::ModelUnsupported},
    };
    for (const Damage& damage : damages) {
        change("config.json", [&](json& config) { config[damage.key] = damage.value; });
        const Error found = error();
        EXPECT_EQ(found.code, damage.code) << damage.key << damage.value << found.message;
        std::filesystem::copy_file(
            kData / "model" / "config.json",
            folder_ / "config.json",
            std::filesystem::copy_options::overwrite_existing);
    }
    change("config.json", [](json& c) { c["encoder_config"]["scale_input"] = true; });
    EXPECT_EQ(error().code, ErrorCode::ModelUnsupported);
}

TEST_F(DamagedParakeetTest, OtherFeaturesAndABrokenVocabularyAreRefused)
{
    change("processor_config.json", [](json& c) { c["feature_extractor"]["n_fft"] = 400; });
    EXPECT_EQ(error().code, ErrorCode::ModelUnsupported);
    std::filesystem::remove(folder_ / "processor_config.json");

    change("tokenizer.json", [](json& t) { t["model"]["vocab"].erase("er"); });
    EXPECT_EQ(error().code, ErrorCode::BadModelFile);
    folder_.write("tokenizer.json", "[]");
    EXPECT_EQ(error().code, ErrorCode::BadModelFile);
    std::filesystem::remove(folder_ / "tokenizer.json");
    EXPECT_EQ(error().code, ErrorCode::FileNotFound);
}

TEST_F(DamagedParakeetTest, ATruncatedFileIsASentence)
{
    const std::string whole = support::read_file(kData / "model" / "model.safetensors");
    folder_.write("model.safetensors", whole.substr(0, whole.size() - 100));
    EXPECT_EQ(error().code, ErrorCode::BadModelFile);
}

} // namespace
} // namespace engine::parakeet
