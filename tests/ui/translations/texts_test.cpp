#include "tests/ui/translations/ts_file.h"

#include <gmock/gmock.h>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <set>

namespace ui_test {
namespace {

const QString kFolder = QStringLiteral(PERCEPT_SOURCE_DIR "/resources/translations/");

/// %1, %n … in the order of their names.
QStringList placeholders(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%(?:L?[0-9]|n)"));
    QStringList found;
    for (auto it = place.globalMatch(text); it.hasNext();) found << it.next().captured();
    found.sort();
    return found;
}

int mnemonics(const QString& text)
{
    static const QRegularExpression mark(QStringLiteral("&[^& ]"));
    return static_cast<int>(text.count(mark));
}

std::set<QString> keys(const std::vector<Message>& messages, bool counted_only)
{
    std::set<QString> found;
    for (const Message& message : messages) {
        if (message.counted || !counted_only) found.insert(message.key());
    }
    return found;
}

std::string list(const std::set<QString>& from, const std::set<QString>& without)
{
    std::string lines;
    for (const QString& key : from) {
        if (!without.contains(key)) lines += "\n  " + key.toStdString();
    }
    return lines;
}

class TextsTest : public testing::TestWithParam<const char*> {
protected:
    std::vector<Message> texts_ = readTexts(kFolder + GetParam());
};

TEST_P(TextsTest, EveryMessageIsFinishedWithItsPluralForms)
{
    ASSERT_FALSE(texts_.empty());
    for (const Message& message : texts_) {
        EXPECT_TRUE(message.finished) << message.key().toStdString();
        EXPECT_EQ(message.translations.size(), message.counted ? 2 : 1)
            << message.key().toStdString();
    }
}

TEST_P(TextsTest, WhatIsFilledInAgreesWithTheSource)
{
    for (const Message& message : texts_) {
        for (const QString& text : message.translations) {
            const std::string both = message.source.toStdString() + " -> " + text.toStdString();
            EXPECT_FALSE(text.isEmpty()) << both;
            EXPECT_EQ(placeholders(text), placeholders(message.source)) << both;
            EXPECT_EQ(mnemonics(text), mnemonics(message.source)) << both;
            EXPECT_EQ(text.endsWith(u'…'), message.source.endsWith(u'…')) << both;
            EXPECT_EQ(text.startsWith(u' '), message.source.startsWith(u' ')) << both;
            EXPECT_EQ(text.endsWith(u' '), message.source.endsWith(u' ')) << both;
            EXPECT_FALSE(text.contains(u'!')) << both;
        }
    }
}

TEST_P(TextsTest, NothingIsMissingAndNothingIsLeftOver)
{
    const auto fresh = freshTexts();
    if (!fresh) GTEST_SKIP() << "lupdate is not installed; qt6-l10n-tools has it";
    const bool counted_only = std::string_view(GetParam()) == "percept_en.ts";
    const std::set<QString> wanted = keys(*fresh, counted_only);
    const std::set<QString> known = keys(texts_, false);
    EXPECT_EQ(list(wanted, known), "") << "cmake --build build --target update_translations";
    EXPECT_EQ(list(known, wanted), "") << "cmake --build build --target update_translations";
}

INSTANTIATE_TEST_SUITE_P(
    Languages,
    TextsTest,
    testing::Values("percept_de.ts", "percept_en.ts"),
    [](const auto& param) { return std::string(param.param, 8, 2); });

/// A text under another context than the program asks for is never found.
TEST(Contexts, AreThoseOfTheFolder)
{
    const auto fresh = freshTexts();
    if (!fresh) GTEST_SKIP() << "lupdate is not installed; qt6-l10n-tools has it";
    for (const Message& message : *fresh) {
        if (message.context.startsWith(u'Q')) continue; // Qt's own classes
        for (const QString& file : message.files) {
            const QString space = file.contains("app/desktop/") ? "app::desktop" : "ui";
            EXPECT_TRUE(message.context == space || message.context.startsWith(space + "::"))
                << file.toStdString() << ": " << message.key().toStdString();
        }
    }
}

TEST(Contexts, OfHelpersAreThoseThatLupdateGives)
{
    std::set<QString> known;
    for (const Message& message : readTexts(kFolder + "percept_de.ts"))
        known.insert(message.context);
    static const QRegularExpression call(QStringLiteral(R"re(translate\(\s*"([^"]*)")re"));
    int helpers = 0;
    for (const char* part : {"/ui", "/app/desktop"}) {
        QDirIterator files(
            QStringLiteral(PERCEPT_SOURCE_DIR) + part,
            {"*.cpp", "*.h"},
            QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            ASSERT_TRUE(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (auto it = call.globalMatch(text); it.hasNext(); ++helpers) {
                const QString context = it.next().captured(1);
                EXPECT_TRUE(known.contains(context))
                    << file.fileName().toStdString() << ": " << context.toStdString();
            }
        }
    }
    EXPECT_GT(helpers, 0);
}

/// The same keys in the same steps, so that no task of the guide is lost in German.
TEST(Guide, GermanPagesNameTheSameKeys)
{
    const QDir english(QStringLiteral(PERCEPT_SOURCE_DIR "/resources/help/en"));
    const QDir german(QStringLiteral(PERCEPT_SOURCE_DIR "/resources/help/de"));
    const QStringList names = english.entryList({"*.md"}, QDir::Files, QDir::Name);
    ASSERT_FALSE(names.isEmpty());
    EXPECT_EQ(german.entryList({"*.md"}, QDir::Files, QDir::Name), names);
    static const QRegularExpression key(QStringLiteral(R"(\{\{[\w.]+\}\})"));
    for (const QString& name : names) {
        std::vector<QStringList> keys;
        std::vector<qsizetype> items;
        for (const QDir& folder : {english, german}) {
            QFile file(folder.filePath(name));
            ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
            const QString text = QString::fromUtf8(file.readAll());
            QStringList found;
            for (auto it = key.globalMatch(text); it.hasNext();) found << it.next().captured();
            keys.push_back(found);
            items.push_back(text.count("\n- "));
        }
        EXPECT_EQ(keys[0], keys[1]) << name.toStdString();
        EXPECT_EQ(items[0], items[1]) << name.toStdString();
    }
}

} // namespace
} // namespace ui_test
