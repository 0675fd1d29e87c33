#include "capture/reader/media/rotate.h"

#include <utility>

namespace capture::reader {

void rotate(
    std::vector<std::uint8_t>& pixels,
    int& width,
    int& height,
    int channels,
    int quarter_turns)
{
    if (quarter_turns == 0) return;
    const bool odd = quarter_turns % 2 == 1;
    const int new_width = odd ? height : width, new_height = odd ? width : height;
    std::vector<std::uint8_t> turned(pixels.size());
    for (int y = 0; y < new_height; ++y) {
        for (int x = 0; x < new_width; ++x) {
            int from_x = x, from_y = y;
            if (quarter_turns == 1) {
                from_x = y;
                from_y = height - 1 - x;
            } else if (quarter_turns == 2) {
                from_x = width - 1 - x;
                from_y = height - 1 - y;
            } else {
                from_x = width - 1 - y;
                from_y = x;
            }
            const std::size_t to =
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(new_width) +
                 static_cast<std::size_t>(x)) *
                static_cast<std::size_t>(channels);
            const std::size_t from =
                (static_cast<std::size_t>(from_y) * static_cast<std::size_t>(width) +
                 static_cast<std::size_t>(from_x)) *
                static_cast<std::size_t>(channels);
            for (int c = 0; c < channels; ++c)
                turned[to + static_cast<std::size_t>(c)] =
                    pixels[from + static_cast<std::size_t>(c)];
        }
    }
    pixels = std::move(turned);
    width = new_width;
    height = new_height;
}

} // namespace capture::reader
