#include "ui/models/models_view.h"

#include "tests/ui/pictures.h"
#include "ui/models/thing_row.h"
#include "ui/theme/theme.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/switch.h"

#include <gmock/gmock.h>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

using ui_test::button;

namespace ui {
namespace {

ModelRow row(const QString& id, const QString& title, ModelState state)
{
    ModelRow out;
    out.id = id;
    out.title = title;
    out.purpose = QStringLiteral("Hears speech");
    out.facts = QStringLiteral("145 MB download, about 300 MB of memory, MIT");
    out.fit = QStringLiteral("Fits this computer and runs on the processor.");
    out.state = state;
    out.size_bytes = 145'000'000;
    return out;
}

class ModelsViewTest : public testing::Test {
protected:
    ModelsViewTest()
    {
        theme::apply(theme::Appearance::Light);
        InUse in_use;
        in_use.title = QStringLiteral("Starter");
        in_use.facts = QStringLiteral("344 MB on disk · runs on the processor");
        in_use.state =
            QStringLiteral("Loaded. Percept uses 412 MB of memory, 21 tok/s measured here.");
        in_use.ready = in_use.installed = in_use.loaded = true;
        view_.setInUse(in_use);
        view_.setCatalogue(
            {row("whisper", "Whisper base", ModelState::Installed),
             row("minilm", "all-MiniLM-L6-v2", ModelState::Missing)});
        MachineUse machine;
        machine.graphics = QStringLiteral("Not used by this version");
        machine.processor = QStringLiteral("16 cores");
        machine.memory_total = 64'000'000'000;
        machine.memory_used = 9'800'000'000;
        machine.memory_own = 412'000'000;
        machine.disk_total = 931'000'000'000;
        machine.disk_free = 398'000'000'000;
        machine.disk_models = 344'000'000;
        view_.setMachine(machine);
        SpeedState speed;
        speed.rows = {
            {QStringLiteral("First word"), QStringLiteral("0.9 s")},
            {QStringLiteral("Writing"), QStringLiteral("21 tok/s")},
            {QStringLiteral("One minute of speech"), QStringLiteral("4.1 s")}};
        speed.measured = QStringLiteral("Measured here, 12 November 09:02");
        view_.setSpeed(speed);
        view_.resize(1216, 772);
        view_.show();
        QApplication::processEvents();
    }
    QAbstractButton* named(const QString& name)
    {
        const auto all = view_.findChildren<QAbstractButton*>();
        for (QAbstractButton* one : all)
            if (one->isVisible() && one->accessibleName() == name) return one;
        return nullptr;
    }
    ModelsView view_;
};

TEST_F(ModelsViewTest, ButtonsFollowTheStateOfEachModel)
{
    EXPECT_NE(named("Verify, Whisper base"), nullptr);
    EXPECT_NE(named("Remove…, Whisper base"), nullptr);
    EXPECT_EQ(named("Download, Whisper base"), nullptr);
    QString asked;
    QObject::connect(&view_, &ModelsView::fetchRequested, [&](const QString& id) { asked = id; });
    ASSERT_NE(named("Download, all-MiniLM-L6-v2"), nullptr);
    named("Download, all-MiniLM-L6-v2")->click();
    EXPECT_EQ(asked, "minilm");
}

TEST_F(ModelsViewTest, ARunningFetchShowsItsBytesAndCanBePaused)
{
    FetchState fetch;
    fetch.phase = FetchState::Phase::Running;
    fetch.model = QStringLiteral("minilm");
    fetch.place = QStringLiteral("huggingface.co");
    fetch.done_bytes = 45'000'000;
    fetch.total_bytes = 90'000'000;
    fetch.bytes_per_s = 5e6;
    fetch.left_s = 9;
    view_.setFetch(fetch);
    ProgressBar* bar = view_.row("minilm")->bar();
    EXPECT_TRUE(bar->isVisible());
    EXPECT_DOUBLE_EQ(bar->fraction(), 0.5);
    EXPECT_THAT(
        bar->accessibleName().toStdString(),
        testing::AllOf(
            testing::HasSubstr("45.0 MB of 90.0 MB"),
            testing::HasSubstr("5.0 MB/s"),
            testing::HasSubstr("9 s left"),
            testing::HasSubstr("huggingface.co")));
    int pauses = 0;
    QObject::connect(&view_, &ModelsView::pauseRequested, [&] { ++pauses; });
    ASSERT_NE(named("Pause, all-MiniLM-L6-v2"), nullptr);
    named("Pause, all-MiniLM-L6-v2")->click();
    EXPECT_EQ(pauses, 1);

    fetch.phase = FetchState::Phase::Paused;
    view_.setFetch(fetch);
    EXPECT_NE(named("Continue, all-MiniLM-L6-v2"), nullptr);
    ui_test::takePictures(view_, "models", {{1216, 772}, {936, 612}});
}

TEST_F(ModelsViewTest, RemovingAsksInPlaceAndKeepsByItself)
{
    QStringList removed;
    QObject::connect(&view_, &ModelsView::removeRequested, [&](const QString& id) {
        removed << id;
    });
    named("Remove…, Whisper base")->click();
    ASSERT_NE(button(view_, "Keep"), nullptr);
    EXPECT_TRUE(view_.escape()) << "Esc is Keep";
    QApplication::processEvents();
    EXPECT_EQ(button(view_, "Keep"), nullptr);
    EXPECT_TRUE(removed.isEmpty());
    named("Remove…, Whisper base")->click();
    button(view_, "Remove")->click();
    EXPECT_EQ(removed, QStringList{"whisper"});
}

TEST_F(ModelsViewTest, WithoutModelsThereIsOnePrimaryButton)
{
    InUse in_use;
    in_use.missing_bytes = 340'000'000;
    view_.setInUse(in_use);
    QAbstractButton* download = button(view_, "Download 340 MB");
    ASSERT_NE(download, nullptr);
    EXPECT_EQ(theme::role(download), theme::Role::Primary);
    QString asked;
    QObject::connect(&view_, &ModelsView::fetchRequested, [&](const QString& id) { asked = id; });
    download->click();
    EXPECT_EQ(asked, "starter");
}

TEST_F(ModelsViewTest, LargerModelsAreOfferedApartAndQuoteUntilTheyAreLet)
{
    const auto larger = [](const char* id, const char* title, ModelState state) {
        ModelRow out = row(QString::fromLatin1(id), QString::fromLatin1(title), state);
        out.purpose = QStringLiteral("Can write answers in its own words");
        out.facts = QStringLiteral("2.5 GB download, about 2.8 GB of memory, Apache-2.0");
        out.needed = false;
        out.user_decides = true;
        return out;
    };
    std::vector<ModelRow> rows{
        row("whisper", "Whisper base", ModelState::Missing),
        larger("small", "Qwen2.5 1.5B Instruct, Q4_K_M", ModelState::Installed),
        larger("middle", "Qwen3 4B Instruct 2507, Q4_K_M", ModelState::Missing),
        larger("large", "Qwen2.5 7B Instruct, Q4_K_M", ModelState::Missing)};
    rows[3].fits = false;
    rows[3].fit = QStringLiteral("Does not fit: needs 4.9 GB, this computer has 4.0 GB memory.");
    InUse in_use; // without the starter the bar of a larger one is in its row all the same
    in_use.missing_bytes = 340'000'000;
    view_.setInUse(in_use);
    view_.setCatalogue(rows);
    FetchState fetch;
    fetch.phase = FetchState::Phase::Running;
    fetch.model = QStringLiteral("middle");
    fetch.place = QStringLiteral("huggingface.co");
    fetch.done_bytes = 1'000'000'000;
    fetch.total_bytes = 2'500'000'000;
    view_.setFetch(fetch);
    QApplication::processEvents();
    EXPECT_TRUE(view_.row("middle")->bar()->isVisible());
    EXPECT_NE(named("Pause, Qwen3 4B Instruct 2507, Q4_K_M"), nullptr);
    EXPECT_EQ(named("Pause the download"), nullptr) << "that is the starter's";
    EXPECT_EQ(named("Let Qwen2.5 7B Instruct, Q4_K_M answer"), nullptr) << "it is not here";

    QList<QPair<QString, bool>> writes, switched;
    QObject::connect(&view_, &ModelsView::modelWrites, [&](const QString& id, bool now) {
        writes.append({id, now});
    });
    QObject::connect(&view_, &ModelsView::modelSwitched, [&](const QString& id, bool now) {
        switched.append({id, now});
    });
    const QString let =
        QStringLiteral("Let Qwen2.5 1.5B Instruct, Q4_K_M write answers in its own words");
    ASSERT_NE(named(let), nullptr);
    named(let)->click();
    EXPECT_TRUE(writes.isEmpty()) << "asked first";
    ui_test::takePictures(view_, "models-larger", {{1216, 960}, {936, 960}});
    EXPECT_TRUE(view_.escape()) << "Esc keeps quotes";
    QApplication::processEvents();
    named(let)->click();
    button(view_, "Let it write")->click();
    const QPair<QString, bool> yes{"small", true}, no{"small", false};
    EXPECT_EQ(writes, (QList<QPair<QString, bool>>{yes}));
    rows[1].writes = rows[1].on = true;
    view_.setCatalogue(rows);
    EXPECT_TRUE(switched.isEmpty()) << "nobody moved it";
    named("Let Qwen2.5 1.5B Instruct, Q4_K_M answer")->click();
    EXPECT_EQ(switched, (QList<QPair<QString, bool>>{no}));
    named("Let Qwen2.5 1.5B Instruct, Q4_K_M write no answers")->click();
    EXPECT_EQ(writes, (QList<QPair<QString, bool>>{yes, no}));

    fetch.phase = FetchState::Phase::Failed;
    fetch.problem = QStringLiteral("Download stopped at 1.0 of 2.5 GB: no network.");
    view_.setFetch(fetch);
    const auto labels = view_.row("middle")->findChildren<QLabel*>();
    EXPECT_TRUE(std::ranges::any_of(labels, [&](const QLabel* label) {
        return label->text() == fetch.problem;
    }));
}

TEST_F(ModelsViewTest, AModelOfOnesOwnIsAskedToWriteOnlyWhereThatIsAllowed)
{
    OwnModelRow own;
    own.path = QStringLiteral("/models/nano");
    own.name = QStringLiteral("nano");
    own.facts = QStringLiteral("22 GB, NVFP4, context of 262144 tokens · sees · hears");
    view_.setOwnModels({own});
    QApplication::processEvents();
    QList<QPair<QString, bool>> writes, switched;
    QObject::connect(&view_, &ModelsView::ownModelWrites, [&](const QString& path, bool now) {
        writes.append({path, now});
    });
    QObject::connect(&view_, &ModelsView::ownModelSwitched, [&](const QString& path, bool now) {
        switched.append({path, now});
    });
    const QString let = QStringLiteral("Let nano write answers in its own words");
    ASSERT_NE(named(let), nullptr);
    named(let)->click();
    EXPECT_TRUE(writes.isEmpty()) << "asked first";
    ASSERT_NE(button(view_, "Let it write"), nullptr);
    ui_test::takePictures(view_, "models-own", {{1216, 772}, {936, 612}});
    EXPECT_TRUE(view_.escape()) << "Esc keeps quotes";
    QApplication::processEvents();
    EXPECT_TRUE(writes.isEmpty());
    named(let)->click();
    button(view_, "Let it write")->click();
    const QPair<QString, bool> yes{own.path, true}, no{own.path, false};
    EXPECT_EQ(writes, (QList<QPair<QString, bool>>{yes}));

    own.writes = true;
    view_.setOwnModels({own});
    QApplication::processEvents();
    ASSERT_NE(named("Let nano write no answers"), nullptr);
    named("Let nano write no answers")->click(); // needs no question
    EXPECT_EQ(writes, (QList<QPair<QString, bool>>{yes, no}));
    named("Let nano answer")->click();
    EXPECT_EQ(switched, (QList<QPair<QString, bool>>{yes}));

    own.writes = false;
    own.tight = QStringLiteral("It needs 9 GB of memory, and 2 GB were free.");
    view_.setOwnModels({own});
    QApplication::processEvents();
    const auto labels = view_.findChildren<QLabel*>();
    EXPECT_TRUE(std::ranges::any_of(labels, [&](const QLabel* label) {
        return label->isVisible() && label->text() == own.tight;
    }));
    EXPECT_TRUE(named("Let nano answer")->isEnabled()) << "memory comes and goes";

    own.problem = QStringLiteral("model.safetensors is damaged.");
    view_.setOwnModels({own});
    QApplication::processEvents();
    EXPECT_EQ(named(let), nullptr);
    EXPECT_FALSE(named("Let nano answer")->isEnabled());
    EXPECT_NE(named("Forget nano"), nullptr);
}

TEST_F(ModelsViewTest, ARecogniserOfOnesOwnIsAskedToListen)
{
    OwnModelRow own;
    own.kind = OwnModelRow::Kind::Listens;
    own.path = QStringLiteral("/models/parakeet");
    own.name = QStringLiteral("parakeet");
    own.facts = QStringLiteral("2.5 GB, parakeet_tdt, F32, needs 0.8 GB of memory");
    const auto shows = [&](const QString& words) {
        const auto labels = view_.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->isVisible() && label->text() == words;
        });
    };
    view_.setOwnModels({own});
    QApplication::processEvents();
    EXPECT_TRUE(shows(QStringLiteral("Off. Recordings are listened to with Whisper.")));
    EXPECT_EQ(button(view_, "Let it write answers"), nullptr) << "it answers nothing";
    QList<QPair<QString, bool>> listens;
    int answers = 0;
    QObject::connect(&view_, &ModelsView::ownModelListens, [&](const QString& path, bool now) {
        listens.append({path, now});
    });
    QObject::connect(&view_, &ModelsView::ownModelSwitched, [&] { ++answers; });
    ASSERT_NE(named("Listen with parakeet"), nullptr);
    named("Listen with parakeet")->click();
    const QPair<QString, bool> yes{own.path, true}, no{own.path, false};
    EXPECT_EQ(listens, (QList<QPair<QString, bool>>{yes}));
    EXPECT_EQ(answers, 0);

