// --engine URL against a server on the loopback: what is sent, what is believed, what is refused.
#include "tests/app/cli/chat_server.h"
#include "tests/app/cli/cli_test.h"

#include <csignal>

using cli_test::ChatServer;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class RemoteTest : public CliTest {
protected:
    RemoteTest()
    {
        with_models_ = false;
        const auto file = folder_.write(
            "wall.txt",
            "The brick wall behind the workshop is painted red every spring. Nobody may lean on "
            "it.\n");
        EXPECT_EQ(run({"ingest", file.string()}).status, 0);
    }
    static constexpr const char* kQuestion =
        "Which colour is the brick wall behind the workshop painted?";

    /// A server with one model that says `reply` to every question.
    static ChatServer::Answer saying(const std::string& reply)
    {
        return [reply](const std::string& request) {
            if (request.starts_with("GET "))
                return ChatServer::ok(R"({"data": [{"id": "tiny", "max_model_len": 4096}]})");
            std::string body;
            for (std::size_t at = 0; at < reply.size(); at += 7) // as tokens come
                body += "data: " +
                        Json{{"choices", {{{"delta", {{"content", reply.substr(at, 7)}}}}}}}
                            .dump(-1, ' ', false, Json::error_handler_t::replace) +
                        "\n\n";
            body += "data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n";
            body += "data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 120, "
                    "\"completion_tokens\": 9}}\n\ndata: [DONE]\n\n";
            return ChatServer::ok(body);
        };
    }
    Json error(const std::string& url) const
    {
        return json({"--engine", url, "ask", kQuestion}, "error", 1)["error"];
    }
};

TEST_F(RemoteTest, AWrittenAnswerKeepsWhatTheSourcesSupport)
{
    ChatServer server{
        saying("The wall is \"painted red every spring\" [1]. It was built in 1871 [1].")};
    const auto answer = json({"--engine", server.url(), "ask", kQuestion}, "ask");

    EXPECT_EQ(answer["mode"], "reasoned");
    EXPECT_EQ(answer["engine"], "tiny at " + server.host());
    ASSERT_EQ(answer["citations"].size(), 1U);
    EXPECT_EQ(answer["citations"][0]["quote"], "painted red every spring");
    EXPECT_THAT(answer["answer"].get<std::string>(), HasSubstr("painted red every spring"));
    EXPECT_THAT(answer["answer"].get<std::string>(), Not(HasSubstr("1871"))); // nobody wrote that
    EXPECT_EQ(answer["usage"]["new_tokens"], 9);
    EXPECT_THAT(
        answer["notes"],
        Contains("The question and the passages found for it were sent to " + server.host() + "."));

    ASSERT_EQ(server.requests().size(), 2U);
    const std::string asked = server.requests()[1];
    EXPECT_THAT(asked, HasSubstr("POST /v1/chat/completions"));
    EXPECT_THAT(asked, HasSubstr(kQuestion));
    EXPECT_THAT(asked, HasSubstr("painted red every spring"));
    EXPECT_THAT(asked, Not(HasSubstr("Authorization"))); // no key was given
    EXPECT_THAT(
        asked,
        Not(HasSubstr(folder_.path().string()))); // nor does it learn where files lie
    EXPECT_THAT(run({"sessions", "show", "1"}).out, HasSubstr("Written by tiny at 127.0.0.1"));
}

TEST_F(RemoteTest, AnInventedQuoteIsNotShown)
{
    ChatServer server{saying("The wall is \"blue like the sea\" [1].")};
    const auto answer = json({"--engine", server.url() + "#named", "ask", kQuestion}, "ask");
    EXPECT_EQ(answer["mode"], "quoted");
    EXPECT_THAT(answer["answer"].get<std::string>(), Not(HasSubstr("blue")));
    EXPECT_THAT(answer["notes"].dump(), HasSubstr("could not be checked"));
    EXPECT_THAT(server.requests()[1], HasSubstr("\"model\":\"named\""));
}

TEST_F(RemoteTest, TheKeyGoesToThisServerOnly)
{
    ChatServer other{saying("no")};
    ChatServer server{[&](const std::string& request) -> std::string {
        if (request.find("Authorization: Bearer secret") == std::string::npos)
            return "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n{\"error\": \"key\"}";
        return "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: " + other.url() +
               "/models\r\n\r\n";
    }};
    EXPECT_EQ(error(server.url())["code"], "Unavailable");
    EXPECT_THAT(error(server.url())["hint"].get<std::string>(), HasSubstr("PERCEPT_API_KEY"));
    auto with_key = words({"--engine", server.url(), "ask", kQuestion, "--json"});
    with_key.insert(with_key.begin(), {"env", "PERCEPT_API_KEY=secret"});
    EXPECT_EQ(support::run_command(with_key).status, 1); // a redirect is an answer that is none
    EXPECT_THAT(other.requests(), IsEmpty());
}

TEST_F(RemoteTest, ServersThatAreNoneAreSaid)
{
    EXPECT_EQ(error("http://127.0.0.1:1/v1")["code"], "NetworkUnavailable");
    ChatServer page{[](const std::string&) { return ChatServer::ok("<html>Welcome</html>"); }};
    EXPECT_EQ(error(page.url())["code"], "BadFile");
    ChatServer endless{
        [](const std::string&) { return ChatServer::ok(std::string(std::size_t{20} << 20, '[')); }};
    EXPECT_EQ(error(endless.url())["code"], "LimitExceeded");
    ChatServer broken{[](const std::string& request) {
        if (request.starts_with("GET ")) return ChatServer::ok(R"({"data": [{"id": "tiny"}]})");
        return ChatServer::ok("data: {\"choices\": [{\"delta\": {\"content\": \"The w");
    }};
    EXPECT_EQ(error(broken.url())["code"], "NetworkUnavailable");
}

TEST_F(RemoteTest, ASilentServerCanBeLeft)
{
    ChatServer server{[](const std::string& request) -> std::string {
        if (request.starts_with("GET ")) return ChatServer::ok(R"({"data": [{"id": "tiny"}]})");
        return {};
    }};
    support::Command command{words({"--engine", server.url(), "ask", kQuestion})};
    ASSERT_TRUE(command.wait_for([&] { return server.requests().size() == 2; }));
    command.send(SIGINT);
    EXPECT_EQ(command.wait().status, 130);
}
