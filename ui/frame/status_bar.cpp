#include "ui/frame/status_bar.h"

#include "ui/theme/theme.h"
#include "ui/types.h"

#include <QAbstractButton>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

namespace ui {
namespace {

constexpr int kPadding_px = 9;
constexpr int kGap_px = 6;
constexpr int kIcon_px = 12;
constexpr double kDiskWarn_bytes = 5e9;
constexpr double kDiskAlarm_bytes = 1e9;

} // namespace

/// A strong word, then plain ones, drawn flat; a button, so that keys and screen readers reach it.
class StatusBar::Segment : public QAbstractButton {
public:
    Segment(const QString& name, bool line_left, QWidget* parent)
        : QAbstractButton(parent), name_(name), line_left_(line_left)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Expanding);
    }

    void set(const QString& strong, const QString& words, StatusTone tone, const QString& icon = {})
    {
        if (strong == strong_ && words == words_ && tone == tone_ && icon == icon_) return;
        strong_ = strong;
        words_ = words;
        tone_ = tone;
        icon_ = icon;
        QStringList parts;
        for (const QString& part : {name_, strong, words}) {
            if (!part.isEmpty()) parts << part;
        }
        setAccessibleName(parts.join(u' '));
        updateGeometry();
        update();
    }
    void setPart(double part)
    {
        part_ = part;
        update();
    }

    QSize sizeHint() const override
    {
        int width = 2 * kPadding_px;
        if (!icon_.isEmpty()) width += kIcon_px + kGap_px;
        if (!strong_.isEmpty()) width += QFontMetrics(strongFont()).horizontalAdvance(strong_);
        if (!strong_.isEmpty() && !words_.isEmpty()) width += kGap_px;
        width += QFontMetrics(plainFont()).horizontalAdvance(words_) + 1;
        return {width, theme::kStatus_px - 1};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        using theme::Color;
        QColor text = theme::color(Color::Text2);
        QColor strong = theme::color(Color::Text);
        if (tone_ == StatusTone::Alarm) {
            painter.fillRect(rect(), theme::color(Color::RecordFill));
            text = strong = theme::color(Color::OnRecord);
        } else if (tone_ == StatusTone::Warn) {
            painter.fillRect(rect(), theme::color(Color::WarnTint));
            text = strong = theme::color(Color::Warn);
        } else if (underMouse()) {
            painter.fillRect(rect(), theme::color(Color::Hover));
        }
        if (line_left_) painter.fillRect(0, 0, 1, height(), theme::color(Color::Line));
        int x = kPadding_px;
        if (!icon_.isEmpty()) {
            const auto colour = tone_ == StatusTone::Alarm  ? Color::OnRecord
                                : tone_ == StatusTone::Warn ? Color::Warn
                                                            : Color::Text2;
            painter.drawPixmap(
                x,
                (height() - kIcon_px) / 2,
                theme::iconPixmap(icon_, colour, kIcon_px, devicePixelRatioF()));
            x += kIcon_px + kGap_px;
        }
        const auto write = [&](const QString& words, const QFont& font, const QColor& colour) {
            painter.setFont(font);
            painter.setPen(colour);
            const int room = std::max(0, width() - x - kPadding_px + 1);
            const QString shown = painter.fontMetrics().elidedText(words, Qt::ElideRight, room);
            painter.drawText(QRect(x, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft, shown);
            x += painter.fontMetrics().horizontalAdvance(shown);
        };
        if (!strong_.isEmpty()) {
            write(strong_, strongFont(), strong);
            x += kGap_px;
        }
        write(words_, plainFont(), text);
        if (part_ >= 0) {
            painter.fillRect(0, height() - 2, width(), 2, theme::color(Color::MeterTrack));
            painter.fillRect(
                QRectF(0, height() - 2, width() * std::min(part_, 1.0), 2),
                theme::color(Color::Accent));
        }
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
            painter.setRenderHint(QPainter::Antialiasing);
            theme::drawFocusRing(
                painter,
                QRectF(rect()).adjusted(3, 3, -3, -3),
                theme::kChipRadius_px);
        }
    }
    void changeEvent(QEvent* event) override
    {
        if (event->type() == QEvent::FontChange) updateGeometry();
        QAbstractButton::changeEvent(event);
    }

private:
    static QFont plainFont() { return theme::font(theme::Step::Caption); }
    static QFont strongFont() { return theme::font(theme::Step::Caption, true); }

    QString name_;
    bool line_left_;
    QString strong_;
    QString words_;
    QString icon_;
    StatusTone tone_ = StatusTone::Plain;
    double part_ = -1;
};

