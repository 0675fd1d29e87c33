#pragma once

#include "engine/result.h"
#include "engine/types.h"

#include <filesystem>
#include <string_view>

namespace engine::tools {

/// The picture, sound or video that a part of a request names: a path relative to `folder`, an
/// absolute one, file:// or a data: URL with base64. PNG and PPM pictures, WAV sounds, and as
/// videos folders of pictures in the order of their names, `fps` a second. Nothing is fetched from
/// a network. Errors: FileNotFound, FileUnreadable, BadFile, UnsupportedFile, LimitExceeded (a
/// video of more than 1,024 frames or 1 GiB of pixels), Unavailable (a network address).
Result<Image> read_image_url(std::string_view url, const std::filesystem::path& folder);
Result<Sound> read_audio_url(std::string_view url, const std::filesystem::path& folder);
Result<Video> read_video_url(std::string_view url, const std::filesystem::path& folder, double fps);

} // namespace engine::tools
