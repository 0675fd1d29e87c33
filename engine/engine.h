#pragma once

#include "engine/result.h"
#include "engine/types.h"
#include "engine/worker.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace engine {

/// Called on the engine thread, one call at a time, in order.
struct ReplyHandler {
    /// Of the prompt: its positions, and before them the rows of films of which only some stay.
    std::function<void(int done, int total)> on_progress;
    std::function<void(std::string_view utf8)>
        on_reasoning; // whole code points; valid during the call
    std::function<void(std::string_view utf8)> on_text;
    std::function<void(const ToolCall&)>
        on_tool_call; // complete and well-formed, never run by the engine
    std::function<void(Result<Finish>)> on_done; // exactly once, last, also after an error
};

/// One language model on one device. submit() may be called from any thread.
class Engine {
public:
    /// Maps the weights; blocks for as long as the disk takes. `model` is a folder or a single GGUF
    /// file. Errors: FileNotFound, BadModelFile, ModelUnsupported, OutOfMemory, DeviceUnavailable.
    static Result<std::unique_ptr<Engine>> open(
        Worker& worker,
        const std::filesystem::path& model,
        const DeviceChoice& device,
        kernels::Compute compute = kernels::Compute::Fast);
    /// Cancels its waiting requests and lets the current step end.
    virtual ~Engine() = default;
    /// Queues and returns at once. Errors: QueueFull. PromptTooLong, Cancelled and DeviceFailed
    /// arrive through on_done.
    virtual Result<void> submit(Request request, ReplyHandler reply) = 0;
    /// Positions that the messages take in the context, template included. Safe from any thread.
    virtual Result<int> count_tokens(std::span<const Message> messages) const = 0;
    virtual int context_length() const = 0; // positions, prompt and reply together
    virtual Capabilities capabilities() const = 0;
};

} // namespace engine
