#include "ui/evidence/player_view.h"

#include "ui/evidence/picture_view.h"
#include "ui/evidence/tool_button.h"
#include "ui/evidence/track.h"
#include "ui/evidence/transcript_list.h"
#include "ui/evidence/waveform_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/text_label.h"

#include <algorithm>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr double kJump_s = 5;
constexpr double kBefore_s = 16; // of the waveform before the place, and its whole length at least
constexpr double kBehind_s = 10;
constexpr double kWhole_s = 75; // shorter recordings are shown whole
constexpr double kSpeeds[] = {0.5, 0.75, 1, 1.25, 1.5, 2};

QString speedWords(double speed)
{
    return QStringLiteral("%1×").arg(
        QLocale().toString(speed, 'f', speed * 10 == int(speed * 10) ? 1 : 2));
}

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

void PlayerView::createWidgets()
{
    using theme::Color;
    using theme::Step;
    picture_ = new PictureView(this);
    failure_ = new TextLabel({}, Step::Small, Color::Record, this);
    track_ = new Track(this);
    buttons_ = new QWidget(this);
    previous_ =
        makeToolButton(QStringLiteral("skip-back"), tr("Previous citation here"), buttons_, false);
    play_ = makeToolButton(QStringLiteral("play-filled"), tr("Play (Space)"), buttons_, false);
    theme::setRole(play_, theme::Role::Primary);
    play_->setIcon(theme::icon(QStringLiteral("play-filled"), Color::OnAccent));
    next_ =
        makeToolButton(QStringLiteral("skip-forward"), tr("Next citation here"), buttons_, false);
    times_ = new QLabel(buttons_);
    times_->setTextFormat(Qt::RichText);
    times_->setFont(theme::font(Step::Small));
    speed_button_ = new QToolButton(buttons_);
    speed_button_->setPopupMode(QToolButton::InstantPopup);
    speed_button_->setFocusPolicy(Qt::StrongFocus);
    speed_button_->setToolTip(tr("Speed"));
    theme::setRole(speed_button_, theme::Role::Flat);
    auto* menu = new QMenu(speed_button_);
    for (const double speed : kSpeeds)
        menu->addAction(speedWords(speed), this, [this, speed] { setSpeed(speed); });
    speed_button_->setMenu(menu);
    enlarge_ =
        makeToolButton(QStringLiteral("maximize-2"), tr("Show the picture large"), buttons_, false);
    space_ = new KeyCap(tr("Space"), buttons_);
    auto* row = new QHBoxLayout(buttons_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(previous_);
    row->addWidget(play_);
    row->addWidget(next_);
    row->addSpacing(4);
    row->addWidget(times_);
    row->addStretch(1);
    row->addWidget(speed_button_);
    row->addWidget(enlarge_);
    row->addWidget(space_);

    line_ = new Hairline(Qt::Horizontal, this);
    sound_head_ = new QWidget(this);
    sound_title_ =
        new TextLabel(tr("Sound of the same moment"), Step::Small, Color::Text2, sound_head_);
    sound_span_ = new TextLabel({}, Step::Caption, Color::Text3, sound_head_);
    sound_span_->setWordWrap(false);
    auto* head = new QHBoxLayout(sound_head_);
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(theme::kGap_px);
    head->addWidget(sound_title_, 1);
    head->addWidget(sound_span_);
    sound_note_ = new TextLabel({}, Step::Caption, Color::Warn, this);
    waveform_ = new WaveformView(this);
    transcript_ = new TranscriptList(this);
    no_words_ = new TextLabel({}, Step::Small, Color::Text3, this);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(theme::kGap_px);
    arrange();
    setSpeed(1);
}

/// A film: frame, track, then its sound. A recording: the sound first, it is all there is to see.
void PlayerView::arrange()
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    while (QLayoutItem* item = column->takeAt(0)) delete item;
    const auto add = [column](QWidget* part, int left_px, int right_px, int stretch = 0) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(left_px, 0, right_px, 0);
        row->addWidget(part);
        column->addLayout(row, stretch);
    };
    constexpr int kPad_px = theme::kPanePadding_px;
    const bool film = source_.has_picture;
    std::vector<QWidget*> parts{failure_};
    if (film)
        parts.insert(
            parts.end(),
            {picture_, track_, buttons_, line_, sound_head_, waveform_, sound_note_});
    else
        parts.insert(parts.end(), {waveform_, track_, buttons_, sound_note_});
    for (QWidget* part : parts) add(part, kPad_px, kPad_px);
    add(no_words_, kPad_px, kPad_px);
    // Lit lines stand out of the column by their own padding; the scroll bar stands in the pane's.
    add(transcript_, kPad_px - TranscriptList::kSide_px, kPad_px - 8, 1);
    column->addStretch(0);
    picture_->setVisible(film);
    line_->setVisible(film);
    sound_head_->setVisible(film);
    enlarge_->setVisible(film);
    space_->setVisible(!film);
}

void PlayerView::connectSignals()
{
    connect(track_, &Track::seekWanted, this, &PlayerView::seek);
    connect(waveform_, &WaveformView::seekWanted, this, &PlayerView::seek);
    connect(transcript_, &TranscriptList::seekWanted, this, &PlayerView::seek);
    connect(
        waveform_,
        &WaveformView::peaksWanted,
        this,
        [this](double from, double to, int columns) {
            if (source_.id != 0) Q_EMIT peaksWanted(source_.id, from, to, columns);
        });
    connect(play_, &QToolButton::clicked, this, &PlayerView::togglePlay);
    connect(picture_, &PictureView::clicked, this, &PlayerView::togglePlay);
    connect(previous_, &QToolButton::clicked, this, [this] { Q_EMIT citationStepWanted(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { Q_EMIT citationStepWanted(1); });
    connect(enlarge_, &QToolButton::clicked, this, &PlayerView::enlarge);
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
