#include "ui/widgets/segmented_control.h"

#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace ui {
namespace {

constexpr int kHeight_px = 28;
constexpr int kInset_px = 2;
constexpr int kPadding_px = 10;

} // namespace

/// One choice. Its width is that of its words in 600, so that choosing moves nothing.
class Segment : public QAbstractButton, public Accessible {
public:
    Segment(const QString& text, SegmentedControl* parent) : QAbstractButton(parent), owner_(parent)
    {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
        theme::setFocusRadius(this, theme::kChipRadius_px);
    }
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(theme::font(theme::Step::Small, true));
        return {
            metrics.horizontalAdvance(text()) + 2 * kPadding_px,
            std::max(kHeight_px, metrics.height() + 8) - 2 * kInset_px};
    }
    QAccessible::Role accessibleRole() const override { return QAccessible::PageTab; }
    QString accessibleWords() const override { return text(); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        using theme::Color;
        QPainter painter(this);
        const bool on = isChecked();
        if (on)
            theme::drawBox(
                painter,
                rect(),
                theme::kChipRadius_px,
                theme::color(Color::Raised),
                theme::color(Color::Line));
        else if (underMouse() && isEnabled())
            theme::drawBox(painter, rect(), theme::kChipRadius_px, theme::color(Color::Line));
        painter.setFont(theme::font(theme::Step::Small, on));
        painter.setPen(
            !isEnabled() ? theme::disabledText(theme::color(Color::Sunken))
                         : theme::color(on || underMouse() ? Color::Text : Color::Text2));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine, text());
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
        switch (event->key()) {
        case Qt::Key_Left:
            owner_->step(-forward);
            return;
        case Qt::Key_Right:
            owner_->step(forward);
            return;
        default:
            QAbstractButton::keyPressEvent(event);
        }
    }

private:
    SegmentedControl* owner_;
};

SegmentedControl::SegmentedControl(const QStringList& segments, QWidget* parent)
    : QWidget(parent), group_(new QButtonGroup(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kInset_px, kInset_px, kInset_px, kInset_px);
    row->setSpacing(kInset_px);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(group_, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        QAbstractButton* segment = group_->button(id);
        // One stop for Tab: the chosen one.
        segment->setFocusPolicy(on ? Qt::StrongFocus : Qt::NoFocus);
        announceChosen(segment);
    });
    connect(group_, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
    setSegments(segments);
}

void SegmentedControl::setSegments(const QStringList& segments)
{
    const auto old = group_->buttons();
    for (QAbstractButton* button : old) {
        group_->removeButton(button);
        delete button;
    }
    for (int i = 0; i < segments.size(); ++i) {
        auto* segment = new Segment(segments[i], this);
        segment->setFocusPolicy(Qt::NoFocus);
        group_->addButton(segment, i);
        layout()->addWidget(segment);
    }
    if (!segments.isEmpty()) setCurrent(0);
}

int SegmentedControl::count() const
{
    return static_cast<int>(group_->buttons().size());
}

int SegmentedControl::current() const
{
    return group_->checkedId();
}

void SegmentedControl::setCurrent(int index)
{
    if (QAbstractButton* segment = group_->button(index)) segment->setChecked(true);
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled)
{
    if (QAbstractButton* segment = group_->button(index)) segment->setEnabled(enabled);
}

QString SegmentedControl::text(int index) const
{
    const QAbstractButton* segment = group_->button(index);
    return segment ? segment->text() : QString();
}

void SegmentedControl::step(int by)
{
    for (int i = current() + by; i >= 0 && i < count(); i += by) {
        QAbstractButton* segment = group_->button(i);
        if (!segment->isEnabled()) continue;
        segment->setChecked(true);
        segment->setFocus(Qt::TabFocusReason);
        Q_EMIT chosen(i);
        return;
    }
}

void SegmentedControl::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    theme::drawBox(painter, rect(), theme::kControlRadius_px, theme::color(theme::Color::Sunken));
}

void SegmentedControl::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        const auto segments = group_->buttons();
        for (QAbstractButton* segment : segments) segment->updateGeometry();
        updateGeometry();
    }
}

} // namespace ui
