#include "ui/evidence/page_view.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <QPainter>
#include <QScrollBar>

namespace ui {
namespace {

constexpr int kScroll_ms = 160;
constexpr double kLeastZoom = 0.1;
constexpr double kMostZoom = 5;

/// Zoom steps of the buttons; a factor between them would give odd percentages.
constexpr double kZooms[] =
    {0.1, 0.17, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5};

} // namespace

QRect boxOn(const QRect& page, const QRectF& box)
{
    return QRectF(
               page.left() + box.left() * page.width(),
               page.top() + box.top() * page.height(),
               box.width() * page.width(),
               box.height() * page.height())
        .toAlignedRect();
}

void paintPlace(QPainter& painter, const QRect& rect, double edge_opacity)
{
    const QRect marked = rect.adjusted(-2, -2, 2, 2);
    painter.save();
    painter.setCompositionMode(QPainter::CompositionMode_Multiply);
    painter.fillRect(marked, theme::color(theme::Color::PaperMark));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setOpacity(edge_opacity);
    painter.setPen(QPen(theme::color(theme::Color::PaperEdge), 2));
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(QRectF(marked), 2, 2);
    painter.restore();
}

PageView::PageView(DocumentPages& pages, QWidget* parent)
    : QAbstractScrollArea(parent), pages_(pages), selection_(pages)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // a page that fits must not change the width
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    verticalScrollBar()->setAccessibleName(tr("Pages, up and down"));
    horizontalScrollBar()->setAccessibleName(tr("Page, left and right"));
    for (QVariantAnimation* animation : {&scroll_, &edge_}) {
        animation->setDuration(kScroll_ms);
        animation->setEasingCurve(QEasingCurve::OutCubic);
    }
    edge_.setStartValue(0.0);
    edge_.setEndValue(1.0);
    connect(&scroll_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        verticalScrollBar()->setValue(value.toInt());
    });
    connect(&scroll_, &QVariantAnimation::finished, this, [this] { edge_.start(); });
    connect(&edge_, &QVariantAnimation::valueChanged, this, [this] { viewport()->update(); });
    connect(&pages_, &DocumentPages::opened, this, [this] {
        selection_.clear();
        place_.clear();
        lit_.clear();
        place_page_ = 0;
        hits_.clear();
        hit_ = -1;
        current_ = 0;
        arrange();
        verticalScrollBar()->setValue(0);
        viewMoved();
        Q_EMIT selectionChanged(false);
    });
    connect(&pages_, &DocumentPages::sizesChanged, this, &PageView::arrange);
    connect(&pages_, &DocumentPages::pictureArrived, this, [this](int page) {
        viewport()->update(layout_.pageRect(page).translated(origin()));
    });
    connect(&pages_, &DocumentPages::textArrived, this, [this](int page) {
        if (page == place_page_) lightPlace();
        viewport()->update();
    });
}

void PageView::showPlace(int page, std::vector<QRectF> boxes, const QString& words)
{
    place_page_ = page;
    place_ = std::move(boxes);
    lightPlace();
    place_words_ = words;
    place_waits_ = true;
    if (isVisible()) revealPlace();
    viewport()->update();
    announceName(this);
}

void PageView::lightPlace()
{
    const auto text = place_.size() > 1 ? pages_.text(place_page_) : nullptr;
    lit_ = text ? rowBands(place_, text->words) : place_;
}

void PageView::revealPlace()
{
    place_waits_ = false;
    if (place_page_ < 1 || place_page_ > layout_.count()) return;
    const QRect page = layout_.pageRect(place_page_);
    QRect wanted;
    for (const QRectF& box : place_) wanted |= boxOn(page, box);
    if (wanted.isEmpty()) wanted = QRect(page.topLeft(), QSize(page.width(), 1));
    scrollTo(wanted);
}

void PageView::scrollTo(const QRect& wanted)
{
    const int height = viewport()->height();
    const int now = verticalScrollBar()->value();
    const QRect page = layout_.pageRect(layout_.pageAt(wanted.center().y()));
    // The whole page where it fits; else the place a third from the top, as one reads.
    int to = page.height() <= height ? page.top() - PageLayout::kEdge_px
                                     : std::max(wanted.top() - height / 3, page.top() - 1);
    to = std::clamp(to, 0, verticalScrollBar()->maximum());
    const int view = viewport()->width();
    if (layout_.contentSize().width() > view && !wanted.isEmpty()) {
        QScrollBar* across = horizontalScrollBar();
        if (wanted.left() < across->value() || wanted.right() > across->value() + view)
            across->setValue(wanted.center().x() - view / 2);
    }
    scroll_.stop();
    if (to == now || std::abs(to - now) > 2 * height || theme::reducedMotion() || !isVisible()) {
        verticalScrollBar()->setValue(to);
        edge_.stop();
        if (theme::reducedMotion() || !isVisible())
            edge_.setCurrentTime(kScroll_ms);
        else
            edge_.start();
        return;
    }
    edge_.stop();
    edge_.setCurrentTime(0);
    scroll_.setStartValue(now);
    scroll_.setEndValue(to);
    scroll_.start();
}

void PageView::goToPage(int page)
{
    if (page < 1 || page > layout_.count()) return;
    scroll_.stop();
    verticalScrollBar()->setValue(layout_.pageRect(page).top() - PageLayout::kEdge_px);
}

void PageView::setFit(Fit fit)
{
    fit_ = fit;
    arrange();
}

void PageView::setZoom(double zoom, QPoint anchor)
{
    fit_ = Fit::Free;
    setScale(std::clamp(zoom, kLeastZoom, kMostZoom) * kFullSize_px_per_pt, anchor);
}

