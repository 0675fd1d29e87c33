#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/export/export.h"
#include "app/session_content.h"
#include "app/text.h"

#include <fmt/format.h>
#include <memory>
#include <string>

namespace app::cli {
namespace {

struct ExportOptions {
    storage::SessionId session = 0;
    std::string format;
    std::filesystem::path out;
    bool force = false;
};

int written(
    Console& console,
    const std::filesystem::path& path,
    const Result<std::uint64_t>& size_bytes)
{
    if (!size_bytes) return console.fail(size_bytes.error());
    if (console.json())
        console.print_json(written_json(path, *size_bytes));
    else
        console.print(fmt::format("{} ({})", path.string(), human_size(*size_bytes)));
    return kDone;
}

int run_export(Environment& environment, const ExportOptions& options)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Read);
    if (!library) return console.fail(library.error());
    const auto content = load_session_content(**library, options.session);
    if (!content) return console.fail(content.error());
    const auto bytes = exporting::render(*content, *exporting::parse_format(options.format));
    if (!bytes) return console.fail(bytes.error());
    return written(console, options.out, exporting::write_file(options.out, *bytes, options.force));
}

int run_backup(Environment& environment, const std::filesystem::path& out)
{
    Console& console = environment.console();
    const auto library = environment.open_library(storage::Access::Read);
    if (!library) return console.fail(library.error());
    const auto size_bytes = (*library)->backup(
        out,
        [&console](double done) {
            console.progress(fmt::format("{}Copying {:.0f} %", console.bar(done, 1), 100 * done));
        },
        environment.stop());
    console.end_progress();
    return written(console, out, size_bytes);
}

} // namespace

void add_export(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "export",
        "Write a session to a file",
        "percept-cli export 3 --format docx -o pumps.docx");
    const auto options = std::make_shared<ExportOptions>();
    command->add_option("id", options->session, "The session")
        ->type_name("ID")
        ->required()
        ->check(CLI::PositiveNumber);
    command->add_option("--format", options->format, "What to write")
        ->type_name("md|json|srt|vtt|docx|pdf")
        ->required()
        ->check(CLI::IsMember({"md", "json", "srt", "vtt", "docx", "pdf"}));
    command->add_option("-o,--output", options->out, "The file")->type_name("FILE")->required();
    command->add_flag("--force", options->force, "Replace FILE where it exists");
    command->callback([options, &chosen] {
        chosen = {
            [options](Environment& environment) { return run_export(environment, *options); }};
    });
}

void add_backup(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "backup",
        "Copy the library into one file while it is in use",
        "percept-cli backup /media/disk/percept-2026-11-22.tar\n"
        "It is a tar file; restore it into a new folder:\n"
        "  mkdir restored && tar -xf percept-2026-11-22.tar -C restored\n"
        "  percept-cli --data restored sessions");
    const auto out = std::make_shared<std::filesystem::path>();
    command->add_option("file", *out, "The file to write; one that exists is not replaced")
        ->type_name("FILE")
        ->required();
    command->callback([out, &chosen] {
        chosen = {[out](Environment& environment) { return run_backup(environment, *out); }};
    });
}

} // namespace app::cli
