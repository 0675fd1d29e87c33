#pragma once

#include "app/answer/search.h"
#include "app/ask_job.h"
#include "app/cli/console.h"
#include "app/doctor.h"
#include "app/ingest_job.h"
#include "app/models/catalogue.h"
#include "app/transcribe_job.h"
#include "storage/types.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Every JSON document of percept-cli, and nothing else: the contract in one place.
/// tests/data/schemas holds it as JSON schemas. Fields may be added, never renamed.
namespace app::cli {

Json error_json(const Error& error);
Json ingest_json(const IngestReport& report);
Json answer_json(const AskReply& reply);
Json transcript_json(const Transcript& transcript);
Json search_json(const std::vector<answer::SearchHit>& hits);
Json sessions_json(const std::vector<storage::Session>& sessions);
/// A stored question or answer, each citation with the path and kind of its source.
struct ShownMessage {
    struct Cited {
        storage::Citation citation;
        std::string path;
        std::string kind;
    };
    storage::Message message;
    std::vector<Cited> citations; // by n
};
/// sessions_json() of one, its sources and its messages.
Json session_json(
    const storage::Session& session,
    const std::vector<IngestedSource>& sources,
    const std::vector<ShownMessage>& messages);
Json removed_json(const storage::Removed& removed);
/// A model of the catalogue, a set of them, or one of the user's own, as people and scripts see it.
struct ListedModel {
    std::string name;
    std::string title;
    std::string path;                 // of the user's own
    std::optional<bool> listens = {}; // of a recogniser of the user's own: to recordings
    bool installed = false;
    bool optional = true; // nothing needs it
    std::uint64_t size_bytes = 0;
    std::uint64_t memory_bytes = 0;
    std::string licence;
    models::Capabilities capabilities;
    bool fits = true;
    std::string why;
    std::string problem; // what verifying found
};
Json models_json(const std::vector<ListedModel>& models);
Json checks_json(const std::vector<Check>& checks);
/// export and backup.
Json written_json(const std::filesystem::path& path, std::uint64_t size_bytes);

} // namespace app::cli
