#include "tests/window/drag_source.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <poll.h>

namespace window_test {
namespace {

constexpr std::uint32_t kVersion = 5;
constexpr std::size_t kPiece_bytes = 60'000; // larger content goes over in pieces (ICCCM, INCR)
constexpr std::chrono::seconds kLimit{15};

/// xcb hands out what malloc made.
struct Free {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename Type>
using Owned = std::unique_ptr<Type, Free>;

} // namespace

DragSource::DragSource(Content content, const std::string& selection)
    : content_(std::move(content)), connection_(xcb_connect(nullptr, nullptr))
{
    const xcb_screen_t* screen = xcb_setup_roots_iterator(xcb_get_setup(connection_)).data;
    root_ = screen->root;
    window_ = xcb_generate_id(connection_);
    xcb_create_window(
        connection_,
        XCB_COPY_FROM_PARENT,
        window_,
        root_,
        0,
        0,
        1,
        1,
        0,
        XCB_WINDOW_CLASS_INPUT_ONLY,
        XCB_COPY_FROM_PARENT,
        0,
        nullptr);
    xcb_set_selection_owner(connection_, window_, atom(selection), XCB_CURRENT_TIME);
    std::vector<xcb_atom_t> types;
    for (const auto& [type, bytes] : content_) types.push_back(atom(type));
    atom("TARGETS");
    xcb_change_property(
        connection_,
        XCB_PROP_MODE_REPLACE,
        window_,
        atom("XdndTypeList"),
        XCB_ATOM_ATOM,
        32,
        static_cast<std::uint32_t>(types.size()),
        types.data());
    xcb_flush(connection_);
}

DragSource::~DragSource()
{
    die();
}

void DragSource::die()
{
    if (connection_ != nullptr) xcb_disconnect(connection_);
    connection_ = nullptr;
}

xcb_atom_t DragSource::atom(const std::string& name)
{
    xcb_atom_t& known = atoms_[name];
    if (known != XCB_NONE) return known;
    const Owned<xcb_intern_atom_reply_t> reply{xcb_intern_atom_reply(
        connection_,
        xcb_intern_atom(connection_, 0, static_cast<std::uint16_t>(name.size()), name.data()),
        nullptr)};
    if (reply) known = reply->atom;
    return known;
}

std::string DragSource::name_of(xcb_atom_t atom) const
{
    for (const auto& [name, known] : atoms_)
        if (known == atom) return name;
    return std::to_string(atom);
}

/// The innermost window there that says it takes drops; frames of the window manager do not.
xcb_window_t DragSource::aware_at(int x, int y)
{
    xcb_window_t at = root_;
    for (;;) {
        const Owned<xcb_translate_coordinates_reply_t> below{xcb_translate_coordinates_reply(
            connection_,
            xcb_translate_coordinates(
                connection_,
                root_,
                at,
                static_cast<std::int16_t>(x),
                static_cast<std::int16_t>(y)),
            nullptr)};
        if (!below || below->child == XCB_NONE) return XCB_NONE;
        at = below->child;
        const Owned<xcb_get_property_reply_t> aware{xcb_get_property_reply(
            connection_,
            xcb_get_property(connection_, 0, at, atom("XdndAware"), XCB_ATOM_ATOM, 0, 1),
            nullptr)};
        if (aware && aware->value_len == 1) return at;
    }
}

void DragSource::tell(
    const char* message,
    std::uint32_t a,
    std::uint32_t b,
    std::uint32_t c,
    std::uint32_t d)
{
    xcb_client_message_event_t event{};
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = target_;
    event.type = atom(message);
    const std::uint32_t data[5]{window_, a, b, c, d};
    std::memcpy(event.data.data32, data, sizeof data);
    xcb_send_event(connection_, 0, target_, 0, reinterpret_cast<const char*>(&event));
    xcb_flush(connection_);
}

bool DragSource::move(int x, int y)
{
    const xcb_window_t below = aware_at(x, y);
    if (below != target_) {
        if (target_ != XCB_NONE) leave();
        target_ = below;
        if (target_ == XCB_NONE) return false;
        std::uint32_t types[3]{};
        auto next = content_.begin();
        for (std::uint32_t& type : types)
            if (next != content_.end()) type = atom((next++)->first);
        const std::uint32_t more = content_.size() > 3 ? 1 : 0;
        tell("XdndEnter", kVersion << 24U | more, types[0], types[1], types[2]);
    }
    tell(
        "XdndPosition",
        0,
        static_cast<std::uint32_t>(x) << 16U | static_cast<std::uint32_t>(y),
        XCB_CURRENT_TIME,
        atom("XdndActionCopy"));
    const std::uint32_t* status = wait_for_answer("XdndStatus");
    return status != nullptr && (status[1] & 1U) != 0;
}

bool DragSource::drop()
{
    if (target_ == XCB_NONE) return false;
    tell("XdndDrop", 0, XCB_CURRENT_TIME, 0, 0);
    const std::uint32_t* finished = wait_for_answer("XdndFinished");
    target_ = XCB_NONE;
    return finished != nullptr && (finished[1] & 1U) != 0;
}

void DragSource::leave()
{
    tell("XdndLeave", 0, 0, 0, 0);
    target_ = XCB_NONE;
}

const std::uint32_t* DragSource::wait_for_answer(const char* message)
{
    const auto end = std::chrono::steady_clock::now() + kLimit;
    const xcb_atom_t wanted = atom(message);
    while (!dead() && std::chrono::steady_clock::now() < end) {
        const Owned<xcb_generic_event_t> event{xcb_poll_for_event(connection_)};
        if (!event) {
            wait_for_event();
            continue;
        }
        if ((event->response_type & 0x7fU) == XCB_CLIENT_MESSAGE) {
            const auto& told = reinterpret_cast<const xcb_client_message_event_t&>(*event);
            if (told.type != wanted) continue;
            std::memcpy(answer_, told.data.data32, sizeof answer_);
            return answer_;
        }
        serve(*event);
    }
    EXPECT_TRUE(dead()) << "the window did not answer with " << message;
    return nullptr;
}

void DragSource::serve_until(const std::stop_token& stop)
{
    while (!dead() && !stop.stop_requested()) {
        const Owned<xcb_generic_event_t> event{xcb_poll_for_event(connection_)};
        if (event)
            serve(*event);
        else
            wait_for_event();
    }
}

/// A tenth of a second at most.
void DragSource::wait_for_event() const
{
    pollfd ready{xcb_get_file_descriptor(connection_), POLLIN, 0};
    ::poll(&ready, 1, 100);
}

void DragSource::serve(const xcb_generic_event_t& event)
{
    switch (event.response_type & 0x7fU) {
    case XCB_SELECTION_REQUEST:
        answer(reinterpret_cast<const xcb_selection_request_event_t&>(event));
        break;
    case XCB_PROPERTY_NOTIFY: {
        const auto& changed = reinterpret_cast<const xcb_property_notify_event_t&>(event);
        if (changed.state != XCB_PROPERTY_DELETE) break;
        const auto at =
            std::find_if(transfers_.begin(), transfers_.end(), [&](const Transfer& transfer) {
                return transfer.window == changed.window && transfer.property == changed.atom;
            });
        if (at == transfers_.end()) break;
        const bool was_last = at->sent == at->bytes.size() + 1;
        if (was_last)
            transfers_.erase(at);
        else
            send_piece(*at);
        break;
    }
    default:
        break;
    }
}

void DragSource::answer(const xcb_selection_request_event_t& request)
{
    const std::string type = name_of(request.target);
    asked_for_.push_back(type);
    const auto found = content_.find(type);
    xcb_selection_notify_event_t notify{};
    notify.response_type = XCB_SELECTION_NOTIFY;
    notify.time = request.time;
    notify.requestor = request.requestor;
    notify.selection = request.selection;
    notify.target = request.target;
    notify.property = XCB_NONE;
    if (life_bytes_ == 0) return die();
    if (type == "TARGETS") {
        std::vector<xcb_atom_t> types;
        for (const auto& [name, bytes] : content_) types.push_back(atom(name));
        notify.property = request.property;
        xcb_change_property(
            connection_,
            XCB_PROP_MODE_REPLACE,
            request.requestor,
            request.property,
            XCB_ATOM_ATOM,
            32,
            static_cast<std::uint32_t>(types.size()),
            types.data());
    } else if (found != content_.end() && !broken_) {
        notify.property = request.property;
        const std::string& bytes = found->second;
        if (bytes.size() <= kPiece_bytes) {
            xcb_change_property(
                connection_,
                XCB_PROP_MODE_REPLACE,
                request.requestor,
                request.property,
                request.target,
                8,
                static_cast<std::uint32_t>(bytes.size()),
                bytes.data());
        } else {
            const std::uint32_t listen = XCB_EVENT_MASK_PROPERTY_CHANGE;
            xcb_change_window_attributes(
                connection_,
                request.requestor,
                XCB_CW_EVENT_MASK,
                &listen);
            const auto size = static_cast<std::uint32_t>(bytes.size());
            xcb_change_property(
                connection_,
                XCB_PROP_MODE_REPLACE,
                request.requestor,
                request.property,
                atom("INCR"),
                32,
                1,
                &size);
            transfers_.push_back({request.requestor, request.property, request.target, bytes, 0});
        }
    }
    xcb_send_event(
        connection_,
        0,
        request.requestor,
        XCB_EVENT_MASK_NO_EVENT,
        reinterpret_cast<const char*>(&notify));
    xcb_flush(connection_);
}

/// An empty piece, counted as one byte more than there are, says that it was the last.
void DragSource::send_piece(Transfer& transfer)
{
    if (transfer.sent >= life_bytes_) return die();
    const std::size_t size = std::min(kPiece_bytes, transfer.bytes.size() - transfer.sent);
    xcb_change_property(
        connection_,
        XCB_PROP_MODE_REPLACE,
        transfer.window,
        transfer.property,
        transfer.type,
        8,
        static_cast<std::uint32_t>(size),
        transfer.bytes.data() + transfer.sent);
    transfer.sent += size == 0 ? 1 : size;
    xcb_flush(connection_);
}

std::string uri_list(const std::vector<std::string>& files)
{
    std::string list;
    for (const std::string& file : files) {
        list += "file://";
        for (const unsigned char c : file) {
            if (std::isalnum(c) != 0 || std::strchr("/._-~", c) != nullptr) {
                list += static_cast<char>(c);
            } else {
                char escape[4];
                std::snprintf(escape, sizeof escape, "%%%02X", c);
                list += escape;
            }
        }
        list += "\r\n";
    }
    return list;
}

} // namespace window_test
