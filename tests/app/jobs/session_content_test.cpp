#include "app/session_content.h"

#include "app/summary_moves.h"
#include "tests/storage/library_fixture.h"

#include <gmock/gmock.h>

using storage_test::must;
using testing::HasSubstr;

namespace {

constexpr const char* kMinutes =
    R"({"title":"Minutes","sections":[)"
    R"({"name":"Decisions","list":"decisions","items":[)"
    R"({"text":"Ana buys it.","citations":[{"source":1,"page":null,"start_s":20.0}]},)"
    R"({"text":"We stop.","citations":[{"source":1,"page":null,"start_s":30.0}]}]},)"
    R"({"name":"Actions","list":"actions","items":[)"
    R"({"text":"Ben calls.","citations":[{"source":1,"page":null,"start_s":10.0}]},)"
    R"({"text":"Cem writes.","citations":[{"source":1,"page":null,"start_s":40.0}]}]}]})";

storage::ItemMove move_of(const std::string& quote, double start_s)
{
    storage::ItemMove move;
    move.source = 1;
    move.start_s = start_s;
    move.quote = quote;
    move.from = "decisions";
    move.to = "actions";
    return move;
}

class SessionContentTest : public storage_test::LibraryTest {};

} // namespace

// An export said where the summary had put a line, not where the user did.
TEST_F(SessionContentTest, ASummaryHasItsLinesWhereTheUserPutThem)
{
    const auto session = must(library().create_session("S"));
    const auto source = add_source(session, "talk.wav", "sound");
    ASSERT_EQ(source, 1);
    must(library().add_artifact({0, session, "minutes", kMinutes, {}}));
    auto move = move_of("Ana buys it.", 20);
    move.session = session;
    must(library().move_item(move));

    const auto content = must(app::load_session_content(library(), session));

    ASSERT_EQ(content.artifacts.size(), 1U);
    EXPECT_EQ(
        content.artifacts[0].json,
        R"({"title":"Minutes","sections":[)"
        R"({"name":"Decisions","list":"decisions","items":[)"
        R"({"text":"We stop.","citations":[{"source":1,"page":null,"start_s":30.0}]}]},)"
        R"({"name":"Actions","list":"actions","items":[)"
        R"({"text":"Ben calls.","citations":[{"source":1,"page":null,"start_s":10.0}]},)"
        R"({"text":"Ana buys it.","citations":[{"source":1,"page":null,"start_s":20.0}]},)"
        R"({"text":"Cem writes.","citations":[{"source":1,"page":null,"start_s":40.0}]}]}]})");
    EXPECT_EQ(must(library().artifacts(session)).at(0).json, kMinutes) << "what was made stays";
}

TEST(WithMovesTest, OnlyTheLineThatIsMeantMovesAndOnlyOnce)
{
    const std::vector<storage::ItemMove> none_fits{
        move_of("Ana buys it.", 21),
        move_of("Somebody buys it.", 20)};
    EXPECT_EQ(app::with_moves(kMinutes, none_fits), kMinutes);
    const std::vector<storage::ItemMove> twice{
        move_of("Ana buys it.", 20),
        move_of("Ana buys it.", 20)};
    EXPECT_EQ(
        app::with_moves(app::with_moves(kMinutes, twice), twice),
        app::with_moves(kMinutes, twice));
    EXPECT_THAT(app::with_moves(kMinutes, twice), HasSubstr("Ana buys it."));
    EXPECT_EQ(app::with_moves("not json", twice), "not json");
    EXPECT_EQ(
        app::with_moves(R"({"sections":[1,{"list":"actions"}]})", twice),
        R"({"sections":[1,{"list":"actions"}]})");
}
