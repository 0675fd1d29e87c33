#pragma once

#include "capture/reader/protocol.h"

/// What must hold for each message before a field of it is used. nullptr: everything holds;
/// otherwise the broken rule, as the end of a sentence.
namespace capture::reader {

const char* broken_rule(const StartRequest& message);
const char* broken_rule(const PagesRequest& message);
const char* broken_rule(const MediaRange& message);
const char* broken_rule(const RenderRequest& message);
const char* broken_rule(const Ack& message);
const char* broken_rule(const PlayRange& message);
const char* broken_rule(const FrameQuery& message);
const char* broken_rule(const FileInfo& message, const ReaderLimits& limits);
const char* broken_rule(const Page& message, const ReaderLimits& limits);
const char* broken_rule(const Frame& message, const ReaderLimits& limits);
const char* broken_rule(const AudioBlock& message);
const char* broken_rule(const PlaySound& message);
const char* broken_rule(const PlayFrame& message, const ReaderLimits& limits);
const char* broken_rule(const PictureSize& message, const ReaderLimits& limits);
const char* broken_rule(const Progress& message);
const char* broken_rule(const Error& message);
const char* broken_rule(const std::string& warning);

} // namespace capture::reader
