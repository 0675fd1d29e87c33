#include "ui/ask/drop_target.h"

#include <gtest/gtest.h>
#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>
#include <QWidget>

using namespace ui;

class DropTargetTest : public testing::Test {
protected:
    void drop(const QMimeData& data)
    {
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window_, &enter);
        EXPECT_TRUE(enter.isAccepted());
        QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window_, &event);
    }
    QWidget window_;
    DropTarget target_{&window_};
};

TEST_F(DropTargetTest, TakesSeveralFilesAndFolders)
{
    QSignalSpy files(&target_, &DropTarget::filesDropped);
    QSignalSpy dragging(&target_, &DropTarget::draggingChanged);
    QMimeData data;
    data.setUrls(
        {QUrl::fromLocalFile(QStringLiteral("/a b/c.pdf")),
         QUrl::fromLocalFile(QStringLiteral("/tmp"))});
    drop(data);
    ASSERT_EQ(files.count(), 1);
    EXPECT_EQ(files.first().first().toStringList(), QStringList({"/a b/c.pdf", "/tmp"}));
    ASSERT_EQ(dragging.count(), 2);
    EXPECT_TRUE(dragging.first().first().toBool());
    EXPECT_FALSE(dragging.last().first().toBool());
}

TEST_F(DropTargetTest, TakesTextAndPictures)
{
    QSignalSpy texts(&target_, &DropTarget::textDropped);
    QSignalSpy pictures(&target_, &DropTarget::pictureDropped);
    QMimeData text;
    text.setText(QStringLiteral("The pump is oiled on Mondays."));
    drop(text);
    EXPECT_EQ(texts.count(), 1);
    QMimeData picture;
    picture.setImageData(QImage(4, 4, QImage::Format_RGB32));
    drop(picture);
    EXPECT_EQ(pictures.count(), 1);
}

TEST_F(DropTargetTest, SaysWhySomethingIsRefused)
{
    QSignalSpy refused(&target_, &DropTarget::refused);
    QMimeData remote;
    remote.setUrls({QUrl(QStringLiteral("https://example.org/a.pdf"))});
    drop(remote);
    ASSERT_EQ(refused.count(), 1);
    EXPECT_TRUE(refused.first().first().toString().contains(
        QStringLiteral("example.org/a.pdf is on the network")));
    QMimeData nothing;
    nothing.setData(QStringLiteral("application/x-unknown"), "x");
    drop(nothing);
    EXPECT_EQ(refused.count(), 2);
}
