#include "ui/library/session_words.h"

#include "ui/palette/hit_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui)
};

struct KindWords {
    const char* kind;
    const char* one;
    const char* many;
};
constexpr KindWords kKinds[] = {
    {"pdf", QT_TRANSLATE_NOOP("ui", "%1 PDF"), QT_TRANSLATE_NOOP("ui", "%1 PDFs")},
    {"office", QT_TRANSLATE_NOOP("ui", "%1 document"), QT_TRANSLATE_NOOP("ui", "%1 documents")},
    {"text", QT_TRANSLATE_NOOP("ui", "%1 text"), QT_TRANSLATE_NOOP("ui", "%1 texts")},
    {"image", QT_TRANSLATE_NOOP("ui", "%1 picture"), QT_TRANSLATE_NOOP("ui", "%1 pictures")},
    {"audio", QT_TRANSLATE_NOOP("ui", "%1 recording"), QT_TRANSLATE_NOOP("ui", "%1 recordings")},
    {"video", QT_TRANSLATE_NOOP("ui", "%1 video"), QT_TRANSLATE_NOOP("ui", "%1 videos")},
};

const QString kDot = QStringLiteral(" · ");

} // namespace

QString holdsWords(const LibrarySession& session)
{
    if (session.sources == 0) return Words::tr("no sources");
    if (session.kinds.size() == 1) {
        for (const KindWords& words : kKinds) {
            if (session.kinds.front() == QLatin1String(words.kind))
                return countedWords(session.sources, words.one, words.many);
        }
    }
    return countedWords(
        session.sources,
        QT_TRANSLATE_NOOP("ui", "%1 source"),
        QT_TRANSLATE_NOOP("ui", "%1 sources"));
}

QString sessionSecondWords(const LibrarySession& session)
{
    QString words = holdsWords(session) + kDot +
                    QLocale().toString(session.created.time(), QStringLiteral("HH:mm"));
    if (session.duration_s >= 1) words += kDot + clockWords(session.duration_s);
    if (session.size_bytes > 0) words += kDot + sizeWords(session.size_bytes);
    return words;
}

QString sessionSentence(const LibrarySession& session)
{
    QStringList parts{session.name, holdsWords(session)};
    parts << dayWords(session.created.date(), QDate::currentDate()) + QLatin1Char(' ') +
                 QLocale().toString(session.created.time(), QStringLiteral("HH:mm"));
    if (session.duration_s >= 1) parts << Words::tr("%1 long").arg(clockWords(session.duration_s));
    if (session.size_bytes > 0) parts << sizeWords(session.size_bytes);
    if (!session.tags.isEmpty())
        parts << Words::tr("tagged %1").arg(session.tags.join(QStringLiteral(", ")));
    if (session.pinned) parts << Words::tr("pinned");
    return parts.join(QStringLiteral(", "));
}

QString kindIcon(const QString& kind)
{
    if (kind == QLatin1String("audio")) return QStringLiteral("audio-lines");
    if (kind == QLatin1String("video")) return QStringLiteral("film");
    return QStringLiteral("file-text");
}

QString sessionIcon(const LibrarySession& session)
{
    if (session.sources == 0) return QStringLiteral("message-square-text");
    const QStringList icons = sessionIcons(session);
    return icons.size() == 1 ? icons.front() : QStringLiteral("files");
}

QStringList sessionIcons(const LibrarySession& session)
{
    QStringList icons;
    for (const QString& kind : session.kinds) {
        const QString icon = kindIcon(kind);
        if (!icons.contains(icon)) icons << icon;
    }
    return icons;
}

QString rangeWords(QDate from, QDate until)
{
    const QLocale locale;
    const int this_year = QDate::currentDate().year();
    const bool other_year = from.year() != this_year || until.year() != this_year;
    const QString format = other_year ? Words::tr("d MMM yyyy") : Words::tr("d MMMM");
    if (from == until) return locale.toString(from, format);
    const bool one_month = from.year() == until.year() && from.month() == until.month();
    const QString first = locale.toString(from, one_month ? Words::tr("d") : format);
    return Words::tr("%1 – %2").arg(first, locale.toString(until, format));
}

QString totalWords(const LibraryNumbers& numbers)
{
    return Words::tr("%1, %2 on this computer")
        .arg(
            countedWords(
                numbers.sessions,
                QT_TRANSLATE_NOOP("ui", "%1 session"),
                QT_TRANSLATE_NOOP("ui", "%1 sessions")),
            sizeWords(numbers.size_bytes));
}

QString fileNameFor(const QString& session)
{
    QString name;
    for (const QChar c : session) {
        const bool forbidden = c < QLatin1Char(' ') || QStringLiteral("/\\:*?\"<>|").contains(c);
        name += forbidden ? QLatin1Char(' ') : c;
    }
    name = name.simplified();
    while (name.startsWith(QLatin1Char('.')) || name.startsWith(QLatin1Char(' ')))
        name.remove(0, 1); // no hidden file, no way out of the folder
    name.truncate(80);
    if (!name.isEmpty() && name.back().isHighSurrogate()) name.chop(1);
    return name.trimmed().isEmpty() ? QStringLiteral("session") : name.trimmed();
}

} // namespace ui
