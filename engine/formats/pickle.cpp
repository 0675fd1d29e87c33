#include "engine/formats/pickle.h"

#include "engine/formats/byte_reader.h"
#include "engine/formats/wording.h"

#include <map>
#include <optional>

namespace engine::formats {

namespace {

constexpr std::size_t kLargestPickle = 16u << 20;
constexpr std::size_t kMostNodes = 1'000'000;

} // namespace

/// One run over the opcodes. A step answers false where the pickle makes no sense.
class PickleReader {
public:
    PickleReader(Pickle& pickle, std::span<const std::byte> bytes) : pickle_(pickle), in_(bytes) {}

    bool run()
    {
        while (const auto opcode = in_.read<std::uint8_t>()) {
            if (*opcode == '.') return end();
            if (pickle_.nodes_.size() >= kMostNodes || !step(*opcode)) return false;
        }
        return false;
    }

private:
    using Kind = PickleNode::Kind;

    bool end()
    {
        if (stack_.size() != 1 || !marks_.empty() || in_.remaining() != 0) return false;
        pickle_.top_ = stack_.back();
        return true;
    }
    bool step(std::uint8_t opcode);
    bool framing(std::uint8_t opcode);
    bool scalar(std::uint8_t opcode);
    bool container(std::uint8_t opcode);
    bool memo(std::uint8_t opcode);

    PickleNode* push(Kind kind)
    {
        PickleNode* node = &pickle_.nodes_.emplace_back();
        node->kind = kind;
        stack_.push_back(node);
        return node;
    }
    bool push_number(std::optional<std::int64_t> number)
    {
        if (number) push(Kind::Number)->number = *number;
        return number.has_value();
    }
    template <typename T>
    bool push_read()
    {
        const auto value = in_.read<T>();
        return push_number(value ? std::optional<std::int64_t>(*value) : std::nullopt);
    }
    template <typename Length>
    bool push_text()
    {
        const auto length = in_.read<Length>();
        const auto text = length ? in_.take_text(*length) : std::nullopt;
        if (text) push(Kind::Text)->text = *text;
        return text.has_value();
    }
    /// The line of a GLOBAL.
    std::optional<std::string_view> line()
    {
        std::size_t length = 0;
        ByteReader ahead = in_;
        while (const auto byte = ahead.read<char>()) {
            if (*byte == '\n') {
                const auto text = in_.take_text(length);
                in_.take(1);
                return text;
            }
            ++length;
        }
        return std::nullopt;
    }
    /// `count` items from the top of the stack, none of them below the last mark.
    std::optional<std::vector<const PickleNode*>> pop(std::size_t count)
    {
        const std::size_t floor = marks_.empty() ? 0 : marks_.back();
        if (stack_.size() < floor + count) return std::nullopt;
        std::vector<const PickleNode*> items(
            stack_.end() - static_cast<std::ptrdiff_t>(count),
            stack_.end());
        stack_.resize(stack_.size() - count);
        return items;
    }
    std::optional<std::vector<const PickleNode*>> pop_to_mark()
    {
        if (marks_.empty()) return std::nullopt;
        auto items = pop(stack_.size() - marks_.back());
        marks_.pop_back();
        return items;
    }
    bool push_tuple(std::optional<std::vector<const PickleNode*>> items, Kind kind = Kind::Tuple)
    {
        if (!items) return false;
        push(kind)->items = std::move(*items);
        return true;
    }
    /// Adds to the container below.
    bool extend(std::optional<std::vector<const PickleNode*>> items, Kind kind)
    {
        const std::size_t floor = marks_.empty() ? 0 : marks_.back();
        if (!items || stack_.size() <= floor || stack_.back()->kind != kind) return false;
        if (kind == Kind::Dict && items->size() % 2 != 0) return false;
        auto& into = stack_.back()->items;
        into.insert(into.end(), items->begin(), items->end());
        return true;
    }
    bool push_global(std::string_view module, std::string_view name)
    {
        std::string& text = pickle_.texts_.emplace_back(module);
        text.append(1, ' ').append(name);
        push(Kind::Global)->text = text;
        return true;
    }
    bool remember(std::uint64_t key)
    {
        if (stack_.empty() || key > kMostNodes) return false;
        memo_[key] = stack_.back();
        return true;
    }
    bool recall(std::optional<std::uint64_t> key)
    {
        const auto found = key ? memo_.find(*key) : memo_.end();
        if (found == memo_.end() || stack_.size() >= kMostNodes) return false;
        stack_.push_back(found->second);
        return true;
    }

