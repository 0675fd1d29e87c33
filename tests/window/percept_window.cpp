#include "tests/window/percept_window.h"

#include "tests/support/models.h"
#include "tests/window/display.h"

#include <gtest/gtest.h>

namespace window_test {

std::vector<std::string> percept_words(const std::filesystem::path& data)
{
    return {
        std::string{PERCEPT_BIN_DIR} + "/percept",
        "--data",
        data.string(),
        "--models",
        support::models_folder().string()};
}

std::filesystem::path sample(const std::string& name)
{
    return std::filesystem::path{PERCEPT_SOURCE_DIR} / "resources/sample" / name;
}

PerceptWindow::PerceptWindow(
    std::filesystem::path data,
    const std::vector<std::string>& files,
    const std::vector<std::string>& environment)
{
    std::vector<std::string> words{"env"};
    words.insert(words.end(), environment.begin(), environment.end());
    for (const std::string& word : percept_words(data)) words.push_back(word);
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
        limit_s);
    EXPECT_TRUE(seen) << "not shown: " << words << "\n" << print(last) << err();
    return result;
}

bool PerceptWindow::shows(const std::string& words, const std::string& role) const
{
    const Node now = tree();
    return find(now, words, role) != nullptr;
}

void PerceptWindow::press(const std::string& words, const std::string& role) const
{
    const Node node = wait_for(words, role);
    if (node.width > 0) click(node.centre_x(), node.centre_y());
}

int PerceptWindow::close()
{
    program_->send(SIGTERM);
    closed_ = true;
    return program_->wait(30).status;
}

} // namespace window_test
