#pragma once

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QString>
#include <QWidget>

namespace ui::test {

/// Pictures of a widget, light and dark, for people who change how it looks: PERCEPT_TEST_PICTURES
/// names the folder; without it nothing is written.
inline void grab(QWidget& widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("PERCEPT_TEST_PICTURES");
    if (folder.isEmpty()) return;
    QCoreApplication::processEvents(); // layouts
    widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    theme::apply(theme::Appearance::Dark);
    QCoreApplication::processEvents();
    widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral("-dark.png"));
    theme::apply(theme::Appearance::Light);
    QCoreApplication::processEvents();
}

} // namespace ui::test
