#include "app/desktop/app_sentences.h"
#include "tests/support/temporary_folder.h"
#include "ui/translations/translations.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>
#include <regex>
#include <set>
#include <vector>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

/// Folders whose errors reach the window. What percept-reader and percept-cli say among programs
/// (protocols, hand-over) is for their logs; the engine's words about the inside of model files
/// stay English.
constexpr const char* kSaying[] = {"app", "capture", "storage", "base"};
constexpr const char* kForPrograms[] =
    {"app/cli/", "app/desktop/", "app/handover/", "capture/reader/protocol"};

/// The arguments of a call whose parenthesis opens before `from`.
std::vector<std::string> arguments(const std::string& code, std::size_t from)
{
    std::vector<std::string> found(1);
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = from; i < code.size(); ++i) {
        const char c = code[i];
        if (quoted) {
            found.back() += c;
            if (c == '\\')
                found.back() += code[++i];
            else if (c == '"')
                quoted = false;
            continue;
        }
        if (c == '"') quoted = true;
        if (c == '(' || c == '{' || c == '[') ++depth;
        if (c == ')' || c == '}' || c == ']')
            if (--depth < 0) return found;
        if (c == ',' && depth == 0)
            found.emplace_back();
        else
            found.back() += c;
    }
    return found;
}

/// "fmt::format("No {}.", x)" and ""No " + x + "."" as "No %1."; empty where no words stand there,
/// or more than one sentence to choose from.
std::string form(const std::string& argument)
{
    static const std::regex literal{R"re("((?:[^"\\]|\\.)*)")re"};
    static const std::regex value{R"re([A-Za-z_][\w.]*)re"};
    const bool formatted = argument.find("fmt::format(") != std::string::npos;
    std::string made;
    std::size_t end = 0;
    for (std::sregex_iterator it{argument.begin(), argument.end(), literal}, none; it != none;
         ++it) {
        const auto at = static_cast<std::size_t>(it->position());
        const std::string between = argument.substr(end, at - end);
        if (formatted && end > 0 && between.find(',') != std::string::npos) break; // a value's
        if (!formatted && between.find('?') != std::string::npos) return {};
        if (!formatted && between.find('+') != std::string::npos) made += "{}";
        made += (*it)[1];
        end = at + static_cast<std::size_t>(it->length());
    }
    if (!formatted && argument.find('+', end) != std::string::npos) made += "{}";
    int number = 0;
    std::string numbered;
    for (std::size_t i = 0; i < made.size(); ++i) {
        if (made[i] == '{') {
            i = made.find('}', i);
            numbered += '%' + std::to_string(++number);
        } else {
            if (made[i] == '\\') ++i;
            numbered += made[i];
        }
    }
    return numbered;
}

bool isForPrograms(const std::string& file)
{
    return std::ranges::any_of(kForPrograms, [&](const char* part) {
        return file.starts_with(part);
    });
}

std::set<std::string> saidInCode()
{
    std::set<std::string> said;
    const fs::path tree = PERCEPT_SOURCE_DIR;
    static const std::regex call{R"(\bfail\(|\bError\{)"};
    for (const char* folder : kSaying) {
        for (const auto& entry : fs::recursive_directory_iterator{tree / folder}) {
            const std::string file = fs::relative(entry.path(), tree).string();
            if (entry.path().extension() != ".cpp" || isForPrograms(file)) continue;
            const std::string code = support::read_file(entry.path());
            for (std::sregex_iterator it{code.begin(), code.end(), call}, none; it != none; ++it) {
                auto given =
                    arguments(code, static_cast<std::size_t>(it->position() + it->length()));
                for (std::size_t i = 1; i < given.size(); ++i) said.insert(form(given[i]));
            }
        }
    }
    said.erase("");
    return said;
}

TEST(AppSentences, EveryErrorOfAppIsKnown)
{
    const auto known = appSentences();
    const std::set<std::string> forms(known.begin(), known.end());
    EXPECT_EQ(forms.size(), known.size()) << "one stands there twice";
    std::string missing;
    const auto said = saidInCode();
    for (const std::string& sentence : said)
        if (!forms.contains(sentence)) missing += "\n  " + sentence;
    EXPECT_EQ(missing, "") << "app/desktop/app_sentence_list.cpp, then update_translations";
    EXPECT_GT(said.size(), 150U) << "the code was not found";
}

class InGerman : public testing::Test {
protected:
    void SetUp() override { ui::installTranslations(QLocale(QLocale::German)); }
    void TearDown() override
    {
        const auto all = QCoreApplication::instance()->findChildren<QTranslator*>();
        for (QTranslator* translator : all) delete translator;
    }
};

TEST(AppSentences, StayAsTheyAreInEnglish)
{
    EXPECT_EQ(translated(std::string("There is no session 7.")), "There is no session 7.");
}

TEST_F(InGerman, WhatWasPutInIsKept)
{
    EXPECT_EQ(translated(std::string("There is no session 7.")), "Es gibt keine Sitzung 7.");
    EXPECT_EQ(
        translated(std::string("Source 3 is in session 2, not in session 9.")),
        "Quelle 3 gehört zu Sitzung 2, nicht zu Sitzung 9.");
    EXPECT_EQ(
        translated(std::string("%1 and %2.pdf is empty.")),
        QString::fromUtf8("%1 and %2.pdf ist leer."));
}

TEST_F(InGerman, ASentenceInASentenceIsTranslatedToo)
{
    EXPECT_EQ(
        translated(std::string("Page 3 could not be read: a.pdf has no page 3.")),
        "Seite 3 ließ sich nicht lesen: a.pdf hat keine Seite 3.");
}

TEST_F(InGerman, WhatNobodyKnowsStays)
{
    EXPECT_EQ(translated(std::string("The pump runs.")), "The pump runs.");
    EXPECT_EQ(translated(std::string()), "");
}

} // namespace
} // namespace app::desktop
