// ingest_no_space PERCEPT_CLI [TIMES] [SEED]: percept-cli ingest onto disks that fill up at random
// moments, then again with space. Needs the right to mount a tmpfs.
#include "tests/app/cli/fill_disks.h"

#include <cstdio>

int main(int argc, char** argv)
{
    if (argc < 2) return 2;
    const int times = argc > 2 ? std::atoi(argv[2]) : 20;
    const auto seed = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : std::random_device{}();
    const char* models = std::getenv("PERCEPT_MODELS");
    const support::TemporaryFolder folder;
    if (!cli_test::SmallDisk::permitted(folder / "try")) {
        std::puts("Mounting a small file system is not permitted here.");
        return 77;
    }
    const auto report = cli_test::fill_disks(
        folder.path(),
        {argv[1], {}, models != nullptr ? models : ""},
        times,
        seed);
    std::printf(
        "seed %u: full disks %d (%d more were large enough), acknowledged sources %ld, faults "
        "%zu\n",
        seed,
        report.full,
        report.had_room,
        report.acknowledged,
        report.faults.size());
    for (const auto& fault : report.faults) std::printf("  %s\n", fault.c_str());
    return report.faults.empty() && report.full == times ? 0 : 1;
}
