#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace engine::omni {

/// Efficient Video Sampling: which rows of a video a prompt keeps. A row that says what the one at
/// the same place of the tubelet before said is dropped first; the first tubelet stays whole.
///
/// rows    [tubelets * per_tubelet, dim], all tubelets of one grid
/// rate    share to drop, in [0, 1)
/// result  a flag a row; how many are kept depends on the numbers alone (kept_rows)
/// Cosine distances in float32; below 1e-4 they count as none, so that what of a still picture is
/// kept does not depend on rounding. Source: vision spec 4.5.
std::vector<bool>
keep_of_video(std::span<const float> rows, int tubelets, int per_tubelet, int dim, double rate);

/// The same in two steps, for rows that come tubelet by tubelet.
/// How much each row of `rows` differs from the one at its place in `before`, [per_tubelet, dim]
/// both; above anything else where `before` is empty: the first tubelet.
std::vector<float>
change_of_rows(std::span<const float> rows, std::span<const float> before, int dim);
/// `change` of all tubelets, one behind the other.
std::vector<bool> keep_most_changed(std::span<const float> change, int per_tubelet, double rate);

/// How many rows are kept.
std::int64_t kept_rows(int tubelets, int per_tubelet, double rate);

} // namespace engine::omni
