#include "ui/ask/cited_text.h"

#include "ui/ask/chip_object.h"
#include "ui/theme/theme.h"
#include "ui/widgets/citation_chip.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <QAbstractTextDocumentLayout>
#include <QAccessible>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

namespace ui {
namespace {

constexpr int kReadingLine_px = 22;
constexpr int kParagraphGap_px = 10;
constexpr int kBelow_px = 8; // a chip alone in the last line hangs below it, and its ring

int placeByNumber(const std::vector<Place>& places, int n)
{
    const auto at = std::find_if(places.begin(), places.end(), [n](const Place& place) {
        return place.n == n;
    });
    return at == places.end() ? -1 : static_cast<int>(at - places.begin());
}

} // namespace

CitedText::CitedText(const QString& name, QWidget* parent)
    : QTextBrowser(parent), chip_(new ChipObject(this))
{
    installCitedTextAccessibility();
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    // Not Fixed: a layout would then hold it to the size hint, which is of the width before.
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    document()->setDocumentMargin(0);
    document()->setUndoRedoEnabled(false);
    for (const int type : {ChipObject::Chip, ChipObject::Caret})
        document()->documentLayout()->registerHandler(type, chip_);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        bool known = false;
        const int index = url.toString().section(u':', 1).toInt(&known);
        if (!known) return;
        focusPlace(index); // the same mark as by keyboard, not Qt's dotted line
        Q_EMIT placeActivated(index);
    });
    updateLook();
}

CitedText::~CitedText() = default;

void CitedText::setTextStep(bool reading)
{
    reading_ = reading;
    updateLook();
}

void CitedText::updateLook()
{
    const QFont font = theme::font(reading_ ? theme::Step::Reading : theme::Step::Body);
    setFont(font);
    document()->setDefaultFont(font);
    measured_width_ = -1;
}

void CitedText::setCited(const QString& text, const std::vector<Place>& places, bool markdown)
{
    source_ = text;
    places_ = places;
    markdown_ = markdown;
    lines_ = false;
    document()->clear();
    if (markdown) {
        document()->setMarkdown(
            text,
            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                QTextDocument::MarkdownNoHTML);
    } else {
        document()->setPlainText(text);
    }
    rebuilt();
}

void CitedText::setPlaceLines(const QString& head, const std::vector<Place>& places)
{
    source_.clear();
    head_ = head;
    places_ = places;
    lines_ = true;
    document()->clear();
    rebuilt();
}

/// Chips into the text just set, then what belongs to all of it.
void CitedText::rebuilt()
{
    spots_.clear();
    QTextCursor cursor(document());
    if (lines_) {
        QTextCharFormat strong;
        strong.setFontWeight(QFont::DemiBold);
        if (!head_.isEmpty()) cursor.insertText(head_, strong);
        for (std::size_t i = 0; i < places_.size(); ++i) {
            if (i > 0 || !head_.isEmpty()) cursor.insertBlock();
            insertChip(cursor, static_cast<int>(i));
            const QString words = places_[i].quote.isEmpty()
                                      ? places_[i].name
                                      : places_[i].name + QStringLiteral(": ") + places_[i].quote;
            cursor.insertText(u' ' + words, QTextCharFormat());
        }
    } else {
        static const QRegularExpression kCitation(QStringLiteral("\\[(\\d{1,3})\\]"));
        cursor = document()->find(kCitation, 0);
        while (!cursor.isNull()) {
            const int from = cursor.selectionEnd();
            const int n = cursor.selectedText().mid(1).chopped(1).toInt();
            const int index = placeByNumber(places_, n);
            if (index >= 0) {
                cursor.removeSelectedText();
                insertChip(cursor, index);
                cursor = document()->find(kCitation, cursor.position());
            } else {
                cursor = document()->find(kCitation, from);
            }
        }
    }
    formatBlocks();
    measured_width_ = -1;
    if (caret_) {
        caret_ = false;
        setCaret(true);
    }
    QTextCursor start(document());
    setTextCursor(start);
    updateGeometry();
}

