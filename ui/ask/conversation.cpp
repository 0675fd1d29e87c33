#include "ui/ask/conversation.h"

#include "ui/ask/cited_text.h"
#include "ui/ask/exchange_widget.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <algorithm>
#include <QKeyEvent>
#include <QScrollBar>
#include <utility>

namespace ui {
namespace {

constexpr int kTop_px = 16;
constexpr int kBottom_px = 12;
constexpr int kNearScreens = 1; // built around the viewport
constexpr int kFarScreens = 3;  // beyond, a widget goes again
constexpr int kMostPasses = 6;

} // namespace

Conversation::Conversation(QWidget* parent) : QScrollArea(parent), page_(new QWidget)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(false);
    setAccessibleName(tr("Conversation"));
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    setWidget(page_);
    page_->setAutoFillBackground(false); // setWidget() turned it on
    frame_.setSingleShot(true);
    frame_.setInterval(kFrame_ms);
    connect(&frame_, &QTimer::timeout, this, &Conversation::flush);
    arrange_.setSingleShot(true);
    connect(&arrange_, &QTimer::timeout, this, &Conversation::arrange);
}

void Conversation::setExchanges(std::vector<Exchange> exchanges)
{
    qDeleteAll(built_);
    built_.clear();
    waiting_text_.clear();
    exchanges_ = std::move(exchanges);
    heights_.clear();
    for (const auto& exchange : exchanges_)
        heights_.push_back(guessedHeight(exchange, viewport()->width()));
    active_key_ = 0;
    active_index_ = -1;
    at_end_ = true;
    arrange();
}

std::size_t Conversation::indexOf(qint64 key) const
{
    const auto at = std::find_if(exchanges_.begin(), exchanges_.end(), [key](const Exchange& e) {
        return e.key == key;
    });
    return static_cast<std::size_t>(at - exchanges_.begin());
}

const Exchange* Conversation::find(qint64 key) const
{
    const std::size_t at = indexOf(key);
    return at < exchanges_.size() ? &exchanges_[at] : nullptr;
}

const Exchange* Conversation::last() const
{
    return exchanges_.empty() ? nullptr : &exchanges_.back();
}

void Conversation::put(const Exchange& exchange)
{
    waiting_text_.remove(exchange.key);
    const std::size_t at = indexOf(exchange.key);
    if (at == exchanges_.size()) {
        exchanges_.push_back(exchange);
        heights_.push_back(guessedHeight(exchange, viewport()->width()));
        at_end_ = true;
    } else {
        const bool over =
            exchanges_[at].state <= AnswerState::Streaming && exchange.state == AnswerState::Done;
        exchanges_[at] = exchange;
        if (auto* widget = built_.value(exchange.key)) {
            widget->setExchange(exchange);
            // The finished answer is announced, once; streaming is not.
            if (over) announceAlert(widget->answerText());
        }
    }
    arrange();
}

void Conversation::appendText(qint64 key, const QString& text)
{
    waiting_text_[key] += text;
    if (!frame_.isActive()) frame_.start();
}

void Conversation::flush()
{
    const auto waiting = std::exchange(waiting_text_, {});
    for (auto at = waiting.begin(); at != waiting.end(); ++at) {
        const std::size_t index = indexOf(at.key());
        if (index == exchanges_.size()) continue;
        Exchange& exchange = exchanges_[index];
        if (exchange.state > AnswerState::Streaming) continue;
        exchange.state = AnswerState::Streaming;
        exchange.text += at.value();
        if (auto* widget = built_.value(exchange.key)) widget->setExchange(exchange);
    }
    if (!waiting.isEmpty()) arrange();
}

void Conversation::removeFrom(qint64 key)
{
    const std::size_t at = indexOf(key);
    for (std::size_t i = at; i < exchanges_.size(); ++i) {
        if (auto* widget = built_.take(exchanges_[i].key)) widget->deleteLater();
        waiting_text_.remove(exchanges_[i].key);
        if (exchanges_[i].key == active_key_) active_key_ = 0;
    }
    exchanges_.resize(at);
    heights_.resize(at);
    arrange();
}

int Conversation::guessedHeight(const Exchange& exchange, int width) const
{
    const int line = theme::lineHeight(theme::Step::Reading);
    const int per_line = std::max(20, std::min(width, theme::kReadingColumn_px) / 7);
    const auto lines = exchange.question.size() / per_line + exchange.text.size() / per_line + 2;
    return static_cast<int>(lines) * line + 100;
}

ExchangeWidget* Conversation::build(std::size_t at)
{
    const Exchange& exchange = exchanges_[at];
    auto* widget = new ExchangeWidget(page_);
    const qint64 key = exchange.key;
    widget->setExchange(exchange);
    if (key == active_key_) widget->setActivePlace(active_index_);
    connect(widget, &ExchangeWidget::grown, this, &Conversation::arrangeSoon);
    connect(widget, &ExchangeWidget::placeActivated, this, [this, key](int i) { choose(key, i); });
    connect(widget, &ExchangeWidget::copyMarkdownWanted, this, [this, key] {
        Q_EMIT copyMarkdownWanted(key);
    });
    connect(widget, &ExchangeWidget::copyTextWanted, this, [this, key] {
        Q_EMIT copyTextWanted(key);
    });
    connect(widget, &ExchangeWidget::retryWanted, this, [this, key] { Q_EMIT retryWanted(key); });
    connect(widget, &ExchangeWidget::editWanted, this, [this, key] { Q_EMIT editWanted(key); });
    connect(widget, &ExchangeWidget::exportWanted, this, &Conversation::exportWanted);
    built_.insert(key, widget);
    tabs_due_ = true;
    return widget;
}

