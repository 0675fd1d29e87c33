#include "app/page_pictures_disk.h"

#include "base/blocking.h"
#include "base/io.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kMagic = 0x31435050; // "PPC1"
constexpr std::uint64_t kMaxFileBytes = 512u << 20;

struct Header {
    std::uint32_t magic = kMagic;
    std::int32_t width_px = 0;
    std::int32_t height_px = 0;
    std::uint32_t packed_bytes = 0;
    std::uint32_t checksum = 0; // CRC-32 of the fields above and of what follows
};

std::uint32_t checksum_of(const Header& header, const char* packed)
{
    uLong sum = crc32(0, nullptr, 0);
    sum = crc32(sum, reinterpret_cast<const Bytef*>(&header), offsetof(Header, checksum));
    return static_cast<std::uint32_t>(
        crc32(sum, reinterpret_cast<const Bytef*>(packed), header.packed_bytes));
}

/// "17-800": page and width.
std::optional<std::pair<int, int>> numbers_of(const std::string& name)
{
    int page = 0, width_px = 0;
    const char* end = name.data() + name.size();
    const auto first = std::from_chars(name.data(), end, page);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '-') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, width_px);
    if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
    return std::pair{page, width_px};
}

} // namespace

std::string packed_picture(const capture::Picture& picture)
{
    const std::size_t row = static_cast<std::size_t>(picture.width_px) * 3;
    std::vector<std::uint8_t> rows(picture.rgb);
    for (std::size_t i = rows.size(); i-- > row;)
        rows[i] = static_cast<std::uint8_t>(rows[i] - rows[i - row]);
    uLongf size = compressBound(static_cast<uLong>(rows.size()));
    std::string out(sizeof(Header) + size, '\0');
    auto* packed = reinterpret_cast<Bytef*>(out.data() + sizeof(Header));
    // Level 1: three times as fast as the usual one, and a tenth larger.
    if (compress2(packed, &size, rows.data(), static_cast<uLong>(rows.size()), 1) != Z_OK)
        return {};
    out.resize(sizeof(Header) + size);
    Header header{kMagic, picture.width_px, picture.height_px, static_cast<std::uint32_t>(size), 0};
    header.checksum = checksum_of(header, out.data() + sizeof(Header));
    std::memcpy(out.data(), &header, sizeof header);
    return out;
}

std::optional<capture::Picture> unpacked_picture(std::string_view bytes)
{
    Header header;
    if (bytes.size() < sizeof header) return std::nullopt;
    std::memcpy(&header, bytes.data(), sizeof header);
    const char* packed = bytes.data() + sizeof header;
    constexpr int kMaxSide_px = 65'536;
    if (header.magic != kMagic || header.packed_bytes != bytes.size() - sizeof header ||
        header.width_px < 1 || header.height_px < 1 || header.width_px > kMaxSide_px ||
        header.height_px > kMaxSide_px || checksum_of(header, packed) != header.checksum)
        return std::nullopt;
    const std::size_t row = static_cast<std::size_t>(header.width_px) * 3;
    capture::Picture picture{header.width_px, header.height_px, {}};
    picture.rgb.resize(row * static_cast<std::size_t>(header.height_px));
    uLongf size = static_cast<uLongf>(picture.rgb.size());
    if (uncompress(
            picture.rgb.data(),
            &size,
            reinterpret_cast<const Bytef*>(packed),
            header.packed_bytes) != Z_OK ||
        size != picture.rgb.size())
        return std::nullopt;
    for (std::size_t i = row; i < picture.rgb.size(); ++i)
        picture.rgb[i] = static_cast<std::uint8_t>(picture.rgb[i] + picture.rgb[i - row]);
    return picture;
}

DiskPictures::DiskPictures(fs::path folder, std::uint64_t max_bytes)
    : folder_(std::move(folder)), max_bytes_(max_bytes)
{
}

fs::path DiskPictures::path_of(const PictureKey& key) const
{
    return folder_ / key.sha256 / fmt::format("{}-{}", key.page, key.width_px);
}