void CitedText::insertChip(QTextCursor& cursor, int index)
{
    QTextCharFormat format;
    format.setObjectType(ChipObject::Chip);
    format.setProperty(ChipObject::IndexProperty, index);
    format.setAnchor(true);
    format.setAnchorHref(QStringLiteral("cite:%1").arg(index));
    format.setVerticalAlignment(QTextCharFormat::AlignMiddle);
    format.setToolTip(citationWords(places_[static_cast<std::size_t>(index)]));
    spots_.push_back({cursor.position(), index});
    cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
}

void CitedText::formatBlocks()
{
    const int line = reading_ ? std::max(kReadingLine_px, theme::lineHeight(theme::Step::Reading))
                              : theme::lineHeight(theme::Step::Body);
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(line, QTextBlockFormat::FixedHeight);
        format.setTopMargin(0);
        const bool last = !block.next().isValid();
        format.setBottomMargin(
            last                          ? 0
            : lines_                      ? 2
            : block.textList() != nullptr ? 4
                                          : kParagraphGap_px);
        QTextCursor(block).setBlockFormat(format);
    }
}

void CitedText::setCaret(bool on)
{
    if (caret_ == on) return;
    caret_ = on;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    if (on) {
        QTextCharFormat format;
        format.setObjectType(ChipObject::Caret);
        format.setVerticalAlignment(QTextCharFormat::AlignMiddle);
        cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
    } else {
        cursor.deletePreviousChar();
    }
    measured_width_ = -1;
    updateGeometry();
}

void CitedText::setActivePlace(int index)
{
    if (index == active_) return;
    active_ = index;
    viewport()->update();
}

bool CitedText::focusPlace(int index)
{
    const auto spot = std::find_if(spots_.begin(), spots_.end(), [index](const Spot& s) {
        return s.index == index;
    });
    if (spot == spots_.end()) return false;
    QTextCursor cursor(document());
    cursor.setPosition(spot->position);
    cursor.setPosition(spot->position + 1, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    setFocus(Qt::OtherFocusReason);
    viewport()->update();
    tellPlace();
    return true;
}

void CitedText::tellPlace()
{
    if (!hasFocus() || focusedPlace() < 0) return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(focusedPlace());
    QAccessible::updateAccessibility(&event);
}

int CitedText::focusedPlace() const
{
    const QTextCursor cursor = textCursor();
    if (cursor.selectionEnd() - cursor.selectionStart() != 1) return -1;
    const auto spot = std::find_if(spots_.begin(), spots_.end(), [&](const Spot& s) {
        return s.position == cursor.selectionStart();
    });
    return spot == spots_.end() ? -1 : spot->index;
}

QRect CitedText::placeRect(int index) const
{
    const auto spot = std::find_if(spots_.begin(), spots_.end(), [index](const Spot& s) {
        return s.index == index;
    });
    if (spot == spots_.end()) return {};
    QTextCursor before(document());
    before.setPosition(spot->position);
    QTextCursor behind(document());
    behind.setPosition(spot->position + 1);
    return cursorRect(before).united(cursorRect(behind));
}

QString CitedText::spokenText() const
{
    QString text = document()->toPlainText();
    for (auto spot = spots_.rbegin(); spot != spots_.rend(); ++spot) {
        const QString words = citationWords(places_[static_cast<std::size_t>(spot->index)]);
        text.replace(spot->position, 1, u'(' + words + u')');
    }
    return text.remove(QChar::ObjectReplacementCharacter);
}

int CitedText::heightForWidth(int width) const
{
    if (width == measured_width_) return measured_height_;
    // A copy: the document itself keeps the width at which it is shown.
    const std::unique_ptr<QTextDocument> measured(document()->clone());
    for (const int type : {ChipObject::Chip, ChipObject::Caret})
        measured->documentLayout()->registerHandler(type, chip_);
    measured->setTextWidth(std::max(width, 40));
    measured_width_ = width;
    measured_height_ = static_cast<int>(std::ceil(measured->size().height())) + kBelow_px;
    return measured_height_;
}

QSize CitedText::sizeHint() const
{
    const int width = this->width() > 100 ? this->width() : theme::kReadingColumn_px;
    return {theme::kReadingColumn_px, heightForWidth(width)};
}

QSize CitedText::minimumSizeHint() const
{
    return {120, theme::lineHeight(theme::Step::Reading)};
}

QMimeData* CitedText::createMimeDataFromSelection() const
{
    // A chip copies as the number that it shows.
    const QTextCursor cursor = textCursor();
    QString text = cursor.selectedText();
    for (auto spot = spots_.rbegin(); spot != spots_.rend(); ++spot) {
        const int at = spot->position - cursor.selectionStart();
        if (at < 0 || at >= text.size()) continue;
        const Place& place = places_[static_cast<std::size_t>(spot->index)];
        text.replace(at, 1, place.n > 0 ? QStringLiteral("[%1]").arg(place.n) : placeWords(place));
    }
    text.replace(QChar::ParagraphSeparator, u'\n');
    auto* copied = new QMimeData;
    copied->setText(text);
    return copied;
}

int CitedText::chipAfter(int position, bool next) const
{
    if (next) {
        const auto spot = std::find_if(spots_.begin(), spots_.end(), [&](const Spot& s) {
            return s.position >= position;
        });
        return spot == spots_.end() ? -1 : static_cast<int>(spot - spots_.begin());
    }
    for (auto i = static_cast<int>(spots_.size()) - 1; i >= 0; --i) {
        if (spots_[static_cast<std::size_t>(i)].position < position) return i;
    }
    return -1;
}

bool CitedText::focusNextPrevChild(bool next)
{
    const QTextCursor cursor = textCursor();
    const bool on_chip = focusedPlace() >= 0;
    const int from =
        next ? (on_chip ? cursor.selectionEnd() : cursor.position()) : cursor.selectionStart();
    const int spot = chipAfter(from, next);
    if (spot >= 0) {
        const int position = spots_[static_cast<std::size_t>(spot)].position;
        QTextCursor to(document());
        to.setPosition(position);
        to.setPosition(position + 1, QTextCursor::KeepAnchor);
        setTextCursor(to);
        viewport()->update();
        tellPlace();
        return true;
    }
    // Not QTextBrowser's: that walks its own anchors, which are the chips again.
    return QWidget::focusNextPrevChild(next); // NOLINT(bugprone-parent-virtual-call)
}

void CitedText::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && focusedPlace() >= 0) {
        Q_EMIT placeActivated(focusedPlace());
        return;
    }
    // What the conversation understands (N, page keys) must not end here.
    if (event->matches(QKeySequence::Copy) || event->matches(QKeySequence::SelectAll))
        QTextBrowser::keyPressEvent(event);
    else
        event->ignore();
}

