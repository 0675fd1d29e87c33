#pragma once

#include "ui/evidence/types.h"

#include <array>
#include <map>
#include <memory>
#include <QImage>
#include <QObject>
#include <QTimer>
#include <set>
#include <vector>

namespace ui {

/// The document being shown: sizes, texts and pictures of its pages as far as they have come. Page
/// view, crop and thumbnails read it and tell it what they want next; a bridge listens and fills
/// it.
///
/// Pictures are kept up to a number of bytes, oldest use first out, so that a document of 500 pages
/// takes no more than one of 20.
class DocumentPages : public QObject {
    Q_OBJECT
public:
    /// Who wants pictures, in the order in which they are served.
    enum class For { Crop, Pages, Thumbnails };

    explicit DocumentPages(QObject* parent = nullptr);

    /// Forgets the last document. All pages have `size_pt` until setSizes().
    void open(storage::SourceId source, int pages, QSizeF size_pt);
    storage::SourceId source() const { return source_; }
    int count() const { return static_cast<int>(sizes_.size()); }
    QSizeF sizePt(int page) const;
    const std::vector<QSizeF>& sizes() const { return sizes_; }

    /// Null until textArrived(); the first call asks for it.
    std::shared_ptr<const PageText> text(int page);
    /// The kept picture nearest to this width, larger ones first; null where there is none yet.
    QImage picture(int page, int width_px);
    bool hasPicture(int page, int width_px) const;
    /// Why the page has no picture; empty: it has, or it is still coming.
    QString failure(int page) const;

    /// Replaces what `who` wanted before; most urgent first.
    void want(For who, std::vector<PictureWish> wishes);
    std::size_t pictureBytes() const { return bytes_; }
    void setPictureBudget(std::size_t bytes) { budget_bytes_ = bytes; }

    // Answers; those about another source come too late and are dropped.
    void setSizes(storage::SourceId source, std::vector<QSizeF> sizes_pt);
    void setText(storage::SourceId source, PageText text);
    void setPicture(storage::SourceId source, PictureWish wish, const QImage& picture);
    void setPictureFailed(storage::SourceId source, int page, const QString& sentence);

Q_SIGNALS:
    void opened();
    void sizesChanged();
    void textArrived(int page);
    void pictureArrived(int page); // or failed
    /// All that is wanted now and not here, most urgent first; replaces the last list.
    void picturesWanted(storage::SourceId source, const std::vector<ui::PictureWish>& wishes);
    void textsWanted(storage::SourceId source, const std::vector<int>& pages);

private:
    struct Kept {
        QImage image;
        int width_px = 0;
        qint64 used = 0;
    };
    void tellWishes();
    void trim();

    storage::SourceId source_ = 0;
    std::vector<QSizeF> sizes_;
    std::map<int, std::vector<Kept>> pictures_;
    std::map<int, QString> failures_;
    std::map<int, std::shared_ptr<const PageText>> texts_;
    std::set<int> texts_asked_;
    std::vector<int> texts_to_ask_;
    std::array<std::vector<PictureWish>, 3> wishes_;
    std::vector<PictureWish> told_;
    std::size_t bytes_ = 0;
    std::size_t budget_bytes_ = 96u << 20;
    qint64 uses_ = 0;
    QTimer tell_; // gathers the wishes of one round of events
};

} // namespace ui
