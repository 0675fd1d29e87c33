#include "app/desktop/evidence_work.h"

#include "base/hash.h"
#include "ui/evidence/page_selection.h"

#include <algorithm>
#include <QCoreApplication>
#include <QRegularExpression>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAtOnce = 25; // between two reports of a search
constexpr std::size_t kMostHits = 5000;

QString tr(const char* text)
{
    return QCoreApplication::translate("app::desktop", text);
}

/// Where each byte of `utf8` begins in UTF-16.
std::vector<int> positionsOf(const std::string& utf8)
{
    std::vector<int> positions(utf8.size() + 1);
    int at = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        positions[i] = at;
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if ((byte & 0xC0) == 0x80) continue;
        positions[i] = at;
        at += byte >= 0xF0 ? 2 : 1;
    }
    positions[utf8.size()] = at;
    return positions;
}

QString noteOf(storage::Library& library, const storage::Source& source)
{
    const QString name = nameOf(source);
    std::error_code failed;
    const auto size = fs::file_size(source.path, failed);
    if (failed) return tr("%1 was moved or deleted. The stored copy is shown.").arg(name);
    if (const auto all = library.sources(source.session)) {
        for (const storage::Source& other : *all)
            if (other.path == source.path && other.version > source.version)
                return tr("This is version %1 of %2, as it was cited. Version %3 is in this "
                          "session "
                          "too.")
                    .arg(source.version)
                    .arg(name)
                    .arg(other.version);
    }
    if (size != source.size_bytes) return changedWords(source);
    return {};
}

QRegularExpression patternOf(const QString& query)
{
    QStringList words;
    for (const QString& word : query.simplified().split(u' ', Qt::SkipEmptyParts))
        words += QRegularExpression::escape(word);
    return QRegularExpression(
        words.join(QStringLiteral("\\s+")),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
}

void findOnPage(
    const ui::PageText& page,
    const QRegularExpression& pattern,
    std::vector<ui::TextHit>& hits)
{
    for (auto match = pattern.globalMatch(page.text); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        if (one.capturedLength() == 0 || hits.size() >= kMostHits) return;
        ui::TextHit hit;
        hit.page = page.page;
        hit.begin = static_cast<int>(one.capturedStart());
        hit.end = static_cast<int>(one.capturedEnd());
        int first = -1, last = -1;
        for (std::size_t i = 0; i < page.words.size(); ++i) {
            if (page.words[i].end <= hit.begin || page.words[i].begin >= hit.end) continue;
            if (first < 0) first = static_cast<int>(i);
            last = static_cast<int>(i);
        }
        if (first >= 0) hit.boxes = ui::lineBoxes(page.words, first, last);
        hits.push_back(std::move(hit));
    }
}

} // namespace

QString nameOf(const storage::Source& source)
{
    const std::string name = fs::path(source.path).filename().string();
    return QString::fromStdString(name.empty() ? source.title : name);
}

QString changedWords(const storage::Source& source)
{
    return tr("%1 was changed after it was read. The stored copy is shown.").arg(nameOf(source));
}

Result<SourceAndSize> readSource(storage::Library& library, storage::SourceId id, int page)
{
    const auto source = library.source(id);
    if (!source) return tl::unexpected(source.error());
    SourceAndSize out;
    out.source.id = id;
    out.source.name = nameOf(*source);
    out.source.kind = ui::placeKind(source->kind, source->pages > 0);
    out.source.pages = source->pages;
    out.source.duration_s = source->duration_s;
    out.source.has_picture = source->kind == "video";
    out.source.note = noteOf(library, *source);
    if (const auto stored = library.page(id, std::clamp(page, 1, std::max(source->pages, 1))))
        out.page_pt = QSizeF(stored->width_pt, stored->height_pt);
    // A scan that was not finished, or a source from before counts were kept.
    if (out.source.pages == 0 && source->duration_s <= 0) {
        const auto numbers = library.page_numbers(id);
        if (numbers && !numbers->empty()) out.source.pages = numbers->back();
    }
    return out;
}

