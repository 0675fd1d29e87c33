#pragma once

#include "ui/evidence/page_layout.h"
#include "ui/evidence/page_selection.h"
#include "ui/widgets/accessible.h"

#include <QAbstractScrollArea>
#include <QVariantAnimation>

namespace ui {

/// All pages of a document below one another: zoom, selection by mouse and keyboard, cited boxes,
/// found words. Paints what DocumentPages has (a grey page with its number where a picture is still
/// coming) and asks it for what is seen now and next; never waits.
class PageView : public QAbstractScrollArea, public Accessible {
    Q_OBJECT
public:
    enum class Fit { Width, Page, Free };

    explicit PageView(DocumentPages& pages, QWidget* parent = nullptr);

    /// Marks the boxes on the page and scrolls there: within two screens in 160 ms, else at once.
    /// `words` are said by assistive technology.
    void showPlace(int page, std::vector<QRectF> boxes, const QString& words);
    void goToPage(int page);
    /// The page that takes most of the view; 0: none.
    int currentPage() const { return current_; }

    Fit fit() const { return fit_; }
    void setFit(Fit fit);
    double zoom() const { return px_per_pt_ / kFullSize_px_per_pt; }
    /// 1 is 100 %; keeps `anchor` (of the viewport) where it is.
    void setZoom(double zoom, QPoint anchor = {-1, -1});
    void zoomBy(int steps, QPoint anchor = {-1, -1});

    /// `current` is drawn stronger and scrolled to; -1: none.
    void setHits(std::vector<TextHit> hits, int current);
    PageSelection& selection() { return selection_; }
    void copySelection() const;
    void selectCurrentPage();
    void clearSelection();

    /// Where a box of a page is now, in the viewport.
    QRect boxInViewport(int page, const QRectF& box) const;

    QAccessible::Role accessibleRole() const override { return QAccessible::Document; }
    QString accessibleWords() const override;

Q_SIGNALS:
    void currentPageChanged(int page);
    void zoomChanged(double zoom);
    void selectionChanged(bool any);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();
    void setScale(double px_per_pt, QPoint anchor);
    void viewMoved();
    void wantPictures();
    void scrollTo(const QRect& wanted);
    void revealPlace();
    void lightPlace();
    void paintPage(QPainter& painter, int page, const QRect& rect);
    void paintMarks(QPainter& painter, int page, const QRect& rect);
    bool selectByKey(QKeyEvent* event);
    void selected();
    QPoint origin() const; // of the content in the viewport
    int pageUnder(QPoint point, QPointF* inside) const;
    int deviceWidth(const QRect& page) const;

    DocumentPages& pages_;
    PageLayout layout_;
    PageSelection selection_;
    Fit fit_ = Fit::Width;
    double px_per_pt_ = kFullSize_px_per_pt;
    int current_ = 0;
    int place_page_ = 0;
    std::vector<QRectF> place_;
    std::vector<QRectF> lit_; // of them, as rows
    QString place_words_;
    bool place_waits_ = false; // for the view's size
    std::vector<TextHit> hits_;
    int hit_ = -1;
    QVariantAnimation scroll_;
    QVariantAnimation edge_; // fades in around the place
    bool selecting_ = false;
    bool panning_ = false;
    QPoint dragged_;
    PageSelection::At press_;
    bool ring_ = false;
    bool arranging_ = false;
    int last_y_ = 0;
    qint64 pressed_twice_ms_ = 0;
};

/// `rect` of a page and a box in fractions of it.
QRect boxOn(const QRect& page, const QRectF& box);
/// paper-mark multiplied over `rect` and its 2-px edge, as on every page and crop.
void paintPlace(QPainter& painter, const QRect& rect, double edge_opacity = 1);

} // namespace ui
