#pragma once

#include "capture/types.h"
#include "engine/speech_recognizer.h"
#include "storage/types.h"

#include <string_view>

/// Values of one sibling module as values of another: the price of modules that do not know one
/// another.
namespace app {

storage::Page to_storage(capture::Page page, storage::SourceId source);
/// Without the picture, which is stored as a file.
storage::Frame to_storage(const capture::Frame& frame, storage::SourceId source);
/// `offset_s` is where the recognised sound starts in the source.
storage::Segment to_storage(
    const engine::RecognizedSegment& segment,
    storage::SourceId source,
    double offset_s,
    std::string_view language);
/// "pdf", "image", "audio", "video", "text", "office".
std::string_view name(capture::FileKind kind);
/// "ready", "partial", "failed", "cancelled"; "reading" only while another program reads.
std::string_view name(storage::SourceStatus status);

} // namespace app
