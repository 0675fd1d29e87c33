#include "app/desktop/window_state.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace app::desktop {
namespace {

using ui::theme::Appearance;

class WindowStateTest : public testing::Test {
protected:
    static void save(const WindowState& state)
    {
        Background background; // waits for what it was given
        state.save(background);
    }
    support::TemporaryFolder folder_;
};

TEST_F(WindowStateTest, TheNextStartIsDrawnAsThisOneWasLeft)
{
    WindowState state{folder_.path()};
    EXPECT_EQ(state.appearance(), Appearance::System) << "nothing is stored yet";
    for (const Appearance chosen : {Appearance::Dark, Appearance::Light, Appearance::System}) {
        state.setAppearance(chosen);
        state.set("window", QJsonObject{{"width", 1280}});
        save(state);
        const WindowState next{folder_.path()};
        EXPECT_EQ(next.appearance(), chosen);
        EXPECT_EQ(next.values(), state.values());
    }
}

TEST_F(WindowStateTest, ADamagedFileIsAnEmptyState)
{
    folder_.write("window.json", "{\"appearance\": \"purple\"}");
    EXPECT_EQ(WindowState{folder_.path()}.appearance(), Appearance::System);
    folder_.write("window.json", "{\"appearance\": ");
    EXPECT_TRUE(WindowState{folder_.path()}.values().isEmpty());
}

TEST_F(WindowStateTest, AMovedLibraryTakesItAlong)
{
    WindowState state{folder_ / "old"};
    state.setAppearance(Appearance::Dark);
    folder_.write("new/percept.sqlite", "");
    // As a move leaves it behind.
    folder_.write("old/moved-to", (folder_ / "new").string());
    save(state);
    EXPECT_EQ(WindowState{folder_ / "new"}.appearance(), Appearance::Dark);
}

} // namespace
} // namespace app::desktop
