#pragma once

#include "kernels/dtype.h"

#include <cstdint>

namespace kernels::cpu {

/// Rows of a weight that lie side by side in one panel (README.md draws the formats).
inline constexpr int kPanelRows = 16;
/// Columns that share one scale in Q4_1, Q8_0 and in activations quantised for them.
inline constexpr int kBlock = 32;
/// Bytes of one block of one panel: 16 rows of 32 columns in as many bits as the file has.
inline constexpr std::int64_t kQ4PanelBlockBytes =
    320; // 256 nibble pairs, 16 F16 scales, 16 F16 minima
inline constexpr std::int64_t kQ8PanelBlockBytes =
    544; // 512 quants; 32 of scales stand behind all quants of the panel
/// Most tokens that one call of any tile takes.
inline constexpr int kMaxTileTokens = 12;

/// The number of tokens, 1, 2, 4, 6, 8 or 12, that a block of `tokens` <= 12 is filled up to.
int padded_tokens(std::int64_t tokens);

/// Activations quantised to 15 bits per block, for up to kMaxTileTokens tokens side by side:
/// x = scale * (128 * high + low), both planes signed bytes, low in [-64, 63].
/// quants  [blocks][high, low][8][tokens][4]
/// scales  [blocks][tokens]
/// sums    [blocks][tokens]  sum of the 32 values of 128 * high + low
/// scaled_sums [blocks][tokens]  scale * sum
struct BlockActivations {
    const std::int8_t* quants;
    const float* scales;
    const std::int32_t* sums;
    const float* scaled_sums;
};

/// Up to 4 queries over a stretch of keys of one head.
struct AttendTask {
    const float* const* q; // per query [head_dim], already scaled
    int queries = 0;
    int head_dim = 0;
    const void* k = nullptr; // first key of the stretch, [keys][head_dim] with strides in elements
    const void* v = nullptr;
    bool half = false; // k and v are F16
    std::int64_t k_stride = 0;
    std::int64_t v_stride = 0;
    std::int64_t keys = 0;
    const std::int64_t* visible = nullptr; // per query, <= keys
    float* scores = nullptr;               // scratch [queries][keys rounded up to 16]
    // Results: softmax over this stretch alone, to be merged. A query that sees nothing has sum 0.
    float* max = nullptr;   // [queries]
    float* sum = nullptr;   // [queries]
    float* mixed = nullptr; // [queries][head_dim]: sum over keys of exp(score - max) * v
};
inline constexpr int kAttendQueries = 4;

/// Rows of a weight where its file has them; any alignment. F32, F16, BF16, F8E4M3 or NVFP4. The
/// scale of the whole matrix is the caller's.
struct StoredRows {
    const std::byte* data = nullptr; // first row
    std::int64_t row_bytes = 0;
    const std::byte* scales = nullptr; // NVFP4: of the first row, k / 16 a row
    WeightFormat format = WeightFormat::F32;
    std::int64_t rows = 0;
    std::int64_t k = 0;
};

/// One token beside ggml's blocks in place: BlockActivations of one token, and what they are for 16
/// columns, as some of those blocks have scales.
struct QuantizedRow {
    const std::int8_t* quants; // [k / 32][high, low][32]
    const float* scales_32;    // [k / 32]
    const float* sums_32;      // [k / 32]  scale * sum of the 32 values of 128 * high + low
    const float* scales_16;    // [k / 16]  each of scales_32 twice
    const float* sums_16;      // [k / 16]
};

/// Most tokens of a block of activations rounded to BF16.
inline constexpr int kRoundedTokens = 6;
/// Columns that rounded activations and widened rows are filled up to a multiple of, with zeros.
inline constexpr std::int64_t kRoundedColumns = 128;

/// 16 rows of a weight in BF16, as widen_rounded() leaves them. Rows side by side as tile_rounded()
/// takes them, columns in the order of their format.
struct RoundedRows {
    const std::uint16_t* values = nullptr; // [16][padded_k] in all
    const float* scales = nullptr;         // NVFP4: [16][padded_k / 8] in all; else null
    std::int64_t padded_k = 0;
    const std::byte* next = nullptr; // what will be widened next is fetched while these are used
    std::int64_t next_bytes = 0;
};

/// Up to kRoundedQueries queries of one head over all keys, everything rounded to BF16 but scores,
/// exponentials and sums.
struct RoundedAttendTask {
    const float* q = nullptr;
    std::int64_t ldq = 0;
    int queries = 0;
    int head_dim = 0;                      // a multiple of 16, at most kRoundedHeadDim
    const std::uint16_t* keys = nullptr;   // as pack_rounded_keys() leaves them
    const std::uint16_t* values = nullptr; // as pack_rounded_values() leaves them
    std::int64_t count = 0;                // keys
    std::int64_t padded_count = 0;         // a multiple of 32; zeros behind count
    float scale = 1.0f;
    float* y = nullptr;
    std::int64_t ldy = 0;
    float* scratch = nullptr; // [kRoundedAttendScratch], 64-byte aligned
};
inline constexpr int kRoundedQueries = 48;
inline constexpr int kRoundedHeadDim = 128;
inline constexpr std::int64_t kRoundedAttendScratch = 24'576;

/// One token and one head of ssm_scan.
struct SsmStep {
    float* y = nullptr; // [head_dim]
    const float* x = nullptr;
    const float* b = nullptr; // [state]
    const float* c = nullptr; // [state]
    float* memory = nullptr;  // [head_dim][state]
    float delta = 0.0f;
    float decay = 0.0f; // exp(delta A)
    float d = 0.0f;
    std::int64_t head_dim = 0;
    std::int64_t state = 0;
};

/// The inner loops for one instruction set: plain functions on plain pointers, so that a file
/// compiled for a newer processor shares no inline code with the rest of the program (the linker
/// would keep either copy).
///
/// "panel" points to the first of `panels` panels, `panel_stride` elements (or bytes, for quantised
/// ones) apart. Tiles write c[t * ldc + p * 16 + r] for every token t, panel p and row r, and take
/// exactly 1, 2, 4, 6, 8 or 12 tokens up to their maximum; no pointer needs alignment except panels
/// (64 bytes).
struct KernelTable {
    const char* name;
    int f32_tokens;   // most tokens for tile_f32, tile_f16 and tile_rows_f32
    int block_tokens; // for tile_q4 and tile_q8
    int panels;       // panels that packed tiles like best; all take 1 to this many
    int row_panels;   // the same for tile_rows_f32

