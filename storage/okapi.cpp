#include "storage/okapi.h"

#include <algorithm>
#include <sqlite3.h>

namespace storage {
namespace {

constexpr double kK1 = 1.2;
constexpr double kB = 0.75;

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
    int code = api->xRowCount(row, &rows);
    if (code == SQLITE_OK) code = api->xColumnTotalSize(row, -1, &tokens);
    if (code == SQLITE_OK) code = api->xColumnSize(row, -1, &length);
    const double average = tokens > 0 ? static_cast<double>(tokens) / static_cast<double>(rows) : 1;
    const double norm = kK1 * (1 - kB + kB * length / average);
    double score = 0;
    const int phrases = std::min(weights, api->xPhraseCount(row));
    for (int phrase = 0; code == SQLITE_OK && phrase < phrases; ++phrase) {
        const double idf = sqlite3_value_double(weight[phrase]);
        if (idf == 0) continue;
        // xInst would sort the hits of all phrases by place, which nobody asks for.
        int count = 0;
        int column = 0;
        int offset = 0;
        Fts5PhraseIter hit = {};
        code = api->xPhraseFirst(row, phrase, &hit, &column, &offset);
        for (; code == SQLITE_OK && column >= 0; ++count)
            api->xPhraseNext(row, &hit, &column, &offset);
        score += idf * count * (kK1 + 1) / (count + norm);
    }
    if (code != SQLITE_OK) {
        sqlite3_result_error_code(context, code);
        return;
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
