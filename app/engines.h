#pragma once

#include "app/remote/remote_engine.h"
#include "app/result.h"
#include "engine/engine.h"
#include "engine/speech_recognizer.h"
#include "engine/text_embedder.h"
#include "engine/worker.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace app {

/// What the models of a program do at this moment; for a status bar.
struct EnginesStatus {
    bool opening = false;            // a model is being opened
    std::vector<std::string> loaded; // ids of the catalogue, file names, hosts
    std::string device;              // "CPU, AVX-512 VNNI, 2 threads"; empty: nothing ran yet
    int waiting = 0;                 // requests in the queue
};

/// The models of one program, each opened when it is first asked for and kept: a cold question
/// opens the embedder only. One worker (the engine thread) serves them all. Safe from any thread.
class Engines {
public:
    Engines(std::filesystem::path models, const engine::DeviceChoice& device);
    ~Engines();
    Engines(const Engines&) = delete;
    Engines& operator=(const Engines&) = delete;

    /// The catalogue's recogniser, or a model of the user's own (own_model.h, listening_model());
    /// one is open at a time. Whoever has it keeps it alive. Errors: NoModel (names the command
    /// that fetches it) and those of open(), of a model of the user's own with the way back to the
    /// catalogue's: nobody listens in its stead.
    Result<std::shared_ptr<engine::SpeechRecognizer>>
    speech(const std::filesystem::path& own_model = {});
    /// Errors: as above. Valid as long as this object.
    Result<engine::TextEmbedder*> embedder();
    /// A language model that the user named: a GGUF file or a folder.
    Result<std::shared_ptr<engine::Engine>> language_model(const std::filesystem::path& model);
    /// An engine on another machine, see remote/remote_engine.h. Whoever has it keeps it alive.
    Result<std::shared_ptr<remote::RemoteEngine>>
    remote_engine(const std::string& url, const std::stop_token& stop);

    /// Waits for nothing, not even for a model that is being opened.
    EnginesStatus status() const;
    /// Closes the models; what uses one must have ended. They open again when they are asked for.
    void unload();
    /// "CPU, AVX-512 VNNI, 2 threads"; starts the engine thread.
    std::string device_description();
    const std::filesystem::path& models() const { return models_; }

private:
    engine::Worker& worker();

    std::filesystem::path models_;
    engine::DeviceChoice device_;
    mutable std::mutex mutex_;
    std::unique_ptr<engine::Worker> worker_; // before the models: they end first
    std::shared_ptr<engine::SpeechRecognizer> speech_;
    std::filesystem::path speech_path_;
    std::unique_ptr<engine::TextEmbedder> embedder_;
    std::shared_ptr<engine::Engine> language_model_;
    std::filesystem::path language_model_path_;
    std::shared_ptr<remote::RemoteEngine> remote_engine_;
    std::string remote_url_;
};

} // namespace app
