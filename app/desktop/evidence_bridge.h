#pragma once

#include "app/desktop/services.h"
#include "app/page_pictures.h"
#include "ui/evidence/types.h"

#include <map>
#include <memory>
#include <QObject>
#include <QPointer>
#include <QTemporaryDir>
#include <stop_token>

namespace ui {
class EvidencePane;
}

namespace app::desktop {

/// Fills the evidence pane from the library: what a source is, its page sizes, texts, pictures,
/// found words. Lives on the UI thread; all reading happens in lanes and in PagePictures' threads,
/// and what comes after the pane went on to another source is dropped.
class EvidenceBridge : public QObject {
    Q_OBJECT
public:
    EvidenceBridge(
        Services& services,
        ui::EvidencePane& pane,
        capture::ReaderOptions reader = {},
        QObject* parent = nullptr);
    ~EvidenceBridge() override;

    /// Opens a copy of the source with the program that the desktop has for it.
    void openStored(storage::SourceId source);

Q_SIGNALS:
    /// Something that the user asked for did not work, and the pane does not say it.
    void failed(const QString& sentence);

private:
    void openSource(storage::SourceId source);
    void readRest(const ui::EvidenceSource& source);
    void wantTexts(storage::SourceId source, const std::vector<int>& pages);
    void wantPictures(storage::SourceId source, const std::vector<ui::PictureWish>& wishes);
    void pictureCame(PagePictures::Ticket ticket, const QImage& picture, const QString& problem);
    void search(storage::SourceId source, const QString& query);
    void release();

    Services& services_;
    ui::EvidencePane& pane_;
    capture::ReaderOptions reader_;
    std::unique_ptr<PagePictures> pictures_; // once the library is open
    std::map<PagePictures::Ticket, ui::PictureWish> tickets_;
    storage::SourceId source_ = 0; // that is shown, or asked for
    PageSource pages_of_;
    std::stop_source rest_;
    std::stop_source search_;
    std::unique_ptr<QTemporaryDir> copies_; // for other programs
};

/// rgb rows as a QImage that paints without conversion. From any thread.
QImage toImage(const capture::Picture& picture);

} // namespace app::desktop
