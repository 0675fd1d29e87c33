// Office documents through LibreOffice, which also makes them here.
#include "tests/capture/reader/read_all.h"
#include "tests/capture/reader/sample_files.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using capture::ErrorCode;
using capture::FileKind;
using capture::FileReader;
using testing::HasSubstr;
using namespace std::string_literals;

namespace {

class OfficeTest : public testing::Test {
protected:
    support::TemporaryFolder folder_;
};

/// Two slides as one XML file.
std::string flat_slides()
{
    const std::string names = "urn:oasis:names:tc:opendocument:xmlns:";
    const auto slide = [](const std::string& text) {
        return "<draw:page><draw:frame svg:x=\"2cm\" svg:y=\"2cm\" svg:width=\"20cm\" "
               "svg:height=\"3cm\"><draw:text-box><text:p>" +
               text + "</text:p></draw:text-box></draw:frame></draw:page>";
    };
    return "<?xml version=\"1.0\"?><office:document xmlns:office=\"" + names +
           "office:1.0\" xmlns:draw=\"" + names + "drawing:1.0\" xmlns:text=\"" + names +
           "text:1.0\" xmlns:svg=\"" + names +
           "svg-compatible:1.0\" office:version=\"1.2\" "
           "office:mimetype=\"application/vnd.oasis.opendocument.presentation\"><office:body>"
           "<office:presentation>" +
           slide("The harbour opens at nine.") + slide("The ferry leaves at ten.") +
           "</office:presentation></office:body></office:document>";
}

/// How LibreOffice makes one, and what is read of it.
struct Kind {
    const char* format;
    const char* source;
    int pages;
    const char* first_page_holds;
};

class OfficeFormatTest : public OfficeTest, public testing::WithParamInterface<Kind> {};

} // namespace

