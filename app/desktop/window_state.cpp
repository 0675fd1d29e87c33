#include "app/desktop/window_state.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace app::desktop {
namespace {

constexpr qint64 kMaxBytes = 1 << 20; // far more than it ever is

} // namespace

WindowState::WindowState(const std::filesystem::path& data_dir) : file_(data_dir / "window.json")
{
    QFile file(QString::fromStdString(file_.string()));
    if (!file.open(QIODevice::ReadOnly)) return;
    values_ = QJsonDocument::fromJson(file.read(kMaxBytes)).object();
}

void WindowState::save(Background& background) const
{
    const QByteArray bytes = QJsonDocument(values_).toJson();
    background.run(
        Lane::Quick,
        nullptr,
        [path = file_, bytes](const std::stop_token&) {
            std::error_code ignored;
            std::filesystem::create_directories(path.parent_path(), ignored);
            QSaveFile file(QString::fromStdString(path.string()));
            if (!file.open(QIODevice::WriteOnly)) return; // the next start has the first geometry
            file.write(bytes);
            file.commit();
        },
        [] {});
}

} // namespace app::desktop
