#include "ui/recording/summary_model.h"

#include "ui/access/accessible_rows.h"
#include "ui/widgets/citation_chip.h"

#include <algorithm>
#include <QLocale>

namespace ui::recording {
namespace {

bool isBuiltIn(const QString& form)
{
    static const QStringList kForms{
        QStringLiteral("minutes"),
        QStringLiteral("actions"),
        QStringLiteral("decisions"),
        QStringLiteral("brief")};
    return kForms.contains(form);
}

/// A list that is empty without a word about it (of documents, where there are none), and marks
/// that the user knows not to have set.
bool isNoNews(const SummarySection& section)
{
    if (!section.lines.empty()) return false;
    return section.note.isEmpty() || section.kind == ListKind::Marks;
}

} // namespace

void SummaryModel::setContent(const SummaryContent& content)
{
    beginResetModel();
    content_ = content;
    if (isBuiltIn(content_.form)) {
        std::stable_sort(
            content_.sections.begin(),
            content_.sections.end(),
            [](const SummarySection& a, const SummarySection& b) { return a.kind < b.kind; });
    }
    folded_.clear();
    for (std::size_t i = 0; i < content_.sections.size(); ++i) {
        if (content_.sections[i].kind == ListKind::ToCheck) folded_.insert(static_cast<int>(i));
    }
    makeRows();
    endResetModel();
}

void SummaryModel::makeRows()
{
    rows_.clear();
    for (int s = 0; s < static_cast<int>(content_.sections.size()); ++s) {
        const auto& section = content_.sections[static_cast<std::size_t>(s)];
        if (isNoNews(section)) continue;
        rows_.push_back({RowKind::Title, s, -1, listTitle(section.kind, section.title)});
        if (isFolded(s)) continue;
        for (int i = 0; i < static_cast<int>(section.lines.size()); ++i)
            rows_.push_back({RowKind::Line, s, i, section.lines[static_cast<std::size_t>(i)].text});
        if (section.lines.empty()) rows_.push_back({RowKind::Note, s, -1, section.note});
    }
    if (content_.sections.empty()) return;
    rows_.push_back({RowKind::Coverage, -1, -1, coverageWords(content_)});
    for (const auto& sentence : content_.missing)
        rows_.push_back({RowKind::Missing, -1, -1, sentence});
    if (!content_.how.isEmpty()) rows_.push_back({RowKind::How, -1, -1, content_.how});
}

const SummarySection* SummaryModel::sectionOf(int row) const
{
    const int section = this->row(row).section;
    return section < 0 ? nullptr : &content_.sections[static_cast<std::size_t>(section)];
}

const SummaryLine* SummaryModel::lineOf(int row) const
{
    const int line = this->row(row).line;
    return line < 0 ? nullptr : &sectionOf(row)->lines[static_cast<std::size_t>(line)];
}

void SummaryModel::toggleFold(int row)
{
    const int section = this->row(row).section;
    if (this->row(row).kind != RowKind::Title || section < 0) return;
    const int lines = std::max(
        1,
        static_cast<int>(content_.sections[static_cast<std::size_t>(section)].lines.size()));
    if (isFolded(section)) {
        beginInsertRows({}, row + 1, row + lines);
        folded_.remove(section);
        makeRows();
        endInsertRows();
    } else {
        beginRemoveRows({}, row + 1, row + lines);
        folded_.insert(section);
        makeRows();
        endRemoveRows();
    }
    Q_EMIT dataChanged(index(row), index(row));
}

std::vector<ListKind> SummaryModel::targets(int row) const
{
    const auto* line = lineOf(row);
    if (line == nullptr || line->places.empty()) return {};
    std::vector<ListKind> kinds;
    for (const auto kind : {ListKind::Decisions, ListKind::Actions, ListKind::ToCheck}) {
        const bool there = std::any_of(
            content_.sections.begin(),
            content_.sections.end(),
            [&](const SummarySection& section) { return section.kind == kind; });
        if (there && sectionOf(row)->kind != kind) kinds.push_back(kind);
    }
    return kinds;
}

LineMove SummaryModel::moveOf(int row, ListKind to) const
{
    const auto* line = lineOf(row);
    if (line == nullptr || line->places.empty()) return {};
    const Place& place = line->places.front();
    return {place.source, place.page, place.start_s, line->text, sectionOf(row)->kind, to};
}

bool SummaryModel::apply(const LineMove& move)
{
    SummaryContent changed = content_;
    if (!moveLine(changed, move)) return false;
    beginResetModel();
    content_ = std::move(changed);
    makeRows();
    endResetModel();
    return true;
}

int SummaryModel::rowOf(const LineMove& move) const
{
    for (int i = 0; i < static_cast<int>(rows_.size()); ++i) {
        const auto* line = lineOf(i);
        if (line != nullptr && sectionOf(i)->kind == move.to && isMoved(*line, move)) return i;
    }
    return -1;
}

PlaceList SummaryModel::places(int row, int place) const
{
    PlaceList list;
    for (int i = 0; i < static_cast<int>(rows_.size()); ++i) {
        const auto* line = lineOf(i);
        if (line == nullptr) continue;
        if (i == row)
            list.current = static_cast<int>(list.places.size()) +
                           std::clamp(place, 0, static_cast<int>(line->places.size()) - 1);
        list.places.insert(list.places.end(), line->places.begin(), line->places.end());
    }
    return list;
}

int SummaryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant SummaryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    if (role == Qt::DisplayRole) return row(index.row()).text;
    if (role == Qt::AccessibleTextRole) return words(row(index.row()));
    if (role == Unfolded) {
        const Row& at = row(index.row());
        if (at.kind == RowKind::Title && at.section >= 0) return !isFolded(at.section);
    }
    return {};
}