    // Exact products. Every sum runs over k in order with one accumulator, so that results depend
    // neither on the number of tokens nor on threads. panel [k][16].
    /// a [k][tokens]
    void (*tile_f32)(
        float* c,
        std::int64_t ldc,
        const float* a,
        int tokens,
        const float* panel,
        int panels,
        std::int64_t panel_stride,
        std::int64_t k);
    /// a [k][tokens], panel in F16
    void (*tile_f16)(
        float* c,
        std::int64_t ldc,
        const float* a,
        int tokens,
        const std::uint16_t* panel,
        int panels,
        std::int64_t panel_stride,
        std::int64_t k);
    /// a [tokens][k] with rows lda apart
    void (*tile_rows_f32)(
        float* c,
        std::int64_t ldc,
        const float* a,
        std::int64_t lda,
        int tokens,
        const float* panel,
        int panels,
        std::int64_t panel_stride,
        std::int64_t k);

    /// c[t * ldc + r] = sum over i of x[t * ldx + i] * w(r, i). A sum runs in lanes that are added
    /// at the end: it depends neither on how many tokens nor on how many rows are computed
    /// together.
    void (*dot_rows)(
        float* c,
        std::int64_t ldc,
        const float* x,
        std::int64_t ldx,
        int tokens,
        const StoredRows& w);
    /// y [rows][k] = w in float, exactly.
    void (*widen_rows)(float* y, const StoredRows& w);
    /// The same two for ggml's block formats, which are taken apart block by block.
    void (*dot_blocks)(
        float* c,
        std::int64_t ldc,
        const float* x,
        std::int64_t ldx,
        int tokens,
        const StoredRows& w);
    void (*widen_blocks)(float* y, const StoredRows& w);
    /// c[r] = one token times rows whose format takes_quantized(), in whole numbers; null where the
    /// processor has no instructions for that.
    void (*dot_quantized)(float* c, const QuantizedRow& x, const StoredRows& w) = nullptr;

    // Products with activations rounded to BF16 and sums in float; null where the processor has no
    // instructions for them. Weights in BF16, F8E4M3 or NVFP4, each of which BF16 holds exactly (a
    // code of NVFP4 before its scale). A sum depends neither on how many tokens nor on how many
    // rows are computed together.
    /// y = up to kRoundedTokens tokens for rows of this format, [padded k / 32][tokens][32].
    void (*round_rows)(
        std::uint16_t* y,
        const float* x,
        std::int64_t ldx,
        int tokens,
        std::int64_t k,
        WeightFormat format) = nullptr;
    /// c[r] = one token times up to 16 rows; c has room for 16.
    void (*dot_rounded)(float* c, const std::uint16_t* x, const StoredRows& w) = nullptr;
    /// Up to 16 rows for tile_rounded(), zeros for those that are missing. y [16][padded k]; scales
    /// [16][padded k / 8], NVFP4 only.
    void (*widen_rounded)(std::uint16_t* y, float* scales, const StoredRows& w) = nullptr;
    /// c[t * ldc + r] for 16 rows; x in blocks of kRoundedTokens tokens, the last one of fewer.
    /// sums [tokens][16][16] is scratch.
    void (*tile_rounded)(
        float* c,
        std::int64_t ldc,
        float* sums,
        const std::uint16_t* x,
        int tokens,
        const RoundedRows& w) = nullptr;

