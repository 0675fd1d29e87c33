// Damages files at random and reads them through percept-reader; --help tells how.
//
// Prints per kind how many were read and how the others failed, and every mutant that ended its
// reader. A mutant that gives no clear error is printed with its number: `--seed S --first N
// --count 1 --write FILE` writes it out. Exit status 1 where there was one.
#include "tests/capture/reader/mutation.h"

#include <chrono>
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

int main(int argc, char** argv)
try {
    std::uint64_t count = 50'000;
    std::uint64_t seed = 1;
    std::uint64_t first = 0;
    std::string write;
    std::string reader = PERCEPT_BIN_DIR "/percept-reader";
    CLI::App app("Reads damaged PDFs, pictures, recordings and texts through percept-reader.");
    app.add_option("--count", count, "how many")->capture_default_str();
    app.add_option("--seed", seed, "of the damage")->capture_default_str();
    app.add_option("--first", first, "number of the first mutant")->capture_default_str();
    app.add_option("--write", write, "write mutant --first here and read nothing");
    app.add_option("--reader", reader, "the program that reads")->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    if (!write.empty()) {
        const auto one = mutation::mutant(mutation::seeds(), seed, first);
        std::ofstream(write, std::ios::binary) << one.bytes;
        std::printf("%s, %zu bytes\n", one.name.c_str(), one.bytes.size());
        return 0;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto report = mutation::read_mutants(seed, first, count, reader);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::printf(
        "%llu mutants, seed %llu, from number %llu, %.0f s, the longest %.1f s\n",
        static_cast<unsigned long long>(count),
        static_cast<unsigned long long>(seed),
        static_cast<unsigned long long>(first),
        taken.count(),
        report.longest_s);
    for (const auto& [kind, outcomes] : report.outcomes) {
        std::printf("  %-12s", kind.c_str());
        for (const auto& [outcome, times] : outcomes) std::printf(" %s %d", outcome.c_str(), times);
        std::printf("\n");
    }
    for (const auto& line : report.deaths) std::printf("reader died: %s\n", line.c_str());
    for (const auto& line : report.broken) std::printf("NOT CLEAR %s\n", line.c_str());
    std::printf(
        "readers that died: %zu; without a clear error: %zu\n",
        report.deaths.size(),
        report.broken.size());
    return report.broken.empty() ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
