#include "tests/ui/theme/probe.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/toast.h"

#include <QEnterEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

class FloatingTest : public theme::Look {
protected:
    FloatingTest() : opener_(new QPushButton(words("Open"), &window_))
    {
        window_.resize(800, 600);
        opener_->setGeometry(300, 200, 80, 28);
        window_.show();
        window_.activateWindow();
        QApplication::processEvents();
        opener_->setFocus(Qt::TabFocusReason);
    }
    static void press(QWidget* widget, QPoint at)
    {
        QMouseEvent event(
            QEvent::MouseButtonPress,
            at,
            widget->mapToGlobal(at),
            Qt::LeftButton,
            Qt::LeftButton,
            {});
        QApplication::sendEvent(widget, &event);
    }
    static void press(QWidget* widget, int key)
    {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(widget, &event);
    }

    QWidget window_;
    QPushButton* opener_;
};

/// The timer of a toast comes to its end, without waiting for it.
void endTimer(Toast* toast)
{
    auto* timer = toast->findChild<QTimer*>();
    ASSERT_TRUE(timer);
    if (timer->isActive()) QMetaObject::invokeMethod(timer, "timeout", Qt::DirectConnection);
}

TEST_F(FloatingTest, ToastStandsAtTheBottomLeftForSixSeconds)
{
    ToastHost host(&window_);
    int settled = 0;
    QObject::connect(&host, &ToastHost::settled, [&] { ++settled; });
    host.show(words("Deleted “Pump curves”"), true, words("trash-2"));
    Toast* toast = host.current();
    ASSERT_TRUE(toast);
    EXPECT_EQ(toast->findChild<QTimer*>()->interval(), 6000);
    EXPECT_TRUE(toast->findChild<QTimer*>()->isActive());
    EXPECT_LT(toast->x(), 20);
    EXPECT_GT(toast->geometry().bottom(), 560);
    endTimer(toast);
    EXPECT_FALSE(host.current());
    EXPECT_EQ(settled, 1);
    EXPECT_FALSE(host.undo());
}

TEST_F(FloatingTest, ToastStaysWhileThePointerIsOverIt)
{
    ToastHost host(&window_);
    host.show(words("Deleted"), true);
    Toast* toast = host.current();
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QApplication::sendEvent(toast, &enter);
    EXPECT_FALSE(toast->findChild<QTimer*>()->isActive());
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(toast, &leave);
    EXPECT_TRUE(toast->findChild<QTimer*>()->isActive());
}

TEST_F(FloatingTest, ToastStaysWhileItsButtonHasTheFocus)
{
    ToastHost host(&window_);
    host.show(words("Deleted"), true);
    Toast* toast = host.current();
    toast->findChild<QPushButton*>()->setFocus(Qt::TabFocusReason);
    QApplication::processEvents();
    EXPECT_FALSE(toast->findChild<QTimer*>()->isActive());
    opener_->setFocus(Qt::TabFocusReason);
    QApplication::processEvents();
    EXPECT_TRUE(toast->findChild<QTimer*>()->isActive());
}

TEST_F(FloatingTest, UndoIsHeardOnceAndANewToastSettlesTheOld)
{
    ToastHost host(&window_);
    int undone = 0;
    int settled = 0;
    QObject::connect(&host, &ToastHost::undone, [&] { ++undone; });
    QObject::connect(&host, &ToastHost::settled, [&] { ++settled; });
    host.show(words("Deleted"), true);
    host.current()->findChild<QPushButton*>()->click();
    EXPECT_EQ(undone, 1);
    EXPECT_EQ(settled, 0);
    host.show(words("Moved"), true);
    host.show(words("Copied"), false);
    EXPECT_EQ(settled, 1);
    EXPECT_FALSE(host.undo());
}

