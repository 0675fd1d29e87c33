// Models of a small catalogue, fetched from a real server on the loopback.
#include "app/desktop/models_bridge.h"
#include "base/blocking.h"
#include "base/hash.h"
#include "tests/app/models/loopback_server.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <QSignalSpy>
#include <QTest>

namespace app::desktop {
namespace {

using models_test::LoopbackServer;
using nlohmann::json;
using Phase = ui::FetchState::Phase;

constexpr int kLimit_ms = 10'000;

class ModelsBridgeTest : public testing::Test {
protected:
    void SetUp() override
    {
        content_.assign(300'000, 'x');
        server_.serve("/tiny.bin", {.content = content_});
        const json document = {
            {"sets", {{{"name", "starter"}, {"title", "Starter"}, {"models", {"tiny"}}}}},
            {"models",
             {{{"name", "tiny"},
               {"title", "Tiny"},
               {"licence", "MIT"},
               {"memory_bytes", 1'000},
               {"capabilities",
                {{"sees", false}, {"hears", true}, {"reasons", false}, {"calls_tools", false}}},
               {"files",
                {{{"name", "tiny.bin"},
                  {"size_bytes", content_.size()},
                  {"sha256", base::sha256_of(std::as_bytes(std::span(content_)))},
                  {"places", json::array({{{"url", server_.url("/tiny.bin")}}})}}}}},
              larger()}}};
        auto parsed = models::Catalogue::parse(document.dump());
        ASSERT_TRUE(parsed) << parsed.error().message;
        catalogue_ = std::move(*parsed);
        services_ = std::make_unique<Services>(Paths{folder_ / "data", folder_ / "models"});
        settings_ = std::make_unique<SettingsBridge>(*services_);
        bridge_ = std::make_unique<ModelsBridge>(*services_, *settings_, catalogue_);
        QSignalSpy loaded(settings_.get(), &SettingsBridge::loaded);
        services_->open();
        ASSERT_TRUE(loaded.wait(kLimit_ms));
        base::forbid_blocking_on_this_thread(); // as in the window
    }
    void TearDown() override
    {
        base::allow_blocking_on_this_thread();
        bridge_.reset();
        settings_.reset();
        services_.reset();
    }
    /// A model that nothing needs, whose answers nobody measured.
    json larger()
    {
        larger_ = support::read_file(std::filesystem::path(PERCEPT_TEST_DATA) / "gguf/qwen2.gguf");
        server_.serve("/larger.gguf", {.content = larger_});
        return {
            {"name", "larger"},
            {"title", "Larger"},
            {"licence", "MIT"},
            {"memory_bytes", 1'000},
            {"user_decides", true},
            {"capabilities",
             {{"sees", false}, {"hears", false}, {"reasons", false}, {"calls_tools", false}}},
            {"files",
             {{{"name", "larger.gguf"},
               {"size_bytes", larger_.size()},
               {"sha256", base::sha256_of(std::as_bytes(std::span(larger_)))},
               {"places", json::array({{{"url", server_.url("/larger.gguf")}}})}}}}};
    }
    bool fetchEnds()
    {
        return QTest::qWaitFor(
            [this] { return bridge_->fetchState().phase != Phase::Running; },
            kLimit_ms);
    }
    bool ready()
    {
        return QTest::qWaitFor([this] { return bridge_->starterReady(); }, kLimit_ms);
    }
    std::filesystem::path file() const { return folder_ / "models/tiny/tiny.bin"; }

    support::TemporaryFolder folder_;
    LoopbackServer server_;
    std::string content_, larger_;
    models::Catalogue catalogue_ = models::Catalogue::built_in();
    std::unique_ptr<Services> services_;
    std::unique_ptr<SettingsBridge> settings_;
    std::unique_ptr<ModelsBridge> bridge_;
};

TEST_F(ModelsBridgeTest, AFetchedModelIsReadyAndRemovedItIsMissing)
{
    QTest::qWait(50);
    EXPECT_FALSE(bridge_->starterReady());
    bridge_->fetch(QStringLiteral("starter"));
    EXPECT_EQ(bridge_->fetchState().phase, Phase::Running);
    ASSERT_TRUE(ready());
    EXPECT_EQ(bridge_->fetchState().phase, Phase::Idle);
    EXPECT_EQ(support::read_file(file()), content_);

    QSignalSpy done(bridge_.get(), &ModelsBridge::done);
    bridge_->remove(QStringLiteral("tiny"));
    ASSERT_TRUE(done.wait(kLimit_ms));
    EXPECT_THAT(done[0][0].toString().toStdString(), testing::HasSubstr("300 kB"));
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(ModelsBridgeTest, AFailedDownloadSaysWhereAndGoesOnThere)
{
    folder_.write("models/tiny/tiny.bin.part", content_.substr(0, 100'000));
    server_.serve("/tiny.bin", {.redirect = "/nowhere"});
    bridge_->fetch(QStringLiteral("tiny"));
    ASSERT_TRUE(fetchEnds());
    EXPECT_EQ(bridge_->fetchState().phase, Phase::Failed);
    EXPECT_THAT(
        bridge_->fetchState().problem.toStdString(),
        testing::HasSubstr("It goes on where it stopped."));
    server_.serve("/tiny.bin", {.content = content_});
    bridge_->fetch(QStringLiteral("tiny"));
    ASSERT_TRUE(ready());
    EXPECT_THAT(server_.requests(), testing::Contains("GET /tiny.bin bytes=100000-"));
}

TEST_F(ModelsBridgeTest, CancelDeletesWhatHasArrived)
{
    folder_.write("models/tiny/tiny.bin.part", content_.substr(0, 100'000));
    server_.serve("/tiny.bin", {.redirect = "/nowhere"});
    bridge_->fetch(QStringLiteral("tiny"));
    ASSERT_TRUE(fetchEnds());
    ASSERT_TRUE(std::filesystem::exists(folder_ / "models/tiny/tiny.bin.part"));
    bridge_->cancelFetch();
    EXPECT_EQ(bridge_->fetchState().phase, Phase::Idle);
    EXPECT_TRUE(QTest::qWaitFor(
        [this] { return !std::filesystem::exists(folder_ / "models/tiny/tiny.bin.part"); },
        kLimit_ms));
}

TEST_F(ModelsBridgeTest, AChangedByteIsFoundByVerify)
{
    bridge_->fetch(QStringLiteral("tiny"));
    ASSERT_TRUE(ready());
    std::string other = content_;
    other[7] = 'y';
    folder_.write("models/tiny/tiny.bin", other);
    std::vector<ui::ModelRow> rows;
    QObject::connect(
        bridge_.get(),
        &ModelsBridge::catalogueChanged,
        [&](const std::vector<ui::ModelRow>& now) { rows = now; });
    bridge_->verify(QStringLiteral("tiny"));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return !rows.empty() && rows[0].state == ui::ModelState::Damaged; },
        kLimit_ms));
    EXPECT_THAT(rows[0].problem.toStdString(), testing::HasSubstr("tiny.bin"));
}

TEST_F(ModelsBridgeTest, ALargerModelIsOfferedFetchedAndWritesWhereItIsLet)
{
    const QString id = QStringLiteral("larger");
    std::vector<ui::ModelRow> rows;
    QObject::connect(
        bridge_.get(),
        &ModelsBridge::catalogueChanged,
        [&](const std::vector<ui::ModelRow>& now) { rows = now; });
    bridge_->fetch(QStringLiteral("starter"));
    ASSERT_TRUE(ready()) << "the larger one is not missed";
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_TRUE(rows[0].needed);
    EXPECT_FALSE(rows[1].needed);
    EXPECT_TRUE(rows[1].user_decides);
    EXPECT_EQ(rows[1].state, ui::ModelState::Missing);
    EXPECT_THAT(server_.requests(), testing::Not(testing::Contains("GET /larger.gguf")));

    // What an earlier run left is told, and gone on from.
    folder_.write("models/larger/larger.gguf.part", larger_.substr(0, 1'000));
    bridge_->refresh();
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows[1].arrived_bytes == 1'000; }, kLimit_ms));
    EXPECT_THAT(rows[1].fit.toStdString(), testing::HasSubstr("have arrived"));
    const auto installed = [&] { return rows[1].state == ui::ModelState::Installed; };
    bridge_->fetch(id);
    ASSERT_TRUE(QTest::qWaitFor(installed, kLimit_ms));
    EXPECT_THAT(server_.requests(), testing::Contains("GET /larger.gguf bytes=1000-"));
    EXPECT_FALSE(rows[1].writes);
    EXPECT_FALSE(rows[1].on);

    bridge_->switchModel(id, true);
    EXPECT_EQ(settings_->settings().engine, "larger");
    EXPECT_TRUE(rows[1].on);
    EXPECT_THAT(bridge_->inUse().title.toStdString(), testing::HasSubstr("Larger"));
    const auto library = services_->library();
    const auto may = [&] {
        base::allow_blocking_on_this_thread();
        const auto allowed = may_write_answers(
            folder_ / "models/larger/larger.gguf",
            catalogue_,
            folder_ / "models",
            *library);
        base::forbid_blocking_on_this_thread();
        return allowed && *allowed;
    };
    EXPECT_FALSE(may());
    bridge_->letModelWrite(id, true);
    EXPECT_TRUE(rows[1].writes);
    EXPECT_TRUE(QTest::qWaitFor(may, kLimit_ms));
    bridge_->letModelWrite(id, false);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !may(); }, kLimit_ms));

    bridge_->remove(id);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !installed(); }, kLimit_ms));
    EXPECT_EQ(settings_->settings().engine, "starter");
    EXPECT_TRUE(bridge_->starterReady());
}

TEST_F(ModelsBridgeTest, AServerIsKeptOffUntilItIsSwitchedOn)
{
    const QString url = QStringLiteral("http://127.0.0.1:9/v1");
    std::vector<ui::ServerRow> servers;
    QObject::connect(
        bridge_.get(),
        &ModelsBridge::serversChanged,
        [&](const std::vector<ui::ServerRow>& now) { servers = now; });
    bridge_->addServer(QStringLiteral("Lab"), url);
    ASSERT_EQ(servers.size(), 1u);
    EXPECT_EQ(settings_->settings().engine, "starter");
    ASSERT_TRUE(QTest::qWaitFor([&] { return servers[0].test_failed; }, kLimit_ms));
    EXPECT_THAT(servers[0].tested.toStdString(), testing::HasSubstr("127.0.0.1"));
    bridge_->switchServer(url, true);
    EXPECT_EQ(settings_->settings().engine, url.toStdString());
    EXPECT_TRUE(bridge_->inUse().elsewhere);
    bridge_->removeServer(url);
    EXPECT_EQ(settings_->settings().engine, "starter");
    EXPECT_TRUE(servers.empty());
}

TEST_F(ModelsBridgeTest, AFolderWithThePublishedFilesNeedsNoNetwork)
{
    folder_.write("stick/renamed.bin", content_);
    bridge_->useFolder(QString::fromStdString((folder_ / "stick").string()));
    ASSERT_TRUE(ready());
    EXPECT_THAT(server_.requests(), testing::IsEmpty());
    QSignalSpy notice(bridge_.get(), &ModelsBridge::notice);
    folder_.write("other/model.gguf", "no header");
    bridge_->useFolder(QString::fromStdString((folder_ / "other").string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return notice.size() == 2; }, kLimit_ms));
    EXPECT_TRUE(notice[1][1].toBool());
    EXPECT_THAT(notice[1][0].toString().toStdString(), testing::HasSubstr("model.gguf"));
}

TEST_F(ModelsBridgeTest, AModelOfOnesOwnQuotesUntilItIsAllowedToWrite)
{
    const std::filesystem::path place = folder_ / "nano";
    base::allow_blocking_on_this_thread();
    std::filesystem::copy(
        std::filesystem::path(PERCEPT_TEST_DATA) / "omni/b/bf16",
        place,
        std::filesystem::copy_options::recursive);
    base::forbid_blocking_on_this_thread();
    const QString path = QString::fromStdString(place.string());
    std::vector<ui::OwnModelRow> rows;
    QObject::connect(
        bridge_.get(),
        &ModelsBridge::ownModelsChanged,
        [&](const std::vector<ui::OwnModelRow>& now) { rows = now; });
    bridge_->useFolder(path);
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows.size() == 1; }, kLimit_ms));
    EXPECT_EQ(rows[0].path, path);
    EXPECT_FALSE(rows[0].writes);
    EXPECT_FALSE(rows[0].on);
    EXPECT_THAT(
        rows[0].facts.toStdString(),
        testing::MatchesRegex(
            ".*context of 262144 tokens, needs [0-9.]+ MB of memory · sees · hears.*"));
    EXPECT_EQ(rows[0].tight, "");

    bridge_->switchOwnModel(path, true);
    EXPECT_EQ(settings_->settings().engine, place.string());
    EXPECT_TRUE(rows[0].on);
    EXPECT_THAT(bridge_->inUse().title.toStdString(), testing::HasSubstr("nano"));
    bridge_->letOwnModelWrite(path, true);
    EXPECT_TRUE(rows[0].writes);
    const auto library = services_->library();
    const auto may = [&] {
        base::allow_blocking_on_this_thread();
        const auto allowed = may_write_answers(place, catalogue_, folder_ / "models", *library);
        base::forbid_blocking_on_this_thread();
        return allowed && *allowed;
    };
    EXPECT_TRUE(QTest::qWaitFor(may, kLimit_ms));
    bridge_->useFolder(path); // looked at again: what was allowed stays
    QSignalSpy notice(bridge_.get(), &ModelsBridge::notice);
    ASSERT_TRUE(notice.wait(kLimit_ms));
    EXPECT_TRUE(rows[0].writes);

    bridge_->forgetOwnModel(path);
    EXPECT_TRUE(rows.empty());
    EXPECT_EQ(settings_->settings().engine, "starter");
    EXPECT_TRUE(QTest::qWaitFor([&] { return !may(); }, kLimit_ms));
}

