#include "ui/help/help_view.h"

#include "ui/theme/theme.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/row_model.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextList>
#include <QTextTable>
#include <QToolButton>

namespace ui {
namespace {

constexpr int kPages_px = 240;
constexpr int kHeight_px = 560;

/// Markdown knows one weight beside the normal one, 700; the design has 600.
void lightenBold(QTextDocument& document)
{
    QTextCharFormat strong;
    strong.setFontWeight(QFont::DemiBold);
    std::vector<QTextCursor> bold;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment part = it.fragment();
            if (part.charFormat().fontWeight() <= QFont::DemiBold) continue;
            QTextCursor cursor(&document);
            cursor.setPosition(part.position());
            cursor.setPosition(part.position() + part.length(), QTextCursor::KeepAnchor);
            bold.push_back(cursor);
        }
    for (QTextCursor& cursor : bold) cursor.mergeCharFormat(strong);
}

} // namespace

HelpView::HelpView(const Actions& actions, QWidget* parent) : QWidget(parent), actions_(actions)
{
    createWidgets();
    reload();
}

void HelpView::createWidgets()
{
    setAccessibleName(tr("Guide"));
    auto* header = new HeaderBar(tr("Guide"));
    search_ = new SearchField(tr("Search the guide"));
    search_->setFixedWidth(220);
    auto* report = new QPushButton(theme::icon(QStringLiteral("copy")), tr("Copy report"));
    report->setToolTip(tr("What works on this machine and what does not, for whoever helps you"));
    auto* close = new QToolButton;
    close->setIcon(theme::icon(QStringLiteral("x")));
    close->setToolTip(tr("Close the guide"));
    close->setAccessibleName(tr("Close the guide"));
    close->setAutoRaise(true);
    header->addTrailing(search_);
    header->addTrailing(report);
    header->addTrailing(close);
    list_ = new SectionedList;
    list_->setAccessibleName(tr("Pages of the guide"));
    list_->setFixedWidth(kPages_px);
    rows_ = new RowModel(this);
    list_->setModel(rows_);
    text_ = new QTextBrowser;
    text_->setAccessibleName(tr("Page of the guide"));
    text_->setFrameShape(QFrame::NoFrame);
    text_->setOpenLinks(false);
    text_->viewport()->setAutoFillBackground(false); // on the panel's ground
    text_->document()->setDocumentMargin(theme::kCentrePadding_px);

    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setContentsMargins(0, 8, 0, 16);
    left->addWidget(list_);
    body->addLayout(left);
    body->addWidget(new Hairline(Qt::Vertical));
    auto* page = new QVBoxLayout;
    page->setContentsMargins(0, 0, 0, 8);
    page->addWidget(text_);
    body->addLayout(page, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(header);
    column->addLayout(body, 1);
    setTabOrder(search_, report);
    setTabOrder(report, close);
    setTabOrder(close, list_);
    setTabOrder(list_, text_);

    connect(close, &QToolButton::clicked, this, &HelpView::closeRequested);
    connect(report, &QPushButton::clicked, this, &HelpView::reportRequested);
    connect(search_, &SearchField::textChanged, this, &HelpView::list);
    connect(search_, &SearchField::leftDownwards, this, [this] {
        list_->setFocus(Qt::OtherFocusReason);
    });
    connect(list_, &SectionedList::leftUpwards, this, [this] { search_->setFocus(); });
    connect(
        list_->selectionModel(),
        &QItemSelectionModel::currentChanged,
        this,
        [this](const QModelIndex& now) {
            if (now.isValid()) showPage(now.data(Qt::UserRole).toString());
        });
    connect(text_, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        showGuide(url.toString());
    });
}

QSize HelpView::sizeHint() const
{
    return {kWidth_px, kHeight_px};
}

void HelpView::reload()
{
    // Again each time: keys may have changed since.
    pages_ = guidePages();
    for (GuidePage& page : pages_) page.markdown = withKeys(page.markdown, actions_);
    pages_.push_back(keysPage(actions_));
    list();
}

void HelpView::list()
{
    const QString wanted = search_->text().trimmed();
    std::vector<Row> rows;
    for (const GuidePage& page : pages_) {
        const int found = static_cast<int>(page.markdown.count(wanted, Qt::CaseInsensitive));
        if (!wanted.isEmpty() && found == 0) continue;
        Row row;
        row.id = page.id;
        row.text = page.title;
        row.icon = page.id == QLatin1String("keys") ? QStringLiteral("keyboard")
                                                    : QStringLiteral("file-text");
        if (!wanted.isEmpty()) row.trailing = QString::number(found);
        rows.push_back(row);
    }
    search_->setCountText(
        wanted.isEmpty() ? QString() : tr("%n pages", nullptr, static_cast<int>(rows.size())));
    rows_->setRows(std::move(rows));
    if (rows_->rowCount() > 0 && rows_->find(shown_) < 0) list_->select(list_->firstRow());
    if (!shown_.isEmpty()) showPage(shown_);
}

void HelpView::showGuide(const QString& page_id)
{
    search_->clear();
    reload();
    const int row =
        rows_->find(page_id.isEmpty() ? QVariant(pages_.front().id) : QVariant(page_id));
    list_->select(rows_->index(std::max(0, row)));
    list_->setFocus(Qt::OtherFocusReason);
}

void HelpView::showKeys()
{
    showGuide(QStringLiteral("keys"));
}

void HelpView::showPage(const QString& id)
{
    for (const GuidePage& page : pages_) {
        if (page.id != id) continue;
        shown_ = id;
        text_->setMarkdown(page.markdown);
        keepColours();
        const QString wanted = search_->text().trimmed();
        if (!wanted.isEmpty()) text_->find(wanted);
    }
}

void HelpView::keepColours()
{
    QTextDocument* document = text_->document();
    document->setDefaultFont(theme::font(theme::Step::Reading));
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        cursor.select(QTextCursor::BlockUnderCursor);
        const int level = block.blockFormat().headingLevel();
        QTextBlockFormat format;
        format.setTopMargin(level > 1 ? 16 : 0);
        format.setBottomMargin(level > 0 ? 8 : block.textList() != nullptr ? 4 : 12);
        if (level == 0)
            format.setLineHeight(
                theme::lineHeight(theme::Step::Reading),
                QTextBlockFormat::MinimumHeight);
        cursor.mergeBlockFormat(format);
        if (level == 0) continue;
        QTextCharFormat heading;
        heading.setFont(theme::font(level == 1 ? theme::Step::Heading : theme::Step::Title));
        cursor.setCharFormat(heading); // merged, the reader's own size would stay
    }
    lightenBold(*document);
    for (QTextFrame* frame : document->rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (table == nullptr) continue;
        QTextTableFormat format = table->format();
        format.setBorder(0);
        format.setCellPadding(4);
        format.setCellSpacing(0);
        format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
        table->setFormat(format);
    }
    text_->moveCursor(QTextCursor::Start);
}

void HelpView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !shown_.isEmpty()) showPage(shown_);
    QWidget::changeEvent(event);
}

} // namespace ui
