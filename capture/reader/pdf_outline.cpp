#include "capture/reader/pdf_outline.h"

#include <exception>
#include <map>
#include <memory>
#include <poppler-toc.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFOutlineDocumentHelper.hh>
#include <qpdf/QPDFOutlineObjectHelper.hh>

namespace capture::reader {
namespace {

constexpr std::size_t kMaxEntries = 5000;
constexpr int kMaxDepth = 32;

using PageNumbers = std::map<QPDFObjGen, int>;

void collect(
    std::vector<QPDFOutlineObjectHelper> items,
    int level,
    const PageNumbers& numbers,
    std::vector<OutlineEntry>& out)
{
    for (QPDFOutlineObjectHelper& item : items) {
        if (out.size() >= kMaxEntries || level > kMaxDepth) return;
        OutlineEntry entry{level, item.getTitle(), 0};
        const auto found = numbers.find(item.getDestPage().getObjGen());
        if (found != numbers.end()) entry.page = found->second;
        out.push_back(std::move(entry));
        collect(item.getKids(), level + 1, numbers, out);
    }
}

} // namespace

std::vector<OutlineEntry> read_outline(
    const poppler::document& pdf,
    std::span<const std::byte> bytes,
    const std::string& password)
{
    std::vector<OutlineEntry> entries;
    const std::unique_ptr<poppler::toc> toc(pdf.create_toc());
    if (!toc || toc->root()->children().empty()) return entries;
    try {
        QPDF file;
        file.setSuppressWarnings(true);
        file.processMemoryFile(
            "document",
            reinterpret_cast<const char*>(bytes.data()),
            bytes.size(),
            password.empty() ? nullptr : password.c_str());
        PageNumbers numbers;
        int number = 0;
        for (const QPDFObjectHandle& page : file.getAllPages()) {
            numbers.emplace(page.getObjGen(), ++number);
        }
        QPDFOutlineDocumentHelper outline(file);
        collect(outline.getTopLevelOutlines(), 0, numbers, entries);
    } catch (const std::exception&) {
        // A document that only poppler can mend keeps what was read of its outline so far.
        return entries;
    }
    return entries;
}

} // namespace capture::reader
