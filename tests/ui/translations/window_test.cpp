#include "tests/ui/translations/ts_file.h"
#include "ui/ask/ask_view.h"
#include "ui/evidence/evidence_pane.h"
#include "ui/frame/main_window.h"
#include "ui/frame/rail.h"
#include "ui/help/guide.h"
#include "ui/library/library_view.h"
#include "ui/models/models_view.h"
#include "ui/recording/recording_view.h"
#include "ui/settings/settings_view.h"
#include "ui/start/start_view.h"
#include "ui/theme/theme.h"
#include "ui/translations/translations.h"

#include <gmock/gmock.h>
#include <map>
#include <QAbstractButton>
#include <QApplication>
#include <QFontMetrics>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTranslator>

namespace ui_test {
namespace {

const QString kGerman = QStringLiteral(PERCEPT_SOURCE_DIR "/resources/translations/percept_de.ts");

/// English texts that never stand in the German window.
std::map<QString, QString> englishTexts()
{
    std::map<QString, QString> found;
    for (const Message& message : readTexts(kGerman)) {
        if (message.translations.front() != message.source)
            found.emplace(message.source, message.translations.front());
    }
    for (const Message& message : readTexts(kGerman)) found.erase(message.translations.front());
    return found;
}

/// The whole window in German, made once: translators are installed before the first widget.
class GermanWindow : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        ui::installTranslations(QLocale());
    }
    static void TearDownTestSuite()
    {
        QLocale::setDefault(QLocale::c());
        for (QTranslator* translator : qApp->findChildren<QTranslator*>())
            QCoreApplication::removeTranslator(translator);
    }

    GermanWindow()
    {
        const auto word = [](const char* text) {
            return QCoreApplication::translate("app::desktop::Window", text);
        };
        window_.addView(ui::kAskView, word("Ask"), "message-square-text", new ui::AskView);
        window_.addView(ui::kLibraryView, word("Library"), "library", new ui::LibraryView);
        window_.addView(ui::kModelsView, word("Models"), "box", new ui::ModelsView);
        settings_ = new ui::SettingsView(window_.actions());
        window_.addView(ui::kSettingsView, word("Settings"), "settings", settings_);
        window_.addHiddenView(kStart, new ui::StartView, ui::kAskView);
        window_.addHiddenView(kRecording, new ui::recording::RecordingView, ui::kLibraryView);
        window_.setEvidence(new ui::EvidencePane);
        window_.resize(1000, 640);
        window_.show();
        QApplication::processEvents();
    }

    void show(int view)
    {
        window_.showView(view);
        QApplication::processEvents();
        ASSERT_EQ(window_.currentView(), view);
    }

    static constexpr int kStart = 21;
    static constexpr int kRecording = 20;
    ui::MainWindow window_;
    ui::SettingsView* settings_;
};

TEST_F(GermanWindow, HasNoEnglishWidget)
{
    const auto english = englishTexts();
    ASSERT_GT(english.size(), 500U);
    int german = 0;
    const auto look = [&](const QObject* where, const QString& text) {
        const auto found = english.find(text);
        if (found != english.end()) {
            ADD_FAILURE() << where->metaObject()->className() << ": " << text.toStdString()
                          << ", not " << found->second.toStdString();
        } else if (!text.isEmpty()) {
            ++german;
        }
    };
    for (const QWidget* widget : window_.findChildren<QWidget*>()) {
        look(widget, widget->accessibleName());
        look(widget, widget->toolTip());
        if (const auto* label = qobject_cast<const QLabel*>(widget)) look(label, label->text());
        if (const auto* press = qobject_cast<const QAbstractButton*>(widget))
            look(press, press->text());
        if (const auto* field = qobject_cast<const QLineEdit*>(widget))
            look(field, field->placeholderText());
    }
    for (const QAction* action : window_.findChildren<QAction*>()) look(action, action->text());
    EXPECT_GT(german, 200);
}

TEST_F(GermanWindow, SaysWhatItIsInGerman)
{
    EXPECT_EQ(window_.actions()["files.open"]->text(), QStringLiteral("&Dateien öffnen…"));
    QStringList words;
    for (const auto* press : window_.rail().findChildren<QAbstractButton*>())
        words << press->text();
    EXPECT_EQ(
        window_.actions()["edit.paste"]->shortcut().toString(QKeySequence::NativeText),
        "Strg+Umschalt+V");
    EXPECT_THAT(
        words,
        testing::UnorderedElementsAre("Fragen", "Bibliothek", "Modelle", "Optionen"));
}

