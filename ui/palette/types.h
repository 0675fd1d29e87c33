#pragma once

#include "ui/types.h"

#include <array>
#include <QDateTime>
#include <QList>
#include <QPair>
#include <QString>
#include <vector>

/// What a search over everything finds, as the library and the palette show it.
namespace ui {

/// How a place got into the library; the order of the filter chips.
enum class HitGroup { Said, Shown, Read, Answered, Note, Session };
inline constexpr std::size_t kHitGroups = 6;

/// Found words of a snippet: start and length in UTF-16 units.
using FoundWords = QList<QPair<int, int>>;

struct Hit {
    HitGroup group = HitGroup::Read;
    Place place; // of an answer or a session: its session, and the kind it mostly is
    QString snippet;
    FoundWords found;
    QString session_name;
    QString detail;           // of a session: "5 sources", "1:12:40"
    QString speaker;          // empty: unknown
    int answer = 0;           // its number in the session, for "answer 2"
    QDateTime when;           // local; of its session
    std::vector<Place> cited; // what an answer cites
};

/// How far meaning took part in a search.
enum class MeaningSearch { Pending, EnglishOnly, NotInstalled };

struct SearchResult {
    int ticket = 0; // of the search that it answers
    QString query;
    std::vector<Hit> hits;  // best first
    std::vector<Hit> files; // by their names, best first; `snippet` is the name
    std::array<int, kHitGroups> counts{};
    int sessions = 0;
    bool more = false; // than these were found
    MeaningSearch meaning = MeaningSearch::Pending;

    int count(HitGroup group) const { return counts[static_cast<std::size_t>(group)]; }
    int total() const
    {
        int sum = 0;
        for (const int count : counts) sum += count;
        return sum;
    }
};

} // namespace ui
