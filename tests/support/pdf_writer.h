#pragma once

#include "tests/support/temporary_folder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace support {

/// Writes small PDFs byte by byte, so that a test says exactly what the file holds. Helvetica is
/// /F1, not embedded.
class PdfWriter {
public:
    /// `content` is the page's stream; `extra` goes into its dictionary ("/Rotate 90"). A4 unless
    /// `extra` says so.
    PdfWriter& page(const std::string& content, const std::string& extra = "")
    {
        pages_.push_back({content, extra, ""});
        return *this;
    }
    /// A page that is one gray picture, as a scanner makes them.
    PdfWriter&
    scan(int width_px, int height_px, const std::string& gray, double width_pt, double height_pt)
    {
        const std::string size = std::to_string(width_pt) + " " + std::to_string(height_pt);
        std::string picture = "<< /Type /XObject /Subtype /Image /ColorSpace /DeviceGray "
                              "/BitsPerComponent 8 /Width " +
                              std::to_string(width_px) + " /Height " + std::to_string(height_px) +
                              " /Length " + std::to_string(gray.size()) + " >>\nstream\n" + gray +
                              "\nendstream";
        pages_.push_back(
            {"q " + std::to_string(width_pt) + " 0 0 " + std::to_string(height_pt) +
                 " 0 0 cm /Im1 Do Q",
             "/MediaBox [0 0 " + size + "]",
             picture});
        return *this;
    }
    /// Goes into the catalog ("/PageLabels ...").
    PdfWriter& catalog(const std::string& entries)
    {
        catalog_ += entries;
        return *this;
    }
    PdfWriter& title(const std::string& text)
    {
        title_ = text;
        return *this;
    }
    /// A bookmark to the page (from 1).
    PdfWriter& bookmark(const std::string& text, int page)
    {
        bookmarks_.push_back({text, page});
        return *this;
    }
    /// Replaces the font ("<< /Type /Font ... >>").
    PdfWriter& font(const std::string& dictionary)
    {
        font_ = dictionary;
        return *this;
    }

    std::string bytes() const
    {
        // 1 catalog, 2 page tree, 3 font, 4 info, 5 outline, then 3 objects a page, then the
        // bookmarks.
        std::vector<std::string> objects(5);
        const auto page_object = [](std::size_t i) { return 6 + 3 * i; };
        std::string kids;
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            const std::string number = std::to_string(page_object(i));
            kids += number + " 0 R ";
            const bool has_box = pages_[i].extra.find("/MediaBox") != std::string::npos;
            const bool has_picture = !pages_[i].picture.empty();
            objects.push_back(
                "<< /Type /Page /Parent 2 0 R " + pages_[i].extra +
                (has_box ? "" : " /MediaBox [0 0 595 842]") + " /Contents " +
                std::to_string(page_object(i) + 1) + " 0 R /Resources << /Font << /F1 3 0 R >> " +
                (has_picture ? "/XObject << /Im1 " + std::to_string(page_object(i) + 2) + " 0 R >> "
                             : "") +
                ">> >>");
            objects.push_back(
                "<< /Length " + std::to_string(pages_[i].content.size()) + " >>\nstream\n" +
                pages_[i].content + "\nendstream");
            objects.push_back(has_picture ? pages_[i].picture : "null");
        }
        const std::size_t first_bookmark = page_object(pages_.size());
        for (std::size_t i = 0; i < bookmarks_.size(); ++i) {
            const auto page = static_cast<std::size_t>(bookmarks_[i].page) - 1;
            std::string item = "<< /Title (" + bookmarks_[i].text + ") /Parent 5 0 R /Dest [" +
                               std::to_string(page_object(page)) + " 0 R /Fit]";
            if (i > 0) item += " /Prev " + std::to_string(first_bookmark + i - 1) + " 0 R";
            if (i + 1 < bookmarks_.size()) {
                item += " /Next " + std::to_string(first_bookmark + i + 1) + " 0 R";
            }
            objects.push_back(item + " >>");
        }
        objects[0] = "<< /Type /Catalog /Pages 2 0 R " + catalog_ +
                     (bookmarks_.empty() ? "" : " /Outlines 5 0 R") + " >>";
        objects[1] =
            "<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [" + kids + "] >>";
        objects[2] = font_;
        objects[3] = "<< /Title (" + title_ + ") >>";
        objects[4] = "<< /Type /Outlines /Count " + std::to_string(bookmarks_.size());
        if (!bookmarks_.empty()) {
            objects[4] += " /First " + std::to_string(first_bookmark) + " 0 R /Last " +
                          std::to_string(first_bookmark + bookmarks_.size() - 1) + " 0 R";
        }
        objects[4] += " >>";
        return assemble(objects);
    }

private:
    struct PageSpec {
        std::string content, extra, picture;
    };
    struct Bookmark {
        std::string text;
        int page;
    };

    static std::string assemble(const std::vector<std::string>& objects)
    {
        std::string out = "%PDF-1.5\n";
        std::string table = "0000000000 65535 f \n";
        for (std::size_t i = 0; i < objects.size(); ++i) {
            std::string offset = std::to_string(out.size());
            table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
            out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
        }
        const std::string count = std::to_string(objects.size() + 1);
        return out + "xref\n0 " + count + "\n" + table + "trailer\n<< /Size " + count +
               " /Root 1 0 R /Info 4 0 R >>\nstartxref\n" + std::to_string(out.size()) +
               "\n%%EOF\n";
    }

    std::vector<PageSpec> pages_;
    std::vector<Bookmark> bookmarks_;
    std::string catalog_, title_;
    std::string font_ =
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
};

/// The stream that shows `text` at (x, y), from the lower left, in points.
inline std::string show(const std::string& text, double x, double y, double size_pt = 12)
{
    return "BT /F1 " + std::to_string(size_pt) + " Tf " + std::to_string(x) + " " +
           std::to_string(y) + " Td (" + text + ") Tj ET\n";
}

} // namespace support
