#include "tests/window/accessible_bus.h"

#include <algorithm>
#include <atspi/atspi.h>
#include <cstdint>
#include <functional>
#include <gio/gio.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <vector>

namespace window_test {
namespace {

constexpr int kMostChildren = 400; // of one node: a list shows a page of rows
constexpr int kMostDepth = 40;
constexpr int kMostText = 20'000;
constexpr int kLimit_ms = 15'000; // a program that is busy answers late, one that has ended at once

constexpr char kRegistry[] = "org.a11y.atspi.Registry";
constexpr char kRoot[] = "/org/a11y/atspi/accessible/root";
constexpr char kProperties[] = "org.freedesktop.DBus.Properties";
constexpr char kAccessible[] = "org.a11y.atspi.Accessible";
constexpr char kAction[] = "org.a11y.atspi.Action";
constexpr char kComponent[] = "org.a11y.atspi.Component";
constexpr char kText[] = "org.a11y.atspi.Text";
constexpr char kValue[] = "org.a11y.atspi.Value";

struct Unref {
    void operator()(GVariant* value) const { g_variant_unref(value); }
    void operator()(GMainContext* context) const { g_main_context_unref(context); }
};
using Variant = std::unique_ptr<GVariant, Unref>;

Variant part(GVariant* tuple, gsize index)
{
    return Variant{g_variant_get_child_value(tuple, index)};
}

/// What a property holds: its answer is a variant in a tuple.
Variant held(GVariant* answer)
{
    return Variant{g_variant_get_variant(part(answer, 0).get())};
}

std::string words(GVariant* value)
{
    return g_variant_is_of_type(value, G_VARIANT_TYPE_STRING) != FALSE
               ? g_variant_get_string(value, nullptr)
               : std::string{};
}

/// Some programs count in doubles, some in integers.
double number(GVariant* value)
{
    if (g_variant_is_of_type(value, G_VARIANT_TYPE_DOUBLE) != FALSE)
        return g_variant_get_double(value);
    if (g_variant_is_of_type(value, G_VARIANT_TYPE_INT32) != FALSE)
        return g_variant_get_int32(value);
    return 0;
}

/// One look at a program: every answer leads to the questions that follow from it, and all that is
/// known to be asked is under way together.
class Reading {
public:
    Reading(GDBusConnection* connection, std::string bus)
        : connection_(connection), bus_(std::move(bus)), context_(g_main_context_new())
    {
        g_main_context_push_thread_default(context_.get());
    }
    ~Reading() { g_main_context_pop_thread_default(context_.get()); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    Node tree(const std::string& root)
    {
        Reached top;
        top.node.id = root;
        read(top, 0);
        while (pending_ > 0) g_main_context_iteration(context_.get(), TRUE);
        Node node = whole(top);
        node.bus = bus_;
        return node;
    }

private:
    /// A node while it is read: those below it do not move when others come.
    struct Reached {
        Node node;
        std::vector<std::unique_ptr<Reached>> children;
    };
    using Take = std::function<void(GVariant*)>;
    struct Question {
        Reading* reading;
        Take take;
    };

    static Node whole(Reached& reached)
    {
        for (const auto& child : reached.children) reached.node.children.push_back(whole(*child));
        return std::move(reached.node);
    }

    static void answered(GObject* connection, GAsyncResult* result, gpointer data)
    {
        const std::unique_ptr<Question> question{static_cast<Question*>(data)};
        // What has gone meanwhile answers with an error, and stays as empty as it is.
        const Variant answer{
            g_dbus_connection_call_finish(G_DBUS_CONNECTION(connection), result, nullptr)};
        --question->reading->pending_;
        if (answer) question->take(answer.get());
    }
    void ask(const Node& node, const char* interface, const char* method, GVariant* with, Take take)
    {
        ++pending_;
        g_dbus_connection_call(
            connection_,
            bus_.c_str(),
            node.id.c_str(),
            interface,
            method,
            with,
            nullptr,
            G_DBUS_CALL_FLAGS_NONE,
            kLimit_ms,
            nullptr,
            answered,
            new Question{this, std::move(take)});
    }
    void ask_property(const Node& node, const char* interface, const char* name, const Take& take)
    {
        ask(node, kProperties, "Get", g_variant_new("(ss)", interface, name), [take](auto* answer) {
            take(held(answer).get());
        });
    }

    void read(Reached& reached, int depth)
    {
        Node& node = reached.node;
        ask(node, kAccessible, "GetRole", nullptr, [&node](GVariant* answer) {
            std::uint32_t role = 0;
            g_variant_get(answer, "(u)", &role);
            gchar* name = atspi_role_get_name(static_cast<AtspiRole>(role));
            node.role = name != nullptr ? name : "";
            g_free(name);
        });
        ask_property(node, kAccessible, "Name", [&node](auto* value) { node.name = words(value); });
        ask(node, kAccessible, "GetState", nullptr, [this, &reached, depth](GVariant* answer) {
            take_states(reached.node, part(answer, 0).get());
            // Rows of a list that is hidden still call themselves shown. The program itself is
            // never shown.
            if (depth < kMostDepth && (depth == 0 || reached.node.showing))
                ask(reached.node,
                    kAccessible,
                    "GetChildren",
                    nullptr,
                    [this, &reached, depth](GVariant* children) {
                        take_children(reached, part(children, 0).get(), depth + 1);
                    });
        });
        ask(node, kAccessible, "GetInterfaces", nullptr, [this, &node](GVariant* answer) {
            const Variant names = part(answer, 0);
            for (gsize i = 0; i < g_variant_n_children(names.get()); ++i)
                read_interface(node, words(part(names.get(), i).get()));
        });
    }
    static void take_states(Node& node, GVariant* states)
    {
        std::uint64_t all = 0;
        for (gsize i = 0; i < g_variant_n_children(states) && i < 2; ++i)
            all |= std::uint64_t{g_variant_get_uint32(part(states, i).get())} << (32 * i);
        const auto has = [&](AtspiStateType state) { return (all >> state & 1U) != 0; };
        node.showing = has(ATSPI_STATE_SHOWING);
        node.focusable = has(ATSPI_STATE_FOCUSABLE);
        node.focused = has(ATSPI_STATE_FOCUSED);
        node.enabled = has(ATSPI_STATE_ENABLED);
        node.checked = has(ATSPI_STATE_CHECKED);
        node.selectable = has(ATSPI_STATE_SELECTABLE);
        node.selected = has(ATSPI_STATE_SELECTED);
        node.editable = has(ATSPI_STATE_EDITABLE);
        node.expandable = has(ATSPI_STATE_EXPANDABLE);
        node.expanded = has(ATSPI_STATE_EXPANDED);
    }
    void take_children(Reached& reached, GVariant* children, int depth)
    {
        const gsize count = std::min<gsize>(g_variant_n_children(children), kMostChildren);
        for (gsize i = 0; i < count; ++i) {
            auto child = std::make_unique<Reached>();
            child->node.id = words_of_path(part(part(children, i).get(), 1).get());
            reached.children.push_back(std::move(child));
        }
        for (const auto& child : reached.children) read(*child, depth);
    }
    static std::string words_of_path(GVariant* path) { return g_variant_get_string(path, nullptr); }

    void read_interface(Node& node, const std::string& name)
    {
        if (name == kComponent) {
            const auto whole_display = static_cast<std::uint32_t>(ATSPI_COORD_TYPE_SCREEN);
            ask(node,
                kComponent,
                "GetExtents",
                g_variant_new("(u)", whole_display),
                [&node](GVariant* answer) {
                    g_variant_get(answer, "((iiii))", &node.x, &node.y, &node.width, &node.height);
                });
        } else if (name == kValue) {
            node.has_value = true;
            for (const auto& [property, place] :
                 {std::pair{"CurrentValue", &node.value},
                  std::pair{"MinimumValue", &node.minimum},
                  std::pair{"MaximumValue", &node.maximum}})
                ask_property(node, kValue, property, [place = place](GVariant* value) {
                    *place = number(value);
                });
        } else if (name == kText) {
            ask_property(node, kText, "CharacterCount", [this, &node](GVariant* count) {
                ask(node,
                    kText,
                    "GetText",
                    g_variant_new("(ii)", 0, std::min(static_cast<int>(number(count)), kMostText)),
                    [&node](GVariant* answer) { node.text = words(part(answer, 0).get()); });
            });
        } else if (name == kAction) {
            ask(node, kAction, "GetActions", nullptr, [&node](GVariant* answer) {
                const Variant actions = part(answer, 0);
                for (gsize i = 0; i < g_variant_n_children(actions.get()); ++i)
                    node.actions.push_back(words(part(part(actions.get(), i).get(), 0).get()));
            });
        }
    }

    GDBusConnection* connection_;
    std::string bus_;
    std::unique_ptr<GMainContext, Unref> context_;
    int pending_ = 0;
};

/// Null where the answer is an error.
Variant call(
    GDBusConnection* connection,
    const std::string& bus,
    const std::string& path,
    const char* interface,
    const char* method,
    GVariant* with)
{
    return Variant{g_dbus_connection_call_sync(
        connection,
        bus.c_str(),
        path.c_str(),
        interface,
        method,
        with,
        nullptr,
        G_DBUS_CALL_FLAGS_NONE,
        kLimit_ms,
        nullptr,
        nullptr)};
}

/// The bus of that program and the path of its root.
std::optional<std::pair<std::string, std::string>>
running(GDBusConnection* connection, const std::string& program)
{
    const Variant answer = call(connection, kRegistry, kRoot, kAccessible, "GetChildren", nullptr);
    if (!answer) return std::nullopt;
    const Variant programs = part(answer.get(), 0);
    for (gsize i = 0; i < g_variant_n_children(programs.get()); ++i) {
        const Variant each = part(programs.get(), i);
        std::string bus = g_variant_get_string(part(each.get(), 0).get(), nullptr);
        std::string path = g_variant_get_string(part(each.get(), 1).get(), nullptr);
        const Variant name = call(
            connection,
            bus,
            path,
            kProperties,
            "Get",
            g_variant_new("(ss)", kAccessible, "Name"));
        if (name && words(held(name.get()).get()) == program) return std::pair{bus, path};
    }
    return std::nullopt;
}

} // namespace

AccessibleBus& AccessibleBus::session()
{
    static AccessibleBus bus;
    return bus;
}

AccessibleBus::AccessibleBus()
{
    GDBusConnection* session = g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr);
    const Variant address =
        session != nullptr
            ? call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", nullptr)
            : nullptr;
    if (address)
        connection_ = g_dbus_connection_new_for_address_sync(
            g_variant_get_string(part(address.get(), 0).get(), nullptr),
            static_cast<GDBusConnectionFlags>(
                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION),
            nullptr,
            nullptr,
            nullptr);
    if (session != nullptr) g_object_unref(session);
    EXPECT_NE(connection_, nullptr) << "no bus of screen readers in this session";
}

AccessibleBus::~AccessibleBus()
{
    if (connection_ != nullptr) g_object_unref(connection_);
}

Node AccessibleBus::read(const std::string& program)
{
    if (connection_ == nullptr) return {};
    const auto found = running(connection_, program);
    return found ? Reading{connection_, found->first}.tree(found->second) : Node{};
}

bool AccessibleBus::act(const std::string& bus, const std::string& id, int action)
{
    if (connection_ == nullptr) return false;
    const Variant answer =
        call(connection_, bus, id, kAction, "DoAction", g_variant_new("(i)", action));
    return answer && g_variant_get_boolean(part(answer.get(), 0).get()) != FALSE;
}

} // namespace window_test
