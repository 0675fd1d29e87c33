#pragma once

#include "ui/models/types.h"
#include "ui/widgets/card.h"

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace ui {

class TextLabel;

/// A small language model tried out by hand: prompt, what it writes, how fast. It does not reason,
/// so the box says what it is, and nothing of it is kept.
class EngineTest : public Card {
    Q_OBJECT
public:
    explicit EngineTest(QWidget* parent = nullptr);

    void setState(const EngineTestState& state);
    void clearText();
    void appendText(const QString& text);
    bool isRunning() const { return running_; }

Q_SIGNALS:
    void run(const QString& prompt);
    void stopped();

private:
    void press();

    QLineEdit* prompt_;
    QPushButton* button_;
    QPlainTextEdit* text_;
    TextLabel* note_;
    bool running_ = false;
};

} // namespace ui
