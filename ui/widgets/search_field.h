#pragma once

#include <QLineEdit>

class QToolButton;

namespace ui {

/// A line edit with a magnifier left, and right a count ("18 results") and a clear button while it
/// has text. Esc clears it first. Accessible name: its placeholder unless one is set.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder = {}, QWidget* parent = nullptr);

    /// Small and with a faint edge: beside what it searches, not above it.
    void setQuiet();
    void setCountText(const QString& text);
    QString countText() const { return count_text_; }

Q_SIGNALS:
    /// Down or Enter: the list below may take the focus.
    void leftDownwards();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void place();
    int iconSize() const;

    QToolButton* clear_;
    bool quiet_ = false;
    QString count_text_;
};

} // namespace ui
