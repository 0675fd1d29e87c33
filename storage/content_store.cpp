#include "storage/content_store.h"

#include "storage/media_store.h"
#include "storage/packing.h"

#include <fmt/format.h>

namespace storage {
namespace {

/// Rows whose reading can fail, as a list or the first failure.
template <typename T>
Result<std::vector<T>> all_or_error(Result<std::vector<Result<T>>> rows)
{
    if (!rows) return tl::unexpected(rows.error());
    std::vector<T> values;
    values.reserve(rows->size());
    for (Result<T>& row : *rows) {
        if (!row) return tl::unexpected(row.error());
        values.push_back(std::move(*row));
    }
    return values;
}

Result<Page> read_page(Statement& row)
{
    Page page;
    page.source = row.integer(0);
    page.number = row.number(1);
    page.label = row.text(2);
    page.width_pt = row.real(3);
    page.height_pt = row.real(4);
    page.text = row.text(5);
    auto words = unpack_words(row.blob(6));
    if (!words) return tl::unexpected(words.error());
    page.words = std::move(*words);
    auto lines = unpack_numbers(row.blob(7));
    if (!lines) return tl::unexpected(lines.error());
    page.line_starts = std::move(*lines);
    page.first_line = row.number(8);
    page.by_ocr = row.integer(9) != 0;
    return page;
}

Result<Frame> read_frame(Statement& row)
{
    Frame frame;
    frame.source = row.integer(0);
    frame.time_s = row.real(1);
    frame.image_path = MediaStore::relative_path(row.text(2));
    frame.width_px = row.number(3);
    frame.height_px = row.number(4);
    frame.text = row.text(5);
    auto words = unpack_words(row.blob(6));
    if (!words) return tl::unexpected(words.error());
    frame.words = std::move(*words);
    return frame;
}

constexpr std::string_view kSegmentColumns =
    "SELECT id, source, start_s, end_s, text, confidence, ifnull(named_speaker, speaker), "
    "language, words, edited FROM segment ";

Result<Segment> read_segment(Statement& row)
{
    Segment segment;
    segment.id = row.integer(0);
    segment.source = row.integer(1);
    segment.start_s = row.real(2);
    segment.end_s = row.real(3);
    segment.text = row.text(4);
    segment.confidence = static_cast<float>(row.real(5));
    segment.speaker = row.text(6);
    segment.language = row.text(7);
    auto words = unpack_segment_words(row.blob(8));
    if (!words) return tl::unexpected(words.error());
    segment.words = std::move(*words);
    if (!row.is_null(9)) segment.edited = row.text(9);
    return segment;
}

} // namespace

Result<void> ContentStore::add_page(const Page& page)
{
    const auto words = pack(page.words);
    const auto lines = pack(page.line_starts);
    return database_.run(
        "INSERT OR REPLACE INTO page (source, number, label, width_pt, height_pt, text, words, "
        "lines,"
        " first_line, by_ocr) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        page.source,
        page.number,
        page.label,
        page.width_pt,
        page.height_pt,
        page.text,
        words,
        lines,
        page.first_line,
        static_cast<int>(page.by_ocr));
}

Result<void> ContentStore::add_frame(const Frame& frame, std::string_view image_sha256)
{
    const auto words = pack(frame.words);
    return database_.run(
        "INSERT INTO frame (source, time_s, media, width_px, height_px, text, words) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        frame.source,
        frame.time_s,
        image_sha256,
        frame.width_px,
        frame.height_px,
        frame.text,
        words);
}

Result<void> ContentStore::add_segments(SourceId source, std::span<const Segment> segments)
{
    for (const Segment& segment : segments) {
        const auto words = pack(segment.words);
        auto done = database_.run(
            "INSERT INTO segment (source, start_s, end_s, text, confidence, speaker, language, "
            "words, edited)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            source,
            segment.start_s,
            segment.end_s,
            segment.text,
            segment.confidence,
            segment.speaker,
            segment.language,
            words,
            segment.edited);
        if (!done) return done;
    }
    return {};
}

Result<void> ContentStore::add_gap(const Gap& gap)
{
    return database_.run(
        "INSERT INTO gap (source, start_s, end_s, reason) VALUES (?, ?, ?, ?)",
        gap.source,
        gap.start_s,
        gap.end_s,
        gap.reason);
}

Result<Page> ContentStore::page(SourceId source, int number)
{
    auto found = database_.row(
        "SELECT source, number, label, width_pt, height_pt, text, words, lines, first_line, by_ocr "
        "FROM page WHERE source = ? AND number = ?",
        read_page,
        source,
        number);
    if (!found) return tl::unexpected(found.error());
    if (!*found)
        return fail(
            ErrorCode::NotFound,
            fmt::format("Page {} of source {} is not stored.", number, source));
    return std::move(**found);
}

Result<std::vector<int>> ContentStore::page_numbers(SourceId source)
{
    return database_.rows(
        "SELECT number FROM page WHERE source = ? ORDER BY number",
        [](Statement& s) { return s.number(0); },
        source);
}

Result<std::vector<Frame>> ContentStore::frames(SourceId source, TimeSpan span)
{
    return all_or_error(database_.rows(
        "SELECT source, time_s, media, width_px, height_px, text, words FROM frame "
        "WHERE source = ? AND time_s BETWEEN ? AND ? ORDER BY time_s, id",
        read_frame,
        source,
        span.from_s,
        span.until_s));
}

Result<std::vector<Segment>> ContentStore::segments(SourceId source, TimeSpan span)
{
    return all_or_error(database_.rows(
        std::string(kSegmentColumns) +
            "WHERE source = ?1 AND start_s <= ?3 AND start_s >= ifnull((SELECT max(start_s) "
            "FROM segment WHERE source = ?1 AND start_s <= ?2), ?2) ORDER BY start_s, id",
        read_segment,
        source,
        span.from_s,
        span.until_s));
}

Result<Segment> ContentStore::segment(std::int64_t id)
{
    auto found = database_.row(std::string(kSegmentColumns) + "WHERE id = ?", read_segment, id);
    if (!found) return tl::unexpected(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound, fmt::format("There is no line {} of speech.", id));
    return std::move(**found);
}

Result<void> ContentStore::edit_segment(const SegmentEdit& edit)
{
    auto done = database_.run(
        "UPDATE segment SET edited = nullif(?2, text), named_speaker = nullif(?3, speaker) "
        "WHERE id = ?1",
        edit.segment,
        edit.text,
        edit.speaker);
    if (!done) return done;
    if (database_.changes() == 0)
        return fail(
            ErrorCode::NotFound,
            fmt::format("There is no line {} of speech.", edit.segment));
    return {};
}

Result<std::vector<Gap>> ContentStore::gaps(SourceId source)
{
    return database_.rows(
        "SELECT source, start_s, end_s, reason FROM gap WHERE source = ? ORDER BY start_s, id",
        [](Statement& s) {
            return Gap{s.integer(0), s.real(1), s.real(2), s.text(3)};
        },
        source);
}

} // namespace storage
