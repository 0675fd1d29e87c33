#include "tests/support/run_command.h"

#include <gmock/gmock.h>

using support::run_command;
using testing::HasSubstr;
using testing::Not;

namespace {

const std::string kPercept = PERCEPT_BIN_DIR "/percept";

/// `percept` as a terminal without a desktop starts it, with these variables set.
support::CommandResult start(std::vector<std::string> variables)
{
    const support::TemporaryFolder data;
    std::vector<std::string>
        words{"env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "-u", "QT_QPA_PLATFORM"};
    words.insert(words.end(), variables.begin(), variables.end());
    words.insert(words.end(), {kPercept, "--data", data.path().string()});
    return run_command(words);
}

} // namespace

TEST(StartTest, NoDisplayIsASentenceWithTheWayOut)
{
    const auto ran = start({});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("There is no display to open a window on"));
    EXPECT_THAT(ran.err, HasSubstr("percept-cli --help"));
    EXPECT_THAT(ran.err, Not(HasSubstr("plugin")));
}

TEST(StartTest, ADisplayThatIsNotThereIsNamed)
{
    const auto ran = start({"DISPLAY=:4321"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("The display :4321 cannot be reached."));
}

TEST(StartTest, UnknownOptionsAreBadUsage)
{
    const auto ran = run_command({kPercept, "--bogus"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("bogus"));
    EXPECT_THAT(ran.err, HasSubstr("percept --help"));
}
