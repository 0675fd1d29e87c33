#include "capture/reader/protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace capture;
using namespace capture::reader;
using testing::HasSubstr;

namespace {

const ReaderLimits kLimits;

Page full_page()
{
    Page page;
    page.number = 12;
    page.label = "xii";
    page.width_pt = 595.3;
    page.height_pt = 841.9;
    page.text = "Grüße\nvon hier\n";
    page.words = {{0, 7, {0, 0.25f, 0.5f, 1}, 0.5f}, {8, 11, {0.1f, 0.2f, 0.3f, 0.4f}, 1}};
    page.line_starts = {0, 8};
    page.first_line = 41;
    page.by_ocr = true;
    page.warnings = {"half of it is missing"};
    return page;
}

FileInfo full_info()
{
    FileInfo info;
    info.kind = FileKind::Video;
    info.format = "Matroska, AAC, H.264";
    info.title = "A film";
    info.pages = 7;
    info.duration_s = 61.5;
    info.outline = {{0, "One", 1}, {1, "One and a half", 0}};
    info.streams = {{1, "video", "h264", "eng", 0.04, 61.4, 0, 0, 1920, 1080, 29.97}};
    info.warnings = {"cut off"};
    return info;
}

/// Changes one thing in a good page; `expected` is the broken rule.
void expect_refused(const std::function<void(Page&)>& change, const char* expected)
{
    Page page = full_page();
    change(page);
    const auto decoded = decode_page(encode(page), kLimits);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, ErrorCode::ReaderDied);
    EXPECT_THAT(decoded.error().message, HasSubstr(expected));
}

} // namespace

TEST(ProtocolTest, CarriesEveryFieldOfAPage)
{
    const Page page = full_page();
    const auto decoded = decode_page(encode(page), kLimits);

    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->number, page.number);
    EXPECT_EQ(decoded->label, page.label);
    EXPECT_EQ(decoded->width_pt, page.width_pt);
    EXPECT_EQ(decoded->height_pt, page.height_pt);
    EXPECT_EQ(decoded->text, page.text);
    ASSERT_EQ(decoded->words.size(), 2u);
    EXPECT_EQ(decoded->words[0].end, 7u);
    EXPECT_EQ(decoded->words[0].box.y0, 0.25f);
    EXPECT_EQ(decoded->words[0].confidence, 0.5f);
    EXPECT_EQ(decoded->line_starts, page.line_starts);
    EXPECT_EQ(decoded->first_line, 41);
    EXPECT_TRUE(decoded->by_ocr);
    EXPECT_EQ(decoded->warnings, page.warnings);
}

TEST(ProtocolTest, CarriesEveryFieldOfAFile)
{
    const FileInfo info = full_info();
    const auto decoded = decode_info(encode(info), kLimits);

    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->kind, FileKind::Video);
    EXPECT_EQ(decoded->format, info.format);
    EXPECT_EQ(decoded->duration_s, 61.5);
    ASSERT_EQ(decoded->outline.size(), 2u);
    EXPECT_EQ(decoded->outline[1].title, "One and a half");
    ASSERT_EQ(decoded->streams.size(), 1u);
    EXPECT_EQ(decoded->streams[0].language, "eng");
    EXPECT_EQ(decoded->streams[0].frames_per_s, 29.97);
    EXPECT_EQ(decoded->warnings, info.warnings);
}

