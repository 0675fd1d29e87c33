#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Damaged files, read like any other. What may happen to a reader is one clear error; what may not
/// happen is counted.
namespace mutation {

struct Seed {
    std::string name;
    std::string bytes;
};
/// A small good file of each kind, made here (recordings by ffmpeg), and the sample that comes with
/// the program.
std::vector<Seed> seeds();

/// The `number`-th mutant of the run: the same for the same run seed and number, whatever was done
/// before.
Seed mutant(const std::vector<Seed>& seeds, std::uint64_t run_seed, std::uint64_t number);

struct Report {
    /// Seed's name -> "read", or the code of the error -> how often.
    std::map<std::string, std::map<std::string, int>> outcomes;
    std::vector<std::string> deaths; // mutants that ended the reader, and the sentence about it
    /// Errors that are not clear, or calls that did not come back in time.
    std::vector<std::string> broken;
    double longest_s = 0;
};
/// Reads mutants [first, first + count) with two readers at once.
Report read_mutants(
    std::uint64_t run_seed,
    std::uint64_t first,
    std::uint64_t count,
    const std::filesystem::path& reader_program);

} // namespace mutation
