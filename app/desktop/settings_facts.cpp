#include "app/desktop/settings_facts.h"

#include "app/desktop/machine_facts.h"
#include "app/desktop/settings_bridge.h"
#include "app/network_use.h"
#include "app/text.h"

#include <algorithm>
#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QSysInfo>

namespace app::desktop {
namespace {

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

QString kindName(const std::string& kind)
{
    if (kind == "audio") return SettingsBridge::tr("Recordings");
    if (kind == "video") return SettingsBridge::tr("Videos");
    if (kind == "image") return SettingsBridge::tr("Pictures");
    if (kind == "office") return SettingsBridge::tr("Office documents");
    if (kind == "text") return SettingsBridge::tr("Texts");
    if (kind == "pdf") return SettingsBridge::tr("PDF documents");
    return words(kind);
}

} // namespace

ui::StorageState storageState(storage::Library* library, const Paths& paths, bool writes)
{
    ui::StorageState state;
    state.place = words(paths.data.string());
    state.models_place = words(paths.models.string());
    state.writes = writes;
    const ui::MachineUse machine = machineUse(paths);
    std::error_code failed;
    const auto space = std::filesystem::space(paths.data, failed);
    state.free_bytes = failed ? 0 : space.available;
    state.kinds.emplace_back(app::desktop::SettingsBridge::tr("Models"), machine.disk_models);
    state.total_bytes = machine.disk_models;
    if (library == nullptr) return state;
    if (const auto usage = library->usage()) {
        for (const auto& [kind, bytes] : usage->bytes_by_kind)
            state.kinds.emplace_back(kindName(kind), bytes);
        state.kinds.emplace_back(
            app::desktop::SettingsBridge::tr("Pictures out of videos"),
            usage->frame_bytes);
        state.kinds.emplace_back(
            app::desktop::SettingsBridge::tr("Text, search index and answers"),
            usage->database_bytes);
        state.total_bytes += usage->total_bytes();
    }
    std::erase_if(state.kinds, [](const auto& kind) { return kind.second == 0; });
    std::ranges::stable_sort(state.kinds, std::greater{}, &QPair<QString, std::uint64_t>::second);
    const auto old = library->setting(kMovedFrom);
    // Until the next start this program still reads from there.
    if (old && *old && std::filesystem::path(**old) != paths.data &&
        std::filesystem::exists(std::filesystem::path(**old) / "percept.sqlite", failed))
        state.old_place = words(**old);
    return state;
}

ui::PrivacyState privacyState(const std::vector<std::string>& server_hosts, bool server_on)
{
    ui::PrivacyState state;
    state.server_on = server_on;
    for (const HostUse& use : network_use()) {
        ui::HostRow row;
        row.host = words(use.host);
        row.carries_words = std::ranges::find(server_hosts, use.host) != server_hosts.end();
        row.purpose = row.carries_words ? app::desktop::SettingsBridge::tr("questions and passages")
                                        : app::desktop::SettingsBridge::tr("model files");
        row.sent_bytes = use.sent_bytes;
        row.received_bytes = use.received_bytes;
        const QDateTime last = QDateTime::fromString(words(use.last), Qt::ISODate).toLocalTime();
        row.last = QLocale().toString(last.time(), QLocale::ShortFormat);
        state.hosts.push_back(row);
    }
    return state;
}

QString reportText(const std::vector<Check>& checks)
{
    QString text = QStringLiteral("Percept %1, %2\n")
                       .arg(QCoreApplication::applicationVersion(), QSysInfo::prettyProductName());
    for (const Check& check : checks) {
        text += QStringLiteral("%1 %2: %3\n")
                    .arg(
                        check.ok ? QStringLiteral("ok") : QStringLiteral("NO"),
                        words(check.name),
                        words(clean_utf8(check.detail)));
        if (!check.hint.empty())
            text += QStringLiteral("   -> %1\n").arg(words(clean_utf8(check.hint)));
    }
    return text;
}

} // namespace app::desktop
