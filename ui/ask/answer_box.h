#pragma once

#include "ui/ask/types.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_lines.h"

#include <QFrame>

namespace ui {

class CitedText;

/// A tinted box below an answer: what was not found (with the nearest places as links), what was
/// not covered, what failed.
class AnswerBox : public QFrame {
    Q_OBJECT
public:
    enum class Kind { NotFound, Note, Failed };

    explicit AnswerBox(QWidget* parent = nullptr);

    /// `strong` in 600, then `rest`; places as lines below.
    void
    set(Kind kind, const QString& strong, const QString& rest, const std::vector<Place>& places);
    CitedText* placesText() const { return places_; }
    QString sentence() const { return sentence_; }

Q_SIGNALS:
    void placeActivated(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind kind_ = Kind::Note;
    QString sentence_;
    class TextLabel* text_;
    CitedText* places_;
};

/// A question as a bubble at the right, at most 86 % wide.
class QuestionBubble : public QWidget {
    Q_OBJECT
public:
    explicit QuestionBubble(QWidget* parent = nullptr);
    void setQuestion(const QString& question);
    QString question() const { return question_; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {400, heightForWidth(400)}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    TextLines linesFor(int width) const;

    QString question_;
};

} // namespace ui
