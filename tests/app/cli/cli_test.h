#pragma once

#include "tests/support/json_schema.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// percept-cli as its users meet it: a real program, a data folder of its own, files on disk.
class CliTest : public testing::Test {
protected:
    using Json = nlohmann::json;

    static std::filesystem::path program()
    {
        return std::filesystem::path{PERCEPT_BIN_DIR} / "percept-cli";
    }
    /// Where the starter models are installed; empty: nowhere.
    static std::filesystem::path models()
    {
        const char* named = std::getenv("PERCEPT_MODELS");
        const char* share = std::getenv("XDG_DATA_HOME");
        const char* home = std::getenv("HOME");
        std::filesystem::path folder;
        if (named != nullptr)
            folder = named;
        else if (share != nullptr)
            folder = std::filesystem::path{share} / "percept/models";
        else if (home != nullptr)
            folder = std::filesystem::path{home} / ".local/share/percept/models";
        return std::filesystem::exists(folder / "all-minilm-l6-v2") ? folder
                                                                    : std::filesystem::path{};
    }

    std::vector<std::string> words(const std::vector<std::string>& arguments) const
    {
        std::vector<std::string> all{program().string(), "--data", (folder_ / "data").string()};
        if (with_models_ && !models().empty()) {
            all.insert(all.end(), {"--models", models().string()});
        }
        all.insert(all.end(), arguments.begin(), arguments.end());
        return all;
    }
    support::CommandResult
    run(const std::vector<std::string>& arguments, const std::string& input = {}) const
    {
        return support::run_command(words(arguments), input);
    }
    /// Runs with --json, expects `status`, and holds the document against the schema of that name.
    Json
    json(const std::vector<std::string>& arguments, const std::string& schema, int status = 0) const
    {
        std::vector<std::string> all = arguments;
        all.emplace_back("--json");
        const auto result = run(all);
        EXPECT_EQ(result.status, status) << result.out << result.err;
        Json document = Json::parse(result.out, nullptr, false);
        EXPECT_FALSE(document.is_discarded()) << "no JSON: " << result.out << result.err;
        const auto rules = support::JsonSchema::load(
            std::string{PERCEPT_TEST_DATA} + "/schemas/" + schema + ".json");
        for (const auto& problem : rules.problems(document))
            ADD_FAILURE() << problem << "\n" << document.dump(1);
        return document;
    }
    /// The sample handbook of the tree: three pages.
    static std::string handbook()
    {
        return std::string{PERCEPT_SOURCE_DIR} + "/resources/sample/handbook.pdf";
    }
    static std::string meeting()
    {
        return std::string{PERCEPT_SOURCE_DIR} + "/resources/sample/meeting.ogg";
    }

    support::TemporaryFolder folder_;
    bool with_models_ = true;
};
