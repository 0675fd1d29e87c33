// Models of the user's own.
#include "app/desktop/models_bridge.h"

#include "app/desktop/app_sentences.h"
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
            writing_ = std::move(stored.writing);
            measured_ = std::move(stored.speed);
            showOwnModels();
            showSpeed();
            refresh();
        });
}

/// Other programs keep models too, and files go away.
void ModelsBridge::lookAgain()
{
    if (!services_.library()) return;
    services_.background().run(
        Lane::Store,
        this,
        [library = services_.library()](const std::stop_token&) { return own_models(*library); },
        [this, seen = own_changes_](Result<std::vector<OwnModel>> own) {
            // What was changed here meanwhile is newer than what was read.
            if (!own || seen != own_changes_) return;
            own_ = std::move(*own);
            showOwnModels();
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
                const auto known = std::ranges::find_if(own_, same);
                if (known == own_.end()) {
                    own_.push_back(std::move(model));
                } else { // looked at anew; what the user said of it stays
                    model.capabilities.reasons = known->capabilities.reasons;
                    model.listens = known->listens && model.recognizes_speech;
                    *known = std::move(model);
                }
            }
            storeOwnModels();
            Q_EMIT notice(tr("Found and ready: %1.").arg(names.join(QStringLiteral(", "))), false);
            refresh();
        });
}

void ModelsBridge::forgetOwnModel(const QString& path)
{
    switchOwnModel(path, false);
    std::erase_if(own_, [&](const OwnModel& model) { return words(model.file.string()) == path; });
    storeOwnModels();
    refresh();
}

void ModelsBridge::switchOwnModel(const QString& path, bool on)
{
    settings_.change([&](Settings& settings) {
        if (on)
            settings.engine = path.toStdString();
        else if (settings.engine == path.toStdString())
            settings.engine = "starter";
    });
}

void ModelsBridge::letOwnModelWrite(const QString& path, bool writes)
{
    for (OwnModel& model : own_)
        if (words(model.file.string()) == path) model.capabilities.reasons = writes;
    storeOwnModels();
}

void ModelsBridge::letOwnModelListen(const QString& path, bool listens)
{
    let_listen(own_, path.toStdString(), listens);
    storeOwnModels();
    refresh();
}

std::filesystem::path ModelsBridge::listeningModel() const
{
    const auto one = std::ranges::find_if(own_, &OwnModel::listens);
    return one == own_.end() ? std::filesystem::path() : one->file;
}

void ModelsBridge::storeOwnModels()
{
    ++own_changes_;
    showOwnModels();
    const auto library = services_.library();
    if (library == nullptr || !services_.writes()) return;
    services_.background().run(
        Lane::Store,
        this,
        [library, own = own_](const std::stop_token&) { return keep_own_models(*library, own); },
        [this](Result<void> kept) {
            if (!kept) Q_EMIT notice(sentence(kept.error()), true);
        });
}

void ModelsBridge::showOwnModels()
{
    std::vector<ui::OwnModelRow> rows;
    for (const OwnModel& model : own_) {
        ui::OwnModelRow row;
        row.path = words(model.file.string());
        row.name = words(model.name);
        row.problem = model.problem.empty() ? QString() : translated(model.problem);
        row.on = settings_.settings().engine == model.file.string();
        if (model.recognizes_speech) {
            row.kind = ui::OwnModelRow::Kind::Listens;
            row.on = model.listens;
        }
        row.writes = model.capabilities.reasons;
        QStringList can;
        if (model.capabilities.sees) can << tr("sees");
        if (model.capabilities.hears) can << tr("hears");
        row.facts = row.path;
        if (model.problem.empty()) {
            const QString needed = ui::sizeWords(model.needed_bytes);
            QString facts =
                QStringLiteral("%1, %2").arg(ui::sizeWords(model.size_bytes), words(model.format));
            if (model.context_length > 0)
                facts = tr("%1, context of %2 tokens").arg(facts).arg(model.context_length);
            facts = tr("%1, needs %2 of memory").arg(facts, needed);
            if (model.needed_bytes > model.available_bytes)
                row.tight = tr("It needs %1 of memory, and %2 were free when it was looked at. "
                               "Close other programs, or choose a smaller model.")
                                .arg(needed, ui::sizeWords(model.available_bytes));
            row.facts =
                (QStringList{facts} + can + QStringList{row.path}).join(QStringLiteral(" · "));
        }
        rows.push_back(std::move(row));
    }
    Q_EMIT ownModelsChanged(rows);
}

} // namespace app::desktop
