#include "ui/settings/settings_page.h"

#include "ui/widgets/hairline.h"
#include "ui/widgets/text_label.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPaintEvent>

namespace ui {
namespace {

constexpr int kRow_px = 52;

} // namespace

SettingsPage::SettingsPage(const QString& title, QWidget* parent)
    : QScrollArea(parent), title_(title)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    content_ = new QWidget;
    auto* outer = new QHBoxLayout(content_);
    outer->setContentsMargins(theme::kCentrePadding_px, 16, theme::kCentrePadding_px, 16);
    auto* narrow = new QWidget;
    narrow->setMaximumWidth(kWidth_px);
    column_ = new QVBoxLayout(narrow);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    outer->addWidget(narrow, 100);
    outer->addStretch(1);
    setWidget(content_);
    content_->setAutoFillBackground(false); // setWidget() turns it on
}

void SettingsPage::show(const Entry& entry)
{
    ensureWidgetVisible(entry.row, 0, kRow_px);
    if (entry.control != nullptr) entry.control->setFocus(Qt::ShortcutFocusReason);
}

void SettingsPage::enter()
{
    for (const Entry& entry : entries_) {
        if (entry.control == nullptr || !entry.control->isEnabled() || entry.control->isHidden())
            continue;
        entry.control->setFocus(Qt::ShortcutFocusReason);
        return;
    }
}

void SettingsPage::addHeading(const QString& text, const QString& hint)
{
    if (column_->count() > 0) column_->addSpacing(theme::kGroupGap_px);
    column_->addWidget(new TextLabel(text, theme::Step::Title));
    if (!hint.isEmpty()) {
        column_->addSpacing(2);
        column_->addWidget(new TextLabel(hint, theme::Step::Small, theme::Color::Text3));
        column_->addSpacing(theme::kGap_px);
    }
    after_row_ = false;
}

TextLabel* SettingsPage::addRow(const QString& title, const QString& hint, QWidget* control)
{
    if (after_row_) column_->addWidget(new Hairline);
    after_row_ = true;
    auto* row = new QWidget;
    row->setMinimumHeight(kRow_px);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 8, 0, 8);
    line->setSpacing(theme::kGroupGap_px);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(new TextLabel(title));
    auto* below = new TextLabel(hint, theme::Step::Small, theme::Color::Text3);
    below->setVisible(!hint.isEmpty());
    texts->addWidget(below);
    line->addLayout(texts, 1);
    if (control != nullptr) {
        line->addWidget(control, 0, Qt::AlignVCenter);
        // Who hears a button has to hear what stands on it, too.
        const auto* button = qobject_cast<QAbstractButton*>(control);
        const bool worded = button != nullptr && !button->text().isEmpty();
        if (control->accessibleName().isEmpty())
            control->setAccessibleName(
                worded ? QStringLiteral("%1: %2").arg(title, button->text()) : title);
        control->setAccessibleDescription(hint);
        // The part of a spin box that has the focus.
        if (auto* field = control->findChild<QLineEdit*>()) field->setAccessibleName(title);
    }
    column_->addWidget(row);
    entries_.push_back({title, hint, row, control});
    return below;
}

void SettingsPage::addWide(QWidget* widget)
{
    column_->addWidget(widget);
    after_row_ = false;
}

void SettingsPage::addSpace(int height_px)
{
    column_->addSpacing(height_px);
    after_row_ = false;
}

void SettingsPage::finish()
{
    column_->addStretch(1);
}

void SettingsPage::paintEvent(QPaintEvent* event)
{
    QPainter(viewport()).fillRect(event->rect(), theme::color(theme::Color::Surface));
}

} // namespace ui
