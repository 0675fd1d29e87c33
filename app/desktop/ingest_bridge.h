#pragma once

#include "app/desktop/services.h"
#include "app/ingest_job.h"
#include "app/unfinished.h"
#include "ui/ask/types.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <QImage>
#include <QStringList>
#include <QTimer>

namespace ui {
class AskView;
}

namespace app::desktop {

/// Reads what was dropped, for the cards of Ask: one batch after the other, every file with its own
/// stop. Connects itself to the view.
class IngestBridge : public QObject {
    Q_OBJECT
public:
    /// Progress is passed on so often; a job reports hundreds of times a second.
    static constexpr int kPass_ms = 100;

    IngestBridge(Services& services, ui::AskView& view, QObject* parent = nullptr);
    ~IngestBridge() override;

    /// Languages from the settings, for files that are added from now on.
    void setLanguages(const std::string& ocr, const std::string& speech);
    /// Where percept-reader is, if not beside this program: for tests.
    void setReader(const capture::ReaderOptions& reader) { reader_ = reader; }
    void addFiles(storage::SessionId session, const QStringList& paths); // session 0: a new one
    /// Handbook and meeting, in a session of their own; an earlier one is opened again.
    void openSample();
    bool hasSample(const std::vector<ui::SessionItem>& sessions) const;
    /// Puts what is known here of sources that are being read in place of what the library says.
    void merge(storage::SessionId session, std::vector<ui::SourceItem>& sources) const;
    bool busy() const { return batches_ > 0; }

Q_SIGNALS:
    /// Reading began or ended: for the status bar.
    void busyChanged(bool busy);
    /// For the status bar: "Reading Offer B, technical.pdf", 0..1 or below 0.
    void progressed(const QString& words, double fraction);
    /// A batch is over: there is something new to ask about.
    void sessionReady(storage::SessionId session);

private:
    struct Card {
        ui::SourceItem item;
        std::filesystem::path file; // to read, where it is not item.path
        std::stop_source stop;
        bool tried_password = false;
    };
    /// For what is pasted; goes with the program.
    struct PasteFolder {
        std::mutex mutex;
        std::filesystem::path path; // made when it is first needed
        ~PasteFolder();
    };
    struct Batch;
    struct Pending;

    void connectView();
    void addText(storage::SessionId session, const QString& text);
    void addPicture(storage::SessionId session, const QImage& picture);
    void paste(
        storage::SessionId session,
        std::function<Result<std::filesystem::path>(const std::filesystem::path& folder)> write);
    /// `name`: of a new session; empty: that of the first file.
    void begin(
        storage::SessionId session,
        const QString& name,
        std::vector<std::filesystem::path> inputs);
    /// `named_after_file`: the name of a session that was made for the first of them.
    void startBatch(
        storage::SessionId session,
        const std::vector<qint64>& keys,
        const std::string& password,
        const std::string& named_after_file = {});
    void pass();
    void batchEnded(const Batch& batch, const Result<IngestReport>& report);
    void cancel(qint64 key);
    void retry(qint64 key, const QString& password);
    void remove(qint64 key);
    void restore(qint64 key);
    void lookForUnfinished();
    void goOn();

    Services& services_;
    ui::AskView& view_;
    capture::ReaderOptions reader_;
    std::string ocr_language_ = "eng";
    std::string speech_language_;
    std::map<qint64, Card> cards_;
    std::map<qint64, ui::SourceItem> removed_;
    std::vector<UnfinishedSource> unfinished_;
    std::shared_ptr<Pending> pending_;
    std::shared_ptr<PasteFolder> paste_folder_;
    QTimer timer_;
    qint64 next_key_ = -1;
    int batches_ = 0;
};

} // namespace app::desktop
