// Servers that the user added.
#include "app/desktop/models_bridge.h"
#include "app/remote/remote_engine.h"

#include <algorithm>

namespace app::desktop {
namespace {

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

void ModelsBridge::onSettings()
{
    const Settings& settings = settings_.settings();
    std::vector<ui::ServerRow> rows;
    for (const ServerSetting& server : settings.servers) {
        ui::ServerRow row;
        row.name = words(server.name);
        row.url = words(server.url);
        row.on = settings.engine == server.url;
        for (const ui::ServerRow& old : servers_) {
            if (old.url != row.url) continue;
            row.testing = old.testing;
            row.tested = old.tested;
            row.test_failed = old.test_failed;
        }
        rows.push_back(std::move(row));
    }
    servers_ = std::move(rows);
    Q_EMIT serversChanged(servers_);
    showOwnModels(); // which of them is asked
    showModels();
    tellInUse();
}

void ModelsBridge::addServer(const QString& name, const QString& url)
{
    settings_.change([&](Settings& settings) {
        const std::string address = url.toStdString();
        const auto same = [&](const ServerSetting& server) { return server.url == address; };
        if (std::ranges::none_of(settings.servers, same))
            settings.servers.push_back({name.toStdString(), address, "PERCEPT_API_KEY"});
    });
    testServer(url);
}

void ModelsBridge::removeServer(const QString& url)
{
    settings_.change([&](Settings& settings) {
        const std::string address = url.toStdString();
        std::erase_if(settings.servers, [&](const auto& server) { return server.url == address; });
        if (settings.engine == address) settings.engine = "starter";
    });
}

void ModelsBridge::switchServer(const QString& url, bool on)
{
    settings_.change([&](Settings& settings) {
        const std::string address = url.toStdString();
        if (on)
            settings.engine = address;
        else if (settings.engine == address)
            settings.engine = "starter";
    });
}

void ModelsBridge::testServer(const QString& url)
{
    const auto change = [this, url](const std::function<void(ui::ServerRow&)>& edit) {
        for (ui::ServerRow& server : servers_)
            if (server.url == url) edit(server);
        Q_EMIT serversChanged(servers_);
    };
    change([](ui::ServerRow& server) { server.testing = true; });
    services_.background().run(
        Lane::Job,
        this,
        [address = url.toStdString()](const std::stop_token& stop) -> Result<std::string> {
            const auto engine = remote::RemoteEngine::open(address, stop);
            if (!engine) return tl::unexpected(engine.error());
            return (*engine)->name();
        },
        [change](Result<std::string> name) {
            change([&](ui::ServerRow& server) {
                server.testing = false;
                server.test_failed = !name;
                server.tested =
                    name ? tr("It answers: %1.").arg(words(*name)) : sentence(name.error());
            });
        });
}

} // namespace app::desktop