void PageView::zoomBy(int steps, QPoint anchor)
{
    double to = zoom();
    for (; steps > 0; --steps)
        to = *std::find_if(std::begin(kZooms), std::prev(std::end(kZooms)), [&](double z) {
            return z > to * 1.01;
        });
    for (; steps < 0; ++steps) {
        const auto at = std::find_if(std::begin(kZooms), std::end(kZooms), [&](double z) {
            return z >= to * 0.99;
        });
        to = at == std::begin(kZooms) ? kZooms[0] : *std::prev(at);
    }
    setZoom(to, anchor);
}

void PageView::setScale(double px_per_pt, QPoint anchor)
{
    if (arranging_) return;
    arranging_ = true; // scroll bars that come and go resize the viewport
    if (anchor.x() < 0) anchor = QPoint(viewport()->width() / 2, viewport()->height() / 3);
    const QPoint before = anchor - origin();
    const int page = layout_.pageAt(before.y());
    const QRect old = layout_.pageRect(page);
    px_per_pt_ = px_per_pt;
    layout_.arrange(pages_.sizes(), px_per_pt_, viewport()->width());
    const QSize content = layout_.contentSize(), view = viewport()->size();
    verticalScrollBar()->setRange(0, std::max(0, content.height() - view.height()));
    verticalScrollBar()->setPageStep(view.height());
    verticalScrollBar()->setSingleStep(40);
    horizontalScrollBar()->setRange(0, std::max(0, content.width() - view.width()));
    horizontalScrollBar()->setPageStep(view.width());
    horizontalScrollBar()->setSingleStep(40);
    if (const QRect now = layout_.pageRect(page); !old.isEmpty() && !now.isEmpty()) {
        const double fx = double(before.x() - old.left()) / old.width();
        const double fy = double(before.y() - old.top()) / old.height();
        horizontalScrollBar()->setValue(qRound(now.left() + fx * now.width()) - anchor.x());
        verticalScrollBar()->setValue(qRound(now.top() + fy * now.height()) - anchor.y());
    }
    arranging_ = false;
    viewMoved();
    viewport()->update();
    Q_EMIT zoomChanged(zoom());
}

void PageView::arrange()
{
    double scale = px_per_pt_;
    if (fit_ == Fit::Width) scale = PageLayout::scaleForWidth(pages_.sizes(), viewport()->width());
    if (fit_ == Fit::Page)
        scale = PageLayout::scaleForPage(pages_.sizePt(std::max(current_, 1)), viewport()->size());
    setScale(scale, {0, 0});
}

QPoint PageView::origin() const
{
    return {-horizontalScrollBar()->value(), -verticalScrollBar()->value()};
}

int PageView::deviceWidth(const QRect& page) const
{
    return qRound(page.width() * devicePixelRatioF());
}

void PageView::viewMoved()
{
    const int middle = verticalScrollBar()->value() + viewport()->height() * 2 / 5;
    const int page = layout_.pageAt(middle);
    if (page != current_) {
        current_ = page;
        Q_EMIT currentPageChanged(page);
        announceName(this);
    }
    wantPictures();
}

void PageView::wantPictures()
{
    if (layout_.count() == 0 || !isVisible()) return;
    const int top = verticalScrollBar()->value(), bottom = top + viewport()->height();
    const int first = layout_.pageAt(top), last = layout_.pageAt(bottom);
    std::vector<PictureWish> wishes;
    using Urgency = PictureWish::Urgency;
    const auto want = [&](int page, Urgency urgency = Urgency::Soon) {
        if (page < 1 || page > layout_.count()) return;
        const PictureWish wish{page, deviceWidth(layout_.pageRect(page)), urgency};
        const auto same = [&](const PictureWish& other) { return wish.samePicture(other); };
        if (std::none_of(wishes.begin(), wishes.end(), same)) wishes.push_back(wish);
    };
    want(current_, Urgency::Seen);
    for (int page = first; page <= last; ++page) want(page, Urgency::Seen);
    // The next page in the direction of reading first.
    const bool upwards = top < last_y_;
    want(upwards ? first - 1 : last + 1);
    want(upwards ? last + 1 : first - 1);
    last_y_ = top;
    pages_.want(DocumentPages::For::Pages, std::move(wishes));
}

void PageView::setHits(std::vector<TextHit> hits, int current)
{
    hits_ = std::move(hits);
    hit_ = current;
    viewport()->update();
    if (hit_ < 0 || hit_ >= static_cast<int>(hits_.size())) return;
    const TextHit& hit = hits_[static_cast<std::size_t>(hit_)];
    const QRect page = layout_.pageRect(hit.page);
    const QRect wanted = hit.boxes.empty() ? page : boxOn(page, hit.boxes.front());
    const QRect seen(-origin(), viewport()->size());
    if (!seen.contains(wanted)) scrollTo(wanted);
}

QRect PageView::boxInViewport(int page, const QRectF& box) const
{
    return boxOn(layout_.pageRect(page).translated(origin()), box);
}

QString PageView::accessibleWords() const
{
    QString words = tr("Page %1 of %2").arg(current_).arg(pages_.count());
    if (place_page_ == current_ && !place_words_.isEmpty())
        words = tr("%1, cited: %2").arg(words, place_words_);
    return words;
}

bool PageView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Resize) {
        const bool handled = QAbstractScrollArea::viewportEvent(event);
        if (place_waits_ && isVisible()) revealPlace();
        wantPictures();
        return handled;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void PageView::resizeEvent(QResizeEvent*)
{
    arrange();
}

void PageView::scrollContentsBy(int, int)
{
    viewport()->update();
    if (!arranging_) viewMoved();
}

void PageView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        viewport()->update();
}

} // namespace ui
