#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <QWidget>

namespace ui {

/// One line of plain text that gives way: cut with an ellipsis, the whole text then as tooltip.
/// Accessible name: the whole text.
class ElidedLabel : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

    QString text() const { return text_; }
    void setText(const QString& text);
    void setStep(theme::Step step, bool strong = false);
    void setColor(theme::Color color);
    void setAlignment(Qt::Alignment alignment);
    void setElideMode(Qt::TextElideMode mode);
    /// Paths, hashes and logs.
    void setMonospace(bool on);
    bool isCut() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QAccessible::Role accessibleRole() const override { return QAccessible::StaticText; }
    QString accessibleWords() const override { return text_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateFont();
    void updateToolTip();

    QString text_;
    theme::Step step_ = theme::Step::Body;
    bool strong_ = false;
    bool monospace_ = false;
    theme::Color color_ = theme::Color::Text;
    Qt::Alignment alignment_ = Qt::AlignLeft | Qt::AlignVCenter;
    Qt::TextElideMode mode_ = Qt::ElideRight;
};

} // namespace ui
