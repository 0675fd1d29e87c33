#pragma once

#include <QLocale>

namespace ui {

/// Installs the window's texts in the first language of `locale` that there is, else the English
/// plurals, and Qt's own texts in that language where they are installed. Once, before any widget.
void installTranslations(const QLocale& locale);

} // namespace ui
