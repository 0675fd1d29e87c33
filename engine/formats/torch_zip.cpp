#include "engine/formats/torch_zip.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/wording.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>
#include <zlib.h>

namespace engine::formats {

namespace {

constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::size_t kEndSize = 22;

struct End {
    std::uint16_t entries = 0;
    std::uint32_t directory_size = 0;
    std::uint32_t directory_offset = 0;
};

/// The end record is the file's last 22 bytes; torch writes no comment behind it.
std::optional<End> read_end(std::span<const std::byte> bytes)
{
    if (bytes.size() < kEndSize) return std::nullopt;
    ByteReader reader(bytes.last(kEndSize));
    if (reader.read<std::uint32_t>() != kEndSignature) return std::nullopt;
    const auto disk = reader.read<std::uint16_t>(), directory_disk = reader.read<std::uint16_t>();
    const auto entries_here = reader.read<std::uint16_t>(), entries = reader.read<std::uint16_t>();
    const auto size = reader.read<std::uint32_t>(), offset = reader.read<std::uint32_t>();
    const auto comment = reader.read<std::uint16_t>();
    if (disk != 0 || directory_disk != 0 || entries_here != entries || comment != 0)
        return std::nullopt;
    if (*entries == 0xffff || *size == 0xffffffff || *offset == 0xffffffff) return std::nullopt;
    return End{*entries, *size, *offset};
}

/// One record of the central directory.
struct Record {
    std::string_view name;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::uint32_t packed_size = 0;
    std::uint32_t size = 0;
    std::uint32_t local_offset = 0;
};

std::optional<Record> read_record(ByteReader& reader)
{
    if (reader.read<std::uint32_t>() != kCentralSignature || !reader.take(4))
        return std::nullopt; // versions
    const auto flags = reader.read<std::uint16_t>(), method = reader.read<std::uint16_t>();
    if (!reader.take(4)) return std::nullopt; // time and date
    const auto crc = reader.read<std::uint32_t>(), packed_size = reader.read<std::uint32_t>();
    const auto size = reader.read<std::uint32_t>();
    const auto name_size = reader.read<std::uint16_t>(), extra_size = reader.read<std::uint16_t>();
    const auto comment_size = reader.read<std::uint16_t>();
    if (!reader.take(8)) return std::nullopt; // disk and attributes
    const auto local_offset = reader.read<std::uint32_t>();
    if (!local_offset) return std::nullopt;
    const auto name = reader.take_text(*name_size);
    if (!name || !reader.take(*extra_size) || !reader.take(*comment_size)) return std::nullopt;
    return Record{*name, *flags, *method, *crc, *packed_size, *size, *local_offset};
}

/// The entry's bytes behind its local header, which must tell the same story as the directory.
std::optional<std::span<const std::byte>>
locate(std::span<const std::byte> before_directory, const Record& record)
{
    if (record.local_offset > before_directory.size()) return std::nullopt;
    ByteReader reader(before_directory.subspan(record.local_offset));
    if (reader.read<std::uint32_t>() != kLocalSignature || !reader.take(2)) return std::nullopt;
    if (!reader.read<std::uint16_t>()) return std::nullopt; // flags; the directory's count
    const auto method = reader.read<std::uint16_t>();
    if (method != record.method || !reader.take(4 + 12))
        return std::nullopt; // sizes: the directory's count
    const auto name_size = reader.read<std::uint16_t>(), extra_size = reader.read<std::uint16_t>();
    if (!extra_size) return std::nullopt;
    const auto name = reader.take_text(*name_size);
    if (!name || *name != record.name || !reader.take(*extra_size)) return std::nullopt;
    return reader.take(record.packed_size);
}

bool overlap(std::vector<std::pair<std::size_t, std::size_t>> spans)
{
    std::sort(spans.begin(), spans.end());
    for (std::size_t i = 1; i < spans.size(); ++i)
        if (spans[i].first < spans[i - 1].second) return true;
    return false;
}

} // namespace

Result<TorchZip> TorchZip::open(const std::filesystem::path& path)
{
    auto mapped = MappedFile::open(path);
    if (!mapped) return tl::unexpected(mapped.error());
    const auto bytes = (*mapped)->bytes();
    const std::string name = (*mapped)->name();
    return open(std::move(*mapped), bytes, name);
}

Result<TorchZip> TorchZip::open(
    std::shared_ptr<const MappedFile> file,
    std::span<const std::byte> bytes,
    const std::string& name)
{
    TorchZip zip(std::move(file), name);

    const auto end = read_end(bytes);
    if (!end) return damaged(name, "does not end with a zip directory that this program reads.");
    const std::uint64_t directory_end = std::uint64_t{end->directory_offset} + end->directory_size;
    if (directory_end > bytes.size() - kEndSize)
        return damaged(
            name,
            "places its directory at " + std::to_string(end->directory_offset) + " to " +
                std::to_string(directory_end) + ", but it has " + std::to_string(bytes.size()) +
                " bytes.");
    const auto before_directory = bytes.first(end->directory_offset);
    ByteReader reader(bytes.subspan(end->directory_offset, end->directory_size));

    std::vector<std::pair<std::size_t, std::size_t>> spans;
    for (std::uint16_t i = 0; i < end->entries; ++i) {
        const auto record = read_record(reader);
        if (!record)
            return damaged(name, "entry " + std::to_string(i) + " of its directory is cut off.");
        const std::string words = "entry " + in_quotes(record->name);
        const bool stored = record->method == 0;
        if ((record->flags & 1u) != 0) return damaged(name, words + " is encrypted.");
        if (stored && record->packed_size != record->size)
            return damaged(name, words + " is stored, but its two sizes differ.");
        const auto data = locate(before_directory, *record);
        if (!data) return damaged(name, words + " does not lie where the directory says.");
        const auto data_begin = static_cast<std::size_t>(data->data() - bytes.data());
        spans.emplace_back(record->local_offset, data_begin + data->size());
        if (!zip.entries_.emplace(record->name, Entry{*data, record->crc, stored}).second)
            return damaged(name, words + " occurs twice.");
    }
    if (reader.remaining() != 0)
        return damaged(name, "its directory has bytes behind the last entry.");
    if (overlap(std::move(spans))) return damaged(name, "two of its entries overlap.");
    if (const auto intact = zip.file_->check(); !intact) return tl::unexpected(intact.error());
    return zip;
}

Result<std::span<const std::byte>> TorchZip::read(std::string_view name) const
{
    const auto found = entries_.find(name);
    const std::string words = "entry " + in_quotes(name);
    if (found == entries_.end()) return damaged(name_, words + " is missing.");
    const Entry& entry = found->second;
    if (!entry.stored) return damaged(name_, words + " is compressed, expected stored.");
    const auto crc = ::crc32_z(
        0,
        reinterpret_cast<const unsigned char*>(entry.bytes.data()),
        entry.bytes.size());
    if (crc != entry.crc) return damaged(name_, words + " does not match its checksum.");
    if (const auto intact = file_->check(); !intact) return tl::unexpected(intact.error());
    return entry.bytes;
}

} // namespace engine::formats