TEST(ProtocolTest, CarriesRequests)
{
    StartRequest start;
    start.limits.per_page = std::chrono::seconds(7);
    start.limits.max_pixels = 5;
    start.options = {"a.pdf", "p\xFFss", "eng+deu"};
    const auto decoded = decode_start(encode(start));
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->limits.per_page.count(), 7);
    EXPECT_EQ(decoded->limits.max_pixels, 5u);
    EXPECT_EQ(decoded->options.password, "p\xFFss"); // passwords are bytes
    EXPECT_EQ(decoded->options.ocr_language, "eng+deu");

    const auto range = decode_range(encode(MediaRange{1.5, 3, false, true, false, 640, 2}));
    ASSERT_TRUE(range);
    EXPECT_FALSE(range->sound);
    EXPECT_EQ(range->audio_stream, 2);
    EXPECT_FALSE(decode_range(encode(MediaRange{std::numeric_limits<double>::quiet_NaN(), 3})));
    EXPECT_FALSE(decode_pages(encode(PagesRequest{3, 2})));
    EXPECT_FALSE(decode_pages(encode(PagesRequest{0, 2})));
    EXPECT_FALSE(decode_render(encode(RenderRequest{1, -1})));
    EXPECT_FALSE(decode_render(encode(RenderRequest{1, 0, -1})));
    EXPECT_EQ(decode_render(encode(RenderRequest{1, 0, 640}))->width_px, 640);

    const auto play = decode_play(encode(PlayRange{1.5, 3, 0.75, false, 25, 640, 2}));
    ASSERT_TRUE(play);
    EXPECT_EQ(play->end_s, 3);
    EXPECT_EQ(play->speed, 0.75);
    EXPECT_FALSE(play->frames);
    EXPECT_EQ(play->max_frames_per_s, 25);
    EXPECT_EQ(play->audio_stream, 2);
    EXPECT_FALSE(decode_play(encode(PlayRange{0, -1, 0.4})));
    EXPECT_FALSE(decode_play(encode(PlayRange{0, -1, 2.1})));
    EXPECT_FALSE(decode_play(encode(PlayRange{-1, -1, 1})));
    EXPECT_FALSE(decode_play(encode(PlayRange{0, -1, 1, true, 0})));
    const auto query = decode_frame_query(encode(FrameQuery{2.5, FrameChoice::Previous, 320}));
    ASSERT_TRUE(query);
    EXPECT_EQ(query->choice, FrameChoice::Previous);
    EXPECT_EQ(query->max_frame_width_px, 320);
    EXPECT_FALSE(decode_frame_query(encode(FrameQuery{2.5, static_cast<FrameChoice>(3), 320})));
    EXPECT_FALSE(decode_frame_query(encode(FrameQuery{2.5, FrameChoice::At, 8})));
}

