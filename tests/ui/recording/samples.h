#pragma once

#include "ui/recording/types.h"

#include <vector>

/// The kick-off meeting of the design: six speakers, a gap, a silence, uncertain words.
namespace samples {

inline constexpr storage::SessionId kSession = 4;
inline constexpr storage::SourceId kSource = 9;

ui::recording::RecordingInfo info();
ui::recording::TranscriptLine
speech(qint64 id, double start_s, const QString& speaker, const QString& text);
std::vector<ui::recording::TranscriptLine> lines();
/// Hours of it.
std::vector<ui::recording::TranscriptLine> manyLines(int count);
ui::recording::SummaryContent summary();
std::vector<ui::recording::OwnNote> notes();

} // namespace samples
