// The evidence pane over a real library: pages read and drawn by the reader, no model.

#include "app/desktop/evidence_bridge.h"

#include "app/desktop/evidence_work.h"
#include "tests/app/desktop/evidence_fixture.h"
#include "tests/support/pdf_writer.h"
#include "ui/evidence/crop_view.h"
#include "ui/evidence/document_view.h"
#include "ui/evidence/evidence_pane.h"
#include "ui/evidence/page_view.h"
#include "ui/evidence/search_bar.h"
#include "ui/evidence/text_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"

#include <iostream>
#include <QFile>
#include <QLineEdit>
#include <QScrollBar>
#include <set>

namespace app::desktop {
namespace {

class EvidenceBridgeTest : public support::LibraryTest {
protected:
    void open(std::vector<std::filesystem::path> files)
    {
        ingest(std::move(files));
        openServices();
        pane_ = std::make_unique<ui::EvidencePane>();
        bridge_ = std::make_unique<EvidenceBridge>(*services_, *pane_, support::readerOptions());
        pane_->resize(392, 772);
        pane_->show();
    }
    void TearDown() override
    {
        bridge_.reset();
        pane_.reset();
        services_.reset();
    }
    /// The place of these words on a page, as a citation would name it.
    ui::Place placeOf(const std::string& words, int page)
    {
        const auto stored = library().page(sources_[0], page);
        EXPECT_TRUE(stored);
        const std::size_t begin = stored->text.find(words);
        EXPECT_NE(begin, std::string::npos) << words;
        ui::Place place;
        place.n = 1;
        place.session = session_;
        place.source = sources_[0];
        place.name = QStringLiteral("handbook.pdf");
        place.page = page;
        place.quote = QString::fromStdString(words);
        storage::Box box{1, 1, 0, 0};
        for (const storage::Word& word : stored->words) {
            if (word.end <= begin || word.begin >= begin + words.size()) continue;
            box = {
                std::min(box.x0, word.box.x0),
                std::min(box.y0, word.box.y0),
                std::max(box.x1, word.box.x1),
                std::max(box.y1, word.box.y1)};
        }
        place.boxes = {box};
        return place;
    }
    ui::PageView& view() { return pane_->document().pageView(); }
    bool drawn(int page)
    {
        const int width = view().boxInViewport(page, QRectF(0, 0, 1, 1)).width();
        return pane_->document().pages().hasPicture(page, width);
    }
    bool still()
    {
        const int before = view().verticalScrollBar()->value();
        QTest::qWait(60);
        return before == view().verticalScrollBar()->value();
    }
    std::filesystem::path longDocument(int pages)
    {
        support::PdfWriter pdf;
        for (int page = 1; page <= pages; ++page) {
            std::string content;
            for (int line = 0; line < 40; ++line)
                content += support::show(
                    "Line " + std::to_string(line) + " of page " + std::to_string(page) +
                        " tells of pumps, levels and doors.",
                    72,
                    760 - 17 * line);
            pdf.page(content);
        }
        return folder_.write("long.pdf", pdf.bytes());
    }

