// ingest_kill PERCEPT_CLI [KILLS] [SEED]: kill -9 at random moments of percept-cli ingest, and what
// was lost. PERCEPT_MODELS names installed models (without them no speech is read), PERCEPT_SPEECH
// recordings.
#include "tests/app/cli/campaign.h"
#include "tests/app/cli/kill_ingests.h"

constexpr auto kUsage =
    "usage: ingest_kill PERCEPT_CLI [KILLS] [SEED]\n"
    "Kills percept-cli at 1,000 random moments of ingest and looks for what was lost.\n"
    "PERCEPT_MODELS and PERCEPT_SPEECH name installed models and recordings.\n";

int main(int argc, char** argv)
try {
    const auto told = cli_test::campaign(argc, argv, 1000, kUsage);
    if (!told) return 2;
    const char* models = std::getenv("PERCEPT_MODELS");
    const support::TemporaryFolder folder;
    const auto start = std::chrono::steady_clock::now();
    const auto report = cli_test::kill_ingests(
        folder.path(),
        {told->program, folder / "data", models != nullptr ? models : ""},
        told->count,
        told->seed);
    std::printf(
        "seed %u: kills %d, batches read to their end between them %d, acknowledged sources, pages "
        "and "
        "segments %ld, faults %zu, %.0f s\n",
        told->seed,
        report.kills,
        report.completed,
        report.acknowledged,
        report.faults.size(),
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    for (const auto& fault : report.faults) std::printf("  %s\n", fault.c_str());
    return report.faults.empty() ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
