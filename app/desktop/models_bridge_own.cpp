// Models of the user's own.
#include "app/desktop/models_bridge.h"
#include "app/desktop/models_stored.h"
#include "ui/types.h"

#include <algorithm>

namespace app::desktop {
namespace {

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

void ModelsBridge::onOpened()
{
    services_.background().run(
        Lane::Quick,
        this,
        [library = services_.library()](const std::stop_token&) {
            return readStoredModels(*library);
        },
        [this](StoredModels stored) {
            own_ = std::move(stored.own);
            measured_ = std::move(stored.speed);
            showOwnModels();
            showSpeed();
            refresh();
        });
}

void ModelsBridge::useFolder(const QString& path)
{
    Q_EMIT notice(tr("Looking through %1…").arg(path), false);
    services_.background().run(
        Lane::Job,
        this,
        [this,
         place = std::filesystem::path(path.toStdString()),
         models = services_.paths().models](const std::stop_token& stop) {
            return use_folder(place, catalogue_, models, stop);
        },
        [this](Result<OwnFolder> found) {
            if (!found) {
                Q_EMIT notice(sentence(found.error()), true);
                return;
            }
            QStringList names;
            for (const models::Model* model : found->published) names << words(model->title);
            for (OwnModel& model : found->own) {
                names << words(model.name);
                const auto same = [&](const OwnModel& other) { return other.file == model.file; };
                if (std::ranges::none_of(own_, same)) own_.push_back(std::move(model));
            }
            storeOwnModels();
            Q_EMIT notice(tr("Found and ready: %1.").arg(names.join(QStringLiteral(", "))), false);
            refresh();
        });
}

void ModelsBridge::forgetOwnModel(const QString& path)
{
    std::erase_if(own_, [&](const OwnModel& model) { return words(model.file.string()) == path; });
    storeOwnModels();
    refresh();
}

void ModelsBridge::storeOwnModels()
{
    settings_.store(kOwnModels, jsonOf(own_));
    showOwnModels();
}

void ModelsBridge::showOwnModels()
{
    std::vector<ui::OwnModelRow> rows;
    for (const OwnModel& model : own_)
        rows.push_back(
            {words(model.file.string()),
             words(model.name),
             tr("%1, %2, context of %3 tokens · %4")
                 .arg(ui::sizeWords(model.size_bytes), words(model.format))
                 .arg(model.context_length)
                 .arg(words(model.file.string()))});
    Q_EMIT ownModelsChanged(rows);
}

} // namespace app::desktop
