#include "ui/settings/settings_view.h"

#include "tests/ui/pictures.h"
#include "ui/frame/actions.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"

#include <gmock/gmock.h>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QListWidget>
#include <QTableWidget>
#include <tuple>

using ui_test::button;

namespace ui {
namespace {

class SettingsViewTest : public testing::Test {
protected:
    SettingsViewTest()
    {
        theme::apply(theme::Appearance::Light);
        addAllActions(actions_);
        view_ = std::make_unique<SettingsView>(actions_);
        auto* row = new QHBoxLayout(&window_);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(0);
        view_->listPane()->setFixedWidth(theme::kList_px);
        row->addWidget(view_->listPane());
        row->addWidget(view_.get(), 1);
        StorageState storage;
        storage.place = QStringLiteral("/home/ada/.local/share/percept");
        storage.kinds = {
            {QStringLiteral("Recordings"), 2'300'000'000},
            {QStringLiteral("PDF documents"), 310'000'000}};
        storage.total_bytes = 2'610'000'000;
        storage.free_bytes = 398'000'000'000;
        view_->storage()->setStorage(storage);
        LanguagesState languages;
        languages.ocr = {{"deu", "German", false}, {"eng", "English", true}};
        languages.speech_choices = {{"", "Detected"}, {"en", "English"}};
        view_->languages()->setLanguages(languages);
        EngineState engine;
        engine.most_threads = 8;
        engine.devices = {{"auto", "Automatic"}, {"cpu", "Processor"}};
        view_->engine()->setEngine(engine);
        view_->about()->setAbout({"0.1.0", {"Percept: Apache License 2.0"}});
        window_.resize(1216, 772);
        window_.show();
        QApplication::processEvents();
    }
    ~SettingsViewTest() override { std::ignore = view_.release(); } // the window's
    QWidget window_;
    Actions actions_{&window_};
    std::unique_ptr<SettingsView> view_;
};

TEST_F(SettingsViewTest, AppearanceIsChosenAtOnce)
{
    theme::Appearance chosen = theme::Appearance::System;
    QObject::connect(
        view_->appearance(),
        &AppearancePage::appearanceChosen,
        [&](theme::Appearance a) { chosen = a; });
    button(*view_, "Dark")->click();
    EXPECT_EQ(chosen, theme::Appearance::Dark);
}

TEST_F(SettingsViewTest, ASettingIsFoundByItsWordsAndTakesTheFocus)
{
    auto* search = view_->findChild<SearchField*>();
    search->setText("threads");
    QApplication::processEvents();
    SectionedList* found = nullptr;
    for (auto* list : view_->findChildren<SectionedList*>())
        if (list->accessibleName() == "Settings found") found = list;
    ASSERT_NE(found, nullptr);
    ASSERT_EQ(found->model()->rowCount(), 1);
    Q_EMIT found->chosen(found->model()->index(0, 0));
    EXPECT_EQ(view_->section(), SettingsView::kEngine);
    EXPECT_TRUE(search->text().isEmpty());
}

TEST_F(SettingsViewTest, AKeyThatIsTakenMovesAndSaysFromWhere)
{
    QHash<QString, QKeySequence> keys;
    QObject::connect(view_->keys(), &KeysPage::keysChosen, [&](const auto& now) {
        keys = now;
        view_->keys()->setKeys(now); // as it comes back once it is kept
    });
    view_->showSection(SettingsView::kKeys);
    auto* table = view_->keys()->findChild<QTableWidget*>();
    int session_new = -1;
    for (int i = 0; i < table->rowCount(); ++i)
        if (table->item(i, 0)->data(Qt::UserRole).toString() == "session.new") session_new = i;
    ASSERT_GE(session_new, 0);
    table->setCurrentCell(session_new, 0);
    auto* editor = view_->keys()->findChild<QKeySequenceEdit*>();
    editor->setKeySequence(QKeySequence("Ctrl+O")); // of files.open
    Q_EMIT editor->editingFinished();
    EXPECT_EQ(keys.value("session.new"), QKeySequence("Ctrl+O"));
    ASSERT_TRUE(keys.contains("files.open"));
    EXPECT_TRUE(keys.value("files.open").isEmpty());
    QStringList texts;
    for (const auto* label : view_->keys()->findChildren<QLabel*>()) texts << label->text();
    EXPECT_THAT(texts.join(u'\n').toStdString(), testing::HasSubstr("which has none now"));
    button(*view_, "Reset all keys")->click();
    EXPECT_TRUE(keys.isEmpty());
}

TEST_F(SettingsViewTest, TheLastOcrLanguageStays)
{
    QStringList codes;
    QObject::connect(view_->languages(), &LanguagesPage::ocrChosen, [&](const QStringList& now) {
        codes = now;
    });
    auto* list = view_->languages()->findChild<QListWidget*>();
    list->setCurrentRow(0);
    list->item(0)->setCheckState(Qt::Checked);
    EXPECT_EQ(codes, (QStringList{"deu", "eng"}));
    list->setCurrentRow(1);
    list->item(1)->setCheckState(Qt::Unchecked);
    EXPECT_EQ(codes, QStringList{"deu"});
    list->setCurrentRow(0);
    list->item(0)->setCheckState(Qt::Unchecked);
    EXPECT_EQ(list->item(0)->checkState(), Qt::Checked);
    EXPECT_EQ(codes, QStringList{"deu"});
}

TEST_F(SettingsViewTest, AMoveShowsItsProgressAndEndsWithTheWayOn)
{
    view_->showSection(SettingsView::kStorage);
    StorageJob job;
    job.kind = StorageJob::Kind::Move;
    job.running = true;
    job.share = 0.4;
    job.left_s = 20;
    view_->storage()->setJob(job);
    QApplication::processEvents();
    EXPECT_FALSE(button(*view_, "Move…")->isEnabled());
    int cancels = 0;
    QObject::connect(view_->storage(), &StoragePage::cancelRequested, [&] { ++cancels; });
    ASSERT_NE(button(*view_, "Cancel"), nullptr);
    button(*view_, "Cancel")->click();
    EXPECT_EQ(cancels, 1);
    ui_test::takePictures(window_, "settings-storage", {{1216, 772}, {936, 612}});

    StorageState moved;
    moved.place = QStringLiteral("/old");
    moved.moved_to = QStringLiteral("/new");
    job.running = false;
    view_->storage()->setJob(job);
    view_->storage()->setStorage(moved);
    QApplication::processEvents();
    int restarts = 0;
    QObject::connect(view_->storage(), &StoragePage::restartRequested, [&] { ++restarts; });
    ASSERT_NE(button(*view_, "Start again"), nullptr);
    button(*view_, "Start again")->click();
    EXPECT_EQ(restarts, 1);
}

TEST_F(SettingsViewTest, PrivacyTellsEveryHostAndDeletesOnlyAfterAQuestion)
{
    view_->showSection(SettingsView::kPrivacy);
    PrivacyState state;
    state.hosts = {
        {"huggingface.co", "model files", 2'100, 340'000'000, "09:02", false},
        {"lab.example", "questions and passages", 5'300, 9'000, "09:05", true}};
    view_->privacy()->setPrivacy(state);
    button(*view_, "Show the list")->click();
    QApplication::processEvents();
    auto* table = view_->privacy()->findChild<QTableWidget*>();
    ASSERT_TRUE(table->isVisible());
    EXPECT_EQ(table->rowCount(), 2);
    std::optional<bool> deletes;
    QObject::connect(view_->privacy(), &PrivacyPage::deleteAllRequested, [&](bool models) {
        deletes = models;
    });
    ui_test::takePictures(window_, "settings-privacy", {{1216, 772}, {936, 612}});
    button(*view_, "Delete all…")->click();
    EXPECT_FALSE(deletes);
    EXPECT_TRUE(view_->escape());
    EXPECT_FALSE(view_->escape());
    button(*view_, "Delete all…")->click();
    button(*view_, "Delete everything and quit")->click();
    ASSERT_TRUE(deletes);
    EXPECT_FALSE(*deletes);
}

TEST_F(SettingsViewTest, EveryControlOfEverySectionHasAName)
{
    for (int section = 0; section < SettingsView::kSections; ++section) {
        view_->showSection(static_cast<SettingsView::Section>(section));
        QApplication::processEvents();
        EXPECT_THAT(ui_test::namelessControls(window_), testing::IsEmpty()) << section;
        ui_test::takePictures(window_, QStringLiteral("settings-%1").arg(section), {{1216, 772}});
    }
}

} // namespace
} // namespace ui
