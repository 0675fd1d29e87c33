#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QWidget>
#include <string>
#include <vector>

namespace ui_test {

/// With PERCEPT_PICTURES=folder: PNGs of `widget` at the sizes of the design, light and dark.
inline void takePictures(QWidget& widget, const QString& name, const std::vector<QSize>& sizes)
{
    const QString folder = qEnvironmentVariable("PERCEPT_PICTURES");
    if (folder.isEmpty()) return;
    QDir().mkpath(folder);
    for (const auto mode : {ui::theme::Appearance::Light, ui::theme::Appearance::Dark}) {
        ui::theme::apply(mode);
        for (const QSize& size : sizes) {
            widget.resize(size);
            widget.show();
            QApplication::processEvents();
            QApplication::processEvents();
            widget.grab().save(
                QStringLiteral("%1/%2-%3%4.png")
                    .arg(folder, name)
                    .arg(size.width())
                    .arg(
                        mode == ui::theme::Appearance::Dark ? QStringLiteral("-dark") : QString()));
        }
    }
    ui::theme::apply(ui::theme::Appearance::Light);
}

/// Controls that the keyboard reaches and a screen reader could not name.
inline std::vector<std::string> namelessControls(QWidget& root)
{
    std::vector<std::string> nameless;
    const auto all = root.findChildren<QWidget*>();
    for (QWidget* widget : all) {
        if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0) continue;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        if (face == nullptr || !face->text(QAccessible::Name).trimmed().isEmpty()) continue;
        nameless.push_back(
            std::string(widget->metaObject()->className()) + " in " +
            (widget->parentWidget() ? widget->parentWidget()->metaObject()->className()
                                    : "nothing"));
    }
    return nameless;
}

/// The visible button with these words.
inline QAbstractButton* button(QWidget& root, const QString& text)
{
    const auto all = root.findChildren<QAbstractButton*>();
    for (QAbstractButton* one : all)
        if (one->isVisible() && one->text() == text) return one;
    return nullptr;
}

} // namespace ui_test
