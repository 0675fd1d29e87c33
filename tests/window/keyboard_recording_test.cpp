// A recording with the keyboard: played, corrected, its lines moved, notes taken.

#include "tests/support/sound_server.h"
#include "tests/window/keyboard_fixture.h"

#include <optional>

namespace window_test {
namespace {

/// Where the player is, in seconds.
double position(const PerceptWindow& window)
{
    double seconds = -1;
    const Node tree = window.tree();
    walk(tree, [&](const Node& node) {
        if (node.role == "slider") seconds = node.value;
    });
    return seconds;
}

/// One press, after which the player stands elsewhere.
void expect_moved(const PerceptWindow& window, const std::string& keys, const std::string& name)
{
    const double before = position(window);
    key(keys);
    EXPECT_TRUE(eventually([&] { return position(window) != before; }, 10)) << name;
    did(name);
}

/// Loudspeakers that nobody hears, with the environment as it was afterwards.
class Loudspeakers {
public:
    Loudspeakers() : runtime_(std::getenv("XDG_RUNTIME_DIR")) { server_.emplace(); }
    ~Loudspeakers()
    {
        server_.reset();
        ::setenv("XDG_RUNTIME_DIR", runtime_.c_str(), 1);
    }
    Loudspeakers(const Loudspeakers&) = delete;
    Loudspeakers& operator=(const Loudspeakers&) = delete;

private:
    std::string runtime_;
    std::optional<support::SoundServer> server_;
};

TEST_F(KeyboardTest, ARecordingIsPlayedCorrectedAndSummedUp)
{
    if (!support::SoundServer::is_installed()) GTEST_SKIP() << support::SoundServer::kMissing;
    const Loudspeakers loudspeakers;
    PerceptWindow window{data(), {sample("meeting.ogg").string()}, environment()};
    window.wait_for("meeting.ogg, ready", "", 180); // heard beside whatever runs
    window.go_to("Sources", "list", "shift+Tab");
    key("Return");
    window.wait_for("Likely decisions, 2 lines", "list item", 60);
    did("Summary and transcript");

    // A line in the wrong list.
    window.go_to("Summary", "list");
    key("Home");
    key("Down");
    key("t");
    window.wait_for("Likely decisions, 1 line", "list item");
    window.wait_for("Likely to-dos, 4 lines", "list item");
    did("move a line");
    key("ctrl+z");
    window.wait_for("Likely decisions, 2 lines", "list item");

    const std::string made = stored("SELECT max(id) FROM artifact");
    window.go_to("Make again", "push button", "shift+Tab");
    key("space");
    EXPECT_TRUE(eventually([&] { return stored("SELECT max(id) FROM artifact") != made; }));
    window.wait_for("Likely decisions, 2 lines", "list item", 60);
    window.wait_for_focus("Make again");
    did("Make again");

    // A word of the transcript, corrected and taken back.
    window.go_to("Summary", "page tab", "shift+Tab");
    key("Right");
    window.wait_for("Transcript", "list");
    window.go_to("Transcript", "list");
    key("Home");
    key("F2");
    key("ctrl+a");
    type("Good evening to all lathes.");
    key("Return");
    window.wait_for("Good evening to all lathes.", "list item");
    EXPECT_TRUE(stored_is("SELECT count(*) FROM segment WHERE edited LIKE '%all lathes%'", "1"));
    did("correct the text");
    key("ctrl+z");
    window.wait_gone("Good evening to all lathes.", "list item");
    did("edit.undo");

    // Played from a line, then with the keys of the player.
    key("Down");
    key("Down"); // the first line that is long enough to be stopped
    key("Return");
    window.wait_for("Pause", "push button");
    EXPECT_GT(position(window), 5);
    did("play from a time");
    key("space");
    window.wait_for("Play", "push button");
    key("space");
    window.wait_for("Pause", "push button");
    key("space");
    window.wait_for("Play", "push button");
    did("player.play");
    expect_moved(window, "l", "player.forward");
    expect_moved(window, "j", "player.back");
    window.go_to("What is said", "list");
    key("End");
    key("Return");
    EXPECT_TRUE(eventually([&] { return position(window) > 50; })) << position(window);
    did("word");

    // The last line plays while the first ones are looked at.
    xdo({"getactivewindow", "windowsize", "1280", "640"}); // not all lines fit in
    const auto follows = [&](bool on) {
        return eventually([&] {
            const Node tree = window.tree();
            const Node* chip = find(tree, "Follow", "check box");
            return chip != nullptr && chip->checked == on;
        });
    };
    EXPECT_TRUE(follows(true));
    window.go_to("Follow", "check box", "shift+Tab");
    key("space");
    EXPECT_TRUE(follows(false));
    window.go_to("Transcript", "list");
    key("Home");
    const Node first = window.wait_for("unknown, 00:00", "list item");
    window.go_to("Follow", "check box", "shift+Tab");
    EXPECT_EQ(window.wait_for("unknown, 00:00", "list item").y, first.y);
    key("space");
    EXPECT_TRUE(follows(true));
    EXPECT_TRUE(eventually([&] {
        const Node tree = window.tree();
        const Node* node = find(tree, "unknown, 00:00", "list item");
        return node == nullptr || node->y < first.y;
    }));
    EXPECT_TRUE(window.shows("unknown, 00:59", "list item"));
    did("Follow");

    key("ctrl+e");
    window.go_to("Transcript", "page tab", "shift+Tab");
    key("Right");
    window.wait_for("New note");
    window.go_to("New note", "text");
    type("Ask for the price of the roof");
    key("Return");
    window.wait_for("Ask for the price of the roof", "list item");
    EXPECT_TRUE(stored_is("SELECT count(*) FROM note", "1"));
    did("Notes");
    EXPECT_EQ(window.close(), 0) << window.err();
}

TEST_F(KeyboardTest, AFilmGoesFrameByFrame)
{
    const auto film = folder_ / "film.mp4";
    ASSERT_EQ(
        support::run_command({"ffmpeg",
                              "-loglevel",
                              "error",
                              "-f",
                              "lavfi",
                              "-i",
                              "testsrc2=size=320x240:rate=10:duration=4",
                              "-f",
                              "lavfi",
                              "-i",
                              "sine=duration=4",
                              film.string()})
            .status,
        0);
    PerceptWindow window{data(), {film.string()}, environment()};
    window.wait_for("film.mp4, ready", "", 120);
    window.go_to("Sources", "list", "shift+Tab");
    key("Tab");   // Summary and transcript
    key("Tab");   // More
    key("space"); // a menu, which no tree shows
    key("Down");
    key("Return");
    window.wait_for("Play", "push button");
    expect_moved(window, "period", "player.frameForward");
    expect_moved(window, "comma", "player.frameBack");
    EXPECT_EQ(window.close(), 0) << window.err();
}

} // namespace
} // namespace window_test