Qt::ItemFlags SummaryModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) return {};
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QString SummaryModel::words(const Row& row) const
{
    if (row.kind == RowKind::Title) {
        const auto& section = content_.sections[static_cast<std::size_t>(row.section)];
        const QString count =
            tr("%1, %n lines", "title of a list", static_cast<int>(section.lines.size()));
        return count.arg(row.text);
    }
    if (row.kind != RowKind::Line) return row.text;
    const auto& line = content_.sections[static_cast<std::size_t>(row.section)]
                           .lines[static_cast<std::size_t>(row.line)];
    QStringList parts{line.text};
    if (const QString owner = ownerWords(line); !owner.isEmpty()) parts << owner;
    for (const auto& place : line.places) parts << citationWords(place);
    return parts.join(QStringLiteral(", "));
}

QString coverageWords(const SummaryContent& summary)
{
    const QString heard = clockWords(summary.heard_s);
    if (summary.pages == 0) return SummaryModel::tr("Covers %1 of speech.").arg(heard);
    const QString pages = SummaryModel::tr("%n pages", nullptr, summary.pages);
    if (summary.heard_s <= 0) return SummaryModel::tr("Covers %1.").arg(pages);
    return SummaryModel::tr("Covers %1 of speech and %2.").arg(heard, pages);
}

QString ownerWords(const SummaryLine& line)
{
    const QString due =
        line.due.isValid() ? QLocale().toString(line.due, QLocale::LongFormat) : QString();
    if (line.owner.isEmpty()) return due.isEmpty() ? QString() : SummaryModel::tr("by %1").arg(due);
    return due.isEmpty() ? line.owner : SummaryModel::tr("%1, by %2").arg(line.owner, due);
}

QString summaryMarkdown(const SummaryContent& summary, const QString& recording)
{
    QString text = QStringLiteral("# %1\n").arg(recording);
    for (const auto& section : summary.sections) {
        if (isNoNews(section)) continue;
        text += QStringLiteral("\n## %1\n\n").arg(listTitle(section.kind, section.title));
        for (const auto& line : section.lines) {
            text += QStringLiteral("- ") + line.text;
            if (const QString owner = ownerWords(line); !owner.isEmpty())
                text += QStringLiteral(" (%1)").arg(owner);
            for (const auto& place : line.places)
                text += QStringLiteral(" [%1]").arg(placeWords(place));
            text += u'\n';
        }
        if (section.lines.empty()) text += QStringLiteral("_%1_\n").arg(section.note);
    }
    QStringList foot{coverageWords(summary)};
    foot += summary.missing;
    if (summary.quoted) foot << SummaryModel::tr("Quoted from your sources.");
    if (!summary.how.isEmpty()) foot << summary.how;
    return text + QStringLiteral("\n---\n\n%1\n").arg(foot.join(u' '));
}

} // namespace ui::recording
