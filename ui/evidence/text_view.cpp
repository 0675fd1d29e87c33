#include "ui/evidence/text_view.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <QPainter>
#include <QPaintEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>

namespace ui {
namespace {

constexpr int kAround = 2; // sheets before and behind the place at first

class LineNumbers : public QWidget {
public:
    explicit LineNumbers(TextView* view) : QWidget(view), view_(view) {}
    QSize sizeHint() const override { return {view_->numbersWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { view_->paintNumbers(event); }

private:
    TextView* view_;
};

} // namespace

std::pair<int, int> findQuote(const QString& text, const QString& quote)
{
    const QStringList words =
        quote.split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
    if (words.isEmpty()) return {-1, -1};
    QStringList escaped;
    for (const QString& word : words) escaped += QRegularExpression::escape(word);
    const QRegularExpression pattern(escaped.join(QStringLiteral("\\s+")));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch()) return {-1, -1};
    return {static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedEnd())};
}

TextView::TextView(DocumentPages& pages, QWidget* parent)
    : QPlainTextEdit(parent), pages_(pages), numbers_(new LineNumbers(this))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setUndoRedoEnabled(false);
    setAccessibleName(tr("Text"));
    setFont(theme::font(theme::Step::Body));
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            numbers_->scroll(0, dy);
        else
            numbers_->update(0, rect.y(), numbers_->width(), rect.height());
    });
    connect(&pages_, &DocumentPages::opened, this, [this] { reset(0); });
    connect(&pages_, &DocumentPages::textArrived, this, [this] { take(); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!taking_) wantMore();
    });
}

void TextView::reset(int sheet)
{
    wanted_sheet_ = sheet;
    sheets_.clear();
    hits_.clear();
    hit_ = -1;
    lit_sheet_ = 0;
    lit_lines_ = {0, 0};
    taking_ = true;
    clear();
    taking_ = false;
}

void TextView::showPlace(int sheet, const QString& quote, bool located)
{
    sheet = std::clamp(sheet, 1, std::max(pages_.count(), 1));
    const bool loaded = sheets_.contains(sheet);
    const std::vector<TextHit> hits = hits_;
    if (!loaded) {
        reset(sheet);
        hits_ = hits;
    }
    wanted_sheet_ = sheet;
    quote_ = located ? quote : QString();
    scroll_to_place_ = true;
    take();
}

void TextView::take()
{
    if (wanted_sheet_ == 0 || taking_) return;
    taking_ = true;
    const int before = verticalScrollBar()->value();
    int lines_before = 0;
    const auto insert = [&](int number, bool in_front) {
        const auto text = pages_.text(number);
        if (!text) return false;
        QTextCursor cursor(document());
        if (!in_front) cursor.movePosition(QTextCursor::End);
        const int begin = cursor.position();
        cursor.insertText(text->text);
        if (in_front) {
            const int grown = cursor.position();
            for (auto& [behind, at] : sheets_) at += grown;
            sheets_[number] = 0;
            lines_before += cursor.block().firstLineNumber();
        } else {
            sheets_[number] = begin;
        }
        return true;
    };
    bool grown = false;
    if (sheets_.empty()) grown = insert(wanted_sheet_, false);
    if (!sheets_.empty()) {
        const int from = std::max(wanted_sheet_ - kAround, 1);
        const int to = std::min(wanted_sheet_ + kAround, pages_.count());
        while (sheets_.rbegin()->first < to && insert(sheets_.rbegin()->first + 1, false))
            grown = true;
        while (sheets_.begin()->first > from && insert(sheets_.begin()->first - 1, true))
            grown = true;
    }
    taking_ = false;
    if (lines_before > 0) verticalScrollBar()->setValue(before + lines_before);
    if (!sheets_.empty()) light();
    if (grown) {
        placeNumbers();
        mark();
        wantMore();
    }
}

void TextView::wantMore()
{
    if (sheets_.empty()) return;
    // The sheet at the top of the view is where reading goes on from.
    const int top = cursorForPosition({4, 4}).position();
    int seen = sheets_.begin()->first;
    for (const auto& [number, begin] : sheets_)
        if (begin <= top) seen = number;
    if (seen == wanted_sheet_ || scroll_to_place_) return;
    wanted_sheet_ = seen;
    Q_EMIT currentSheetChanged(seen);
    take();
}

int TextView::positionOf(int sheet, int at) const
{
    const auto found = sheets_.find(sheet);
    return found == sheets_.end() ? -1 : found->second + at;
}

