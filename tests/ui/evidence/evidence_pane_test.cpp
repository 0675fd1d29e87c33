#include "ui/evidence/evidence_pane.h"

#include "tests/ui/evidence/pages.h"
#include "ui/evidence/document_view.h"
#include "ui/evidence/page_view.h"
#include "ui/evidence/player_view.h"
#include "ui/evidence/search_bar.h"
#include "ui/frame/actions.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/header_bar.h"

#include <gtest/gtest.h>
#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QTest>

using ui::EvidencePane;
using ui::Place;
using ui::PlaceKind;

namespace {

Place pagePlace(int n, int page)
{
    Place place;
    place.n = n;
    place.session = 3;
    place.source = 1;
    place.name = QStringLiteral("Offer B, technical.pdf");
    place.page = page;
    place.boxes = {{0.1f, 0.2f, 0.6f, 0.22f}};
    place.quote = QStringLiteral("R1 Property line, north");
    return place;
}

class EvidencePaneTest : public testing::Test {
protected:
    void SetUp() override
    {
        support::answerPictures(pane_.document().pages());
        pane_.resize(392, 772);
        pane_.show();
        QObject::connect(&pane_, &EvidencePane::sourceWanted, &pane_, [this](auto source) {
            wanted_.push_back(source);
        });
        QObject::connect(&pane_, &EvidencePane::shownPlaceChanged, &pane_, [this](const Place& at) {
            shown_.push_back(at.n);
        });
    }
    ui::EvidenceSource document(storage::SourceId id = 1)
    {
        ui::EvidenceSource source;
        source.id = id;
        source.name = QStringLiteral("Offer B, technical.pdf");
        source.pages = 38;
        return source;
    }
    QString subtitle() { return pane_.findChild<ui::HeaderBar*>()->subtitle(); }
    QAbstractButton* button(const QString& words)
    {
        for (auto* button : pane_.findChildren<QAbstractButton*>())
            if (button->isVisible() &&
                (button->text() == words || button->accessibleName() == words))
                return button;
        return nullptr;
    }

    EvidencePane pane_;
    std::vector<storage::SourceId> wanted_;
    std::vector<int> shown_;
};

} // namespace

TEST_F(EvidencePaneTest, ShowsAPlaceAndGoesToTheNext)
{
    pane_.show({{pagePlace(1, 17), pagePlace(2, 9)}, 0});
    EXPECT_EQ(wanted_, std::vector<storage::SourceId>{1});
    pane_.setSource(document(), support::kA4_pt);
    EXPECT_EQ(subtitle(), QStringLiteral("Page 17 of 38 · citation 1 of 2"));
    EXPECT_EQ(pane_.document().currentPage(), 17);

    ASSERT_NE(button(QStringLiteral("Next citation")), nullptr);
    button(QStringLiteral("Next citation"))->click();
    EXPECT_EQ(subtitle(), QStringLiteral("Page 9 of 38 · citation 2 of 2"));
    EXPECT_EQ(wanted_.size(), 1U) << "the same source is not opened twice";
    button(QStringLiteral("Next citation"))->click();
    EXPECT_EQ(shown_, (std::vector<int>{1, 2, 1})) << "around the end";
}

TEST_F(EvidencePaneTest, AnAnswerAboutAnEarlierSourceIsDropped)
{
    pane_.show({{pagePlace(1, 17)}, 0});
    Place other = pagePlace(2, 3);
    other.source = 2;
    other.name = QStringLiteral("Offer A.pdf");
    pane_.show({{other}, 0});
    pane_.setSource(document(1), support::kA4_pt);
    EXPECT_EQ(subtitle(), QStringLiteral("Page 3 · citation 1 of 1"));
    pane_.setSourceFailed(1, QStringLiteral("gone"));
    pane_.setSource(document(2), support::kA4_pt);
    EXPECT_EQ(subtitle(), QStringLiteral("Page 3 of 38 · citation 1 of 1"));
}

TEST_F(EvidencePaneTest, SaysThatTheFileIsGone)
{
    pane_.show({{pagePlace(1, 17)}, 0});
    auto source = document();
    source.note = QStringLiteral("Offer B was moved or deleted. The stored copy is shown.");
    pane_.setSource(source, support::kA4_pt);
    auto* banner = pane_.findChild<ui::Banner*>();
    ASSERT_NE(banner, nullptr);
    EXPECT_TRUE(banner->isVisible());
    EXPECT_EQ(banner->sentence(), source.note);
}

TEST_F(EvidencePaneTest, CopiesTheQuoteAndAsksAboutIt)
{
    pane_.show({{pagePlace(1, 17)}, 0});
    pane_.setSource(document(), support::kA4_pt);
    button(QStringLiteral("Copy quote"))->click();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("R1 Property line, north"));
    QString asked;
    QObject::connect(
        &pane_,
        &EvidencePane::askAbout,
        &pane_,
        [&](auto session, const QString& text) {
            EXPECT_EQ(session, 3);
            asked = text;
        });
    button(QStringLiteral("Ask"))->click();
    EXPECT_EQ(
        asked,
        QStringLiteral("About “R1 Property line, north” (Offer B, technical.pdf, p. 17): "));
}

