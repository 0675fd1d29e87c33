#pragma once

#include "tests/app/cli/ingest_faults.h"

#include <chrono>

namespace cli_test {

struct KillReport {
    int kills = 0;
    int completed = 0; // batches that were read to their end between the kills
    long acknowledged = 0;
    std::vector<std::string> faults;
};

/// `kills` kill -9 at random moments of ingests; what was begun is read on by the next one.
inline KillReport
kill_ingests(const fs::path& folder, const Program& program, int kills, unsigned seed)
{
    using Clock = std::chrono::steady_clock;
    KillReport report;
    std::mt19937 random(seed);
    unsigned batches = 0;
    // How long a batch takes here and now, so that kills fall everywhere in it.
    double longest_s = 0;
    {
        const Batch whole(folder / "whole", seed + 1'000'000);
        longest_s =
            support::run_command(program.words({"ingest", whole.folder().string()})).elapsed_s;
    }
    while (report.kills < kills) {
        const Batch batch(folder / ("batch-" + std::to_string(batches)), seed + batches);
        ++batches;
        const auto ingest = program.words(
            {"ingest", "--new", "Run " + std::to_string(batches), batch.folder().string()});
        auto again = program.words({"ingest", batch.folder().string()});
        for (bool first = true, whole = false; !whole && report.kills < kills; first = false) {
            const auto start = Clock::now();
            const auto since = [&] {
                return std::chrono::duration<double>(Clock::now() - start).count();
            };
            const double until_s =
                longest_s * std::uniform_real_distribution<double>(0, 1.1)(random);
            support::Command command{first ? ingest : again};
            const auto due = [&] {
                ::usleep(1000); // the moment of the kill is a time, not an event
                return since() >= until_s;
            };
            command.wait_for(due, until_s + 60);
            Held before;
            if (auto reader = storage::Library::open(program.data, storage::Access::Read))
                before = held_by(**reader);
            command.send(SIGKILL);
            const auto result = command.wait();
            // Without models the sound fails, and that is the end of such a batch too.
            whole = result.status == 0 || (program.models.empty() && result.status == 1);
            if (whole) {
                longest_s = 0.8 * longest_s + 0.2 * result.elapsed_s;
                ++report.completed;
            } else {
                ++report.kills;
                if (result.status != 128 + SIGKILL)
                    report.faults.push_back("status " + std::to_string(result.status) + result.err);
            }
            const auto said = said_to_be_stored(result.err);
            report.acknowledged += static_cast<long>(said.size());
            for (const auto& [id, source] : before.sources)
                report.acknowledged += 1 + static_cast<long>(source.pages.size() + source.segments);
            if (!fs::exists(program.data / "percept.sqlite")) continue; // killed before it was made
            for (const auto& fault : faults_after(program.data, before, said))
                report.faults.push_back("kill " + std::to_string(report.kills) + ": " + fault);
        }
        // Keeps the library small, so that a thousand runs stay quick.
        fs::remove_all(batch.folder());
        if (batches % 4 != 0) continue;
        auto library = storage::Library::open(program.data, storage::Access::Write);
        if (!library) continue;
        for (const auto& session : (*library)->sessions().value_or(std::vector<storage::Session>{}))
            static_cast<void>((*library)->delete_session(session.id));
    }
    return report;
}

} // namespace cli_test
