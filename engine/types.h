#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace engine {

/// What every model hears: mono float in [-1, 1] at 16 kHz.
inline constexpr int kSampleRateHz = 16'000;

struct Text {
    std::string utf8;
};
struct Image {
    std::vector<std::uint8_t> rgb; // rows top down, no padding
    int width_px = 0;
    int height_px = 0;
};
struct Sound {
    std::vector<float> samples; // any length; the engine windows it
};
struct Video {
    std::vector<Image> frames;
    std::vector<double> times_s; // one a frame, ascending
    Sound sound;
    /// Share of its rows that a prompt leaves out, those that repeat the frames before: 0 to below
    /// 1.
    double pruning_rate = 0.5;
};
using Part = std::variant<Text, Image, Sound, Video>;

enum class Role { System, User, Assistant, Tool };

/// A function that the model asked for, or asked for earlier in the conversation.
struct ToolCall {
    std::string name;
    std::string arguments_json; // an object
};
struct Message {
    Role role = Role::User;
    std::vector<Part> parts; // in reading order
    // Of the assistant's earlier replies:
    std::string reasoning = {};
    std::vector<ToolCall> tool_calls = {};
};

/// A function that the model may ask for; `parameters` is a JSON schema.
struct Tool {
    std::string name;
    std::optional<std::string> description;
    std::string parameters_json;
    std::string other_json = {}; // an object: what else the caller's description holds
};

/// What a loaded model can take and do. What it cannot take, app turns into what it can, and says
/// so.
struct Capabilities {
    bool sees = false;
    bool hears = false;
    bool reasons = false;
    bool calls_tools = false;
};

enum class Device { Auto, Cpu, Cuda };
struct DeviceChoice {
    Device device = Device::Auto;
    int cuda_index = 0;
    int threads = 0; // 0: the cores that this process may use
};

/// A typed question goes before captions, captions before indexing.
enum class Priority { Interactive, Live, Background };

struct ThinkingOptions {
    bool enabled = false;
    std::optional<int> budget_tokens; // the model is told, and held to it
    int grace_tokens = 512;           // beyond the budget, to finish the line
    bool keep_history = false;        // of turns before the last message of the user
};
struct SamplingOptions {
    float temperature = 0.0f; // 0 picks the most likely token
    int top_k = 0;            // 0: all
    float top_p = 1.0f;
    float min_p = 0.0f;
    float repetition_penalty = 1.0f;
    std::uint64_t seed = 0;
    int max_new_tokens = 512;
    std::vector<std::string> stop; // ends before any of these
};

struct Request {
    std::vector<Message> messages;
    std::vector<Tool> tools;
    ThinkingOptions thinking;
    SamplingOptions sampling;
    Priority priority = Priority::Interactive;
    std::stop_token stop;
};

struct Usage {
    int prompt_tokens = 0;
    int new_tokens = 0;
    std::chrono::microseconds prefill{};
    std::chrono::microseconds decode{};
    std::chrono::microseconds first_token{}; // from submit() to the first token
};
enum class FinishReason { Stop, Length, ToolCalls, Cancelled };
struct Finish {
    FinishReason reason = FinishReason::Stop;
    Usage usage;
    std::vector<std::int32_t> token_ids;
    /// Why calls of tools were not handed out: not well-formed, or of a tool that was not offered.
    std::vector<std::string> refused_calls;
};

} // namespace engine
