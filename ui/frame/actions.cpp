#include "ui/frame/actions.h"

#include "base/expects.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace ui {

Actions::Actions(QWidget* window) : QObject(window), window_(window)
{
}

QAction* Actions::add(
    const QString& name,
    Menu menu,
    const QString& text,
    const QKeySequence& key,
    const QString& icon)
{
    EXPECTS(!by_name_.contains(name));
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(key);
    if (!icon.isEmpty()) action->setIcon(theme::icon(icon));
    window_->addAction(action); // its key works while the menu bar is hidden
    entries_.push_back({name, menu, action, key});
    by_name_.insert(name, action);
    return action;
}

QAction* Actions::operator[](const QString& name) const
{
    QAction* action = by_name_.value(name);
    EXPECTS(action != nullptr);
    return action;
}

void Actions::setOfViews(const QStringList& names)
{
    of_views_ = names;
    beginUpdate();
}

void Actions::beginUpdate()
{
    for (const auto& connection : bound_) disconnect(connection);
    bound_.clear();
    for (const QString& name : of_views_) (*this)[name]->setEnabled(false);
}

void Actions::setKeys(const QHash<QString, QKeySequence>& changed)
{
    for (const Entry& entry : entries_)
        entry.action->setShortcut(changed.value(entry.name, entry.default_key));
}

} // namespace ui
