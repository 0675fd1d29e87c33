#include "app/desktop/application.h"
#include "app/desktop/running_window.h"
#include "app/desktop/services.h"
#include "app/desktop/settings_bridge.h"
#include "app/desktop/start.h"
#include "app/desktop/window.h"
#include "app/desktop/window_state.h"
#include "app/library_move.h"
#include "base/blocking.h"

#include <cstdio>
#include <optional>
#include <unistd.h>

namespace {

using namespace app::desktop;

/// What is left to do when the window is gone and the library closed.
struct End {
    int status = 0;
    std::optional<bool> delete_all; // true: the models too
    bool restart = false;
};

End runWindow(int argc, char** argv, const StartOptions& options)
{
    WindowState state{options.paths.data};
    std::optional<DisplayGuard> guard{std::in_place};
    Application application{argc, argv};
    guard.reset();
    prepareApplication(state);
    Services services{options.paths};
    Window window{services, state};
    window.openFiles(options.files);
    window.show();
    services.open();
    End end;
    end.status = Application::exec();
    end.delete_all = window.settings().deleteAtEnd();
    end.restart = window.settings().restartAtEnd();
    base::allow_blocking_on_this_thread(); // the library closes below, and that waits for the disk
    return end;
}

/// Returns where it failed.
void startAgain(char* name, StartOptions options)
{
    std::vector<char*> words{name};
    for (std::string& word : options.restart_words) words.push_back(word.data());
    words.push_back(nullptr);
    ::execv("/proc/self/exe", words.data());
}

} // namespace

int main(int argc, char** argv)
{
    const StartOptions options = readStartOptions(argc, argv);
    if (options.finished) return *options.finished;
    if (handToRunningWindow(options.paths.data, options.paths.models, options.files)) return 0;
    const End end = runWindow(argc, argv, options);
    if (end.delete_all) {
        const auto deleted = app::delete_all_data(options.paths, *end.delete_all);
        if (!deleted) {
            std::fprintf(stderr, "%s\n", deleted.error().message.c_str());
            return 1;
        }
    }
    if (end.restart) {
        startAgain(argv[0], options);
        std::perror("percept could not start again");
        return 1;
    }
    return end.status;
}
