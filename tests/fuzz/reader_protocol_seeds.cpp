// fuzz_reader_protocol_seeds FOLDER: one message of each type, FOLDER/<n>, as percept-reader and
// its client write them.
#include "capture/reader/protocol.h"

#include <filesystem>
#include <fstream>
#include <iostream>

using namespace capture;
using namespace capture::reader;

namespace {

struct Writer {
    std::filesystem::path folder;
    int next = 0;

    void write(MessageType type, const Bytes& payload)
    {
        const auto header = encode_header({static_cast<std::uint32_t>(payload.size()), type});
        std::ofstream file(folder / std::to_string(next++), std::ios::binary);
        const auto put = [&file](const auto& bytes) {
            file.write(
                reinterpret_cast<const char*>(bytes.data()),
                static_cast<std::streamsize>(bytes.size()));
        };
        put(header);
        put(payload);
    }
};

} // namespace

int main(int count, char** arguments)
{
    if (count != 2) {
        std::cerr << "fuzz_reader_protocol_seeds FOLDER\n";
        return 2;
    }
    Writer out{arguments[1]};
    std::filesystem::create_directories(out.folder);
    out.write(MessageType::Start, encode(StartRequest{{}, {"a.pdf", "secret", "eng+deu"}}));
    out.write(MessageType::ReadPages, encode(PagesRequest{2, 5}));
    out.write(MessageType::ReadMedia, encode(MediaRange{}));
    out.write(MessageType::RenderPage, encode(RenderRequest{3, 150}));
    out.write(MessageType::Ack, encode(Ack{1, 16'000}));
    out.write(MessageType::Play, encode(PlayRange{2.5, 8, 1.5}));
    out.write(MessageType::FindFrame, encode(FrameQuery{2.5, FrameChoice::Next, 960}));
    out.write(MessageType::Stop, {});
    FileInfo info;
    info.format = "Matroska";
    info.outline = {{0, "One", 1}};
    info.streams = {{1, "video", "h264", "eng", 0.04, 61.4, 0, 0, 1920, 1080, 29.97}};
    info.warnings = {"cut off"};
    out.write(MessageType::Info, encode(info));
    Page page;
    page.label = "xii";
    page.text = "Grüße\nvon hier\n";
    page.words = {{0, 7, {0, 0.25f, 0.5f, 1}, 0.5f}, {8, 11, {0.1f, 0.2f, 0.3f, 0.4f}, 1}};
    page.line_starts = {0, 8};
    page.warnings = {"half of it is missing"};
    out.write(MessageType::Page, encode(page));
    Frame frame;
    frame.time_s = 1.5;
    frame.picture = {4, 3, {}};
    frame.text = page.text;
    frame.words = page.words;
    out.write(MessageType::Frame, encode(frame));
    out.write(MessageType::Sound, encode(AudioBlock{0.5, {0, 0.5f, -1}}));
    out.write(MessageType::PlaySound, encode(PlaySound{0.5, 0.6, 2, {0, 0.5f, -1, 0.25f}}));
    out.write(MessageType::PlayFrame, encode(PlayFrame{1.5, true, {4, 3, {}}}));
    out.write(MessageType::Picture, encode(PictureSize{40, 30}));
    out.write(MessageType::Progress, encode(Progress{3, 60}));
    out.write(MessageType::Warning, encode(std::string("cut off")));
    out.write(MessageType::Done, {});
    out.write(
        MessageType::Failed,
        encode(Error{ErrorCode::BadFile, "It is damaged.", "Try again."}));
    return 0;
}
