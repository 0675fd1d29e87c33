#include "engine/image/resize.h"

#include "base/expects.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace engine::image {
namespace {

/// What one output sample takes from its axis.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

float cubic(float x)
{
    if (x < 1.0f) return (1.5f * x - 2.5f) * x * x + 1.0f;
    if (x < 2.0f) return ((-0.5f * x + 2.5f) * x - 4.0f) * x + 2.0f;
    return 0.0f;
}

std::vector<Taps> taps_of(int from, int to)
{
    const float scale = static_cast<float>(from) / static_cast<float>(to);
    const float stretch = std::max(scale, 1.0f); // wider than 1 where it shrinks: the antialiasing
    const float reach = 2.0f * stretch;
    std::vector<Taps> axis(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        // Rounded to float as the reference does: in double it would be 0.04 grey levels off.
        const auto centre = static_cast<float>(static_cast<double>(scale) * (i + 0.5));
        const double from_here = std::trunc(static_cast<double>(centre - reach) + 0.5);
        const double to_here = std::trunc(static_cast<double>(centre + reach) + 0.5);
        const int low = std::max(static_cast<int>(from_here), 0);
        const int high = std::min(static_cast<int>(to_here), from);
        Taps& taps = axis[static_cast<std::size_t>(i)];
        taps.first = low;
        float sum = 0.0f;
        for (int j = low; j < high; ++j) {
            const float x = std::abs(static_cast<float>(j) - centre + 0.5f) / stretch;
            taps.weights.push_back(cubic(x));
            sum += taps.weights.back();
        }
        for (float& w : taps.weights) w /= sum;
    }
    return axis;
}

/// The planes of a picture with its rows resized: [3][height][to]. Straight from the bytes, since
/// the planes of a large picture would take four times as much.
std::vector<float> resize_width(const Image& picture, int to)
{
    const auto rows = static_cast<std::size_t>(picture.height_px);
    const auto from = static_cast<std::size_t>(picture.width_px),
               width = static_cast<std::size_t>(to);
    const std::vector<Taps> axis =
        to == picture.width_px ? std::vector<Taps>() : taps_of(picture.width_px, to);
    std::vector<float> out(3 * rows * width);
    std::vector<float> row(from);
    for (std::size_t y = 0; y < rows; ++y)
        for (std::size_t c = 0; c < 3; ++c) {
            const std::uint8_t* bytes = picture.rgb.data() + 3 * y * from + c;
            for (std::size_t x = 0; x < from; ++x) row[x] = static_cast<float>(bytes[3 * x]);
            float* result = out.data() + (c * rows + y) * width;
            if (axis.empty()) std::copy(row.begin(), row.end(), result);
            for (std::size_t x = 0; x < axis.size(); ++x) {
                float sum = 0.0f;
                for (std::size_t j = 0; j < axis[x].weights.size(); ++j)
                    sum += axis[x].weights[j] * row[static_cast<std::size_t>(axis[x].first) + j];
                result[x] = sum;
            }
        }
    return out;
}

std::vector<float> resize_height(const std::vector<float>& in, int width, int from, int to)
{
    const std::vector<Taps> axis = taps_of(from, to);
    const auto w = static_cast<std::size_t>(width);
    std::vector<float> out(3 * static_cast<std::size_t>(to) * w);
    for (std::size_t c = 0; c < 3; ++c) {
        const float* plane = in.data() + c * static_cast<std::size_t>(from) * w;
        for (std::size_t y = 0; y < axis.size(); ++y) {
            float* result = out.data() + (c * axis.size() + y) * w;
            for (std::size_t j = 0; j < axis[y].weights.size(); ++j) {
                const float weight = axis[y].weights[j];
                const float* row = plane + (static_cast<std::size_t>(axis[y].first) + j) * w;
                for (std::size_t x = 0; x < w; ++x) result[x] += weight * row[x];
            }
        }
    }
    return out;
}

} // namespace

Planes resized(const Image& picture, int width_px, int height_px)
{
    const auto pixels =
        static_cast<std::size_t>(picture.width_px) * static_cast<std::size_t>(picture.height_px);
    EXPECTS(pixels > 0 && picture.rgb.size() == 3 * pixels && width_px > 0 && height_px > 0);
    std::vector<float> values = resize_width(picture, width_px);
    if (height_px != picture.height_px)
        values = resize_height(values, width_px, picture.height_px, height_px);
    return {width_px, height_px, std::move(values)};
}

} // namespace engine::image