int TextView::firstLine() const
{
    if (sheets_.empty()) return 0;
    const auto text = pages_.text(sheets_.begin()->first);
    return text ? text->first_line : 0;
}

void TextView::light()
{
    if (!scroll_to_place_) return;
    const auto text = pages_.text(wanted_sheet_);
    const int begin = positionOf(wanted_sheet_, 0);
    if (!text || begin < 0) return;
    scroll_to_place_ = false;
    auto [from, to] = findQuote(text->text, quote_);
    if (from >= 0) {
        // Whole lines: that is what has a number.
        from = static_cast<int>(text->text.lastIndexOf(u'\n', std::max(from - 1, 0))) + 1;
        const auto end = text->text.indexOf(u'\n', std::max(to - 1, 0));
        to = end < 0 ? static_cast<int>(text->text.size()) : static_cast<int>(end);
    }
    lit_sheet_ = from < 0 ? 0 : wanted_sheet_;
    lit_ = {from, to};
    lit_lines_ = {0, 0};
    QTextCursor cursor(document());
    cursor.setPosition(from < 0 ? begin : begin + from);
    if (from >= 0 && text->first_line > 0) {
        const auto line = [&text](int at) {
            return text->first_line + static_cast<int>(text->text.left(at).count(u'\n'));
        };
        lit_lines_ = {line(from), line(to)};
    }
    setTextCursor(cursor);
    mark();
    centerCursor();
}

void TextView::setHits(std::vector<TextHit> hits, int current)
{
    hits_ = std::move(hits);
    hit_ = current;
    if (hit_ >= 0 && hit_ < static_cast<int>(hits_.size())) {
        const TextHit& hit = hits_[static_cast<std::size_t>(hit_)];
        const int at = positionOf(hit.page, hit.begin);
        if (at < 0) {
            showPlace(hit.page, {}, false);
        } else {
            QTextCursor cursor(document());
            cursor.setPosition(at);
            setTextCursor(cursor);
            centerCursor();
        }
    }
    mark();
}

void TextView::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    const auto add = [&](int from, int to, bool whole_lines, bool strong) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(from);
        mark.cursor.setPosition(to, QTextCursor::KeepAnchor);
        using theme::Color;
        mark.format.setBackground(theme::color(strong ? Color::CiteActive : Color::Cite));
        mark.format.setForeground(strong ? QColor(0x3E, 0x31, 0x00) : theme::color(Color::OnCite));
        if (whole_lines) mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.push_back(mark);
    };
    const int end = document()->characterCount() - 1;
    if (const int begin = positionOf(lit_sheet_, 0); begin >= 0) {
        // With the line's end, or its last row is lit as far as its words only.
        add(begin + lit_.first, std::min(begin + lit_.second + 1, end), true, false);
    }
    for (std::size_t i = 0; i < hits_.size(); ++i) {
        const int from = positionOf(hits_[i].page, hits_[i].begin);
        const int to = positionOf(hits_[i].page, hits_[i].end);
        if (from >= 0) add(from, std::min(to, end), false, static_cast<int>(i) == hit_);
    }
    setExtraSelections(marks);
}

int TextView::numbersWidth() const
{
    const int first = firstLine();
    if (first <= 0) return 0;
    const int digits = static_cast<int>(QString::number(first + blockCount()).size());
    const QFontMetrics metrics(theme::font(theme::Step::Caption));
    return metrics.horizontalAdvance(QString(std::max(digits, 2), u'8')) + 12;
}

void TextView::paintNumbers(QPaintEvent* event)
{
    QPainter painter(numbers_);
    painter.fillRect(event->rect(), theme::color(theme::Color::Pane));
    const int first = firstLine();
    if (first <= 0) return;
    painter.setFont(theme::font(theme::Step::Caption));
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > event->rect().bottom()) break;
        const int line = first + block.blockNumber();
        const bool lit = line >= lit_lines_.first && line <= lit_lines_.second;
        painter.setPen(theme::color(lit ? theme::Color::Text : theme::Color::Text3));
        painter.drawText(
            QRectF(0, rect.top(), numbers_->width() - 8, fontMetrics().height()),
            Qt::AlignRight | Qt::AlignVCenter,
            QString::number(line));
    }
}

void TextView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNumbers();
}

void TextView::placeNumbers()
{
    const int wide = numbersWidth();
    if (viewportMargins().left() != wide) setViewportMargins(wide, 0, 0, 0);
    const QRect inside = contentsRect();
    numbers_->setGeometry(inside.left(), inside.top(), wide, inside.height());
}

void TextView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) mark();
}

} // namespace ui