TEST_F(FloatingTest, OverlayTakesTheFocusAndGivesItBack)
{
    OverlayPanel overlay(&window_);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    auto* first = new QLineEdit;
    auto* second = new QPushButton(words("Ask"));
    column->addWidget(first);
    column->addWidget(second);
    overlay.setContent(content);
    int closed = 0;
    QObject::connect(&overlay, &OverlayPanel::closed, [&] { ++closed; });
    overlay.open();
    QApplication::processEvents();
    EXPECT_EQ(QApplication::focusWidget(), first);
    EXPECT_EQ(overlay.size(), window_.size());
    EXPECT_EQ(overlay.panelRect().width(), 640);
    EXPECT_NEAR(overlay.panelRect().center().x(), 400, 1);
    // Tab stays inside.
    second->setFocus(Qt::TabFocusReason);
    press(second, Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), first);
    press(first, Qt::Key_Escape);
    EXPECT_FALSE(overlay.isOpen());
    EXPECT_EQ(closed, 1);
    EXPECT_EQ(QApplication::focusWidget(), opener_);
}

TEST_F(FloatingTest, AClickOnTheVeilClosesTheOverlay)
{
    OverlayPanel overlay(&window_);
    overlay.setContent(new QLineEdit);
    overlay.open();
    press(&overlay, overlay.panelRect().center());
    EXPECT_TRUE(overlay.isOpen());
    press(&overlay, QPoint(4, 590));
    EXPECT_FALSE(overlay.isOpen());
}

TEST_F(FloatingTest, OverlayStaysInsideASmallWindow)
{
    window_.resize(500, 300);
    OverlayPanel overlay(&window_);
    auto* content = new QWidget;
    content->setMinimumHeight(900);
    overlay.setContent(content);
    overlay.open();
    EXPECT_TRUE(window_.rect().contains(overlay.panelRect()));
    window_.resize(900, 700);
    QApplication::processEvents();
    EXPECT_EQ(overlay.size(), window_.size());
}

TEST_F(FloatingTest, PopupStandsBelowItsOpenerOrAboveIt)
{
    Popup popup(&window_);
    auto* content = new QWidget;
    content->setFixedSize(200, 100);
    popup.setContent(content);
    popup.openAt(opener_);
    const auto top = [&] { return content->mapTo(&window_, QPoint(0, 0)).y(); };
    QApplication::processEvents();
    EXPECT_GE(top(), opener_->geometry().bottom());
    popup.close();
    EXPECT_EQ(QApplication::focusWidget(), opener_);
    opener_->move(300, 570);
    popup.openAt(opener_);
    QApplication::processEvents();
    EXPECT_LE(top() + 100, opener_->y());
}

TEST_F(FloatingTest, TabStaysInsideAPopupWithControls)
{
    Popup popup(&window_);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    auto* first = new QPushButton(words("First"));
    auto* last = new QPushButton(words("Last"));
    column->addWidget(first);
    column->addWidget(last);
    popup.setContent(content);
    popup.openAt(opener_);
    first->setFocus();
    press(first, Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), last);
    press(last, Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), first);
    press(first, Qt::Key_Backtab);
    EXPECT_EQ(QApplication::focusWidget(), last);
    EXPECT_TRUE(popup.isVisible());

    // What only tells something is left, and closes.
    popup.setContent(new QLabel(words("Nothing is being read")));
    popup.setFocus();
    press(&popup, Qt::Key_Tab);
    EXPECT_FALSE(popup.isVisible());
}

TEST_F(FloatingTest, PopupClosesWithEscapeAndWithAClickElsewhere)
{
    Popup popup(&window_);
    popup.setContent(new QPushButton(words("Inside")));
    int closed = 0;
    QObject::connect(&popup, &Popup::closed, [&] { ++closed; });
    popup.openAt(opener_);
    press(&popup, Qt::Key_Escape);
    EXPECT_FALSE(popup.isVisible());
    EXPECT_EQ(QApplication::focusWidget(), opener_);
    popup.openAt(opener_);
    press(&window_, QPoint(790, 10));
    EXPECT_FALSE(popup.isVisible());
    EXPECT_EQ(closed, 2);
}

} // namespace
} // namespace ui
