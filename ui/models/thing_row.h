#pragma once

#include "ui/theme/theme.h"

#include <functional>
#include <QWidget>

class QBoxLayout;
class QPushButton;

namespace ui {

class Card;
class ElidedLabel;
class ProgressBar;
class Tag;
class TextLabel;

/// One thing in a card: icon, name, facts, a sentence of its state; buttons at the end; below it a
/// progress bar with what it says, or a question that is answered in place.
class ThingRow : public QWidget {
    Q_OBJECT
public:
    explicit ThingRow(const QString& icon, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    QString title() const { return title_; }
    /// Empty: none.
    void setTag(const QString& text);
    void setFacts(const QString& facts);
    void setState(const QString& sentence, theme::Color color);
    /// Buttons are made once and shown as the state has them; `name` for screen readers.
    QPushButton* addButton(const QString& text, const QString& icon, const QString& name);
    /// In a line below the facts, where more are there than fit beside a name.
    QPushButton* addButtonBelow(const QString& text);
    void addControl(QWidget* control);

    /// `share` < 0: hides the bar.
    void setProgress(double share, const QString& amount, const QString& rest, bool paused);
    ProgressBar* bar() const { return bar_; }
    /// Below the row: a sentence, a button that does it, drawn by its role, and one that does not.
    /// Focus goes to the latter, and back to `opener` afterwards.
    void askInline(
        const QString& sentence,
        const QString& yes,
        theme::Role yes_role,
        const QString& no,
        QWidget* opener,
        std::function<void()> work);
    bool isAsking() const { return question_ != nullptr; }
    void dropQuestion();

    /// Rows in one card, parted by hairlines.
    static Card* card(const QList<QWidget*>& rows, QWidget* parent);

private:
    QString title_;
    ElidedLabel* title_label_;
    Tag* tag_;
    TextLabel* facts_;
    TextLabel* state_;
    QBoxLayout* buttons_;
    QBoxLayout* buttons_below_ = nullptr; // made with the first of them
    QBoxLayout* below_;
    QWidget* progress_;
    ProgressBar* bar_;
    TextLabel* amount_;
    ElidedLabel* rest_;
    QWidget* question_ = nullptr;
    QWidget* opener_ = nullptr;
};

} // namespace ui
