#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/cli/session_show.h"
#include "app/log.h"
#include "app/text.h"

#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

namespace app::cli {
namespace {

struct SessionOptions {
    std::int64_t id = 0;
    std::string name;
};

int run_list(Environment& environment)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Read);
    if (!library && library.error().code != ErrorCode::NotFound)
        return console.fail(library.error());
    std::vector<storage::Session> sessions;
    if (library) { // none yet is an empty list, not an error
        auto listed = (*library)->sessions();
        if (!listed) return console.fail(listed.error());
        sessions = std::move(*listed);
    }
    if (console.json()) {
        console.print_json(sessions_json(sessions));
        return kDone;
    }
    if (sessions.empty()) {
        console.print("No sessions yet. Read a file: percept-cli ingest FILE");
        return kDone;
    }
    std::vector<std::vector<std::string>> rows{
        {"ID", "CREATED", "SOURCES", "LENGTH", "SIZE", "NAME"}};
    for (const auto& session : sessions) {
        rows.push_back(
            {std::to_string(session.id),
             session.created,
             std::to_string(session.sources),
             session.duration_s > 0 ? clock_time(session.duration_s) : "-",
             human_size(session.size_bytes),
             clean_utf8(session.name)});
    }
    console.print(table(rows));
    return kDone;
}

int run_rename(Environment& environment, const SessionOptions& options)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Write);
    if (!library) return console.fail(library.error());
    if (const auto renamed = (*library)->rename_session(options.id, options.name); !renamed) {
        return console.fail(renamed.error());
    }
    const auto session = (*library)->session(options.id);
    if (!session) return console.fail(session.error());
    if (console.json())
        console.print_json(sessions_json({*session}));
    else
        console.print(
            fmt::format("Session {} is now called {}.", session->id, clean_utf8(session->name)));
    return kDone;
}

int removed(Console& console, const Result<storage::Removed>& result)
{
    if (!result) return console.fail(result.error());
    Log::instance().info(fmt::format(
        "sessions: removed {} sessions, {} sources",
        result->sessions,
        result->sources));
    if (console.json()) {
        console.print_json(removed_json(*result));
        return kDone;
    }
    std::string text = "Removed ";
    if (result->sessions > 0) text += counted(result->sessions, "session") + ", ";
    text += fmt::format(
        "{}, {} and {} of media.",
        counted(result->sources, "source"),
        counted(result->passages, "passage"),
        human_size(result->media_bytes));
    console.print(text);
    return kDone;
}

int run_delete(Environment& environment, const SessionOptions& options)
{
    const auto library = environment.open_library(storage::Access::Write);
    if (!library) return environment.console().fail(library.error());
    return removed(environment.console(), (*library)->delete_session(options.id));
}

int run_remove_source(Environment& environment, const SessionOptions& options)
{
    const auto library = environment.open_library(storage::Access::Write);
    if (!library) return environment.console().fail(library.error());
    return removed(environment.console(), (*library)->remove_source(options.id));
}

} // namespace

void add_sessions(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "sessions",
        "List, show, rename and delete sessions",
        "percept-cli sessions show 3");
    command->require_subcommand(0, 1);
    const auto options = std::make_shared<SessionOptions>();
    const auto add =
        [&](const char* name, const char* does, const char* example, Use use, auto run) {
            CLI::App* action = add_command(*command, name, does, example);
            action->callback([options, &chosen, run, use] {
                chosen = {
                    [options, run](Environment& environment) { return run(environment, *options); },
                    use};
            });
            return action;
        };
    const auto add_id = [&](CLI::App* action, const char* word) {
        action->add_option("id", options->id, "Its number in the list")
            ->type_name(word)
            ->required()
            ->check(CLI::PositiveNumber);
    };
    add("list",
        "All sessions, newest first",
        "percept-cli sessions list",
        Use::Reads,
        [](Environment& e, const SessionOptions&) { return run_list(e); });
    add_id(
        add("show",
            "One session: its sources, questions and answers",
            "percept-cli sessions show 3",
            Use::Reads,
            [](Environment& e, const SessionOptions& o) { return run_show(e, o.id); }),
        "ID");
    CLI::App* rename =
        add("rename",
            "Give a session another name",
            "percept-cli sessions rename 3 \"Pumps\"",
            Use::Writes,
            run_rename);
    add_id(rename, "ID");
    rename->add_option("name", options->name, "The new name")->type_name("NAME")->required();
    add_id(
        add("delete",
            "Delete a session with its rows, index entries and media",
            "percept-cli sessions delete 3",
            Use::Writes,
            run_delete),
        "ID");
    add_id(
        add("remove-source",
            "Delete one source of a session",
            "percept-cli sessions remove-source 7",
            Use::Writes,
            run_remove_source),
        "SOURCE");
    // Without a word: the list. Callbacks of parents run after those of their children.
    command->callback([command, &chosen] {
        if (command->get_subcommands().empty()) chosen = {run_list, Use::Reads};
    });
}

} // namespace app::cli
