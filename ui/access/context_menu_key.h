#pragma once

#include <QObject>

namespace ui {

/// Shift+F10 opens the menu of what has the keyboard, as the key does that many keyboards have no
/// more. Qt 6.4 knows that key only.
class ContextMenuKey : public QObject {
    Q_OBJECT
public:
    /// Sees the keys of the whole program.
    explicit ContextMenuKey(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace ui
