#pragma once

#include "ui/widgets/accessible.h"

#include <QFrame>
#include <vector>

class QPushButton;

namespace ui {

class TextLabel;

enum class BannerKind { Note, Warning, Alarm }; // in the order of weight

/// On top of the centre, at most one: the owner shows the heaviest. Up to two buttons, which go
/// below when the text would need a third line beside them. Sends an alert when it is shown or
/// changes.
class Banner : public QFrame, public Accessible {
    Q_OBJECT
public:
    explicit Banner(QWidget* parent = nullptr);

    /// `strong`: what happened, in 600; `rest`: the sentences after it. Removes the old buttons.
    void set(BannerKind kind, const QString& strong, const QString& rest = {});
    /// Another picture than that of the kind, until the next set().
    void setIcon(const QString& icon);
    BannerKind kind() const { return kind_; }
    QString sentence() const;
    /// At most two; the caller connects them.
    QPushButton* addButton(const QString& text);
    /// A × at the end; emits closed().
    void setClosable(bool on);
    /// In a card instead of across the centre: no hairline, radius 6.
    void setInset(bool on);
    bool buttonsBelow() const { return below_; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QAccessible::Role accessibleRole() const override { return QAccessible::AlertMessage; }
    QString accessibleWords() const override { return sentence(); }

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Plan;
    Plan plan(int width) const;
    void place();
    void changed();

    BannerKind kind_ = BannerKind::Note;
    QString strong_;
    QString rest_;
    QString icon_;
    TextLabel* text_;
    std::vector<QPushButton*> buttons_;
    QWidget* close_ = nullptr;
    bool inset_ = false;
    bool below_ = false;
};

} // namespace ui
