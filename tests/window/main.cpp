// Inside dbus-run-session; the display is made here.

#include "tests/window/display.h"

#include <gmock/gmock.h>

int main(int argc, char** argv)
{
    testing::InitGoogleMock(&argc, argv);
    const window_test::Display display{1280, 900};
    return RUN_ALL_TESTS();
}
