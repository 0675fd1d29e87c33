#pragma once

#include "ui/evidence/document_pages.h"
#include "ui/widgets/accessible.h"

#include <QWidget>

namespace ui {

/// What of a page a crop shows, and how large.
struct CropRegion {
    QRectF part;          // fractions of the page; empty: there is nothing to enlarge
    double px_per_pt = 1; // logical pixels
    int lines = 1;        // that the boxes take
};
/// The boxes with a line of text above and below, as wide as those lines are where they are read
/// without a jump to another column, so large that it fills `width_px`. All boxes are inside unless
/// they are higher than `most_height_px`; then their beginning is.
CropRegion cropRegion(
    QSizeF page_pt,
    const std::vector<QRectF>& boxes,
    const std::vector<PageWord>& words,
    int width_px,
    int most_height_px);

/// The cited row, enlarged: a piece of the page at a scale that can be read, boxes marked. Its
/// height follows from its width.
class CropView : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit CropView(DocumentPages& pages, QWidget* parent = nullptr);

    void showPlace(int page, std::vector<QRectF> boxes, const QString& words);
    const CropRegion& region() const { return region_; }
    bool isEmpty() const { return region_.part.isEmpty(); }
    /// "The cited row, enlarged", or lines.
    QString title() const;
    /// Where a box of the page is drawn in this widget.
    QRect boxInWidget(const QRectF& box) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

    QAccessible::Role accessibleRole() const override { return QAccessible::Graphic; }
    QString accessibleWords() const override;

Q_SIGNALS:
    void regionChanged();
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void find();
    CropRegion regionFor(int width_px) const;
    int pictureWidth() const; // logical, of the whole page

    DocumentPages& pages_;
    int page_ = 0;
    std::vector<QRectF> boxes_;
    std::vector<QRectF> lit_; // of them, as rows
    QString words_;
    CropRegion region_;
};

} // namespace ui
