#pragma once

#include "capture/types.h"

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace app {

struct PictureKey {
    std::string sha256; // of the document
    int page = 1;
    int width_px = 0;
    auto operator<=>(const PictureKey&) const = default; // NOLINT(modernize-use-nullptr)
};

/// Pictures of pages in a folder, `<sha256>/<page>-<width>`, at most so many bytes: the least
/// recently used goes first. A file is renamed into its place when it is whole and carries a
/// checksum: one that a crash or a disk left damaged is deleted and counts as absent. Whatever the
/// disk refuses is a cache without that picture, never an error. Safe from any thread; blocks.
class DiskPictures {
public:
    DiskPictures(std::filesystem::path folder, std::uint64_t max_bytes);

    std::optional<capture::Picture> get(const PictureKey& key);
    void put(const PictureKey& key, const capture::Picture& picture);
    std::uint64_t size_bytes() const;

private:
    struct Entry {
        std::uint64_t bytes = 0;
        std::int64_t used = 0; // larger is later
    };
    void look_through();
    void make_room();
    void forget(const PictureKey& key);
    std::filesystem::path path_of(const PictureKey& key) const;

    std::filesystem::path folder_;
    std::uint64_t max_bytes_;
    mutable std::mutex mutex_; // guards what follows; not held while a file is read or written
    bool looked_ = false;
    std::map<PictureKey, Entry> entries_;
    std::uint64_t bytes_ = 0;
    std::int64_t clock_ = 0;
    int parts_ = 0;
};

/// The bytes of such a file: checked header, then the rows, each as the difference from the one
/// above, deflated. Text stays as sharp as it was drawn, unlike in a JPEG of the size.
std::string packed_picture(const capture::Picture& picture);
/// nullopt where the bytes are not whole and right.
std::optional<capture::Picture> unpacked_picture(std::string_view bytes);

} // namespace app
