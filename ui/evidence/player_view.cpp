#include "ui/evidence/player_view.h"

#include "ui/evidence/picture_view.h"
#include "ui/evidence/tool_button.h"
#include "ui/evidence/track.h"
#include "ui/evidence/transcript_list.h"
#include "ui/evidence/waveform_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <algorithm>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

namespace ui {
namespace {

constexpr double kJump_s = 5;
constexpr double kBefore_s = 16; // of the waveform before the place, and its whole length at least
constexpr double kBehind_s = 10;
constexpr double kWhole_s = 75; // shorter recordings are shown whole

/// "06:41.2": tells two frames of one second apart.
QString momentWords(double seconds)
{
    return QStringLiteral("%1.%2")
        .arg(clockWords(seconds))
        .arg(static_cast<int>(seconds * 10) % 10);
}

} // namespace

PlayerView::PlayerView(QWidget* parent) : QWidget(parent)
{
    createWidgets();
    connectSignals();
}

void PlayerView::open(const EvidenceSource& source)
{
    if (playing_) pause();
    source_ = source;
    position_s_ = 0;
    playing_ = false;
    cited_ = false;
    arrange();
    picture_->clear();
    failure_->setVisible(false);
    sound_note_->setVisible(false);
    no_words_->setVisible(false);
    track_->setDuration(source.duration_s);
    track_->setPosition(0);
    track_->setCitations({});
    track_->setGaps({});
    waveform_->setCited({}, {});
    waveform_->setGaps({});
    waveform_->setRange(0, 0);
    transcript_->lines().setLines({});
    transcript_->lines().setCited({}, {});
    previous_->setEnabled(false);
    next_->setEnabled(false);
    setPlaying(source.id, false);
    showTimes();
    wantFrameWidth();
    if (speed_ != 1) Q_EMIT speedWanted(source_.id, speed_);
}

void PlayerView::showPlace(const Place& place, std::vector<double> ticks)
{
    const double start = std::clamp(place.start_s.value_or(0), 0.0, source_.duration_s);
    cited_ = place.located && place.start_s.has_value();
    previous_->setEnabled(ticks.size() > 1);
    next_->setEnabled(ticks.size() > 1);
    track_->setCitations(std::move(ticks));
    const auto cited_start = cited_ ? place.start_s : std::nullopt;
    const auto cited_end = cited_ ? place.end_s : std::nullopt;
    transcript_->lines().setCited(cited_start, cited_end);
    transcript_->showCited();
    showRange(start, place.end_s);
    waveform_->setCited(cited_start, cited_end);
    std::vector<QRectF> boxes;
    if (place.located)
        for (const storage::Box& box : place.boxes) boxes.push_back(rectOf(box));
    picture_->setBoxes(std::move(boxes), place.quote);
    track_->setPosition(start);
    position_s_ = start;
    showTimes();
    // A frame alone is looked at; words are heard.
    if (place.kind == PlaceKind::Shown || !cited_)
        Q_EMIT seekWanted(source_.id, start);
    else
        Q_EMIT playWanted(source_.id, start, place.end_s.value_or(-1));
}

void PlayerView::showRange(double around_s, std::optional<double> end_s)
{
    double from = 0, to = source_.duration_s;
    if (source_.duration_s > kWhole_s) {
        from = std::max(0.0, around_s - kBefore_s);
        to = std::min(
            source_.duration_s,
            std::max(end_s.value_or(around_s) + kBehind_s, from + 2 * kBefore_s));
        // A cited chapter is no waveform any more; its beginning is shown.
        to = std::min(to, from + 120);
    }
    waveform_->setRange(from, to);
    sound_span_->setText(QStringLiteral("%1 – %2").arg(clockWords(from), clockWords(to)));
}

void PlayerView::togglePlay()
{
    if (source_.id == 0) return;
    if (playing_) return pause();
    const bool at_end = position_s_ >= source_.duration_s - 0.05;
    Q_EMIT playWanted(source_.id, at_end ? 0 : position_s_, -1);
}

void PlayerView::focusPlay()
{
    play_->setFocus(Qt::OtherFocusReason);
}

void PlayerView::pause()
{
    if (source_.id != 0) Q_EMIT pauseWanted(source_.id);
}

void PlayerView::seek(double seconds)
{
    if (source_.id == 0) return;
    seconds = std::clamp(seconds, 0.0, source_.duration_s);
    // Shown at once; the frame follows when it is decoded.
    setPosition(source_.id, seconds);
    Q_EMIT seekWanted(source_.id, seconds);
}

void PlayerView::seekBy(double seconds)
{
    seek(position_s_ + seconds);
}

void PlayerView::jump(int times)
{
    seekBy(times * kJump_s);
}

void PlayerView::stepFrames(int frames)
{
    if (source_.id != 0) Q_EMIT framesWanted(source_.id, frames);
}

QString speedWords(double speed)
{
    return QStringLiteral("%1×").arg(
        QLocale().toString(speed, 'f', speed * 10 == int(speed * 10) ? 1 : 2));
}

void PlayerView::setSpeed(double speed)
{
    speed_ = speed;
    speed_button_->setText(speedWords(speed));
    speed_button_->setAccessibleName(tr("Speed %1").arg(speedWords(speed)));
    if (source_.id != 0) Q_EMIT speedWanted(source_.id, speed);
}

void PlayerView::setPlaying(storage::SourceId source, bool playing)
{
    if (source != source_.id) return;
    playing_ = playing;
    play_->setIcon(theme::icon(
        playing ? QStringLiteral("pause") : QStringLiteral("play-filled"),
        theme::Color::OnAccent));
    const QString words = playing ? tr("Pause (Space)") : tr("Play (Space)");
    play_->setToolTip(words);
    play_->setAccessibleName(playing ? tr("Pause") : tr("Play"));
}

void PlayerView::setPosition(storage::SourceId source, double seconds)
{
    if (source != source_.id) return;
    position_s_ = seconds;
    track_->setPosition(seconds);
    // The stretch that is shown goes along like a page that is turned.
    if (waveform_->end() > waveform_->start() &&
        (seconds < waveform_->start() || seconds > waveform_->end()))
        showRange(seconds + kBefore_s - 2, {});
    waveform_->setPosition(seconds);
    transcript_->setPosition(seconds);
    showTimes();
    Q_EMIT positionChanged(seconds);
}

void PlayerView::showTimes()
{
    const QString words =
        QStringLiteral("<span style=\"color:%1\">%2</span> <span style=\"color:%3\">/ %4</span>")
            .arg(
                theme::color(theme::Color::Text).name(),
                clockWords(position_s_),
                theme::color(theme::Color::Text3).name(),
                clockWords(source_.duration_s));
    if (times_->text() == words) return;
    times_->setText(words);
    const QString widest = source_.duration_s >= 3600 ? QStringLiteral("8:88:88 / 8:88:88")
                                                      : QStringLiteral("88:88 / 88:88");
    times_->setMinimumWidth(times_->fontMetrics().horizontalAdvance(widest));
}

void PlayerView::setFrame(storage::SourceId source, const QImage& frame)
{
    if (source != source_.id) return;
    picture_->setPicture(frame);
    picture_->setCaption(momentWords(position_s_));
    if (large_ != nullptr) large_->setPicture(frame);
}

void PlayerView::setPeaks(storage::SourceId source, const SoundPeaks& peaks)
{
    if (source == source_.id) waveform_->setPeaks(peaks);
}

void PlayerView::setTranscript(storage::SourceId source, std::vector<TranscriptLine> lines)
{
    if (source != source_.id) return;
    no_words_->setText(tr("There is no transcript of this recording."));
    no_words_->setVisible(lines.empty());
    transcript_->setVisible(!lines.empty());
    transcript_->lines().setLines(std::move(lines));
    transcript_->setPosition(position_s_);
    transcript_->showCited();
}

void PlayerView::setGaps(storage::SourceId source, const std::vector<storage::Gap>& gaps)
{
    if (source != source_.id) return;
    std::vector<Track::Span> spans;
    spans.reserve(gaps.size());
    for (const storage::Gap& gap : gaps) spans.push_back({gap.start_s, gap.end_s});
    track_->setGaps(std::move(spans));
    waveform_->setGaps(gaps);
}

void PlayerView::setSoundNote(storage::SourceId source, const QString& sentence)
{
    if (source != source_.id) return;
    sound_note_->setText(sentence);
    sound_note_->setVisible(!sentence.isEmpty());
}

void PlayerView::setFailed(storage::SourceId source, const QString& sentence)
{
    if (source != source_.id) return;
    failure_->setText(sentence);
    failure_->setVisible(!sentence.isEmpty());
    setPlaying(source, false);
}

QString PlayerView::failure() const
{
    return failure_->isHidden() ? QString() : failure_->text();
}

void PlayerView::enlarge()
{
    if (large_ != nullptr) {
        large_->window()->raise();
        return;
    }
    large_ = new PictureView;
    large_->setAttribute(Qt::WA_DeleteOnClose);
    large_->setWindowTitle(source_.name);
    large_->resize(960, 540);
    connect(large_, &QObject::destroyed, this, [this] {
        large_ = nullptr;
        wantFrameWidth();
    });
    connect(large_, &PictureView::clicked, this, &PlayerView::togglePlay);
    connect(large_, &PictureView::escapePressed, large_, &QWidget::close);
    connect(this, &QObject::destroyed, large_, &QObject::deleteLater);
    large_->show();
    wantFrameWidth();
    Q_EMIT seekWanted(source_.id, position_s_);
}

void PlayerView::wantFrameWidth()
{
    if (!source_.has_picture) return;
    const QWidget* widest = large_ != nullptr ? large_ : picture_;
    const int width_px = qRound(std::max(widest->width(), 320) * devicePixelRatioF());
    Q_EMIT frameWidthWanted(source_.id, width_px);
}

void PlayerView::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) return event->ignore();
    switch (event->key()) {
    case Qt::Key_Space:
        return togglePlay();
    case Qt::Key_J:
        return seekBy(-kJump_s);
    case Qt::Key_L:
        return seekBy(kJump_s);
    case Qt::Key_Comma:
        Q_EMIT framesWanted(source_.id, -1);
        return;
    case Qt::Key_Period:
        Q_EMIT framesWanted(source_.id, 1);
        return;
    default:
        event->ignore();
    }
}

void PlayerView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    wantFrameWidth();
}

void PlayerView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && times_ != nullptr) showTimes();
}

} // namespace ui
