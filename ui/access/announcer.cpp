#include "ui/access/announcer.h"

#include <chrono>
#include <QApplication>
#include <QTimer>

namespace ui {
namespace {

constexpr std::chrono::seconds kShown{2};

class Announcement : public QAccessibleInterface {
public:
    void say(const QString& words) { words_ = words; }

    bool isValid() const override { return true; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(qApp);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text which) const override
    {
        return which == QAccessible::Name ? words_ : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override { return {}; }
    QAccessible::Role role() const override { return QAccessible::Notification; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        return state;
    }

private:
    QString words_;
};

QAccessible::Id last = 0;
bool shown = false;

void tell(QAccessible::Event what)
{
    QAccessibleEvent event(QAccessible::accessibleInterface(last), what);
    QAccessible::updateAccessibility(&event);
}

/// A notification that stayed would be found again among the parts of the window.
QTimer& end()
{
    static auto* timer = [] {
        auto* made = new QTimer(qApp);
        made->setSingleShot(true);
        made->setInterval(kShown);
        QObject::connect(made, &QTimer::timeout, [] {
            tell(QAccessible::ObjectHide);
            shown = false;
        });
        return made;
    }();
    return *timer;
}

} // namespace

QAccessibleInterface* announcement()
{
    return shown ? QAccessible::accessibleInterface(last) : nullptr;
}

void announce(const QString& words)
{
    if (words.isEmpty()) return;
    if (last == 0) last = QAccessible::registerAccessibleInterface(new Announcement);
    auto* announcement = static_cast<Announcement*>(QAccessible::accessibleInterface(last));
    announcement->say(words);
    shown = true;
    tell(QAccessible::NameChanged);
    tell(QAccessible::ObjectShow);
    end().start();
}

} // namespace ui
