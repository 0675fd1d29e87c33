#include "ui/palette/hit_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui)
};

} // namespace

QString countedWords(int n, const char* one, const char* many)
{
    return Words::tr(n == 1 ? one : many).arg(QLocale().toString(n));
}

QString groupWords(HitGroup group)
{
    switch (group) {
    case HitGroup::Said:
        return Words::tr("Said");
    case HitGroup::Shown:
        return Words::tr("Shown");
    case HitGroup::Read:
        return Words::tr("Read");
    case HitGroup::Answered:
        return Words::tr("Answered");
    case HitGroup::Note:
        return Words::tr("Note");
    case HitGroup::Session:
        return Words::tr("Session");
    }
    return {};
}

QString groupChipWords(HitGroup group)
{
    if (group == HitGroup::Note) return Words::tr("Notes");
    if (group == HitGroup::Session) return Words::tr("Sessions");
    return groupWords(group);
}

QString hitIcon(const Hit& hit)
{
    if (hit.group == HitGroup::Answered) return QStringLiteral("message-square-text");
    if (hit.group == HitGroup::Note) return QStringLiteral("square-pen");
    switch (hit.place.kind) {
    case PlaceKind::Sound:
        return QStringLiteral("audio-lines");
    case PlaceKind::Video:
        return QStringLiteral("film");
    case PlaceKind::Shown:
        return QStringLiteral("presentation");
    default:
        return hit.group == HitGroup::Session ? QStringLiteral("message-square-text")
                                              : QStringLiteral("file-text");
    }
}

QString hitPlaceWords(const Hit& hit)
{
    if (hit.group == HitGroup::Session) return {};
    if (hit.group == HitGroup::Answered)
        return hit.answer > 0 ? Words::tr("answer %1").arg(hit.answer) : Words::tr("answer");
    if (hit.group == HitGroup::Note && !hit.place.start_s) return Words::tr("note");
    return placeWords(hit.place);
}

QString hitSourceWords(const Hit& hit)
{
    QString source = hit.place.name.isEmpty() ? hit.session_name : hit.place.name;
    if (!hit.speaker.isEmpty()) source += QStringLiteral(", ") + hit.speaker;
    if (!hit.when.isValid()) return source;
    return source + QStringLiteral(" · ") +
           QLocale().toString(hit.when.time(), QStringLiteral("HH:mm"));
}

QString hitSentence(const Hit& hit)
{
    const QString place = hitPlaceWords(hit);
    QString sentence = groupWords(hit.group) + QStringLiteral(": ") + hit.snippet +
                       QStringLiteral(" ") + hitSourceWords(hit);
    if (!place.isEmpty()) sentence += QStringLiteral(", ") + place;
    return sentence;
}

QString placesWords(const SearchResult& result)
{
    if (result.hits.empty()) return Words::tr("nothing found");
    const QString places = countedWords(
        result.total(),
        result.more ? QT_TRANSLATE_NOOP("ui", "more than %1 place")
                    : QT_TRANSLATE_NOOP("ui", "%1 place"),
        result.more ? QT_TRANSLATE_NOOP("ui", "more than %1 places")
                    : QT_TRANSLATE_NOOP("ui", "%1 places"));
    return Words::tr("%1 in %2")
        .arg(
            places,
            countedWords(
                result.sessions,
                QT_TRANSLATE_NOOP("ui", "%1 session"),
                QT_TRANSLATE_NOOP("ui", "%1 sessions")));
}

QString meaningWords(const SearchResult& result)
{
    switch (result.meaning) {
    case MeaningSearch::Pending:
        return {};
    case MeaningSearch::EnglishOnly:
        return Words::tr("Found by words in every language, by meaning in English only.");
    case MeaningSearch::NotInstalled:
        return Words::tr("Found by words only: the model that finds meaning is not installed.");
    }
    return {};
}

QString dayWords(QDate day, QDate today)
{
    if (!day.isValid()) return Words::tr("Unknown day");
    if (day == today) return Words::tr("Today");
    if (day == today.addDays(-1)) return Words::tr("Yesterday");
    return QLocale().toString(
        day,
        day.year() == today.year() ? Words::tr("dddd d MMMM") : Words::tr("dddd d MMMM yyyy"));
}

QString shortDayWords(QDate day, QDate today)
{
    if (day == today || day == today.addDays(-1) || !day.isValid()) return dayWords(day, today);
    if (day > today.addDays(-7) && day < today)
        return QLocale().toString(day, QStringLiteral("ddd"));
    return QLocale().toString(
        day,
        day.year() == today.year() ? Words::tr("d MMMM") : Words::tr("d MMMM yyyy"));
}

} // namespace ui
