// The library's bridge on a real library: the sample's handbook, read without any model.

#include "app/desktop/library_bridge.h"
#include "app/desktop/library_work.h"
#include "app/ingest_job.h"
#include "base/blocking.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <QSignalSpy>
#include <QTest>

namespace app::desktop {
namespace {

constexpr int kLimit = 10'000; // milliseconds

class LibraryBridgeTest : public testing::Test {
protected:
    void SetUp() override
    {
        ingestSample();
        services_ = std::make_unique<Services>(Paths{folder_ / "data", folder_ / "no models"});
        bridge_ = std::make_unique<LibraryBridge>(*services_);
        QSignalSpy opened(services_.get(), &Services::opened);
        services_->open();
        ASSERT_TRUE(opened.wait(kLimit));
        ASSERT_TRUE(services_->writes());
        base::forbid_blocking_on_this_thread(); // as in the window
    }
    void TearDown() override
    {
        base::allow_blocking_on_this_thread();
        bridge_.reset();
        services_.reset();
    }
    void ingestSample()
    {
        auto library = storage::Library::open(folder_ / "data", storage::Access::Write);
        ASSERT_TRUE(library) << library.error().message;
        Engines engines{folder_ / "no models", {}};
        IngestRequest request;
        request.inputs = {
            std::filesystem::path{PERCEPT_SOURCE_DIR} / "resources/sample/handbook.pdf"};
        request.new_name = "Harbor House";
        request.reader.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
        const auto report = ingest(request, **library, engines, {}, {});
        ASSERT_TRUE(report) << report.error().message;
        session_ = report->session;
        other_ = *(*library)->create_session("Without sources");
    }
    ui::LibraryPage page(const ui::LibraryFilter& filter = {})
    {
        QSignalSpy loaded(bridge_.get(), &LibraryBridge::pageLoaded);
        bridge_->loadPage(filter, 0, 0);
        if (!loaded.wait(kLimit)) return {};
        return loaded[0][0].value<ui::LibraryPage>();
    }
    ui::LibraryNumbers numbers()
    {
        QSignalSpy loaded(bridge_.get(), &LibraryBridge::numbersLoaded);
        bridge_->loadNumbers();
        if (!loaded.wait(kLimit)) return {};
        return loaded[0][0].value<ui::LibraryNumbers>();
    }
    /// Waits until the library told its lists.
    template <typename Call>
    void change(Call call)
    {
        QSignalSpy changed(bridge_.get(), &LibraryBridge::changed);
        call();
        ASSERT_TRUE(changed.wait(kLimit));
    }
    /// Both answers: by words at once, then the last one.
    std::vector<ui::SearchResult> find(const QString& query, const ui::LibraryFilter& filter = {})
    {
        QSignalSpy found(bridge_.get(), &LibraryBridge::found);
        bridge_->search(++ticket_, query, filter);
        while (found.count() < 2 && found.wait(kLimit)) {
        }
        std::vector<ui::SearchResult> results;
        for (const auto& call : found) results.push_back(call[0].value<ui::SearchResult>());
        return results;
    }
    /// What is asked for in a lane is true soon, or never.
    template <typename Condition>
    bool becomes(Condition condition)
    {
        return QTest::qWaitFor(condition, kLimit);
    }
    ui::ExportOutcome write(const ui::ExportOrder& order)
    {
        QSignalSpy done(bridge_.get(), &LibraryBridge::exportDone);
        bridge_->exportSessions(order);
        if (!done.wait(kLimit)) return {};
        return done[0][0].value<ui::ExportOutcome>();
    }
    QString inFolder(const char* name) { return QString::fromStdString((folder_ / name).string()); }

