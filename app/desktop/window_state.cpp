#include "app/desktop/window_state.h"

#include "storage/moving.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace app::desktop {
namespace {

constexpr const char* kFile = "window.json";
constexpr qint64 kMaxBytes = 1 << 20; // far more than it ever is

const QString kAppearance = QStringLiteral("appearance");
const QString kLight = QStringLiteral("light");
const QString kDark = QStringLiteral("dark");

} // namespace

WindowState::WindowState(const std::filesystem::path& data_dir) : folder_(data_dir)
{
    QFile file(QString::fromStdString((folder_ / kFile).string()));
    if (!file.open(QIODevice::ReadOnly)) return;
    values_ = QJsonDocument::fromJson(file.read(kMaxBytes)).object();
}

ui::theme::Appearance WindowState::appearance() const
{
    const QString word = values_.value(kAppearance).toString();
    if (word == kLight) return ui::theme::Appearance::Light;
    if (word == kDark) return ui::theme::Appearance::Dark;
    return ui::theme::Appearance::System;
}

void WindowState::setAppearance(ui::theme::Appearance appearance)
{
    if (appearance == ui::theme::Appearance::System)
        values_.remove(kAppearance);
    else
        values_.insert(kAppearance, appearance == ui::theme::Appearance::Dark ? kDark : kLight);
}

void WindowState::save(Background& background) const
{
    const QByteArray bytes = QJsonDocument(values_).toJson();
    background.run(
        Lane::Store,
        nullptr,
        [folder = folder_, bytes](const std::stop_token&) {
            const auto present = storage::present_place(folder);
            std::error_code ignored;
            std::filesystem::create_directories(present, ignored);
            QSaveFile file(QString::fromStdString((present / kFile).string()));
            if (!file.open(QIODevice::WriteOnly)) return; // the next start has the first geometry
            file.write(bytes);
            file.commit();
        },
        [] {});
}

} // namespace app::desktop
