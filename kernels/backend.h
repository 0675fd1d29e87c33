#pragma once

#include "kernels/buffer.h"
#include "kernels/device_error.h"
#include "kernels/tensor.h"
#include "kernels/weight.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace kernels {

/// Applied to each output element after bias.
/// GeluErf: x / 2 * (1 + erf(x / sqrt 2)). Silu: x / (1 + exp(-x)). ReluSquared: max(x, 0)².
enum class Activation { None, GeluErf, Relu, Silu, ReluSquared };

/// One product of a group that reads the same input.
struct MatmulOutput {
    Tensor y;                         // [tokens, weight.rows]  F32, or F16 for a cache row
    const LoadedWeight* weight;       // [rows, cols]
    std::span<const float> bias = {}; // [rows] or empty
    Activation activation = Activation::None;
    bool add_to_y = false; // y += instead of y =; the residual connection
};

/// q, k and v of one attention, heads side by side; kv_heads divides heads.
struct AttentionShape {
    int heads = 1;
    int kv_heads = 1;
    int head_dim = 1;
    float scale = 1.0f;
    bool causal = false; // query i sees keys [0, first_position + i]
    std::int64_t first_position = 0;
    std::int64_t window = 0; // causal: of these only the last so many, itself included; 0: all
    /// Fast may round queries, keys, values and the softmax's weights to BF16.
    Compute compute = Compute::Exact;
};

/// Which pixels one output of depthwise_conv() sees. Rows of an image lie one after another: row
/// t * width + i of the tensor is column i of image row t.
struct DepthwiseShape {
    int width = 1; // of an image row; 1: a sequence
    int taps_down = 1;
    int taps_across = 1;
    int stride = 1; // both ways
    int padding_down = 0;
    int padding_across = 0;
};

/// Heads side by side in a row; groups divides heads, head h uses group h / (heads / groups).
struct SsmShape {
    int heads = 1;
    int head_dim = 1;
    int groups = 1;
    int state = 1; // numbers that each channel of a head remembers
};

/// One expert of a mixture: down(relu(up(x))²), no gate and no bias.
struct Expert {
    const LoadedWeight* up = nullptr;   // [width, dim]
    const LoadedWeight* down = nullptr; // [dim, width]
};

enum class RopeStyle { Interleaved, Halves }; // pairs (2i, 2i + 1), or (i, i + head_dim / 2)

/// base^(-2i / head_dim) for every pair i: radians from one position to the next.
std::vector<double> rope_frequencies(int head_dim, double base);

/// Every op a model may ask for, on one device. Calls only queue work where the device has a queue;
/// synchronize() waits. One thread at a time (the engine thread). Shapes that do not match break a
/// contract and stop the program; a device that fails throws DeviceError, missing memory
/// std::bad_alloc. Unless said otherwise tensors are F32, row-major, and an output may not overlap
/// an input.
class Backend {
public:
    virtual ~Backend() = default;

    /// "CPU, AVX-512 VNNI, 2 threads"
    virtual std::string description() const = 0;
    virtual void synchronize() = 0;

    /// Allocates [rows, cols] on this device, zeroed.
    virtual Buffer allocate(DType dtype, std::int64_t rows, std::int64_t cols) = 0;
    /// Repacks a weight once, in at most as many bits as it has (Compute::Fast: 8.5 for F32, F16
    /// and BF16; 5 for Q4_0, and for Q4_K under Compute::Fast). All other formats stay in place.
    virtual std::unique_ptr<LoadedWeight> load_weight(const Weight& weight, Compute compute) = 0;

    /// The weight where its file has it: nothing is repacked, nothing read before it is used, so
    /// that of many experts only those that are chosen enter memory. The sums are the same for any
    /// number of tokens. Compute::Exact multiplies in float32, Compute::Fast may round the
    /// activations that meet BF16, F8E4M3 and NVFP4 to BF16, as models with such weights are
    /// trained and served; sums stay in float. Of Fast and ggml's blocks a single token is the
    /// exception: its activations are rounded to 15 bits with a scale for every 32.
    virtual std::unique_ptr<LoadedWeight>
    use_in_place(const Weight& weight, Compute compute = Compute::Exact) = 0;

    /// y[t, :] = table[ids[t], :], widened to float.
    virtual void
    embedding(const Tensor& y, const LoadedWeight& table, std::span<const std::int32_t> ids) = 0;

    /// y[r, c] = x[r, c] / sqrt(mean(x[r, :]²) + eps) * weight[c]
    ///
    /// x, y    [rows, dim]; y may be x
    /// weight  [dim]
    /// Source: Zhang & Sennrich 2019, equation 4.
    virtual void
    rms_norm(const Tensor& y, const Tensor& x, std::span<const float> weight, float eps) = 0;

