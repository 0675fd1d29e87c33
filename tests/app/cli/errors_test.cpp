// What can go wrong around a command: each is a sentence with the way out and the right exit
// status.
#include "tests/app/cli/cli_test.h"
#include "tests/app/cli/fill_disks.h"

#include <sys/stat.h>

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ErrorsTest : public CliTest {
protected:
    /// The error document of a command that must fail with `status`; the sentence and the way out
    /// are on standard error too.
    Json failure(const std::vector<std::string>& arguments, int status = 1) const
    {
        std::vector<std::string> all = words(arguments);
        all.emplace_back("--json");
        return checked(support::run_command(all), status);
    }
    static Json checked(const support::CommandResult& result, int status = 1)
    {
        EXPECT_EQ(result.status, status) << result.out << result.err;
        const Json document = Json::parse(result.out, nullptr, false);
        if (!document.is_object() || !document.contains("error")) {
            ADD_FAILURE() << "no error document: " << result.out << result.err;
            return {{"code", ""}, {"message", ""}, {"hint", ""}};
        }
        const auto rules =
            support::JsonSchema::load(std::string{PERCEPT_TEST_DATA} + "/schemas/error.json");
        EXPECT_THAT(rules.problems(document), IsEmpty());
        const Json& error = document["error"];
        EXPECT_THAT(result.err, HasSubstr(error["message"].get<std::string>()));
        EXPECT_THAT(error["message"].get<std::string>(), testing::EndsWith("."));
        EXPECT_TRUE(error["hint"].is_string()) << "no way out: " << document;
        return error;
    }
    /// percept-cli run by a user who may not do everything: as root the test has it run by
    /// "nobody", from copies that everybody may run.
    support::CommandResult run_as_nobody(const std::vector<std::string>& arguments) const
    {
        std::vector<std::string> all = words(arguments);
        if (::geteuid() == 0) {
            fs::permissions(folder_.path(), fs::perms(0755));
            fs::create_directories(folder_ / "bin");
            fs::create_directories(folder_ / "data");
            for (const char* name : {"percept-cli", "percept-reader"})
                fs::copy_file(
                    program().parent_path() / name,
                    folder_ / "bin" / name,
                    fs::copy_options::skip_existing);
            for (const auto& entry : fs::recursive_directory_iterator(folder_ / "data"))
                EXPECT_EQ(::lchown(entry.path().c_str(), 65534, 65534), 0);
            EXPECT_EQ(::chown((folder_ / "data").c_str(), 65534, 65534), 0);
            all[0] = (folder_ / "bin/percept-cli").string();
            all.insert(
                all.begin(),
                {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"});
        }
        return support::run_command(all);
    }
    fs::path forbidden(const std::string& name, const std::string& bytes) const
    {
        auto file = folder_.write(name, bytes);
        fs::permissions(file, fs::perms::none);
        return file;
    }
};

TEST_F(ErrorsTest, AFileThatMayNotBeReadIsNamed)
{
    with_models_ = false;
    const auto file = forbidden("locked.txt", "Nobody reads this.\n");
    const auto alone = run_as_nobody({"ingest", file.string(), "--json"});
    EXPECT_EQ(alone.status, 1) << alone.err;
    const Json report = Json::parse(alone.out, nullptr, false);
    ASSERT_TRUE(report.is_object()) << alone.out;
    const Json error = report.contains("error") ? report["error"] : report["sources"][0]["error"];
    EXPECT_EQ(error["code"], "FileUnreadable") << report;
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("locked.txt"));
    EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("permission"));

    const auto beside = run_as_nobody(
        {"ingest", folder_.write("open.txt", "This is read.\n").string(), file.string(), "--json"});
    EXPECT_EQ(beside.status, 1) << beside.err;
    const Json sources = Json::parse(beside.out)["sources"];
    EXPECT_EQ(sources[0]["status"], "ready");
    EXPECT_EQ(sources[1]["status"], "failed");
    EXPECT_EQ(sources[1]["error"]["code"], "FileUnreadable");
}

