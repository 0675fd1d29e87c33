// A server of the user's with the keyboard: added, asked, stopped, switched off.

#include "tests/app/cli/chat_server.h"
#include "tests/window/keyboard_settings.h"

#include <gmock/gmock.h>

namespace window_test {
namespace {

using cli_test::ChatServer;
using testing::HasSubstr;

/// What a server sends while its model writes.
std::string streamed(const std::string& words)
{
    return "data: {\"choices\": [{\"delta\": {\"content\": \"" + words + "\"}}]}\n\n";
}

/// One model, which answers what is oiled and never comes to an end about anything else.
std::string answer(const std::string& request)
{
    if (request.starts_with("GET ")) return ChatServer::ok(R"({"data": [{"id": "tiny"}]})");
    if (request.find("Which day") == std::string::npos)
        return ChatServer::unfinished(ChatServer::ok(streamed("The lathe hums and")));
    return ChatServer::ok(
        streamed("It is \\\"oiled on Mondays\\\" [1].") +
        "data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n"
        "data: [DONE]\n\n");
}

TEST_F(KeyboardTest, AServerIsAddedAskedAndStopped)
{
    ChatServer server{answer};
    PerceptWindow window{data(), {note("pump.txt")}, environment()};
    window.wait_for("pump.txt, ready");
    key("ctrl+6");
    window.go_to("Add a server");
    key("space");
    window.wait_for_focus("Name of the server");
    type("Lathe hall");
    key("Return");
    window.wait_for_focus("Address of the server");
    type("lathe");
    key("Return");
    window.wait_for("The address begins with http:// or https:// and names a host.");
    key("ctrl+a");
    type(server.url());
    key("Return");
    window.wait_for("It answers: tiny");
    window.wait_for_focus("Add a server");
    EXPECT_EQ(server.requests().size(), 1u); // no more than what its name is

    window.go_to("Let Lathe hall answer", "check box");
    key("space");
    window.wait_for("On. Your questions");
    window.wait_for_focus("Let Lathe hall answer");
    EXPECT_TRUE(stored_is(
        "SELECT json_extract(value, '$.engine') FROM setting WHERE key = 'settings'",
        server.url()));
    did("Add a server…");

    key("ctrl+1");
    ask(window, "Which day is the pump oiled?");
    window.wait_for("Written by tiny", "", 60);
    EXPECT_THAT(server.requests().back(), HasSubstr("Which day is the pump oiled?"));

    // The server writes and writes.
    ask(window, "What does it hum?");
    window.wait_for("The lathe hums and", "", 60);
    key("Escape");
    window.wait_for("Stopped.");
    EXPECT_TRUE(window.shows("The lathe hums and"));
    EXPECT_TRUE(window.shows("Question: What does it hum?"));
    window.wait_for("Send", "push button"); // it was Stop meanwhile
    window.wait_for_focus("Question");
    did("stop");

    // What went out is listed.
    open_settings(window, Section::Privacy);
    window.wait_for_focus("Show the list");
    key("space");
    window.wait_for(server.host(), "list item");
    window.wait_for("questions and passages", "list item");

    key("ctrl+6");
    window.go_to("Remove Lathe hall");
    key("space");
    window.wait_gone("Let Lathe hall answer");
    EXPECT_TRUE(stored_is(
        "SELECT json_extract(value, '$.engine') FROM setting WHERE key = 'settings'",
        "starter"));
    EXPECT_EQ(window.close(), 0) << window.err();
}

} // namespace
} // namespace window_test