/// Once, when the first picture is asked for: what is there from earlier days, in the order of its
/// use. Parts of a write that a crash interrupted go.
void DiskPictures::look_through()
{
    if (looked_) return;
    looked_ = true;
    std::vector<std::pair<fs::file_time_type, std::pair<PictureKey, std::uint64_t>>> found;
    std::error_code error;
    for (auto document = fs::directory_iterator(folder_, error);
         !error && document != fs::directory_iterator();
         document.increment(error)) {
        std::error_code inner;
        for (auto file = fs::directory_iterator(document->path(), inner);
             !inner && file != fs::directory_iterator();
             file.increment(inner)) {
            std::error_code ignored;
            const auto numbers = numbers_of(file->path().filename().string());
            if (!numbers) {
                fs::remove(file->path(), ignored);
                continue;
            }
            found.push_back(
                {file->last_write_time(ignored),
                 {{document->path().filename().string(), numbers->first, numbers->second},
                  file->file_size(ignored)}});
        }
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    for (const auto& [time, file] : found) {
        entries_[file.first] = {file.second, ++clock_};
        bytes_ += file.second;
    }
    make_room();
}

/// With the mutex held.
void DiskPictures::make_room()
{
    if (bytes_ <= max_bytes_) return;
    std::vector<std::pair<std::int64_t, PictureKey>> by_use;
    by_use.reserve(entries_.size());
    for (const auto& [key, entry] : entries_) by_use.push_back({entry.used, key});
    std::sort(by_use.begin(), by_use.end());
    // A tenth at once: this need not run for every picture.
    const std::uint64_t target = max_bytes_ - max_bytes_ / 10;
    for (const auto& [used, key] : by_use) {
        if (bytes_ <= target) return;
        forget(key);
    }
}

/// With the mutex held.
void DiskPictures::forget(const PictureKey& key)
{
    const auto entry = entries_.find(key);
    if (entry == entries_.end()) return;
    bytes_ -= entry->second.bytes;
    entries_.erase(entry);
    std::error_code ignored;
    fs::remove(path_of(key), ignored);
    fs::remove(folder_ / key.sha256, ignored); // only where it is empty
}

std::optional<capture::Picture> DiskPictures::get(const PictureKey& key)
{
    BASE_MAY_BLOCK();
    {
        const std::lock_guard lock(mutex_);
        look_through();
        const auto entry = entries_.find(key);
        if (entry == entries_.end()) return std::nullopt;
        entry->second.used = ++clock_;
    }
    const fs::path path = path_of(key);
    const auto bytes = base::read_text(path, kMaxFileBytes);
    auto picture = bytes ? unpacked_picture(*bytes) : std::nullopt;
    if (!picture) {
        const std::lock_guard lock(mutex_);
        forget(key);
        return std::nullopt;
    }
    utimensat(AT_FDCWD, path.c_str(), nullptr, 0); // for the next start of the program
    return picture;
}

void DiskPictures::put(const PictureKey& key, const capture::Picture& picture)
{
    BASE_MAY_BLOCK();
    const std::string bytes = packed_picture(picture);
    if (bytes.empty() || bytes.size() > max_bytes_ / 4) return;
    fs::path part;
    {
        const std::lock_guard lock(mutex_);
        look_through();
        part = folder_ / key.sha256 / fmt::format("part-{}-{}", getpid(), ++parts_);
    }
    const fs::path path = path_of(key);
    const auto written = [&]() -> base::Result<void> {
        if (auto made = base::make_folders(path.parent_path()); !made) return made;
        auto file = base::File::open(part, base::File::Mode::Create);
        if (!file) return tl::unexpected(file.error());
        return file->write_all(bytes); // not synced: the checksum finds what a power cut tore
    }();
    std::error_code error;
    if (written) fs::rename(part, path, error);
    if (!written || error) {
        std::error_code ignored;
        fs::remove(part, ignored);
        return;
    }
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_[key];
    bytes_ += bytes.size() - entry.bytes;
    entry = {bytes.size(), ++clock_};
    make_room();
}

std::uint64_t DiskPictures::size_bytes() const
{
    const std::lock_guard lock(mutex_);
    return bytes_;
}

} // namespace app
