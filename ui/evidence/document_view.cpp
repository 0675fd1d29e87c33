#include "ui/evidence/document_view.h"

#include "ui/evidence/crop_view.h"
#include "ui/evidence/page_view.h"
#include "ui/evidence/search_bar.h"
#include "ui/evidence/text_view.h"
#include "ui/evidence/thumbnails.h"
#include "ui/evidence/tool_button.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <algorithm>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

DocumentView::DocumentView(QWidget* parent)
    : QWidget(parent), crop_(new CropView(pages_, this)),
      crop_title_(new TextLabel({}, theme::Step::Caption, theme::Color::Text3, this)),
      tools_(new QWidget(this)), search_(new SearchBar(this)),
      thumbnails_(new Thumbnails(pages_, this)), page_view_(new PageView(pages_, this)),
      text_view_(new TextView(pages_, this)), body_(new QStackedWidget(this))
{
    createTools();

    // The scroll bar stands in the padding, so that page and crop are equally wide.
    constexpr int kRight_px = theme::kPanePadding_px - 8;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::kPanePadding_px, 12, kRight_px, 0);
    column->setSpacing(theme::kGap_px);
    const auto narrow = [&](QWidget* part) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(0, 0, theme::kPanePadding_px - kRight_px, 0);
        row->addWidget(part);
        column->addLayout(row);
    };
    narrow(crop_title_);
    narrow(crop_);
    narrow(tools_);
    narrow(search_);
    body_->addWidget(page_view_);
    body_->addWidget(text_view_);
    auto* pages_row = new QHBoxLayout;
    pages_row->setSpacing(4);
    pages_row->addWidget(thumbnails_);
    pages_row->addWidget(body_, 1);
    column->addLayout(pages_row, 1);
    thumbnails_->hide();
    connectParts();
}