TEST_F(ModelsBridgeTest, ARecogniserListensOnceItIsSwitchedOn)
{
    base::allow_blocking_on_this_thread();
    for (const char* name : {"a", "b"})
        std::filesystem::copy(
            std::filesystem::path(PERCEPT_TEST_DATA) / "parakeet/model",
            folder_ / name);
    base::forbid_blocking_on_this_thread();
    const QString a = QString::fromStdString((folder_ / "a").string());
    const QString b = QString::fromStdString((folder_ / "b").string());
    std::vector<ui::OwnModelRow> rows;
    QObject::connect(
        bridge_.get(),
        &ModelsBridge::ownModelsChanged,
        [&](const std::vector<ui::OwnModelRow>& now) { rows = now; });
    bool writes = true; // the engine test has something to try
    QObject::connect(
        bridge_.get(),
        &ModelsBridge::testChanged,
        [&](const ui::EngineTestState& test) { writes = test.possible; });
    bridge_->useFolder(a);
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows.size() == 1; }, kLimit_ms));
    bridge_->useFolder(b);
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows.size() == 2; }, kLimit_ms));
    for (const ui::OwnModelRow& row : rows) {
        EXPECT_EQ(row.kind, ui::OwnModelRow::Kind::Listens);
        EXPECT_FALSE(row.on);
        EXPECT_THAT(
            row.facts.toStdString(),
            testing::MatchesRegex("[0-9]+ kB, parakeet_tdt, BF16, needs [0-9.]+ MB of memory.*"));
    }
    const auto library = services_->library();
    const auto listens = [&](const std::string& path) {
        base::allow_blocking_on_this_thread();
        const auto model = listening_model(*library);
        base::forbid_blocking_on_this_thread();
        return model && *model == path;
    };
    EXPECT_TRUE(listens(""));
    const auto on = [&] { return std::vector<bool>{rows.at(0).on, rows.at(1).on}; };
    bridge_->letOwnModelListen(a, true);
    EXPECT_EQ(on(), (std::vector<bool>{true, false}));
    EXPECT_TRUE(QTest::qWaitFor([&] { return listens(a.toStdString()); }, kLimit_ms));
    EXPECT_EQ(settings_->settings().engine, "starter"); // who answers is another matter
    const auto says = [&] { return bridge_->inUse().facts.contains("a listens to recordings"); };
    EXPECT_TRUE(QTest::qWaitFor(says, kLimit_ms));
    EXPECT_FALSE(writes);
    bridge_->letOwnModelListen(b, true); // one at a time
    EXPECT_EQ(on(), (std::vector<bool>{false, true}));
    bridge_->useFolder(b); // looked at again: what was chosen stays
    QSignalSpy notice(bridge_.get(), &ModelsBridge::notice);
    ASSERT_TRUE(notice.wait(kLimit_ms));
    EXPECT_EQ(on(), (std::vector<bool>{false, true}));
    EXPECT_TRUE(QTest::qWaitFor([&] { return listens(b.toStdString()); }, kLimit_ms));
    bridge_->forgetOwnModel(b);
    EXPECT_TRUE(QTest::qWaitFor([&] { return listens(""); }, kLimit_ms));
}

} // namespace
} // namespace app::desktop
