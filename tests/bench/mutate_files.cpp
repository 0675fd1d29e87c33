// Damages files at random and reads them through percept-reader:
//
//   bench_mutate_files [--count 50000] [--seed 1] [--first 0] [--write N FILE]
//
// Prints how many were read and how the others failed. A mutant that gives no clear error is
// printed with its number:
// `--seed S --write N FILE` writes it out. Exit status 1 where there was one.
#include "tests/capture/reader/mutation.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

int main(int argc, char** argv)
{
    std::uint64_t count = 50'000;
    std::uint64_t seed = 1;
    std::uint64_t first = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string option = argv[i];
        const auto value = std::strtoull(argv[i + 1], nullptr, 10);
        if (option == "--count") count = value;
        if (option == "--seed") seed = value;
        if (option == "--first") first = value;
        if (option == "--write" && i + 2 < argc) {
            const auto one = mutation::mutant(mutation::seeds(), seed, value);
            std::ofstream(argv[i + 2], std::ios::binary) << one.bytes;
            std::printf("%s, %zu bytes\n", one.name.c_str(), one.bytes.size());
            return 0;
        }
    }
    const auto start = std::chrono::steady_clock::now();
    const auto report =
        mutation::read_mutants(seed, first, count, PERCEPT_BIN_DIR "/percept-reader");
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::printf(
        "%llu mutants, seed %llu, %.0f s, the longest %.1f s\n",
        static_cast<unsigned long long>(count),
        static_cast<unsigned long long>(seed),
        taken.count(),
        report.longest_s);
    for (const auto& [outcome, times] : report.outcomes)
        std::printf("  %-16s %d\n", outcome.c_str(), times);
    for (const auto& line : report.broken) std::printf("NOT CLEAR %s\n", line.c_str());
    std::printf("without a clear error: %zu\n", report.broken.size());
    return report.broken.empty() ? 0 : 1;
}
