#pragma once

#include <set>
#include <string>
#include <vector>

namespace window_test {

/// One thing that the user guide says can be done, and what is pressed for it.
struct GuideDeed {
    const char* page; // "03-ask"
    const char* name; // of the action between braces, or the words in bold
    const char* keys; // empty: the words name no deed
};

/// All of them, by page.
const std::vector<GuideDeed>& guide_deeds();
/// The test that runs has done it, with the keys alone. Noted for guide_test, which is a program of
/// its own.
void did(const std::string& name);
/// By the last run of each program of the keyboard.
std::set<std::string> deeds_done();
/// What the pages of the guide name: actions between braces and words in bold, as "page name".
std::vector<std::string> named_in_guide();

} // namespace window_test
