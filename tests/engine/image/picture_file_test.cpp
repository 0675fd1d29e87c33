#include "engine/image/picture_file.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

namespace engine::image {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string word(std::uint32_t value)
{
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
    return bytes;
}

std::string chunk(const std::string& type, const std::string& body)
{
    const std::string checked = type + body;
    return word(static_cast<std::uint32_t>(body.size())) + checked +
           word(static_cast<std::uint32_t>(crc32(
               0,
               reinterpret_cast<const Bytef*>(checked.data()),
               static_cast<uInt>(checked.size()))));
}

/// A PNG of raw rows, each beginning with its filter byte.
struct Png {
    std::uint32_t width = 2, height = 1;
    char depth = 8, colour = 2, interlace = 0;
    std::string rows = std::string("\0\1\2\3\4\5\6", 7);
    std::string before = {}; // chunks between header and data
    int pieces = 1;

    std::string bytes() const
    {
        uLongf size = compressBound(static_cast<uLong>(rows.size()));
        std::string data(size, '\0');
        compress(
            reinterpret_cast<Bytef*>(data.data()),
            &size,
            reinterpret_cast<const Bytef*>(rows.data()),
            static_cast<uLong>(rows.size()));
        data.resize(size);
        std::string file = "\x89PNG\r\n\x1a\n";
        file += chunk(
            "IHDR",
            word(width) + word(height) + depth + colour + std::string(2, '\0') + interlace);
        file += before;
        const std::size_t each = data.size() / static_cast<std::size_t>(pieces) + 1;
        for (std::size_t at = 0; at < data.size(); at += each)
            file += chunk("IDAT", data.substr(at, each));
        return file + chunk("IEND", "");
    }
};

Result<Image> parsed(const std::string& bytes)
{
    return parse_picture(std::as_bytes(std::span(bytes)), "a.png");
}

std::vector<int> pixels(const Png& png)
{
    const auto image = parsed(png.bytes());
    if (!image) {
        ADD_FAILURE() << image.error().message;
        return {};
    }
    return {image->rgb.begin(), image->rgb.end()};
}

TEST(PictureFile, ReadsEveryColourTypeAndDepth)
{
    EXPECT_THAT(pixels({}), ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_THAT(
        pixels({.depth = 16, .rows = std::string("\0\1\xff\2\0\3\0\4\0\5\0\6\0", 13)}),
        ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_THAT(
        pixels({.depth = 1, .colour = 0, .rows = std::string("\0\x40", 2)}),
        ElementsAre(0, 0, 0, 255, 255, 255));
    EXPECT_THAT(
        pixels({.depth = 4, .colour = 0, .rows = std::string("\0\x1f", 2)}),
        ElementsAre(17, 17, 17, 255, 255, 255));
    EXPECT_THAT(
        pixels(
            {.depth = 2,
             .colour = 3,
             .rows = std::string("\0\x60", 2),
             .before = chunk("PLTE", "abcdefghi") + chunk("tRNS", std::string("\xff\xff\0", 3))}),
        ElementsAre('d', 'e', 'f', 255, 255, 255)); // the third colour is transparent: white
    EXPECT_THAT(
        pixels({.colour = 4, .rows = std::string("\0\x64\xff\x64\x80", 5)}),
        ElementsAre(100, 100, 100, 177, 177, 177));
    EXPECT_THAT(
        pixels({.colour = 6, .rows = std::string("\0\1\2\3\xff\1\2\3\0", 9)}),
        ElementsAre(1, 2, 3, 255, 255, 255));
    EXPECT_THAT(
        pixels({.before = chunk("tRNS", std::string("\0\4\0\5\0\6", 6))}),
        ElementsAre(1, 2, 3, 255, 255, 255)); // the key colour
}

TEST(PictureFile, UndoesEveryFilterAcrossPieces)
{
    // Left, up, average and Paeth, worked by hand on grey rows of 3.
    const Png png{
        .width = 3,
        .height = 5,
        .colour = 0,
        .rows = std::string("\0\12\24\36\1\12\12\12\2\1\1\1\3\5\5\5\4\1\1\1", 20),
        .pieces = 5};
    const auto image = parsed(png.bytes());
    ASSERT_TRUE(image) << image.error().message;
    std::vector<int> grey;
    for (std::size_t i = 0; i < image->rgb.size(); i += 3) grey.push_back(image->rgb[i]);
    EXPECT_THAT(grey, ElementsAre(10, 20, 30, 10, 20, 30, 11, 21, 31, 10, 20, 30, 11, 21, 31));
}

TEST(PictureFile, InterlacedPicturesEqualPlainOnes)
{
    // 5 x 3 grey; each pass has rows of its own.
    const Png png{
        .width = 5,
        .height = 3,
        .colour = 0,
        .interlace = 1,
        .rows = std::string(
            "\0\1"             // (0,0)
            "\0\5"             // (4,0)
            "\0\3"             // pass 4: (2,0)
            "\0\13\15\17"      // pass 5, row 2: columns 0 2 4
            "\0\2\4\0\14\16"   // pass 6: rows 0 and 2, columns 1 3
            "\0\6\7\10\11\12", // pass 7: row 1
            2 + 2 + 2 + 4 + 6 + 6)};
    const auto image = parsed(png.bytes());
    ASSERT_TRUE(image) << image.error().message;
    std::vector<int> grey;
    for (std::size_t i = 0; i < image->rgb.size(); i += 3) grey.push_back(image->rgb[i]);
    EXPECT_THAT(grey, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

TEST(PictureFile, ReadsPpmWithComments)
{
    const auto image = parsed("P6\n# made by hand\n2 1\n255\nabcdef and more");
    ASSERT_TRUE(image) << image.error().message;
    EXPECT_THAT(image->rgb, ElementsAre('a', 'b', 'c', 'd', 'e', 'f'));
    EXPECT_EQ(parsed("P6 2 1 65535\nabcdef").error().code, ErrorCode::UnsupportedFile);
    EXPECT_EQ(parsed("P6 2 9 255\nabcdef").error().code, ErrorCode::BadFile);
    EXPECT_EQ(parsed("P6 2").error().code, ErrorCode::BadFile);
    EXPECT_EQ(parsed("P6 99999999999999999999 1 255\n").error().code, ErrorCode::BadFile);
}

TEST(PictureFile, DamageIsASentenceAndNeverAPicture)
{
    const std::pair<Png, const char*> broken[] = {
        {{.width = 0}, "no pixels"},
        {{.width = 70'000}, "65,535"},
        {{.width = 60'000, .height = 60'000}, "200 million"},
        {{.depth = 3}, "makes no sense"},
        {{.colour = 5}, "makes no sense"},
        {{.depth = 4, .colour = 6}, "makes no sense"},
        {{.height = 2}, "cut off"},
        {{.rows = std::string("\5\1\2\3\4\5\6", 7)}, "filter"},
        {{.colour = 3, .rows = std::string("\0\0\0", 3)}, "no palette"},
        {{.colour = 3, .rows = std::string("\0\0\7", 3), .before = chunk("PLTE", "abc")},
         "palette lacks"},
        {{.before = chunk("PLTE", "abcd")}, "palette is cut"},
        {{.before = chunk("XYZW", "?")}, "does not know"}};
    for (const auto& [png, why] : broken) {
        const auto image = parsed(png.bytes());
        ASSERT_FALSE(image) << why;
        EXPECT_THAT(image.error().message, HasSubstr(why));
        EXPECT_FALSE(image.error().hint.empty());
    }
    EXPECT_EQ(parsed("GIF89a").error().code, ErrorCode::UnsupportedFile);
    EXPECT_EQ(parsed("").error().code, ErrorCode::UnsupportedFile);
    const std::string whole = Png{}.bytes();
    for (std::size_t cut = 0; cut < whole.size(); ++cut) EXPECT_FALSE(parsed(whole.substr(0, cut)));
    for (std::size_t at = 16; at < whole.size(); ++at) { // every byte is under a checksum
        std::string spoiled = whole;
        spoiled[at] = static_cast<char>(spoiled[at] ^ 0x55);
        EXPECT_FALSE(parsed(spoiled)) << at;
    }
}

TEST(PictureFile, ReadsFilesAndSaysWhichIsMissing)
{
    const support::TemporaryFolder folder;
    EXPECT_TRUE(read_picture(folder.write("x.png", Png{}.bytes())));
    EXPECT_EQ(read_picture(folder / "none.png").error().code, ErrorCode::FileNotFound);
}

} // namespace
} // namespace engine::image
