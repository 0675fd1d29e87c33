#include "ui/evidence/thumbnails.h"

#include "ui/theme/theme.h"
#include "ui/widgets/row_delegate.h"

#include <QAbstractListModel>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace ui {

class ThumbnailModel : public QAbstractListModel {
public:
    ThumbnailModel(DocumentPages& pages, QObject* parent)
        : QAbstractListModel(parent), pages_(pages)
    {
        connect(&pages_, &DocumentPages::opened, this, [this] {
            beginResetModel();
            endResetModel();
        });
        connect(&pages_, &DocumentPages::sizesChanged, this, [this] { Q_EMIT layoutChanged(); });
        connect(&pages_, &DocumentPages::pictureArrived, this, [this](int page) {
            const QModelIndex changed = index(page - 1);
            Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
        });
    }
    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : pages_.count();
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const int page = index.row() + 1;
        if (role == Qt::DisplayRole) return QString::number(page);
        if (role == Qt::AccessibleTextRole) return Thumbnails::tr("Page %1").arg(page);
        return {};
    }

private:
    DocumentPages& pages_;
};

namespace {

constexpr int kNumber_px = 18; // below a page
constexpr int kEdge_px = 6;

class ThumbnailDelegate : public QStyledItemDelegate {
public:
    ThumbnailDelegate(DocumentPages& pages, QObject* parent)
        : QStyledItemDelegate(parent), pages_(pages)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        return {
            Thumbnails::kPicture_px + 2 * kEdge_px,
            height(index.row() + 1) + kNumber_px + 2 * kEdge_px};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override
    {
        painter->save();
        drawRowGround(*painter, option.rect.adjusted(2, 1, -2, -1), option);
        const int page = index.row() + 1;
        const QRect rect(
            option.rect.center().x() - Thumbnails::kPicture_px / 2,
            option.rect.top() + kEdge_px,
            Thumbnails::kPicture_px,
            height(page));
        const qreal ratio = painter->device()->devicePixelRatioF();
        const QImage picture = pages_.picture(page, qRound(rect.width() * ratio));
        if (picture.isNull())
            painter->fillRect(rect, theme::color(theme::Color::Sunken));
        else
            painter->drawImage(rect, picture);
        painter->setPen(theme::color(theme::Color::Line));
        painter->drawRect(rect.adjusted(-1, -1, 0, 0));
        painter->setFont(theme::font(theme::Step::Caption));
        painter->setPen(theme::color(
            option.state & QStyle::State_Selected ? theme::Color::Text : theme::Color::Text3));
        painter->drawText(
            QRect(option.rect.left(), rect.bottom() + 2, option.rect.width(), kNumber_px),
            Qt::AlignCenter,
            QString::number(page));
        painter->restore();
    }

private:
    int height(int page) const
    {
        const QSizeF size = pages_.sizePt(page);
        if (size.isEmpty()) return Thumbnails::kPicture_px;
        const double ratio = std::min(size.height() / size.width(), 2.0);
        return qRound(Thumbnails::kPicture_px * ratio);
    }

    DocumentPages& pages_;
};

} // namespace

Thumbnails::Thumbnails(DocumentPages& pages, QWidget* parent)
    : QListView(parent), pages_(pages), model_(new ThumbnailModel(pages, this))
{
    setModel(model_);
    setItemDelegate(new ThumbnailDelegate(pages, this));
    setFrameShape(QFrame::NoFrame);
    setFixedWidth(kWidth_px);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Pages, small"));
    viewport()->setAutoFillBackground(false); // the pane's ground
    connect(&pages_, &DocumentPages::opened, this, [this] { setCurrentPage(1); });
}

void Thumbnails::setCurrentPage(int page)
{
    following_ = true;
    setCurrentIndex(model_->index(page - 1));
    following_ = false;
}

void Thumbnails::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && !following_) Q_EMIT pageChosen(current.row() + 1);
}

void Thumbnails::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    wantPictures();
}

void Thumbnails::wantPictures()
{
    const int width_px = qRound(kPicture_px * devicePixelRatioF());
    std::vector<PictureWish> wishes;
    const QModelIndex first = indexAt({kWidth_px / 2, kEdge_px + 2});
    if (!first.isValid()) return;
    for (int row = first.row(); row < model_->rowCount(); ++row) {
        if (visualRect(model_->index(row)).top() > viewport()->height()) break;
        wishes.push_back({row + 1, width_px, PictureWish::Urgency::Small});
    }
    pages_.want(DocumentPages::For::Thumbnails, std::move(wishes));
}

} // namespace ui
