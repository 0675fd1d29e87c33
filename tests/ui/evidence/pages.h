#pragma once

#include "ui/evidence/document_pages.h"

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QStringList>

namespace support {

inline constexpr QSizeF kA4_pt{595, 842};

/// A page of lines as the library has them: words 40 pt apart and 10 pt high, lines 20 pt apart
/// from 100 pt on, one text with \n after each line.
inline ui::PageText pageOf(int number, const QStringList& lines)
{
    ui::PageText page;
    page.page = number;
    for (int row = 0; row < lines.size(); ++row) {
        const QStringList words = lines[row].split(u' ');
        for (int column = 0; column < words.size(); ++column) {
            const int begin = static_cast<int>(page.text.size());
            page.text += words[column];
            const QRectF at_pt(72 + 40 * column, 100 + 20 * row, 36, 10);
            page.words.push_back(
                {begin,
                 static_cast<int>(page.text.size()),
                 QRectF(
                     at_pt.x() / kA4_pt.width(),
                     at_pt.y() / kA4_pt.height(),
                     at_pt.width() / kA4_pt.width(),
                     at_pt.height() / kA4_pt.height())});
            page.text += column + 1 < words.size() ? u' ' : u'\n';
        }
    }
    return page;
}

/// White with one black dot in the middle, so that a test sees that a picture was painted.
inline QImage blankPage(int width_px, QSizeF size_pt = kA4_pt)
{
    QImage page(
        width_px,
        qRound(width_px * size_pt.height() / size_pt.width()),
        QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter(&page).fillRect(QRect(page.rect().center() - QPoint(3, 3), QSize(6, 6)), Qt::black);
    return page;
}

/// Answers each wish for a picture with blankPage() at once, as a bridge would a little later.
inline void answerPictures(ui::DocumentPages& pages)
{
    QObject::connect(
        &pages,
        &ui::DocumentPages::picturesWanted,
        &pages,
        [&pages](storage::SourceId source, const std::vector<ui::PictureWish>& wishes) {
            for (const ui::PictureWish& wish : std::vector(wishes))
                pages.setPicture(source, wish, blankPage(wish.width_px, pages.sizePt(wish.page)));
        });
}

} // namespace support
