#pragma once

#include <QStringList>
#include <QWidget>

namespace ui {

class TextLabel;

/// A word of introduction and chips behind it, in as many rows as they need: suggestions.
class ChipRow : public QWidget {
    Q_OBJECT
public:
    explicit ChipRow(
        const QString& introduction,
        Qt::Alignment alignment,
        QWidget* parent = nullptr);

    void setChips(const QStringList& texts);
    QStringList chips() const { return texts_; }
    void setIntroduction(const QString& text);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int index, const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// Lays out, or measures only; the height.
    int place(int width, bool really) const;
    QList<QWidget*> parts() const;

    TextLabel* introduction_;
    QList<QWidget*> chips_;
    QStringList texts_;
    Qt::Alignment alignment_;
};

} // namespace ui