    own.on = true;
    OwnModelRow language;
    language.path = QStringLiteral("/models/nano");
    language.name = QStringLiteral("nano");
    language.facts = QStringLiteral("22 GB, NVFP4, context of 262144 tokens · sees · hears");
    view_.setOwnModels({own, language});
    QApplication::processEvents();
    EXPECT_FALSE(shows(QStringLiteral("Off. Recordings are listened to with Whisper.")));
    ui_test::takePictures(view_, "models-listens", {{1216, 772}, {936, 612}});
    named("Listen with parakeet")->click();
    EXPECT_EQ(listens, (QList<QPair<QString, bool>>{yes, no}));

    // Gone: it can be switched off, and then not on again.
    own.problem = QStringLiteral("/models/parakeet is not there.");
    view_.setOwnModels({own});
    QApplication::processEvents();
    EXPECT_TRUE(shows(own.problem));
    EXPECT_TRUE(named("Listen with parakeet")->isEnabled());
    own.on = false;
    view_.setOwnModels({own});
    QApplication::processEvents();
    EXPECT_FALSE(named("Listen with parakeet")->isEnabled());
    EXPECT_NE(named("Forget parakeet"), nullptr);
}

TEST_F(ModelsViewTest, AServerSaysThatQuestionsLeaveThisComputer)
{
    ServerRow server;
    server.name = QStringLiteral("Lab server");
    server.url = QStringLiteral("https://omni.lab.example:8000/v1");
    view_.setServers({server});
    QApplication::processEvents();
    QString url;
    bool on = false;
    QObject::connect(&view_, &ModelsView::serverSwitched, [&](const QString& u, bool o) {
        url = u;
        on = o;
    });
    auto* power = view_.findChild<Switch*>();
    ASSERT_NE(power, nullptr);
    EXPECT_EQ(power->accessibleName(), "Let Lab server answer");
    power->setChecked(true);
    EXPECT_EQ(url, server.url);
    EXPECT_TRUE(on);
    QStringList texts;
    for (const QLabel* label : view_.findChildren<QLabel*>())
        if (label->isVisible()) texts << label->text();
    EXPECT_THAT(
        texts.join(u'\n').toStdString(),
        testing::HasSubstr("your questions and the passages that answer them leave this computer"));
}

