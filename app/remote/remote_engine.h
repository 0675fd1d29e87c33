#pragma once

#include "app/result.h"
#include "engine/engine.h"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace app::remote {

/// A server of the user's choice that speaks the OpenAI chat API (vLLM, SGLang, TensorRT-LLM, NIM,
/// ...), as an engine. What it is asked leaves this machine; nothing else does.
///
/// One request at a time, on a thread of its own: submit() answers QueueFull meanwhile. Its server
/// counts tokens, so count_tokens() estimates from above (a token is three bytes or more in running
/// text).
class RemoteEngine : public engine::Engine {
public:
    /// `url`: "http://host:8000/v1", with "#MODEL" where the server has several; else its first
    /// one. The key, where it wants one, is in the variable PERCEPT_API_KEY. Asks the server for
    /// its models. Errors: BadUsage (not such an address), those of perform(), BadFile (it answers
    /// otherwise).
    static Result<std::unique_ptr<RemoteEngine>>
    open(std::string_view url, const std::stop_token& stop);

    /// "MODEL at HOST".
    virtual std::string name() const = 0;
    virtual std::string host() const = 0;
};

} // namespace app::remote
