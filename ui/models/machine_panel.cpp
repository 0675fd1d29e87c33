#include "ui/models/machine_panel.h"

#include "ui/types.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/text_label.h"

#include <algorithm>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollArea>

namespace ui {
namespace {

constexpr int kBar_px = 12;
constexpr int kBarRadius_px = 3;

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : std::min(1.0, static_cast<double>(part) / static_cast<double>(whole));
}

/// "Memory ............ 9.8 of 64 GB used"
QWidget* headed(const QString& head, ElidedLabel* value)
{
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::kGap_px);
    auto* name = new TextLabel(head, theme::Step::Small);
    name->setStep(theme::Step::Small, true);
    name->setWordWrap(false);
    value->setStep(theme::Step::Small);
    value->setColor(theme::Color::Text2);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(name);
    row->addWidget(value, 1);
    return line;
}

} // namespace

UsageBar::UsageBar(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(kBar_px);
}

void UsageBar::set(double others, double own, const QString& words)
{
    others_ = others;
    own_ = own;
    if (words_ != words) {
        words_ = words;
        setToolTip(words);
        announceName(this);
    }
    update();
}

void UsageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath frame;
    frame.addRoundedRect(rect(), kBarRadius_px, kBarRadius_px);
    painter.setClipPath(frame);
    painter.fillRect(rect(), theme::color(theme::Color::MeterTrack));
    const double first = width() * others_;
    // What is there is seen, however small its share.
    const double second = own_ > 0 ? std::max(2.0, width() * own_) : 0;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto part = [&](double from, double size) {
        return QRectF(mirrored ? width() - from - size : from, 0, size, height());
    };
    painter.fillRect(part(0, first), theme::color(theme::Color::Text3));
    painter.fillRect(part(first, second), theme::color(theme::Color::Accent));
}

MachinePanel::MachinePanel(QWidget* parent) : QWidget(parent)
{
    setFixedWidth(kWidth_px);
    auto* header = new HeaderBar(tr("This computer"));
    graphics_ = new ElidedLabel;
    processor_ = new ElidedLabel;
    memory_words_ = new ElidedLabel;
    memory_ = new UsageBar;
    memory_own_ = new TextLabel({}, theme::Step::Caption, theme::Color::Text2);
    disk_words_ = new ElidedLabel;
    disk_ = new UsageBar;
    disk_own_ = new TextLabel({}, theme::Step::Caption, theme::Color::Text2);

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(0);
    const auto bar_group =
        [&](const QString& head, ElidedLabel* words, UsageBar* bar, TextLabel* own) {
            column->addWidget(headed(head, words));
            column->addSpacing(8);
            column->addWidget(bar);
            column->addSpacing(6);
            column->addWidget(own);
        };
    const auto line = [&] {
        column->addSpacing(16);
        column->addWidget(new Hairline);
        column->addSpacing(16);
    };
    column->addWidget(headed(tr("Graphics card"), graphics_));
    column->addSpacing(8);
    column->addWidget(headed(tr("Processor"), processor_));
    line();
    bar_group(tr("Memory"), memory_words_, memory_, memory_own_);
    column->addSpacing(16);
    bar_group(tr("Disk"), disk_words_, disk_, disk_own_);
    line();
    auto* head = new TextLabel(tr("Speed"), theme::Step::Small);
    head->setStep(theme::Step::Small, true);
    column->addWidget(head);
    speed_rows_ = new QVBoxLayout;
    speed_rows_->setSpacing(6);
    column->addLayout(speed_rows_);
    column->addSpacing(6);
    measured_ = new TextLabel({}, theme::Step::Caption, theme::Color::Text3);
    column->addWidget(measured_);

    running_ = new QWidget;
    bar_ = new ProgressBar;
    step_ = new TextLabel({}, theme::Step::Small, theme::Color::Text2);
    cancel_ = new QPushButton(tr("Cancel"));
    theme::setRole(cancel_, theme::Role::Flat);
    theme::setSmall(cancel_);
    cancel_->setAccessibleName(tr("Cancel the speed test"));
    auto* line_of_step = new QHBoxLayout;
    line_of_step->addWidget(step_, 1);
    line_of_step->addWidget(cancel_);
    auto* running = new QVBoxLayout(running_);
    running->setContentsMargins(0, 6, 0, 0);
    running->addWidget(bar_);
    running->addLayout(line_of_step);
    running_->hide();
    column->addWidget(running_);
    column->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    content->setAutoFillBackground(false); // setWidget() turns it on
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(header);
    all->addWidget(scroll, 1);
    connect(cancel_, &QPushButton::clicked, this, &MachinePanel::speedTestCancelled);
    setSpeed({});
}

void MachinePanel::setMachine(const MachineUse& machine)
{
    graphics_->setText(machine.graphics);
    processor_->setText(machine.processor);
    const QString memory =
        tr("%1 of %2 used").arg(sizeWords(machine.memory_used), sizeWords(machine.memory_total));
    memory_words_->setText(memory);
    const std::uint64_t others =
        machine.memory_used - std::min(machine.memory_used, machine.memory_own);
    memory_->set(
        share(others, machine.memory_total),
        share(machine.memory_own, machine.memory_total),
        tr("Memory, %1, Percept %2").arg(memory, sizeWords(machine.memory_own)));
    memory_own_->setText(tr("Percept %1").arg(sizeWords(machine.memory_own)));
    const QString disk =
        tr("%1 left of %2").arg(sizeWords(machine.disk_free), sizeWords(machine.disk_total));
    disk_words_->setText(disk);
    const std::uint64_t used = machine.disk_total - std::min(machine.disk_total, machine.disk_free);
    disk_->set(
        share(used - std::min(used, machine.disk_models), machine.disk_total),
        share(machine.disk_models, machine.disk_total),
        tr("Disk, %1, models %2").arg(disk, sizeWords(machine.disk_models)));
    disk_own_->setText(tr("Models %1").arg(sizeWords(machine.disk_models)));
    disk_own_->setToolTip(machine.disk_place);
}

void MachinePanel::setSpeed(const SpeedState& speed)
{
    if (speed.rows != shown_speed_) {
        shown_speed_ = speed.rows;
        speed_rows_->setContentsMargins(0, speed.rows.empty() ? 0 : 6, 0, 0);
        while (QLayoutItem* item = speed_rows_->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (const auto& [name, value] : speed.rows) {
            auto* words = new ElidedLabel(value);
            auto* row = headed(name, words);
            auto* label = row->findChild<TextLabel*>();
            label->setStep(theme::Step::Small);
            label->setColor(theme::Color::Text2);
            speed_rows_->addWidget(row);
        }
    }
    running_->setVisible(speed.running);
    if (speed.running) {
        if (speed.share < bar_->fraction()) bar_->reset();
        bar_->setFraction(speed.share);
        bar_->setAccessibleName(tr("Speed test, %1").arg(speed.step));
        step_->setText(speed.step);
    }
    QString note = speed.measured;
    if (!speed.problem.isEmpty()) note = speed.problem;
    if (note.isEmpty() && !speed.running) note = tr("Not measured yet.");
    measured_->setText(note);
    measured_->setColor(speed.problem.isEmpty() ? theme::Color::Text3 : theme::Color::Warn);
    measured_->setVisible(!note.isEmpty());
}

void MachinePanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme::color(theme::Color::Pane));
}

} // namespace ui
