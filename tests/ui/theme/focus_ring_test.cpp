#include "tests/ui/theme/probe.h"

#include <QAbstractScrollArea>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui::theme {
namespace {

class FocusRingTest : public Look {
protected:
    FocusRingTest()
    {
        auto* column = new QVBoxLayout(&window_);
        first_ = new QPushButton(QStringLiteral("First"));
        field_ = new QLineEdit;
        column->addWidget(first_);
        column->addWidget(field_);
        window_.resize(200, 200);
        window_.show();
        window_.activateWindow();
        QApplication::processEvents();
        window_.setFocusPolicy(Qt::StrongFocus);
        window_.setFocus(Qt::MouseFocusReason);
    }
    QWidget* ring() const
    {
        auto* found = window_.findChild<QWidget*>(QStringLiteral("focus_ring"));
        return found && found->isVisible() ? found : nullptr;
    }
    void press(QWidget* widget)
    {
        QMouseEvent event(
            QEvent::MouseButtonPress,
            QPointF(2, 2),
            QPointF(2, 2),
            Qt::LeftButton,
            Qt::LeftButton,
            {});
        QApplication::sendEvent(widget, &event);
    }

    QWidget window_;
    QPushButton* first_;
    QLineEdit* field_;
};

TEST_F(FocusRingTest, SurroundsWhatTabReached)
{
    first_->setFocus(Qt::TabFocusReason);
    ASSERT_TRUE(ring());
    EXPECT_EQ(ring()->geometry(), first_->geometry().adjusted(-3, -3, 3, 3));
    first_->move(first_->pos() + QPoint(0, 20));
    EXPECT_EQ(ring()->geometry(), first_->geometry().adjusted(-3, -3, 3, 3));
    first_->hide(); // the focus goes on to the field
    ASSERT_TRUE(ring());
    EXPECT_EQ(ring()->geometry(), field_->geometry().adjusted(-3, -3, 3, 3));
    field_->hide();
    EXPECT_FALSE(ring());
}

TEST_F(FocusRingTest, IsNotShownForThePointer)
{
    press(first_);
    first_->setFocus(Qt::MouseFocusReason);
    EXPECT_FALSE(ring());
}

TEST_F(FocusRingTest, TextFieldsShowItAlways)
{
    press(field_);
    field_->setFocus(Qt::MouseFocusReason);
    EXPECT_TRUE(ring());
}

TEST_F(FocusRingTest, GoesAroundTheFrameThatWasNamed)
{
    setFocusFrame(field_, &window_);
    field_->setFocus(Qt::TabFocusReason);
    EXPECT_FALSE(ring()) << "a window is not ringed";
    setFocusFrame(field_, first_);
    first_->setFocus(Qt::TabFocusReason);
    field_->setFocus(Qt::TabFocusReason);
    ASSERT_TRUE(ring());
    EXPECT_EQ(ring()->geometry(), first_->geometry().adjusted(-3, -3, 3, 3));
}

TEST_F(FocusRingTest, IsCutByTheScrollAreaAroundTheControl)
{
    auto* area = new QScrollArea;
    auto* content = new QWidget;
    auto* inside = new QPushButton(QStringLiteral("Inside"), content);
    inside->setGeometry(4, 400, 80, 28);
    content->resize(100, 600);
    area->setWidget(content);
    window_.layout()->addWidget(area);
    area->show();
    QApplication::processEvents();
    inside->setFocus(Qt::TabFocusReason);
    ASSERT_TRUE(ring());
    EXPECT_TRUE(ring()->mask().isEmpty() || !ring()->visibleRegion().intersects(QRect(0, 0, 1, 1)));
}

} // namespace
} // namespace ui::theme
