#include "ui/widgets/header_bar.h"

#include "ui/widgets/elided_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace ui {
namespace {

constexpr int kGap_px = 8;
constexpr int kLeft_px = 16;
constexpr int kLeftOfButton_px = 8;
constexpr int kRight_px = 12;
constexpr int kRightInPane_px = 8;

QHBoxLayout* row()
{
    auto* made = new QHBoxLayout;
    made->setContentsMargins(0, 0, 0, 0);
    made->setSpacing(kGap_px);
    return made;
}

} // namespace

HeaderBar::HeaderBar(const QString& title, QWidget* parent)
    : QWidget(parent), row_(new QHBoxLayout(this)), leading_(row()), trailing_(row()),
      titles_(new QWidget(this)), title_(new ElidedLabel(title, titles_)),
      subtitle_(new ElidedLabel(QString(), titles_))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    title_->setStep(theme::Step::Title);
    subtitle_->setStep(theme::Step::Small);
    subtitle_->setColor(theme::Color::Text3);
    subtitle_->hide();
    lines_ = new QBoxLayout(QBoxLayout::TopToBottom, titles_);
    lines_->setSpacing(0);
    lines_->addStretch();
    lines_->addWidget(title_);
    lines_->addWidget(subtitle_);
    lines_->addStretch();
    row_->setContentsMargins(kLeft_px, 0, kRight_px, 0);
    row_->setSpacing(kGap_px);
    row_->addLayout(leading_);
    row_->addWidget(titles_, 1);
    row_->addLayout(trailing_);
    updateSteps();
}

QString HeaderBar::title() const
{
    return title_->text();
}

void HeaderBar::setTitle(const QString& title)
{
    title_->setText(title);
}

void HeaderBar::setSubtitle(const QString& subtitle)
{
    subtitle_->setText(subtitle);
    subtitle_->setVisible(!subtitle.isEmpty());
    updateSteps();
}

void HeaderBar::updateSteps()
{
    const bool compact = in_pane_ && !subtitle_->text().isEmpty();
    title_->setStep(compact ? theme::Step::Body : theme::Step::Title, compact);
    subtitle_->setStep(compact ? theme::Step::Caption : theme::Step::Small);
    // A title alone stands a little high, as capitals do. Two lines are closer than in a text; what
    // hangs below the first needs a pixel of the second.
    lines_->setContentsMargins(0, 0, 0, compact ? 0 : 2);
    const auto hold = [compact](QWidget* line, int height_px) {
        line->setMinimumHeight(compact ? height_px : 0);
        line->setMaximumHeight(compact ? height_px : QWIDGETSIZE_MAX);
    };
    hold(title_, theme::lineHeight(theme::Step::Small) + 1);
    hold(subtitle_, theme::lineHeight(theme::Step::Caption) - 1);
}

void HeaderBar::setSubtitleBeside()
{
    lines_->setDirection(QBoxLayout::LeftToRight);
    lines_->setSpacing(kGap_px);
    delete lines_->takeAt(0); // the stretch above
}

QString HeaderBar::subtitle() const
{
    return subtitle_->text();
}

void HeaderBar::setInPane()
{
    in_pane_ = true;
    row_->setContentsMargins(kLeft_px, 0, kRightInPane_px, 0);
    updateSteps();
}

void HeaderBar::addLeading(QWidget* widget)
{
    leading_->addWidget(widget);
}

void HeaderBar::addTrailing(QWidget* widget)
{
    trailing_->addWidget(widget);
}

void HeaderBar::setCentre(QWidget* widget)
{
    delete centre_;
    centre_ = widget;
    titles_->setVisible(!widget);
    if (!widget) return;
    row_->insertWidget(1, widget, 1);
    row_->insertStretch(2, 0); // where the widget says how wide it becomes
}

QSize HeaderBar::sizeHint() const
{
    const int lines = theme::lineHeight(theme::Step::Title) + theme::lineHeight(theme::Step::Small);
    return {QWidget::sizeHint().width(), std::max(theme::kHeader_px, lines + 8)};
}

QSize HeaderBar::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(), sizeHint().height()};
}

void HeaderBar::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(0, height() - 1, width(), 1, theme::color(theme::Color::Line));
}

bool HeaderBar::event(QEvent* event)
{
    // A button's own padding stands in the bar's, so that its icon begins where a title would.
    if (event->type() == QEvent::LayoutRequest) {
        QWidget* first = nullptr;
        for (int i = 0; i < leading_->count() && first == nullptr; ++i)
            if (QWidget* one = leading_->itemAt(i)->widget(); one && !one->isHidden()) first = one;
        const int left = qobject_cast<QToolButton*>(first) ? kLeftOfButton_px : kLeft_px;
        QMargins margins = row_->contentsMargins();
        if (margins.left() != left) {
            margins.setLeft(left);
            row_->setContentsMargins(margins);
        }
    }
    return QWidget::event(event);
}

void HeaderBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange) return;
    updateSteps();
    updateGeometry();
}

} // namespace ui
