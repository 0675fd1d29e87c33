#include "storage/packing.h"

#include <bit>
#include <cstring>

namespace storage {
namespace {

static_assert(std::endian::native == std::endian::little, "blobs are stored as they lie in memory");

class Packer {
public:
    explicit Packer(std::size_t size) { bytes_.reserve(size); }
    template <typename T>
    void add(T value)
    {
        const auto at = bytes_.size();
        bytes_.resize(at + sizeof value);
        std::memcpy(bytes_.data() + at, &value, sizeof value);
    }
    void add_text(std::string_view text)
    {
        add(static_cast<std::uint32_t>(text.size()));
        const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    void add_box(const Box& box)
    {
        for (const float edge : {box.x0, box.y0, box.x1, box.y1}) add(edge);
    }
    std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

/// Reads until the first value that does not fit, then answers zeros and is broken.
class Unpacker {
public:
    explicit Unpacker(std::span<const std::byte> bytes) : bytes_(bytes) {}
    template <typename T>
    T get()
    {
        T value{};
        if (bytes_.size() < sizeof value) {
            broken_ = true;
            bytes_ = {};
            return value;
        }
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_ = bytes_.subspan(sizeof value);
        return value;
    }
    std::string get_text()
    {
        const auto size = get<std::uint32_t>();
        if (bytes_.size() < size) {
            broken_ = true;
            bytes_ = {};
            return {};
        }
        std::string text(reinterpret_cast<const char*>(bytes_.data()), size);
        bytes_ = bytes_.subspan(size);
        return text;
    }
    Box get_box()
    {
        Box box;
        box.x0 = get<float>();
        box.y0 = get<float>();
        box.x1 = get<float>();
        box.y1 = get<float>();
        return box;
    }
    bool at_end() const { return bytes_.empty(); }
    bool broken() const { return broken_; }

private:
    std::span<const std::byte> bytes_;
    bool broken_ = false;
};

template <typename T, typename Get>
Result<std::vector<T>> unpack_all(std::span<const std::byte> blob, Get get)
{
    std::vector<T> values;
    Unpacker unpacker(blob);
    while (!unpacker.at_end()) values.push_back(get(unpacker));
    if (unpacker.broken())
        return fail(
            ErrorCode::LibraryDamaged,
            "A list of words or boxes in the library is cut short.",
            "Read the source again, or restore a backup.");
    return values;
}

} // namespace

std::vector<std::byte> pack(std::span<const Word> words)
{
    Packer packer(words.size() * 28);
    for (const Word& word : words) {
        packer.add(word.begin);
        packer.add(word.end);
        packer.add_box(word.box);
        packer.add(word.confidence);
    }
    return packer.take();
}

std::vector<std::byte> pack(std::span<const SegmentWord> words)
{
    Packer packer(words.size() * 32);
    for (const SegmentWord& word : words) {
        packer.add(word.start_s);
        packer.add(word.end_s);
        packer.add(word.confidence);
        packer.add_text(word.text);
    }
    return packer.take();
}

std::vector<std::byte> pack(std::span<const Box> boxes)
{
    Packer packer(boxes.size() * sizeof(Box));
    for (const Box& box : boxes) packer.add_box(box);
    return packer.take();
}

std::vector<std::byte> pack(std::span<const std::uint32_t> numbers)
{
    Packer packer(numbers.size_bytes());
    for (const std::uint32_t number : numbers) packer.add(number);
    return packer.take();
}

Result<std::vector<Word>> unpack_words(std::span<const std::byte> blob)
{
    return unpack_all<Word>(blob, [](Unpacker& unpacker) {
        Word word;
        word.begin = unpacker.get<std::uint32_t>();
        word.end = unpacker.get<std::uint32_t>();
        word.box = unpacker.get_box();
        word.confidence = unpacker.get<float>();
        return word;
    });
}

Result<std::vector<SegmentWord>> unpack_segment_words(std::span<const std::byte> blob)
{
    return unpack_all<SegmentWord>(blob, [](Unpacker& unpacker) {
        SegmentWord word;
        word.start_s = unpacker.get<double>();
        word.end_s = unpacker.get<double>();
        word.confidence = unpacker.get<float>();
        word.text = unpacker.get_text();
        return word;
    });
}

Result<std::vector<Box>> unpack_boxes(std::span<const std::byte> blob)
{
    return unpack_all<Box>(blob, [](Unpacker& unpacker) { return unpacker.get_box(); });
}

Result<std::vector<std::uint32_t>> unpack_numbers(std::span<const std::byte> blob)
{
    return unpack_all<std::uint32_t>(blob, [](Unpacker& unpacker) {
        return unpacker.get<std::uint32_t>();
    });
}

std::string join_lines(std::span<const std::string> lines)
{
    std::string text;
    for (const std::string& line : lines) {
        if (!text.empty()) text += '\n';
        for (const char c : line) text += c == '\n' || c == '\r' ? ' ' : c;
    }
    return text;
}

std::vector<std::string> split_lines(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

} // namespace storage
