#include "tests/window/heard.h"

#include <algorithm>
#include <atspi/atspi.h>
#include <chrono>
#include <thread>

namespace window_test {
namespace {

constexpr char kFocused[] = "object:state-changed:focused";
constexpr char kShowing[] = "object:state-changed:showing";
constexpr double kMore_s = 0.03; // what is told of one step comes at once

std::vector<std::string>* list(gpointer data)
{
    return static_cast<std::vector<std::string>*>(data);
}

void focused(AtspiEvent* event, void* data)
{
    if (event->detail1 == 1) list(data)->emplace_back(event->source->parent.path);
    g_boxed_free(ATSPI_TYPE_EVENT, event);
}

void showing(AtspiEvent* event, void* data)
{
    if (event->detail1 == 1 &&
        atspi_accessible_get_role(event->source, nullptr) == ATSPI_ROLE_NOTIFICATION) {
        // The name may be one that was read before.
        atspi_accessible_clear_cache(event->source);
        if (gchar* name = atspi_accessible_get_name(event->source, nullptr)) {
            list(data)->emplace_back(name);
            g_free(name);
        }
    }
    g_boxed_free(ATSPI_TYPE_EVENT, event);
}

} // namespace

Heard::Heard()
{
    atspi_init();
    focus_listener_ = atspi_event_listener_new(focused, &focused_, nullptr);
    showing_listener_ = atspi_event_listener_new(showing, &said_, nullptr);
    atspi_event_listener_register(focus_listener_, kFocused, nullptr);
    atspi_event_listener_register(showing_listener_, kShowing, nullptr);
}

Heard::~Heard()
{
    atspi_event_listener_deregister(focus_listener_, kFocused, nullptr);
    atspi_event_listener_deregister(showing_listener_, kShowing, nullptr);
    g_object_unref(focus_listener_);
    g_object_unref(showing_listener_);
}

void Heard::wait(const std::function<bool()>& heard, double limit_s)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(limit_s);
    while (!heard() && std::chrono::steady_clock::now() < end) {
        if (g_main_context_iteration(nullptr, FALSE) == FALSE)
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

std::string Heard::focus(double limit_s)
{
    wait([&] { return !focused_.empty(); }, limit_s);
    wait([] { return false; }, kMore_s);
    std::string last = focused_.empty() ? std::string{} : focused_.back();
    focused_.clear();
    return last;
}

bool Heard::said(const std::string& words, double limit_s)
{
    const auto there = [&] {
        return std::any_of(said_.begin(), said_.end(), [&](const std::string& each) {
            return each.find(words) != std::string::npos;
        });
    };
    wait(there, limit_s);
    return there();
}

} // namespace window_test
