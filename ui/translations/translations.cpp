#include "ui/translations/translations.h"

#include <memory>
#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace ui {
namespace {

bool install(const QLocale& locale, const QString& name, const QString& folder)
{
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(locale, name, QStringLiteral("_"), folder)) return false;
    translator->setParent(QCoreApplication::instance());
    return QCoreApplication::installTranslator(translator.release());
}

} // namespace

void installTranslations(const QLocale& locale)
{
    const QString own = QStringLiteral(":/translations");
    if (!install(locale, QStringLiteral("percept"), own)) {
        install(QLocale(QLocale::English), QStringLiteral("percept"), own);
        return; // Qt's texts in a third language beside English ones help nobody
    }
    install(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
}

} // namespace ui
