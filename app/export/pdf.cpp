#include "app/export/writers.h"

#include "app/text.h"

#include <algorithm>
#include <cairo/cairo-pdf.h>
#include <fmt/format.h>
#include <memory>
#include <pango/pangocairo.h>
#include <utility>

namespace app::exporting {
namespace {

// A4 in points, margins of 2 cm, and room for the page number.
constexpr double kWidth = 595.28;
constexpr double kHeight = 841.89;
constexpr double kMargin = 56.7;
constexpr double kBottom = kHeight - kMargin - 14;
constexpr double kItemIndent = 14;

struct Look {
    double size_pt;
    bool bold;
    bool italic;
    double before_pt;
    double grey; // 0 is black
};

Look look(BlockKind kind)
{
    switch (kind) {
    case BlockKind::Title:
        return {20, true, false, 0, 0};
    case BlockKind::Heading:
        return {14, true, false, 16, 0};
    case BlockKind::Subheading:
        return {11.5, true, false, 10, 0};
    case BlockKind::Item:
        return {10.5, false, false, 3, 0};
    case BlockKind::Note:
        return {9, false, true, 4, 0.4};
    case BlockKind::Paragraph:
        break;
    }
    return {10.5, false, false, 6, 0};
}

template <typename T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, Unref<PangoLayout>>;

std::string markup(const Block& block)
{
    const Look style = look(block.kind);
    std::string out;
    for (const auto& run : block.runs) {
        const std::unique_ptr<char, decltype(&g_free)> text{
            g_markup_escape_text(run.text.data(), static_cast<gssize>(run.text.size())),
            g_free};
        out += fmt::format(
            R"(<span weight="{}" style="{}">{}</span>)",
            run.bold || style.bold ? "bold" : "normal",
            run.italic != style.italic ? "italic" : "normal",
            text.get());
    }
    return out;
}

Layout make_layout(PangoContext* context, const Block& block, double width_pt)
{
    Layout layout{pango_layout_new(context)};
    const std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)> font{
        pango_font_description_from_string("Sans"),
        pango_font_description_free};
    pango_font_description_set_absolute_size(font.get(), look(block.kind).size_pt * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width_pt * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout.get(), 1.25F);
    const std::string text = markup(block);
    pango_layout_set_markup(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

/// One line of a block, placed on a page.
struct PlacedLine {
    std::size_t block;
    int line;
    int page; // from 0
    double baseline_pt;
};

struct Placed {
    std::vector<Layout> layouts; // one a block
    std::vector<PlacedLine> lines;
    int pages = 1;
};

/// Flows the blocks into pages before anything is drawn: "3 / 7" needs the 7 first.
Placed place(PangoContext* context, const std::vector<Block>& blocks)
{
    Placed placed;
    double y = kMargin;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const bool item = blocks[b].kind == BlockKind::Item;
        const bool heading =
            blocks[b].kind == BlockKind::Heading || blocks[b].kind == BlockKind::Subheading;
        placed.layouts.push_back(
            make_layout(context, blocks[b], kWidth - 2 * kMargin - (item ? kItemIndent : 0)));
        if (y > kMargin) y += look(blocks[b].kind).before_pt;
        PangoLayout* layout = placed.layouts.back().get();
        const int count = pango_layout_get_line_count(layout);
        for (int l = 0; l < count; ++l) {
            PangoRectangle logical;
            pango_layout_line_get_extents(
                pango_layout_get_line_readonly(layout, l),
                nullptr,
                &logical);
            const double height = 1.25 * logical.height / PANGO_SCALE;
            const double ascent = -static_cast<double>(logical.y) / PANGO_SCALE;
            // A heading takes the first lines of what follows along.
            if (y + height + (heading ? 40 : 0) > kBottom) {
                ++placed.pages;
                y = kMargin;
            }
            placed.lines.push_back({b, l, placed.pages - 1, y + ascent});
            y += height;
        }
    }
    return placed;
}

void draw_page_number(cairo_t* cairo, PangoContext* context, int page, int pages)
{
    const Layout layout = make_layout(
        context,
        {BlockKind::Note, {{fmt::format("{} / {}", page, pages)}}},
        kWidth - 2 * kMargin);
    pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
    cairo_set_source_rgb(cairo, 0.4, 0.4, 0.4);
    cairo_move_to(cairo, kMargin, kHeight - kMargin);
    pango_cairo_show_layout(cairo, layout.get());
}

void draw_line(cairo_t* cairo, const Block& block, PangoLayout* layout, const PlacedLine& line)
{
    const double grey = look(block.kind).grey;
    cairo_set_source_rgb(cairo, grey, grey, grey);
    double x = kMargin;
    if (block.kind == BlockKind::Item) {
        if (line.line == 0) {
            cairo_arc(cairo, x + 4, line.baseline_pt - 3.5, 1.6, 0, 6.2832);
            cairo_fill(cairo);
        }
        x += kItemIndent;
    }
    cairo_move_to(cairo, x, line.baseline_pt);
    pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout, line.line));
}