    // Attention in the same arithmetic; null likewise.
    void (*attend_rounded)(const RoundedAttendTask& task) = nullptr;
    /// panel [dim / 2][16][2] from up to 16 keys of [dim], ldk apart; missing keys become zero.
    void (*pack_rounded_keys)(
        std::uint16_t* panel,
        const float* keys,
        std::int64_t ldk,
        int count,
        std::int64_t dim) = nullptr;
    /// pairs [16][2] from 16 columns of two rows; b may be null.
    void (*pack_rounded_values)(std::uint16_t* pairs, const float* a, const float* b) = nullptr;

    // Integer products.
    void (*tile_q4)(
        float* c,
        std::int64_t ldc,
        const BlockActivations& a,
        int tokens,
        const std::uint8_t* panel,
        int panels,
        std::int64_t panel_stride,
        std::int64_t blocks);
    void (*tile_q8)(
        float* c,
        std::int64_t ldc,
        const BlockActivations& a,
        int tokens,
        const std::uint8_t* panel,
        int panels,
        std::int64_t panel_stride,
        std::int64_t blocks);

    /// y[t * ldy + r] = c[t * ldc + r] + bias[r] for n rows; added to y where `add`. bias may be
    /// null.
    void (*store_tile)(
        float* y,
        std::int64_t ldy,
        const float* c,
        std::int64_t ldc,
        int tokens,
        std::int64_t n,
        const float* bias,
        bool add);

    // Activations for the tiles. x has `tokens` rows, ldx apart; rows from `tokens` to `padded`
    // become zero.
    void (*pack_f32)(
        float* a,
        const float* x,
        std::int64_t ldx,
        int tokens,
        int padded,
        std::int64_t k);
    void (*quantize_blocks)(
        std::int8_t* quants,
        float* scales,
        std::int32_t* sums,
        float* scaled_sums,
        const float* x,
        std::int64_t ldx,
        int tokens,
        int padded,
        std::int64_t cols);

    // Conversions of n elements.
    /// Rounds to Q8_0: quants [n], scales [n / 32] in F16; n is a multiple of 32. Divides by the
    /// scale as it is stored, so that its rounding does not add to the error.
    void (*round_q8)(std::int8_t* quants, std::uint16_t* scales, const float* x, std::int64_t n);
    void (*widen_f16)(float* y, const std::uint16_t* x, std::int64_t n);
    void (*widen_bf16)(float* y, const std::uint16_t* x, std::int64_t n);
    void (*narrow_f16)(std::uint16_t* y, const float* x, std::int64_t n);

    // Rows of n elements.
    void (*rms_norm)(float* y, const float* x, const float* weight, float eps, std::int64_t n);
    void (*layer_norm)(
        float* y,
        const float* x,
        const float* gamma,
        const float* beta,
        float eps,
        std::int64_t n);
    void (*add)(float* y, const float* x, std::int64_t n); // y += x
    void (*gelu_erf)(float* x, std::int64_t n);            // in place
    void (*silu)(float* x, std::int64_t n);                // in place
    void (*relu)(float* x, std::int64_t n);                // in place
    void (*relu_squared)(float* x, std::int64_t n);        // in place
    void (*silu_multiply)(float* y, const float* gate, const float* up, std::int64_t n);
    void (*gelu_multiply)(float* y, const float* gate, const float* up, std::int64_t n);
    void (*sigmoid_multiply)(float* y, const float* gate, const float* x, std::int64_t n);
    void (*scale)(float* y, const float* x, float factor, std::int64_t n);
    /// x = exp(scale * (x - max)); returns the sum. The caller divides.
    float (*exp_sum)(float* x, float scale, std::int64_t n);

    // Convolutions of single channels.
    /// y[c] = bias[c] + sum over j of weight[j * ldw + c] * rows[j][c]; silu of it where asked
    void (*conv_taps)(
        float* y,
        const float* const* rows,
        int taps,
        const float* weight,
        std::int64_t ldw,
        const float* bias,
        bool with_silu,
        std::int64_t n);

    // State-space models.
    void (*ssm_step)(const SsmStep& step);

    // Attention.
    void (*attend)(const AttendTask& task);
    /// panel [dim][16] from up to 16 keys of [dim], ldk elements apart; missing keys become zero.
    void (*pack_keys)(
        float* panel,
        const void* keys,
        bool half,
        std::int64_t ldk,
        int count,
        std::int64_t dim);
};

const KernelTable& scalar_kernels();
#if defined(__x86_64__)
const KernelTable& avx2_kernels();
const KernelTable& avx512_kernels();
const KernelTable& avx512bf16_kernels();
#endif

} // namespace kernels::cpu
