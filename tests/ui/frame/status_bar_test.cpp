#include "ui/frame/status_bar.h"
#include "ui/theme/theme.h"

#include <gtest/gtest.h>
#include <QAbstractButton>
#include <QApplication>

namespace ui {
namespace {

class StatusBarTest : public testing::Test {
protected:
    StatusBarTest()
    {
        bar_.resize(1280, 28);
        bar_.show();
    }
    /// Names of the segments that are shown, from left to right.
    QString words()
    {
        QApplication::processEvents();
        QStringList names;
        const auto buttons = bar_.findChildren<QAbstractButton*>();
        for (const QAbstractButton* button : buttons) {
            if (button->isVisible()) names << button->accessibleName();
        }
        return names.join(" | ");
    }
    StatusBar bar_;
};

TEST_F(StatusBarTest, SaysOnlyWhatWasMeasured)
{
    EXPECT_FALSE(words().contains("tok/s"));
    EXPECT_FALSE(words().contains("Memory"));
    EXPECT_FALSE(words().contains("Disk"));
    bar_.setEngine({"Starter", "answering", StatusTone::Plain, 3.3e8, 2, 94, {}});
    bar_.setDiskLeft(412e9);
    EXPECT_TRUE(words().contains("Starter answering")) << words().toStdString();
    EXPECT_TRUE(words().contains("Memory 330 MB")) << words().toStdString();
    EXPECT_TRUE(words().contains("Queue 2"));
    EXPECT_TRUE(words().contains("94 tok/s"));
    EXPECT_TRUE(words().contains("Disk 412 GB left"));
    EXPECT_TRUE(words().contains("Sent out: 0 B"));
}

TEST_F(StatusBarTest, ANarrowWindowDropsFiguresButNoAlarm)
{
    bar_.setEngine({"Starter", "ready", StatusTone::Plain, 1e8, 0, 12, {}});
    bar_.setDiskLeft(0.4e9);
    bar_.setCompact(true);
    EXPECT_FALSE(words().contains("Queue"));
    EXPECT_FALSE(words().contains("tok/s"));
    EXPECT_FALSE(words().contains("Sent out"));
    EXPECT_TRUE(words().contains("Disk full: 400 MB left")) << words().toStdString();
}

TEST_F(StatusBarTest, WhatLeftTheComputerIsSaidEvenInANarrowWindow)
{
    NetworkStatus network;
    network.sent_bytes = 4'100'000;
    network.where = "lab.example";
    network.active = true;
    network.asked = true;
    bar_.setNetwork(network);
    bar_.setCompact(true);
    EXPECT_TRUE(words().contains("Sent out: 4.1 MB to lab.example")) << words().toStdString();
}

TEST_F(StatusBarTest, AFetchedModelIsNotCalledSendingYourWords)
{
    NetworkStatus network;
    network.sent_bytes = 300;
    network.received_bytes = 90'000'000;
    network.where = "models.example";
    bar_.setNetwork(network);
    EXPECT_TRUE(words().contains("Sent out: 300 B, for models")) << words().toStdString();
}

TEST_F(StatusBarTest, AlarmsArePaintedInRed)
{
    bar_.setDiskLeft(0.4e9);
    QApplication::processEvents();
    const QImage picture = bar_.grab().toImage();
    const QRgb red = theme::color(theme::Color::RecordFill).rgb();
    int pixels = 0;
    for (int x = 0; x < picture.width(); ++x) pixels += picture.pixel(x, 14) == red ? 1 : 0;
    EXPECT_GT(pixels, 40);
}

} // namespace
} // namespace ui
