#pragma once

#include <string>
#include <vector>

namespace window_test {

/// One thing that the user guide says can be done, and what is pressed for it here.
struct GuideDeed {
    const char* page;   // "03-ask"
    const char* name;   // of the action between braces, or the words in bold
    const char* keys;   // empty: the words name no deed
    bool driven = true; // pressed in a test; the others are only known to be reached that way
};

/// All of them, by page.
const std::vector<GuideDeed>& guide_deeds();
/// The test that runs has done it, with the keys alone.
void did(const std::string& name);
/// Those that a test is to drive and that none has done so far.
std::vector<std::string> deeds_not_done();
/// What the pages of the guide name: actions between braces and words in bold, as "page name".
std::vector<std::string> named_in_guide();

} // namespace window_test
