#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QString>
#include <QStringList>
#include <vector>

namespace ui {

/// Which menu an action stands in; the order is that of the menu bar.
enum class Menu { File, Edit, View, Session, Evidence, Help };
QString menuTitle(Menu menu);

/// Every action of the window by a fixed name ("session.new", "answer.copy"). What is not here has
/// no menu entry, no palette row and no changeable key, and so does not exist.
class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QWidget* window);

    /// Name, menu, words, key and icon of an action; kept in the order of adding.
    struct Entry {
        QString name;
        Menu menu = Menu::File;
        QAction* action = nullptr;
        QKeySequence default_key;
    };
    QAction*
    add(const QString& name,
        Menu menu,
        const QString& text,
        const QKeySequence& key = {},
        const QString& icon = {});
    /// An unknown name is our mistake and stops the program.
    QAction* operator[](const QString& name) const;
    const std::vector<Entry>& entries() const { return entries_; }

    /// Those that only a view can do: disabled unless it enables them.
    void setOfViews(const QStringList& names);
    /// Disables what only a view can do, before View::updateActions() enables it again; drops the
    /// connections that the last view made through `onTriggered`.
    void beginUpdate();
    /// Enables `name` and runs `work` on it until the next beginUpdate(). `context` ends it too.
    template <typename Work>
    void onTriggered(const QString& name, QObject* context, Work work)
    {
        QAction* action = (*this)[name];
        action->setEnabled(true);
        bound_.push_back(connect(action, &QAction::triggered, context, std::move(work)));
    }
    /// Keys that the user changed; an empty sequence takes the key away.
    void setKeys(const QHash<QString, QKeySequence>& changed);

private:
    QWidget* window_;
    std::vector<Entry> entries_;
    QHash<QString, QAction*> by_name_;
    std::vector<QMetaObject::Connection> bound_;
    QStringList of_views_;
};

/// All actions of the window, added once in the order of the menus.
void addAllActions(Actions& actions);

} // namespace ui
