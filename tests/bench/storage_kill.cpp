// storage_kill [KILLS] [LONGEST_MS]: reads files into a library, killed at random, and counts what
// was lost.
#include "tests/storage/kill_runs.h"
#include "tests/support/temporary_folder.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    const int kills = argc > 1 ? std::atoi(argv[1]) : 1000;
    const int longest_ms = argc > 2 ? std::atoi(argv[2]) : 120;
    const support::TemporaryFolder folder;
    const auto start = std::chrono::steady_clock::now();
    const auto report = storage_test::run_kills(
        folder.path(),
        kills,
        std::chrono::milliseconds(longest_ms),
        std::random_device{}());
    const double elapsed_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf(
        "kills %d, acknowledged rows and files %ld, faults %zu, %.1f s\n",
        report.kills,
        report.acknowledged,
        report.faults.size(),
        elapsed_s);
    for (const auto& fault : report.faults) std::printf("  %s\n", fault.c_str());
    return report.faults.empty() ? 0 : 1;
}
