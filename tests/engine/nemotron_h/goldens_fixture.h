#pragma once

#include "engine/formats/safetensors.h"
#include "engine/models/language_model.h"
#include "engine/tools/request_file.h"
#include "engine/worker.h"
#include "tests/engine/omni/formula_samples.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace engine {

using formats::SafetensorsFile;
using json = nlohmann::ordered_json; // tools show their properties in the order of the file

inline constexpr std::string_view kFilmAndSound = "<video><so_embedding>";
inline const std::filesystem::path kData = std::filesystem::path(PERCEPT_TEST_DATA) / "omni";

/// The tiny checkpoints of tests/data/omni and what the reference computed: README.md there.
struct Which {
    const char* model;
    const char* format;
};
inline const auto kCheckpoints = testing::Values(
    Which{"a", "bf16"},
    Which{"a", "fp8"},
    Which{"a", "nvfp4"},
    Which{"b", "bf16"},
    Which{"b", "fp8"},
    Which{"b", "nvfp4"});
inline std::string which_name(const testing::TestParamInfo<Which>& info)
{
    return std::string(info.param.model) + "_" + info.param.format;
}

class NemotronGoldensTest : public testing::TestWithParam<Which> {
protected:
    virtual kernels::Compute compute() const { return kernels::Compute::Exact; }
    void SetUp() override
    {
        const auto folder = kData / GetParam().model;
        auto model = LanguageModel::load(worker_, folder / GetParam().format, compute());
        ASSERT_TRUE(model) << model.error().message;
        model_ = std::move(*model);
        auto goldens = SafetensorsFile::open(
            folder / (std::string("goldens-") + GetParam().format + ".safetensors"));
        ASSERT_TRUE(goldens) << goldens.error().message;
        goldens_ = std::make_unique<SafetensorsFile>(std::move(*goldens));
        cases_ = json::parse(support::read_file(folder / "cases.json"));
        ASSERT_GE(cases_.size(), 4u);
    }
    /// The request that a case describes, through the same door as a file of a user; its media are
    /// made by their formulas.
    static Request request_of(const json& each)
    {
        if (has_media(each)) return request_with_media(each);
        json file = each["arguments"];
        file["messages"] = each["messages"];
        if (!file.contains("enable_thinking")) file["enable_thinking"] = true;
        const auto request = tools::parse_request(file.dump(), "case");
        EXPECT_TRUE(request) << request.error().message;
        return *request;
    }
    static Image picture(const json& from, int frame = 0)
    {
        const auto k = from["formula"].get<std::vector<int>>();
        Image image{{}, from["width"], from["height"]};
        for (int y = 0; y < image.height_px; ++y)
            for (int x = 0; x < image.width_px; ++x)
                for (int c = 0; c < 3; ++c)
                    image.rgb.push_back(static_cast<std::uint8_t>(
                        (k[0] * x + k[1] * y + k[2] * c + k[3] * frame + (x * y >> k[4])) & 255));
        return image;
    }
    static Video film(const json& from)
    {
        Video video;
        video.pruning_rate = from.value("pruning_rate", 0.0);
        // The reference counts whole milliseconds a frame.
        const int frame_ms = static_cast<int>(1000 / from["source_fps"].get<double>());
        for (int i = 0; i < from["frames"].get<int>(); ++i) {
            video.frames.push_back(picture(from, i));
            video.times_s.push_back(
                from["indices"][static_cast<std::size_t>(i)].get<int>() * frame_ms / 1000.0);
        }
        return video;
    }
    static Sound sound(const json& from)
    {
        return {omni::formula_samples(
            from["samples"].get<std::int64_t>(),
            from["formula"].get<std::vector<std::int64_t>>())};
    }
    static Request request_with_media(const json& each)
    {
        Request request;
        request.thinking.enabled = each["arguments"].dump().find("false") == std::string::npos;
        std::size_t next = 0, next_sound = 0;
        for (const json& message : each["messages"]) {
            Message said;
            if (message["content"].is_string()) { // a video with its sound; see prompt_of()
                const auto content = message["content"].get<std::string>();
                said.parts.emplace_back(film(each["video"]));
                std::get<Video>(said.parts.back()).sound = sound(each["sounds"][0]);
                said.parts.emplace_back(
                    Text{content.substr(content.find(kFilmAndSound) + kFilmAndSound.size())});
                request.messages.push_back(std::move(said));
                continue;
            }
            for (const json& part : message["content"]) {
                if (part["type"] == "text") said.parts.emplace_back(Text{part["text"]});
                if (part["type"] == "image")
                    said.parts.emplace_back(picture(each["images"][next++]));
                if (part["type"] == "video") said.parts.emplace_back(film(each["video"]));
                if (part["type"] == "audio")
                    said.parts.emplace_back(sound(each["sounds"][next_sound++]));
            }
            request.messages.push_back(std::move(said));
        }
        return request;
    }
    /// The prompt of a case. A template puts media first; the case whose message is one string has
    /// words before its video, which are put in here.
    Result<Sequence> prompt_of(const json& each)
    {
        auto prompt = model_->prompt(request_of(each));
        if (prompt) settle(*prompt);
        const json& content = each["messages"][0]["content"];
        if (!prompt || !has_media(each) || !content.is_string()) return prompt;
        const std::string before =
            content.get<std::string>().substr(0, content.get<std::string>().find(kFilmAndSound));
        const auto words = model_->tokenizer().encode(before);
        const std::string text = each["prompt"];
        const std::string head = text.substr(0, text.find(before));
        std::size_t at = 0;
        for (std::string so_far; so_far != head && at < prompt->ids.size(); ++at)
            so_far += model_->tokenizer().text_of(prompt->ids[at]);
        EXPECT_TRUE(words && at < prompt->ids.size());
        const auto place = static_cast<std::ptrdiff_t>(at);
        prompt->ids.insert(prompt->ids.begin() + place, words->begin(), words->end());
        prompt->keys.insert(prompt->keys.begin() + place, words->begin(), words->end());
        for (const auto& medium : prompt->media) medium->first += static_cast<int>(words->size());
        prompt->likely_prefixes.clear();
        return prompt;
    }
    static bool has_media(const json& each)
    {
        return each.contains("images") || each.contains("video") || each.contains("sounds");
    }
    std::vector<float> golden(const std::string& name) const
    {
        const formats::StoredTensor* tensor = goldens_->tensors().find(name);
        EXPECT_NE(tensor, nullptr) << name;
        const auto values = goldens_->tensors().values(name, tensor->element_count());
        EXPECT_TRUE(values) << name;
        return *values;
    }
    std::vector<std::int32_t> golden_ids(const std::string& name) const
    {
        const formats::StoredTensor* tensor = goldens_->tensors().find(name);
        EXPECT_NE(tensor, nullptr) << name;
        std::vector<std::int32_t> ids(tensor->bytes.size() / sizeof(std::int32_t));
        std::memcpy(ids.data(), tensor->bytes.data(), tensor->bytes.size());
        return ids;
    }
    void on_engine_thread(const std::function<void(kernels::Backend&)>& work)
    {
        const auto done = worker_.run_now([&](kernels::Backend& backend) -> Result<void> {
            work(backend);
            return {};
        });
        ASSERT_TRUE(done) << done.error().message;
    }
    void settle(Sequence& sequence)
    {
        on_engine_thread([&](kernels::Backend& backend) {
            while (settle_some(backend, sequence, {}) == Layout::Progress::More) continue;
        });
        EXPECT_TRUE(sequence.unsettled.empty());
    }
    /// One prefill in passes of at most `step` positions.
    void prefill(
        kernels::Backend& backend,
        const Sequence& sequence,
        int step,
        const Observer& observer = {})
    {
        for (int first = 0; first < sequence.length();) {
            const int count = std::min(step, sequence.length() - first);
            ASSERT_TRUE(model_->run(backend, sequence, first, count, {}, observer));
            first += count;
        }
    }

    Worker worker_{{Device::Cpu, 0, 2}};
    std::unique_ptr<LanguageModel> model_;
    std::unique_ptr<SafetensorsFile> goldens_;
    json cases_;
};

/// Largest difference over the range of `expected`.
inline double error_of(std::span<const float> got, std::span<const float> expected)
{
    EXPECT_EQ(got.size(), expected.size());
    const auto [low, high] = std::minmax_element(expected.begin(), expected.end());
    double worst = 0;
    for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i)
        worst = std::max(worst, std::abs(double{got[i]} - double{expected[i]}));
    return worst / std::max(double{*high} - double{*low}, 1e-30);
}

} // namespace engine