TEST_F(ErrorsTest, AFolderThatMayNotBeWrittenIsNamed)
{
    with_models_ = false;
    ASSERT_EQ(run_as_nobody({"ingest", folder_.write("a.txt", "Words.\n").string()}).status, 0);
    fs::create_directory(folder_ / "closed");
    fs::permissions(folder_ / "closed", fs::perms::owner_read | fs::perms::owner_exec);
    const std::string inside = (folder_ / "closed/out").string();
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"export", "1", "--format", "md", "-o", inside},
          {"backup", inside}}) {
        auto all = arguments;
        all.emplace_back("--json");
        const Json error = checked(run_as_nobody(all));
        EXPECT_EQ(error["code"], "FileUnreadable") << error;
        EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("closed"));
    }
}

TEST_F(ErrorsTest, AFullDiskIsSaidByWhateverWrites)
{
    if (!cli_test::SmallDisk::permitted(folder_ / "try"))
        GTEST_SKIP() << "Mounting a small file system is not permitted here.";
    ASSERT_EQ(run({"ingest", handbook()}).status, 0);
    const cli_test::SmallDisk disk(folder_ / "full", 8192);
    ASSERT_TRUE(disk.mounted());
    std::ofstream{folder_ / "full/filler"} << std::string(20'000, 'x'); // as far as it goes
    const std::string out = (folder_ / "full/out").string();
    EXPECT_EQ(failure({"export", "1", "--format", "json", "-o", out})["code"], "NoSpace");
    EXPECT_EQ(failure({"export", "1", "--format", "pdf", "-o", out})["code"], "NoSpace");
    EXPECT_EQ(failure({"backup", out})["code"], "NoSpace");
    EXPECT_TRUE(!fs::exists(out) || fs::is_directory(out)) << "half a file was left";
}

TEST_F(ErrorsTest, WhatIsNotThereIsNamedByEveryCommand)
{
    EXPECT_EQ(failure({"summarize"})["code"], "NotFound"); // no library yet
    EXPECT_EQ(failure({"search", "pumps"})["code"], "NotFound");
    ASSERT_EQ(run({"ingest", folder_.write("a.txt", "Words about pumps.\n").string()}).status, 0);
    const std::string out = (folder_ / "out").string();
    EXPECT_EQ(failure({"ask", "--session", "99", "What?"})["code"], "NotFound");
    EXPECT_EQ(failure({"summarize", "--session", "99"})["code"], "NotFound");
    EXPECT_EQ(failure({"search", "--session", "99", "pumps"})["code"], "NotFound");
    EXPECT_EQ(failure({"sessions", "rename", "99", "x"})["code"], "NotFound");
    EXPECT_EQ(failure({"sessions", "delete", "99"})["code"], "NotFound");
    EXPECT_EQ(
        failure({"ingest", "--session", "99", (folder_ / "a.txt").string()})["code"],
        "NotFound");
    EXPECT_EQ(failure({"export", "99", "--format", "md", "-o", out})["code"], "NotFound");
    EXPECT_EQ(failure({"models", "verify", "none"})["code"], "NotFound");
    EXPECT_EQ(failure({"models", "remove", "none"})["code"], "NotFound");
    EXPECT_EQ(failure({"models", "fetch", "none"})["code"], "NotFound");
}

TEST_F(ErrorsTest, FilesOfOtherKindsSayWhatTheyAre)
{
    const auto junk =
        folder_.write("junk.pdf", std::string("%PDF-1.7\n") + std::string(500, '\x01'));
    const auto report = json({"ingest", junk.string()}, "ingest", 1);
    EXPECT_EQ(report["sources"][0]["status"], "failed");
    EXPECT_THAT(
        report["sources"][0]["error"]["code"].get<std::string>(),
        AnyOf("BadFile", "UnsupportedFile"));
    const auto text = folder_.write("a.txt", "No sound in here.\n");
    EXPECT_THAT(
        failure({"transcribe", text.string()})["code"].get<std::string>(),
        AnyOf("UnsupportedFile", "NoModel"));
    EXPECT_EQ(
        json({"ingest", (folder_ / "nothing").string()}, "error", 1)["error"]["code"],
        "FileNotFound");
    fs::create_directory(folder_ / "empty");
    EXPECT_EQ(failure({"ingest", (folder_ / "empty").string()})["code"], "FileNotFound");
}

/// models through the program itself; how fetching works over HTTP is tested in tests/app/models.
class ModelCommandsTest : public ErrorsTest {
protected:
    std::vector<std::string> offline(const std::vector<std::string>& arguments) const
    {
        // Port 9 of this machine: nobody listens.
        std::vector<std::string> all{
            "env",
            "https_proxy=http://127.0.0.1:9",
            "http_proxy=http://127.0.0.1:9",
            "PIP_INDEX_URL=http://127.0.0.1:9/simple",
            "PIP_RETRIES=0",
            "PIP_CONFIG_FILE=/dev/null"};
        const auto rest = words(arguments);
        all.insert(all.end(), rest.begin(), rest.end());
        return all;
    }
    Json entry(const Json& document, const std::string& name) const
    {
        for (const auto& model : document["models"])
            if (model["name"] == name) return model;
        ADD_FAILURE() << name << " is not in " << document;
        return {};
    }
};

TEST_F(ModelCommandsTest, FetchingWithoutANetworkSaysSo)
{
    with_models_ = false;
    const Json error =
        checked(support::run_command(offline({"models", "fetch", "silero-vad", "--json"})));
    EXPECT_EQ(error["code"], "NetworkUnavailable");
    EXPECT_FALSE(entry(json({"models"}, "models"), "silero-vad")["installed"].get<bool>());
}

TEST_F(ModelCommandsTest, InstalledOnesAreListedVerifiedAndRemoved)
{
    if (models().empty() || !fs::exists(models() / "silero-vad"))
        GTEST_SKIP() << "The starter models are not installed: percept-cli models fetch starter";
    with_models_ = false;
    const fs::path own = folder_ / "data/models/silero-vad";
    fs::create_directories(own.parent_path());
    fs::copy(models() / "silero-vad", own, fs::copy_options::recursive);
    EXPECT_TRUE(entry(json({"models", "list"}, "models"), "silero-vad")["installed"].get<bool>());
    EXPECT_FALSE(
        entry(json({"models", "fit"}, "models"), "silero-vad")["why"].get<std::string>().empty());
    EXPECT_EQ(entry(json({"models", "verify"}, "models"), "silero-vad")["problem"], nullptr);
    // What is there is not fetched again, with or without a network.
    const auto fetched = support::run_command(offline({"models", "fetch", "silero-vad", "--json"}));
    EXPECT_EQ(fetched.status, 0) << fetched.err;

    for (const auto& file : fs::recursive_directory_iterator(own)) {
        if (!file.is_regular_file() || file.file_size() < 1000) continue;
        fs::permissions(file.path(), fs::perms::owner_all);
        std::fstream bytes{file.path(), std::ios::in | std::ios::out | std::ios::binary};
        bytes.seekp(static_cast<std::streamoff>(file.file_size() / 2));
        bytes << "damaged";
    }
    const auto damaged = json({"models", "verify", "silero-vad"}, "models", 1);
    EXPECT_NE(entry(damaged, "silero-vad")["problem"], nullptr);
    EXPECT_THAT(run({"models", "verify"}).err, HasSubstr("percept-cli models fetch"));

    EXPECT_FALSE(
        entry(json({"models", "remove", "silero-vad"}, "models"), "silero-vad")["installed"]
            .get<bool>());
    EXPECT_FALSE(fs::exists(own));
}
