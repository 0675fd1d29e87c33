#include "ui/library/filter_model.h"

#include "ui/library/session_words.h"
#include "ui/palette/hit_words.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>
#include <QLocale>

namespace ui {

FilterModel::FilterModel(QObject* parent) : QAbstractListModel(parent)
{
    rebuild();
}

void FilterModel::setNumbers(const LibraryNumbers& numbers)
{
    numbers_ = numbers;
    rebuild();
}

void FilterModel::setFilter(const LibraryFilter& filter)
{
    if (filter == filter_) return;
    filter_ = filter;
    rebuild();
}

bool FilterModel::asksForDates(int row) const
{
    const Row& at = rows_[static_cast<std::size_t>(row)];
    return at.kind == RowKind::When && at.when == LibraryWhen::Range;
}

LibraryFilter FilterModel::filterAfter(int row) const
{
    const Row& at = rows_[static_cast<std::size_t>(row)];
    LibraryFilter after = filter_;
    const bool held = holds(at);
    if (at.kind == RowKind::Show) after.show = at.show;
    if (at.kind == RowKind::Tag) after.tag = held ? QString() : at.text;
    if (at.kind == RowKind::When) {
        after.when = held ? LibraryWhen::Any : at.when;
        after.from = {};
        after.until = {};
    }
    return after;
}

void FilterModel::rebuild()
{
    std::vector<Row> rows;
    rows.push_back({RowKind::Head, tr("Show")});
    const auto show = [&](LibraryShow kind, const QString& text, const char* icon, int count) {
        // A kind that nothing is of needs no row, unless it is being shown.
        if (count == 0 && kind != LibraryShow::Everything && filter_.show != kind) return;
        rows.push_back({RowKind::Show, text, QLatin1String(icon), count, kind});
    };
    show(LibraryShow::Everything, tr("Everything"), "library", numbers_.sessions);
    show(LibraryShow::Documents, tr("Documents"), "file-text", numbers_.documents);
    show(LibraryShow::Recordings, tr("Recordings"), "audio-lines", numbers_.recordings);
    show(LibraryShow::Videos, tr("Videos"), "film", numbers_.videos);
    show(LibraryShow::Answers, tr("Answers"), "message-square-text", numbers_.answers);

    bool tag_shown = filter_.tag.isEmpty();
    if (!numbers_.tags.empty() || !tag_shown) rows.push_back({RowKind::Head, tr("Tags")});
    for (const LibraryTag& tag : numbers_.tags) {
        rows.push_back({RowKind::Tag, tag.name, QStringLiteral("tag"), tag.sessions});
        tag_shown |= tag.name.compare(filter_.tag, Qt::CaseInsensitive) == 0;
    }
    if (!tag_shown) rows.push_back({RowKind::Tag, filter_.tag, QStringLiteral("tag"), 0});

    rows.push_back({RowKind::Head, tr("When")});
    const auto when = [&](LibraryWhen time, const QString& text, const char* icon, int count) {
        Row row{RowKind::When, text, QLatin1String(icon), count};
        row.when = time;
        rows.push_back(row);
    };
    when(LibraryWhen::ThisWeek, tr("This week"), "calendar", numbers_.this_week);
    when(LibraryWhen::ThisMonth, tr("This month"), "calendar", numbers_.this_month);
    const bool range = filter_.when == LibraryWhen::Range;
    when(
        LibraryWhen::Range,
        range ? rangeWords(filter_.from, filter_.until) : tr("Choose dates…"),
        "calendar-range",
        -1);

    // Mostly only numbers change: keep the rows, and with them focus and scroll position.
    if (rows.size() == rows_.size()) {
        rows_ = std::move(rows);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

bool FilterModel::holds(const Row& row) const
{
    switch (row.kind) {
    case RowKind::Head:
        return false;
    case RowKind::Show:
        return row.show == filter_.show;
    case RowKind::Tag:
        return row.text.compare(filter_.tag, Qt::CaseInsensitive) == 0;
    case RowKind::When:
        return row.when == filter_.when;
    }
    return false;
}

int FilterModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant FilterModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& at = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return at.text;
    case row::Header:
        return at.kind == RowKind::Head;
    case row::Icon:
        return at.icon;
    case row::Trailing:
        return at.count < 0 ? QString() : QLocale().toString(at.count);
    case KindRole:
        return static_cast<int>(at.kind);
    case Qt::CheckStateRole:
        if (at.kind == RowKind::Head) return {};
        return holds(at) ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleTextRole: {
        if (at.kind == RowKind::Head) return at.text;
        return at.count < 0 ? at.text
                            : at.text + QStringLiteral(", ") +
                                  countedWords(
                                      at.count,
                                      QT_TRANSLATE_NOOP("ui", "%1 session"),
                                      QT_TRANSLATE_NOOP("ui", "%1 sessions"));
    }
    default:
        return {};
    }
}

Qt::ItemFlags FilterModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) return Qt::NoItemFlags;
    if (rows_[static_cast<std::size_t>(index.row())].kind == RowKind::Head) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace ui
