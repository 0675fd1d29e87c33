#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

/// Ends a stream of text before the first of some strings, which may arrive in any number of
/// pieces. Text that could be the beginning of one of them is held back.
class StopStrings {
public:
    explicit StopStrings(std::vector<std::string> strings);

    /// What may be shown now that `text` arrived behind what came before.
    std::string push(std::string_view text);
    /// What was held back, once nothing more comes; empty after a stop.
    std::string finish();
    /// One of the strings was met; everything from it on was dropped.
    bool stopped() const { return stopped_; }

private:
    std::vector<std::string> strings_;
    std::string held_;
    bool stopped_ = false;
};

} // namespace engine::text
