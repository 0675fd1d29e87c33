#pragma once

#include "app/page_pictures.h"
#include "app/page_pictures_disk.h"

#include <list>
#include <map>
#include <mutex>

namespace app {

/// Pictures in memory, at most so many bytes, the least recently used first out. Safe from any
/// thread; a call takes microseconds.
class MemoryPictures {
public:
    explicit MemoryPictures(std::size_t max_bytes) : max_bytes_(max_bytes) {}

    PagePicture get(const PictureKey& key)
    {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(key);
        if (found == entries_.end()) return nullptr;
        by_use_.splice(by_use_.begin(), by_use_, found->second.place);
        return found->second.picture;
    }
    /// The widest picture of the page.
    PagePicture widest(const std::string& sha256, int page)
    {
        const std::lock_guard lock(mutex_);
        auto behind = entries_.upper_bound({sha256, page, INT32_MAX});
        if (behind == entries_.begin()) return nullptr;
        --behind;
        const bool same = behind->first.sha256 == sha256 && behind->first.page == page;
        return same ? behind->second.picture : nullptr;
    }
    void put(const PictureKey& key, PagePicture picture)
    {
        const std::lock_guard lock(mutex_);
        erase(key);
        bytes_ += picture->rgb.size();
        by_use_.push_front(key);
        entries_[key] = {std::move(picture), by_use_.begin()};
        // One picture stays in any case: it is being shown.
        while (bytes_ > max_bytes_ && by_use_.size() > 1) {
            const PictureKey oldest = by_use_.back();
            erase(oldest);
        }
    }

private:
    struct Entry {
        PagePicture picture;
        std::list<PictureKey>::iterator place;
    };
    void erase(const PictureKey& key)
    {
        const auto found = entries_.find(key);
        if (found == entries_.end()) return;
        bytes_ -= found->second.picture->rgb.size();
        by_use_.erase(found->second.place);
        entries_.erase(found);
    }

    std::size_t max_bytes_;
    std::mutex mutex_;
    std::map<PictureKey, Entry> entries_;
    std::list<PictureKey> by_use_; // latest first
    std::size_t bytes_ = 0;
};

} // namespace app
