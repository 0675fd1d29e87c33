#include "ui/models/engine_test.h"

#include "ui/widgets/tag.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

namespace ui {

EngineTest::EngineTest(QWidget* parent) : Card(parent)
{
    auto* warning = new TextLabel(
        tr("The small language model writes fluently and does not reason. What it writes here is "
           "no "
           "answer: it knows nothing of your files and is kept nowhere."),
        theme::Step::Small,
        theme::Color::Text3);
    prompt_ = new QLineEdit;
    prompt_->setPlaceholderText(tr("Something to write about"));
    prompt_->setAccessibleName(tr("Prompt of the engine test"));
    button_ = new QPushButton(tr("Run"));
    text_ = new QPlainTextEdit;
    text_->setReadOnly(true);
    text_->setAccessibleName(tr("What the model writes"));
    text_->setFixedHeight(5 * theme::lineHeight(theme::Step::Body) + 12);
    text_->setTabChangesFocus(true);
    text_->hide();
    note_ = new TextLabel({}, theme::Step::Caption, theme::Color::Text3);

    auto* row = new QHBoxLayout;
    row->setSpacing(theme::kGap_px);
    row->addWidget(prompt_, 1);
    row->addWidget(button_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(theme::kGap_px);
    column->addWidget(warning);
    column->addLayout(row);
    column->addWidget(text_);
    column->addWidget(note_);
    connect(button_, &QPushButton::clicked, this, &EngineTest::press);
    connect(prompt_, &QLineEdit::returnPressed, this, &EngineTest::press);
}

void EngineTest::setState(const EngineTestState& state)
{
    running_ = state.running;
    button_->setText(running_ ? tr("Stop") : tr("Run"));
    button_->setAccessibleName(running_ ? tr("Stop the engine test") : tr("Run the engine test"));
    prompt_->setEnabled(state.possible);
    button_->setEnabled(state.possible);
    const QString note = !state.problem.isEmpty() ? state.problem
                         : !state.speed.isEmpty() ? state.speed
                                                  : state.model;
    note_->setText(note);
    note_->setColor(state.problem.isEmpty() ? theme::Color::Text3 : theme::Color::Warn);
    note_->setVisible(!note.isEmpty());
}

void EngineTest::clearText()
{
    text_->clear();
    text_->show();
}

void EngineTest::appendText(const QString& text)
{
    QScrollBar* bar = text_->verticalScrollBar();
    const bool at_end = bar->value() == bar->maximum();
    QTextCursor cursor(text_->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text);
    if (at_end) bar->setValue(bar->maximum());
}

void EngineTest::press()
{
    if (running_) {
        Q_EMIT stopped();
        return;
    }
    if (prompt_->text().trimmed().isEmpty()) {
        prompt_->setFocus();
        return;
    }
    clearText();
    Q_EMIT run(prompt_->text());
}

} // namespace ui
