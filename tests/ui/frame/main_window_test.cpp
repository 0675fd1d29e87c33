#include "ui/frame/columns.h"
#include "ui/frame/main_window.h"
#include "ui/frame/rail.h"
#include "ui/frame/status_bar.h"
#include "ui/frame/view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/overlay.h"

#include <gtest/gtest.h>
#include <QApplication>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScreen>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kLine_px = 1; // between two columns; the design counts it to the outer one

/// A view with a list, a header and one field, that counts what the window tells it.
class PlainView : public View {
public:
    explicit PlainView(bool has_list)
    {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(new HeaderBar("Name", this));
        field_ = new QLineEdit(this);
        column->addWidget(field_);
        column->addStretch(1);
        if (!has_list) return;
        list_ = new QWidget;
        auto* rows = new QVBoxLayout(list_);
        rows->addWidget(new QLineEdit(list_));
    }
    QWidget* listPane() override { return list_; }
    void activate() override
    {
        ++activated;
        field_->setFocus();
    }
    void leave() override { ++left; }
    void updateActions(Actions& actions) override
    {
        actions.onTriggered("edit.undo", this, [this] { ++undone; });
    }
    bool escape() override
    {
        ++escaped;
        return true;
    }

    int activated = 0;
    int left = 0;
    int undone = 0;
    int escaped = 0;

private:
    QLineEdit* field_;
    QWidget* list_ = nullptr;
};

class MainWindowTest : public testing::Test {
protected:
    MainWindowTest()
    {
        ask_ = new PlainView(true);
        models_ = new PlainView(false);
        window_.addView(kAskView, "Ask", "message-square-text", ask_);
        window_.addView(kModelsView, "Models", "box", models_);
        evidence_ = new QWidget;
        window_.setEvidence(evidence_);
    }
    void show(int width, int height)
    {
        window_.resize(width, height);
        window_.show();
        window_.showView(kAskView);
        QApplication::processEvents();
    }
    QWidget* list() { return window_.columns().listHolder(); }
    QWidget* centre() { return window_.columns().centreHolder(); }

    MainWindow window_;
    PlainView* ask_ = nullptr;
    PlainView* models_ = nullptr;
    QWidget* evidence_ = nullptr;
};

TEST_F(MainWindowTest, ColumnsHaveTheMeasuresOfTheDesign)
{
    show(1280, 800);
    window_.openEvidence();
    QApplication::processEvents();

    EXPECT_EQ(window_.rail().width(), 64);
    EXPECT_EQ(list()->width() + kLine_px, 240);
    EXPECT_EQ(evidence_->width() + kLine_px, 392);
    EXPECT_EQ(centre()->width(), 1280 - 64 - 240 - 392);
    EXPECT_EQ(window_.status().height(), 28);
    EXPECT_EQ(window_.status().mapTo(&window_, QPoint(0, 28)).y(), 800);
}

TEST_F(MainWindowTest, TheKeyOfAViewEndsWhatLiesOverIt)
{
    show(1280, 800);
    OverlayPanel guide(&window_);
    guide.setContent(new QLineEdit);
    guide.open();
    ASSERT_TRUE(guide.isOpen());
    window_.actions()["view.ask"]->trigger(); // the view that is shown already
    EXPECT_FALSE(guide.isOpen());
    EXPECT_TRUE(ask_->isAncestorOf(QApplication::focusWidget()));
}

TEST_F(MainWindowTest, InANarrowWindowTheListFloatsAndTheRestHasRoom)
{
    show(1000, 640);
    window_.openEvidence();
    QApplication::processEvents();

    EXPECT_FALSE(list()->isVisible());
    EXPECT_GE(evidence_->width(), 320);
    EXPECT_LE(evidence_->width(), 352);
    EXPECT_GE(centre()->width(), 520);

    window_.actions()["pane.list"]->trigger();
    EXPECT_TRUE(list()->isVisible());
    EXPECT_GE(centre()->width(), 520) << "it lies over the centre and takes nothing from it";
    window_.actions()["pane.list"]->trigger();
    EXPECT_FALSE(list()->isVisible());

    window_.resize(1280, 800);
    QApplication::processEvents();
    EXPECT_TRUE(list()->isVisible());
    EXPECT_EQ(list()->width() + kLine_px, 240);
}

TEST_F(MainWindowTest, InAWideWindowListAndEvidenceTakeTheirShare)
{
    show(1600, 900);
    window_.openEvidence();
    QApplication::processEvents();
    EXPECT_EQ(list()->width() + kLine_px, 240);
    EXPECT_EQ(evidence_->width() + kLine_px, 392);

    window_.resize(1760, 900);
    QApplication::processEvents();
    EXPECT_EQ(list()->width() + kLine_px, 280);
    EXPECT_EQ(evidence_->width() + kLine_px, 472);

    window_.resize(3840, 2100);
    QApplication::processEvents();
    EXPECT_NEAR(list()->width(), 320, 1);
    EXPECT_NEAR(evidence_->width(), 560, 1);
}

TEST_F(MainWindowTest, EvidenceIsKeptForEachView)
{
    show(1280, 800);
    window_.openEvidence();
    window_.showView(kModelsView);
    EXPECT_FALSE(evidence_->isVisible());
    window_.showView(kAskView);
    EXPECT_TRUE(evidence_->isVisible());
    EXPECT_EQ(models_->left, 1);
    EXPECT_GE(ask_->activated, 2);
}

TEST_F(MainWindowTest, AnActionOfAViewWorksOnlyWhileItIsInFront)
{
    show(1280, 800);
    QAction* undo = window_.actions()["edit.undo"];
    undo->trigger();
    EXPECT_EQ(ask_->undone, 1);
    window_.showView(kModelsView);
    undo->trigger();
    EXPECT_EQ(ask_->undone, 1);
    EXPECT_EQ(models_->undone, 1);
    EXPECT_FALSE(window_.actions()["session.delete"]->isEnabled());
}

TEST_F(MainWindowTest, PanesAreReachedInTheirOrder)
{
    show(1280, 800);
    window_.activateWindow();
    ask_->activate();
    window_.actions()["pane.next"]->trigger(); // no control in the evidence: the status bar
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    EXPECT_TRUE(window_.status().isAncestorOf(QApplication::focusWidget()));
    window_.actions()["pane.next"]->trigger();
    EXPECT_TRUE(window_.rail().isAncestorOf(QApplication::focusWidget()));
    window_.actions()["pane.next"]->trigger();
    EXPECT_TRUE(list()->isAncestorOf(QApplication::focusWidget()));
    window_.actions()["pane.previous"]->trigger();
    EXPECT_TRUE(window_.rail().isAncestorOf(QApplication::focusWidget()));
}

TEST_F(MainWindowTest, GeometryComesBackButNeverOffTheScreen)
{
    show(1280, 800);
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    QJsonObject state = window_.saveState();
    state["x"] = screen.right() + 4000;
    state["y"] = screen.bottom() + 4000;
    MainWindow second;
    auto* view = new PlainView(true);
    second.addView(kAskView, "Ask", "message-square-text", view);
    second.restoreState(state);
    second.show();
    EXPECT_TRUE(screen.intersects(second.geometry()));
    EXPECT_EQ(second.currentView(), kAskView);
}

} // namespace
} // namespace ui
