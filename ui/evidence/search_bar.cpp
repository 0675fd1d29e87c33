#include "ui/evidence/search_bar.h"

#include "ui/evidence/tool_button.h"
#include "ui/theme/theme.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace ui {

SearchBar::SearchBar(QWidget* parent)
    : QWidget(parent), field_(new SearchField(tr("Find in this document"), this)),
      previous_(makeToolButton(QStringLiteral("chevron-up"), tr("Previous found place"), this)),
      next_(makeToolButton(QStringLiteral("chevron-down"), tr("Next found place"), this))
{
    auto* close_button = makeToolButton(QStringLiteral("x"), tr("Close search"), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 3, 0, 3); // room for the focus ring
    row->setSpacing(4);
    row->addWidget(field_, 1);
    row->addWidget(previous_);
    row->addWidget(next_);
    row->addWidget(close_button);
    field_->installEventFilter(this);
    typed_.setSingleShot(true);
    typed_.setInterval(150);
    connect(field_, &QLineEdit::textChanged, this, [this] {
        field_->setCountText({});
        typed_.start();
    });
    connect(&typed_, &QTimer::timeout, this, [this] { Q_EMIT queryChanged(query()); });
    connect(previous_, &QToolButton::clicked, this, [this] { Q_EMIT stepWanted(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { Q_EMIT stepWanted(1); });
    connect(close_button, &QToolButton::clicked, this, &SearchBar::close);
    setCount(-1, 0, false);
    hide();
}

void SearchBar::open()
{
    show();
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
    if (!query().isEmpty()) Q_EMIT queryChanged(query());
}

void SearchBar::close()
{
    if (isHidden()) return;
    hide();
    typed_.stop();
    Q_EMIT queryChanged({});
    Q_EMIT closed();
}

QString SearchBar::query() const
{
    return field_->text().trimmed();
}

void SearchBar::setCount(int current, int hits, bool complete)
{
    previous_->setEnabled(hits > 0);
    next_->setEnabled(hits > 0);
    if (query().isEmpty())
        field_->setCountText({});
    else if (hits == 0)
        field_->setCountText(complete ? tr("not found") : tr("searching"));
    else
        field_->setCountText(
            (complete ? tr("%1 of %2") : tr("%1 of %2 so far")).arg(current + 1).arg(hits));
}

void SearchBar::clear()
{
    typed_.stop();
    const QSignalBlocker quiet(field_);
    field_->clear();
    hide();
    setCount(-1, 0, false);
}

void SearchBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) return close();
    QWidget::keyPressEvent(event);
}

bool SearchBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            close();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (typed_.isActive()) {
                typed_.stop();
                Q_EMIT queryChanged(query());
            } else {
                Q_EMIT stepWanted(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