    Pickle& pickle_;
    ByteReader in_;
    std::vector<PickleNode*> stack_;
    std::vector<std::size_t> marks_; // heights of the stack
    std::map<std::uint64_t, PickleNode*> memo_;
};

bool PickleReader::step(std::uint8_t opcode)
{
    switch (opcode) {
    case 0x80: // PROTO
    case 0x95: // FRAME
        return framing(opcode);
    case 'N':
    case 0x88: // NEWTRUE
    case 0x89: // NEWFALSE
    case 'K':
    case 'M':
    case 'J':
    case 0x8a: // LONG1
    case 'G':
    case 'X':
    case 0x8c: // SHORT_BINUNICODE
    case 'c':
    case 0x93: // STACK_GLOBAL
        return scalar(opcode);
    case 'q':
    case 'r':
    case 0x94: // MEMOIZE
    case 'h':
    case 'j':
        return memo(opcode);
    default:
        return container(opcode);
    }
}

bool PickleReader::framing(std::uint8_t opcode)
{
    if (opcode == 0x95) return in_.take(8).has_value();
    const auto protocol = in_.read<std::uint8_t>();
    return protocol && *protocol >= 2 && *protocol <= 5;
}

bool PickleReader::scalar(std::uint8_t opcode)
{
    switch (opcode) {
    case 'N':
        push(Kind::None);
        return true;
    case 0x88:
    case 0x89:
        return push_number(opcode == 0x88);
    case 'K':
        return push_read<std::uint8_t>();
    case 'M':
        return push_read<std::uint16_t>();
    case 'J':
        return push_read<std::int32_t>();
    case 0x8a: {
        const auto length = in_.read<std::uint8_t>();
        const auto bytes = length && *length <= 8 ? in_.take(*length) : std::nullopt;
        if (!bytes) return false;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes->size(); ++i)
            value |= std::to_integer<std::uint64_t>((*bytes)[i]) << (8 * i);
        const std::size_t bits = 8 * bytes->size(); // two's complement
        if (bits > 0 && bits < 64 && (value >> (bits - 1)) != 0) value |= ~std::uint64_t{0} << bits;
        return push_number(static_cast<std::int64_t>(value));
    }
    case 'G':
        push(Kind::Real);
        return in_.take(8).has_value();
    case 'X':
        return push_text<std::uint32_t>();
    case 0x8c:
        return push_text<std::uint8_t>();
    case 'c': {
        const auto module = line();
        const auto name = module ? line() : std::nullopt;
        return name && push_global(*module, *name);
    }
    case 0x93: {
        const auto names = pop(2);
        return names && (*names)[0]->kind == Kind::Text && (*names)[1]->kind == Kind::Text &&
               push_global((*names)[0]->text, (*names)[1]->text);
    }
    default:
        return false;
    }
}

bool PickleReader::container(std::uint8_t opcode)
{
    switch (opcode) {
    case '(':
        marks_.push_back(stack_.size());
        return marks_.size() <= kMostNodes;
    case ')':
        push(Kind::Tuple);
        return true;
    case ']':
        push(Kind::List);
        return true;
    case '}':
        push(Kind::Dict);
        return true;
    case 't':
        return push_tuple(pop_to_mark());
    case 0x85: // TUPLE1, TUPLE2, TUPLE3
    case 0x86:
    case 0x87:
        return push_tuple(pop(opcode - 0x84u));
    case 'Q':
        return push_tuple(pop(1), Kind::Persistent);
    case 'R':
        return push_tuple(pop(2), Kind::Call);
    case 'b': // the state of an object; none that we know has one that matters
        return pop(1) && !stack_.empty();
    case 'a':
        return extend(pop(1), Kind::List);
    case 'e':
        return extend(pop_to_mark(), Kind::List);
    case 's':
    case 'u': {
        auto items = opcode == 's' ? pop(2) : pop_to_mark();
        // An OrderedDict is a call without arguments that is filled afterwards.
        const bool called = !stack_.empty() && stack_.back()->kind == Kind::Call;
        if (called && items && items->size() % 2 == 0) {
            auto& into = stack_.back()->items;
            into.insert(into.end(), items->begin(), items->end());
            return true;
        }
        return extend(std::move(items), Kind::Dict);
    }
    default:
        return false;
    }
}

bool PickleReader::memo(std::uint8_t opcode)
{
    switch (opcode) {
    case 'q': {
        const auto key = in_.read<std::uint8_t>();
        return key && remember(*key);
    }
    case 'r': {
        const auto key = in_.read<std::uint32_t>();
        return key && remember(*key);
    }
    case 0x94:
        return remember(memo_.size());
    case 'h':
        return recall(in_.read<std::uint8_t>());
    default: // 'j'
        return recall(in_.read<std::uint32_t>());
    }
}

Result<Pickle> Pickle::read(std::span<const std::byte> bytes, std::string_view name)
{
    Pickle pickle;
    if (bytes.size() > kLargestPickle)
        return damaged(name, "describes its tensors in more than 16 MiB.");
    if (!PickleReader(pickle, bytes).run())
        return damaged(name, "does not describe its tensors as a saved state dictionary does.");
    return pickle;
}

} // namespace engine::formats
