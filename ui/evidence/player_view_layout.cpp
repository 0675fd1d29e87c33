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

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr double kSpeeds[] = {0.5, 0.75, 1, 1.25, 1.5, 2};

} // namespace

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
    sound_head_->setMinimumHeight(18); // a citation chip
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
    const auto add = [this, column](QWidget* part, int left_px, int right_px, int stretch = 0) {
        auto* row = new QHBoxLayout;
        const int around_px = part == line_ ? 4 : 0;
        row->setContentsMargins(left_px, around_px, right_px, around_px);
        row->addWidget(part);
        column->addLayout(row, stretch);
    };
    constexpr int kPad_px = theme::kPanePadding_px;
    const bool film = source_.has_picture;
    track_->setClose(!film);
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

} // namespace ui
