#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace capture::reader {

/// What the first bytes say a file is; the name's ending never decides. Pure comparisons, no
/// parsing.
enum class Content {
    Empty,
    Pdf,
    Picture,     // PNG JPEG WebP GIF TIFF BMP
    HeifPicture, // HEIC AVIF
    Zip,         // office documents among others: office_file.h looks at its entries
    OldOffice,   // DOC XLS PPT
    Rtf,
    Media, // containers and streams that FFmpeg knows
    Other, // text, or nothing that is read
};

/// `head` holds up to the first 64 KiB.
Content sniff(std::span<const std::byte> head);

} // namespace capture::reader
