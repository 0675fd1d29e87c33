// Inside dbus-run-session; a display with room for a window of 3840x2160 and its title bar.

#include "tests/window/display.h"

#include <gmock/gmock.h>

int main(int argc, char** argv)
{
    testing::InitGoogleMock(&argc, argv);
    const window_test::Display display{3900, 2300};
    return RUN_ALL_TESTS();
}
