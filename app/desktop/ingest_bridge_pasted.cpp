// Text and pictures that are pasted or dropped without being files.
#include "app/desktop/ingest_bridge.h"
#include "ui/ask/ask_view.h"

#include <fstream>
#include <QDateTime>
#include <QImageWriter>

namespace app::desktop {
namespace {

namespace fs = std::filesystem;

/// Names of pasted files tell when: they are all that is known of where the words come from.
QString stamp()
{
    return QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss.zzz"));
}

Result<fs::path> writeText(const fs::path& folder, const QString& name, const QString& text)
{
    const fs::path file = folder / (name.toStdString() + ".txt");
    const std::string utf8 = text.toStdString();
    std::ofstream out{file, std::ios::binary};
    out.write(utf8.data(), static_cast<std::streamsize>(utf8.size()));
    out.close();
    if (!out) {
        return fail(
            ErrorCode::NoSpace,
            "What was pasted cannot be written to " + folder.string() + ".",
            "Make room on that disk.");
    }
    return file;
}

Result<fs::path> writePicture(const fs::path& folder, const QString& name, const QImage& picture)
{
    const fs::path file = folder / (name.toStdString() + ".png");
    QImageWriter writer(QString::fromStdString(file.string()), "png");
    if (!writer.write(picture)) {
        return fail(
            ErrorCode::NoSpace,
            "The pasted picture cannot be written to " + folder.string() + ".",
            writer.errorString().toStdString());
    }
    return file;
}

Result<fs::path> pasteFolderIn(const fs::path& parent)
{
    std::string name = (parent / "percept-pasted.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        return fail(
            ErrorCode::NoSpace,
            "There is no room for what was pasted in " + parent.string() + ".",
            "Make room on that disk.");
    }
    return fs::path{name};
}

} // namespace

void IngestBridge::addText(storage::SessionId session, const QString& text)
{
    paste(session, [text](const fs::path& folder) {
        return writeText(folder, tr("Pasted text %1").arg(stamp()), text);
    });
}

void IngestBridge::addPicture(storage::SessionId session, const QImage& picture)
{
    paste(session, [picture](const fs::path& folder) {
        return writePicture(folder, tr("Pasted picture %1").arg(stamp()), picture);
    });
}

/// Pasted things become files in a folder of this run; the library keeps its own copy of them.
void IngestBridge::paste(
    storage::SessionId session,
    std::function<Result<fs::path>(const fs::path& folder)> write)
{
    services_.background().run(
        Lane::Quick,
        this,
        [folder = paste_folder_,
         write = std::move(write)](const std::stop_token&) -> Result<fs::path> {
            const std::scoped_lock lock{folder->mutex};
            if (folder->path.empty()) {
                auto made = pasteFolderIn(fs::temp_directory_path());
                if (!made) return made;
                folder->path = *made;
            }
            return write(folder->path);
        },
        [this, session](Result<fs::path> file) {
            if (file)
                begin(session, {}, {*file});
            else
                view_.showProblem(tr("Nothing was added."), sentence(file.error()));
        });
}

IngestBridge::PasteFolder::~PasteFolder()
{
    std::error_code ignored;
    if (!path.empty()) fs::remove_all(path, ignored);
}

} // namespace app::desktop
