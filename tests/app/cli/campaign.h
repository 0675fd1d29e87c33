#pragma once

#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <random>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace cli_test {

/// What tests/bench/ingest_kill and ingest_no_space are told: PERCEPT_CLI [COUNT] [SEED].
struct Campaign {
    std::filesystem::path program; // absolute: it is started in other folders
    int count = 0;
    unsigned seed = 0;
};

/// Empty, with the usage printed, where the arguments make no sense.
inline std::optional<Campaign> campaign(int argc, char** argv, int count, const char* usage)
{
    Campaign told{{}, count, std::random_device{}()};
    const auto number = [](std::string_view word, auto& value) {
        const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
        return code == std::errc{} && end == word.data() + word.size();
    };
    const bool help = argc > 1 && std::strcmp(argv[1], "--help") == 0;
    const bool understood = argc >= 2 && argc <= 4 && !help &&
                            (argc < 3 || (number(argv[2], told.count) && told.count > 0)) &&
                            (argc < 4 || number(argv[3], told.seed));
    if (!understood) {
        std::fputs(usage, help ? stdout : stderr);
        return std::nullopt;
    }
    std::error_code unreadable;
    told.program = std::filesystem::absolute(argv[1], unreadable);
    if (::access(told.program.c_str(), X_OK) != 0) {
        std::fprintf(stderr, "%s is not a program. Build it: cmake --build build\n", argv[1]);
        return std::nullopt;
    }
    return told;
}

} // namespace cli_test
