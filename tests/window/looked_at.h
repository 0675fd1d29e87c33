#pragma once

#include "tests/window/layout_facts.h"
#include "tests/window/percept_window.h"

#include <filesystem>
#include <memory>
#include <string>

namespace window_test {

/// Device-independent pixels.
struct Size {
    int width_px = 0;
    int height_px = 0;
};

/// The window with the probe in it, on a desktop whose font has the 13 px of the design's pictures.
class LookedAt {
public:
    /// On the library of that name in `folder`.
    LookedAt(const std::filesystem::path& folder, const std::string& library, int scale, bool dark);

    PerceptWindow& window() { return *window_; }
    void resize(Size size) const;
    /// With the mouse, which then goes away again: nothing looks hovered.
    void press(const std::string& words, const std::string& role) const;
    /// When two looks see the same and the window has this size: pictures and rows come later than
    /// the words that tell of them.
    Facts settled(Size size);
    /// What the last look said, as the probe wrote it.
    const std::string& last() const { return last_; }

private:
    std::filesystem::path look();

    std::filesystem::path folder_;
    int scale_;
    int looks_ = 0;
    std::string last_;
    std::unique_ptr<PerceptWindow> window_;
};

} // namespace window_test
