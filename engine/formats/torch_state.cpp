#include "engine/formats/torch_state.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/pickle.h"
#include "engine/formats/wording.h"

#include <algorithm>
#include <map>
#include <optional>

namespace engine::formats {
namespace {

using Kind = PickleNode::Kind;
using Items = std::vector<const PickleNode*>;

std::optional<ElementFormat> storage_format(std::string_view global)
{
    static const std::map<std::string_view, ElementFormat> formats = {
        {"torch FloatStorage", ElementFormat::F32},
        {"torch HalfStorage", ElementFormat::F16},
        {"torch BFloat16Storage", ElementFormat::BF16},
        {"torch DoubleStorage", ElementFormat::F64},
        {"torch LongStorage", ElementFormat::I64},
        {"torch IntStorage", ElementFormat::I32},
        {"torch ShortStorage", ElementFormat::I16},
        {"torch CharStorage", ElementFormat::I8},
        {"torch ByteStorage", ElementFormat::U8},
        {"torch BoolStorage", ElementFormat::Bool},
    };
    const auto found = formats.find(global);
    return found == formats.end() ? std::nullopt : std::optional(found->second);
}

bool is_call(const PickleNode& node, std::string_view global)
{
    return node.kind == Kind::Call && node.items.size() >= 2 &&
           node.items[0]->kind == Kind::Global && node.items[0]->text == global &&
           node.items[1]->kind == Kind::Tuple;
}

/// Keys and values of a dictionary, plain or ordered.
std::optional<std::span<const PickleNode* const>> entries_of(const PickleNode& node)
{
    if (node.kind == Kind::Dict) return node.items;
    if (is_call(node, "collections OrderedDict") && node.items[1]->items.empty())
        return std::span(node.items).subspan(2);
    return std::nullopt;
}

/// Sizes or strides.
std::optional<std::vector<std::int64_t>> numbers_of(const PickleNode& node)
{
    if (node.kind != Kind::Tuple || node.items.size() > kMaxRank) return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (const PickleNode* item : node.items) {
        if (item->kind != Kind::Number || item->number < 0) return std::nullopt;
        numbers.push_back(item->number);
    }
    return numbers;
}

/// Row-major without gaps; the stride of a dimension of one element says nothing.
bool contiguous(std::span<const std::int64_t> shape, std::span<const std::int64_t> strides)
{
    std::int64_t expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] != 1 && strides[i] != expected) return false;
        const auto next = checked_product(expected, shape[i]);
        if (!next) return false;
        expected = *next;
    }
    return true;
}

class StateReader {
public:
    StateReader(const TorchZip& zip, std::string folder) : zip_(zip), folder_(std::move(folder)) {}

    Result<StoredTensor> tensor(std::string_view name, const PickleNode& node)
    {
        // A parameter is a tensor, wrapped once.
        if (is_call(node, "torch._utils _rebuild_parameter") && !node.items[1]->items.empty())
            return plain_tensor(name, *node.items[1]->items[0]);
        return plain_tensor(name, node);
    }

private:
    tl::unexpected<Error> odd(std::string_view name, const std::string& what) const
    {
        return damaged(zip_.name(), "tensor " + in_quotes(name) + " " + what);
    }

    Result<StoredTensor> plain_tensor(std::string_view name, const PickleNode& node)
    {
        const bool known = is_call(node, "torch._utils _rebuild_tensor_v2") &&
                           node.items.size() == 2 && node.items[1]->items.size() >= 4;
        if (!known) return odd(name, "is no plain tensor.");
        const Items& arguments = node.items[1]->items;
        const auto storage = storage_of(*arguments[0]);
        if (!storage) return odd(name, "has no storage of plain numbers.");
        const auto shape = numbers_of(*arguments[2]), strides = numbers_of(*arguments[3]);
        if (arguments[1]->kind != Kind::Number || arguments[1]->number < 0 || !shape || !strides ||
            shape->size() != strides->size())
            return odd(name, "has a place or a shape that makes no sense.");
        if (!contiguous(*shape, *strides)) return odd(name, "is not stored row by row.");
        auto bytes = bytes_of(*storage);
        if (!bytes) return tl::unexpected(bytes.error());

        const auto size = stored_bytes(storage->format, *shape);
        const auto begin = checked_product(arguments[1]->number, block_size(storage->format).bytes);
        const auto whole = static_cast<std::int64_t>(bytes->size());
        if (!size || !begin || *begin > whole || *size > whole - *begin)
            return odd(name, "reaches beyond its storage of " + std::to_string(whole) + " bytes.");
        StoredTensor tensor;
        tensor.format = storage->format;
        tensor.rank = static_cast<std::uint8_t>(shape->size());
        std::ranges::copy(*shape, tensor.dims.begin());
        tensor.bytes =
            bytes->subspan(static_cast<std::size_t>(*begin), static_cast<std::size_t>(*size));
        return tensor;
    }

