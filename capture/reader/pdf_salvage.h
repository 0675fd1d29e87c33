#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace capture::reader {

/// A PDF that lost its end has no table and no root any more, but its first pages may be whole.
/// Returns a copy with a page tree of the page objects that are found, in the order of the file,
/// which poppler can mend from; empty where none is found (newer files often keep them compressed).
std::string salvage_pdf(std::span<const std::byte> bytes);

} // namespace capture::reader
