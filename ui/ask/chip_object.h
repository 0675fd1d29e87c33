#pragma once

#include "ui/types.h"

#include <QObject>
#include <QRect>
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

    /// The chip with the focus once more, where it was drawn last: with its ring where the focus
    /// came by keyboard, not cut by its line and not veiled by the selection that the focus is.
    void drawFocused(QPainter& painter) const;

private:
    CitedText* text_;
    QRect focused_;
};

} // namespace ui
