#include "capture/reader/pdf.h"

#include "capture/reader/pdf_layout.h"
#include "capture/reader/pdf_outline.h"
#include "capture/reader/pdf_render.h"
#include "capture/reader/pdf_salvage.h"
#include "capture/reader/pdf_scan.h"

#include <fmt/format.h>

namespace capture::reader {
namespace {

std::string to_text(const poppler::ustring& text)
{
    const poppler::byte_array utf8 = text.to_utf8();
    return {utf8.begin(), utf8.end()};
}

} // namespace

PageSize shown_size(const poppler::page& page)
{
    const poppler::rectf box = page.page_rect(poppler::crop_box);
    const auto turned = page.orientation();
    const bool sideways = turned == poppler::page::landscape || turned == poppler::page::seascape;
    return sideways ? PageSize{box.height(), box.width()} : PageSize{box.width(), box.height()};
}

PdfDocument::PdfDocument(Input& input, std::unique_ptr<poppler::document> pdf)
    : input_(input), pdf_(std::move(pdf)),
      ocr_(
          input.options().ocr_language,
          std::chrono::duration_cast<std::chrono::milliseconds>(input.limits().per_page))
{
}

Result<std::unique_ptr<Document>> PdfDocument::open(Input& input)
{
    const std::string& name = input.options().name;
    const std::string& password = input.options().password;
    const auto bytes = input.bytes();
    if (!bytes) return tl::unexpected(bytes.error());
    const auto load = [&](const char* data, std::size_t size) {
        return std::unique_ptr<poppler::document>(poppler::document::load_from_raw_data(
            data,
            static_cast<int>(size),
            password,
            password));
    };
    auto pdf = load(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    std::string salvaged;
    if (!pdf) {
        salvaged = salvage_pdf(*bytes);
        if (!salvaged.empty()) pdf = load(salvaged.data(), salvaged.size());
    }
    if (!pdf) {
        return fail(
            ErrorCode::BadFile,
            fmt::format("{} begins like a PDF but has no structure that can be read.", name),
            "It may be damaged or only partly downloaded.");
    }
    if (pdf->is_locked()) {
        return fail(
            ErrorCode::PasswordNeeded,
            password.empty() ? fmt::format("{} is encrypted.", name)
                             : fmt::format("The password given does not open {}.", name),
            "Give the password of the document.");
    }
    std::unique_ptr<PdfDocument> document(new PdfDocument(input, std::move(pdf)));
    document->salvaged_ = std::move(salvaged);
    FileInfo& info = document->info_;
    if (!document->salvaged_.empty()) {
        info.warnings.push_back("The file is damaged, probably cut off: the pages that could be "
                                "found are read, others may be missing.");
    }
    info.kind = FileKind::Pdf;
    int major = 0;
    int minor = 0;
    document->pdf_->get_pdf_version(&major, &minor);
    info.format = fmt::format("PDF {}.{}", major, minor);
    info.title = to_text(document->pdf_->get_title());
    info.pages = document->pdf_->pages();
    if (info.pages < 1) {
        return fail(
            ErrorCode::BadFile,
            fmt::format("{} has no page that can be found.", name),
            "It may be damaged or only partly downloaded.");
    }
    info.outline = read_outline(*document->pdf_, *bytes, password);
    return document;
}

std::unique_ptr<poppler::page> PdfDocument::load_page(int number) const
{
    return std::unique_ptr<poppler::page>(pdf_->create_page(number - 1));
}

Page PdfDocument::read_page(int number)
{
    Page page;
    page.number = number;
    const auto source = load_page(number);
    if (!source) {
        page.warnings.push_back(fmt::format("Page {} is damaged and could not be read.", number));
        return page;
    }
    const PageSize size = shown_size(*source);
    page.width_pt = size.width_pt;
    page.height_pt = size.height_pt;
    page.label = to_text(source->label());
    lay_out(source->text_list(), size, page);
    read_scan(*source, ocr_, page);
    return page;
}

Result<void> PdfDocument::read_pages(int first, int last, Output& output)
{
    for (int number = first; number <= last; ++number) output.page(read_page(number));
    return {};
}

Result<Picture> PdfDocument::render(int number, const DrawSize& size)
{
    const std::string& name = input_.options().name;
    if (number > info_.pages) {
        return fail(ErrorCode::NotFound, fmt::format("{} has no page {}.", name, number));
    }
    const auto page = load_page(number);
    if (!page) {
        return fail(
            ErrorCode::BadFile,
            fmt::format("Page {} of {} is damaged and cannot be shown.", number, name));
    }
    const double width_pt = shown_size(*page).width_pt;
    // A hair less: poppler rounds up, and one column more than asked for would be scaled away.
    const double dpi =
        size.width_px > 0 && width_pt > 0 ? size.width_px * 72 / width_pt * (1 - 1e-9) : size.dpi;
    return render_page(*page, dpi, input_.limits().max_pixels);
}

} // namespace capture::reader
