#include "tests/capture/reader/read_all.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using capture::ErrorCode;
using support::PdfWriter;
using support::show;
using testing::HasSubstr;

namespace {

class PdfTest : public testing::Test {
protected:
    std::filesystem::path write(const PdfWriter& pdf)
    {
        return folder_.write("a.pdf", pdf.bytes());
    }

    support::TemporaryFolder folder_;
};

/// A page of text, drawn by poppler and stored as a picture: a clean scan.
std::string
scanned(const std::filesystem::path& pdf, double dpi, int quarter_turns, int& width, int& height)
{
    const auto reader = open_file(pdf);
    const auto picture = (*reader)->render_page(1, dpi, {});
    const int w = picture->width_px;
    const int h = picture->height_px;
    width = quarter_turns % 2 == 0 ? w : h;
    height = quarter_turns % 2 == 0 ? h : w;
    std::string gray(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), '\0');
    for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            int to_x = x;
            int to_y = y;
            if (quarter_turns == 1) to_x = h - 1 - y, to_y = x;
            if (quarter_turns == 2) to_x = w - 1 - x, to_y = h - 1 - y;
            gray.data()[to_y * width + to_x] =
                static_cast<char>(picture->rgb.data()[(y * w + x) * 3]);
        }
    }
    return gray;
}

std::string letter()
{
    std::string content;
    const char* lines[] = {
        "The ferry to the island leaves every morning at half past seven.",
        "Tickets are sold on board and cost twelve euros for adults.",
        "Dogs travel free of charge but must be kept on a lead.",
        "In winter there is only one crossing, on Wednesday afternoon.",
        "Bicycles have to be booked one day in advance by telephone.",
        "The harbour office is open from nine to five except on Sundays."};
    double y = 760;
    for (const char* line : lines) content += show(line, 72, y -= 20, 13);
    return content;
}

} // namespace

TEST_F(PdfTest, GivesWordsWithBoxesFromTheTopLeft)
{
    const auto file =
        read_all(write(PdfWriter().page(show("Hello brave world", 59.5, 842 - 84.2, 20))));

    ASSERT_TRUE(file.good) << file.error.message;
    EXPECT_EQ(file.info.kind, capture::FileKind::Pdf);
    EXPECT_EQ(file.info.format, "PDF 1.5");
    ASSERT_EQ(file.pages.size(), 1u);
    const capture::Page& page = file.pages[0];
    EXPECT_EQ(page.text, "Hello brave world\n");
    EXPECT_DOUBLE_EQ(page.width_pt, 595);
    EXPECT_DOUBLE_EQ(page.height_pt, 842);
    ASSERT_EQ(page.words.size(), 3u);
    EXPECT_EQ(word_text(page, 1), "brave");
    EXPECT_NEAR(page.words[0].box.x0, 0.1, 0.005);
    EXPECT_LT(page.words[0].box.y0, 0.1); // the baseline lies at 0.1
    EXPECT_GT(page.words[0].box.y1, 0.09);
    EXPECT_LT(page.words[0].box.x1, page.words[1].box.x0);
    EXPECT_FALSE(page.by_ocr);
}

TEST_F(PdfTest, ReadsColumnsOneAfterTheOther)
{
    std::string content;
    for (int i = 0; i < 10; ++i) {
        const double y = 700 - i * 14;
        content += show("left line " + std::to_string(i) + " goes on to here", 60, y, 10);
        content += show("right line " + std::to_string(i) + " goes on to here", 320, y, 10);
    }
    const auto file = read_all(write(PdfWriter().page(content)));

    ASSERT_TRUE(file.good);
    const std::string& text = file.pages[0].text;
    EXPECT_LT(text.find("left line 9"), text.find("right line 0"));
    EXPECT_LT(text.find("right line 0"), text.find("right line 9"));
}

TEST_F(PdfTest, KeepsRowsOfATableTogether)
{
    std::string content;
    const char* rows[][3] = {
        {"Machine", "Room", "Cost"},
        {"Saw", "Wood", "free"},
        {"Laser", "Electronics", "9 euros"}};
    double y = 700;
    for (const auto& row : rows) {
        y -= 22;
        for (int c = 0; c < 3; ++c) content += show(row[c], 60 + 90 * c, y, 11);
    }
    const auto file = read_all(write(PdfWriter().page(content)));

    ASSERT_TRUE(file.good);
    EXPECT_THAT(file.pages[0].text, HasSubstr("Saw Wood free"));
    EXPECT_THAT(file.pages[0].text, HasSubstr("Laser Electronics 9 euros"));
}

TEST_F(PdfTest, TellsLinesFromParagraphs)
{
    const auto file = read_all(write(PdfWriter().page(
        show("First line of one", 72, 700) + show("and its second line.", 72, 686) +
        show("Another paragraph.", 72, 650))));

    ASSERT_TRUE(file.good);
    EXPECT_EQ(
        file.pages[0].text,
        "First line of one\nand its second line.\n\nAnother paragraph.\n");
}

