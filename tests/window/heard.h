#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

struct _AtspiEventListener; // NOLINT(bugprone-reserved-identifier): the library calls it so

namespace window_test {

/// What a screen reader hears of all programs, from when it is made: where the keyboard goes, and
/// what is announced. A control that gets the focus without telling is read by nobody.
class Heard {
public:
    Heard();
    ~Heard();
    Heard(const Heard&) = delete;
    Heard& operator=(const Heard&) = delete;

    /// Where the keyboard went last since the last call; waits for it. A list tells first of
    /// itself, then of its row. Empty: nothing was told.
    std::string focus(double limit_s = 1.5);
    /// Whether words that hold these have been announced; waits for them.
    bool said(const std::string& words, double limit_s = 15);
    /// All of them.
    const std::vector<std::string>& said() const { return said_; }

private:
    void wait(const std::function<bool()>& heard, double limit_s);

    _AtspiEventListener* focus_listener_;
    _AtspiEventListener* showing_listener_;
    std::vector<std::string> focused_; // ids
    std::vector<std::string> said_;
};

} // namespace window_test
