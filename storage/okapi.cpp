#include "storage/okapi.h"

#include <array>
#include <sqlite3.h>

namespace storage {
namespace {

constexpr double kK1 = 1.2;
constexpr double kB = 0.75;
constexpr int kMaxPhrases = 128;

void okapi(
    const Fts5ExtensionApi* api,
    Fts5Context* row,
    sqlite3_context* context,
    int weights,
    sqlite3_value** weight)
{
    sqlite3_int64 rows = 0;
    sqlite3_int64 tokens = 0;
    int length = 0;
    int hits = 0;
    int code = api->xRowCount(row, &rows);
    if (code == SQLITE_OK) code = api->xColumnTotalSize(row, -1, &tokens);
    if (code == SQLITE_OK) code = api->xColumnSize(row, -1, &length);
    if (code == SQLITE_OK) code = api->xInstCount(row, &hits);
    std::array<int, kMaxPhrases> counts = {};
    for (int i = 0; code == SQLITE_OK && i < hits; ++i) {
        int phrase = 0;
        int column = 0;
        int offset = 0;
        code = api->xInst(row, i, &phrase, &column, &offset);
        if (code == SQLITE_OK && phrase >= 0 && phrase < kMaxPhrases)
            ++counts[static_cast<std::size_t>(phrase)];
    }
    if (code != SQLITE_OK) {
        sqlite3_result_error_code(context, code);
        return;
    }
    const double average = tokens > 0 ? static_cast<double>(tokens) / static_cast<double>(rows) : 1;
    const double norm = kK1 * (1 - kB + kB * length / average);
    double score = 0;
    for (int phrase = 0; phrase < weights && phrase < kMaxPhrases; ++phrase) {
        const double count = counts[static_cast<std::size_t>(phrase)];
        score += sqlite3_value_double(weight[phrase]) * count * (kK1 + 1) / (count + norm);
    }
    sqlite3_result_double(context, score);
}

} // namespace

int add_okapi(sqlite3* connection)
{
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr);
    if (code != SQLITE_OK) return code;
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
    code = sqlite3_finalize(statement);
    if (code != SQLITE_OK) return code;
    if (!api) return SQLITE_ERROR;
    return api->xCreateFunction(api, "okapi", nullptr, okapi, nullptr);
}

} // namespace storage
