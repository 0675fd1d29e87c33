#pragma once

#include "app/desktop/background.h"
#include "app/engines.h"
#include "app/paths.h"
#include "storage/library.h"

#include <atomic>
#include <memory>
#include <QObject>
#include <QTimer>

namespace app::desktop {

/// What every bridge works with. Lives on the UI thread as long as the window; library and engines
/// may be used from any thread but that one.
class Services : public QObject {
    Q_OBJECT
public:
    explicit Services(Paths paths, QObject* parent = nullptr);
    ~Services() override;

    /// How often a library that another program writes to is tried again.
    static constexpr int kRetry_ms = 1000;

    /// Opens the library in the background; opened() or failed() follows. While another program
    /// writes to it, it is opened for reading and readOnly() tells who writes; writable() follows
    /// when that program has ended.
    void open();

    const Paths& paths() const { return paths_; }
    Background& background() { return background_; }
    /// Null until opened().
    std::shared_ptr<storage::Library> library() const { return library_; }
    /// Created with the library; its models open when they are first asked for.
    std::shared_ptr<Engines> engines() const { return engines_; }
    bool writes() const { return writes_; }
    /// Threads and device of the engines; the next model is opened with them.
    void useEngines(const engine::DeviceChoice& device);

Q_SIGNALS:
    void opened();
    void failed(const QString& message, const QString& hint);
    /// After opened(): another program writes to the library, and which; nothing is kept meanwhile.
    void readOnly(const QString& sentence);
    /// After readOnly(): library() is another object now, and everything is kept from here on.
    void writable();
    /// engines() are others now; what runs goes on with those it has.
    void enginesChanged();
    /// Sessions, names, tags, sources or answers changed; lists read their rows again. `session` 0:
    /// more than one.
    void libraryChanged(qint64 session);

private:
    void takeOver();

    Paths paths_;
    std::shared_ptr<storage::Library> library_;
    std::shared_ptr<Engines> engines_;
    bool writes_ = false;
    QTimer retry_;
    Background background_; // last: its work ends before what it uses goes
};

/// For the UI: "message hint" as one or two sentences.
QString sentence(const Error& error);

} // namespace app::desktop