TEST_F(ModelsViewTest, TheFocusStaysWhereSomethingWasPressed)
{
    ServerRow server;
    server.name = QStringLiteral("Lab server");
    server.url = QStringLiteral("https://omni.lab.example:8000/v1");
    view_.setServers({server});
    view_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&view_));
    int tests = 0;
    QObject::connect(&view_, &ModelsView::serverTestRequested, [&] { ++tests; });
    named("Test Lab server")->setFocus();
    named("Test Lab server")->click();
    server.testing = true;
    view_.setServers({server});
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), "Test Lab server");
    named("Test Lab server")->click();
    EXPECT_EQ(tests, 1) << "one test at a time";

    named("Verify, Whisper base")->setFocus();
    view_.setCatalogue(
        {row("whisper", "Whisper base", ModelState::Checking),
         row("minilm", "all-MiniLM-L6-v2", ModelState::Missing)});
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), "Cancel, Whisper base");
}

TEST_F(ModelsViewTest, ThePageStandsStillWhereASwitchIsPressed)
{
    OwnModelRow own;
    own.path = QStringLiteral("/models/nano");
    own.name = QStringLiteral("nano");
    view_.setOwnModels({own});
    EngineTestState test;
    test.possible = true; // there is something below that could take the focus
    view_.setEngineTest(test);
    view_.resize(936, 420);
    view_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&view_));
    QApplication::processEvents();
    const QScrollBar* bar = view_.findChild<QScrollArea*>()->verticalScrollBar();
    ASSERT_GT(bar->maximum(), 20);
    const int stood = bar->value();
    named("Let nano answer")->setFocus();
    own.on = true;
    view_.setOwnModels({own});
    QApplication::processEvents();
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), "Let nano answer");
    EXPECT_EQ(bar->value(), stood);

    named("Let nano write answers in its own words")->setFocus();
    own.writes = true;
    view_.setOwnModels({own});
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), "Let nano write no answers");
}