void CitedText::focusInEvent(QFocusEvent* event)
{
    QTextBrowser::focusInEvent(event);
    const bool by_key =
        event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (by_key && !spots_.empty()) {
        QTextCursor cursor(document());
        const Spot& spot = event->reason() == Qt::TabFocusReason ? spots_.front() : spots_.back();
        cursor.setPosition(spot.position);
        cursor.setPosition(spot.position + 1, QTextCursor::KeepAnchor);
        setTextCursor(cursor);
        // Behind what Qt tells of the whole text.
        QMetaObject::invokeMethod(this, &CitedText::tellPlace, Qt::QueuedConnection);
    }
    viewport()->update();
}

void CitedText::focusOutEvent(QFocusEvent* event)
{
    QTextBrowser::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && focusedPlace() >= 0) {
        QTextCursor cursor = textCursor();
        cursor.clearSelection();
        setTextCursor(cursor);
    }
    viewport()->update();
}

void CitedText::paintEvent(QPaintEvent* event)
{
    QTextBrowser::paintEvent(event);
    if (!hasFocus() || focusedPlace() < 0) return;
    // The text cuts what is selected at the line's edges; the ring is to be whole.
    QPainter painter(viewport());
    chip_->drawFocused(painter);
}

void CitedText::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copy = menu->addAction(tr("Copy"), QKeySequence::Copy, this, &QTextEdit::copy);
    copy->setEnabled(textCursor().hasSelection());
    menu->addAction(tr("Select all"), QKeySequence::SelectAll, this, &QTextEdit::selectAll);
    menu->popup(event->globalPos());
}

void CitedText::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // the conversation scrolls
}

void CitedText::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() != QEvent::ApplicationFontChange || chip_ == nullptr) return;
    updateLook();
    formatBlocks();
    updateGeometry();
}

} // namespace ui
