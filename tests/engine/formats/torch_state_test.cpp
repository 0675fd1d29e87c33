#include "engine/formats/torch_state.h"

#include "engine/formats/pickle.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using engine::ErrorCode;
using engine::formats::ElementFormat;
using engine::formats::TensorTable;
using testing::HasSubstr;

/// Pickles as torch.save writes them, put together from their opcodes.
std::string text(std::string_view value)
{
    std::string out = "X";
    for (int shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(value.size() >> shift & 0xff);
    return out + std::string(value);
}
std::string number(int value)
{
    std::string out = "J";
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xff);
    return out;
}
std::string tuple(const std::vector<std::string>& items)
{
    std::string out = "(";
    for (const std::string& item : items) out += item;
    return out + "t";
}
std::string global(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}
std::string numbers(const std::vector<int>& values)
{
    std::vector<std::string> items;
    items.reserve(values.size());
    for (const int value : values) items.push_back(number(value));
    return tuple(items);
}

struct Tensor {
    std::string type = "FloatStorage";
    std::string key = "0";
    int count = 6; // of the storage
    int offset = 0;
    std::vector<int> shape = {2, 3};
    std::vector<int> strides = {3, 1};
    std::string function = "_rebuild_tensor_v2";

    std::string pickle() const
    {
        const std::string storage =
            tuple({text("storage"), global("torch", type), text(key), text("cpu"), number(count)}) +
            "Q";
        return global("torch._utils", function) +
               tuple(
                   {storage,
                    number(offset),
                    numbers(shape),
                    numbers(strides),
                    "\x89",
                    global("collections", "OrderedDict") + ")R"}) +
               "R";
    }
};

std::string dictionary(const std::vector<std::pair<std::string, std::string>>& entries)
{
    std::string out = "\x80\x02" + global("collections", "OrderedDict") + ")Rq";
    out += '\0';
    out += "(";
    for (const auto& [name, value] : entries) out += text(name) + value;
    // Its _metadata attribute.
    return out + "u}" + text("_metadata") + "}sb.";
}

class TorchStateTest : public testing::Test {
protected:
    engine::Result<TensorTable>
    read(const std::string& pickle, std::vector<tiny_files::ZipEntry> more = {})
    {
        std::string floats(24, '\0');
        for (std::size_t i = 0; i < floats.size(); ++i) floats[i] = static_cast<char>(i);
        std::vector<tiny_files::ZipEntry> entries = {
            {"archive/data.pkl", pickle},
            {"archive/data/0", floats}};
        entries.insert(entries.end(), more.begin(), more.end());
        zip_.emplace(*engine::formats::TorchZip::open(
            folder_.write("weights.ckpt", tiny_files::zip(entries))));
        return engine::formats::read_torch_state(*zip_);
    }
    std::string refusal(const std::string& pickle)
    {
        const auto table = read(pickle);
        EXPECT_FALSE(table);
        return table ? std::string() : table.error().message;
    }
    support::TemporaryFolder folder_;
    std::optional<engine::formats::TorchZip> zip_;
};

TEST_F(TorchStateTest, FindsTensorsAndPartsOfOneStorage)
{
    Tensor part;
    part.offset = 2;
    part.shape = {1, 4};
    part.strides = {99, 1}; // of one row it says nothing
    const auto table = read(dictionary({{"a.weight", Tensor{}.pickle()}, {"b", part.pickle()}}));
    ASSERT_TRUE(table) << table.error().message;
    ASSERT_EQ(table->all().size(), 2u);
    const auto* a = table->find("a.weight");
    EXPECT_EQ(a->format, ElementFormat::F32);
    EXPECT_THAT(a->shape(), testing::ElementsAre(2, 3));
    EXPECT_EQ(a->bytes.size(), 24u);
    const auto* b = table->find("b");
    EXPECT_EQ(b->bytes.size(), 16u);
    EXPECT_EQ(b->bytes.data(), a->bytes.data() + 8);
}

TEST_F(TorchStateTest, RunsNothing)
{
    // What a pickle that attacks looks like: a call of a function with a text.
    const std::string attack = global("os", "system") + tuple({text("touch /tmp/x")}) + "R";
    EXPECT_THAT(refusal("\x80\x02" + attack + "."), HasSubstr("dictionary of tensors"));
    EXPECT_THAT(refusal(dictionary({{"a", attack}})), HasSubstr("\"a\" is no plain tensor"));
    Tensor wrapped;
    wrapped.function = "_rebuild_device_tensor_from_numpy";
    EXPECT_THAT(refusal(dictionary({{"a", wrapped.pickle()}})), HasSubstr("no plain tensor"));
    // The opcodes that build objects are not known at all.
    for (const char* pickle :
         {"\x80\x02ios\nsystem\n.", "\x80\x02)\x81.", "\x80\x02}o.", "\x80\x02P1\n."})
        EXPECT_THAT(refusal(pickle), HasSubstr("does not describe its tensors"));
}

