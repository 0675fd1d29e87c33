#pragma once

#include "ui/start/types.h"
#include "ui/widgets/card.h"

#include <QAbstractButton>

namespace ui {

class ProgressRow;
class TextLabel;

/// A question as a row that is pressed; the one with the focus shows its key.
class QuestionButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit QuestionButton(const QString& question, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
};

/// The bundled sample: how it sounds and looks, and questions to ask about it.
class SampleCard : public Card {
    Q_OBJECT
public:
    explicit SampleCard(QWidget* parent = nullptr);
    void setState(const StartState& state);
    /// The first question takes the focus.
    void enter();
    static QStringList questions();

Q_SIGNALS:
    void questionChosen(const QString& question);
    void cancelled();

private:
    std::vector<QuestionButton*> buttons_;
    ProgressRow* progress_;
    TextLabel* note_;
    bool reading_ = false;
};

} // namespace ui
