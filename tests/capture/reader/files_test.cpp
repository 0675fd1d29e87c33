#include "tests/capture/reader/read_all.h"
#include "tests/capture/reader/sample_files.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using capture::ErrorCode;
using capture::FileKind;
using testing::HasSubstr;
using namespace std::string_literals;

namespace {

class FilesTest : public testing::Test {
protected:
    WholeFile read(std::string_view name, std::string_view bytes)
    {
        return read_all(folder_.write(name, bytes));
    }
    std::string text_of(std::string_view bytes)
    {
        const auto file = read("a.txt", bytes);
        return file.good ? file.pages.at(0).text : file.error.message;
    }

    support::TemporaryFolder folder_;
};

class PictureTest : public FilesTest, public testing::WithParamInterface<const char*> {};

} // namespace

TEST_P(PictureTest, IsReadByItsContent)
{
    // The name's ending lies.
    const auto file = read("a.doc", sample::picture(GetParam()));

    ASSERT_TRUE(file.good) << file.error.message;
    EXPECT_EQ(file.info.kind, FileKind::Image);
    EXPECT_EQ(file.info.format, GetParam());
    EXPECT_EQ(file.info.pages, 1);
    EXPECT_THAT(file.pages.at(0).text, HasSubstr("The harbour opens at nine"));
    EXPECT_TRUE(file.pages.at(0).by_ocr);
}
INSTANTIATE_TEST_SUITE_P(
    Formats,
    PictureTest,
    testing::Values("PNG", "JPEG", "WebP", "GIF", "TIFF", "BMP", "HEIC", "AVIF"),
    [](const auto& one) { return std::string(one.param); });

TEST_F(FilesTest, ReadsEachPageOfATiff)
{
    const auto file = read("a.tif", sample::tiff_of_two_pages());

    ASSERT_TRUE(file.good) << file.error.message;
    ASSERT_EQ(file.pages.size(), 2u);
    EXPECT_THAT(file.pages[1].text, HasSubstr("second page"));
}

TEST_F(FilesTest, TurnsAPhotoAsItsCameraSays)
{
    const auto file = folder_.write("a.jpg", sample::photo_with_orientation(6));
    const auto upright = read_all(file);
    const auto reader = open_file(file);
    ASSERT_TRUE(upright.good && reader);
    const auto picture = (*reader)->render_page(1, 0, {});

    EXPECT_THAT(upright.pages.at(0).text, HasSubstr("The harbour opens at nine"));
    EXPECT_LT(upright.pages.at(0).words.at(0).box.y1, 0.5f);
    ASSERT_TRUE(picture);
    EXPECT_GT(picture->width_px, picture->height_px); // stored upright, shown on its side
}

