#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>
#include <xcb/xcb.h>

namespace window_test {

/// One drag out of another program, as a file manager does it: the XDND protocol itself, on a
/// connection of its own. A toolkit's drag would begin when its loop finds the time; here every
/// step waits for the answer of the window below, so nothing has to be guessed or slept over.
class DragSource {
public:
    /// What is dragged, by the types of XDND ("text/uri-list", "text/plain", "image/png").
    using Content = std::map<std::string, std::string>;
    /// `selection`: also the clipboard hands out content in this way ("CLIPBOARD").
    explicit DragSource(Content content, const std::string& selection = "XdndSelection");
    /// Leaves the way a killed program does: in the middle of whatever is going on.
    ~DragSource();
    DragSource(const DragSource&) = delete;
    DragSource& operator=(const DragSource&) = delete;

    /// Moves to that place of the display; whether the window there would take it.
    bool move(int x, int y);
    /// Whether the window says that it has taken it. It asks for the content meanwhile.
    bool drop();
    void leave();
    /// Answers whoever asks for the content.
    void serve_until(const std::stop_token& stop);

    /// Of the content asked for, only so many bytes are handed out, then the program is gone.
    void die_after(std::size_t size_bytes) { life_bytes_ = size_bytes; }
    /// Every request for the content is answered with "there is none".
    void break_promise() { broken_ = true; }
    bool dead() const { return connection_ == nullptr; }
    /// Types that the window asked for, in order.
    const std::vector<std::string>& asked_for() const { return asked_for_; }

private:
    /// The content goes over in pieces where it is large: the window takes one, then waits.
    struct Transfer {
        xcb_window_t window = XCB_NONE;
        xcb_atom_t property = XCB_NONE;
        xcb_atom_t type = XCB_NONE;
        std::string bytes;
        std::size_t sent = 0;
    };

    xcb_atom_t atom(const std::string& name);
    std::string name_of(xcb_atom_t atom) const;
    xcb_window_t aware_at(int x, int y);
    void
    tell(const char* message, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d);
    /// Serves the window until it answered with that message; its data, or nothing after the limit.
    const std::uint32_t* wait_for_answer(const char* message);
    void wait_for_event() const;
    void serve(const xcb_generic_event_t& event);
    void answer(const xcb_selection_request_event_t& request);
    void send_piece(Transfer& transfer);
    void die();

    Content content_;
    xcb_connection_t* connection_ = nullptr;
    xcb_window_t root_ = XCB_NONE;
    xcb_window_t window_ = XCB_NONE;
    xcb_window_t target_ = XCB_NONE;
    std::map<std::string, xcb_atom_t> atoms_;
    std::vector<Transfer> transfers_;
    std::vector<std::string> asked_for_;
    std::uint32_t answer_[5] = {};
    bool broken_ = false;
    std::size_t life_bytes_ = SIZE_MAX;
};

/// What another program put on the clipboard, for as long as this lives.
class Clipboard {
public:
    explicit Clipboard(DragSource::Content content)
        : source_(std::move(content), "CLIPBOARD"),
          thread_([this](const std::stop_token& stop) { source_.serve_until(stop); })
    {
    }

private:
    DragSource source_;
    std::jthread thread_;
};

/// The text/uri-list of these files.
std::string uri_list(const std::vector<std::string>& files);

} // namespace window_test
