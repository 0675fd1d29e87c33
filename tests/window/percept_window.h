#pragma once

#include "tests/support/models.h"
#include "tests/support/run_command.h"
#include "tests/window/accessible_tree.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace window_test {

/// The real program with a library of its own, seen through its accessible tree.
class PerceptWindow {
public:
    explicit PerceptWindow(
        const std::filesystem::path& data,
        const std::vector<std::string>& files = {},
        const std::vector<std::string>& environment = {},
        const std::filesystem::path& models = support::models_folder());
    ~PerceptWindow();

    Node tree() const { return read_tree("percept"); }
    /// Until a control with these words is shown; its copy. Fails the test after the limit, with
    /// the whole tree.
    Node
    wait_for(const std::string& words, const std::string& role = {}, double limit_s = 30) const;
    /// Until nothing with these words is shown.
    void
    wait_gone(const std::string& words, const std::string& role = {}, double limit_s = 15) const;
    /// Until the control with these words, or something inside it, has the keyboard.
    void wait_for_focus(const std::string& words, double limit_s = 15) const;
    bool has_focus(const std::string& words) const;
    /// "[push button] Send" and where it is; of what has the keyboard now.
    std::string focus() const;
    /// Presses Tab, or another key, until the control with these words has the keyboard.
    void go_to(
        const std::string& words,
        const std::string& role = "push button",
        const std::string& step = "Tab") const;
    bool shows(const std::string& words, const std::string& role = {}) const;
    void press(const std::string& words, const std::string& role = {}) const;
    void kill() { program_->send(SIGKILL); }
    /// As its × does; the exit status.
    int close();
    /// Until it ends by itself; the exit status.
    int wait(double limit_s = 30);
    std::string err() const { return program_->err(); }
    pid_t process() const { return program_->process(); }

private:
    std::unique_ptr<support::Command> program_;
    bool closed_ = false;
};

/// Words that start percept on this library.
std::vector<std::string> percept_words(
    const std::filesystem::path& data,
    const std::filesystem::path& models = support::models_folder());
std::filesystem::path sample(const std::string& name);
/// Reads a file of the sample into a new session, with percept-cli and the starter models.
void ingest_sample(
    const std::filesystem::path& data,
    const std::string& session,
    const std::string& file);
/// The first page of the sample's handbook as a screenshot shows it: a PNG.
std::string page_as_png();

} // namespace window_test
