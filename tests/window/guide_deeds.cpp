#include "tests/window/guide_deeds.h"

#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

namespace window_test {
namespace {

namespace fs = std::filesystem;

/// Ordered by page. What the guide says in plain words has a name of our own.
const std::vector<GuideDeed> kDeeds{
    {"01-first-answer", "files.open", "Ctrl+O"},
    {"01-first-answer", "question.send", "Ctrl+Return"},
    {"02-add-files", "Drop", ""},
    {"02-add-files", "files.open", "Ctrl+O, a path, Return"},
    {"02-add-files", "edit.paste", "Ctrl+Shift+V"},
    {"02-add-files", "PDF", ""},
    {"02-add-files", "Pictures", ""},
    {"02-add-files", "Recordings", ""},
    {"02-add-files", "videos", ""},
    {"02-add-files", "Word and PowerPoint", ""},
    {"02-add-files", "Text", ""},
    {"02-add-files", "cancel", "Delete on the card"},
    {"02-add-files", "try again", "Return on the card"},
    {"02-add-files", "password", "Return on the card, the password, Return"},
    {"03-ask", "session.new", "Ctrl+N"},
    {"03-ask", "session.sources", "Ctrl+Shift+S"},
    {"03-ask", "question.send", "Ctrl+Return"},
    {"03-ask", "question.edit", "Ctrl+Up"},
    {"03-ask", "answer.retry", "Ctrl+Shift+R"},
    {"03-ask", "stop", "Escape"},
    {"03-ask", "Quoted from your sources", ""},
    {"03-ask", "Not found", ""},
    {"03-ask", "answer.copy", "Ctrl+Shift+C"},
    {"04-evidence", "citation.next", "N"},
    {"04-evidence", "citation.previous", "Shift+N"},
    {"04-evidence", "mark", "Tab to it, Return"},
    {"04-evidence", "pane.evidence", "Ctrl+E"},
    {"04-evidence", "Pages", ""},
    {"04-evidence", "page.zoomIn", "Ctrl++"},
    {"04-evidence", "page.zoomOut", "Ctrl+-"},
    {"04-evidence", "page.fit", "Ctrl+0"},
    {"04-evidence", "edit.find", "Ctrl+F"},
    {"04-evidence", "page.thumbnails", "Ctrl+Shift+T"},
    {"04-evidence", "copy of text", "Ctrl+A, Ctrl+C in the page"},
    {"04-evidence", "Sound and video", ""},
    {"04-evidence", "player.play", "Space"},
    {"04-evidence", "player.back", "J"},
    {"04-evidence", "player.forward", "L"},
    {"04-evidence", "player.frameBack", "Comma"},
    {"04-evidence", "player.frameForward", "Period"},
    {"04-evidence", "word", "Return in the transcript"},
    {"04-evidence", "Place not found", ""},
    {"05-library", "view.library", "Ctrl+2"},
    {"05-library", "search", "words, Down, Return"},
    {"05-library", "palette", "Ctrl+K"},
    {"05-library", "palette of actions", "Ctrl+K, >"},
    {"05-library", "session.rename", "F2"},
    {"05-library", "session.tag", "Ctrl+T"},
    {"05-library", "session.pin", "Ctrl+Shift+P"},
    {"05-library", "session.delete", "Ctrl+Shift+Delete"},
    {"05-library", "edit.undo", "Ctrl+Z"},
    {"05-library", "session.export", "Ctrl+S"},
    {"06-recordings", "Transcript", ""},
    {"06-recordings", "play from a time", "Return on the line"},
    {"06-recordings", "correct the text", "F2 on the line, the text, Return"},
    {"06-recordings", "edit.undo", "Ctrl+Z"},
    {"06-recordings", "Summary", ""},
    {"06-recordings", "move a line", "D, T or C on the line"},
    {"06-recordings", "Notes", "the tab Notes, words, Return"},
    {"06-recordings", "Summary and transcript", "Return on the card"},
    {"06-recordings", "Make again", "Tab to it, Space"},
    {"06-recordings", "Follow", "Tab to it, Space"},
    {"07-models", "view.models", "Ctrl+6"},
    {"07-models", "Download", "Tab to it, Space"},
    {"07-models", "Use a folder I have…", "Tab to it, Space"},
    {"07-models", "Let it write answers", "Tab to it, Space"},
    {"07-models", "Listen with it", "Tab to it, Space"},
    {"07-models", "Larger models", "Tab to the switch of one, Space"},
    {"07-models", "Verify", "Tab to it, Space"},
    {"07-models", "Remove", "Tab to it, Space"},
    {"07-models", "Unload", "Tab to it, Space"},
    {"07-models", "Speed test", "Tab to it, Space"},
    {"07-models", "Add a server…", "Tab to it, Space"},
    {"07-models", "Engine test", "words, Tab to Run, Space"},
    {"08-settings", "view.settings", "Ctrl+Comma"},
    {"08-settings", "find a setting", "Ctrl+F"},
    {"08-settings", "Storage", ""},
    {"08-settings", "Move", "Tab to it, Space"},
    {"08-settings", "Back up", "Tab to it, Space"},
    {"08-settings", "Check", "Tab to it, Space"},
    {"08-settings", "Languages", "Tab to it, Down"},
    {"08-settings", "Engine", "Tab to it, Down"},
    {"08-settings", "Keys", "Tab to it, Space"},
    {"08-settings", "Privacy", "Tab to it, Space"},
    {"09-trouble", "A scan stays unread", ""},
    {"09-trouble", "A Word file cannot be opened", ""},
    {"09-trouble", "Another program holds the library", ""},
    {"09-trouble", "A download stopped", ""},
    {"09-trouble", "The disk is full", ""},
    {"09-trouble", "Percept was killed while it read", ""},
    {"09-trouble", "Help, Copy report", "Alt, Up, Return"},
};

/// One file a program. Empty where ctest did not start it: a part of the tests proves nothing.
fs::path notes()
{
    const char* folder = std::getenv("PERCEPT_GUIDE_NOTES");
    return folder != nullptr ? folder : "";
}

} // namespace

const std::vector<GuideDeed>& guide_deeds()
{
    return kDeeds;
}

void did(const std::string& name)
{
    if (notes().empty()) return;
    static std::ofstream note = [] {
        fs::create_directories(notes());
        return std::ofstream{notes() / program_invocation_short_name};
    }();
    note << name << std::endl; // at once: a test that fails later has done it nevertheless
}

std::set<std::string> deeds_done()
{
    std::set<std::string> done;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator{notes(), none}) {
        std::ifstream note{entry.path()};
        for (std::string name; std::getline(note, name);) done.insert(name);
    }
    return done;
}

std::vector<std::string> named_in_guide()
{
    static const std::regex kNamed{
        R"(\*\*\{\{([\w.]+)\}\}\*\*|\{\{([\w.]+)\}\}|\*\*([^*{}\n]+)\*\*)"};
    std::vector<std::string> named;
    const auto folder = fs::path{PERCEPT_SOURCE_DIR} / "resources/help/en";
    for (const auto& entry : fs::directory_iterator{folder}) {
        const std::string text = support::read_file(entry.path());
        for (std::sregex_iterator at{text.begin(), text.end(), kNamed}, end; at != end; ++at)
            named.push_back(
                entry.path().stem().string() + " " + (*at)[1].str() + (*at)[2].str() +
                (*at)[3].str());
    }
    std::sort(named.begin(), named.end());
    return named;
}

} // namespace window_test
