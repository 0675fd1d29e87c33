#pragma once

#include <array>
#include <cstdint>
#include <QApplication>
#include <vector>

namespace app::desktop {

/// How long handlers on the UI thread took: what a person feels as a stuck window. Time that other
/// programs took from the thread is not counted.
struct HandlerTimes {
    /// Upper ends of the classes in ms; the last class has none.
    static constexpr std::array<double, 7> kEnds_ms{1, 2, 4, 8, 16, 50, 100};
    std::array<std::uint64_t, kEnds_ms.size() + 1> counts{};
    double longest_ms = 0;
    std::uint64_t over_50_ms = 0;
    std::vector<float> frames_ms; // those that painted the window
};

/// While it lives, a display that cannot be reached ends the program with a sentence and status 1;
/// Qt would abort with advice for those who package it. Around the making of the Application.
class DisplayGuard {
public:
    DisplayGuard();
    ~DisplayGuard();
    DisplayGuard(const DisplayGuard&) = delete;
    DisplayGuard& operator=(const DisplayGuard&) = delete;
};

/// QApplication that marks its thread as the one that never waits. SIGTERM and SIGINT close the
/// window as its × does. Where PERCEPT_WATCHDOG names a file it measures every handler and writes a
/// histogram there at the end, and on SIGUSR1, so that a test can look in between; SIGUSR2 begins
/// it anew.
class Application : public QApplication {
    Q_OBJECT
public:
    Application(int& argc, char** argv);
    ~Application() override;

    bool notify(QObject* receiver, QEvent* event) override;
    const HandlerTimes& times() const { return times_; }
    /// One line a class, then frames, then the longest and what it was.
    QString histogram() const;

private:
    void listenToSignals();
    void writeHistogram() const;

    QString watchdog_file_;
    int schedstat_ = -1; // /proc/self/task/TID/schedstat: how long the thread waited for a core
    int depth_ = 0;
    double first_frame_ms_ = -1; // from the start of the process until a window was painted
    HandlerTimes times_;
    QString longest_what_;
};

} // namespace app::desktop
