#include "capture/reader/text_quality.h"

#include <gtest/gtest.h>

using capture::reader::is_garbage;
using capture::reader::measure_text;

namespace {

const char* const kEnglish =
    "The ferry to the island leaves every morning at half past seven, and tickets are sold "
    "on board. Dogs travel free of charge but must be kept on a lead all the time.";

std::string shifted(std::string text, int by)
{
    for (char& c : text) {
        if (c != ' ') c = static_cast<char>(c + by);
    }
    return text;
}

bool garbage(std::string_view text)
{
    return is_garbage(measure_text(text));
}

} // namespace

TEST(TextQualityTest, BelievesLanguages)
{
    EXPECT_FALSE(garbage(kEnglish));
    EXPECT_FALSE(garbage(
        "Die Fähre zur Insel fährt jeden Morgen um halb acht, und die Fahrkarten werden an Bord "
        "verkauft. Hunde fahren kostenlos mit, müssen aber an der Leine bleiben."));
    EXPECT_FALSE(
        garbage("Prom na wyspę odpływa codziennie rano o wpół do ósmej, a bilety sprzedawane są na "
                "pokładzie. Psy podróżują bezpłatnie, ale muszą być trzymane na smyczy."));
    EXPECT_FALSE(garbage(
        "Паром на остров отправляется каждое утро в половине восьмого, b'! b'! b'! control"));
    EXPECT_FALSE(garbage(
        "前往岛屿的渡轮每天早上七点半出发，船上出售船票。狗可以免费乘坐，但必须用皮带牵着。"));
    EXPECT_FALSE(garbage(
        "for (int i = 0; i < count; ++i) { total += values[i] * weights[i]; } return total; "
        "static void print_all(const Table& table, FILE* out);"));
    EXPECT_FALSE(garbage("12.4 17.9 33.1 2024 2025 2026 EUR USD"));
}

TEST(TextQualityTest, DoubtsShiftedAndUnmappedCharacters)
{
    EXPECT_TRUE(garbage(shifted(kEnglish, 3)));
    EXPECT_TRUE(garbage(shifted(kEnglish, -29)));
    std::string unmapped;
    for (int i = 0; i < 30; ++i)
        unmapped += "\xEF\x80\xA1\xEF\xBF\xBD "; // private use, replacement
    EXPECT_TRUE(garbage(unmapped));
    EXPECT_TRUE(garbage("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"));
}
