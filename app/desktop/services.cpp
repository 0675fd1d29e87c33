#include "app/desktop/services.h"

#include "app/desktop/app_sentences.h"
#include "app/log.h"

#include <filesystem>
#include <QString>
#include <utility>

namespace app::desktop {
namespace {

struct Opened {
    Result<std::unique_ptr<storage::Library>> library;
    bool writes = true;
    std::optional<Error> in_use;
};

Opened openLibrary(const std::filesystem::path& data)
{
    auto library = storage::Library::open(data, storage::Access::Write);
    if (library || library.error().code != ErrorCode::LibraryInUse)
        return {std::move(library), true, {}};
    // Another program writes: everything can be looked at and asked meanwhile.
    const Error in_use = library.error();
    return {storage::Library::open(data, storage::Access::Read), false, in_use};
}

} // namespace

Services::Services(Paths paths, QObject* parent) : QObject(parent), paths_(std::move(paths))
{
    retry_.setSingleShot(true);
    retry_.setInterval(kRetry_ms);
    connect(&retry_, &QTimer::timeout, this, &Services::takeOver);
}

Services::~Services() = default;

void Services::open()
{
    background_.run(
        Lane::Quick,
        this,
        [data = paths_.data](const std::stop_token&) { return openLibrary(data); },
        [this](Opened result) {
            if (!result.library) {
                const Error& error = result.library.error();
                Q_EMIT failed(translated(error.message), translated(error.hint));
                return;
            }
            library_ = std::move(*result.library);
            writes_ = result.writes;
            useEngines({});
            Q_EMIT opened();
            if (!result.in_use) return;
            Q_EMIT readOnly(sentence(*result.in_use));
            retry_.start();
        });
}

/// The other program may be a command that took its job back when an earlier window closed: it ends
/// by itself.
void Services::takeOver()
{
    background_.run(
        Lane::Quick,
        this,
        [data = paths_.data](const std::stop_token&) {
            return storage::Library::open(data, storage::Access::Write);
        },
        [this](Result<std::unique_ptr<storage::Library>> library) {
            if (!library) {
                if (library.error().code == ErrorCode::LibraryInUse) retry_.start();
                return;
            }
            // Closing waits for the disk; whoever reads now keeps the old one alive.
            background_.run(
                Lane::Quick,
                this,
                [old = std::move(library_)](const std::stop_token&) mutable { old.reset(); },
                [] {});
            library_ = std::move(*library);
            writes_ = true;
            Q_EMIT writable();
            Q_EMIT libraryChanged(0);
        });
}

void Services::useEngines(const engine::DeviceChoice& device)
{
    engines_ = std::make_shared<Engines>(paths_.models, device);
    Q_EMIT enginesChanged();
}

QString sentence(const Error& error)
{
    const QString message = translated(error.message);
    return error.hint.empty() ? message : message + u' ' + translated(error.hint);
}

} // namespace app::desktop