TEST_P(OfficeFormatTest, IsReadByItsContent)
{
    if (!support::has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed.";
    folder_.write("made.txt", "The harbour opens at nine.\n");
    folder_.write("made.csv", "Member,Euros\nAnna,12\nBoris,15\n");
    folder_.write("made.fodp", flat_slides());
    std::string ending = GetParam().format;
    for (char& c : ending) c = static_cast<char>(std::tolower(c));
    const auto converted = support::run_command(
        {"soffice",
         "-env:UserInstallation=file://" + (folder_ / "profile").string(),
         "--headless",
         "--convert-to",
         ending,
         "--outdir",
         (folder_ / "out").string(),
         (folder_ / GetParam().source).string()});
    ASSERT_EQ(converted.status, 0) << converted.err;
    std::filesystem::rename(folder_ / "out" / ("made." + ending), folder_ / "a.bin");

    const auto file = read_all(folder_ / "a.bin");

    ASSERT_TRUE(file.good) << file.error.message;
    EXPECT_EQ(file.info.kind, FileKind::Office);
    EXPECT_EQ(file.info.format, GetParam().format);
    ASSERT_EQ(static_cast<int>(file.pages.size()), GetParam().pages);
    EXPECT_THAT(file.pages[0].text, HasSubstr(GetParam().first_page_holds));
    EXPECT_FALSE(file.pages[0].words.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Formats,
    OfficeFormatTest,
    testing::Values(
        Kind{"DOCX", "made.txt", 1, "The harbour opens at nine."},
        Kind{"ODT", "made.txt", 1, "The harbour opens at nine."},
        Kind{"RTF", "made.txt", 1, "The harbour opens at nine."},
        Kind{"XLSX", "made.csv", 1, "Anna 12"},
        Kind{"ODS", "made.csv", 1, "Anna 12"},
        Kind{"PPTX", "made.fodp", 2, "The harbour opens at nine."},
        Kind{"ODP", "made.fodp", 2, "The harbour opens at nine."}),
    [](const auto& one) { return std::string(one.param.format); });

TEST_F(OfficeTest, TurnsOfficeDocumentsIntoPages)
{
    if (!support::has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed.";
    const auto file =
        read_all(folder_.write("letter.bin", sample::docx("The harbour opens at nine.")));

    ASSERT_TRUE(file.good) << file.error.message;
    EXPECT_EQ(file.info.kind, FileKind::Office);
    EXPECT_EQ(file.info.format, "DOCX");
    EXPECT_EQ(file.pages.at(0).text, "The harbour opens at nine.\n");
}

TEST_F(OfficeTest, KeepsThePdfThatItMade)
{
    if (!support::has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed.";
    const auto file = folder_.write("a.docx", sample::docx("The harbour opens at nine."));
    capture::OpenOptions options;
    options.kept_pdf = folder_ / "kept" / "a.pdf";
    auto reader = open_file(file, options);
    ASSERT_TRUE(reader) << reader.error().message;
    ASSERT_TRUE(std::filesystem::exists(options.kept_pdf));

    // From now on without LibreOffice.
    auto without = this_build();
    without.office_program = folder_ / "nowhere";
    reader = FileReader::open(file, options, without);
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ((*reader)->info().kind, FileKind::Office);
    EXPECT_TRUE((*reader)->render_page_to_width(1, 200, {}));
    // One that is damaged is made again.
    folder_.write("kept/a.pdf", "not a PDF");
    EXPECT_FALSE(FileReader::open(file, options, without));
    ASSERT_TRUE(open_file(file, options));
    EXPECT_TRUE(FileReader::open(file, options, without));
}

TEST_F(OfficeTest, NamesThePackageWhereLibreOfficeIsMissing)
{
    capture::ReaderOptions options = this_build();
    options.office_program = folder_ / "soffice";
    const auto reader =
        capture::FileReader::open(folder_.write("a.docx", sample::docx("x")), {}, options);

    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().code, ErrorCode::MissingTool);
    EXPECT_THAT(reader.error().hint, HasSubstr("libreoffice-writer-nogui"));
}

TEST_F(OfficeTest, FencesTheOfficeProgram)
{
    const auto program = folder_ / "tries_to_escape";
    std::filesystem::copy_file(PERCEPT_FAKE_READER, program);
    capture::ReaderOptions options = this_build();
    options.office_program = program;
    const auto reader =
        capture::FileReader::open(folder_.write("a.docx", sample::docx("x")), {}, options);
    ASSERT_TRUE(reader) << reader.error().message;
    std::string text;
    capture::ReadHandler handler;
    handler.on_page = [&](const capture::Page& page) { text = page.text; };
    ASSERT_TRUE((*reader)->read_pages(1, 1, handler, {}));

    EXPECT_EQ(text, "what worked:");
}

TEST_F(OfficeTest, StopsAnOfficeProgramThatHangs)
{
    // The stand-in reader hangs under this name; it takes LibreOffice's place here.
    const auto program = folder_ / "reads_nothing";
    std::filesystem::copy_file(PERCEPT_FAKE_READER, program);
    capture::ReaderOptions options = this_build();
    options.office_program = program;
    options.limits.per_page = std::chrono::seconds(1);
    const auto reader =
        capture::FileReader::open(folder_.write("a.docx", sample::docx("x")), {}, options);

    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().code, ErrorCode::TimedOut) << reader.error().message;
    EXPECT_THAT(reader.error().message, HasSubstr("a.docx"));
}

TEST_F(OfficeTest, RefusesOtherArchives)
{
    const auto file = read_all(folder_.write("a.docx", sample::zip({{"readme.txt", "hello"}})));

    EXPECT_EQ(file.error.code, ErrorCode::UnsupportedFile);
    EXPECT_THAT(file.error.message, HasSubstr("archive"));
}

TEST_F(OfficeTest, AsksToSaveEncryptedOfficeDocumentsWithoutPassword)
{
    std::string old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(600, '\0');
    for (const char c : "EncryptedPackage"s) old += {c, '\0'};
    EXPECT_EQ(read_all(folder_.write("a.docx", old)).error.code, ErrorCode::PasswordNeeded);
}

TEST_F(OfficeTest, AsksToSaveEncryptedOpenDocumentsWithoutPassword)
{
    const std::string manifest =
        "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\">"
        "<manifest:encryption-data manifest:checksum-type=\"SHA1/1K\"/></manifest:file-entry>"
        "</manifest:manifest>";
    const auto file = read_all(folder_.write(
        "a.odt",
        sample::zip(
            {{"mimetype", "application/vnd.oasis.opendocument.text"},
             {"content.xml", "\x8f\x01\x7c\x99"},
             {"META-INF/manifest.xml", manifest}})));

    EXPECT_EQ(file.error.code, ErrorCode::PasswordNeeded) << file.error.message;
    EXPECT_THAT(file.error.message, HasSubstr("a.odt"));
}
