#pragma once

#include "app/answer/ask.h"
#include "app/engines.h"
#include "app/result.h"
#include "capture/reader_client.h"
#include "storage/library.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// Who answers, by the words of --engine.
struct EngineChoice {
    enum class Kind { Starter, Model, Remote };
    Kind kind = Kind::Starter;
    std::filesystem::path model; // of Kind::Model
    std::string url;             // of Kind::Remote
    std::string name;            // for people and JSON: "starter", its own, or the file's
};
/// "" and "starter": quotes. A path: that model. A URL: the server there. The name of a language
/// model of the catalogue: the one in this folder of models; a file of that name comes first.
/// Errors: FileNotFound, NoModel (of that name, but not here).
Result<EngineChoice>
choose_engine(std::string_view words, const std::filesystem::path& models_folder);

struct AskRequest {
    std::string question;
    std::optional<storage::SessionId> session; // empty: the latest; of `everything`: keeps it
    std::vector<storage::SourceId> sources;    // empty: all of the session
    bool everything = false;                   // all sessions
    EngineChoice engine;
    answer::WritingObserver observer = {}; // of an engine that writes
    bool keeps = true;                     // question and answer become part of the session
    capture::ReaderOptions reader = {};    // draws pages for an engine that sees
    std::filesystem::path cache = {};      // Paths::cache(); empty: nothing is kept there
};
struct AskReply {
    answer::Answer answer;
    std::string engine;             // who answered: its name
    storage::SessionId session = 0; // 0: everything
    std::optional<Error> not_saved; // the answer stands, but the library could not keep it
    double total_s = 0;
};

/// The answerers of a program, so that all its questions share the vectors of sentences that one of
/// them had made. Whoever asks keeps the library and the engines alive. Safe from any thread.
class Answerers {
public:
    /// The same object for the same library and embedder.
    std::shared_ptr<answer::Answerer> of(storage::Library& library, engine::TextEmbedder* embedder);
    /// Before a library closes or models are unloaded.
    void forget();

private:
    std::mutex mutex_;
    storage::Library* library_ = nullptr;
    engine::TextEmbedder* embedder_ = nullptr;
    std::shared_ptr<answer::Answerer> answerer_;
};

/// Answers a question and keeps question and answer in its session; an answer that was stopped
/// while an engine wrote it is kept as far as it got. `answerers` null: vectors are made for this
/// question alone. With `saves` false (another program writes to the library) the answer is given
/// all the same. Errors: BadUsage (no words; a source of another session), NotFound, Cancelled,
/// those of library and engine.
Result<AskReply>
ask(const AskRequest& request,
    storage::Library& library,
    bool saves,
    Engines& engines,
    const std::stop_token& stop,
    Answerers* answerers = nullptr);

/// Where to search: the sources, else the session, else the latest session; `everything` wins.
/// Errors: NotFound.
Result<storage::SearchScope> make_scope(
    storage::Library& library,
    const std::optional<storage::SessionId>& session,
    const std::vector<storage::SourceId>& sources,
    bool everything);

/// The newest session. Errors: NotFound (there is none yet, and how to make one).
Result<storage::SessionId> latest_session(storage::Library& library);

/// The embedder, or null where it is not installed: words alone decide then, and the answer says
/// so.
Result<engine::TextEmbedder*> embedder_or_null(Engines& engines);

} // namespace app