/// True when the height is another than it was taken for.
bool Conversation::measure(std::size_t at, int width)
{
    auto* widget = built_.value(exchanges_[at].key);
    if (widget == nullptr) widget = build(at);
    widget->setLast(at + 1 == exchanges_.size());
    const int height = widget->heightFor(width);
    const bool other = height != heights_[at];
    heights_[at] = height;
    return other;
}

void Conversation::arrangeSoon()
{
    if (!arranging_) arrange_.start(0);
}

void Conversation::arrange()
{
    if (arranging_) return;
    arranging_ = true;
    arrange_.stop();
    // The scroll bar stands in the padding: bubbles end where the composer does.
    const int width = std::max(200, this->width() - 2 * theme::kCentrePadding_px);
    const int screen = std::max(1, viewport()->height());
    int top = verticalScrollBar()->value();
    for (int pass = 0; pass < kMostPasses; ++pass) {
        int total = kTop_px + kBottom_px;
        for (const int height : heights_) total += height + theme::kGroupGap_px;
        if (!heights_.empty()) total -= theme::kGroupGap_px;
        if (at_end_) top = std::max(0, total - screen);
        bool changed = false;
        int y = kTop_px;
        for (std::size_t i = 0; i < exchanges_.size(); ++i) {
            const int before = heights_[i];
            const bool near =
                y + before > top - kNearScreens * screen && y < top + (1 + kNearScreens) * screen;
            const bool far =
                y + before < top - kFarScreens * screen || y > top + (1 + kFarScreens) * screen;
            auto* widget = built_.value(exchanges_[i].key);
            if (near) {
                if (measure(i, width)) {
                    changed = true;
                    // What stands in the viewport stays where it is.
                    if (!at_end_ && y + before <= top) top += heights_[i] - before;
                }
            } else if (far && widget != nullptr && !widget->isAncestorOf(focusWidget())) {
                built_.remove(exchanges_[i].key);
                widget->deleteLater();
            }
            y += heights_[i] + theme::kGroupGap_px;
        }
        page_->resize(viewport()->width(), std::max(total, screen));
        if (!changed) break;
    }
    int y = kTop_px;
    for (std::size_t i = 0; i < exchanges_.size(); ++i) {
        if (auto* widget = built_.value(exchanges_[i].key)) {
            widget->setGeometry(theme::kCentrePadding_px, y, width, heights_[i]);
            widget->show();
        }
        y += heights_[i] + theme::kGroupGap_px;
    }
    verticalScrollBar()->setValue(at_end_ ? verticalScrollBar()->maximum() : top);
    arranging_ = false;
    if (std::exchange(tabs_due_, false)) orderTabs();
}

/// A widget made later stands behind all others of the window, the composer too.
void Conversation::orderTabs()
{
    page_->setFocusPolicy(Qt::TabFocus); // nothing can be put behind what takes no focus
    QWidget* before = page_;
    for (const Exchange& exchange : exchanges_) {
        const auto* widget = built_.value(exchange.key);
        if (widget == nullptr) continue;
        for (QWidget* stop : widget->tabStops()) {
            setTabOrder(before, stop);
            before = stop;
        }
    }
    page_->setFocusPolicy(Qt::NoFocus);
}

void Conversation::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void Conversation::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    if (arranging_) return;
    at_end_ = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 4;
    arrangeSoon();
}

void Conversation::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        arrangeSoon();
}

void Conversation::keyPressEvent(QKeyEvent* event)
{
    // Arrows and pages scroll also while a chip has the focus.
    QScrollArea::keyPressEvent(event);
}

void Conversation::choose(qint64 key, int index)
{
    const Exchange* exchange = find(key);
    if (exchange == nullptr) return;
    PlaceList list{exchange->places, index};
    const auto cited = static_cast<int>(exchange->places.size());
    if (index >= cited) list = {exchange->nearest, index - cited};
    if (list.current < 0 || list.current >= static_cast<int>(list.places.size())) return;
    setActivePlace(key, index);
    Q_EMIT placesWanted(key, index, list);
}

void Conversation::setActivePlace(qint64 key, int index)
{
    if (auto* widget = built_.value(active_key_)) widget->setActivePlace(-1);
    active_key_ = key;
    active_index_ = index;
    if (auto* widget = built_.value(key)) widget->setActivePlace(index);
}

qint64 Conversation::currentKey() const
{
    if (QWidget* focused = focusWidget()) {
        for (auto at = built_.begin(); at != built_.end(); ++at) {
            if (at.value()->isAncestorOf(focused)) return at.key();
        }
    }
    if (active_key_ != 0 && find(active_key_) != nullptr) return active_key_;
    return exchanges_.empty() ? 0 : exchanges_.back().key;
}

bool Conversation::stepCitation(int by)
{
    const qint64 key = currentKey();
    const Exchange* exchange = find(key);
    if (exchange == nullptr) return false;
    const auto count = static_cast<int>(exchange->places.size() + exchange->nearest.size());
    if (count == 0) return false;
    int to = by > 0 ? 0 : count - 1;
    if (key == active_key_ && active_index_ >= 0) to = (active_index_ + by + count) % count;
    scrollToKey(key);
    choose(key, to);
    return true;
}

void Conversation::scrollToKey(qint64 key)
{
    const std::size_t at = indexOf(key);
    if (at == exchanges_.size()) return;
    int y = kTop_px;
    for (std::size_t i = 0; i < at; ++i) y += heights_[i] + theme::kGroupGap_px;
    const int top = verticalScrollBar()->value();
    const bool seen =
        y >= top && y + std::min(heights_[at], viewport()->height()) <= top + viewport()->height();
    if (seen) return;
    verticalScrollBar()->setValue(y - kTop_px);
    arrange();
}

} // namespace ui
