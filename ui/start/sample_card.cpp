#include "ui/start/sample_card.h"

#include "ui/types.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/text_label.h"

#include <array>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace ui {
namespace {

constexpr int kPicture_px = 117; // high
constexpr int kSound_px = 208;
constexpr int kPage_px = 83;
constexpr int kQuestion_px = 36;
constexpr double kSound_s = 64;
// A word on a picture: the same in light and dark, since the picture is.
constexpr QColor kOnPicture(12, 16, 17, 209);
constexpr QColor kOnPictureText(0xE9, 0xED, 0xED);

/// Loudest sample of each hundredth of the bundled recording, in percent of the loudest of all.
constexpr std::array<int, 100> kPeaks = {
    95, 82, 75, 70, 64, 78, 83, 84, 76, 60, 50, 52, 56, 61, 67, 53, 54, 52,  53, 73,
    50, 94, 89, 74, 0,  47, 50, 49, 60, 58, 0,  94, 96, 75, 73, 66, 55, 56,  53, 60,
    65, 51, 53, 0,  99, 79, 70, 79, 3,  53, 60, 51, 41, 53, 55, 38, 66, 100, 98, 73,
    75, 63, 69, 52, 51, 71, 48, 57, 66, 64, 76, 86, 73, 79, 79, 76, 72, 81,  90, 74,
    0,  72, 59, 55, 51, 51, 48, 60, 61, 56, 74, 10, 88, 83, 84, 76, 70, 65,  86, 33};

/// How the two files of the sample look; nothing to press.
class Pictures : public QWidget {
public:
    Pictures()
    {
        setFixedSize(kSound_px + theme::kGap_px + 4 + kPage_px, kPicture_px);
        setAccessibleName(
            SampleCard::tr("A recording of one minute and a document of three pages"));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF sound(0, 0, kSound_px, kPicture_px);
        theme::drawBox(
            painter,
            sound,
            theme::kControlRadius_px,
            theme::color(theme::Color::Sunken),
            theme::color(theme::Color::Line));
        const double step = (sound.width() - 24) / kPeaks.size();
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::color(theme::Color::Meter));
        for (std::size_t i = 0; i < kPeaks.size(); ++i) {
            const double height = std::max(2.0, kPeaks[i] * 0.62);
            painter.drawRect(QRectF(
                12 + static_cast<double>(i) * step,
                (kPicture_px - height) / 2,
                std::max(1.0, step - 0.7),
                height));
        }
        const QString length = clockWords(kSound_s);
        painter.setFont(theme::font(theme::Step::Caption));
        const int width = painter.fontMetrics().horizontalAdvance(length) + 10;
        const QRectF tag(sound.right() - width - 6, sound.bottom() - 22, width, 16);
        theme::drawBox(painter, tag, theme::kChipRadius_px, kOnPicture);
        painter.setPen(kOnPictureText);
        painter.drawText(tag, Qt::AlignCenter, length);

        static const QPixmap page(QStringLiteral(":/percept/start/handbook.png"));
        const QRectF paper(placeOfPage());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(paper, page, page.rect());
        painter.setPen(theme::color(theme::Color::Line));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(paper.adjusted(0.5, 0.5, -0.5, -0.5));
    }

private:
    QRectF placeOfPage() const { return {double(width()) - kPage_px, 0, kPage_px, kPicture_px}; }
};

} // namespace

