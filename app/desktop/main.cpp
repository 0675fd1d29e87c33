#include "app/desktop/application.h"
#include "app/desktop/running_window.h"
#include "app/desktop/services.h"
#include "app/desktop/start.h"
#include "app/desktop/window.h"
#include "app/desktop/window_state.h"
#include "base/blocking.h"

int main(int argc, char** argv)
{
    using namespace app::desktop;
    const StartOptions options = readStartOptions(argc, argv);
    if (options.finished) return *options.finished;
    if (hand_to_running_window(options.paths.data, options.paths.models, options.files)) return 0;
    WindowState state{options.paths.data};
    Application application{argc, argv};
    prepareApplication(state);
    Services services{options.paths};
    Window window{services, state};
    window.openFiles(options.files);
    window.show();
    services.open();
    const int status = Application::exec();
    base::allow_blocking_on_this_thread(); // the library is closed below, and that waits for the
                                           // disk
    return status;
}
