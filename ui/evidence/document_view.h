#pragma once

#include "ui/evidence/document_pages.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace ui {

class CropView;
class PageView;
class SearchBar;
class TextLabel;
class TextView;
class Thumbnails;

/// Documents, pictures and text files: the cited row enlarged, the tools, the pages.
class DocumentView : public QWidget {
    Q_OBJECT
public:
    explicit DocumentView(QWidget* parent = nullptr);

    DocumentPages& pages() { return pages_; }
    PageView& pageView() { return *page_view_; }
    TextView& textView() { return *text_view_; }
    CropView& crop() { return *crop_; }
    Thumbnails& thumbnails() { return *thumbnails_; }
    SearchBar& searchBar() { return *search_; }

    void open(const EvidenceSource& source, QSizeF first_page_pt);
    void showPlace(const Place& place);
    int currentPage() const;

    void focusBody();
    void toggleThumbnails();
    void openSearch();
    /// Closes search; false where it was not open.
    bool closeSearch();
    /// What was found so far for `query`; what is about another query comes too late.
    void setHits(const QString& query, const std::vector<TextHit>& hits, bool complete);
    /// The first hit at or after the page that is seen is the one gone to.
    int currentHit() const { return hit_; }
    void stepHit(int steps);
    /// Selected text, for Copy; empty: none.
    QString selectedText() const;

Q_SIGNALS:
    void currentPageChanged(int page);
    void searchWanted(storage::SourceId source, const QString& query);

private:
    void createTools();
    void connectParts();
    void showTools();
    void applyHits();

    DocumentPages pages_;
    CropView* crop_;
    TextLabel* crop_title_;
    QWidget* tools_;
    QToolButton* toggle_thumbnails_ = nullptr;
    QLineEdit* page_field_ = nullptr;
    TextLabel* page_count_ = nullptr;
    QToolButton* find_ = nullptr;
    QToolButton* zoom_out_ = nullptr;
    QToolButton* zoom_ = nullptr;
    QToolButton* zoom_in_ = nullptr;
    SearchBar* search_;
    Thumbnails* thumbnails_;
    PageView* page_view_;
    TextView* text_view_;
    QStackedWidget* body_;
    bool text_ = false;
    std::vector<TextHit> hits_;
    int hit_ = -1;
    bool complete_ = true;
};

} // namespace ui
