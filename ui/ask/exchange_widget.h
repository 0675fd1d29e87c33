#pragma once

#include "ui/ask/types.h"

#include <QWidget>
#include <vector>

class QPushButton;
class QToolButton;

namespace ui {

class AnswerBox;
class CitedText;
class ElidedLabel;
class QuestionBubble;
class Tag;
class TextLabel;

/// A question and its answer: bubble, text with chips, what was not found or not covered, how it
/// was answered, what can be done with it.
class ExchangeWidget : public QWidget {
    Q_OBJECT
public:
    explicit ExchangeWidget(QWidget* parent = nullptr);

    void setExchange(const Exchange& exchange);
    const Exchange& exchange() const { return exchange_; }
    /// Only the last question can be edited.
    void setLast(bool last);
    int heightFor(int width) const;
    CitedText* answerText() const { return text_; }
    AnswerBox* outcomeBox() const { return outcome_; }
    /// Places of the answer, then the nearest ones: what index means in placeActivated().
    std::vector<Place> allPlaces() const;
    void setActivePlace(int index);
    /// What Tab stops at, in reading order.
    std::vector<QWidget*> tabStops() const;

Q_SIGNALS:
    void placeActivated(int index);
    void copyMarkdownWanted();
    void copyTextWanted();
    void retryWanted();
    void editWanted();
    void exportWanted();
    /// Its height changed.
    void grown();

private:
    void createWidgets();
    void connectSignals();
    void showText();
    void showOutcome();
    void showMenu();

    Exchange exchange_;
    bool last_ = false;
    QuestionBubble* bubble_;
    Tag* possible_;
    CitedText* text_;
    AnswerBox* outcome_;
    AnswerBox* covered_;
    TextLabel* mode_;
    QWidget* tools_;
    QPushButton* copy_;
    QPushButton* retry_;
    QPushButton* export_;
    QToolButton* more_;
    ElidedLabel* timing_;
};

} // namespace ui