    std::unique_ptr<ui::EvidencePane> pane_;
    std::unique_ptr<EvidenceBridge> bridge_;
};

} // namespace

TEST_F(EvidenceBridgeTest, LightsTheStoredBoxOnTheDrawnPage)
{
    open({sample("handbook.pdf")});
    const ui::Place place = placeOf("The laser cutter costs 9 euros an hour", 2);
    pane_->show({{place}, 0});
    ASSERT_TRUE(waitFor([this] { return drawn(2) && !pane_->document().crop().isEmpty(); }));
    ASSERT_TRUE(waitFor([this] { return still(); }));
    QTest::qWait(250); // the edge has faded in

    EXPECT_EQ(view().currentPage(), 2);
    EXPECT_EQ(pane_->document().pages().count(), 3);
    const QRect box = view().boxInViewport(2, ui::rectOf(place.boxes[0]));
    ASSERT_TRUE(view().viewport()->rect().contains(box));
    const QImage shown = view().viewport()->grab().toImage();
    // Inside: yellow with the black of the words; beside it the paper is white.
    const QColor mark = ui::theme::color(ui::theme::Color::PaperMark);
    int yellow = 0, dark = 0;
    for (int x = box.left(); x <= box.right(); ++x) {
        for (int y = box.top(); y <= box.bottom(); ++y) {
            const QColor color = shown.pixelColor(x, y);
            yellow += color == mark;
            dark += color.lightness() < 110;
            EXPECT_LE(color.blue(), mark.blue()) << "not marked at " << x << "," << y;
        }
    }
    EXPECT_GT(yellow, box.width() * box.height() / 4);
    EXPECT_GT(dark, 30) << "the words of the quote are in the box";
    const QColor beside = shown.pixelColor(box.left() - 10, box.center().y());
    EXPECT_EQ(beside.blue(), beside.red()) << "grey of words or white of paper, not yellow";
}

TEST_F(EvidenceBridgeTest, TheCropHoldsTheQuotesBoxAtAReadableSize)
{
    open({sample("handbook.pdf")});
    const ui::Place place = placeOf("The laser cutter costs 9 euros an hour", 2);
    pane_->show({{place}, 0});
    ui::CropView& crop = pane_->document().crop();
    ASSERT_TRUE(waitFor([&] { return !crop.isEmpty() && pane_->document().pages().text(2); }));
    const QRectF box = ui::rectOf(place.boxes[0]);
    EXPECT_TRUE(crop.region().part.contains(box));
    EXPECT_TRUE(crop.rect().contains(crop.boxInWidget(box)));
    EXPECT_GE(crop.boxInWidget(box).height(), view().boxInViewport(2, box).height());
    const int width = qRound(pane_->document().pages().sizePt(2).width() * crop.region().px_per_pt);
    ASSERT_TRUE(waitFor([&] { return pane_->document().pages().hasPicture(2, width); }));
}

TEST_F(EvidenceBridgeTest, SelectedTextIsTheStoredText)
{
    open({sample("handbook.pdf")});
    pane_->show({{placeOf("9 euros", 2)}, 0});
    ASSERT_TRUE(waitFor([this] { return pane_->document().pages().text(2) != nullptr; }));
    auto& selection = view().selection();
    const auto text = pane_->document().pages().text(2);
    const auto stored = library().page(sources_[0], 2);
    ASSERT_EQ(text->words.size(), stored->words.size());
    selection.start({2, 3});
    selection.extend({2, 30});
    const auto& first = stored->words[3];
    const auto& last = stored->words[30];
    EXPECT_EQ(
        selection.text().toStdString(),
        stored->text.substr(first.begin, last.end - first.begin));
}

TEST_F(EvidenceBridgeTest, FindsWordsInAllPages)
{
    open({sample("handbook.pdf")});
    pane_->show({{placeOf("9 euros", 2)}, 0});
    ASSERT_TRUE(waitFor([this] { return drawn(2); }));
    pane_->openSearch();
    auto* field = pane_->document().searchBar().findChild<QLineEdit*>();
    field->setText(QStringLiteral("LASER  cutter"));
    QTest::keyClick(field, Qt::Key_Return);
    ASSERT_TRUE(waitFor([this] { return pane_->document().currentHit() >= 0; }));

    std::vector<ui::TextHit> hits;
    findInSource(
        library(),
        sources_[0],
        3,
        QStringLiteral("LASER  cutter"),
        {},
        [&](const auto& found, bool) { hits = found; });
    ASSERT_GE(hits.size(), 2U);
    for (const ui::TextHit& hit : hits) {
        const auto text = readText(library(), sources_[0], hit.page);
        EXPECT_EQ(
            text->text.mid(hit.begin, hit.end - hit.begin).toLower().simplified(),
            QStringLiteral("laser cutter"));
        EXPECT_FALSE(hit.boxes.empty());
    }
    EXPECT_EQ(view().currentPage(), 2);
}

TEST_F(EvidenceBridgeTest, SaysThatTheFileWasDeletedAndShowsTheStoredCopy)
{
    const auto file = folder_.path() / "mine.pdf";
    std::filesystem::copy_file(sample("handbook.pdf"), file);
    open({file});
    std::filesystem::remove(file);
    pane_->show({{placeOf("9 euros", 2)}, 0});
    ASSERT_TRUE(waitFor([this] { return drawn(2); }));
    auto* banner = pane_->findChild<ui::Banner*>();
    EXPECT_TRUE(banner->isVisible());
    EXPECT_EQ(
        banner->sentence(),
        QStringLiteral("mine.pdf was moved or deleted. The stored copy is shown."));
}

TEST_F(EvidenceBridgeTest, SaysThatTheFileWasChangedThoughItsSizeIsTheSame)
{
    const auto file = folder_.write("notes.txt", "The limit is 50 dB.\n");
    open({file});
    folder_.write("notes.txt", "The limit is 60 dB.\n");
    ui::Place place = placeOf("The limit is 50 dB.", 1);
    place.kind = ui::PlaceKind::Text;
    pane_->show({{place}, 0});
    auto* banner = pane_->findChild<ui::Banner*>();
    ASSERT_TRUE(waitFor([&] { return banner->isVisible(); }));
    EXPECT_EQ(
        banner->sentence(),
        QStringLiteral("notes.txt was changed after it was read. The stored copy is shown."));
    ui::TextView& text = pane_->document().textView();
    ASSERT_TRUE(waitFor([&] { return text.litLines() == std::pair{1, 1}; }));
    EXPECT_TRUE(text.toPlainText().contains(QStringLiteral("50 dB")));
}

TEST_F(EvidenceBridgeTest, OtherProgramsGetAReadOnlyCopyUnderTheFilesName)
{
    open({sample("handbook.pdf")});
    const auto copy = placeCopy(library(), sources_[0], folder_ / "copies");
    ASSERT_TRUE(copy) << copy.error().message;
    EXPECT_EQ(copy->filename(), "handbook.pdf");
    EXPECT_EQ(
        std::filesystem::file_size(*copy),
        std::filesystem::file_size(sample("handbook.pdf")));
    EXPECT_EQ(
        std::filesystem::status(*copy).permissions() & std::filesystem::perms::owner_write,
        std::filesystem::perms::none);
}

TEST_F(EvidenceBridgeTest, APageOfALongDocumentIsSeenSoonAfterAJump)
{
    open({longDocument(500)});
    pane_->showSource(session_, sources_[0], ui::PlaceKind::Page, QStringLiteral("long.pdf"));
    ASSERT_TRUE(waitFor([this] { return drawn(1); }));
    ASSERT_EQ(pane_->document().pages().count(), 500);
    std::vector<qint64> times_ms;
    for (const int page : {400, 37, 251, 499, 120, 333, 60, 480, 199}) {
        QTest::qWait(150); // what was wished for around the last page comes to an end
        QElapsedTimer since;
        since.start();
        view().goToPage(page);
        ASSERT_TRUE(waitFor([&] { return drawn(page); }));
        times_ms.push_back(since.elapsed());
    }
    std::sort(times_ms.begin(), times_ms.end());
    std::cout << "page of 500 seen after a jump: median " << times_ms[times_ms.size() / 2]
              << " ms, most " << times_ms.back() << " ms\n";
    // Where others work on the same processor, only the median says something about us.
    EXPECT_LE(times_ms[times_ms.size() / 2], 150);
}

} // namespace app::desktop
