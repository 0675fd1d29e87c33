#pragma once

#include <QPlainTextEdit>

namespace ui::recording {

/// A text while it is edited in its row: framed as a field, as high as its text. Enter and Esc are
/// its owner's.
class TextEditor : public QPlainTextEdit {
    Q_OBJECT
public:
    static constexpr int kPaddingX_px = 9; // frame included
    static constexpr int kPaddingY_px = 5;

    explicit TextEditor(QWidget* parent = nullptr);

    int contentHeight() const;

Q_SIGNALS:
    void heightChanged();

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
};

} // namespace ui::recording
