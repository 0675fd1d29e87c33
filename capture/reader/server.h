#pragma once

#include "capture/reader/document.h"
#include "capture/reader/protocol.h"

#include <optional>

namespace capture::reader {

/// The reader's end of the channel: answers requests until the client hangs up. One thread.
class Server final : public Output, public PlayOutput {
public:
    explicit Server(int channel_fd) : fd_(channel_fd) {}

    /// The first message of the client. nullopt: it has gone, or is not our client.
    std::optional<StartRequest> receive_start();
    /// Opens the document and serves it; returns when the client has hung up.
    void serve(Input& input, std::vector<std::string> warnings);
    void fail_with(const Error& error);

    void page(Page page) override;
    void frame(Frame frame) override;
    void sound(const AudioBlock& block) override;
    void progress(double done, double total) override;
    void warning(std::string sentence) override;

    bool play_sound(const PlaySound& block) override;
    bool play_frame(const PlayFrame& frame) override;
    bool wanted() override;

private:
    struct Message {
        MessageType type = MessageType::Done;
        Bytes payload;
    };

    Message receive();
    void send(MessageType type, ByteView payload);
    void send_pixels(const Picture& picture);
    void wait_for_pages();
    void begin_playing();
    void receive_ack();
    void answer(Document& document, const Message& request);
    void finish(const Result<void>& result);

    int fd_;
    ReaderLimits limits_;
    int processor_seconds_ = 0;
    std::uint32_t pages_in_flight_ = 0;
    std::uint32_t samples_in_flight_ = 0;
    bool stopped_ = false; // the client has enough of what is being played
};

/// Makes a page keep the rules of the protocol: valid UTF-8, words in order within the text, boxes
/// within the page.
void clean(Page& page, const ReaderLimits& limits);
void clean(Frame& frame, const ReaderLimits& limits);
void clean(FileInfo& info, const ReaderLimits& limits);

} // namespace capture::reader
