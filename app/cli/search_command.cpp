#include "app/answer/search.h"
#include "app/ask_job.h"
#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/export/outline.h"
#include "app/text.h"

#include <fmt/format.h>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace app::cli {
namespace {

struct SearchOptions {
    storage::SessionId session = 0;
    std::string kinds; // "pdf,audio"
    int limit = 10;
    std::vector<std::string> words;
};

int run_search(Environment& environment, const SearchOptions& options)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Read);
    if (!library) return console.fail(library.error());
    storage::SearchScope scope;
    if (options.session != 0) {
        if (const auto known = (*library)->session(options.session); !known)
            return console.fail(known.error());
        scope.sessions.push_back(options.session);
    }
    static const std::set<std::string> kKinds{"pdf", "image", "audio", "video", "text", "office"};
    scope.kinds = split_list(options.kinds);
    for (const std::string& kind : scope.kinds) {
        if (kKinds.contains(kind)) continue;
        return console.fail(
            {ErrorCode::BadUsage,
             fmt::format("--kind does not know {}.", kind),
             "Use pdf, image, audio, video, text or office."});
    }
    const auto embedder = embedder_or_null(environment.engines());
    if (!embedder) return console.fail(embedder.error());
    if (*embedder == nullptr) {
        console.warn("Searching by words only: the model all-minilm-l6-v2 is not installed.");
    }
    const auto hits = answer::search(
        fmt::format("{}", fmt::join(options.words, " ")),
        scope,
        options.limit,
        **library,
        *embedder,
        environment.stop());
    if (!hits) return console.fail(hits.error());
    if (console.json()) {
        console.print_json(search_json(*hits));
        return kDone;
    }
    std::string text;
    for (const auto& hit : *hits) {
        const auto source = (*library)->source(hit.passage.source);
        text += fmt::format(
            "{} (session {}, source {})\n  {}\n",
            exporting::place_words(
                source ? source->path : "",
                hit.passage.page,
                hit.passage.start_s),
            hit.passage.session,
            hit.passage.source,
            one_line(hit.snippet));
    }
    console.print(hits->empty() ? "Nothing found. Try other words." : clean_utf8(text));
    return kDone;
}

} // namespace

void add_search(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "search",
        "Find passages by words and meaning, best first",
        "percept-cli search --kind pdf --limit 5 \"filter change\"");
    const auto options = std::make_shared<SearchOptions>();
    command->add_option("--session", options->session, "Search this session only")
        ->type_name("ID")
        ->check(CLI::PositiveNumber);
    command->add_option("--kind", options->kinds, "Search these kinds only")
        ->type_name("pdf|image|audio|video|text|office")
        ->join(',');
    command->add_option("--limit", options->limit, "At most so many hits")
        ->type_name("N")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("query", options->words, "Words to look for")
        ->type_name("QUERY")
        ->required();
    command->callback([options, &chosen] {
        chosen = {
            [options](Environment& environment) { return run_search(environment, *options); }};
    });
}

} // namespace app::cli
