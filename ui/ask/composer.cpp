#include "ui/ask/composer.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_cap.h"

#include <algorithm>
#include <cmath>
#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kOneLine_px = 26;
constexpr int kMostLines = 8;
constexpr int kMostLinesLow = 3; // in a window below 720 px
constexpr int kLowWindow_px = 720;
constexpr int kLongLine_px = 420; // below, the scope is said in short

QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(theme::icon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    theme::setRole(button, theme::Role::Flat);
    return button;
}

/// Small grey words; a button because the scope can be chosen.
class ScopeButton : public QToolButton {
public:
    using QToolButton::QToolButton;

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(theme::font(theme::Step::Small));
        return {metrics.horizontalAdvance(text()) + 16, 28};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool can_choose = focusPolicy() != Qt::NoFocus;
        if (underMouse() && can_choose) {
            theme::drawBox(
                painter,
                QRectF(rect()),
                theme::kControlRadius_px,
                theme::color(theme::Color::Hover));
        }
        painter.setFont(theme::font(theme::Step::Small));
        painter.setPen(theme::color(theme::Color::Text3));
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasFocus()) {
            theme::drawFocusRing(
                painter,
                QRectF(rect()).adjusted(3, 3, -3, -3),
                theme::kControlRadius_px);
        }
    }
};

} // namespace

QuestionEdit::QuestionEdit(QWidget* parent) : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Question"));
    updateLook();
}

void QuestionEdit::updateLook()
{
    setFont(theme::font(theme::Step::Reading));
    // A new document has a step to take back that nobody made.
    if (document()->isEmpty()) document()->clearUndoRedoStacks();
}

int QuestionEdit::wantedHeight() const
{
    const int line = fontMetrics().lineSpacing();
    const int most = window()->height() < kLowWindow_px ? kMostLinesLow : kMostLines;
    // The layout of plain text counts lines, not pixels.
    const int lines = std::clamp(static_cast<int>(std::ceil(document()->size().height())), 1, most);
    return std::max(kOneLine_px, lines * line + 2);
}

bool QuestionEdit::event(QEvent* event)
{
    // With nothing of its own to take back, Ctrl+Z is that of the window: a file that was removed.
    if (event->type() == QEvent::ShortcutOverride && !document()->isUndoAvailable() &&
        static_cast<QKeyEvent*>(event)->matches(QKeySequence::Undo)) {
        event->ignore();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void QuestionEdit::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT sendWanted();
        return;
    }
    if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier) {
        if (event->key() == Qt::Key_Up && document()->isEmpty()) {
            Q_EMIT upInEmpty();
            return;
        }
        const QTextCursor cursor = textCursor();
        if (event->key() == Qt::Key_Up && cursor.atStart()) {
            Q_EMIT stepWanted(-1);
            return;
        }
        if (event->key() == Qt::Key_Down && cursor.atEnd() && !document()->isEmpty()) {
            Q_EMIT stepWanted(+1);
            return;
        }
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool QuestionEdit::canInsertFromMimeData(const QMimeData* source) const
{
    // A drop of files is the window's; a paste comes through insertFromMimeData() all the same.
    return source->hasUrls() || source->hasImage() ? false
                                                   : QPlainTextEdit::canInsertFromMimeData(source);
}

void QuestionEdit::insertFromMimeData(const QMimeData* source)
{
    QStringList paths;
    for (const QUrl& url : source->urls()) {
        if (url.isLocalFile()) paths << url.toLocalFile();
    }
    if (!paths.isEmpty()) {
        Q_EMIT filesPasted(paths);
    } else if (source->hasImage() && !source->hasText()) {
        Q_EMIT picturePasted(qvariant_cast<QImage>(source->imageData()));
    } else if (source->hasText()) {
        insertPlainText(source->text());
    }
}

void QuestionEdit::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focusChanged();
}

void QuestionEdit::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focusChanged();
}

void QuestionEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange) updateLook();
}

Composer::Composer(QWidget* parent) : QFrame(parent)
{
    createWidgets();
    connectSignals();
    updateButtons();
}

