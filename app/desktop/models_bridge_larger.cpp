// The larger models of the catalogue: which is asked, and which may write answers.
#include "app/desktop/models_bridge.h"
#include "app/published_model.h"

#include <algorithm>

namespace app::desktop {

void ModelsBridge::showModels()
{
    for (ui::ModelRow& row : rows_) {
        const std::string id = row.id.toStdString();
        row.on = settings_.settings().engine == id;
        row.writes = std::ranges::find(writing_, id) != writing_.end();
    }
    Q_EMIT catalogueChanged(rows_);
}

void ModelsBridge::switchModel(const QString& id, bool on)
{
    const std::string name = id.toStdString();
    if (on == (settings_.settings().engine == name)) return;
    settings_.change([&](Settings& settings) { settings.engine = on ? name : "starter"; });
}

void ModelsBridge::letModelWrite(const QString& id, bool writes)
{
    const std::string name = id.toStdString();
    std::erase(writing_, name);
    if (writes) writing_.push_back(name);
    showModels();
    const auto library = services_.library();
    if (library == nullptr || !services_.writes()) return;
    services_.background().run(
        Lane::Store,
        this,
        [library, name, writes](const std::stop_token&) {
            return let_model_write(*library, name, writes);
        },
        [this](Result<void> kept) {
            if (!kept) Q_EMIT notice(sentence(kept.error()), true);
        });
}

} // namespace app::desktop
