#include "ui/help/help_view.h"

#include "tests/ui/pictures.h"
#include "ui/frame/actions.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"

#include <gmock/gmock.h>
#include <QRegularExpression>
#include <QTextBrowser>

namespace ui {
namespace {

class HelpViewTest : public testing::Test {
protected:
    HelpViewTest()
    {
        theme::apply(theme::Appearance::Light);
        addAllActions(actions_);
        view_ = std::make_unique<HelpView>(actions_);
        view_->resize(860, 560);
        view_->show();
    }
    QWidget window_;
    Actions actions_{&window_};
    std::unique_ptr<HelpView> view_;
};

TEST_F(HelpViewTest, EveryPageHasATitleAndNamesOnlyActionsThatExist)
{
    const auto pages = guidePages();
    ASSERT_GE(pages.size(), 8u);
    for (const GuidePage& page : pages) {
        EXPECT_FALSE(page.title.isEmpty()) << page.id.toStdString();
        // An unknown name stops the program.
        EXPECT_FALSE(withKeys(page.markdown, actions_).contains("{{"));
        static const QRegularExpression link(QStringLiteral(R"(\]\(([^)]+)\))"));
        auto links = link.globalMatch(page.markdown);
        while (links.hasNext()) {
            const QString id = links.next().captured(1);
            EXPECT_TRUE(
                std::any_of(pages.begin(), pages.end(), [&](const auto& p) { return p.id == id; }));
        }
    }
}

TEST_F(HelpViewTest, KeysAreThoseOfNow)
{
    EXPECT_TRUE(keysPage(actions_).markdown.contains("Ctrl+N"));
    actions_.setKeys({{"session.new", QKeySequence("Ctrl+Alt+N")}});
    EXPECT_TRUE(keysPage(actions_).markdown.contains("Ctrl+Alt+N"));
    EXPECT_EQ(withKeys("Press {{session.new}}.", actions_), "Press **Ctrl+Alt+N**.");
    for (const auto& entry : actions_.entries()) {
        QString text = entry.action->text();
        EXPECT_TRUE(keysPage(actions_).markdown.contains(text.remove(u'&'))) << text.toStdString();
    }
}

TEST_F(HelpViewTest, SearchLeavesThePagesWithTheWord)
{
    auto* list = view_->findChild<SectionedList*>();
    const int all = list->model()->rowCount();
    view_->findChild<SearchField*>()->setText("stick");
    EXPECT_GT(list->model()->rowCount(), 0);
    EXPECT_LT(list->model()->rowCount(), all);
    EXPECT_TRUE(view_->findChild<QTextBrowser*>()->textCursor().hasSelection());
    view_->showGuide();
    EXPECT_EQ(list->model()->rowCount(), all);
}

TEST_F(HelpViewTest, BothDoorsOpenTheirPage)
{
    auto* text = view_->findChild<QTextBrowser*>();
    view_->showGuide();
    EXPECT_TRUE(text->toPlainText().startsWith("A first answer"))
        << text->toPlainText().left(40).toStdString();
    ui_test::takePictures(*view_, "help", {{860, 560}});
    view_->showKeys();
    EXPECT_TRUE(text->toPlainText().startsWith("All keys"));
    ui_test::takePictures(*view_, "help-keys", {{860, 560}});
    EXPECT_THAT(ui_test::namelessControls(*view_), testing::IsEmpty());
}

} // namespace
} // namespace ui