TEST_F(EvidencePaneTest, AnUnlocatedQuoteMarksNothingAndSaysSo)
{
    Place place = pagePlace(1, 17);
    place.located = false;
    pane_.show({{place}, 0});
    pane_.setSource(document(), support::kA4_pt);
    EXPECT_TRUE(subtitle().endsWith(QStringLiteral("place not found")));
    EXPECT_EQ(pane_.document().pageView().accessibleWords(), QStringLiteral("Page 17 of 38"));
}

TEST_F(EvidencePaneTest, SoundGoesToThePlayerAndStopsWhenThePaneCloses)
{
    Place sound;
    sound.n = 5;
    sound.source = 8;
    sound.kind = PlaceKind::Sound;
    sound.name = QStringLiteral("Site walk.mp4");
    sound.start_s = 412;
    sound.end_s = 418;
    bool paused = false, played = false;
    QObject::connect(&pane_.player(), &ui::PlayerView::pauseWanted, &pane_, [&] { paused = true; });
    QObject::connect(&pane_.player(), &ui::PlayerView::playWanted, &pane_, [&] { played = true; });
    pane_.show({{pagePlace(1, 17), sound}, 1});
    ui::EvidenceSource source;
    source.id = 8;
    source.kind = PlaceKind::Sound;
    source.duration_s = 1122;
    pane_.setSource(source, {});
    EXPECT_TRUE(pane_.player().isVisible());
    EXPECT_TRUE(played);
    EXPECT_EQ(subtitle(), QStringLiteral("06:52 of 18:42 · citation 2 of 2"));
    bool closed = false;
    QObject::connect(&pane_, &EvidencePane::closed, &pane_, [&] { closed = true; });
    button(QStringLiteral("Close evidence (Ctrl+E)"))->click();
    EXPECT_TRUE(paused);
    EXPECT_TRUE(closed);
}

TEST_F(EvidencePaneTest, EveryControlHasAName)
{
    pane_.show({{pagePlace(1, 17), pagePlace(2, 9)}, 0});
    pane_.setSource(document(), support::kA4_pt);
    for (QWidget* widget : pane_.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()) continue;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(spoken, nullptr);
        EXPECT_FALSE(spoken->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << " " << widget->objectName().toStdString();
    }
}

TEST_F(EvidencePaneTest, ActionsFitWhatIsShown)
{
    QWidget window;
    ui::Actions actions(&window);
    for (const char* name :
         {"source.open", "page.zoomIn", "page.zoomOut", "page.fit", "page.thumbnails"})
        actions.add(QLatin1String(name), ui::Menu::Evidence, QLatin1String(name));
    for (const char* name : {"player.play", "player.back", "player.forward"})
        actions.add(QLatin1String(name), ui::Menu::Evidence, QLatin1String(name));
    pane_.show({{pagePlace(1, 17)}, 0});
    pane_.updateActions(actions); // nothing is there yet: nothing is bound, and nothing missing
    pane_.setSource(document(), support::kA4_pt);
    pane_.updateActions(actions);
    const double before = pane_.document().pageView().zoom();
    actions[QStringLiteral("page.zoomIn")]->trigger();
    EXPECT_GT(pane_.document().pageView().zoom(), before);

    Place sound = pagePlace(2, 0);
    sound.kind = PlaceKind::Sound;
    sound.source = 8;
    sound.start_s = 10;
    pane_.show({{sound}, 0});
    ui::EvidenceSource source;
    source.id = 8;
    source.kind = PlaceKind::Sound;
    source.duration_s = 60;
    pane_.setSource(source, {});
    actions.beginUpdate();
    pane_.updateActions(actions);
    actions[QStringLiteral("player.forward")]->trigger();
    EXPECT_EQ(pane_.player().position(), 15);
}

TEST_F(EvidencePaneTest, EscClosesSearchFromAnywhereInThePane)
{
    pane_.show({{pagePlace(1, 17)}, 0});
    EXPECT_FALSE(pane_.canSearch());
    pane_.setSource(document(), QSizeF(595, 842));
    EXPECT_TRUE(pane_.canSearch());
    pane_.openSearch();
    auto* field = pane_.findChild<ui::SearchBar*>();
    ASSERT_NE(field, nullptr);
    EXPECT_TRUE(field->isVisible());
    QTest::keyClick(&pane_, Qt::Key_Escape);
    EXPECT_FALSE(field->isVisible());
}

TEST_F(EvidencePaneTest, TheFocusWaitsWhileASourceIsOpened)
{
    pane_.show({{pagePlace(1, 17)}, 0});
    pane_.setSource(document(), support::kA4_pt);
    pane_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&pane_));
    pane_.document().pageView().setFocus();
    Place other = pagePlace(2, 3);
    other.source = 2;
    pane_.show({{other}, 0});
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    EXPECT_TRUE(QApplication::focusWidget()->isVisible());
    pane_.setSource(document(2), support::kA4_pt);
    EXPECT_EQ(QApplication::focusWidget(), &pane_.document().pageView());
}