std::string heading_text(const Block& block)
{
    std::string text;
    for (const auto& run : block.runs) text += run.text;
    return text;
}

void draw(
    cairo_t* cairo,
    cairo_surface_t* surface,
    PangoContext* context,
    const std::vector<Block>& blocks)
{
    const Placed placed = place(context, blocks);
    int page = 0;
    int chapter = CAIRO_PDF_OUTLINE_ROOT;
    for (const auto& line : placed.lines) {
        for (; page < line.page; ++page) {
            draw_page_number(cairo, context, page + 1, placed.pages);
            cairo_show_page(cairo);
        }
        const Block& block = blocks[line.block];
        const bool heading = block.kind == BlockKind::Heading;
        if (line.line == 0 && (heading || block.kind == BlockKind::Subheading)) {
            const int entry = cairo_pdf_surface_add_outline(
                surface,
                heading ? CAIRO_PDF_OUTLINE_ROOT : chapter,
                heading_text(block).c_str(),
                fmt::format("page={} pos=[{} {}]", page + 1, kMargin, line.baseline_pt - 20)
                    .c_str(),
                heading ? CAIRO_PDF_OUTLINE_FLAG_OPEN : static_cast<cairo_pdf_outline_flags_t>(0));
            if (heading) chapter = entry;
        }
        draw_line(cairo, block, placed.layouts[line.block].get(), line);
    }
    draw_page_number(cairo, context, page + 1, placed.pages);
    cairo_show_page(cairo);
}

cairo_status_t append_bytes(void* out, const unsigned char* bytes, unsigned int size)
{
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

Result<std::string> pdf(const std::vector<Block>& blocks, const storage::Session& session)
{
    std::string out;
    const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface{
        cairo_pdf_surface_create_for_stream(append_bytes, &out, kWidth, kHeight),
        cairo_surface_destroy};
    // Cairo would write the present time.
    cairo_pdf_surface_set_metadata(
        surface.get(),
        CAIRO_PDF_METADATA_CREATE_DATE,
        session.created.c_str());
    cairo_pdf_surface_set_metadata(
        surface.get(),
        CAIRO_PDF_METADATA_MOD_DATE,
        session.created.c_str());
    cairo_pdf_surface_set_metadata(
        surface.get(),
        CAIRO_PDF_METADATA_TITLE,
        one_line(clean_utf8(session.name)).c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Percept");
    {
        const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo{
            cairo_create(surface.get()),
            cairo_destroy};
        const std::unique_ptr<PangoContext, Unref<PangoContext>> context{
            pango_cairo_create_context(cairo.get())};
        // Fonts of Chinese, Japanese and Korean are chosen by language; the user's locale must not
        // change the bytes.
        pango_context_set_language(context.get(), pango_language_from_string("en"));
        draw(cairo.get(), surface.get(), context.get(), blocks);
    }
    cairo_surface_finish(surface.get());
    const cairo_status_t status = cairo_surface_status(surface.get());
    if (status == CAIRO_STATUS_NO_MEMORY)
        return fail(ErrorCode::OutOfMemory, "There is no memory for the PDF file.");
    if (status != CAIRO_STATUS_SUCCESS) {
        return fail(
            ErrorCode::Internal,
            fmt::format("The PDF file could not be drawn: {}.", cairo_status_to_string(status)));
    }
    return out;
}

} // namespace app::exporting