StatusBar::StatusBar(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(theme::kStatus_px);
    row_ = new QHBoxLayout(this);
    row_->setContentsMargins(0, 1, 0, 0);
    row_->setSpacing(0);
    job_ = new Segment(tr("Jobs:"), false, this);
    connect(job_, &QAbstractButton::clicked, this, &StatusBar::jobChosen);
    job_->setMinimumWidth(0);
    row_->addWidget(job_);
    row_->addStretch(1);
    engine_ = addSegment(tr("Engine:"), &StatusBar::engineChosen);
    memory_ = addSegment(QString(), &StatusBar::engineChosen);
    queue_ = addSegment(QString(), &StatusBar::engineChosen);
    speed_ = addSegment(QString(), &StatusBar::engineChosen);
    disk_ = addSegment(QString(), &StatusBar::diskChosen);
    network_ = addSegment(QString(), &StatusBar::networkChosen);
    setEngine({tr("No model"), tr("starting"), StatusTone::Plain, -1, -1, -1, {}});
    setJob({});
    setDiskLeft(-1);
    setNetwork({});
}

StatusBar::Segment* StatusBar::addSegment(const QString& name, void (StatusBar::*pressed)())
{
    auto* segment = new Segment(name, true, this);
    connect(segment, &QAbstractButton::clicked, this, pressed);
    row_->addWidget(segment);
    return segment;
}

void StatusBar::setEngine(const EngineStatus& engine)
{
    engine_->set(engine.name, engine.doing, engine.tone);
    engine_->setToolTip(engine.detail);
    memory_->setProperty("known", engine.memory_bytes >= 0);
    if (engine.memory_bytes >= 0)
        memory_->set(
            {},
            tr("Memory %1").arg(sizeWords(static_cast<quint64>(engine.memory_bytes))),
            StatusTone::Plain);
    queue_->setProperty("known", engine.queue >= 0);
    queue_->set({}, tr("Queue %1").arg(engine.queue), StatusTone::Plain);
    speed_->setProperty("known", engine.tokens_per_s >= 0);
    speed_->set({}, tr("%1 tok/s").arg(engine.tokens_per_s, 0, 'f', 0), StatusTone::Plain);
    showParts();
}

void StatusBar::setJob(const JobStatus& job)
{
    const bool idle = job.words.isEmpty();
    job_->set({}, idle ? tr("Nothing is being read") : job.words, StatusTone::Plain);
    job_->setPart(idle ? -1 : job.part);
}

void StatusBar::setDiskLeft(double bytes)
{
    disk_->setProperty("known", bytes >= 0);
    const QString size = sizeWords(static_cast<quint64>(std::max(0.0, bytes)));
    if (bytes < kDiskAlarm_bytes)
        disk_->set(tr("Disk full: %1 left").arg(size), {}, StatusTone::Alarm, "hard-drive");
    else if (bytes < kDiskWarn_bytes)
        disk_->set(tr("Disk %1 left").arg(size), {}, StatusTone::Warn, "hard-drive");
    else
        disk_->set({}, tr("Disk %1 left").arg(size), StatusTone::Plain);
    showParts();
}

void StatusBar::setNetwork(const NetworkStatus& network)
{
    nothing_sent_ = network.sent_bytes == 0 && !network.active;
    if (network.active && !network.asked) {
        network_->set(
            {},
            tr("Received: %1 from %2").arg(sizeWords(network.received_bytes), network.where),
            StatusTone::Plain,
            "download");
    } else if (network.sent_bytes > 0 && !network.asked) {
        network_->set(
            {},
            tr("Sent out: %1, for models").arg(sizeWords(network.sent_bytes)),
            StatusTone::Plain,
            "wifi-off");
    } else if (network.sent_bytes > 0) {
        network_->set(
            tr("Sent out: %1").arg(sizeWords(network.sent_bytes)),
            network.where.isEmpty() ? QString() : tr("to %1").arg(network.where),
            StatusTone::Warn,
            "globe");
    } else {
        network_->set({}, tr("Sent out: 0 B"), StatusTone::Plain, "wifi-off");
    }
    network_->setToolTip(
        network.received_bytes == 0
            ? QString()
            : tr("Received since the start: %1").arg(sizeWords(network.received_bytes)));
    showParts();
}

void StatusBar::setCompact(bool compact)
{
    compact_ = compact;
    showParts();
}

void StatusBar::showParts()
{
    const auto known = [](const Segment* segment) { return segment->property("known").toBool(); };
    memory_->setVisible(known(memory_));
    queue_->setVisible(known(queue_) && !compact_);
    speed_->setVisible(known(speed_) && !compact_);
    disk_->setVisible(known(disk_));
    network_->setVisible(!compact_ || !nothing_sent_);
}

QSize StatusBar::sizeHint() const
{
    return {400, theme::kStatus_px};
}

void StatusBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Color::Window));
    painter.fillRect(0, 0, width(), 1, theme::color(theme::Color::Line));
}

} // namespace ui
