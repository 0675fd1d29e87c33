#include "engine/formats/safetensors.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/json.h"
#include "engine/formats/wording.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace engine::formats {

namespace {

constexpr std::uint64_t kLargestHeader = 32u << 20;
constexpr std::size_t kMostTensors = 65'536;

std::optional<ElementFormat> format_of_dtype(std::string_view dtype)
{
    using enum ElementFormat;
    for (const ElementFormat format :
         {F64, F32, F16, BF16, F8E4M3, F8E5M2, I64, I32, I16, I8, U64, U32, U16, U8, Bool})
        if (dtype == name(format)) return format;
    return std::nullopt;
}

struct Entry {
    std::string name;
    std::string dtype;
    std::optional<std::vector<std::int64_t>> shape;
    std::optional<std::vector<std::int64_t>> offsets;
};

/// Takes the header apart as the JSON parser walks it; keeps no tree. Stops at the first thing that
/// does not belong.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
public:
    std::vector<Entry> entries;
    std::map<std::string, std::string> metadata;
    std::string complaint;

    bool key(string_t& text) override
    {
        if (depth_ == 1) {
            if (!names_.insert(text).second)
                return complain("tensor " + in_quotes(text) + " occurs twice.");
            if (entries.size() >= kMostTensors)
                return complain("has more than " + std::to_string(kMostTensors) + " tensors.");
            in_metadata_ = text == "__metadata__";
            if (!in_metadata_) entries.push_back({text, {}, {}, {}});
        } else {
            field_ = text;
            if (in_metadata_) return metadata.emplace(text, "").second || complain_metadata();
        }
        return true;
    }
    bool start_object(std::size_t) override
    {
        return (++depth_ <= 2 && !in_list_) || misplaced("an object");
    }
    bool end_object() override
    {
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override
    {
        if (depth_ != 2 || in_metadata_ || in_list_) return misplaced("a list");
        std::optional<std::vector<std::int64_t>>* list = nullptr;
        if (field_ == "shape") list = &entries.back().shape;
        if (field_ == "data_offsets") list = &entries.back().offsets;
        if (list == nullptr || *list) return misplaced("a list");
        list->emplace();
        in_list_ = true;
        return true;
    }
    bool end_array() override
    {
        in_list_ = false;
        return true;
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        if (!in_list_ ||
            value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return misplaced("the number " + std::to_string(value));
        auto& list = field_ == "shape" ? *entries.back().shape : *entries.back().offsets;
        if (list.size() >= kMaxRank) return misplaced("a list of more than 8 numbers");
        list.push_back(static_cast<std::int64_t>(value));
        return true;
    }
    bool string(string_t& value) override
    {
        if (depth_ == 2 && !in_list_ && in_metadata_) {
            metadata[field_] = value;
            return true;
        }
        if (depth_ != 2 || in_list_ || field_ != "dtype" || !entries.back().dtype.empty())
            return misplaced("the text " + in_quotes(value));
        entries.back().dtype = value;
        return true;
    }
    bool number_integer(number_integer_t value) override
    {
        return misplaced("the number " + std::to_string(value));
    }
    bool number_float(number_float_t, const string_t& text) override
    {
        return misplaced("the number " + in_quotes(text));
    }
    bool null() override { return misplaced("null"); }
    bool boolean(bool) override { return misplaced("a boolean"); }
    bool binary(binary_t&) override { return misplaced("binary data"); }
    bool
    parse_error(std::size_t place, const std::string&, const nlohmann::json::exception&) override
    {
        return complain("its header is not valid JSON at byte " + std::to_string(place) + ".");
    }

private:
    bool complain(std::string text)
    {
        if (complaint.empty()) complaint = std::move(text);
        return false;
    }
    bool complain_metadata()
    {
        return complain("metadata " + in_quotes(field_) + " occurs twice.");
    }
    bool misplaced(const std::string& what)
    {
        const std::string place =
            entries.empty() ? "at its start" : "in tensor " + in_quotes(entries.back().name);
        return complain("its header has " + what + " where it does not belong, " + place + ".");
    }

    std::set<std::string> names_;
    std::string field_;
    int depth_ = 0;
    bool in_metadata_ = false;
    bool in_list_ = false;
};

/// Turns one entry of the header into a tensor within `data`.
Result<StoredTensor>
check_entry(const std::string& file, const Entry& entry, std::span<const std::byte> data)
{
    const std::string words = "tensor " + in_quotes(entry.name);
    if (entry.dtype.empty() || !entry.shape || !entry.offsets || entry.offsets->size() != 2)
        return damaged(file, words + " lacks its dtype, its shape or its two data_offsets.");
    const auto format = format_of_dtype(entry.dtype);
    if (!format)
        return fail(
            ErrorCode::ModelUnsupported,
            file + ": " + words + " has the unknown type " + in_quotes(entry.dtype) + ".",
            "Fetch the model in F32, F16 or BF16.");
    const std::int64_t begin = (*entry.offsets)[0], end = (*entry.offsets)[1];
    const auto size = static_cast<std::int64_t>(data.size());
    if (begin > end || end > size)
        return damaged(
            file,
            words + " is said to lie at " + std::to_string(begin) + " to " + std::to_string(end) +
                " of the data, which has " + std::to_string(size) + " bytes.");
    const auto expected = stored_bytes(*format, *entry.shape);
    if (!expected || *expected != end - begin)
        return damaged(
            file,
            words + " of shape " + shape_words(*entry.shape) + " and type " + entry.dtype +
                " has " + std::to_string(end - begin) + " bytes, expected " +
                (expected ? std::to_string(*expected) : "fewer than 2^63") + ".");

    StoredTensor tensor;
    tensor.format = *format;
    tensor.rank = static_cast<std::uint8_t>(entry.shape->size());
    std::copy(entry.shape->begin(), entry.shape->end(), tensor.dims.begin());
    tensor.bytes =
        data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    return tensor;
}

/// Each tensor begins where the one before ends, the last ends with the file.
Result<void> check_cover(const TensorTable& table, std::span<const std::byte> data)
{
    struct Place {
        std::size_t begin, end;
        const std::string* name;
    };
    std::vector<Place> places;
    for (const auto& [name, tensor] : table.all()) {
        const auto begin = static_cast<std::size_t>(tensor.bytes.data() - data.data());
        places.push_back({begin, begin + tensor.bytes.size(), &name});
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::size_t expected = 0;
    for (const Place& place : places) {
        if (place.begin != expected)
            return damaged(
                table.file_name(),
                "tensor " + in_quotes(*place.name) + " starts at " + std::to_string(place.begin) +
                    " of the data, expected " + std::to_string(expected) + ".");
        expected = place.end;
    }
    if (expected != data.size())
        return damaged(
            table.file_name(),
            "has " + std::to_string(data.size()) + " bytes of data, but its header describes " +
                std::to_string(expected) + ".");
    return {};
}

} // namespace

SafetensorsFile::SafetensorsFile(std::shared_ptr<const MappedFile> file)
    : file_(std::move(file)), tensors_(file_->name())
{
}

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path)
{
    auto mapped = MappedFile::open(path);
    if (!mapped) return tl::unexpected(mapped.error());
    SafetensorsFile result(std::move(*mapped));
    const std::string name = result.file_->name();
    ByteReader reader(result.file_->bytes());

    const auto length = reader.read<std::uint64_t>();
    if (!length) return damaged(name, "ends inside its header.");
    if (*length > kLargestHeader)
        return damaged(
            name,
            "states a header of " + std::to_string(*length) + " bytes, at most " +
                std::to_string(kLargestHeader) + " are expected.");
    const auto header = reader.take_text(*length);
    if (!header)
        return damaged(
            name,
            "states a header of " + std::to_string(*length) + " bytes, but only " +
                std::to_string(reader.remaining()) + " follow.");
    if (header->empty() || header->front() != '{')
        return damaged(name, "its header is not a JSON object.");

    HeaderReader parsed;
    if (!nlohmann::json::sax_parse(header->begin(), header->end(), &parsed))
        return damaged(name, parsed.complaint);

    const auto data = result.file_->bytes().subspan(reader.position());
    for (const Entry& entry : parsed.entries) {
        const auto tensor = check_entry(name, entry, data);
        if (!tensor) return tl::unexpected(tensor.error());
        result.tensors_.add(entry.name, *tensor); // the header reader saw every name once
    }
    const auto cover = check_cover(result.tensors_, data);
    if (!cover) return tl::unexpected(cover.error());
    result.metadata_ = std::move(parsed.metadata);
    if (const auto intact = result.file_->check(); !intact) return tl::unexpected(intact.error());
    return result;
}

} // namespace engine::formats
