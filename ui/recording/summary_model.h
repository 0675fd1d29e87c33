#pragma once

#include "ui/recording/types.h"

#include <QAbstractListModel>
#include <QSet>
#include <vector>

namespace ui::recording {

/// The lists of a summary as rows: title, lines, what an empty list means; below them what it
/// covers and how it was made.
class SummaryModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class RowKind { Title, Line, Note, Coverage, Missing, How };
    struct Row {
        RowKind kind = RowKind::Line;
        int section = -1;
        int line = -1;
        QString text;
    };

    using QAbstractListModel::QAbstractListModel;

    void setContent(const SummaryContent& content);
    const SummaryContent& content() const { return content_; }
    const Row& row(int row) const { return rows_[static_cast<std::size_t>(row)]; }
    const SummarySection* sectionOf(int row) const;
    const SummaryLine* lineOf(int row) const; // null: not a line
    bool isFolded(int section) const { return folded_.contains(section); }
    void toggleFold(int row);

    /// Where a line may be put by hand: the lists whose tier is a judgement.
    std::vector<ListKind> targets(int row) const;
    /// The move that puts the line of this row into another list.
    LineMove moveOf(int row, ListKind to) const;
    /// False: no such line, or it stands there already.
    bool apply(const LineMove& move);
    int rowOf(const LineMove& move) const;

    /// All places, with the one of a row as current.
    PlaceList places(int row, int place) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void makeRows();
    QString words(const Row& row) const;

    SummaryContent content_;
    std::vector<Row> rows_;
    QSet<int> folded_; // sections
};

/// "Covers 01:04 of speech and 12 pages."
QString coverageWords(const SummaryContent& summary);
/// "Ana, until 20 November"; empty: neither.
QString ownerWords(const SummaryLine& line);
/// With times behind the lines, and what it covers at the end.
QString summaryMarkdown(const SummaryContent& summary, const QString& recording);

} // namespace ui::recording
