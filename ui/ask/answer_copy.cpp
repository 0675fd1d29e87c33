#include "ui/ask/answer_copy.h"

#include <QCoreApplication>

namespace ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui", text);
}

/// Words of a source must not turn into headings, links or emphasis.
QString escaped(const QString& text)
{
    QString out;
    for (const QChar c : text) {
        if (QStringLiteral("\\`*_<>#|").contains(c)) out += u'\\';
        out += c;
    }
    return out;
}

} // namespace

QString modeWords(const Exchange& exchange)
{
    if (exchange.quoted) return tr("Quoted from your sources");
    return tr("Written by %1").arg(exchange.engine.isEmpty() ? tr("a model") : exchange.engine);
}

QString placeInFull(const Place& place)
{
    QString words = place.name;
    if (place.start_s)
        words += QStringLiteral(", ") + clockWords(*place.start_s);
    else if (place.page > 0 && place.kind != PlaceKind::Picture)
        words += tr(", page %1").arg(place.page);
    return words;
}

QString answerAsMarkdown(const Exchange& exchange)
{
    QString out = QStringLiteral("### ") + escaped(exchange.question.simplified()) + u'\n';
    for (const QString& line : exchange.text.split(u'\n', Qt::SkipEmptyParts))
        out += u'\n' + (exchange.quoted ? escaped(line) : line) + u'\n';
    if (!exchange.places.empty())
        out += QStringLiteral("\n**") + tr("Sources") + QStringLiteral("**\n\n");
    for (const Place& place : exchange.places) {
        out += QStringLiteral("- [%1] %2").arg(place.n).arg(escaped(placeInFull(place)));
        if (!place.quote.isEmpty())
            out += QStringLiteral(": “%1”").arg(escaped(place.quote.simplified()));
        out += u'\n';
    }
    if (!exchange.not_covered.isEmpty()) {
        out += QStringLiteral("\n**") + tr("Not covered") + QStringLiteral("**\n\n");
        for (const QString& sentence : exchange.not_covered)
            out += QStringLiteral("- ") + escaped(sentence) + u'\n';
    }
    out += QStringLiteral("\n*") + escaped(modeWords(exchange)) + QStringLiteral("*\n");
    return out;
}

QString answerAsText(const Exchange& exchange)
{
    QString out = exchange.text + u'\n';
    if (!exchange.places.empty()) out += u'\n';
    for (const Place& place : exchange.places)
        out += QStringLiteral("[%1] %2\n").arg(place.n).arg(placeInFull(place));
    return out;
}

} // namespace ui