TEST_F(GermanWindow, EveryMenuLetterIsThereOnce)
{
    const auto letters = [](const QList<QAction*>& actions) {
        QStringList found;
        for (const QAction* action : actions) {
            const QString text = action->text();
            const auto at = text.indexOf(u'&');
            if (at >= 0) found << text.mid(at + 1, 1).toLower();
        }
        return found;
    };
    const auto once = [](QStringList found, const QString& where) {
        const QString all = found.join(u' ');
        EXPECT_EQ(found.removeDuplicates(), 0) << where.toStdString() << ": " << all.toStdString();
    };
    const QList<QAction*> menus = window_.menuBar()->actions();
    ASSERT_GE(menus.size(), 6);
    once(letters(menus), "menu bar");
    for (QAction* menu : menus) {
        ASSERT_NE(menu->menu(), nullptr);
        Q_EMIT menu->menu()->aboutToShow();
        once(letters(menu->menu()->actions()), menu->text());
    }
}

TEST_F(GermanWindow, RailShowsWholeWords)
{
    QFont font = ui::theme::font(ui::theme::Step::Caption, true);
    font.setLetterSpacing(QFont::PercentageSpacing, 94); // as close as the rail sets a long word
    const QFontMetrics metrics(font);
    for (const auto* press : window_.rail().findChildren<QAbstractButton*>())
        EXPECT_LE(metrics.horizontalAdvance(press->text()), press->width() - 2)
            << press->text().toStdString();
}

TEST_F(GermanWindow, ButtonsShowWholeWordsInASmallWindow)
{
    for (const int view :
         {int{ui::kAskView}, int{ui::kLibraryView}, int{ui::kModelsView}, kStart, kRecording}) {
        show(view);
        int seen = 0;
        for (const auto* press : window_.findChildren<QAbstractButton*>()) {
            if (!press->isVisible() || press->text().isEmpty()) continue;
            ++seen;
            EXPECT_GE(press->width(), std::min(press->sizeHint().width(), press->maximumWidth()))
                << view << ": " << press->text().toStdString();
            const QRect place(press->mapTo(&window_, QPoint(0, 0)), press->size());
            EXPECT_LE(place.right(), window_.width()) << press->text().toStdString();
        }
        EXPECT_GT(seen, 3);
    }
}

TEST_F(GermanWindow, SettingsShowWholeWordsInASmallWindow)
{
    show(ui::kSettingsView);
    for (int section = 0; section < ui::SettingsView::kSections; ++section) {
        settings_->showSection(static_cast<ui::SettingsView::Section>(section));
        QApplication::processEvents();
        for (const auto* press : settings_->findChildren<QAbstractButton*>()) {
            if (!press->isVisible() || press->text().isEmpty()) continue;
            EXPECT_GE(press->width(), std::min(press->sizeHint().width(), press->maximumWidth()))
                << section << ": " << press->text().toStdString();
        }
        for (const auto* label : settings_->findChildren<QLabel*>()) {
            if (!label->isVisible() || label->wordWrap() || label->text().isEmpty()) continue;
            EXPECT_GE(label->width(), label->minimumSizeHint().width())
                << section << ": " << label->text().toStdString();
        }
    }
}

TEST_F(GermanWindow, PluralsAndTheGuideFollow)
{
    const auto pages = [](int n) {
        return QCoreApplication::translate("ui::HelpView", "%n pages", nullptr, n);
    };
    EXPECT_EQ(pages(1), "1 Seite");
    EXPECT_EQ(pages(3), "3 Seiten");
    const auto guide = ui::guidePages();
    ASSERT_EQ(guide.size(), 9U);
    EXPECT_EQ(guide.front().title, "Eine erste Antwort");
    for (const auto& page : guide)
        EXPECT_TRUE(page.markdown.contains(QStringLiteral(" die "))) << page.id.toStdString();
}

TEST(Translations, OfAnotherLanguageAreEnglishWithPlurals)
{
    ui::installTranslations(QLocale(QLocale::Finnish));
    const auto pages = [](int n) {
        return QCoreApplication::translate("ui::HelpView", "%n pages", nullptr, n);
    };
    EXPECT_EQ(pages(1), "1 page");
    EXPECT_EQ(pages(2), "2 pages");
    for (QTranslator* translator : qApp->findChildren<QTranslator*>())
        QCoreApplication::removeTranslator(translator);
}

} // namespace
} // namespace ui_test
