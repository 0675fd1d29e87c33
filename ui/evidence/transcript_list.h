#pragma once

#include "ui/evidence/types.h"

#include <QAbstractListModel>
#include <QListView>

namespace ui {

/// The lines of a transcript; which of them are cited and which is heard now.
class TranscriptModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { StartRole = Qt::UserRole + 1, CitedRole, PlayingRole };

    using QAbstractListModel::QAbstractListModel;
    void setLines(std::vector<TranscriptLine> lines);
    const std::vector<TranscriptLine>& lines() const { return lines_; }
    void setCited(std::optional<double> start_s, std::optional<double> end_s);
    void setPosition(double seconds);
    /// The line that is heard at this time, else the last one before it; -1: none.
    int rowAt(double seconds) const;
    int playing() const { return playing_; }
    int firstCited() const;
    bool isCited(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<TranscriptLine> lines_;
    std::optional<double> cited_start_s_;
    std::optional<double> cited_end_s_;
    int playing_ = -1;
};

/// Follows what is heard until it is scrolled by hand; a click or Enter seeks to the line.
class TranscriptList : public QListView {
    Q_OBJECT
public:
    explicit TranscriptList(QWidget* parent = nullptr);

    static constexpr int kSide_px = 6; // of a lit line, beside its text

    TranscriptModel& lines() { return *model_; }
    void setPosition(double seconds);
    void showCited();

Q_SIGNALS:
    void seekWanted(double seconds);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void updateGeometries() override;

private:
    TranscriptModel* model_;
    bool following_ = true;
    bool cited_waits_ = false; // until the rows up to there are laid out
};

} // namespace ui
