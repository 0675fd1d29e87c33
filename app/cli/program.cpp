#include "app/cli/program.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <new>
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
            "Who answers: starter, the path of a model, or a URL")
        ->type_name("starter|PATH|URL");
    program
        .add_option("--threads", options.threads, "Threads to compute with (default: all cores)")
        ->type_name("N")
        ->check(CLI::Range(0, 1024));
    program.add_option("--device", options.device, "auto, cpu, cuda or cuda:N")->type_name("NAME");
    program.add_flag("--json", options.json, "One JSON document on standard output");
    program.add_flag("--quiet", options.quiet, "No progress and no warnings");
}

/// Parsing may fail before --json was seen.
bool wants_json(int argc, char** argv)
{
    return std::any_of(argv, argv + argc, [](const char* word) {
        return std::string_view{word} == "--json";
    });
}

bool is_number(std::string_view word)
{
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The words of the command line from the last to the first, as CLI11 takes them. "--source 7 8
/// QUESTION" becomes
/// "--source 7,8 QUESTION": an option with any number of values would take the question too.
std::vector<std::string> reversed_words(int argc, char** argv)
{
    std::vector<std::string> words;
    bool in_sources = false;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
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
        name = parent->get_name() + " " + name;
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

int run_chosen(const Chosen& chosen, const GlobalOptions& options)
{
    Console console{options.json, options.quiet};
    const Interrupt interrupt{[&console] {
        console.warn("Stopping; what is done is kept. Press Ctrl+C again to end at once.");
    }};
    try {
        auto environment = Environment::make(options, console, interrupt.token());
        if (!environment) return console.fail(environment.error());
        const int status = chosen(**environment);
        console.end_progress();
        return status;
    } catch (const std::bad_alloc&) {
        return console.fail(
            {ErrorCode::OutOfMemory,
             "There is not enough memory.",
             "Close other programs and try again."});
    } catch (const std::exception& error) {
        return console.fail(
            {ErrorCode::Internal, fmt::format("Something broke inside: {}.", error.what()), ""});
    }
}

} // namespace

CLI::App* add_command(CLI::App& program, const char* name, const char* does, const char* example)
{
    CLI::App* command = program.add_subcommand(name, does);
    command->fallthrough();
    command->footer(fmt::format("Example:\n  {}", example));
    return command;
}

int run(int argc, char** argv)
{
    CLI::App program{
        "Reads documents and recordings and answers with the place of every sentence.",
        "percept-cli"};
    GlobalOptions options;
    Chosen chosen;
    add_global_options(program, options);
    program.set_version_flag("--version", "percept-cli " PERCEPT_VERSION);
    program.require_subcommand(1);
    program.footer("Example:\n  percept-cli ingest manual.pdf && percept-cli ask \"How is the "
                   "filter cleaned?\"");
    add_ingest(program, chosen);
    add_ask(program, chosen);
    add_transcribe(program, chosen);
    add_summarize(program, chosen);
    add_search(program, chosen);
    add_sessions(program, chosen);
    add_export(program, chosen);
    add_models(program, chosen);
    add_doctor(program, chosen);
    add_backup(program, chosen);
    try {
        program.parse(reversed_words(argc, argv));
    } catch (const CLI::Success& help) { // --help and --version
        return program.exit(help);
    } catch (const CLI::ParseError& error) {
        Console console{wants_json(argc, argv), false};
        return usage_error(program, error, console);
    }
    return run_chosen(chosen, options);
}

} // namespace app::cli
