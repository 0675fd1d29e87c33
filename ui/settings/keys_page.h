#pragma once

#include "ui/settings/settings_page.h"

#include <QHash>
#include <QKeySequence>

class QKeySequenceEdit;
class QPushButton;

namespace ui {

class Actions;
class RowTable;
class TextLabel;

/// Every action with its key, and an editor for the chosen one. A key belongs to one action: who
/// takes it from another is told, and the other one loses it.
class KeysPage : public SettingsPage {
    Q_OBJECT
public:
    KeysPage(Actions& actions, QWidget* parent);
    /// Keys that differ from their defaults; applied to the actions by the owner of both.
    void setKeys(const QHash<QString, QKeySequence>& changed);

Q_SIGNALS:
    /// All that differ now.
    void keysChosen(const QHash<QString, QKeySequence>& changed);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void choose(int row);
    void take(const QKeySequence& key);
    QKeySequence keyOf(const QString& name) const;
    QString holderOf(const QKeySequence& key, const QString& but) const;
    void store(const QString& name, const QKeySequence& key);

    Actions& actions_;
    QHash<QString, QKeySequence> changed_;
    RowTable* table_;
    TextLabel* chosen_;
    QKeySequenceEdit* editor_;
    QPushButton* clear_;
    QPushButton* default_;
    QPushButton* reset_;
    TextLabel* note_;
    QString name_; // of the chosen action
};

} // namespace ui
