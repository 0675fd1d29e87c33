#pragma once

#include "ui/recording/types.h"
#include "ui/theme/theme.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <vector>

namespace ui::recording {

/// A place of searched words.
struct Found {
    int row = 0;
    int begin = 0;
    int length = 0;
};

/// Lines of one recording, ascending in time. They come in pages, so that hours of speech are on
/// screen at once with their first page.
class TranscriptModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void clear();
    void append(std::vector<TranscriptLine> lines);
    const TranscriptLine& line(int row) const { return lines_[static_cast<std::size_t>(row)]; }
    int size() const { return static_cast<int>(lines_.size()); }
    /// -1: not there.
    int rowOf(qint64 segment) const;
    /// The speech that is heard at that time, or the last one before it; -1: none yet.
    int rowAt(double time_s) const;

    /// Empty: back to what was recognised.
    void setEdited(qint64 segment, const std::optional<QString>& text);
    void setSpeaker(qint64 segment, const QString& speaker);
    /// Shows the recognised text under the edited one.
    void setRevealed(qint64 segment, bool on);
    bool isRevealed(qint64 segment) const { return revealed_.contains(segment); }
    std::vector<qint64> segmentsOf(const QString& speaker) const;
    /// In the order in which they first speak; unknown ones are none.
    const QStringList& speakers() const { return speakers_; }
    theme::Color speakerColor(const QString& speaker) const;
    bool hasSpeakers() const { return !speakers_.isEmpty(); }

    /// All places of the words, in any case of letters. Remembered, for marking them; empty: none.
    const std::vector<Found>& find(const QString& words);
    const std::vector<Found>& found() const { return found_; }
    /// (begin, length) of those in one row.
    std::vector<std::pair<int, int>> foundIn(int row) const;

    /// What is being played, said in the accessible text; -1: nothing. No row is laid out again.
    void setPlaying(int row) { playing_ = row; }
    int playing() const { return playing_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void speakersChanged();

private:
    QString words(const TranscriptLine& line, int row) const;
    QString tip(const TranscriptLine& line) const;
    void changed(int row);
    void listSpeakers();

    std::vector<TranscriptLine> lines_;
    QHash<qint64, int> row_of_; // speech only
    QSet<qint64> revealed_;
    QStringList speakers_;
    QString searched_;
    std::vector<Found> found_;
    int playing_ = -1;
};

} // namespace ui::recording
