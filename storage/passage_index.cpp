#include "storage/passage_index.h"

#include "storage/text_search.h"

#include <array>
#include <fmt/format.h>

namespace storage {
namespace {

constexpr std::array<std::string_view, 2> kContents = {"passage_english", "passage_other"};

std::string_view index_of(const Passage& passage)
{
    return kWordIndexes[passage.language == "en" ? 0 : 1];
}

} // namespace

Passage read_passage(Statement& row)
{
    Passage passage;
    passage.id = row.integer(0);
    passage.source = row.integer(1);
    passage.session = row.integer(2);
    passage.kind = row.text(3);
    passage.page = row.number(4);
    passage.begin = static_cast<std::uint32_t>(row.integer(5));
    passage.end = static_cast<std::uint32_t>(row.integer(6));
    passage.start_s = row.maybe_real(7);
    passage.end_s = row.maybe_real(8);
    passage.text = row.text(9);
    passage.language = row.text(10);
    return passage;
}

Result<std::vector<PassageId>> PassageIndex::add(SourceId source, std::span<const Passage> passages)
{
    std::vector<PassageId> ids;
    ids.reserve(passages.size());
    for (const Passage& passage : passages) {
        const auto id = database_.insert(
            "INSERT INTO passage (source, page, begin_byte, end_byte, start_s, end_s, language, "
            "text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            source,
            passage.page,
            passage.begin,
            passage.end,
            passage.start_s,
            passage.end_s,
            passage.language,
            passage.text);
        if (!id) return tl::unexpected(id.error());
        auto indexed = database_.run(
            fmt::format("INSERT INTO {} (rowid, text) VALUES (?, ?)", index_of(passage)),
            *id,
            passage.text);
        if (!indexed) return tl::unexpected(indexed.error());
        if (passage.language == "en") {
            auto due = database_.run("INSERT INTO vector_due (passage) VALUES (?)", *id);
            if (!due) return tl::unexpected(due.error());
        }
        ids.push_back(*id);
    }
    return ids;
}

Result<int> PassageIndex::remove_of(std::string_view sources)
{
    return remove_where(fmt::format("source IN (SELECT id FROM source WHERE {})", sources));
}

Result<int> PassageIndex::remove(std::span<const PassageId> passages)
{
    return remove_where(fmt::format("id IN ({})", fmt::join(passages, ",")));
}

Result<int> PassageIndex::remove_page(SourceId source, int page)
{
    return remove_where(fmt::format("source = {} AND page = {}", source, page));
}

Result<int> PassageIndex::remove_where(const std::string& condition)
{
    // The index is told the old text, from which it knows the words to take out.
    for (std::size_t i = 0; i < kWordIndexes.size(); ++i) {
        auto taken = database_.script(fmt::format(
            "INSERT INTO {0} ({0}, rowid, text) SELECT 'delete', id, text FROM {1} "
            "WHERE id IN (SELECT id FROM passage WHERE {2})",
            kWordIndexes[i],
            kContents[i],
            condition));
        if (!taken) return tl::unexpected(taken.error());
    }
    if (auto done = database_.script("DELETE FROM passage WHERE " + condition); !done)
        return tl::unexpected(done.error());
    const int removed = database_.changes();
    if (removed > 0) {
        auto counted =
            database_.run("UPDATE counter SET value = value + 1 WHERE name = 'vectors_removed'");
        if (!counted) return tl::unexpected(counted.error());
    }
    return removed;
}

Result<void> PassageIndex::forget_deleted_words()
{
    for (const std::string_view index : kWordIndexes)
        if (auto done = forget_deleted(database_, index); !done) return done;
    for (const std::string_view index : kTextIndexes)
        if (auto done = forget_deleted(database_, index); !done) return done;
    return {};
}

Result<bool> PassageIndex::fits()
{
    for (const std::string_view index : kWordIndexes) {
        auto fits = index_fits(database_, index);
        if (!fits || !*fits) return fits;
    }
    for (const std::string_view index : kTextIndexes) {
        auto fits = index_fits(database_, index);
        if (!fits || !*fits) return fits;
    }
    return true;
}

Result<Passage> PassageIndex::get(PassageId id)
{
    auto found = database_.row(
        fmt::format(
            "SELECT {} FROM passage JOIN source ON source.id = passage.source WHERE passage.id = ?",
            kPassageColumns),
        read_passage,
        id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return fail(ErrorCode::NotFound, fmt::format("There is no passage {}.", id));
    return std::move(**found);
}

Result<std::vector<Passage>> PassageIndex::list(SourceId source)
{
    return database_.rows(
        fmt::format(
            "SELECT {} FROM passage JOIN source ON source.id = passage.source "
            "WHERE passage.source = ? ORDER BY page, begin_byte, start_s, passage.id",
            kPassageColumns),
        read_passage,
        source);
}

Result<std::vector<Passage>> PassageIndex::without_vector(int limit)
{
    return database_.rows(
        fmt::format(
            "SELECT {} FROM vector_due JOIN passage ON passage.id = vector_due.passage "
            "JOIN source ON source.id = passage.source WHERE trashed = 0 "
            "ORDER BY vector_due.passage LIMIT ?",
            kPassageColumns),
        read_passage,
        limit);
}

} // namespace storage
