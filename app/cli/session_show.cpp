#include "app/cli/session_show.h"

#include "app/cli/json.h"
#include "app/convert.h"
#include "app/export/outline.h"
#include "app/source_ingest.h"
#include "app/text.h"

#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

namespace app::cli {
namespace {

/// What run_show() prints, read from the library in one go.
struct Shown {
    storage::Session session;
    std::vector<IngestedSource> sources;
    std::vector<ShownMessage> messages;
};

/// Citations with the file that each is of: one may lie in another session, where the question went
/// to everything.
Result<std::vector<ShownMessage>> load_messages(storage::Library& library, storage::SessionId id)
{
    const auto messages = library.messages(id);
    if (!messages) return tl::unexpected(messages.error());
    std::map<storage::SourceId, storage::Source> files;
    std::vector<ShownMessage> out;
    for (const auto& message : *messages) {
        const auto citations = library.citations(message.id);
        if (!citations) return tl::unexpected(citations.error());
        ShownMessage shown{message, {}};
        for (const auto& citation : *citations) {
            if (!files.contains(citation.source)) {
                auto source = library.source(citation.source);
                if (!source) return tl::unexpected(source.error());
                files.emplace(citation.source, std::move(*source));
            }
            const storage::Source& file = files.at(citation.source);
            shown.citations.push_back({citation, file.path, file.kind});
        }
        out.push_back(std::move(shown));
    }
    return out;
}

Result<Shown> load(storage::Library& library, storage::SessionId id)
{
    Shown shown;
    auto session = library.session(id);
    if (!session) return tl::unexpected(session.error());
    shown.session = std::move(*session);
    const auto listed = library.sources(id);
    if (!listed) return tl::unexpected(listed.error());
    for (const auto& source : *listed) {
        auto stored = stored_source(library, source);
        if (!stored) return tl::unexpected(stored.error());
        shown.sources.push_back(std::move(*stored));
    }
    auto messages = load_messages(library, id);
    if (!messages) return tl::unexpected(messages.error());
    shown.messages = std::move(*messages);
    return shown;
}

std::string sources_words(const std::vector<IngestedSource>& sources)
{
    std::vector<std::vector<std::string>> rows{
        {"SOURCE", "KIND", "STATUS", "PAGES", "LENGTH", "PASSAGES", "PATH"}};
    for (const auto& stored : sources) {
        const storage::Source& source = stored.source;
        rows.push_back(
            {std::to_string(source.id),
             source.kind,
             std::string{name(source.status)},
             source.pages > 0 ? std::to_string(source.pages) : "-",
             source.duration_s > 0 ? clock_time(source.duration_s) : "-",
             std::to_string(stored.passages),
             clean_utf8(source.path)});
    }
    return table(rows);
}

std::string message_words(const ShownMessage& shown)
{
    const storage::Message& message = shown.message;
    if (message.role == storage::MessageRole::Question)
        return "\n? " + one_line(clean_utf8(message.text)) + "\n";
    std::string out = message.text + "\n";
    if (!shown.citations.empty()) out += "\n";
    for (const auto& cited : shown.citations)
        out += exporting::cited_words(cited.citation, cited.path, message.text);
    out += "\n" + exporting::mode_words(message.mode, message.engine) + ".\n";
    return clean_utf8(out);
}

} // namespace

int run_show(Environment& environment, storage::SessionId id)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Read);
    if (!library) return console.fail(library.error());
    const auto shown = load(**library, id);
    if (!shown) return console.fail(shown.error());
    if (console.json()) {
        console.print_json(session_json(shown->session, shown->sources, shown->messages));
        return kDone;
    }
    std::string text = fmt::format(
        "Session {}: {}\n{}, {}, {}\n",
        shown->session.id,
        clean_utf8(shown->session.name),
        shown->session.created,
        counted(shown->session.sources, "source"),
        human_size(shown->session.size_bytes));
    if (!shown->sources.empty()) text += "\n" + sources_words(shown->sources);
    for (const auto& message : shown->messages) text += message_words(message);
    console.print(text);
    return kDone;
}

} // namespace app::cli
