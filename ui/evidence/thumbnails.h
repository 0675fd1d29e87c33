#pragma once

#include "ui/evidence/document_pages.h"

#include <QListView>

namespace ui {

class ThumbnailModel;

/// All pages small, in a column; the current one marked. Choosing one goes there.
class Thumbnails : public QListView {
    Q_OBJECT
public:
    explicit Thumbnails(DocumentPages& pages, QWidget* parent = nullptr);

    void setCurrentPage(int page);

    static constexpr int kWidth_px = 96;   // of the column
    static constexpr int kPicture_px = 64; // of a page

Q_SIGNALS:
    void pageChosen(int page);

protected:
    void paintEvent(QPaintEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void wantPictures();

    DocumentPages& pages_;
    ThumbnailModel* model_;
    bool following_ = false;
};

} // namespace ui