    struct Storage {
        ElementFormat format;
        std::string key; // of the entry
        std::int64_t count;
    };
    /// ("storage", type, key, device, count)
    static std::optional<Storage> storage_of(const PickleNode& node)
    {
        if (node.kind != Kind::Persistent || node.items[0]->kind != Kind::Tuple)
            return std::nullopt;
        const Items& parts = node.items[0]->items;
        if (parts.size() != 5 || parts[0]->kind != Kind::Text || parts[0]->text != "storage" ||
            parts[1]->kind != Kind::Global || parts[2]->kind != Kind::Text ||
            parts[4]->kind != Kind::Number)
            return std::nullopt;
        const auto format = storage_format(parts[1]->text);
        if (!format) return std::nullopt;
        return Storage{*format, std::string(parts[2]->text), parts[4]->number};
    }

    /// Checked once, however many tensors share it.
    Result<std::span<const std::byte>> bytes_of(const Storage& storage)
    {
        auto found = storages_.find(storage.key);
        if (found == storages_.end()) {
            const auto read = zip_.read(folder_ + "/data/" + storage.key);
            if (!read) return tl::unexpected(read.error());
            found = storages_.emplace(storage.key, *read).first;
        }
        const auto expected = checked_product(storage.count, block_size(storage.format).bytes);
        if (expected != static_cast<std::int64_t>(found->second.size()))
            return damaged(
                zip_.name(),
                "storage " + in_quotes(storage.key) + " has " +
                    std::to_string(found->second.size()) + " bytes, expected " +
                    std::to_string(storage.count) + " elements of " +
                    std::string(name(storage.format)) + ".");
        return found->second;
    }

    const TorchZip& zip_;
    std::string folder_;
    std::map<std::string, std::span<const std::byte>> storages_;
};

/// torch puts everything into one folder, whose name changes from release to release.
std::optional<std::string> folder_of(const TorchZip& zip)
{
    constexpr std::string_view kEnd = "/data.pkl";
    for (const auto& [name, entry] : zip.entries())
        if (name.ends_with(kEnd) && name.find('/') == name.size() - kEnd.size())
            return name.substr(0, name.size() - kEnd.size());
    return std::nullopt;
}

} // namespace

Result<TensorTable> read_torch_state(const TorchZip& zip)
{
    const auto folder = folder_of(zip);
    if (!folder) return damaged(zip.name(), "has no data.pkl, as a file of torch.save has.");
    if (zip.entries().contains(*folder + "/byteorder")) {
        const auto order = zip.read(*folder + "/byteorder");
        if (!order) return tl::unexpected(order.error());
        const std::string_view text(reinterpret_cast<const char*>(order->data()), order->size());
        if (text != "little")
            return fail(
                ErrorCode::ModelUnsupported,
                zip.name() + " was written on a machine with another order of bytes.",
                "Convert it on a machine like that one.");
    }
    const auto bytes = zip.read(*folder + "/data.pkl");
    if (!bytes) return tl::unexpected(bytes.error());
    const auto pickle = Pickle::read(*bytes, zip.name());
    if (!pickle) return tl::unexpected(pickle.error());
    const auto entries = entries_of(pickle->top());
    if (!entries) return damaged(zip.name(), "does not hold a dictionary of tensors.");

    TensorTable table(zip.name());
    StateReader reader(zip, *folder);
    for (std::size_t i = 0; i + 1 < entries->size(); i += 2) {
        const PickleNode& key = *(*entries)[i];
        if (key.kind != Kind::Text || key.text.size() > 1024)
            return damaged(zip.name(), "has a tensor whose name is no text.");
        const auto tensor = reader.tensor(key.text, *(*entries)[i + 1]);
        if (!tensor) return tl::unexpected(tensor.error());
        if (!table.add(std::string(key.text), *tensor))
            return damaged(zip.name(), "tensor " + in_quotes(key.text) + " occurs twice.");
    }
    return table;
}

} // namespace engine::formats