bool hasChanged(const storage::Source& source, const std::stop_token& stop)
{
    const auto sha256 = base::sha256_of_file(source.path, stop);
    return sha256 && *sha256 != source.sha256;
}

std::vector<QSizeF>
readSizes(storage::Library& library, storage::SourceId id, int pages, const std::stop_token& stop)
{
    std::vector<QSizeF> sizes;
    QSizeF last(595, 842);
    for (int page = 1; page <= pages && !stop.stop_requested(); ++page) {
        const auto stored = library.page(id, page);
        if (stored && stored->width_pt > 0 && stored->height_pt > 0)
            last = QSizeF(stored->width_pt, stored->height_pt);
        sizes.push_back(last);
    }
    return sizes;
}

ui::PageText toPageText(const storage::Page& page)
{
    ui::PageText out;
    out.page = page.number;
    out.text = QString::fromStdString(page.text);
    out.first_line = page.first_line;
    out.by_ocr = page.by_ocr;
    const std::vector<int> at = positionsOf(page.text);
    const auto position = [&](std::uint32_t byte) {
        return at[std::min<std::size_t>(byte, page.text.size())];
    };
    out.words.reserve(page.words.size());
    for (const storage::Word& word : page.words)
        out.words.push_back({position(word.begin), position(word.end), ui::rectOf(word.box)});
    for (const std::uint32_t line : page.line_starts) out.line_starts.push_back(position(line));
    return out;
}

Result<ui::PageText> readText(storage::Library& library, storage::SourceId id, int page)
{
    const auto stored = library.page(id, page);
    if (!stored) return tl::unexpected(stored.error());
    return toPageText(*stored);
}

void findInSource(
    storage::Library& library,
    storage::SourceId id,
    int pages,
    const QString& query,
    const std::stop_token& stop,
    const std::function<void(const std::vector<ui::TextHit>& hits, bool complete)>& found)
{
    const QRegularExpression pattern = patternOf(query);
    std::vector<ui::TextHit> hits;
    std::size_t told = 0;
    for (int page = 1; page <= pages && hits.size() < kMostHits; ++page) {
        if (stop.stop_requested()) return;
        if (const auto text = readText(library, id, page)) findOnPage(*text, pattern, hits);
        if (page % kPagesAtOnce != 0 || hits.size() == told) continue;
        told = hits.size();
        found(hits, false);
    }
    found(hits, true);
}

Result<std::vector<ui::TranscriptLine>>
readTranscript(storage::Library& library, storage::SourceId id)
{
    const auto segments = library.segments(id);
    if (!segments) return tl::unexpected(segments.error());
    std::vector<ui::TranscriptLine> lines;
    lines.reserve(segments->size());
    for (const storage::Segment& segment : *segments) {
        const QString text = QString::fromStdString(segment.text).simplified();
        if (text.isEmpty()) continue;
        lines.push_back(
            {segment.start_s, segment.end_s, QString::fromStdString(segment.speaker), text});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
        return a.start_s < b.start_s;
    });
    return lines;
}

Result<fs::path> placeCopy(storage::Library& library, storage::SourceId id, const fs::path& folder)
{
    const auto source = library.source(id);
    if (!source) return tl::unexpected(source.error());
    const auto stored = library.media_path(id);
    if (!stored) return tl::unexpected(stored.error());
    if (source->stored_path.empty()) return *stored; // too large for a copy; the user's own file
    const fs::path inside = folder / std::to_string(id);
    std::error_code failed;
    fs::create_directories(inside, failed);
    const fs::path copy = inside / fs::path(nameOf(*source).toStdString());
    if (!fs::exists(copy)) {
        fs::copy_file(*stored, copy, failed);
        if (failed)
            return fail(
                ErrorCode::FileUnreadable,
                nameOf(*source).toStdString() +
                    " could not be copied for another program: " + failed.message() + ".");
        fs::permissions(copy, fs::perms::owner_read, failed);
    }
    return copy;
}

} // namespace app::desktop
