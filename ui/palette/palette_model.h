#pragma once

#include "ui/palette/types.h"

#include <QAbstractListModel>
#include <QPointer>
#include <vector>

class QAction;

namespace ui {

/// Which rows the palette shows.
enum class PaletteFilter { All, Said, Shown, Read, Answered, Commands };

/// Rows of the palette in their groups: places, sessions, files, commands. Holds what was found and
/// builds its rows anew on every change; they are few.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class RowKind { Head, Hint, Hit, Session, File, Ask, Command };
    enum Role { KindRole = Qt::UserRole + 1, ChipRole, GroupRole };

    explicit PaletteModel(QObject* parent = nullptr);

    void setCommands(const std::vector<QAction*>& commands);
    /// What is typed: with a ">" before it commands only.
    void setTyped(const QString& typed);
    void setResult(const SearchResult& result);
    void setFilter(PaletteFilter filter);
    PaletteFilter filter() const { return filter_; }

    /// Without the ">".
    QString query() const { return query_; }
    bool commandsOnly() const { return commands_only_; }
    const SearchResult& result() const { return result_; }
    int commandCount() const;

    RowKind kind(int row) const { return at(row).kind; }
    const Hit* hit(int row) const;
    QAction* command(int row) const;
    /// First row that can be chosen; -1: none.
    int firstChoice() const;
    /// First row of the group `by` groups on from that of `row`, round the end; -1: none.
    int groupStep(int row, int by) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        RowKind kind = RowKind::Head;
        int group = 0;
        QString text;
        int hit = -1; // of a file: among the files
        QPointer<QAction> action = {};
    };
    const Row& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
    const Hit& hitOf(const Row& row) const
    {
        const auto& hits = row.kind == RowKind::File ? result_.files : result_.hits;
        return hits[static_cast<std::size_t>(row.hit)];
    }
    bool shows(HitGroup group) const;
    void rebuild();
    void addHead(int group, const QString& text);
    void addPlaces();
    bool addNamed();
    void addSessions();
    void addFiles();
    void addCommands();
    std::vector<QAction*> matchingCommands() const;
    FoundWords marks(const Row& row) const;
    QString secondWords(const Row& row) const;
    QString sentence(const Row& row) const;

    std::vector<QPointer<QAction>> commands_;
    SearchResult result_;
    QString query_;
    bool commands_only_ = false;
    bool answered_ = false; // result_ is of query_
    PaletteFilter filter_ = PaletteFilter::All;
    std::vector<Row> rows_;
};

} // namespace ui
