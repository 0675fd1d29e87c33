#include "app/export/writers.h"

#include "app/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <memory>
#include <utility>

namespace app::exporting {
namespace {

constexpr std::string_view kXml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view kWord = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

std::string xml_escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string_view style(BlockKind kind)
{
    switch (kind) {
    case BlockKind::Title:
        return "Title";
    case BlockKind::Heading:
        return "Heading1";
    case BlockKind::Subheading:
        return "Heading2";
    case BlockKind::Item:
        return "ListBullet";
    case BlockKind::Note:
        return "Note";
    case BlockKind::Paragraph:
        break;
    }
    return "Normal";
}

std::string paragraph(const Block& block)
{
    std::string out =
        fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>)", style(block.kind));
    for (const auto& run : block.runs) {
        out += "<w:r>";
        if (run.bold || run.italic) {
            out += "<w:rPr>";
            if (run.bold) out += "<w:b/>";
            if (run.italic) out += "<w:i/>";
            out += "</w:rPr>";
        }
        out += R"(<w:t xml:space="preserve">)" + xml_escaped(run.text) + "</w:t></w:r>";
    }
    return out + "</w:p>\n";
}

std::string document_xml(const std::vector<Block>& blocks)
{
    std::string out = fmt::format(
        R"({}
<w:document xmlns:w="{}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>
)",
        kXml,
        kWord);
    for (const auto& block : blocks) out += paragraph(block);
    // A4 in twentieths of a point, margins of 2.5 cm.
    out +=
        R"(<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>)"
        R"(<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>)"
        "</w:sectPr></w:body></w:document>\n";
    return out;
}

std::string paragraph_style(
    std::string_view id,
    std::string_view shown,
    std::string_view paragraph_properties,
    std::string_view run_properties)
{
    return fmt::format(
        R"(<w:style w:type="paragraph" {}w:styleId="{}"><w:name w:val="{}"/>{}<w:qFormat/>)"
        "<w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>\n",
        id == "Normal" ? R"(w:default="1" )" : "",
        id,
        shown,
        id == "Normal" ? "" : R"(<w:basedOn w:val="Normal"/>)",
        paragraph_properties,
        run_properties);
}

std::string styles_xml()
{
    std::string out = fmt::format("{}\n<w:styles xmlns:w=\"{}\">\n", kXml, kWord);
    out += paragraph_style(
        "Normal",
        "Normal",
        R"(<w:spacing w:after="120"/>)",
        R"(<w:sz w:val="22"/>)");
    out += paragraph_style(
        "Title",
        "Title",
        R"(<w:spacing w:after="60"/>)",
        R"(<w:b/><w:sz w:val="40"/>)");
    out += paragraph_style(
        "Heading1",
        "heading 1",
        R"(<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>)",
        R"(<w:b/><w:sz w:val="28"/>)");
    out += paragraph_style(
        "Heading2",
        "heading 2",
        R"(<w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="1"/>)",
        R"(<w:b/><w:sz w:val="24"/>)");
    out += paragraph_style(
        "ListBullet",
        "List Bullet",
        R"(<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/>)",
        "");
    out +=
        paragraph_style("Note", "Note", "", R"(<w:i/><w:color w:val="666666"/><w:sz w:val="19"/>)");
    return out + "</w:styles>\n";
}

std::string numbering_xml()
{
    return fmt::format(
        R"({}
<w:numbering xmlns:w="{}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
)",
        kXml,
        kWord);
}

std::string footer_xml()
{
    return fmt::format(
        R"({}
<w:ftr xmlns:w="{}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>
)",
        kXml,
        kWord);
}

std::string
relationships_xml(const std::vector<std::pair<std::string_view, std::string_view>>& type_and_target)
{
    std::string out = fmt::format(
        "{}\n<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n",
        kXml);
    int id = 0;
    for (const auto& [type, target] : type_and_target) {
        out += fmt::format(
            "<Relationship Id=\"rId{}\" Type=\"http://schemas.openxmlformats.org/{}\" "
            "Target=\"{}\"/>\n",
            ++id,
            type,
            target);
    }
    return out + "</Relationships>\n";
}

std::string content_types_xml()
{
    std::string out = fmt::format(
        "{}\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\n"
        "<Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n"
        "<Override PartName=\"/docProps/core.xml\" "
        "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\n",
        kXml);
    for (const auto* part : {"document", "styles", "numbering", "footer"}) {
        out += fmt::format(
            "<Override PartName=\"/word/{0}.xml\" "
            "ContentType=\"application/"
            "vnd.openxmlformats-officedocument.wordprocessingml.{0}{1}+xml\"/>\n",
            part,
            part == std::string_view{"document"} ? ".main" : "");
    }
    return out + "</Types>\n";
}

std::string core_xml(const storage::Session& session)
{
    return fmt::format(
        R"({0}
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{1}</dc:title><dc:creator>Percept</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{2}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{2}</dcterms:modified></cp:coreProperties>
)",
        kXml,
        xml_escaped(one_line(clean_utf8(session.name))),
        xml_escaped(clean_utf8(session.created)));
}

la_ssize_t append_bytes(archive* /*unused*/, void* out, const void* bytes, std::size_t size)
{
    static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

bool add_file(archive* zip, std::string_view name, std::string_view bytes)
{
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry{
        archive_entry_new(),
        archive_entry_free};
    if (entry == nullptr) return false;
    archive_entry_set_pathname(entry.get(), std::string{name}.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    // No time is set: zip keeps local time, which would change the bytes with the time zone.
    // Readers show 1980.
    return archive_write_header(zip, entry.get()) == ARCHIVE_OK &&
           archive_write_data(zip, bytes.data(), bytes.size()) ==
               static_cast<la_ssize_t>(bytes.size());
}

} // namespace

Result<std::string> docx(const std::vector<Block>& blocks, const storage::Session& session)
{
    const std::vector<std::pair<std::string_view, std::string>> files{
        {"[Content_Types].xml", content_types_xml()},
        {"_rels/.rels",
         relationships_xml(
             {{"officeDocument/2006/relationships/officeDocument", "word/document.xml"},
              {"package/2006/relationships/metadata/core-properties", "docProps/core.xml"}})},
        {"docProps/core.xml", core_xml(session)},
        {"word/_rels/document.xml.rels",
         relationships_xml(
             {{"officeDocument/2006/relationships/styles", "styles.xml"},
              {"officeDocument/2006/relationships/numbering", "numbering.xml"},
              {"officeDocument/2006/relationships/footer", "footer.xml"}})},
        {"word/document.xml", document_xml(blocks)},
        {"word/footer.xml", footer_xml()},
        {"word/numbering.xml", numbering_xml()},
        {"word/styles.xml", styles_xml()}};

    std::string out;
    const std::unique_ptr<archive, decltype(&archive_write_free)> zip{
        archive_write_new(),
        archive_write_free};
    bool good = zip != nullptr && archive_write_set_format_zip(zip.get()) == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block(zip.get(), 1) == ARCHIVE_OK &&
                archive_write_open(zip.get(), &out, nullptr, append_bytes, nullptr) == ARCHIVE_OK;
    for (const auto& [name, bytes] : files) good = good && add_file(zip.get(), name, bytes);
    good = good && archive_write_close(zip.get()) == ARCHIVE_OK;
    if (!good) {
        const char* reason = zip == nullptr ? nullptr : archive_error_string(zip.get());
        return fail(
            ErrorCode::Internal,
            fmt::format(
                "The DOCX file could not be put together: {}.",
                reason == nullptr ? "no memory" : reason));
    }
    return out;
}

} // namespace app::exporting