TEST_F(PdfTest, MeasuresBoxesOnThePageAsItIsShown)
{
    // Turned clockwise, the lower left corner comes to the upper left.
    const auto file =
        read_all(write(PdfWriter()
                           .page(show("corner", 10, 10), "/Rotate 90")
                           .page(show("cropped", 310, 430), "/CropBox [300 420 595 842]")));

    ASSERT_TRUE(file.good);
    EXPECT_DOUBLE_EQ(file.pages[0].width_pt, 842);
    EXPECT_DOUBLE_EQ(file.pages[0].height_pt, 595);
    const capture::Box& turned = file.pages[0].words.at(0).box;
    EXPECT_LT(turned.x1, 0.05);
    EXPECT_LT(turned.y1, 0.1);
    EXPECT_DOUBLE_EQ(file.pages[1].width_pt, 295);
    const capture::Box& cropped = file.pages[1].words.at(0).box;
    EXPECT_NEAR(cropped.x0, 10.0 / 295, 0.01);
    EXPECT_GT(cropped.y0, 0.9);
}

TEST_F(PdfTest, KnowsTitleLabelsAndWhereBookmarksLead)
{
    const auto file =
        read_all(write(PdfWriter()
                           .title("A short report")
                           .catalog("/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>")
                           .page(show("preface", 72, 700))
                           .page(show("chapter", 72, 700))
                           .page(show("end", 72, 700))
                           .bookmark("Chapter", 2)
                           .bookmark("End", 3)));

    ASSERT_TRUE(file.good);
    EXPECT_EQ(file.info.title, "A short report");
    EXPECT_EQ(file.pages[0].label, "i");
    EXPECT_EQ(file.pages[1].label, "1");
    ASSERT_EQ(file.info.outline.size(), 2u);
    EXPECT_EQ(file.info.outline[1].title, "End");
    EXPECT_EQ(file.info.outline[1].page, 3);
    EXPECT_EQ(file.info.outline[1].level, 0);
}

TEST_F(PdfTest, AsksForThePasswordAndTakesIt)
{
    if (!support::has_program("qpdf"))
        GTEST_SKIP() << "qpdf, which encrypts the file, is not installed.";
    const auto plain = write(PdfWriter().page(show("secret plan", 72, 700)));
    const auto locked = folder_ / "locked.pdf";
    ASSERT_EQ(
        support::run_command({"qpdf", "--encrypt", "tulip", "rose", "256", "--", plain, locked})
            .status,
        0);

    const auto without = read_all(locked);
    EXPECT_EQ(without.error.code, ErrorCode::PasswordNeeded);
    EXPECT_THAT(without.error.message, HasSubstr("encrypted"));
    const auto wrong = read_all(locked, {.name = "", .password = "daisy"});
    EXPECT_EQ(wrong.error.code, ErrorCode::PasswordNeeded);
    EXPECT_THAT(wrong.error.message, HasSubstr("does not open"));
    const auto right = read_all(locked, {.name = "", .password = "tulip"});
    ASSERT_TRUE(right.good) << right.error.message;
    EXPECT_EQ(right.pages[0].text, "secret plan\n");
}

TEST_F(PdfTest, ReadsATruncatedFileAsFarAsItGoes)
{
    PdfWriter pdf;
    for (int i = 1; i <= 20; ++i) pdf.page(show("page number " + std::to_string(i), 72, 700));
    const std::string bytes = pdf.bytes();
    const auto file = read_all(folder_.write("cut.pdf", bytes.substr(0, bytes.size() * 6 / 10)));

    ASSERT_TRUE(file.good) << file.error.message;
    EXPECT_EQ(file.pages.at(0).text, "page number 1\n");
    EXPECT_GT(file.pages.size(), 5u);
    EXPECT_LT(file.pages.size(), 20u);
    EXPECT_THAT(file.info.warnings, testing::Contains(HasSubstr("cut off")));
}

TEST_F(PdfTest, RefusesWhatOnlyBeginsLikeAPdf)
{
    const auto file = read_all(folder_.write("a.pdf", "%PDF-1.4\nnothing more"));

    EXPECT_EQ(file.error.code, ErrorCode::BadFile);
    EXPECT_THAT(file.error.message, HasSubstr("a.pdf"));
}

TEST_F(PdfTest, StreamsThreeHundredPagesInOrder)
{
    PdfWriter pdf;
    for (int i = 1; i <= 300; ++i) pdf.page(show("page number " + std::to_string(i), 72, 700));
    const auto file = read_all(write(pdf));

    ASSERT_TRUE(file.good) << file.error.message;
    ASSERT_EQ(file.pages.size(), 300u);
    EXPECT_EQ(file.pages[299].number, 300);
    EXPECT_EQ(file.pages[299].text, "page number 300\n");
}

