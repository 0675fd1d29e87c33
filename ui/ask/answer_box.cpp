#include "ui/ask/answer_box.h"

#include "ui/ask/cited_text.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kSide_px = 12;
constexpr int kTop_px = 8;
constexpr int kIcon_px = 16;

struct Look {
    const char* icon;
    theme::Color icon_color;
    theme::Color ground;
};

Look look(AnswerBox::Kind kind)
{
    switch (kind) {
    case AnswerBox::Kind::NotFound:
        return {"circle-question-mark", theme::Color::Warn, theme::Color::WarnTint};
    case AnswerBox::Kind::Failed:
        return {"circle-alert", theme::Color::Record, theme::Color::RecordTint};
    case AnswerBox::Kind::Note:
        break;
    }
    return {"info", theme::Color::Accent, theme::Color::AccentTint};
}

} // namespace

AnswerBox::AnswerBox(QWidget* parent)
    : QFrame(parent), text_(new TextLabel({}, theme::Step::Body, theme::Color::Text, this)),
      places_(new CitedText(tr("Nearest places"), this))
{
    setFrameShape(QFrame::NoFrame);
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::RichText);
    places_->setTextStep(false);
    auto* column = new QVBoxLayout(this);
    // A line of rich text has its spare room above the words: they stand a pixel higher.
    column
        ->setContentsMargins(kSide_px + kIcon_px + theme::kGap_px, kTop_px - 1, kSide_px, kTop_px);
    column->setSpacing(5);
    column->addWidget(text_);
    column->addWidget(places_);
    connect(places_, &CitedText::placeActivated, this, &AnswerBox::placeActivated);
}

void AnswerBox::set(
    Kind kind,
    const QString& strong,
    const QString& rest,
    const std::vector<Place>& places)
{
    kind_ = kind;
    sentence_ = rest.isEmpty() ? strong : strong + u' ' + rest;
    text_->setText(QStringLiteral("<p style='line-height:%1px'><b>%2</b> %3</p>")
                       .arg(theme::lineHeight(theme::Step::Body))
                       .arg(strong.toHtmlEscaped(), rest.toHtmlEscaped()));
    text_->setAccessibleName(sentence_);
    setAccessibleName(sentence_);
    places_->setVisible(!places.empty());
    places_->setPlaceLines(places.empty() ? QString{} : tr("Nearest places"), places);
    update();
}

void AnswerBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Look at = look(kind_);
    theme::drawBox(painter, QRectF(rect()), theme::kControlRadius_px, theme::color(at.ground));
    const QPixmap icon = theme::iconPixmap(
        QString::fromLatin1(at.icon),
        at.icon_color,
        kIcon_px,
        devicePixelRatioF());
    painter.drawPixmap(QRect(kSide_px, kTop_px + 2, kIcon_px, kIcon_px), icon);
}

QuestionBubble::QuestionBubble(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void QuestionBubble::setQuestion(const QString& question)
{
    question_ = question;
    setAccessibleName(tr("Question: %1").arg(question));
    updateGeometry();
    update();
}

TextLines QuestionBubble::linesFor(int width) const
{
    QTextOption option(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft));
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    TextLines lines(
        question_,
        theme::font(theme::Step::Reading),
        theme::lineHeight(theme::Step::Body),
        option);
    lines.layOut(std::max(40, width * 86 / 100 - 2 * kSide_px));
    return lines;
}

int QuestionBubble::heightForWidth(int width) const
{
    return linesFor(width).height() + 2 * kTop_px;
}

void QuestionBubble::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    TextLines lines = linesFor(width());
    const int wide = lines.width();
    lines.layOut(wide); // as wide as its longest line
    const QRect box = QStyle::visualRect(
        layoutDirection(),
        rect(),
        {width() - wide - 2 * kSide_px, 0, wide + 2 * kSide_px, height()});
    theme::drawBox(painter, QRectF(box), theme::kCardRadius_px, theme::color(theme::Color::Sunken));
    painter.setPen(theme::color(theme::Color::Text));
    lines.draw(painter, box.topLeft() + QPoint(kSide_px, kTop_px));
}

void QuestionBubble::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy question"), this, [this] {
        QGuiApplication::clipboard()->setText(question_);
    });
    menu->popup(event->globalPos());
}

} // namespace ui
