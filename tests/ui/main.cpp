// One QApplication around all tests of a program, as in the window.

#include "ui/access/access.h"
#include "ui/theme/theme.h"

#include <gmock/gmock.h>
#include <QApplication>

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    testing::InitGoogleMock(&argc, argv);
    ui::installAccess();
    ui::theme::apply(ui::theme::Appearance::Light);
    return RUN_ALL_TESTS();
}
