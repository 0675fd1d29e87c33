// ingest_no_space PERCEPT_CLI [TIMES] [SEED]: percept-cli ingest onto disks that fill up at random
// moments, then again with space. Needs the right to mount a tmpfs.
#include "tests/app/cli/campaign.h"
#include "tests/app/cli/fill_disks.h"

constexpr auto kUsage =
    "usage: ingest_no_space PERCEPT_CLI [TIMES] [SEED]\n"
    "Reads files onto 20 disks that fill up at random moments. Mounts a tmpfs: needs root.\n"
    "PERCEPT_MODELS and PERCEPT_SPEECH name installed models and recordings.\n";

int main(int argc, char** argv)
try {
    const auto told = cli_test::campaign(argc, argv, 20, kUsage);
    if (!told) return 2;
    const char* models = std::getenv("PERCEPT_MODELS");
    const support::TemporaryFolder folder;
    if (!cli_test::SmallDisk::permitted(folder / "try")) {
        std::puts("Mounting a small file system is not permitted here.");
        return 77;
    }
    const auto report = cli_test::fill_disks(
        folder.path(),
        {told->program, {}, models != nullptr ? models : ""},
        told->count,
        told->seed);
    std::printf(
        "seed %u: full disks %d (%d more were large enough), acknowledged sources %ld, faults "
        "%zu\n",
        told->seed,
        report.full,
        report.had_room,
        report.acknowledged,
        report.faults.size());
    for (const auto& fault : report.faults) std::printf("  %s\n", fault.c_str());
    return report.faults.empty() && report.full == told->count ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
