#include "app/graphics_card.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace app {
namespace {

class GraphicsCardTest : public testing::Test {
protected:
    void device(const std::string& at, const std::string& kind, const std::string& vendor)
    {
        root_.write("sys/bus/pci/devices/" + at + "/class", kind + "\n");
        root_.write("sys/bus/pci/devices/" + at + "/vendor", vendor + "\n");
    }
    GraphicsCard find() { return find_graphics_card(root_.path()); }

    support::TemporaryFolder root_;
};

TEST_F(GraphicsCardTest, AMachineWithoutACardSaysSo)
{
    EXPECT_EQ(find().state, GraphicsCard::State::None);
    device("0000:00:1f.2", "0x010601", "0x8086"); // a disk controller
    EXPECT_EQ(find().state, GraphicsCard::State::None);
}

TEST_F(GraphicsCardTest, ACardOfAnotherMakerRunsNoModels)
{
    device("0000:00:02.0", "0x030000", "0x8086");
    EXPECT_EQ(find().state, GraphicsCard::State::OtherOnly);
}

TEST_F(GraphicsCardTest, ACardWithoutItsDriverIsNotCalledReady)
{
    device("0000:00:02.0", "0x030000", "0x8086");
    device("0000:01:00.0", "0x030200", "0x10de");
    EXPECT_EQ(find().state, GraphicsCard::State::NoDriver);
    EXPECT_EQ(find().name, "");
}

TEST_F(GraphicsCardTest, TheDriverNamesItsCard)
{
    device("0000:01:00.0", "0x030000", "0x10de");
    root_.write(
        "proc/driver/nvidia/gpus/0000:01:00.0/information",
        "Model: \t\t NVIDIA GeForce RTX 4090\nIRQ:   \t\t 138\n");
    root_.write("sys/module/nvidia/version", "570.86.15\n");
    const GraphicsCard card = find();
    EXPECT_EQ(card.state, GraphicsCard::State::Ready);
    EXPECT_EQ(card.name, "NVIDIA GeForce RTX 4090");
    EXPECT_EQ(card.driver, "570.86.15");
}

} // namespace
} // namespace app
