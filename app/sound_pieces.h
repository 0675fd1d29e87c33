#pragma once

#include "capture/types.h"

#include <optional>
#include <span>
#include <vector>

namespace app {

/// A stretch of sound without a break.
struct SoundPiece {
    double start_s = 0;
    std::vector<float> samples; // 16 kHz, mono
    double end_s() const;
};

/// A stretch of time for which the file holds no sound.
struct SoundGap {
    double start_s = 0;
    double end_s = 0;
};

/// Cuts a stream of sound of any length into pieces of one to two minutes, at its quietest moment,
/// so that hours of speech need the memory of minutes and no word is cut in two. Small holes
/// between blocks are filled with silence and overlaps dropped, which keeps every time exact; a
/// hole of a second and more ends the piece and is reported.
///
/// The alternative, cutting where the voice detector hears nobody, would run it twice: the
/// recogniser does so itself inside each piece.
class SoundPieces {
public:
    /// `start_s` is where the sound should begin: a later first block is a gap, sound before it is
    /// dropped.
    explicit SoundPieces(double start_s = 0) : end_s_(start_s) {}

    void add(const capture::AudioBlock& block);
    /// The next full piece, if there is one; after finish() also the rest.
    std::optional<SoundPiece> take();
    void finish() { finished_ = true; }
    /// Gaps found since the last call.
    std::vector<SoundGap> take_gaps();

private:
    void close_current();

    SoundPiece current_;
    std::vector<SoundPiece> full_;
    std::vector<SoundGap> gaps_;
    double end_s_ = 0; // of all sound so far
    bool finished_ = false;
};

/// Index of the middle of the quietest 0.2 s of `samples`; the last of equals, so that pieces stay
/// long.
std::size_t quietest_moment(std::span<const float> samples);

} // namespace app
