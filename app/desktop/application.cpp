#include "app/desktop/application.h"

#include "base/blocking.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <QEvent>
#include <QFile>
#include <QMetaEnum>
#include <QSocketNotifier>
#include <string>
#include <unistd.h>

namespace app::desktop {
namespace {

using Clock = std::chrono::steady_clock;

/// Nanoseconds that the thread was ready to run but had no core.
std::uint64_t waitedNs(int schedstat)
{
    char text[96] = {};
    if (schedstat < 0 || pread(schedstat, text, sizeof text - 1, 0) <= 0) return 0;
    unsigned long long ran = 0;
    unsigned long long waited = 0;
    return std::sscanf(text, "%llu %llu", &ran, &waited) == 2 ? waited : 0;
}

int signal_pipe[2] = {-1, -1};

void passOn(int number)
{
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const auto written = ::write(signal_pipe[1], &byte, 1);
}

/// Since the kernel started this process; what the loader took is part of what a person waits for.
double sinceStart_ms()
{
    char text[1024] = {};
    const int file = ::open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    const bool read = ::pread(file, text, sizeof text - 1, 0) > 0;
    ::close(file);
    const char* at = read ? std::strrchr(text, ')') : nullptr; // a name may hold spaces
    for (int field = 2; at != nullptr && field < 22; ++field) at = std::strchr(at + 1, ' ');
    if (at == nullptr) return -1;
    timespec now = {};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    const double started_s = std::strtod(at, nullptr) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    return (static_cast<double>(now.tv_sec) - started_s) * 1e3 +
           static_cast<double>(now.tv_nsec) / 1e6;
}

// What Qt says before its last words, "could not connect to display :3", is ours to say once.
void sayDisplayProblem(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type != QtFatalMsg) return;
    const char* display = std::getenv("DISPLAY");
    const char* wayland = std::getenv("WAYLAND_DISPLAY");
    if (message.contains(QLatin1String("platform plugin"))) {
        if (display == nullptr && wayland == nullptr)
            std::fputs("There is no display to open a window on (DISPLAY is not set).\n", stderr);
        else
            std::fprintf(
                stderr,
                "The display %s cannot be reached.\n",
                display != nullptr ? display : wayland);
        std::fputs("Without a window the same jobs are done by: percept-cli --help\n", stderr);
    } else {
        std::fprintf(stderr, "%s\n", qPrintable(message));
    }
    std::_Exit(1);
}

QString what(const QObject* receiver, QEvent::Type type)
{
    const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return QStringLiteral("%1 of %2 %3")
        .arg(name != nullptr ? QLatin1String(name) : QLatin1String("event"))
        .arg(QLatin1String(receiver->metaObject()->className()), receiver->objectName());
}

} // namespace

DisplayGuard::DisplayGuard()
{
    qInstallMessageHandler(sayDisplayProblem);
}

DisplayGuard::~DisplayGuard()
{
    qInstallMessageHandler(nullptr);
}

Application::Application(int& argc, char** argv) : QApplication(argc, argv)
{
    base::forbid_blocking_on_this_thread();
    watchdog_file_ = qEnvironmentVariable("PERCEPT_WATCHDOG");
    listenToSignals();
    if (watchdog_file_.isEmpty()) return;
    const std::string path = "/proc/self/task/" + std::to_string(gettid()) + "/schedstat";
    schedstat_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

void Application::listenToSignals()
{
    // A handler and a pipe, not a signalfd: a blocked signal would stay blocked in every reader
    // that this program starts.
    if (::pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return;
    auto* notifier = new QSocketNotifier(signal_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this](QSocketDescriptor socket) {
        unsigned char number = 0;
        while (::read(static_cast<int>(socket), &number, 1) == 1) {
            if (number == SIGUSR1)
                writeHistogram();
            else if (number == SIGUSR2)
                times_ = {};
            else
                closeAllWindows();
        }
    });
    struct sigaction action = {};
    action.sa_handler = passOn;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
    if (watchdog_file_.isEmpty()) return;
    sigaction(SIGUSR1, &action, nullptr);
    sigaction(SIGUSR2, &action, nullptr);
}

Application::~Application()
{
    base::allow_blocking_on_this_thread(); // what is left closes files and joins threads
    if (watchdog_file_.isEmpty()) return;
    writeHistogram();
    if (schedstat_ >= 0) ::close(schedstat_);
}

bool Application::notify(QObject* receiver, QEvent* event)
{
    // Handlers inside handlers belong to the outermost one.
    if (watchdog_file_.isEmpty() || depth_ > 0) return QApplication::notify(receiver, event);
    const QEvent::Type type = event->type();
    const QString about = what(receiver, type); // before it may delete itself
    const auto waited_before = waitedNs(schedstat_);
    const auto begin = Clock::now();
    ++depth_;
    const bool result = QApplication::notify(receiver, event);
    --depth_;
    const double wall_ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    const double waited_ms = static_cast<double>(waitedNs(schedstat_) - waited_before) / 1e6;
    const double ms = std::max(0.0, wall_ms - waited_ms);
    std::size_t at = 0;
    while (at < HandlerTimes::kEnds_ms.size() && ms > HandlerTimes::kEnds_ms[at]) ++at;
    ++times_.counts[at];
    if (first_frame_ms_ < 0 && type == QEvent::Expose) first_frame_ms_ = sinceStart_ms();
    if (type == QEvent::UpdateRequest) times_.frames_ms.push_back(static_cast<float>(ms));
    if (ms > 50) ++times_.over_50_ms;
    if (ms > times_.longest_ms) {
        times_.longest_ms = ms;
        longest_what_ = about;
    }
    return result;
}

QString Application::histogram() const
{
    QString text;
    for (std::size_t i = 0; i < times_.counts.size(); ++i) {
        const QString range = i < HandlerTimes::kEnds_ms.size()
                                  ? QStringLiteral("<= %1 ms").arg(HandlerTimes::kEnds_ms[i])
                                  : QStringLiteral("> %1 ms").arg(HandlerTimes::kEnds_ms.back());
        text += QStringLiteral("%1 %2\n").arg(range, 10).arg(times_.counts[i]);
    }
    text += QStringLiteral("first frame after %1 ms\n").arg(first_frame_ms_, 0, 'f', 0);
    std::vector<float> frames = times_.frames_ms;
    std::sort(frames.begin(), frames.end());
    const auto frame = [&](double part) {
        return frames.empty() ? 0
                              : frames[static_cast<std::size_t>(
                                    part * static_cast<double>(frames.size() - 1))];
    };
    text += QStringLiteral("%1 frames: median %2 ms, p95 %3 ms, longest %4 ms\n")
                .arg(frames.size())
                .arg(frame(0.5), 0, 'f', 2)
                .arg(frame(0.95), 0, 'f', 2)
                .arg(frame(1), 0, 'f', 2);
    text += QStringLiteral("over 50 ms: %1\n").arg(times_.over_50_ms);
    text +=
        QStringLiteral("longest %1 ms: %2\n").arg(times_.longest_ms, 0, 'f', 1).arg(longest_what_);
    return text;
}

void Application::writeHistogram() const
{
    QFile file(watchdog_file_);
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)) file.write(histogram().toUtf8());
}

} // namespace app::desktop
