// What SettingsBridge does with the whole library, one at a time: move, back up, check.

#include "app/desktop/settings_bridge.h"
#include "app/desktop/settings_facts.h"
#include "app/library_move.h"
#include "ui/types.h"

namespace app::desktop {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = ui::StorageJob::Kind;

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

std::function<void(double)> SettingsBridge::progressOf(std::uint64_t job)
{
    return
        [this, context = QPointer<SettingsBridge>(this), job, last = -1.0](double share) mutable {
            // Thousands of small files must not become thousands of calls.
            if (share < 1 && share - last < 0.005) return;
            last = share;
            Background::onUiThread([this, context, job, share] {
                if (!context || job != job_number_ || !job_.running) return;
                job_.share = share;
                const double elapsed_s =
                    std::chrono::duration<double>(Clock::now() - job_begin_).count();
                job_.left_s = share > 0.02 ? elapsed_s / share * (1 - share) : -1;
                Q_EMIT jobChanged(job_);
            });
        };
}

template <typename Work>
void SettingsBridge::runJob(Kind kind, Work work)
{
    if (job_.running || !services_.library()) return;
    job_ = {};
    job_.kind = kind;
    job_.running = true;
    job_.share = kind == Kind::Check ? -1 : 0;
    job_begin_ = Clock::now();
    ++job_number_;
    Q_EMIT jobChanged(job_);
    job_stop_ = services_.background().run(
        Lane::Job,
        this,
        [library = services_.library(), progress = progressOf(job_number_), work = std::move(work)](
            const std::stop_token& stop) mutable -> Result<QString> {
            return work(*library, progress, stop);
        },
        [this](Result<QString> said) { finishJob(said ? *said : sentence(said.error()), !said); });
}

void SettingsBridge::finishJob(const QString& said, bool job_failed)
{
    job_.running = false;
    job_.result = said;
    job_.failed = job_failed;
    Q_EMIT jobChanged(job_);
    Q_EMIT storageChanged(storage_);
    refresh();
}

void SettingsBridge::moveLibrary(const std::filesystem::path& target)
{
    runJob(
        Kind::Move,
        [paths = services_.paths(), target, context = QPointer<SettingsBridge>(this), this](
            storage::Library& library,
            const std::function<void(double)>& progress,
            const std::stop_token& stop) -> Result<QString> {
            // Goes along into the new place, which then knows what may be deleted.
            if (auto noted = library.set_setting(kMovedFrom, paths.data.string()); !noted)
                return tl::unexpected(noted.error());
            const auto moved = move_library(paths, library, target, progress, stop);
            if (!moved) return tl::unexpected(moved.error());
            Background::onUiThread([this, context, target] {
                if (context) storage_.moved_to = words(target.string());
            });
            return tr("The library has moved.");
        });
}

void SettingsBridge::backUp(const std::filesystem::path& file)
{
    runJob(
        Kind::Backup,
        [file](
            storage::Library& library,
            const std::function<void(double)>& progress,
            const std::stop_token& stop) -> Result<QString> {
            const auto bytes = library.backup(file, progress, stop);
            if (!bytes) return tl::unexpected(bytes.error());
            return tr("Backed up to %1, %2. It was read back and compared.")
                .arg(words(file.string()), ui::sizeWords(*bytes));
        });
}

void SettingsBridge::check()
{
    runJob(
        Kind::Check,
        [](storage::Library& library,
           const std::function<void(double)>&,
           const std::stop_token& stop) -> Result<QString> {
            const auto found = library.check(stop);
            if (!found) return tl::unexpected(found.error());
            if (found->empty()) return tr("The library is whole.");
            QStringList sentences;
            for (const std::string& said : *found) sentences << words(said);
            return fail(
                ErrorCode::LibraryDamaged,
                sentences.join(u' ').toStdString(),
                "Back up what is there, then restore a backup.");
        });
}

void SettingsBridge::cancelJob()
{
    job_stop_.request_stop();
}

void SettingsBridge::forgetOldPlace()
{
    services_.background().run(
        Lane::Job,
        this,
        [old = storage_.old_place.toStdString()](const std::stop_token&) {
            return forget_old_place(old);
        },
        [this](Result<std::uint64_t> bytes) {
            job_ = {};
            finishJob(
                bytes ? tr("The old copy is deleted: %1 are free again.").arg(ui::sizeWords(*bytes))
                      : sentence(bytes.error()),
                !bytes);
        });
}

} // namespace app::desktop
