#pragma once

#include "ui/palette/types.h"

#include <QLocale>

/// Hits as a bridge would make them.
namespace ui::test {

inline FoundWords wordsIn(const QString& text, const QString& word)
{
    FoundWords found;
    if (word.isEmpty()) return found;
    for (auto at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.size()))
        found << qMakePair(static_cast<int>(at), static_cast<int>(word.size()));
    return found;
}

inline Hit
makeHit(HitGroup group, const QString& snippet, const QString& word, const QDateTime& when)
{
    Hit hit;
    hit.group = group;
    hit.snippet = snippet;
    hit.found = wordsIn(snippet, word);
    hit.when = when;
    hit.place.session = 1;
    hit.session_name = QStringLiteral("Harbour Street tender");
    return hit;
}

inline Hit onPage(
    const QString& snippet,
    const QString& word,
    const QString& file,
    int page,
    const QDateTime& when)
{
    Hit hit = makeHit(HitGroup::Read, snippet, word, when);
    hit.place.kind = PlaceKind::Page;
    hit.place.source = 7;
    hit.place.name = file;
    hit.place.page = page;
    return hit;
}

inline Hit atTime(
    HitGroup group,
    PlaceKind kind,
    const QString& snippet,
    const QString& word,
    const QString& file,
    double start_s,
    const QDateTime& when)
{
    Hit hit = makeHit(group, snippet, word, when);
    hit.place.kind = kind;
    hit.place.source = 8;
    hit.place.name = file;
    hit.place.start_s = start_s;
    return hit;
}

inline Hit answered(
    const QString& snippet,
    const QString& word,
    const QString& session,
    int n,
    const QDateTime& when)
{
    Hit hit = makeHit(HitGroup::Answered, snippet, word, when);
    hit.session_name = session;
    hit.answer = n;
    Place cited;
    cited.n = 1;
    cited.session = 1;
    cited.source = 7;
    cited.page = 3;
    hit.cited = {cited};
    return hit;
}

inline Hit
aSession(storage::SessionId id, const QString& name, const QString& detail, const QDateTime& when)
{
    Hit hit = makeHit(HitGroup::Session, name, {}, when);
    hit.place.session = id;
    hit.session_name = name;
    hit.detail = detail;
    return hit;
}

inline SearchResult resultOf(const QString& query, std::vector<Hit> hits, int ticket = 0)
{
    SearchResult result;
    result.ticket = ticket;
    result.query = query;
    result.hits = std::move(hits);
    result.meaning = MeaningSearch::EnglishOnly;
    for (const Hit& hit : result.hits) ++result.counts[static_cast<std::size_t>(hit.group)];
    result.sessions = result.hits.empty() ? 0 : 1;
    return result;
}

/// 11:08 on a day of the week of the design's pictures.
inline QDateTime at(int day, const QTime& time = QTime(11, 8))
{
    return {QDate(2026, 11, day), time};
}

} // namespace ui::test