    /// y[r, c] = (x[r, c] - mean(x[r, :])) / sqrt(variance(x[r, :]) + eps) * gamma[c] + beta[c]
    ///
    /// x, y  [rows, dim]; y may be x. Population variance. Source: Ba et al. 2016.
    virtual void layer_norm(
        const Tensor& y,
        const Tensor& x,
        std::span<const float> gamma,
        std::span<const float> beta,
        float eps) = 0;

    /// For every output: y[t, r] = activation(sum over c of x[t, c] * weight[r, c] + bias[r]),
    /// added to y where asked.
    ///
    /// x  [tokens, cols]; all weights of the group have `cols` columns. One token is the decode
    /// path (a matrix-vector product bound by memory), many are prefill. Grouping q, k, v or gate
    /// and up spares fork-joins.
    virtual void matmul(std::span<const MatmulOutput> outputs, const Tensor& x) = 0;

    /// y[t, r] = sum over c of a[t, c] * b[r, c], both dense F32.
    virtual void matmul(const Tensor& y, const Tensor& a, const Tensor& b) = 0;

    /// y = x with pair i of each head rotated by position * frequencies[i]. Source: Su et al. 2021.
    ///
    /// x            [tokens, heads * head_dim]
    /// y            the same shape, F32 or F16 (keys go to their cache rows in this step); y may be
    /// x positions    [tokens] frequencies  [head_dim / 2]
    virtual void rope(
        const Tensor& y,
        const Tensor& x,
        std::span<const std::int32_t> positions,
        std::span<const double> frequencies,
        RopeStyle style) = 0;

    /// y = softmax(q kᵀ * scale, causal mask) v, head by head. Sums in float. Source: Vaswani et
    /// al. 2017; Ainslie et al. 2023 for kv_heads < heads.
    ///
    /// q, y  [tokens, heads * head_dim]
    /// k, v  [keys, kv_heads * head_dim]  F32 or F16
    virtual void attention(
        const Tensor& y,
        const Tensor& q,
        const Tensor& k,
        const Tensor& v,
        const AttentionShape& shape) = 0;

    /// Self-attention with relative positions, head by head, everything visible:
    /// y[i] = sum over j of softmax_j(((q[i] + content_bias) · k[j] + (q[i] + position_bias) ·
    /// r[tokens - 1 - i + j]) * scale) v[j]
    ///
    /// q, k, v, y  [tokens, heads * head_dim]
    /// r           [2 * tokens - 1, heads * head_dim]  from position tokens - 1 before to as many
    ///             after
    /// both biases [heads * head_dim]
    /// Source: Dai et al. 2019 (Transformer-XL), section 3.3.
    virtual void relative_attention(
        const Tensor& y,
        const Tensor& q,
        const Tensor& k,
        const Tensor& v,
        const Tensor& r,
        std::span<const float> content_bias,
        std::span<const float> position_bias,
        int head_dim,
        float scale) = 0;

    /// weights[t, j] = softmax over j of (q_h[t] · k_h[j] * scale) for one head, all keys visible.
    ///
    /// q  [tokens, heads * head_dim], k  [keys, heads * head_dim]  F32 or F16, weights  [tokens,
    /// keys]
    virtual void attention_weights(
        const Tensor& weights,
        const Tensor& q,
        const Tensor& k,
        int head,
        int head_dim,
        float scale) = 0;

    /// y[r, c] = silu(gate[r, c]) * up[r, c]; y may be gate or up. Source: Shazeer 2020, SwiGLU.
    virtual void silu_multiply(const Tensor& y, const Tensor& gate, const Tensor& up) = 0;
    /// y[r, c] = gelu(gate[r, c]) * up[r, c] with gelu(x) = x / 2 * (1 + tanh(√(2/π) (x + 0.044715
    /// x³))); y may be gate or up. Source: Shazeer 2020, GEGLU; Hendrycks & Gimpel 2016.
    virtual void gelu_multiply(const Tensor& y, const Tensor& gate, const Tensor& up) = 0;
    /// y[r, c] = sigmoid(gate[r, c]) * x[r, c]; y may be gate or x. Source: Dauphin et al. 2017,
    /// GLU.
    virtual void sigmoid_multiply(const Tensor& y, const Tensor& gate, const Tensor& x) = 0;
    /// y[r, c] += x[r, c]
    virtual void add(const Tensor& y, const Tensor& x) = 0;
    /// x[r, :] = softmax(x[r, :] * scale)
    virtual void softmax(const Tensor& x, float scale) = 0;

