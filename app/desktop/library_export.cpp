#include "app/desktop/library_work.h"

#include "app/desktop/services.h"
#include "app/export/export.h"
#include "app/session_content.h"
#include "base/blocking.h"
#include "base/expects.h"
#include "ui/library/session_words.h"

#include <algorithm>
#include <filesystem>
#include <QDir>
#include <QStandardPaths>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

/// One file of an export.
struct Target {
    storage::SessionId session = 0;
    QString name;
    QString path;
};

/// In a folder for several sessions; two of one name are told apart by a number.
Result<std::vector<Target>> targetsOf(const ui::ExportOrder& order, storage::Library& library)
{
    std::vector<Target> targets;
    QStringList taken;
    for (const storage::SessionId id : order.sessions) {
        const auto session = library.session(id);
        if (!session) return tl::unexpected(session.error());
        const QString name = QString::fromStdString(session->name);
        QString path = order.path;
        if (order.sessions.size() > 1) {
            const QString stem = order.path + QLatin1Char('/') + ui::fileNameFor(name);
            const QString ending = QLatin1Char('.') + order.format;
            path = stem + ending;
            for (int n = 2; taken.contains(path, Qt::CaseInsensitive); ++n)
                path = QStringLiteral("%1 (%2)%3").arg(stem).arg(n).arg(ending);
            taken << path;
        }
        targets.push_back({id, name, path});
    }
    return targets;
}

fs::path native(const QString& path)
{
    return fs::path(path.toStdString());
}

bool exists(const QString& path)
{
    std::error_code error;
    return fs::symlink_status(native(path), error).type() != fs::file_type::not_found;
}

Result<std::uint64_t> writeSession(
    const Target& target,
    exporting::Format format,
    bool overwrite,
    storage::Library& library)
{
    const auto content = load_session_content(library, target.session);
    if (!content) return tl::unexpected(content.error());
    const auto bytes = exporting::render(*content, format);
    if (!bytes) return tl::unexpected(bytes.error());
    return exporting::write_file(native(target.path), *bytes, overwrite);
}

} // namespace

QString exportFolder()
{
    BASE_MAY_BLOCK();
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(documents).exists() ? documents : QDir::homePath();
}

ui::ExportOutcome exportSessions(
    const ui::ExportOrder& order,
    storage::Library& library,
    const std::function<void(const ui::ExportProgress&)>& progress,
    const std::stop_token& stop)
{
    BASE_MAY_BLOCK();
    ui::ExportOutcome outcome;
    const auto format = exporting::parse_format(order.format.toStdString());
    EXPECTS(format.has_value());
    const auto targets = targetsOf(order, library);
    if (!targets) {
        outcome.problems << sentence(targets.error());
        return outcome;
    }
    if (!order.overwrite) {
        for (const Target& target : *targets) {
            if (exists(target.path)) outcome.existing << target.path;
        }
        if (!outcome.existing.isEmpty()) return outcome;
    }
    const int total = static_cast<int>(targets->size());
    int done = 0;
    for (const Target& target : *targets) {
        outcome.stopped = stop.stop_requested();
        if (outcome.stopped) break;
        progress({done++, total, target.name});
        const auto written = writeSession(target, *format, order.overwrite, library);
        if (!written) {
            const QString problem = sentence(written.error());
            outcome.problems
                << (total > 1 ? QStringLiteral("%1: %2").arg(target.name, problem) : problem);
            continue;
        }
        outcome.written << target.path;
        outcome.size_bytes += *written;
    }
    return outcome;
}

} // namespace app::desktop
