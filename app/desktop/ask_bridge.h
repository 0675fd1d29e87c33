#pragma once

#include "app/ask_job.h"
#include "app/desktop/services.h"
#include "ui/ask/types.h"

#include <map>
#include <memory>
#include <QTimer>

namespace ui {
class AskView;
}

namespace app::desktop {

class IngestBridge;

/// Sessions, questions and answers for Ask: reads rows page by page, runs ask jobs, keeps names,
/// pins and deletes. Connects itself to the view.
class AskBridge : public QObject {
    Q_OBJECT
public:
    /// `ingest` knows the sources that are being read. All three must outlive this.
    AskBridge(
        Services& services,
        ui::AskView& view,
        IngestBridge& ingest,
        QObject* parent = nullptr);

    /// Who answers from the next question on.
    void setEngine(const EngineChoice& engine) { engine_ = engine; }
    const EngineChoice& engine() const { return engine_; }
    void openSession(storage::SessionId session);
    bool answering() const { return !running_.empty(); }

Q_SIGNALS:
    /// A question runs, or none any more: for the status bar.
    void answeringChanged(bool answering);
    void answered(storage::SessionId session, const QString& timing);

private:
    struct Running {
        storage::SessionId session = 0;
        ui::Exchange exchange;
        std::stop_source stop;
    };

    void connectView();
    void libraryOpened();
    void readSessions(int offset, int limit);
    void readSuggestions(storage::SessionId session);
    void readTags(storage::SessionId session);
    std::shared_ptr<Answerers> answerers();
    void ask(const ui::AskWish& wish);
    void start(const ui::AskWish& wish);
    void promptRead(qint64 key, int percent);
    void textArrived(qint64 key, const QString& text);
    void finished(qint64 key, const Result<AskReply>& reply, ui::Exchange exchange);
    /// Runs a change of the library and tells everybody of it.
    template <typename Change>
    void change(storage::SessionId session, Change change);

    Services& services_;
    ui::AskView& view_;
    IngestBridge& ingest_;
    EngineChoice engine_;
    std::map<qint64, Running> running_;
    std::shared_ptr<Engines> engines_; // those that answerers_ works with
    std::shared_ptr<Answerers> answerers_;
    std::stop_source suggesting_;
    QTimer reload_;
    storage::SessionId wanted_ = 0; // the session that was asked for last
};

} // namespace app::desktop