TEST_F(TorchStateTest, RefusesTensorsThatAreNotWhereTheySay)
{
    const auto changed = [&](auto change) {
        Tensor tensor;
        change(tensor);
        return refusal(dictionary({{"a", tensor.pickle()}}));
    };
    EXPECT_THAT(changed([](Tensor& t) { t.offset = 1; }), HasSubstr("beyond its storage"));
    EXPECT_THAT(changed([](Tensor& t) { t.offset = -1; }), HasSubstr("makes no sense"));
    EXPECT_THAT(changed([](Tensor& t) { t.shape = {2, -3}; }), HasSubstr("makes no sense"));
    EXPECT_THAT(changed([](Tensor& t) { t.strides = {1, 2}; }), HasSubstr("row by row"));
    EXPECT_THAT(changed([](Tensor& t) { t.strides = {1}; }), HasSubstr("makes no sense"));
    EXPECT_THAT(changed([](Tensor& t) { t.count = 7; }), HasSubstr("has 24 bytes"));
    EXPECT_THAT(changed([](Tensor& t) { t.type = "HalfStorage"; }), HasSubstr("has 24 bytes"));
    EXPECT_THAT(changed([](Tensor& t) { t.type = "QInt8Storage"; }), HasSubstr("no storage"));
    EXPECT_THAT(changed([](Tensor& t) { t.key = "1"; }), HasSubstr("is missing"));
    EXPECT_THAT(changed([](Tensor& t) { t.key = "../data.pkl"; }), HasSubstr("is missing"));
    EXPECT_THAT(
        changed([](Tensor& t) {
            t.shape = {0x7fffffff, 0x7fffffff, 0x7fffffff};
            t.strides = {0x7fffffff, 0x7fffffff, 1};
        }),
        testing::AnyOf(HasSubstr("row by row"), HasSubstr("beyond its storage")));
    EXPECT_THAT(
        changed([](Tensor& t) {
            t.shape.assign(9, 1);
            t.strides.assign(9, 1);
        }),
        HasSubstr("makes no sense"));
}

TEST_F(TorchStateTest, RefusesWhatIsNoStateDictionary)
{
    const std::string tensor = Tensor{}.pickle();
    EXPECT_THAT(refusal(dictionary({{"a", tensor}, {"a", tensor}})), HasSubstr("occurs twice"));
    EXPECT_THAT(refusal(dictionary({{"epoch", number(3)}})), HasSubstr("no plain tensor"));
    EXPECT_THAT(refusal("\x80\x02}(" + number(1) + tensor + "u."), HasSubstr("no text"));
    EXPECT_THAT(refusal("\x80\x02]."), HasSubstr("dictionary of tensors"));
    for (const std::string& pickle :
         {std::string(),
          std::string("\x80\x02}"),
          std::string("\x80\x09}."),
          std::string("}}."),
          std::string("(."),
          std::string("t."),
          std::string("}h\x05."),
          std::string("X\xff\xff\xff\xff."),
          std::string("R."),
          std::string("}s."),
          std::string("(}u.")})
        EXPECT_THAT(refusal(pickle), HasSubstr("does not describe its tensors"));
    const auto big_end = read(dictionary({}), {{"archive/byteorder", "big"}});
    ASSERT_FALSE(big_end);
    EXPECT_EQ(big_end.error().code, ErrorCode::ModelUnsupported);
}

TEST_F(TorchStateTest, CyclesAndFloodsAreHarmless)
{
    // A list that contains itself.
    const std::string cycle = std::string(
        "\x80\x02]q\x00h\x00"
        "a.",
        9);
    EXPECT_THAT(refusal(cycle), HasSubstr("dictionary of tensors"));
    EXPECT_THAT(
        refusal("\x80\x02" + std::string(2'000'000, ')') + "."),
        HasSubstr("does not describe"));
    EXPECT_THAT(
        refusal("\x80\x02)" + std::string(900'000, '\x85') + "."),
        HasSubstr("dictionary of tensors"));
}

} // namespace
