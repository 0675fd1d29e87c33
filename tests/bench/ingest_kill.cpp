// ingest_kill PERCEPT_CLI [KILLS] [SEED]: kill -9 at random moments of percept-cli ingest, and what
// was lost. PERCEPT_MODELS names installed models (without them no speech is read), PERCEPT_SPEECH
// recordings.
#include "tests/app/cli/kill_ingests.h"

#include <cstdio>

int main(int argc, char** argv)
{
    if (argc < 2) return 2;
    const int kills = argc > 2 ? std::atoi(argv[2]) : 1000;
    const auto seed = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : std::random_device{}();
    const char* models = std::getenv("PERCEPT_MODELS");
    const support::TemporaryFolder folder;
    const auto start = std::chrono::steady_clock::now();
    const auto report = cli_test::kill_ingests(
        folder.path(),
        {argv[1], folder / "data", models != nullptr ? models : ""},
        kills,
        seed);
    std::printf(
        "seed %u: kills %d, batches read to their end between them %d, acknowledged sources, pages "
        "and "
        "segments %ld, faults %zu, %.0f s\n",
        seed,
        report.kills,
        report.completed,
        report.acknowledged,
        report.faults.size(),
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    for (const auto& fault : report.faults) std::printf("  %s\n", fault.c_str());
    return report.faults.empty() ? 0 : 1;
}
