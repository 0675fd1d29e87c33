#pragma once

#include "ui/theme/theme.h"

#include <gmock/gmock.h>
#include <QApplication>
#include <QImage>
#include <QWidget>

namespace ui::theme {

/// What a widget draws by itself, on `surface`.
inline QImage drawn(QWidget& widget)
{
    widget.ensurePolished();
    QImage image(widget.size(), QImage::Format_RGB32);
    image.fill(color(Color::Surface));
    widget.render(&image, QPoint(), QRegion(), QWidget::DrawChildren);
    return image;
}

inline std::string hex(const QColor& color)
{
    return color.name().toStdString();
}

inline std::string at(const QImage& image, int x, int y)
{
    return hex(image.pixelColor(x, y));
}

/// True where any pixel has exactly this colour.
inline bool has(const QImage& image, const QColor& wanted)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == wanted) return true;
    return false;
}

/// Noto Sans at the size of the pictures, and the light mode again afterwards.
class Look : public testing::Test {
protected:
    Look()
    {
        QFont font(QStringLiteral("Noto Sans"));
        font.setPixelSize(13);
        apply(Appearance::Light);
        setSystemFont(font);
    }
    ~Look() override { apply(Appearance::Light); }
};

} // namespace ui::theme