void Composer::createWidgets()
{
    setFrameShape(QFrame::NoFrame);
    edit_ = new QuestionEdit(this);
    theme::setFocusFrame(edit_, nullptr); // the painted frame shows it
    clip_ = iconButton(QStringLiteral("paperclip"), tr("Add files (Ctrl+O)"), this);
    scope_button_ = new ScopeButton(this);
    key_ = new KeyCap({}, this);
    send_ = iconButton(QStringLiteral("arrow-up"), tr("Send"), this);
    theme::setRole(send_, theme::Role::Primary);

    auto* text = new QVBoxLayout;
    text->setContentsMargins(12, 10, 6, 2);
    text->addWidget(edit_);
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(6, 4, 6, 6);
    tools->setSpacing(4);
    tools->addWidget(clip_);
    tools->addStretch(1);
    tools->addWidget(scope_button_);
    tools->addWidget(key_);
    tools->addSpacing(6);
    tools->addWidget(send_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(text);
    column->addLayout(tools);
    setTabOrder(edit_, clip_);
    setTabOrder(clip_, scope_button_);
    setTabOrder(scope_button_, send_);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    updateHeight();
}

void Composer::connectSignals()
{
    connect(edit_, &QuestionEdit::sendWanted, this, &Composer::send);
    connect(edit_, &QuestionEdit::upInEmpty, this, &Composer::editLast);
    connect(edit_, &QuestionEdit::stepWanted, this, &Composer::step);
    connect(edit_, &QuestionEdit::focusChanged, this, qOverload<>(&QWidget::update));
    connect(edit_, &QPlainTextEdit::textChanged, this, [this] {
        if (edit_->document()->isEmpty()) {
            edits_last_ = false;
            history_at_ = -1;
        }
        updateHeight();
        updateButtons();
    });
    connect(
        edit_->document()->documentLayout(),
        &QAbstractTextDocumentLayout::documentSizeChanged,
        this,
        &Composer::updateHeight);
    connect(clip_, &QToolButton::clicked, this, &Composer::filesWanted);
    connect(send_, &QToolButton::clicked, this, [this] {
        if (answering_)
            Q_EMIT stopRequested();
        else
            send();
    });
    connect(scope_button_, &QToolButton::clicked, this, &Composer::showScopeMenu);
}

QString Composer::text() const
{
    return edit_->toPlainText();
}

void Composer::setText(const QString& text)
{
    edit_->setPlainText(text);
    edit_->moveCursor(QTextCursor::End);
}

void Composer::setPlaceholder(const QString& text)
{
    edit_->setPlaceholderText(text);
    edit_->viewport()->update(); // Qt 6.4 leaves the old one standing
}

void Composer::setScope(
    Scope scope,
    const QString& words,
    const QString& short_words,
    bool can_choose)
{
    scope_ = scope;
    scope_words_ = words;
    scope_short_ = short_words;
    can_choose_ = can_choose;
    updateScope();
}

void Composer::updateScope()
{
    scope_button_->setText(width() < kLongLine_px ? scope_short_ : scope_words_);
    scope_button_->updateGeometry();
    scope_button_->setAccessibleName(scope_words_);
    scope_button_->setToolTip(scope_words_);
    scope_button_->setVisible(!scope_words_.isEmpty());
    // What cannot be chosen is still said.
    scope_button_->setFocusPolicy(can_choose_ ? Qt::TabFocus : Qt::NoFocus);
}

void Composer::setAnswering(bool on)
{
    if (answering_ == on) return;
    answering_ = on;
    updateButtons();
}

void Composer::updateButtons()
{
    const QString name = answering_ ? tr("Stop the answer") : tr("Send");
    const QString icon = answering_ ? QStringLiteral("stop-filled") : QStringLiteral("arrow-up");
    send_->setIcon(theme::icon(icon, theme::Color::OnAccent));
    send_->setToolTip(name);
    send_->setAccessibleName(name);
    key_->setKeys(answering_ ? tr("Esc") : tr("Ctrl Enter"));
}

void Composer::setHistory(const QStringList& questions)
{
    history_ = questions;
    history_at_ = -1;
}

void Composer::editLast()
{
    if (history_.isEmpty()) return;
    setText(history_.last());
    history_at_ = static_cast<int>(history_.size()) - 1;
    edits_last_ = true;
    edit_->setFocus(Qt::OtherFocusReason);
    // Up once more goes to the question before.
    edit_->moveCursor(QTextCursor::Start);
}

void Composer::step(int by)
{
    // Text that was changed by hand is not thrown away by an arrow.
    if (history_at_ < 0 || text() != history_.at(history_at_)) return;
    const int to = history_at_ + by;
    if (to < 0) return;
    if (to >= history_.size()) {
        setText({});
        return;
    }
    setText(history_.at(to));
    history_at_ = to;
    edits_last_ = to == history_.size() - 1;
    if (by < 0) edit_->moveCursor(QTextCursor::Start);
}

bool Composer::leaveEditing()
{
    if (!edits_last_) return false;
    setText({});
    return true;
}

void Composer::send()
{
    const QString question = text().trimmed();
    if (question.isEmpty() || answering_) return edit_->setFocus(Qt::OtherFocusReason);
    const bool edits = edits_last_;
    setText({});
    Q_EMIT sendRequested(question, edits);
}

void Composer::showScopeMenu()
{
    if (!can_choose_) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& words, Scope scope) {
        QAction* action =
            menu->addAction(words, this, [this, scope] { Q_EMIT scopeChosen(scope); });
        action->setCheckable(true);
        action->setChecked(scope == scope_);
    };
    add(tr("This session only"), Scope::Session);
    add(tr("Everything in the library"), Scope::Everything);
    menu->popup(scope_button_->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void Composer::updateHeight()
{
    edit_->setFixedHeight(edit_->wantedHeight());
}

void Composer::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    updateScope();
    updateHeight();
}

void Composer::mousePressEvent(QMouseEvent* event)
{
    edit_->setFocus(Qt::MouseFocusReason);
    QFrame::mousePressEvent(event);
}

void Composer::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto draw = [&](const QRectF& box, qreal radius, theme::Color edge) {
        theme::drawBox(
            painter,
            box,
            radius,
            theme::color(theme::Color::Surface),
            theme::color(edge));
    };
    const QRectF box(rect());
    const bool focus = edit_->hasFocus();
    draw(box, theme::kCardRadius_px, focus ? theme::Color::Accent : theme::Color::LineControl);
    // As wide as every other focus ring, inside so that it is never cut.
    if (focus) draw(box.adjusted(1, 1, -1, -1), theme::kCardRadius_px - 1, theme::Color::Accent);
}

} // namespace ui