QuestionButton::QuestionButton(const QString& question, QWidget* parent) : QAbstractButton(parent)
{
    setText(question);
    setAccessibleName(question);
    setAccessibleDescription(tr("Asks the sample"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize QuestionButton::sizeHint() const
{
    return {200, std::max(kQuestion_px, theme::lineHeight(theme::Step::Body) + 16)};
}

void QuestionButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool over = isEnabled() && (underMouse() || isDown());
    theme::drawBox(
        painter,
        rect(),
        theme::kControlRadius_px,
        theme::color(over ? theme::Color::Hover : theme::Color::Surface),
        theme::color(theme::Color::Line));
    const int icon = 14;
    const QPixmap picture = theme::iconPixmap(
        QStringLiteral("message-square-text"),
        theme::Color::Text3,
        icon,
        devicePixelRatioF());
    QRect inside = rect().adjusted(11, 0, -11, 0);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](const QRect& at) {
        return QStyle::visualRect(layoutDirection(), rect(), at);
    };
    painter.drawPixmap(place({inside.left(), (height() - icon) / 2, icon, icon}), picture);
    inside.setLeft(inside.left() + icon + theme::kGap_px);
    if (hasFocus()) {
        const QString key = tr("Enter");
        const QSize cap = KeyCap::measure(key);
        KeyCap::paint(
            painter,
            place(
                {inside.right() - cap.width(),
                 (height() - cap.height()) / 2,
                 cap.width(),
                 cap.height()}),
            key);
        inside.setRight(inside.right() - cap.width() - theme::kGap_px);
    }
    painter.setFont(theme::font(theme::Step::Body));
    QColor text = theme::color(theme::Color::Text);
    if (!isEnabled()) text.setAlphaF(0.55F);
    painter.setPen(text);
    painter.drawText(
        place(inside),
        Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft),
        painter.fontMetrics().elidedText(this->text(), Qt::ElideRight, inside.width()));
}

void QuestionButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

bool QuestionButton::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
    case QEvent::FocusOut:
    case QEvent::HoverEnter:
    case QEvent::HoverLeave:
        update();
        break;
    default:
        break;
    }
    return QAbstractButton::event(event);
}

QStringList SampleCard::questions()
{
    // The first is answered by the document, the second by the recording, the third by both.
    return {
        tr("What does the laser cutter cost per hour?"),
        tr("When is the next meeting?"),
        tr("What is said about the filter of the laser cutter?")};
}

SampleCard::SampleCard(QWidget* parent) : Card(parent)
{
    setGround(theme::Color::Pane);
    auto* title = new TextLabel(tr("Try it on a sample"), theme::Step::Title);
    auto* facts = new TextLabel(
        tr("1 minute of sound · 3-page PDF"),
        theme::Step::Caption,
        theme::Color::Text3);
    facts->setWordWrap(false);
    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(facts);
    auto* words = new TextLabel(
        tr("A meeting of a workshop, and its handbook. Ask, then click a yellow mark to see where "
           "the answer came from."),
        theme::Step::Body,
        theme::Color::Text2);
    auto* shots = new QHBoxLayout;
    shots->setSpacing(12);
    shots->addWidget(new Pictures);
    shots->addWidget(words, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(12);
    column->addLayout(head);
    column->addLayout(shots);
    auto* rows = new QVBoxLayout;
    rows->setSpacing(theme::kGap_px);
    for (const QString& question : questions()) {
        auto* button = new QuestionButton(question);
        connect(button, &QAbstractButton::clicked, this, [this, question] {
            Q_EMIT questionChosen(question);
        });
        buttons_.push_back(button);
        rows->addWidget(button);
    }
    column->addLayout(rows);
    progress_ = new ProgressRow;
    progress_->hide();
    connect(progress_, &ProgressRow::cancelled, this, &SampleCard::cancelled);
    column->addWidget(progress_);
    note_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3);
    note_->hide();
    column->addWidget(note_);
    column->addStretch(1);
}

void SampleCard::setState(const StartState& state)
{
    const bool can = state.library_open && state.sample_there && !state.reading_sample;
    for (QuestionButton* button : buttons_) button->setEnabled(can);
    if (state.reading_sample && !reading_) progress_->bar()->reset();
    reading_ = state.reading_sample;
    progress_->setVisible(reading_);
    if (reading_) {
        progress_->setPhase(state.sample_phase);
        progress_->setTimeLeft(
            state.sample_left_s >= 0 ? timeLeftWords(state.sample_left_s) : QString());
        if (state.sample_share < 0)
            progress_->bar()->setState(ProgressBar::State::Unknown);
        else
            progress_->bar()->setFraction(state.sample_share);
    }
    QString note;
    theme::Color color = theme::Color::Text3;
    if (!state.problem.isEmpty()) {
        note = state.problem;
        color = theme::Color::Warn;
    } else if (state.looked && !state.models_ready && !reading_) {
        note = tr("Without the starter models the recording stays unheard and places are found by "
                  "words only.");
    }
    note_->setText(note);
    note_->setColor(color);
    note_->setVisible(!note.isEmpty());
}

void SampleCard::enter()
{
    buttons_.front()->setFocus(Qt::TabFocusReason);
}

} // namespace ui
