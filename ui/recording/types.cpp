#include "ui/recording/types.h"

#include <algorithm>
#include <cmath>
#include <QCoreApplication>
#include <QLocale>

namespace ui::recording {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::recording", text);
}

/// The title that the built-in templates give such a list.
QString builtInTitle(ListKind kind)
{
    switch (kind) {
    case ListKind::Marks:
        return QStringLiteral("Marked");
    case ListKind::Decisions:
        return QStringLiteral("Likely decisions");
    case ListKind::Actions:
        return QStringLiteral("Likely to-dos");
    case ListKind::Dates:
        return QStringLiteral("Dates and times mentioned");
    case ListKind::Highlights:
        return QStringLiteral("Highlights");
    case ListKind::Questions:
        return QStringLiteral("Open questions");
    case ListKind::ToCheck:
        return QStringLiteral("Worth checking");
    case ListKind::KeySentences:
        return QStringLiteral("Key sentences");
    case ListKind::Other:
        break;
    }
    return {};
}

std::vector<SummaryLine>::iterator find(SummarySection& section, const LineMove& move)
{
    return std::find_if(section.lines.begin(), section.lines.end(), [&](const SummaryLine& line) {
        return isMoved(line, move);
    });
}

/// In the order of the recording.
bool before(const SummaryLine& a, const SummaryLine& b)
{
    if (a.places.empty() || b.places.empty()) return false;
    const Place& x = a.places.front();
    const Place& y = b.places.front();
    if (x.source != y.source) return x.source < y.source;
    if (x.page != y.page) return x.page < y.page;
    return x.start_s.value_or(0) < y.start_s.value_or(0);
}

} // namespace

QString listTitle(ListKind kind, const QString& title)
{
    if (!title.isEmpty() && title != builtInTitle(kind)) return title;
    switch (kind) {
    case ListKind::Marks:
        return tr("Marked");
    case ListKind::Decisions:
        return tr("Likely decisions");
    case ListKind::Actions:
        return tr("Likely to-dos");
    case ListKind::Dates:
        return tr("Dates and times mentioned");
    case ListKind::Highlights:
        return tr("Highlights");
    case ListKind::Questions:
        return tr("Open questions");
    case ListKind::ToCheck:
        return tr("Worth checking");
    case ListKind::KeySentences:
        return tr("Key sentences");
    case ListKind::Other:
        break;
    }
    return title;
}

ListKind listKindOf(const QString& title)
{
    for (int kind = 0; kind < static_cast<int>(ListKind::Other); ++kind) {
        if (title == builtInTitle(static_cast<ListKind>(kind))) return static_cast<ListKind>(kind);
    }
    return ListKind::Other;
}

bool isMoved(const SummaryLine& line, const LineMove& move)
{
    if (line.places.empty() || line.text != move.quote) return false;
    const Place& place = line.places.front();
    if (place.source != move.source || place.page != move.page) return false;
    if (place.start_s.has_value() != move.start_s.has_value()) return false;
    return !place.start_s || std::abs(*place.start_s - *move.start_s) < 0.01;
}

bool moveLine(SummaryContent& summary, const LineMove& move)
{
    SummarySection* from = nullptr;
    SummarySection* to = nullptr;
    for (auto& section : summary.sections) {
        if (section.kind == move.from && find(section, move) != section.lines.end())
            from = &section;
        if (section.kind == move.to) to = &section;
    }
    if (from == nullptr || to == nullptr || from == to) return false;
    const auto at = find(*from, move);
    const SummaryLine line = *at;
    from->lines.erase(at);
    // A sentence may have stood in both: once is enough.
    if (find(*to, move) == to->lines.end())
        to->lines.insert(std::upper_bound(to->lines.begin(), to->lines.end(), line, before), line);
    if (from->lines.empty() && from->note.isEmpty())
        from->note = tr("You moved all of its lines to other lists.");
    return true;
}

QString heardWords(double duration_s, const std::vector<std::pair<double, double>>& gaps)
{
    double lost_s = 0;
    for (const auto& [start_s, end_s] : gaps) lost_s += std::max(0.0, end_s - start_s);
    if (duration_s <= 0) return tr("%1 %").arg(0);
    const double share = 1000 * std::clamp(1 - lost_s / duration_s, 0.0, 1.0);
    return tr("%1 %").arg(QLocale().toString(std::floor(share) / 10, 'f', 1));
}

} // namespace ui::recording