void DocumentView::createTools()
{
    toggle_thumbnails_ =
        makeToolButton(QStringLiteral("layout-list"), tr("Show small pages"), tools_);
    toggle_thumbnails_->setCheckable(true);
    page_field_ = new QLineEdit(tools_);
    page_field_->setAccessibleName(tr("Page number"));
    page_field_->setToolTip(tr("Page number"));
    page_field_->setFont(theme::font(theme::Step::Caption));
    page_field_->setAlignment(Qt::AlignRight);
    page_field_->setFixedHeight(24);
    theme::setSmall(page_field_);
    page_count_ = new TextLabel({}, theme::Step::Caption, theme::Color::Text3, tools_);
    page_count_->setWordWrap(false);
    find_ = makeToolButton(QStringLiteral("search"), tr("Find in this document (Ctrl+F)"), tools_);
    zoom_out_ = makeToolButton(QStringLiteral("zoom-out"), tr("Smaller"), tools_);
    zoom_in_ = makeToolButton(QStringLiteral("zoom-in"), tr("Larger"), tools_);
    zoom_ = new QToolButton(tools_);
    zoom_->setFont(theme::font(theme::Step::Caption));
    zoom_->setFixedHeight(24);
    zoom_->setPopupMode(QToolButton::InstantPopup);
    zoom_->setToolTip(tr("Size of the page"));
    zoom_->setFocusPolicy(Qt::StrongFocus);
    theme::setRole(zoom_, theme::Role::Flat);
    theme::setSmall(zoom_);
    auto* menu = new QMenu(zoom_);
    menu->addAction(tr("Fit width"), this, [this] { page_view_->setFit(PageView::Fit::Width); });
    menu->addAction(tr("Fit page"), this, [this] { page_view_->setFit(PageView::Fit::Page); });
    menu->addSeparator();
    for (const int percent : {50, 75, 100, 150, 200, 400})
        menu->addAction(tr("%1 %").arg(percent), this, [this, percent] {
            page_view_->setZoom(percent / 100.0);
        });
    zoom_->setMenu(menu);

    auto* row = new QHBoxLayout(tools_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(toggle_thumbnails_);
    row->addWidget(page_field_);
    row->addWidget(page_count_);
    row->addStretch(1);
    row->addWidget(find_);
    row->addSpacing(4);
    row->addWidget(zoom_out_);
    row->addWidget(zoom_);
    row->addWidget(zoom_in_);
    setTabOrder(zoom_out_, zoom_);
    setTabOrder(zoom_, zoom_in_);
    setTabOrder(zoom_in_, thumbnails_);
    setTabOrder(thumbnails_, page_view_);
    setTabOrder(page_view_, text_view_);
}

void DocumentView::connectParts()
{
    connect(toggle_thumbnails_, &QToolButton::toggled, thumbnails_, &QWidget::setVisible);
    connect(thumbnails_, &Thumbnails::pageChosen, page_view_, &PageView::goToPage);
    connect(page_field_, &QLineEdit::returnPressed, this, [this] {
        page_view_->goToPage(page_field_->text().toInt());
        page_view_->setFocus(Qt::ShortcutFocusReason);
    });
    connect(page_field_, &QLineEdit::editingFinished, this, [this] {
        page_field_->setText(QString::number(currentPage()));
    });
    connect(find_, &QToolButton::clicked, this, &DocumentView::openSearch);
    connect(zoom_out_, &QToolButton::clicked, this, [this] { page_view_->zoomBy(-1); });
    connect(zoom_in_, &QToolButton::clicked, this, [this] { page_view_->zoomBy(1); });
    connect(page_view_, &PageView::zoomChanged, this, [this](double zoom) {
        const QString words = tr("%1 %").arg(qRound(zoom * 100));
        zoom_->setText(words);
        zoom_->setAccessibleName(tr("Size of the page, %1").arg(words));
    });
    const auto page_changed = [this](int page) {
        if (!page_field_->hasFocus()) page_field_->setText(QString::number(page));
        thumbnails_->setCurrentPage(page);
        Q_EMIT currentPageChanged(page);
    };
    connect(page_view_, &PageView::currentPageChanged, this, page_changed);
    connect(text_view_, &TextView::currentSheetChanged, this, [this](int page) {
        Q_EMIT currentPageChanged(page);
    });
    connect(crop_, &CropView::regionChanged, this, [this] {
        crop_title_->setText(crop_->title());
        crop_title_->setVisible(!crop_->isEmpty());
        crop_->setVisible(!crop_->isEmpty());
    });
    connect(search_, &SearchBar::queryChanged, this, [this](const QString& query) {
        hits_.clear();
        hit_ = -1;
        complete_ = query.isEmpty();
        applyHits();
        if (pages_.source() != 0) Q_EMIT searchWanted(pages_.source(), query);
    });
    connect(search_, &SearchBar::stepWanted, this, &DocumentView::stepHit);
    connect(search_, &SearchBar::closed, this, &DocumentView::focusBody);
}

void DocumentView::open(const EvidenceSource& source, QSizeF first_page_pt)
{
    text_ = source.kind == PlaceKind::Text;
    search_->clear();
    hits_.clear();
    hit_ = -1;
    body_->setCurrentWidget(text_ ? static_cast<QWidget*>(text_view_) : page_view_);
    pages_.open(source.id, source.pages, first_page_pt);
    const bool several = !text_ && source.pages > 1;
    toggle_thumbnails_->setVisible(several);
    thumbnails_->setVisible(several && toggle_thumbnails_->isChecked());
    page_field_->setVisible(several);
    page_count_->setVisible(several);
    page_field_->setValidator(new QIntValidator(1, std::max(source.pages, 1), page_field_));
    page_count_->setText(tr("of %1").arg(source.pages));
    const QString widest(QString::number(source.pages).size(), u'8');
    page_field_->setFixedWidth(page_field_->fontMetrics().horizontalAdvance(widest) + 22);
    for (QWidget* zooming : {zoom_out_, zoom_, zoom_in_}) zooming->setVisible(!text_);
    // A picture is seen whole; a page is read.
    page_view_->setFit(
        source.kind == PlaceKind::Picture ? PageView::Fit::Page : PageView::Fit::Width);
}

void DocumentView::showPlace(const Place& place)
{
    if (text_) {
        text_view_->showPlace(place.page, place.quote, place.located);
        return;
    }
    std::vector<QRectF> boxes;
    if (place.located)
        for (const storage::Box& box : place.boxes) boxes.push_back(rectOf(box));
    const int page = std::max(place.page, 1);
    const QString words = place.located ? place.quote : QString();
    crop_->showPlace(page, boxes, words);
    // The crop takes its room first; the page then scrolls in what is left.
    if (QLayout* column = layout()) column->activate();
    page_view_->showPlace(page, std::move(boxes), words);
}

int DocumentView::currentPage() const
{
    return page_view_->currentPage();
}

void DocumentView::focusBody()
{
    body_->currentWidget()->setFocus(Qt::ShortcutFocusReason);
}

void DocumentView::toggleThumbnails()
{
    toggle_thumbnails_->toggle();
}

void DocumentView::openSearch()
{
    search_->open();
}

bool DocumentView::closeSearch()
{
    if (search_->isHidden()) return false;
    search_->close();
    return true;
}

void DocumentView::setHits(const QString& query, const std::vector<TextHit>& hits, bool complete)
{
    if (query != search_->query() || search_->isHidden()) return;
    hits_ = hits;
    complete_ = complete;
    if (hit_ < 0 && !hits_.empty()) {
        const auto next = std::find_if(hits_.begin(), hits_.end(), [this](const TextHit& hit) {
            return hit.page >= currentPage();
        });
        // Hits come page by page: the first one from here on may still be on its way.
        if (next != hits_.end())
            hit_ = static_cast<int>(next - hits_.begin());
        else if (complete)
            hit_ = 0;
    }
    applyHits();
}

void DocumentView::stepHit(int steps)
{
    if (hits_.empty()) return;
    const int count = static_cast<int>(hits_.size());
    hit_ = ((hit_ + steps) % count + count) % count;
    applyHits();
}

void DocumentView::applyHits()
{
    if (text_)
        text_view_->setHits(hits_, hit_);
    else
        page_view_->setHits(hits_, hit_);
    search_->setCount(hit_, static_cast<int>(hits_.size()), complete_);
}

QString DocumentView::selectedText() const
{
    if (text_) return text_view_->textCursor().selectedText().replace(QChar(0x2029), u'\n');
    return page_view_->selection().text();
}

} // namespace ui