    /// One-dimensional convolution over time, zero padding on both ends.
    /// y[t, o] = activation(bias[o] + sum over i, k of x[t * stride + k - padding, i] * weight[o, i
    /// * width + k])
    ///
    /// x       [time, in], y  [floor((time + 2 * padding - width) / stride) + 1, out]
    /// weight  [out, in * width], PyTorch's (out, in, width) as stored
    virtual void conv1d(
        const Tensor& y,
        const Tensor& x,
        const LoadedWeight& weight,
        std::span<const float> bias,
        int width,
        int stride,
        int padding,
        Activation activation) = 0;

    /// Convolution of each channel of an image with its own taps, zeros around it:
    /// y[t, i, c] = activation(bias[c] + sum over a, b of weight[a * taps_across + b, c] *
    /// x[t * stride + a - padding_down, i * stride + b - padding_across, c])
    ///
    /// x       [height * width, channels]
    /// y       the same for floor((size + 2 * padding - taps) / stride) + 1 either way
    /// weight  [taps_down * taps_across, channels], at most 64 taps
    /// Activation::None or Silu.
    virtual void depthwise_conv(
        const Tensor& y,
        const Tensor& x,
        const Tensor& weight,
        std::span<const float> bias,
        const DepthwiseShape& shape,
        Activation activation) = 0;

    /// Causal convolution of each channel with its own taps, silu on top:
    /// y[t, c] = silu(bias[c] + sum over j of weight[j, c] * x[t - taps + 1 + j, c])
    ///
    /// x, y     [tokens, channels]; may not overlap
    /// weight   [taps, channels], 2 to 8 taps, the last one for the current token
    /// history  [taps - 1, channels] the x before the first token; left as those before the next
    /// Source: Gu & Dao 2023, figure 3.
    virtual void causal_conv(
        const Tensor& y,
        const Tensor& x,
        const Tensor& weight,
        std::span<const float> bias,
        const Tensor& history) = 0;

    /// Mamba-2's state-space recurrence, token by token and head by head, with A = -exp(a_log):
    /// delta = softplus(dt[t, h] + dt_bias[h])
    /// S = exp(delta A) S + delta x[t, h] ⊗ b[t, g]
    /// y[t, h] = S c[t, g] + d[h] x[t, h]
    ///
    /// x, y   [tokens, heads * head_dim]; y may be x
    /// b, c   [tokens, groups * state]
    /// dt     [tokens, heads], raw; delta is never clamped
    /// state  [heads * head_dim, state], carried from call to call
    /// Source: Dao & Gu 2024, equation 6.
    virtual void ssm_scan(
        const Tensor& y,
        const Tensor& x,
        const Tensor& b,
        const Tensor& c,
        const Tensor& dt,
        std::span<const float> dt_bias,
        std::span<const float> a_log,
        std::span<const float> d,
        const Tensor& state,
        const SsmShape& shape) = 0;

    /// y = rms_norm(y * silu(gate)) within each of `groups` equal stretches of a row, times weight.
    ///
    /// y, gate  [rows, dim], weight [dim]. Source: Dao & Gu 2024, appendix; the gate comes first.
    virtual void gated_rms_norm(
        const Tensor& y,
        const Tensor& gate,
        std::span<const float> weight,
        int groups,
        float eps) = 0;

    /// Chooses experts: s = sigmoid(logits); ids = those of the k largest s + bias, weights = their
    /// s / (sum of the k + 1e-20) * scale, or s * scale where not `normalise`. Ordered by id. Of
    /// equals the smaller id wins.
    ///
    /// logits   [tokens, experts], bias [experts] chooses and does not weigh
    /// ids      [tokens, k] I32
    /// weights  [tokens, k]
    /// Source: DeepSeek-AI 2024 (V3), equations 13 to 16.
    virtual void route_experts(
        const Tensor& ids,
        const Tensor& weights,
        const Tensor& logits,
        std::span<const float> bias,
        bool normalise,
        float scale) = 0;

    /// y[t] += sum over i of weights[t, i] * expert ids[t, i] (x[t]), in the order of a row of ids.
    /// An expert is read once for all tokens that chose it; the others are not touched.
    ///
    /// x, y  [tokens, dim]; ids and weights as route_experts() leaves them
    virtual void mix_experts(
        const Tensor& y,
        const Tensor& x,
        std::span<const Expert> experts,
        const Tensor& ids,
        const Tensor& weights) = 0;
};

/// The CPU backend. `threads` 0 takes the cores that this process may use.
/// The environment variable PERCEPT_CPU = scalar | avx2 | avx512 | avx512bf16 forces a path; one
/// that the processor lacks is refused with a sentence on standard error and the best one is used.
std::unique_ptr<Backend> make_cpu_backend(int threads = 0);

/// One sentence for people about CUDA: whether this build and this machine have it, and what is
/// used.
std::string cuda_status();

} // namespace kernels
