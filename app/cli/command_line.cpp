// What the words of the command line mean.
#include "app/cli/commands.h"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace app::cli {
namespace {

void add_global_options(CLI::App& program, GlobalOptions& options)
{
    program
        .add_option(
            "--data",
            options.data,
            "Folder of the library (default: $XDG_DATA_HOME/percept)")
        ->type_name("DIR");
    program.add_option("--models", options.models, "Folder of the models (default: DIR/models)")
        ->type_name("DIR");
    program
        .add_option(
            "--engine",
            options.engine,
            "Who answers: starter, the path of a model, the name of one in the list, or a URL")
        ->type_name("starter|PATH|NAME|URL");
    program
        .add_option("--threads", options.threads, "Threads to compute with (default: all cores)")
        ->type_name("N")
        ->check(CLI::Range(0, 1024));
    program.add_option("--device", options.device, "auto, cpu, cuda or cuda:N")->type_name("NAME");
    program.add_flag("--json", options.json, "One JSON document on standard output");
    program.add_flag("--quiet", options.quiet, "No progress and no warnings");
}

bool is_number(std::string_view word)
{
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The words of the command line from the last to the first, as CLI11 takes them. "--source 7 8
/// QUESTION" becomes "--source 7,8 QUESTION": an option with any number of values would take the
/// question too.
std::vector<std::string> reversed(const std::vector<std::string>& given)
{
    std::vector<std::string> words;
    bool in_sources = false;
    for (const std::string& word : given) {
        if (in_sources && is_number(word) &&
            is_number(words.back().substr(words.back().rfind(',') + 1))) {
            words.back() += "," + word;
            continue;
        }
        in_sources = word == "--source" || (in_sources && words.back() == "--source");
        words.push_back(word);
    }
    std::reverse(words.begin(), words.end());
    return words;
}

const CLI::App* command_of(const CLI::App& program)
{
    const CLI::App* command = &program;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
    return command;
}

std::string full_name(const CLI::App* command)
{
    std::string name = command->get_name();
    for (const CLI::App* parent = command->get_parent(); parent != nullptr;
         parent = parent->get_parent()) {
        name.insert(0, parent->get_name() + ' ');
    }
    return name;
}

int usage_error(const CLI::App& program, const CLI::ParseError& error, Console& console)
{
    std::string message = error.what();
    std::replace(message.begin(), message.end(), '\n', ' ');
    if (!message.ends_with('.')) message += '.';
    return console.fail(
        {ErrorCode::BadUsage,
         message,
         fmt::format("See: {} --help", full_name(command_of(program)))});
}

} // namespace

CLI::App* add_command(CLI::App& program, const char* name, const char* does, const char* example)
{
    CLI::App* command = program.add_subcommand(name, does);
    command->fallthrough();
    command->footer(fmt::format("Example:\n  {}", example));
    return command;
}

CommandLine read_command_line(const std::vector<std::string>& words, handover::Outlet& outlet)
{
    CLI::App program{
        "Reads documents and recordings and answers with the place of every sentence.",
        "percept-cli"};
    CommandLine line;
    add_global_options(program, line.options);
    program.set_version_flag("--version", "percept-cli " PERCEPT_VERSION);
    program.require_subcommand(1);
    program.footer("Example:\n  percept-cli ingest manual.pdf && percept-cli ask \"How is the "
                   "filter cleaned?\"");
    add_ingest(program, line.chosen);
    add_ask(program, line.chosen);
    add_transcribe(program, line.chosen);
    add_summarize(program, line.chosen);
    add_search(program, line.chosen);
    add_sessions(program, line.chosen);
    add_export(program, line.chosen);
    add_models(program, line.chosen);
    add_doctor(program, line.chosen);
    add_backup(program, line.chosen);
    try {
        program.parse(reversed(words));
    } catch (const CLI::Success& help) { // --help and --version
        std::ostringstream text;
        program.exit(help, text, text);
        outlet.output(text.str());
        line.finished = kDone;
    } catch (const CLI::ParseError& error) {
        // Parsing may have failed before --json was seen.
        const bool json = std::find(words.begin(), words.end(), "--json") != words.end();
        Console console{json, false, outlet};
        line.finished = usage_error(program, error, console);
    }
    return line;
}

} // namespace app::cli
