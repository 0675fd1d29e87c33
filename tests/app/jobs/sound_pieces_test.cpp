#include "app/sound_pieces.h"

#include "engine/types.h"

#include <gtest/gtest.h>

using namespace app;

namespace {

constexpr int kRate = engine::kSampleRateHz;

capture::AudioBlock block(double start_s, double length_s, float level)
{
    return {start_s, std::vector<float>(static_cast<std::size_t>(length_s * kRate), level)};
}

std::vector<SoundPiece> all_pieces(SoundPieces& pieces)
{
    pieces.finish();
    std::vector<SoundPiece> out;
    while (auto piece = pieces.take()) out.push_back(std::move(*piece));
    return out;
}

} // namespace

TEST(SoundPiecesTest, KeepsShortSoundInOnePiece)
{
    SoundPieces pieces;
    pieces.add(block(0, 1, 0.1F));
    pieces.add(block(1, 1, 0.2F));
    EXPECT_FALSE(pieces.take());

    const auto out = all_pieces(pieces);

    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].samples.size(), 2U * kRate);
    EXPECT_EQ(out[0].start_s, 0);
}

TEST(SoundPiecesTest, CutsWhereItIsQuietest)
{
    SoundPieces pieces;
    pieces.add(block(0, 90, 0.5F));
    pieces.add(block(90, 1, 0.0F)); // the only pause between one and two minutes
    pieces.add(block(91, 40, 0.5F));

    const auto first = pieces.take();

    ASSERT_TRUE(first);
    EXPECT_GT(first->end_s(), 90.0);
    EXPECT_LT(first->end_s(), 91.0);
    const auto rest = all_pieces(pieces);
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_DOUBLE_EQ(rest[0].start_s, first->end_s());
    EXPECT_NEAR(rest[0].end_s(), 131.0, 1e-6);
}

TEST(SoundPiecesTest, NeverHoldsMoreThanTwoMinutesAndLosesNoSample)
{
    SoundPieces pieces;
    std::size_t samples = 0;
    for (int i = 0; i < 600; ++i) {
        pieces.add(block(i, 1, 0.3F));
        while (const auto piece = pieces.take()) {
            EXPECT_LE(piece->samples.size(), 120U * kRate);
            EXPECT_GE(piece->samples.size(), 60U * kRate);
            samples += piece->samples.size();
        }
    }
    for (const auto& piece : all_pieces(pieces)) samples += piece.samples.size();
    EXPECT_EQ(samples, 600U * kRate);
}

TEST(SoundPiecesTest, FillsSmallHolesAndReportsLargeOnes)
{
    SoundPieces pieces;
    pieces.add(block(0, 1, 0.5F));
    pieces.add(block(1.5, 1, 0.5F)); // half a second is filled with silence
    pieces.add(block(10, 1, 0.5F));

    const auto out = all_pieces(pieces);
    const auto gaps = pieces.take_gaps();

    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0].samples.size(), static_cast<std::size_t>(2.5 * kRate));
    EXPECT_EQ(out[0].samples[static_cast<std::size_t>(1.2 * kRate)], 0.0F);
    EXPECT_EQ(out[1].start_s, 10);
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_EQ(gaps[0].start_s, 2.5);
    EXPECT_EQ(gaps[0].end_s, 10);
}

TEST(SoundPiecesTest, DropsOverlapsAndWhatWasHeardBefore)
{
    SoundPieces pieces{5.0};
    pieces.add(block(3, 4, 0.5F)); // two seconds of it were heard by an earlier run
    pieces.add(block(6.5, 1, 0.5F));

    const auto out = all_pieces(pieces);

    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].start_s, 5.0);
    EXPECT_NEAR(out[0].end_s(), 7.5, 1e-6);
    EXPECT_TRUE(pieces.take_gaps().empty());
}

TEST(SoundPiecesTest, ASourceThatStartsLateHasAGap)
{
    SoundPieces pieces;
    pieces.add(block(4, 1, 0.5F));
    const auto gaps = pieces.take_gaps();
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_EQ(gaps[0].end_s, 4);
}
