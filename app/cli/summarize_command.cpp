#include "app/cli/commands.h"
#include "app/export/outline.h"
#include "app/summary_job.h"
#include "app/text.h"

#include <fmt/format.h>
#include <map>
#include <memory>
#include <string>

namespace app::cli {
namespace {

struct SummarizeOptions {
    storage::SessionId session = 0;
    std::string form = "minutes";
};

std::string
summary_words(const answer::Summary& summary, const std::map<storage::SourceId, std::string>& paths)
{
    std::string out = summary.title + "\n";
    for (const auto& section : summary.sections) {
        out += "\n" + section.name + "\n";
        for (const auto& item : section.items) {
            out += "  - " + one_line(item.text);
            if (!item.owner.empty()) out += " Owner: " + item.owner + ".";
            if (!item.due.empty()) out += " Due: " + item.due + ".";
            for (const auto& citation : item.citations) {
                const auto path = paths.find(citation.source);
                out += fmt::format(
                    " [{}: {}]",
                    citation.n,
                    exporting::place_words(
                        path == paths.end() ? "" : path->second,
                        citation.page,
                        citation.start_s));
            }
            out += "\n";
        }
        if (!section.note.empty()) out += "  " + section.note + "\n";
    }
    out += fmt::format("\n{}.", exporting::mode_words(summary.mode, "starter"));
    if (!summary.how.empty()) out += " " + summary.how;
    out += fmt::format("\nCovers {}", counted(summary.coverage.sources, "source"));
    if (summary.coverage.pages > 0) out += ", " + counted(summary.coverage.pages, "page");
    if (summary.coverage.heard_s > 0)
        out += ", " + clock_time(summary.coverage.heard_s) + " of speech";
    out += ".\n";
    for (const auto& sentence : summary.coverage.missing) out += "Not covered: " + sentence + "\n";
    return clean_utf8(out);
}

int run_summarize(Environment& environment, const SummarizeOptions& options)
{
    Console& console = environment.console();
    const auto engine = choose_engine(environment.options().engine, environment.paths().models);
    if (!engine) return console.fail(engine.error());
    if (engine->kind != EngineChoice::Kind::Starter) {
        console.warn("Summaries are quotes in this version, whatever the engine.");
    }
    const auto opened = environment.open_library_preferring_write();
    if (!opened) return console.fail(opened.error());
    SummarizeRequest request;
    if (options.session != 0) request.session = options.session;
    const bool is_file = options.form.find_first_of("/.") != std::string::npos;
    request.form = is_file ? environment.resolve(options.form).string() : options.form;
    const auto reply = summarize(
        request,
        *opened->library,
        opened->writes,
        environment.engines(),
        environment.stop());
    if (!reply) return console.fail(reply.error());
    if (reply->not_saved)
        console.warn("The summary is not kept in the session: " + reply->not_saved->message);
    if (console.json()) {
        console.print_json(Json::parse(reply->json));
        return kDone;
    }
    std::map<storage::SourceId, std::string> paths;
    if (const auto sources = opened->library->sources(reply->session)) {
        for (const auto& source : *sources) paths.emplace(source.id, source.path);
    }
    console.print(summary_words(reply->summary, paths));
    return kDone;
}

} // namespace

void add_summarize(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "summarize",
        "Summarise a session; every line cites its place",
        "percept-cli summarize --session 3 --template decisions");
    const auto options = std::make_shared<SummarizeOptions>();
    command
        ->add_option("--session", options->session, "Summarise this session (default: the latest)")
        ->type_name("ID")
        ->check(CLI::PositiveNumber);
    command->add_option("--template", options->form, "Which lines to collect")
        ->type_name("minutes|actions|decisions|brief|FILE")
        ->capture_default_str();
    command->callback([options, &chosen] {
        chosen = {
            [options](Environment& environment) { return run_summarize(environment, *options); },
            Use::Keeps};
    });
}

} // namespace app::cli
