#include "app/engines.h"

#include "app/remote/http.h"

#include <fmt/format.h>
#include <utility>

namespace app {
namespace {

// Ids of the catalogue, which are the names of the folders.
constexpr const char* kSpeech = "whisper-base";
constexpr const char* kVoiceActivity = "silero-vad";
constexpr const char* kEmbedder = "all-minilm-l6-v2";

Error not_installed(const char* model, const char* what)
{
    return {
        ErrorCode::NoModel,
        fmt::format("{} needs the model {}, which is not installed.", what, model),
        fmt::format("Fetch it with: percept-cli models fetch {}", model)};
}

/// Whoever chose a recogniser of his own is told, instead of being listened to by another one.
Error cannot_listen(const std::filesystem::path& model, const Error& reason)
{
    return {
        reason.code,
        fmt::format(
            "{}, which is to listen to recordings, cannot be used: {}",
            model.filename().string(),
            reason.message),
        fmt::format(
            "Bring it back, or forget it under Models (percept-cli models forget {}); then Whisper "
            "listens.",
            model.string())};
}

} // namespace

Engines::Engines(std::filesystem::path models, const engine::DeviceChoice& device)
    : models_(std::move(models)), device_(device)
{
}
Engines::~Engines() = default;

engine::Worker& Engines::worker()
{
    if (!worker_) worker_ = std::make_unique<engine::Worker>(device_);
    return *worker_;
}

Result<std::shared_ptr<engine::SpeechRecognizer>>
Engines::speech(const std::filesystem::path& own_model)
{
    const std::lock_guard lock{mutex_};
    const auto model = own_model.empty() ? models_ / kSpeech : own_model;
    if (speech_ && speech_path_ == model) return speech_;
    if (own_model.empty() && !std::filesystem::exists(model))
        return tl::unexpected(not_installed(kSpeech, "Listening to speech"));
    if (!std::filesystem::exists(model)) {
        const Error gone{ErrorCode::FileNotFound, fmt::format("{} is not there.", model.string())};
        return tl::unexpected(cannot_listen(own_model, gone));
    }
    // Without the detector silence is sent to the recogniser too: slower, and it may hear words
    // in noise.
    const auto voice = models_ / kVoiceActivity;
    auto opened = engine::SpeechRecognizer::open(
        worker(),
        model,
        std::filesystem::exists(voice) ? voice : std::filesystem::path{});
    if (!opened) {
        if (own_model.empty()) return tl::unexpected(opened.error());
        return tl::unexpected(cannot_listen(own_model, opened.error()));
    }
    speech_ = std::move(*opened);
    speech_path_ = model;
    return speech_;
}

Result<engine::TextEmbedder*> Engines::embedder()
{
    const std::lock_guard lock{mutex_};
    if (!embedder_) {
        if (!std::filesystem::exists(models_ / kEmbedder)) {
            return tl::unexpected(not_installed(kEmbedder, "Search by meaning"));
        }
        auto opened = engine::TextEmbedder::open(worker(), models_ / kEmbedder);
        if (!opened) return tl::unexpected(opened.error());
        embedder_ = std::move(*opened);
    }
    return embedder_.get();
}

Result<std::shared_ptr<engine::Engine>> Engines::language_model(const std::filesystem::path& model)
{
    const std::lock_guard lock{mutex_};
    if (!language_model_ || language_model_path_ != model) {
        auto opened = engine::Engine::open(worker(), model, device_);
        if (!opened) return tl::unexpected(opened.error());
        language_model_ = std::move(*opened);
        language_model_path_ = model;
    }
    return language_model_;
}

Result<std::shared_ptr<remote::RemoteEngine>>
Engines::remote_engine(const std::string& url, const std::stop_token& stop)
{
    const std::lock_guard lock{mutex_};
    if (!remote_engine_ || remote_url_ != url) {
        auto opened = remote::RemoteEngine::open(url, stop);
        if (!opened) return tl::unexpected(opened.error());
        remote_engine_ = std::move(*opened);
        remote_url_ = url;
    }
    return remote_engine_;
}

EnginesStatus Engines::status() const
{
    EnginesStatus status;
    const std::unique_lock lock{mutex_, std::try_to_lock};
    if (!lock) {
        status.opening = true;
        return status;
    }
    if (speech_) status.loaded.push_back(speech_path_.filename());
    if (embedder_) status.loaded.emplace_back(kEmbedder);
    if (language_model_) status.loaded.push_back(language_model_path_.filename());
    if (remote_engine_) status.loaded.push_back(remote::host_of(remote_url_));
    if (worker_) {
        status.device = worker_->device_description();
        status.waiting = worker_->waiting();
    }
    return status;
}

void Engines::unload()
{
    const std::lock_guard lock{mutex_};
    speech_.reset();
    speech_path_.clear();
    embedder_.reset();
    language_model_.reset();
    language_model_path_.clear();
    remote_engine_.reset();
    remote_url_.clear();
}

std::string Engines::device_description()
{
    const std::lock_guard lock{mutex_};
    return worker().device_description();
}

} // namespace app