TEST_F(ModelsViewTest, AnAddressThatIsNoneIsRefusedInPlace)
{
    QString added;
    QObject::connect(&view_, &ModelsView::serverAdded, [&](const QString&, const QString& url) {
        added = url;
    });
    button(view_, "Add a server…")->click();
    QApplication::processEvents();
    QLineEdit* url = nullptr;
    for (auto* field : view_.findChildren<QLineEdit*>())
        if (field->accessibleName() == "Address of the server") url = field;
    ASSERT_NE(url, nullptr);
    url->setText("omni.lab.example");
    button(view_, "Add")->click();
    EXPECT_TRUE(added.isEmpty());
    url->setText("https://omni.lab.example:8000/v1");
    button(view_, "Add")->click();
    EXPECT_EQ(added, "https://omni.lab.example:8000/v1");
}

TEST_F(ModelsViewTest, TheEngineTestStreamsAndStops)
{
    EngineTestState state;
    state.possible = true;
    view_.setEngineTest(state);
    QString prompt;
    int stops = 0;
    QObject::connect(&view_, &ModelsView::testRequested, [&](const QString& text) {
        prompt = text;
    });
    QObject::connect(&view_, &ModelsView::testStopped, [&] { ++stops; });
    for (auto* field : view_.findChildren<QLineEdit*>())
        if (field->accessibleName() == "Prompt of the engine test") field->setText("The harbour");
    named("Run the engine test")->click();
    EXPECT_EQ(prompt, "The harbour");
    state.running = true;
    view_.setEngineTest(state);
    view_.appendTestText("was ");
    view_.appendTestText("quiet.");
    EXPECT_TRUE(view_.escape());
    EXPECT_EQ(stops, 1);
}

TEST_F(ModelsViewTest, EveryControlHasAName)
{
    ServerRow server;
    server.name = QStringLiteral("Lab");
    server.url = QStringLiteral("https://lab.example/v1");
    view_.setServers({server});
    button(view_, "Add a server…")->click();
    QApplication::processEvents();
    EXPECT_THAT(ui_test::namelessControls(view_), testing::IsEmpty());
}

} // namespace
} // namespace ui
