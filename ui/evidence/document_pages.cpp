#include "ui/evidence/document_pages.h"

#include <algorithm>
#include <utility>

namespace ui {
namespace {

constexpr std::size_t kMostTexts = 512; // a page of words is about 30 kB

} // namespace

DocumentPages::DocumentPages(QObject* parent) : QObject(parent)
{
    tell_.setSingleShot(true);
    connect(&tell_, &QTimer::timeout, this, &DocumentPages::tellWishes);
}

void DocumentPages::open(storage::SourceId source, int pages, QSizeF size_pt)
{
    source_ = source;
    if (size_pt.isEmpty()) size_pt = QSizeF(595, 842);
    sizes_.assign(static_cast<std::size_t>(std::max(pages, 0)), size_pt);
    pictures_.clear();
    failures_.clear();
    texts_.clear();
    texts_asked_.clear();
    texts_to_ask_.clear();
    for (auto& wishes : wishes_) wishes.clear();
    told_.clear();
    bytes_ = 0;
    Q_EMIT opened();
}

QSizeF DocumentPages::sizePt(int page) const
{
    if (page < 1 || page > count()) return {};
    return sizes_[static_cast<std::size_t>(page - 1)];
}

std::shared_ptr<const PageText> DocumentPages::text(int page)
{
    if (page < 1 || page > count()) return nullptr;
    if (const auto found = texts_.find(page); found != texts_.end()) return found->second;
    if (texts_asked_.insert(page).second) {
        texts_to_ask_.push_back(page);
        tell_.start(0);
    }
    return nullptr;
}

QImage DocumentPages::picture(int page, int width_px)
{
    const auto found = pictures_.find(page);
    if (found == pictures_.end() || found->second.empty()) return {};
    Kept* best = nullptr;
    for (Kept& kept : found->second) {
        // The narrowest that is wide enough; where none is, the widest.
        if (best == nullptr || (best->width_px < width_px
                                    ? kept.width_px > best->width_px
                                    : kept.width_px >= width_px && kept.width_px < best->width_px))
            best = &kept;
    }
    best->used = ++uses_;
    return best->image;
}

bool DocumentPages::hasPicture(int page, int width_px) const
{
    const auto found = pictures_.find(page);
    if (found == pictures_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const Kept& kept) {
        return kept.width_px == width_px;
    });
}

QString DocumentPages::failure(int page) const
{
    const auto found = failures_.find(page);
    return found == failures_.end() ? QString() : found->second;
}

void DocumentPages::want(For who, std::vector<PictureWish> wishes)
{
    auto& mine = wishes_[static_cast<std::size_t>(who)];
    if (mine == wishes) return;
    mine = std::move(wishes);
    tell_.start(0);
}

void DocumentPages::tellWishes()
{
    if (!texts_to_ask_.empty()) Q_EMIT textsWanted(source_, std::exchange(texts_to_ask_, {}));
    std::vector<PictureWish> missing;
    for (const auto& wishes : wishes_) {
        for (const PictureWish& wish : wishes) {
            if (hasPicture(wish.page, wish.width_px) || failures_.contains(wish.page)) continue;
            const auto same = [&](const PictureWish& other) { return wish.samePicture(other); };
            if (std::none_of(missing.begin(), missing.end(), same)) missing.push_back(wish);
        }
    }
    if (missing == told_) return;
    told_ = missing;
    Q_EMIT picturesWanted(source_, missing);
}

void DocumentPages::setSizes(storage::SourceId source, std::vector<QSizeF> sizes_pt)
{
    if (source != source_ || sizes_pt.size() != sizes_.size() || sizes_pt == sizes_) return;
    sizes_ = std::move(sizes_pt);
    Q_EMIT sizesChanged();
}

void DocumentPages::setText(storage::SourceId source, PageText text)
{
    if (source != source_ || text.page < 1 || text.page > count()) return;
    const int page = text.page;
    texts_[page] = std::make_shared<const PageText>(std::move(text));
    while (texts_.size() > kMostTexts) {
        // The page farthest away is the one that is least likely to be looked at next.
        const bool first = page - texts_.begin()->first > texts_.rbegin()->first - page;
        const auto gone = first ? texts_.begin() : std::prev(texts_.end());
        texts_asked_.erase(gone->first);
        texts_.erase(gone);
    }
    Q_EMIT textArrived(page);
}

void DocumentPages::setPicture(storage::SourceId source, PictureWish wish, const QImage& picture)
{
    if (source != source_ || wish.page < 1 || wish.page > count() || picture.isNull()) return;
    std::erase_if(told_, [&](const PictureWish& told) { return told.samePicture(wish); });
    if (!hasPicture(wish.page, wish.width_px)) {
        pictures_[wish.page].push_back({picture, wish.width_px, ++uses_});
        bytes_ += static_cast<std::size_t>(picture.sizeInBytes());
        trim();
    }
    Q_EMIT pictureArrived(wish.page);
}

void DocumentPages::setPictureFailed(storage::SourceId source, int page, const QString& sentence)
{
    if (source != source_ || page < 1 || page > count()) return;
    failures_[page] = sentence;
    std::erase_if(told_, [&](const PictureWish& wish) { return wish.page == page; });
    Q_EMIT pictureArrived(page);
}

void DocumentPages::trim()
{
    while (bytes_ > budget_bytes_) {
        auto oldest = pictures_.end();
        std::size_t at = 0;
        for (auto page = pictures_.begin(); page != pictures_.end(); ++page) {
            for (std::size_t i = 0; i < page->second.size(); ++i) {
                if (oldest != pictures_.end() && oldest->second[at].used <= page->second[i].used)
                    continue;
                oldest = page;
                at = i;
            }
        }
        // The newest stays even where it alone is too large: it is the one that is looked at.
        if (oldest == pictures_.end() || oldest->second[at].used == uses_) return;
        bytes_ -= static_cast<std::size_t>(oldest->second[at].image.sizeInBytes());
        oldest->second.erase(oldest->second.begin() + static_cast<std::ptrdiff_t>(at));
        if (oldest->second.empty()) pictures_.erase(oldest);
    }
}

} // namespace ui
