#include "ui/help/guide.h"

#include "ui/frame/actions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>

namespace ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui", text);
}

/// As the window's texts: the first language that there is.
QString guideLanguage(const QString& root)
{
    for (const QString& name : QLocale().uiLanguages()) {
        QString language = name.section(u'-', 0, 0);
        if (QDir(root + language).exists()) return language;
    }
    return QStringLiteral("en");
}

QString keyWords(const QKeySequence& key)
{
    return key.isEmpty() ? tr("no key") : key.toString(QKeySequence::NativeText);
}

QString menuName(Menu menu)
{
    switch (menu) {
    case Menu::File:
        return tr("File");
    case Menu::Edit:
        return tr("Edit");
    case Menu::View:
        return tr("View");
    case Menu::Session:
        return tr("Session");
    case Menu::Evidence:
        return tr("Evidence");
    case Menu::Help:
        break;
    }
    return tr("Help");
}

QString escaped(QString text)
{
    static const QRegularExpression marks(QStringLiteral(R"(([\\`*_|<>\[\]]))"));
    return text.replace(marks, QStringLiteral(R"(\\1)"));
}

} // namespace

std::vector<GuidePage> guidePages()
{
    const QString root = QStringLiteral(":/percept/help/");
    const QString language = guideLanguage(root);
    std::vector<GuidePage> pages;
    for (const QString& name :
         QDir(root + QStringLiteral("en")).entryList(QDir::Files, QDir::Name)) {
        QFile file(root + language + u'/' + name);
        if (!file.exists()) file.setFileName(root + QStringLiteral("en/") + name);
        if (!file.open(QIODevice::ReadOnly)) continue;
        GuidePage page;
        page.id = name.section(u'.', 0, 0);
        page.markdown = QString::fromUtf8(file.readAll());
        page.title = page.markdown.section(u'\n', 0, 0).remove(u'#').trimmed();
        pages.push_back(std::move(page));
    }
    return pages;
}

QString withKeys(QString markdown, const Actions& actions)
{
    static const QRegularExpression name(QStringLiteral(R"(\{\{([\w.]+)\}\})"));
    QRegularExpressionMatch match;
    while ((match = name.match(markdown)).hasMatch()) {
        const QString key =
            QStringLiteral("**%1**").arg(escaped(keyWords(actions[match.captured(1)]->shortcut())));
        markdown.replace(match.capturedStart(), match.capturedLength(), key);
    }
    return markdown;
}

GuidePage keysPage(const Actions& actions)
{
    GuidePage page;
    page.id = QStringLiteral("keys");
    page.title = tr("All keys");
    page.markdown = QStringLiteral("# %1\n\n").arg(page.title);
    std::optional<Menu> menu;
    for (const auto& entry : actions.entries()) {
        if (menu != entry.menu) {
            menu = entry.menu;
            page.markdown += QStringLiteral("\n## %1\n\n| %2 | %3 |\n|---|---|\n")
                                 .arg(menuName(entry.menu), tr("Action"), tr("Key"));
        }
        QString text = entry.action->text();
        page.markdown +=
            QStringLiteral("| %1 | %2 |\n")
                .arg(escaped(text.remove(u'&')), escaped(keyWords(entry.action->shortcut())));
    }
    page.markdown += QStringLiteral("\n## %1\n\n").arg(tr("Everywhere"));
    page.markdown +=
        tr("Tab and Shift+Tab go from control to control, arrows from row to row, Enter "
           "opens, Space presses. Esc stops, closes, or leaves the innermost thing. Alt "
           "shows the menu with every action.");
    page.markdown += u'\n';
    return page;
}

} // namespace ui