    support::TemporaryFolder folder_;
    std::unique_ptr<Services> services_;
    std::unique_ptr<LibraryBridge> bridge_;
    storage::SessionId session_ = 0;
    storage::SessionId other_ = 0;
    int ticket_ = 0;
};

TEST_F(LibraryBridgeTest, ListsSessionsWithWhatTheyHold)
{
    const ui::LibraryPage all = page();
    ASSERT_EQ(all.sessions.size(), 2u);
    EXPECT_FALSE(all.more);
    EXPECT_EQ(all.sessions[1].name, QStringLiteral("Harbor House"));
    EXPECT_EQ(all.sessions[1].kinds, QStringList{"pdf"});
    EXPECT_GT(all.sessions[1].size_bytes, 1000u);
    EXPECT_EQ(all.sessions[1].created.date(), QDate::currentDate());

    ui::LibraryFilter documents;
    documents.show = ui::LibraryShow::Documents;
    EXPECT_EQ(page(documents).sessions.size(), 1u);
    ui::LibraryFilter recordings;
    recordings.show = ui::LibraryShow::Recordings;
    EXPECT_TRUE(page(recordings).sessions.empty());
    ui::LibraryFilter before;
    before.when = ui::LibraryWhen::Range;
    before.from = QDate::currentDate().addDays(-7);
    before.until = QDate::currentDate().addDays(-1);
    EXPECT_TRUE(page(before).sessions.empty());
    before.until = QDate::currentDate();
    EXPECT_EQ(page(before).sessions.size(), 2u);

    const ui::LibraryNumbers counted = numbers();
    EXPECT_EQ(counted.sessions, 2);
    EXPECT_EQ(counted.documents, 1);
    EXPECT_EQ(counted.this_week, 2);
    EXPECT_EQ(counted.this_month, 2);
    EXPECT_GT(counted.size_bytes, 1000u);
}

TEST_F(LibraryBridgeTest, FindsWordsWithTheirPlacesAndSaysWhatIsNotInstalled)
{
    const auto results = find("cupboard");
    ASSERT_EQ(results.size(), 2u);
    const ui::SearchResult& first = results[0];
    EXPECT_EQ(first.meaning, ui::MeaningSearch::Pending);
    EXPECT_EQ(results[1].meaning, ui::MeaningSearch::NotInstalled);
    EXPECT_EQ(first.ticket, ticket_);
    ASSERT_FALSE(first.hits.empty());
    const ui::Hit& hit = first.hits[0];
    EXPECT_EQ(hit.group, ui::HitGroup::Read);
    EXPECT_EQ(hit.place.session, session_);
    EXPECT_EQ(hit.place.kind, ui::PlaceKind::Page);
    EXPECT_GT(hit.place.page, 0);
    EXPECT_FALSE(hit.place.boxes.empty());
    EXPECT_EQ(hit.place.name, QStringLiteral("handbook.pdf"));
    ASSERT_FALSE(hit.found.isEmpty());
    EXPECT_TRUE(hit.snippet.mid(hit.found[0].first, hit.found[0].second)
                    .startsWith(QStringLiteral("cupboard"), Qt::CaseInsensitive))
        << hit.snippet.toStdString();
    EXPECT_EQ(first.count(ui::HitGroup::Read), static_cast<int>(first.hits.size()));
    EXPECT_EQ(first.sessions, 1);
}

TEST_F(LibraryBridgeTest, OnlyTheLastSearchIsAnswered)
{
    QSignalSpy found(bridge_.get(), &LibraryBridge::found);
    bridge_->search(1, "cup", {});
    bridge_->search(2, "cupboard", {});
    ASSERT_TRUE(becomes([&] { return found.count() == 2; }));
    for (const auto& call : found) EXPECT_EQ(call[0].value<ui::SearchResult>().ticket, 2);

    bridge_->search(3, "cupboard", {});
    bridge_->dropSearch();
    found.clear();
    bridge_->search(4, "?!", {});
    ASSERT_TRUE(becomes([&] { return found.count() == 2; }));
    EXPECT_EQ(found[0][0].value<ui::SearchResult>().ticket, 4);
    EXPECT_TRUE(found[0][0].value<ui::SearchResult>().hits.empty()) << "no word in it";
}

TEST_F(LibraryBridgeTest, AFilterNarrowsTheSearchToo)
{
    ui::LibraryFilter videos;
    videos.show = ui::LibraryShow::Videos;
    EXPECT_TRUE(find("cupboard", videos).back().hits.empty());
    ui::LibraryFilter tagged;
    tagged.tag = "drainage";
    EXPECT_TRUE(find("cupboard", tagged).back().hits.empty());
    change([&] { bridge_->setTags(session_, {"drainage"}); });
    EXPECT_FALSE(find("cupboard", tagged).back().hits.empty());
}

TEST_F(LibraryBridgeTest, SessionsAreFoundByName)
{
    const auto results = find("harbor ho");
    ASSERT_FALSE(results.empty());
    bool named = false;
    for (const ui::Hit& hit : results.back().hits)
        named |= hit.group == ui::HitGroup::Session && hit.place.session == session_;
    EXPECT_TRUE(named);

    QSignalSpy latest(bridge_.get(), &LibraryBridge::paletteFound);
    bridge_->searchPalette({});
    ASSERT_TRUE(latest.wait(kLimit));
    EXPECT_EQ(latest[0][0].value<ui::SearchResult>().hits.size(), 2u);
}

TEST_F(LibraryBridgeTest, ThePaletteFindsFilesByName)
{
    QSignalSpy found(bridge_.get(), &LibraryBridge::paletteFound);
    bridge_->searchPalette("handb");
    ASSERT_TRUE(found.wait(kLimit));
    const auto result = found[0][0].value<ui::SearchResult>();
    ASSERT_EQ(result.files.size(), 1U);
    const ui::Hit& file = result.files[0];
    EXPECT_EQ(file.snippet, QStringLiteral("handbook.pdf"));
    EXPECT_EQ(file.session_name, QStringLiteral("Harbor House"));
    EXPECT_EQ(file.place.session, session_);
    EXPECT_GT(file.place.source, 0);
    EXPECT_EQ(file.place.page, 1);
    ASSERT_EQ(file.found.size(), 1);
    EXPECT_EQ(file.found[0], qMakePair(0, 5));
}

TEST(ExportFolderTest, IsHomeWhereThereIsNoFolderForDocuments)
{
    const support::TemporaryFolder home;
    const QByteArray home_before = qgetenv("HOME");
    const QByteArray config_before = qgetenv("XDG_CONFIG_HOME");
    const QString path = QString::fromStdString(home.path().string());
    qputenv("HOME", path.toUtf8());
    qputenv("XDG_CONFIG_HOME", (path + "/config").toUtf8());

    EXPECT_EQ(exportFolder(), path);
    std::filesystem::create_directory(home / "Documents");
    EXPECT_EQ(exportFolder(), path + "/Documents");

    qputenv("HOME", home_before);
    if (config_before.isNull())
        qunsetenv("XDG_CONFIG_HOME");
    else
        qputenv("XDG_CONFIG_HOME", config_before);
}

TEST_F(LibraryBridgeTest, RenamesTagsAndPins)
{
    change([&] {
        bridge_->rename(other_, "Renamed");
        bridge_->setTags(other_, {"one", "two"});
        bridge_->setPinned({other_}, true);
    });
    ASSERT_TRUE(becomes([&] { return numbers().tags.size() == 2; }));
    const ui::LibraryPage now = page();
    ASSERT_EQ(now.pinned.size(), 1u);
    EXPECT_EQ(now.pinned[0].name, QStringLiteral("Renamed"));
    EXPECT_EQ(now.pinned[0].tags, QStringList({"one", "two"}));
    EXPECT_EQ(now.sessions.size(), 2u);
}

TEST_F(LibraryBridgeTest, TrashedSessionsAreGoneFromEverywhereAndComeBack)
{
    bridge_->trash({session_});
    ASSERT_TRUE(becomes([&] { return page().sessions.size() == 1; }));
    EXPECT_TRUE(find("cupboard").back().hits.empty());
    bridge_->restore({session_});
    ASSERT_TRUE(becomes([&] { return page().sessions.size() == 2; }));
    EXPECT_FALSE(find("cupboard").back().hits.empty());

    bridge_->trash({session_});
    bridge_->emptyTrash();
    ASSERT_TRUE(becomes([&] { return numbers().size_bytes == 0; }));
    QSignalSpy failed(bridge_.get(), &LibraryBridge::failed);
    bridge_->restore({session_});
    ASSERT_TRUE(failed.wait(kLimit)) << "deleted for good";
}

TEST_F(LibraryBridgeTest, ExportsEveryFormatAndReplacesNothingUnasked)
{
    for (const QString format : {"md", "json", "docx", "pdf"}) {
        ui::ExportOrder order{{session_}, format, inFolder("handbook.") + format};
        const ui::ExportOutcome first = write(order);
        ASSERT_EQ(first.written, QStringList{order.path}) << first.problems.join(' ').toStdString();
        EXPECT_GT(first.size_bytes, 50u);
        const auto bytes = support::read_file(order.path.toStdString());
        EXPECT_EQ(bytes.size(), first.size_bytes);

        const ui::ExportOutcome again = write(order);
        EXPECT_EQ(again.existing, QStringList{order.path});
        EXPECT_TRUE(again.written.isEmpty());
        order.overwrite = true;
        EXPECT_EQ(write(order).written.size(), 1);
        EXPECT_EQ(support::read_file(order.path.toStdString()), bytes);
    }
}

TEST_F(LibraryBridgeTest, SeveralSessionsGoIntoAFolderAndOneFailsAlone)
{
    change([&] { bridge_->rename(other_, "Harbor House"); });
    ui::ExportOrder order{{session_, other_}, "md", inFolder("")};
    const ui::ExportOutcome both = write(order);
    ASSERT_EQ(both.written.size(), 2) << both.problems.join(' ').toStdString();
    EXPECT_TRUE(both.written[0].endsWith(QStringLiteral("/Harbor House.md")));
    EXPECT_TRUE(both.written[1].endsWith(QStringLiteral("/Harbor House (2).md")));

    order.format = "srt";
    const ui::ExportOutcome none = write(order);
    EXPECT_TRUE(none.written.isEmpty());
    ASSERT_EQ(none.problems.size(), 2) << "nothing was said in either";
    EXPECT_TRUE(none.problems[0].startsWith(QStringLiteral("Harbor House: ")));
}

} // namespace
} // namespace app::desktop
