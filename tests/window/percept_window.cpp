#include "tests/window/percept_window.h"

#include "tests/window/display.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace window_test {
namespace {

bool holds_focus(const Node& node)
{
    if (node.showing && node.focused) return true;
    return std::any_of(node.children.begin(), node.children.end(), holds_focus);
}

bool focus_in(const Node& node, const std::string& words)
{
    if (node.showing && node.name.find(words) != std::string::npos && holds_focus(node))
        return true;
    return std::any_of(node.children.begin(), node.children.end(), [&](const Node& child) {
        return focus_in(child, words);
    });
}

std::string focus_path(const Node& node)
{
    if (node.showing && node.focused) return "[" + node.role + "] " + node.name + "; ";
    std::string path;
    for (const Node& child : node.children) path += focus_path(child);
    return path;
}

/// What has the keyboard; of the row of a list that list.
const Node* focused_control(const Node& node)
{
    if (node.showing && node.focused && !node.name.empty()) return &node;
    for (const Node& child : node.children) {
        const Node* found = focused_control(child);
        if (found != nullptr) return found->role == "list item" ? &node : found;
    }
    return nullptr;
}

/// After a failure the rest of a test only shows what follows from it: no need to wait for that.
double limited(double limit_s)
{
    return testing::Test::HasFailure() ? std::min(limit_s, 2.0) : limit_s;
}

} // namespace

std::vector<std::string>
percept_words(const std::filesystem::path& data, const std::filesystem::path& models)
{
    return {
        std::string{PERCEPT_BIN_DIR} + "/percept",
        "--data",
        data.string(),
        "--models",
        models.string()};
}

std::filesystem::path sample(const std::string& name)
{
    return std::filesystem::path{PERCEPT_SOURCE_DIR} / "resources/sample" / name;
}

void ingest_sample(
    const std::filesystem::path& data,
    const std::string& session,
    const std::string& file)
{
    const auto done = support::run_command(
        {std::string{PERCEPT_BIN_DIR} + "/percept-cli",
         "--data",
         data.string(),
         "--models",
         support::models_folder().string(),
         "--quiet",
         "ingest",
         "--new",
         session,
         sample(file).string()},
        {},
        300);
    ASSERT_EQ(done.status, 0) << done.err;
}

std::string page_as_png()
{
    const support::TemporaryFolder folder;
    const auto ran = support::run_command(
        {"pdftoppm",
         "-png",
         "-r",
         "100",
         "-singlefile",
         sample("handbook.pdf").string(),
         (folder / "page").string()});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return support::read_file(folder / "page.png");
}

PerceptWindow::PerceptWindow(
    const std::filesystem::path& data,
    const std::vector<std::string>& files,
    const std::vector<std::string>& environment,
    const std::filesystem::path& models)
{
    std::vector<std::string> words{"env"};
    words.insert(words.end(), environment.begin(), environment.end());
    for (const std::string& word : percept_words(data, models)) words.push_back(word);
    words.insert(words.end(), files.begin(), files.end());
    program_ = std::make_unique<support::Command>(words);
}

PerceptWindow::~PerceptWindow()
{
    if (!closed_) program_->send(SIGKILL);
}

Node PerceptWindow::wait_for(const std::string& words, const std::string& role, double limit_s)
    const
{
    Node last;
    Node result;
    const bool seen = eventually(
        [&] {
            last = tree();
            const Node* node = find(last, words, role);
            if (node != nullptr) result = *node;
            return node != nullptr;
        },
        limited(limit_s));
    EXPECT_TRUE(seen) << "not shown: " << words << "\n" << print(last) << err();
    return result;
}

void PerceptWindow::wait_gone(const std::string& words, const std::string& role, double limit_s)
    const
{
    Node last;
    const bool gone = eventually(
        [&] {
            last = tree();
            return !last.children.empty() && find(last, words, role) == nullptr;
        },
        limited(limit_s));
    EXPECT_TRUE(gone) << "still shown: " << words << "\n" << print(last) << err();
}

bool PerceptWindow::has_focus(const std::string& words) const
{
    return focus_in(tree(), words);
}

void PerceptWindow::wait_for_focus(const std::string& words, double limit_s) const
{
    Node last;
    const bool there = eventually(
        [&] {
            last = tree();
            return focus_in(last, words);
        },
        limited(limit_s));
    EXPECT_TRUE(there) << "without the focus: " << words << "; it is in: " << focus_path(last)
                       << "\n"
                       << print(last) << err();
}

std::string PerceptWindow::focus() const
{
    const Node now = tree();
    const Node* node = focused_control(now);
    if (node == nullptr) return {};
    return "[" + node->role + "] " + node->name + " " + std::to_string(node->x) + "," +
           std::to_string(node->y);
}

void PerceptWindow::go_to(
    const std::string& words,
    const std::string& role,
    const std::string& step) const
{
    constexpr int kMost = 80; // controls of one view
    const std::string wanted = "[" + role + "] " + words;
    const std::string first = focus();
    std::string walked;
    for (int i = 0; i < kMost; ++i) {
        const std::string now = focus();
        if (now.starts_with(wanted)) return;
        if (i > 1 && now == first && !first.empty()) break; // all the way round
        walked += now + "\n";
        key(step);
        eventually([&] { return focus() != now; }, 2);
    }
    ADD_FAILURE() << "not reached by " << step << ": " << wanted << "; it went through\n" << walked;
}

bool PerceptWindow::shows(const std::string& words, const std::string& role) const
{
    const Node now = tree();
    return find(now, words, role) != nullptr;
}

void PerceptWindow::press(const std::string& words, const std::string& role) const
{
    Node node = wait_for(words, role);
    // A list that is filled again moves its rows: what still moves is not where a click would land.
    eventually(
        [&] {
            const Node before = node;
            node = wait_for(words, role);
            return before.centre_x() == node.centre_x() && before.centre_y() == node.centre_y();
        },
        2);
    if (node.width > 0) click(node.centre_x(), node.centre_y());
}

int PerceptWindow::close()
{
    program_->send(SIGTERM);
    return wait();
}

int PerceptWindow::wait(double limit_s)
{
    // Command counts its limit from the start of the program.
    int status = -1;
    closed_ = eventually([&] { return (status = program_->wait(0).status) != -1; }, limit_s);
    return status;
}

} // namespace window_test
