#pragma once

#include "capture/open_file.h"
#include "capture/reader_client.h"
#include "capture/reader_process.h"

#include <memory>
#include <optional>
#include <utility>

namespace capture {

/// The client's side of the protocol for one file: sends a request, takes its answers in the order
/// that the protocol allows, gives room back, and ends the reader that breaks a rule. After a
/// failure the reader is gone; the next request starts another one on the same open file, so that
/// one bad page does not cost the pages behind it.
class ReaderSession {
public:
    ReaderSession(
        std::filesystem::path program,
        OpenFile file,
        OpenOptions open_options,
        const ReaderLimits& limits);

    Result<void> open(const std::stop_token& stop);
    const FileInfo& info() const { return info_; }
    int file_fd() const { return file_.fd(); }
    /// For a document that was turned into another format first: what it really is.
    void describe_as(FileKind kind, const std::string& format);
    Result<void>
    read_pages(reader::PagesRequest range, const ReadHandler& handler, const std::stop_token& stop);
    Result<void>
    read_media(const MediaRange& range, const ReadHandler& handler, const std::stop_token& stop);
    Result<void>
    play(const PlayRange& range, const PlayHandler& handler, const std::stop_token& stop);
    Result<PlayFrame> find_frame(
        const FrameQuery& query,
        const std::function<void(PlayFrame)>& on_preview,
        const std::stop_token& stop);
    Result<Picture> render(reader::RenderRequest wanted, const std::stop_token& stop);

private:
    struct Answer; // what one request has brought so far

    Result<void> start(const std::stop_token& stop);
    Result<void> request(
        reader::MessageType type,
        reader::ByteView payload,
        Answer& answer,
        const std::stop_token& stop);
    /// For what a player asks: a stop ends the answer, not the reader.
    Result<void> request_until_stopped(
        reader::MessageType type,
        reader::ByteView payload,
        Answer& answer,
        const std::stop_token& stop);
    Result<void> take(const Message& message, Answer& answer, Wait& wait);
    Result<void> take_page(const Message& message, Answer& answer, Wait& wait);
    Result<void> take_frame(const Message& message, Answer& answer, Wait& wait);
    Result<void> take_sound(const Message& message, Answer& answer, Wait& wait);
    Result<void> take_play_frame(const Message& message, Answer& answer, Wait& wait);
    Result<void> take_play_sound(const Message& message, Answer& answer, Wait& wait);
    Result<void> receive_pixels(Picture& picture, Wait& wait);
    Result<void> acknowledge(reader::Ack ack, const Wait& wait);
    Result<void> acknowledge_played(reader::Ack ack, const Wait& wait);
    Wait begin_wait(bool by_page, const std::stop_token& stop) const;
    Error broken(const char* rule);

    std::filesystem::path program_;
    OpenFile file_;
    OpenOptions open_options_;
    ReaderLimits limits_;
    FileInfo info_;
    std::optional<std::pair<FileKind, std::string>> really_;
    std::unique_ptr<ReaderProcess> process_;
};

} // namespace capture
