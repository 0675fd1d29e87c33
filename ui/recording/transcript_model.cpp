#include "ui/recording/transcript_model.h"

#include <algorithm>

namespace ui::recording {

using Kind = TranscriptLine::Kind;

void TranscriptModel::clear()
{
    beginResetModel();
    lines_.clear();
    row_of_.clear();
    revealed_.clear();
    speakers_.clear();
    found_.clear();
    playing_ = -1;
    endResetModel();
    Q_EMIT speakersChanged();
}

void TranscriptModel::append(std::vector<TranscriptLine> lines)
{
    if (lines.empty()) return;
    const int first = size();
    beginInsertRows({}, first, first + static_cast<int>(lines.size()) - 1);
    for (auto& line : lines) {
        if (line.kind == Kind::Speech) row_of_.insert(line.id, size());
        lines_.push_back(std::move(line));
    }
    endInsertRows();
    listSpeakers();
    if (!searched_.isEmpty()) find(searched_);
}

int TranscriptModel::rowOf(qint64 segment) const
{
    return row_of_.value(segment, -1);
}

int TranscriptModel::rowAt(double time_s) const
{
    auto after = std::upper_bound(
        lines_.begin(),
        lines_.end(),
        time_s,
        [](double time, const TranscriptLine& line) { return time < line.start_s; });
    while (after != lines_.begin()) {
        --after;
        if (after->kind == Kind::Speech) return static_cast<int>(after - lines_.begin());
    }
    return -1;
}

void TranscriptModel::setEdited(qint64 segment, const std::optional<QString>& text)
{
    const int row = rowOf(segment);
    if (row < 0) return;
    lines_[static_cast<std::size_t>(row)].edited = text;
    if (!searched_.isEmpty()) find(searched_);
    changed(row);
}

void TranscriptModel::setRevealed(qint64 segment, bool on)
{
    if (on)
        revealed_.insert(segment);
    else
        revealed_.remove(segment);
    if (const int row = rowOf(segment); row >= 0) changed(row);
}

void TranscriptModel::setSpeaker(qint64 segment, const QString& speaker)
{
    const int row = rowOf(segment);
    if (row < 0) return;
    lines_[static_cast<std::size_t>(row)].speaker = speaker;
    changed(row);
    listSpeakers();
}

std::vector<qint64> TranscriptModel::segmentsOf(const QString& speaker) const
{
    std::vector<qint64> segments;
    for (const auto& line : lines_) {
        if (line.kind == Kind::Speech && line.speaker == speaker) segments.push_back(line.id);
    }
    return segments;
}

theme::Color TranscriptModel::speakerColor(const QString& speaker) const
{
    constexpr int kColors = 6;
    const auto at = speakers_.indexOf(speaker);
    if (at < 0 || at >= kColors) return theme::Color::Text2;
    return static_cast<theme::Color>(static_cast<int>(theme::Color::Speaker1) + at);
}

void TranscriptModel::listSpeakers()
{
    QStringList names;
    for (const auto& line : lines_) {
        if (!line.speaker.isEmpty() && !names.contains(line.speaker)) names.append(line.speaker);
    }
    if (names == speakers_) return;
    speakers_ = names;
    Q_EMIT speakersChanged();
}

const std::vector<Found>& TranscriptModel::find(const QString& words)
{
    searched_ = words;
    found_.clear();
    if (words.isEmpty()) return found_;
    for (int row = 0; row < size(); ++row) {
        if (line(row).kind != Kind::Speech) continue;
        const QString& text = line(row).shown();
        const int length = static_cast<int>(words.size());
        for (auto at = text.indexOf(words, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(words, at + length, Qt::CaseInsensitive))
            found_.push_back({row, static_cast<int>(at), length});
    }
    return found_;
}

std::vector<std::pair<int, int>> TranscriptModel::foundIn(int row) const
{
    auto at = std::lower_bound(found_.begin(), found_.end(), row, [](const Found& found, int r) {
        return found.row < r;
    });
    std::vector<std::pair<int, int>> places;
    for (; at != found_.end() && at->row == row; ++at) places.emplace_back(at->begin, at->length);
    return places;
}

int TranscriptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : size();
}

QVariant TranscriptModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const auto& shown = line(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return shown.shown();
    case Qt::AccessibleTextRole:
        return words(shown, index.row());
    case Qt::ToolTipRole:
        return tip(shown);
    default:
        return {};
    }
}

Qt::ItemFlags TranscriptModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) return {};
    const auto kind = line(index.row()).kind;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    if (kind != Kind::Silence) flags |= Qt::ItemIsSelectable;
    if (kind == Kind::Speech) flags |= Qt::ItemIsEditable;
    return flags;
}

QString TranscriptModel::words(const TranscriptLine& line, int row) const
{
    const QString time = clockWords(line.start_s);
    switch (line.kind) {
    case Kind::Gap:
        return tr("Gap, %1 to %2, %3").arg(time, clockWords(line.end_s), line.text);
    case Kind::Marker:
        return tr("Marker, %1, %2").arg(time, line.text);
    case Kind::Silence:
        return tr("%1, %n seconds without speech", nullptr, qRound(line.end_s - line.start_s))
            .arg(time);
    case Kind::Speech:
        break;
    }
    const QString who = line.speaker.isEmpty() ? tr("Speaker unknown") : line.speaker;
    QString words = tr("%1, %2, %3", "speaker, time, text").arg(who, time, line.shown());
    if (line.edited) words += tr(", edited");
    if (line.edited && isRevealed(line.id)) words += tr(", recognised was: %1").arg(line.text);
    if (row == playing_) words += tr(", playing");
    return words;
}

QString TranscriptModel::tip(const TranscriptLine& line) const
{
    if (line.edited) return tr("Edited. Recognised was: %1").arg(line.text);
    if (line.kind == Kind::Gap) return line.text;
    return {};
}

void TranscriptModel::changed(int row)
{
    const auto at = index(row);
    Q_EMIT dataChanged(at, at);
}

} // namespace ui::recording
