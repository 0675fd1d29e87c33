#include "app/desktop/evidence_bridge.h"

#include "app/desktop/evidence_work.h"
#include "ui/evidence/document_view.h"
#include "ui/evidence/evidence_pane.h"

#include <algorithm>
#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

namespace app::desktop {
namespace {

/// DocumentPages keeps what the window paints; a second copy of all of it would be waste.
constexpr std::size_t kPictureMemory_bytes = 24u << 20;

struct Opened {
    Result<SourceAndSize> read;
    storage::Source stored;
    Result<std::filesystem::path> file;
};

PagePriority priorityOf(const ui::PictureWish& wish)
{
    switch (wish.urgency) {
    case ui::PictureWish::Urgency::Seen:
        return PagePriority::Visible;
    case ui::PictureWish::Urgency::Soon:
        return PagePriority::Soon;
    case ui::PictureWish::Urgency::Small:
        break;
    }
    return PagePriority::Thumbnail;
}

} // namespace

QImage toImage(const capture::Picture& picture)
{
    const QImage rgb(
        picture.rgb.data(),
        picture.width_px,
        picture.height_px,
        qsizetype{picture.width_px} * 3,
        QImage::Format_RGB888);
    return rgb.convertToFormat(QImage::Format_RGB32);
}

EvidenceBridge::EvidenceBridge(
    Services& services,
    ui::EvidencePane& pane,
    capture::ReaderOptions reader,
    QObject* parent)
    : QObject(parent), services_(services), pane_(pane), reader_(std::move(reader))
{
    ui::DocumentPages& pages = pane_.document().pages();
    connect(&pane_, &ui::EvidencePane::sourceWanted, this, &EvidenceBridge::openSource);
    connect(&pane_, &ui::EvidencePane::openStoredWanted, this, &EvidenceBridge::openStored);
    connect(&pages, &ui::DocumentPages::textsWanted, this, &EvidenceBridge::wantTexts);
    connect(&pages, &ui::DocumentPages::picturesWanted, this, &EvidenceBridge::wantPictures);
    connect(&pane_.document(), &ui::DocumentView::searchWanted, this, &EvidenceBridge::search);
}

EvidenceBridge::~EvidenceBridge()
{
    rest_.request_stop();
    search_.request_stop();
}

void EvidenceBridge::release()
{
    rest_.request_stop();
    rest_ = std::stop_source();
    search_.request_stop();
    tickets_.clear();
    if (pictures_ && !pages_of_.sha256.empty()) pictures_->release(pages_of_.sha256);
    pages_of_ = {};
}

void EvidenceBridge::openSource(storage::SourceId source)
{
    release();
    source_ = source;
    const auto library = services_.library();
    if (!library) return pane_.setSourceFailed(source, tr("The library is still being opened."));
    const int page = pane_.shownPlace().page;
    services_.background().run(
        Lane::Quick,
        this,
        [library, source, page](const std::stop_token&) {
            Opened opened{readSource(*library, source, page), {}, library->media_path(source)};
            if (const auto stored = library->source(source)) opened.stored = *stored;
            return opened;
        },
        [this, source](Opened opened) {
            if (source != source_) return;
            if (!opened.read) return pane_.setSourceFailed(source, sentence(opened.read.error()));
            if (!opened.file) return pane_.setSourceFailed(source, sentence(opened.file.error()));
            const ui::EvidenceSource& shown = opened.read->source;
            pages_of_ = {*opened.file, opened.stored.sha256, shown.name.toStdString(), {}};
            pane_.setSource(shown, opened.read->page_pt);
            readRest(shown);
        });
}

/// What takes longer than the first page: all sizes, and whether the user's file is still the one
/// that was read.
void EvidenceBridge::readRest(const ui::EvidenceSource& source)
{
    const auto library = services_.library();
    if (source.pages > 1 && source.kind == ui::PlaceKind::Page) {
        services_.background().run(
            Lane::Job,
            this,
            [library, id = source.id, pages = source.pages, rest = rest_](const std::stop_token&) {
                return readSizes(*library, id, pages, rest.get_token());
            },
            [this, id = source.id](std::vector<QSizeF> sizes) {
                pane_.document().pages().setSizes(id, std::move(sizes));
            });
    }
    if (!source.note.isEmpty()) return;
    services_.background().run(
        Lane::Job,
        this,
        [library, id = source.id, rest = rest_](const std::stop_token&) {
            const auto stored = library->source(id);
            const bool changed = stored && hasChanged(*stored, rest.get_token());
            return changed ? changedWords(*stored) : QString();
        },
        [this, id = source.id](const QString& words) {
            if (!words.isEmpty()) pane_.setSourceNote(id, words);
        });
}

void EvidenceBridge::wantTexts(storage::SourceId source, const std::vector<int>& pages)
{
    const auto library = services_.library();
    if (!library) return;
    services_.background().run(
        Lane::Quick,
        this,
        [library, source, pages](const std::stop_token&) {
            std::vector<ui::PageText> texts;
            for (const int page : pages)
                if (auto text = readText(*library, source, page)) texts.push_back(std::move(*text));
            return texts;
        },
        [this, source](std::vector<ui::PageText> texts) {
            for (ui::PageText& text : texts)
                pane_.document().pages().setText(source, std::move(text));
        });
}

void EvidenceBridge::wantPictures(
    storage::SourceId source,
    const std::vector<ui::PictureWish>& wishes)
{
    if (source != source_ || pages_of_.file.empty()) return;
    if (!pictures_) {
        PagePictures::Options options;
        options.cache_folder = services_.paths().cache();
        options.reader = reader_;
        options.memory_bytes = kPictureMemory_bytes;
        pictures_ = std::make_unique<PagePictures>(
            std::move(options),
            [self = QPointer<EvidenceBridge>(
                 this)](PagePictures::Ticket ticket, Result<PagePicture> picture) {
                // Turned into the window's format here, where nobody waits for it.
                QImage image = picture ? toImage(**picture) : QImage();
                QString problem = picture ? QString() : sentence(picture.error());
                Background::onUiThread(
                    [self, ticket, image = std::move(image), problem = std::move(problem)] {
                        if (self) self->pictureCame(ticket, image, problem);
                    });
            });
    }
    for (auto ticket = tickets_.begin(); ticket != tickets_.end();) {
        const auto still = std::find_if(wishes.begin(), wishes.end(), [&](const auto& wish) {
            return wish.samePicture(ticket->second);
        });
        if (still == wishes.end()) {
            pictures_->cancel(ticket->first);
            ticket = tickets_.erase(ticket);
            continue;
        }
        if (still->urgency != ticket->second.urgency)
            pictures_->set_priority(ticket->first, priorityOf(*still));
        ticket->second = *still;
        ++ticket;
    }
    // Among equals the newest wish is served first, so the most urgent one is the last.
    for (auto wish = wishes.rbegin(); wish != wishes.rend(); ++wish) {
        const bool asked = std::any_of(tickets_.begin(), tickets_.end(), [&](const auto& ticket) {
            return ticket.second.samePicture(*wish);
        });
        if (asked) continue;
        const PagePictures::Ticket ticket =
            pictures_->request({pages_of_, wish->page, wish->width_px, priorityOf(*wish)});
        tickets_.emplace(ticket, *wish);
    }
}

void EvidenceBridge::pictureCame(
    PagePictures::Ticket ticket,
    const QImage& picture,
    const QString& problem)
{
    const auto found = tickets_.find(ticket);
    if (found == tickets_.end()) return; // of another source, or scrolled away
    const ui::PictureWish wish = found->second;
    tickets_.erase(found);
    ui::DocumentPages& pages = pane_.document().pages();
    if (picture.isNull())
        pages.setPictureFailed(source_, wish.page, problem);
    else
        pages.setPicture(source_, wish, picture);
}

void EvidenceBridge::search(storage::SourceId source, const QString& query)
{
    search_.request_stop();
    const auto library = services_.library();
    if (query.isEmpty() || !library) return;
    const int pages = pane_.document().pages().count();
    search_ = services_.background().run(
        Lane::Job,
        this,
        [library, source, pages, query, self = QPointer<EvidenceBridge>(this)](
            const std::stop_token& stop) {
            const auto found = [&](const std::vector<ui::TextHit>& hits, bool complete) {
                Background::onUiThread([self, source, query, hits, complete, stop] {
                    if (!self || stop.stop_requested() || source != self->source_) return;
                    self->pane_.document().setHits(query, hits, complete);
                });
            };
            findInSource(*library, source, pages, query, stop, found);
        },
        [] {});
}

void EvidenceBridge::openStored(storage::SourceId source)
{
    const auto library = services_.library();
    if (!library) return;
    if (!copies_) copies_ = std::make_unique<QTemporaryDir>();
    services_.background().run(
        Lane::Job,
        this,
        [library, source, folder = copies_->path().toStdString()](const std::stop_token&) {
            return placeCopy(*library, source, folder);
        },
        [this](const Result<std::filesystem::path>& copy) {
            if (!copy) {
                Q_EMIT failed(sentence(copy.error()));
                return;
            }
            const QString file = QString::fromStdString(copy->string());
            if (!QDesktopServices::openUrl(QUrl::fromLocalFile(file)))
                Q_EMIT failed(tr("This desktop has no program that opens %1.")
                                  .arg(QFileInfo(file).fileName()));
        });
}

} // namespace app::desktop
