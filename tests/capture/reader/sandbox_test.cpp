#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <csignal>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

namespace {

const std::string kProbe = PERCEPT_PROBE;

std::vector<std::string> attempts()
{
    std::istringstream names(support::run_command({kProbe, "--list", "/tmp"}).out);
    std::vector<std::string> out;
    for (std::string name; std::getline(names, name);) out.push_back(name);
    return out;
}

class SandboxTest : public testing::TestWithParam<std::string> {
protected:
    SandboxTest() { folder_.write("secret", "a diary"); }

    support::CommandResult try_it(const std::vector<std::string>& more = {})
    {
        std::vector<std::string> words = {kProbe, GetParam(), folder_.path()};
        words.insert(words.end(), more.begin(), more.end());
        return support::run_command(words);
    }

    support::TemporaryFolder folder_;
};

} // namespace

TEST_P(SandboxTest, Refuses)
{
    const auto result = try_it();

    const bool killed = result.status == 128 + SIGSYS;
    EXPECT_TRUE(result.status == 0 || killed) << "status " << result.status;
    EXPECT_EQ(support::read_file(folder_ / "secret"), "a diary");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "new"));
}
INSTANTIATE_TEST_SUITE_P(Attempts, SandboxTest, testing::ValuesIn(attempts()), [](const auto& one) {
    return one.param;
});

TEST(SandboxProbeTest, TriesManyThingsThatWorkOutside)
{
    const auto all = attempts();
    EXPECT_GE(all.size(), 40u);
    // The probe is worth something only if what it tries would work without the sandbox.
    for (const char* name :
         {"open_passwd",
          "open_own_file",
          "create_file",
          "fork",
          "unix_socket",
          "kill_parent",
          "make_code",
          "memory_file"}) {
        support::TemporaryFolder folder;
        folder.write("secret", "a diary");
        EXPECT_EQ(
            support::run_command({kProbe, name, folder.path(), "--without-sandbox"}).status,
            1)
            << name;
    }
}
