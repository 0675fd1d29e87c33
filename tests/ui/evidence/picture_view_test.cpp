#include "ui/evidence/picture_view.h"

#include <gtest/gtest.h>
#include <QImage>

namespace {

/// The darkest value along the edges, without the rounded corners.
int darkestEdge(const QImage& picture)
{
    constexpr int kCorner_px = 8;
    int darkest = 255;
    for (int x = kCorner_px; x < picture.width() - kCorner_px; ++x) {
        darkest = std::min(darkest, qGray(picture.pixel(x, 0)));
        darkest = std::min(darkest, qGray(picture.pixel(x, picture.height() - 1)));
    }
    for (int y = kCorner_px; y < picture.height() - kCorner_px; ++y) {
        darkest = std::min(darkest, qGray(picture.pixel(0, y)));
        darkest = std::min(darkest, qGray(picture.pixel(picture.width() - 1, y)));
    }
    return darkest;
}

} // namespace

TEST(PictureViewTest, APictureFillsItsViewToTheEdges)
{
    for (const QSize size : {QSize(640, 360), QSize(641, 363), QSize(1920, 804), QSize(100, 88)}) {
        QImage white(size, QImage::Format_RGB32);
        white.fill(Qt::white);
        ui::PictureView view;
        view.setPicture(white);
        for (int width = 300; width < 330; ++width) {
            view.resize(width, view.heightForWidth(width));
            EXPECT_GE(darkestEdge(view.grab().toImage()), 250)
                << size.width() << " x " << size.height() << " in " << view.width() << " x "
                << view.height();
        }
    }
}

TEST(PictureViewTest, AnUprightPictureKeepsItsShape)
{
    QImage white(360, 640, QImage::Format_RGB32);
    white.fill(Qt::white);
    ui::PictureView view;
    view.setPicture(white);
    view.resize(300, view.heightForWidth(300));
    const QImage shown = view.grab().toImage();
    EXPECT_LT(qGray(shown.pixel(2, 135)), 100) << "dark beside it";
    EXPECT_GE(qGray(shown.pixel(150, 0)), 250);
}
