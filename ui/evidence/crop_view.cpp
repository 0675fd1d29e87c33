#include "ui/evidence/crop_view.h"

#include "ui/evidence/page_layout.h"
#include "ui/evidence/page_selection.h"
#include "ui/evidence/page_view.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <QPainter>

namespace ui {
namespace {

constexpr double kMostScale_px_per_pt = 1.5 * kFullSize_px_per_pt;
constexpr int kMostHeight_px = 168;

double median(std::vector<double> values)
{
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The first line of `words` wholly above or below `cited`, which shares some of its width.
QRectF neighbour(const std::vector<PageWord>& words, const QRectF& cited, double line, bool below)
{
    QRectF nearest;
    for (const PageWord& word : words) {
        const QRectF& box = word.box;
        const double away =
            below ? box.center().y() - cited.bottom() : cited.top() - box.center().y();
        if (away <= 0 || away > 3 * line) continue;
        if (box.right() < cited.left() || box.left() > cited.right()) continue;
        const double last =
            below ? nearest.center().y() - cited.bottom() : cited.top() - nearest.center().y();
        if (nearest.isNull() || away < last - 0.4 * line)
            nearest = box;
        else if (sameLine(nearest, box))
            nearest |= box;
    }
    return nearest;
}

} // namespace

CropRegion cropRegion(
    QSizeF page_pt,
    const std::vector<QRectF>& boxes,
    const std::vector<PageWord>& words,
    int width_px,
    int most_height_px)
{
    CropRegion region;
    if (boxes.empty() || page_pt.isEmpty() || width_px <= 0) return region;
    QRectF cited;
    for (const QRectF& box : boxes) cited |= box;
    std::vector<double> heights;
    for (const PageWord& word : words)
        if (word.box.intersects(cited)) heights.push_back(word.box.height());
    double line = median(std::move(heights));
    if (line <= 0) line = cited.height() / static_cast<double>(boxes.size());
    region.lines = std::max(1, static_cast<int>(std::lround(cited.height() / (1.3 * line))));

    QRectF part = cited;
    const QRectF above = neighbour(words, cited, line, false);
    const QRectF below = neighbour(words, cited, line, true);
    part.setTop(above.isNull() ? cited.top() - line : above.top());
    part.setBottom(below.isNull() ? cited.bottom() + line : below.bottom());
    // Whole words of these lines, but never across the gap between two columns.
    const double gap_y_to_x = page_pt.height() / page_pt.width();
    for (bool grown = true; grown;) {
        grown = false;
        for (const PageWord& word : words) {
            const QRectF& box = word.box;
            if (box.center().y() < part.top() || box.center().y() > part.bottom()) continue;
            if (box.left() >= part.left() && box.right() <= part.right()) continue;
            const double away = std::max(box.left() - part.right(), part.left() - box.right());
            if (away > 1.2 * line * gap_y_to_x) continue;
            part.setLeft(std::min(part.left(), box.left()));
            part.setRight(std::max(part.right(), box.right()));
            grown = true;
        }
    }
    const double edge_pt = 8;
    part.adjust(
        -edge_pt / page_pt.width(),
        -edge_pt / page_pt.height(),
        edge_pt / page_pt.width(),
        edge_pt / page_pt.height());

    region.px_per_pt = std::min(width_px / (part.width() * page_pt.width()), kMostScale_px_per_pt);
    const double width = width_px / (region.px_per_pt * page_pt.width());
    double left = part.center().x() - width / 2;
    if (width <= 1) left = std::clamp(left, 0.0, 1 - width);
    const double most = most_height_px / (region.px_per_pt * page_pt.height());
    double top = std::max(part.top(), 0.0);
    double height = std::min(part.bottom(), 1.0) - top;
    if (height > most) {
        // Neighbours go first, then the end of the boxes.
        top =
            std::max(0.0, cited.top() - std::max(0.0, std::min(0.6 * line, most - cited.height())));
        height = most;
    }
    region.part = QRectF(left, top, width, height);
    return region;
}

CropView::CropView(DocumentPages& pages, QWidget* parent) : QWidget(parent), pages_(pages)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&pages_, &DocumentPages::opened, this, [this] { showPlace(0, {}, {}); });
    connect(&pages_, &DocumentPages::pictureArrived, this, [this](int page) {
        if (page == page_) update();
    });
    connect(&pages_, &DocumentPages::textArrived, this, [this](int page) {
        if (page == page_) find();
    });
    connect(&pages_, &DocumentPages::sizesChanged, this, &CropView::find);
}

void CropView::showPlace(int page, std::vector<QRectF> boxes, const QString& words)
{
    page_ = page;
    boxes_ = std::move(boxes);
    words_ = words;
    find();
    announceName(this);
}

CropRegion CropView::regionFor(int width_px) const
{
    const auto text = pages_.text(page_);
    return cropRegion(
        pages_.sizePt(page_),
        boxes_,
        text ? text->words : std::vector<PageWord>(),
        width_px,
        kMostHeight_px);
}

int CropView::pictureWidth() const
{
    return qRound(pages_.sizePt(page_).width() * region_.px_per_pt);
}

void CropView::find()
{
    const auto text = pages_.text(page_);
    lit_ = text ? rowBands(boxes_, text->words) : boxes_;
    region_ = regionFor(width());
    std::vector<PictureWish> wishes;
    if (!isEmpty() && isVisible())
        wishes.push_back({page_, qRound(pictureWidth() * devicePixelRatioF())});
    pages_.want(DocumentPages::For::Crop, std::move(wishes));
    updateGeometry();
    update();
    Q_EMIT regionChanged();
}

QString CropView::title() const
{
    return region_.lines > 1 ? tr("The cited lines, enlarged") : tr("The cited row, enlarged");
}

int CropView::heightForWidth(int width) const
{
    const CropRegion region = width == this->width() ? region_ : regionFor(width);
    if (region.part.isEmpty()) return 0;
    return qRound(region.part.height() * pages_.sizePt(page_).height() * region.px_per_pt);
}

QSize CropView::sizeHint() const
{
    return {theme::kEvidence_px - 2 * theme::kPanePadding_px, heightForWidth(width())};
}

QRect CropView::boxInWidget(const QRectF& box) const
{
    const QSizeF size = pages_.sizePt(page_) * region_.px_per_pt;
    return QRectF(
               (box.left() - region_.part.left()) * size.width(),
               (box.top() - region_.part.top()) * size.height(),
               box.width() * size.width(),
               box.height() * size.height())
        .toAlignedRect();
}

QString CropView::accessibleWords() const
{
    return words_.isEmpty() ? title() : tr("%1: %2").arg(title(), words_);
}

void CropView::paintEvent(QPaintEvent*)
{
    if (isEmpty()) return;
    QPainter painter(this);
    painter.setClipRect(rect());
    painter.fillRect(rect(), theme::color(theme::Color::Paper));
    const QRect page = boxInWidget(QRectF(0, 0, 1, 1));
    const QImage picture = pages_.picture(page_, qRound(pictureWidth() * devicePixelRatioF()));
    if (picture.isNull()) {
        painter.fillRect(page, theme::color(theme::Color::Sunken));
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(page, picture);
    }
    for (const QRectF& box : lit_) paintPlace(painter, boxInWidget(box));
    painter.setPen(theme::color(theme::Color::Line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CropView::resizeEvent(QResizeEvent*)
{
    find();
}

void CropView::mouseReleaseEvent(QMouseEvent*)
{
    Q_EMIT clicked();
}

void CropView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
}

} // namespace ui