TEST_F(FilesTest, DrawsPagesAndPicturesAsWideAsWanted)
{
    support::PdfWriter pdf;
    pdf.page(support::show("Wide", 72, 500), "/MediaBox [0 0 842 595]");
    const auto document = open_file(folder_.write("a.pdf", pdf.bytes()));
    const auto photo = open_file(folder_.write("a.png", sample::picture("PNG")));
    ASSERT_TRUE(document && photo);
    for (const int width_px : {16, 333, 800, 1777}) {
        const auto page = (*document)->render_page_to_width(1, width_px, {});
        ASSERT_TRUE(page) << page.error().message;
        EXPECT_EQ(page->width_px, width_px);
        EXPECT_NEAR(page->height_px, width_px * 595.0 / 842, 1);
    }
    const auto own = (*photo)->render_page(1, 0, {});
    const auto small = (*photo)->render_page_to_width(1, 100, {});
    const auto large = (*photo)->render_page_to_width(1, 10'000, {});
    ASSERT_TRUE(own && small && large);
    EXPECT_EQ(small->width_px, 100);
    EXPECT_EQ(large->width_px, own->width_px); // no more than it has
    EXPECT_EQ(large->rgb, own->rgb);
}

TEST_F(FilesTest, ReadsSmallAndLightText)
{
    const auto small = read("small.png", sample::picture("PNG", {.font_px = 9}));
    const auto dark = read("dark.png", sample::picture("PNG", {.inverted = true}));

    ASSERT_TRUE(small.good && dark.good);
    EXPECT_THAT(small.pages.at(0).text, HasSubstr("harbour opens"));
    EXPECT_THAT(dark.pages.at(0).text, HasSubstr("The harbour opens at nine"));
}

TEST_F(FilesTest, RefusesPicturesThatAreTooLargeByTheirHeader)
{
    // A PNG header that claims 60,000 x 60,000 pixels, and nothing behind it.
    std::string png = sample::picture("PNG");
    const std::string huge("\0\0\xEA\x60\0\0\xEA\x60", 8);
    png.replace(16, 8, huge);
    const auto file = read("huge.png", png);

    EXPECT_EQ(file.error.code, ErrorCode::LimitExceeded) << file.error.message;
    EXPECT_THAT(file.error.message, HasSubstr("60000 x 60000"));
}

TEST_F(FilesTest, SaysThatAPictureIsDamaged)
{
    const auto file = read("cut.png", sample::picture("PNG").substr(0, 60));

    EXPECT_EQ(file.error.code, ErrorCode::BadFile);
    EXPECT_THAT(file.error.message, HasSubstr("cut.png"));
}

TEST_F(FilesTest, DecodesTextOfManyEncodings)
{
    EXPECT_EQ(text_of("plain\r\ntext\r\n"), "plain\ntext\n");
    EXPECT_EQ(text_of("\xEF\xBB\xBFGrüße\n"), "Grüße\n");
    EXPECT_EQ(text_of("\xFF\xFEG\0r\0\xFC\0\n\0"s), "Grü\n");
    EXPECT_EQ(text_of("\xFE\xFF\0G\0r\0\xFC\0\n"s), "Grü\n");
    EXPECT_EQ(text_of("\xFF\xFE\0\0G\0\0\0\xFC\0\0\0"s), "Gü");
    EXPECT_EQ(text_of("G\0r\0\xFC\0n\0 \0a\0l\0s\0o\0"s), "Grün also");
    EXPECT_EQ(
        text_of("Die Gr\xFC\xDF"
                "e der sch\xF6nen M\xFCllerin und ihrer Br\xFC"
                "der\n"),
        "Die Grüße der schönen Müllerin und ihrer Brüder\n");
}

TEST_F(FilesTest, CutsTextIntoSheetsOfWholeLines)
{
    std::string text;
    for (int i = 1; i <= 1000; ++i) text += "this is line number " + std::to_string(i) + "\n";
    const auto file = read("a.cpp", text);

    ASSERT_TRUE(file.good);
    EXPECT_EQ(file.info.kind, FileKind::Text);
    EXPECT_GT(file.pages.size(), 3u);
    std::string whole;
    int line = 1;
    for (const capture::Page& page : file.pages) {
        EXPECT_EQ(page.first_line, line);
        EXPECT_LE(page.text.size(), 4096u);
        EXPECT_TRUE(page.text.ends_with('\n'));
        for (const std::uint32_t start : page.line_starts) {
            const std::string expected = "this is line number " + std::to_string(line++) + "\n";
            EXPECT_EQ(page.text.substr(start, expected.size()), expected);
        }
        whole += page.text;
    }
    EXPECT_EQ(whole, text);
}

TEST_F(FilesTest, KnowsTheHeadingsOfMarkdown)
{
    const auto file =
        read("a.md", "# The title\n\ntext\n\n## Part *one*\n```\n# no heading\n```\n");

    ASSERT_TRUE(file.good);
    EXPECT_EQ(file.info.format, "UTF-8 Markdown");
    EXPECT_EQ(file.info.title, "The title");
    ASSERT_EQ(file.info.outline.size(), 2u);
    EXPECT_EQ(file.info.outline[1].level, 1);
}

TEST_F(FilesTest, ReadsHtmlAsAPersonDoes)
{
    const auto file = read(
        "page.txt",
        "<!DOCTYPE html><html><head><title>Ferry  times</title><style>p{}</style></head><body>"
        "<h1>Times</h1><p>The <b>first</b> ferry\n leaves at seven.</p><script>var x=1;</script>"
        "<p hidden>secret</p><div style='display: none'>more</div>"
        "<ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
        "<pre>keep\n  this</pre></body></html>");

    ASSERT_TRUE(file.good);
    EXPECT_EQ(file.info.format, "UTF-8 HTML");
    EXPECT_EQ(file.info.title, "Ferry times");
    EXPECT_EQ(
        file.pages.at(0).text,
        "Times\n\nThe first ferry leaves at seven.\n\n- one\n- two\n\na\tb\n\nkeep\n  this\n");
}

// Found in a manual of Debian's archive: its pages declare themselves as "head".
TEST_F(FilesTest, ReadsPiecesOfHtmlButNotMarkdownAsPages)
{
    const std::string piece = "<?xml version=\"1.0\"?>\n<!DOCTYPE head PUBLIC \"-//W3C//DTD\" "
                              "\"x.dtd\"><head><title>Tracks</title></head>\n"
                              "<div class=\"nav\"><p>Merge <code>tracks</code>.</p></div>";
    const auto page = read("piece", piece);
    ASSERT_TRUE(page.good);
    EXPECT_EQ(page.info.format, "UTF-8 HTML");
    EXPECT_EQ(page.info.title, "Tracks");
    EXPECT_EQ(page.pages.at(0).text, "Merge tracks.\n");

    EXPECT_EQ(read("bare.htm", "Some <b>bold</b> words").pages.at(0).text, "Some bold words\n");
    const auto markdown = read("README.md", "<p align=\"center\">Logo</p>\n\n# The title\n");
    EXPECT_EQ(markdown.info.format, "UTF-8 Markdown");
    EXPECT_EQ(markdown.info.title, "The title");
    EXPECT_EQ(read("x.txt", "<paragraph>no</paragraph>").info.format, "UTF-8 text");
}

TEST_F(FilesTest, ReadsHtmlThatNestsDeeply)
{
    std::string html = "<html><body>";
    for (int i = 0; i < 20'000; ++i) html += "<div>";
    const auto file = read("deep.html", html + "bottom");

    ASSERT_TRUE(file.good) << file.error.message;
    EXPECT_EQ(file.pages.at(0).text, "bottom\n");
}

TEST_F(FilesTest, RefusesWhatIsNoText)
{
    std::string noise;
    for (int i = 0; i < 5000; ++i) noise += static_cast<char>(i * i * 31 + i);
    const auto file = read("a.txt", noise);
    EXPECT_EQ(file.error.code, ErrorCode::UnsupportedFile);
    EXPECT_THAT(file.error.message, HasSubstr("a.txt is neither text"));
    EXPECT_EQ(
        read(
            "a.txt",
            "\x7F"
            "ELF\x02\x01\x01\0\0\0"s)
            .error.code,
        ErrorCode::UnsupportedFile);
    const auto empty = read("empty.pdf", "");
    EXPECT_EQ(empty.error.code, ErrorCode::BadFile);
    EXPECT_THAT(empty.error.message, HasSubstr("empty"));
}

TEST_F(FilesTest, HasNoPagesToShowForTextAndNoSoundForPages)
{
    const auto reader = open_file(folder_.write("a.txt", "text"));
    ASSERT_TRUE(reader);
    EXPECT_EQ((*reader)->render_page(1, 72, {}).error().code, ErrorCode::UnsupportedFile);
    EXPECT_EQ((*reader)->read_media({}, {}, {}).error().code, ErrorCode::UnsupportedFile);
}

TEST_F(FilesTest, SaysNothingOfASampleRateThatCannotBe)
{
    std::string wav = "RIFF\x24\x04\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0"s;
    wav += "\0\0\0\x7F\0\0\0\x7F\x02\0\x10\0"s; // two thousand million samples a second
    wav += "data\0\x04\0\0"s + std::string(1024, '\x11');
    const auto reader = open_file(folder_.write("a.wav", wav));

    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ((*reader)->info().kind, FileKind::Audio);
    EXPECT_EQ((*reader)->info().streams.at(0).sample_rate_hz, 0);
}