TEST_F(PdfTest, DrawsAPageAtTheResolutionAsked)
{
    const auto reader = open_file(write(PdfWriter().page("1 0 0 rg 0 0 595 421 re f")));
    ASSERT_TRUE(reader);
    const auto picture = (*reader)->render_page(1, 36, {});

    ASSERT_TRUE(picture) << picture.error().message;
    EXPECT_NEAR(picture->width_px, 298, 1);
    EXPECT_NEAR(picture->height_px, 421, 1);
    ASSERT_EQ(
        picture->rgb.size(),
        static_cast<std::size_t>(picture->width_px * picture->height_px * 3));
    EXPECT_EQ(picture->rgb[0], 255);
    EXPECT_EQ(picture->rgb[1], 255);
    EXPECT_EQ(picture->rgb[picture->rgb.size() - 3], 255); // the lower half is red
    EXPECT_EQ(picture->rgb[picture->rgb.size() - 2], 0);
}

TEST_F(PdfTest, GoesOnAfterAPageThatDoesNotExist)
{
    const auto reader = open_file(write(PdfWriter().page(show("one", 72, 700))));
    ASSERT_TRUE(reader);

    EXPECT_EQ((*reader)->read_pages(1, 2, {}, {}).error().code, ErrorCode::NotFound);
    EXPECT_EQ((*reader)->render_page(7, 72, {}).error().code, ErrorCode::NotFound);
    EXPECT_TRUE((*reader)->read_pages(1, 1, {}, {}));
}

TEST_F(PdfTest, ReadsAScannedPage)
{
    int width = 0;
    int height = 0;
    const std::string gray = scanned(write(PdfWriter().page(letter())), 150, 0, width, height);
    const auto file = read_all(
        folder_.write("scan.pdf", PdfWriter().scan(width, height, gray, 595, 842).bytes()));

    ASSERT_TRUE(file.good) << file.error.message;
    const capture::Page& page = file.pages.at(0);
    EXPECT_TRUE(page.by_ocr);
    EXPECT_THAT(page.text, HasSubstr("Dogs travel free of charge but must be kept on a lead."));
    ASSERT_GT(page.words.size(), 50u);
    EXPECT_EQ(word_text(page, 1), "ferry");
    EXPECT_NEAR(page.words[0].box.x0, 72.0 / 595, 0.01);
    EXPECT_GT(page.words[0].confidence, 0.7f);
    EXPECT_LT(page.words[0].confidence, 1.0f);
}

TEST_F(PdfTest, ReadsAScanThatLiesOnItsSide)
{
    int width = 0;
    int height = 0;
    const std::string gray = scanned(write(PdfWriter().page(letter())), 150, 1, width, height);
    const auto file = read_all(
        folder_.write("side.pdf", PdfWriter().scan(width, height, gray, 842, 595).bytes()));

    ASSERT_TRUE(file.good) << file.error.message;
    const capture::Page& page = file.pages.at(0);
    EXPECT_THAT(page.text, HasSubstr("The ferry to the island leaves every morning"));
    // Turned clockwise: the first line runs down the right edge.
    EXPECT_GT(page.words.at(0).box.x0, 0.85f);
    EXPECT_NEAR(page.words.at(0).box.y0, 72.0 / 595, 0.02);
}

TEST_F(PdfTest, ReadsAPageWhoseFontLiesAboutItsCharacters)
{
    // Each code is said to mean the character three places on: copied text is garbage, the picture
    // is right.
    std::string map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                      "1 begincodespacerange <00> <FF> endcodespacerange\n"
                      "1 beginbfrange <21> <7A> <0024> endbfrange\nendcmap end end";
    PdfWriter pdf;
    pdf.page(letter());
    pdf.font("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
             "/ToUnicode 10 0 R >>");
    // Object 10 is the content of a second page, which serves as the map's stream.
    pdf.page(map);
    const auto reader = open_file(write(pdf));
    ASSERT_TRUE(reader);
    capture::Page page;
    capture::ReadHandler handler;
    handler.on_page = [&](capture::Page got) { page = std::move(got); };
    ASSERT_TRUE((*reader)->read_pages(1, 1, handler, {}));

    EXPECT_TRUE(page.by_ocr);
    EXPECT_THAT(page.text, HasSubstr("Tickets are sold on board"));
}

TEST_F(PdfTest, DoesNotRecogniseTextOnABlankPage)
{
    const auto file = read_all(write(PdfWriter().page("")));

    ASSERT_TRUE(file.good);
    EXPECT_FALSE(file.pages.at(0).by_ocr);
    EXPECT_EQ(file.pages.at(0).text, "");
}

TEST_F(PdfTest, SaysWhichLanguageIsMissing)
{
    int width = 0;
    int height = 0;
    const std::string gray = scanned(write(PdfWriter().page(letter())), 100, 0, width, height);
    const auto scan =
        folder_.write("scan.pdf", PdfWriter().scan(width, height, gray, 595, 842).bytes());
    const auto file = read_all(scan, {.name = "", .password = "", .ocr_language = "eng+xyz"});

    ASSERT_TRUE(file.good);
    EXPECT_THAT(file.pages.at(0).text, HasSubstr("ferry"));
    EXPECT_THAT(file.pages.at(0).warnings, testing::Contains(HasSubstr("tesseract-ocr-xyz")));
}
