#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/doctor.h"
#include "app/text.h"

#include <fmt/format.h>
#include <string>
#include <vector>

namespace app::cli {
namespace {

int run_doctor(Environment& environment)
{
    Console& console = environment.console();
    console.progress("Looking at this machine");
    const std::vector<Check> checks = examine(environment.paths(), environment.engines(), {});
    console.end_progress();
    if (console.json()) {
        console.print_json(checks_json(checks));
        return kDone;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& check : checks) {
        rows.push_back({check.ok ? "ok" : "NO", check.name, clean_utf8(check.detail)});
        if (!check.hint.empty()) rows.push_back({"", "", "-> " + clean_utf8(check.hint)});
    }
    console.print(table(rows));
    return kDone;
}

} // namespace

void add_doctor(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "doctor",
        "What works on this machine, what does not, and the way out",
        "percept-cli doctor");
    command->callback([&chosen] { chosen = {run_doctor}; });
}

} // namespace app::cli