TEST(ProtocolTest, RefusesEachBrokenRuleOfAPage)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    expect_refused([](Page& p) { p.number = 0; }, "number");
    expect_refused([](Page& p) { p.number = 20'001; }, "number");
    expect_refused([](Page& p) { p.label = std::string(300, 'i'); }, "label");
    expect_refused([&](Page& p) { p.width_pt = nan; }, "size");
    expect_refused([](Page& p) { p.height_pt = -1; }, "size");
    expect_refused([](Page& p) { p.text[3] = '\xC3'; }, "UTF-8");
    expect_refused([](Page& p) { p.text[1] = '\0'; }, "UTF-8");
    expect_refused([](Page& p) { p.text = std::string((8u << 20) + 1, 'a'); }, "too long");
    expect_refused([](Page& p) { p.words[1].begin = 6; }, "out of order");
    expect_refused([](Page& p) { p.words[1].end = p.words[1].begin; }, "out of order");
    expect_refused([](Page& p) { p.words[1].end = 100; }, "outside");
    expect_refused([](Page& p) { p.words[0].end = 3; }, "cuts a character");
    expect_refused([](Page& p) { p.words[0].box.x0 = 0.6f; }, "box");
    expect_refused([](Page& p) { p.words[0].box.y1 = 1.01f; }, "box");
    expect_refused([&](Page& p) { p.words[0].box.x1 = nan; }, "box");
    expect_refused([](Page& p) { p.words[0].confidence = 2; }, "confidence");
    expect_refused([](Page& p) { p.first_line = -1; }, "line");
    expect_refused([](Page& p) { p.line_starts = {1}; }, "lines");
    expect_refused([](Page& p) { p.line_starts = {0, 8, 8}; }, "lines");
    expect_refused([](Page& p) { p.line_starts = {0, 100}; }, "lines");
    expect_refused([](Page& p) { p.warnings = {"\xFF"}; }, "warning");
    expect_refused([](Page& p) { p.warnings.resize(1001); }, "warnings");
}

TEST(ProtocolTest, RefusesOddFilesSoundAndPictures)
{
    FileInfo info = full_info();
    info.outline[0].page = 8;
    EXPECT_THAT(decode_info(encode(info), kLimits).error().message, HasSubstr("leads nowhere"));
    info = full_info();
    info.kind = static_cast<FileKind>(17);
    EXPECT_FALSE(decode_info(encode(info), kLimits));
    info = full_info();
    info.duration_s = std::numeric_limits<double>::infinity();
    EXPECT_FALSE(decode_info(encode(info), kLimits));
    info = full_info();
    info.streams[0].channels = -1;
    EXPECT_FALSE(decode_info(encode(info), kLimits));

    EXPECT_TRUE(decode_sound(encode(AudioBlock{0, {0.5f}})));
    EXPECT_FALSE(decode_sound(encode(AudioBlock{-1, {0.5f}})));
    EXPECT_FALSE(decode_sound(encode(AudioBlock{0, {}})));
    EXPECT_FALSE(decode_sound(encode(AudioBlock{0, {std::numeric_limits<float>::infinity()}})));
    EXPECT_FALSE(decode_sound(encode(AudioBlock{0, std::vector<float>(16'001)})));

    EXPECT_TRUE(decode_picture(encode(PictureSize{10'000, 10'000}), kLimits));
    EXPECT_FALSE(decode_picture(encode(PictureSize{10'001, 10'000}), kLimits));
    EXPECT_FALSE(decode_picture(encode(PictureSize{-5, -5}), kLimits));
    Frame frame;
    frame.picture = {2'000'000'000, 2'000'000'000, {}};
    EXPECT_FALSE(decode_frame(encode(frame), kLimits));
    EXPECT_FALSE(decode_failure(encode(Error{ErrorCode::QueueFull, "", ""})));
}

TEST(ProtocolTest, ChecksWhatIsPlayed)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto sound = decode_play_sound(encode(PlaySound{1, 1.5, 2, {0.5f, -0.5f}}));
    ASSERT_TRUE(sound);
    EXPECT_EQ(sound->end_s, 1.5);
    EXPECT_EQ(sound->channels, 2);
    EXPECT_EQ(sound->samples, (std::vector<float>{0.5f, -0.5f}));
    EXPECT_FALSE(decode_play_sound(encode(PlaySound{2, 1.5, 1, {0.5f}})));
    EXPECT_FALSE(decode_play_sound(encode(PlaySound{1, nan, 1, {0.5f}})));
    EXPECT_FALSE(decode_play_sound(encode(PlaySound{1, 2, 1, {}})));
    EXPECT_FALSE(decode_play_sound(encode(PlaySound{1, 2, 1, {nan}})));
    EXPECT_FALSE(decode_play_sound(encode(PlaySound{1, 2, 2, {0.5f}}))); // half a sample
    EXPECT_FALSE(decode_play_sound(encode(PlaySound{1, 2, 3, {0, 0, 0}})));
    EXPECT_TRUE(decode_play_sound(encode(PlaySound{1, 2, 2, std::vector<float>(9'600)})));
    EXPECT_FALSE(decode_play_sound(encode(PlaySound{1, 2, 2, std::vector<float>(9'602)})));

    const auto frame = decode_play_frame(encode(PlayFrame{1.25, false, {4, 3, {}}}), kLimits);
    ASSERT_TRUE(frame);
    EXPECT_FALSE(frame->exact);
    EXPECT_EQ(frame->picture.height_px, 3);
    EXPECT_FALSE(decode_play_frame(encode(PlayFrame{-1, true, {4, 3, {}}}), kLimits));
    EXPECT_FALSE(decode_play_frame(encode(PlayFrame{1, true, {0, 3, {}}}), kLimits));
    EXPECT_FALSE(decode_play_frame(encode(PlayFrame{1, true, {50'000, 50'000, {}}}), kLimits));
}

TEST(ProtocolTest, RefusesEveryShorterForm)
{
    const Bytes page = encode(full_page());
    const Bytes info = encode(full_info());
    for (std::size_t size = 0; size < page.size(); ++size) {
        EXPECT_FALSE(decode_page(ByteView(page).first(size), kLimits)) << size;
    }
    for (std::size_t size = 0; size < info.size(); ++size) {
        EXPECT_FALSE(decode_info(ByteView(info).first(size), kLimits)) << size;
    }
}

TEST(ProtocolTest, DoesNotAllocateForCountsThatItDoesNotHold)
{
    // A list of four billion warnings in a payload of a few bytes.
    Bytes page = encode(Page{});
    std::fill(page.end() - 4, page.end(), std::byte{0xFF});

    EXPECT_THAT(decode_page(page, kLimits).error().message, HasSubstr("counts more than it holds"));
}

TEST(ProtocolTest, SurvivesRandomChanges)
{
    const Bytes good = encode(full_page());
    std::mt19937 random(7);
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        Bytes bad = good;
        for (int n = 0; n < 3; ++n) bad[random() % bad.size()] = static_cast<std::byte>(random());
        refused += decode_page(bad, kLimits) ? 0 : 1;
    }
    EXPECT_GT(refused, 10'000);
}

TEST(ProtocolTest, ChecksTheHeader)
{
    auto head = encode_header({77, MessageType::Page});
    const auto decoded = decode_header(head);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->size_bytes, 77u);
    EXPECT_EQ(decoded->type, MessageType::Page);
    EXPECT_EQ(max_payload_bytes(MessageType::Start, kLimits), 0u); // not the reader's to send
    EXPECT_EQ(max_payload_bytes(MessageType::Stop, kLimits), 0u);
    head[6] = std::byte{9};
    EXPECT_THAT(decode_header(head).error().message, HasSubstr("version 9"));
}
