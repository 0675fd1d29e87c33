#include "tests/capture/reader/sample_files.h"

#include <archive.h>
#include <archive_entry.h>
#include <cairo.h>
#include <cstdlib>
#include <leptonica/allheaders.h>
#include <libheif/heif.h>
#include <memory>

namespace sample {
namespace {

struct PixDelete {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDelete>;

/// The text in black on white, drawn by Cairo.
PixPtr draw(const PictureStyle& style)
{
    const int width = style.font_px * 18;
    const int height = style.font_px * 4;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t* context = cairo_create(surface);
    const double paper = style.inverted ? 0.1 : 1;
    cairo_set_source_rgb(context, paper, paper, paper);
    cairo_paint(context);
    const double ink = style.inverted ? 0.9 : 0;
    cairo_set_source_rgb(context, ink, ink, ink);
    cairo_select_font_face(
        context,
        "DejaVu Sans",
        CAIRO_FONT_SLANT_NORMAL,
        CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(context, style.font_px);
    cairo_move_to(context, style.font_px, style.font_px * 1.5);
    cairo_show_text(context, style.text.c_str());
    cairo_destroy(context);
    cairo_surface_flush(surface);

    PixPtr pix(pixCreate(width, height, 32));
    const unsigned char* rows = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const unsigned char* p = rows + y * stride + x * 4;
            pixSetRGBPixel(pix.get(), x, y, p[2], p[1], p[0]);
        }
    }
    cairo_surface_destroy(surface);
    return pix;
}

std::string written(Pix* pix, int format)
{
    l_uint8* data = nullptr;
    std::size_t size = 0;
    // Palettes are for GIF: 8 bits.
    const PixPtr eight(format == IFF_GIF ? pixConvertTo8(pix, 1) : nullptr);
    if (pixWriteMem(&data, &size, eight ? eight.get() : pix, format) != 0) std::abort();
    std::string out(reinterpret_cast<const char*>(data), size);
    lept_free(data);
    return out;
}

heif_error append(heif_context*, const void* data, std::size_t size, void* out)
{
    static_cast<std::string*>(out)->append(static_cast<const char*>(data), size);
    return {heif_error_Ok, heif_suberror_Unspecified, ""};
}

std::string heif(Pix* pix, heif_compression_format compression)
{
    const int width = pixGetWidth(pix);
    const int height = pixGetHeight(pix);
    heif_image* image = nullptr;
    heif_image_create(width, height, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &image);
    heif_image_add_plane(image, heif_channel_interleaved, width, height, 8);
    int stride = 0;
    std::uint8_t* rows = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            l_int32 r = 0, g = 0, b = 0;
            pixGetRGBPixel(pix, x, y, &r, &g, &b);
            std::uint8_t* p = rows + y * stride + x * 3;
            p[0] = static_cast<std::uint8_t>(r);
            p[1] = static_cast<std::uint8_t>(g);
            p[2] = static_cast<std::uint8_t>(b);
        }
    }
    heif_context* context = heif_context_alloc();
    heif_encoder* encoder = nullptr;
    if (heif_context_get_encoder_for_format(context, compression, &encoder).code != heif_error_Ok) {
        std::abort();
    }
    heif_encoder_set_lossy_quality(encoder, 90);
    heif_context_encode_image(context, image, encoder, nullptr, nullptr);
    std::string out;
    heif_writer writer{1, append};
    heif_context_write(context, &writer, &out);
    heif_encoder_release(encoder);
    heif_image_release(image);
    heif_context_free(context);
    return out;
}

} // namespace

std::string picture(const std::string& format, const PictureStyle& style)
{
    const PixPtr pix = draw(style);
    if (format == "HEIC") return heif(pix.get(), heif_compression_HEVC);
    if (format == "AVIF") return heif(pix.get(), heif_compression_AV1);
    if (format == "JPEG") return written(pix.get(), IFF_JFIF_JPEG);
    if (format == "WebP") return written(pix.get(), IFF_WEBP);
    if (format == "GIF") return written(pix.get(), IFF_GIF);
    if (format == "TIFF") return written(pix.get(), IFF_TIFF);
    if (format == "BMP") return written(pix.get(), IFF_BMP);
    return written(pix.get(), IFF_PNG);
}

std::string tiff_of_two_pages()
{
    Pixa* pages = pixaCreate(2);
    pixaAddPix(pages, draw({.text = "This is the first page"}).release(), L_INSERT);
    pixaAddPix(pages, draw({.text = "This is the second page"}).release(), L_INSERT);
    l_uint8* data = nullptr;
    std::size_t size = 0;
    if (pixaWriteMemMultipageTiff(&data, &size, pages) != 0) std::abort();
    std::string out(reinterpret_cast<const char*>(data), size);
    lept_free(data);
    pixaDestroy(&pages);
    return out;
}

std::string photo_with_orientation(int orientation)
{
    PixPtr pix = draw({});
    if (orientation == 6)
        pix.reset(pixRotateOrth(pix.get(), 3)); // a quarter turn clockwise undoes it
    const std::string jpeg = written(pix.get(), IFF_JFIF_JPEG);
    std::string exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
    exif += static_cast<char>(orientation);
    exif += std::string(6, '\0');
    const std::size_t size = exif.size() + 2;
    std::string block("\xFF\xE1", 2);
    block += static_cast<char>(size >> 8);
    block += static_cast<char>(size & 0xFF);
    return jpeg.substr(0, 2) + block + exif + jpeg.substr(2);
}

std::string zip(const std::vector<std::pair<std::string, std::string>>& entries)
{
    std::string out(1u << 16, '\0');
    std::size_t used = 0;
    archive* file = archive_write_new();
    archive_write_set_format_zip(file);
    archive_write_open_memory(file, out.data(), out.size(), &used);
    for (const auto& [name, content] : entries) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_write_header(file, entry);
        archive_write_data(file, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_close(file);
    archive_write_free(file);
    out.resize(used);
    return out;
}

std::string docx(const std::string& paragraph)
{
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    const std::string schemas = "http://schemas.openxmlformats.org/";
    return zip(
        {{"[Content_Types].xml",
          head + "<Types xmlns=\"" + schemas +
              "package/2006/content-types\"><Default Extension=\"rels\" "
              "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override "
              "PartName=\"/word/document.xml\" "
              "ContentType=\"application/"
              "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"},
         {"_rels/.rels",
          head + "<Relationships xmlns=\"" + schemas +
              "package/2006/relationships\"><Relationship Id=\"r1\" Type=\"" + schemas +
              "officeDocument/2006/relationships/officeDocument\" "
              "Target=\"word/document.xml\"/></Relationships>"},
         {"word/document.xml",
          head + "<w:document xmlns:w=\"" + schemas +
              "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>" + paragraph +
              "</w:t></w:r></w:p></w:body></w:document>"}});
}

} // namespace sample
