#pragma once

#include "ui/types.h"

#include <QObject>
#include <QTextObjectInterface>

namespace ui {

class CitedText;

/// Draws a citation chip, and the caret of an answer that still comes, as one character of text.
class ChipObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
public:
    enum Type { Chip = QTextFormat::UserObject + 1, Caret };
    enum Property { IndexProperty = QTextFormat::UserProperty + 1 };

    explicit ChipObject(CitedText* text);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(
        QPainter* painter,
        const QRectF& rect,
        QTextDocument* document,
        int position,
        const QTextFormat& format) override;

private:
    CitedText* text_;
};

} // namespace ui
