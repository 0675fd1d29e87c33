#pragma once

#include "tests/window/keyboard_fixture.h"

namespace window_test {

/// In the order of the list.
enum class Section { Appearance, Storage, Languages, Engine, Keys, Privacy, About };

/// Opens the settings there; the first control of the page has the keyboard then.
inline void open_settings(const PerceptWindow& window, Section section)
{
    key("ctrl+comma");
    window.wait_for_focus("Sections of the settings");
    key("Home");
    for (int i = 0; i < static_cast<int>(section); ++i) key("Down");
    key("Return");
}

} // namespace window_test
