#pragma once

#include "kernels/backend.h"
#include "kernels/cpu/isa.h"
#include "kernels/cpu/packed_weight.h"
#include "kernels/cpu/scratch.h"
#include "kernels/thread_pool.h"

#include <array>
#include <optional>
#include <vector>

namespace kernels {

/// Every op on the processor at hand. Ops live in ops/<op>_cpu.cpp, inner loops behind the
/// KernelTable of the instruction set chosen at construction.
class CpuBackend final : public Backend {
public:
    CpuBackend(cpu::Isa isa, int threads);

    std::string description() const override;
    void synchronize() override {}
    Buffer allocate(DType dtype, std::int64_t rows, std::int64_t cols) override;
    std::unique_ptr<LoadedWeight> load_weight(const Weight& weight, Compute compute) override;
    std::unique_ptr<LoadedWeight>
    use_in_place(const Weight& weight, Compute compute = Compute::Exact) override;

    void embedding(const Tensor& y, const LoadedWeight& table, std::span<const std::int32_t> ids)
        override;
    void
    rms_norm(const Tensor& y, const Tensor& x, std::span<const float> weight, float eps) override;
    void layer_norm(
        const Tensor& y,
        const Tensor& x,
        std::span<const float> gamma,
        std::span<const float> beta,
        float eps) override;
    void matmul(std::span<const MatmulOutput> outputs, const Tensor& x) override;
    void matmul(const Tensor& y, const Tensor& a, const Tensor& b) override;
    void rope(
        const Tensor& y,
        const Tensor& x,
        std::span<const std::int32_t> positions,
        std::span<const double> frequencies,
        RopeStyle style) override;
    void attention(
        const Tensor& y,
        const Tensor& q,
        const Tensor& k,
        const Tensor& v,
        const AttentionShape& shape) override;
    void relative_attention(
        const Tensor& y,
        const Tensor& q,
        const Tensor& k,
        const Tensor& v,
        const Tensor& r,
        std::span<const float> content_bias,
        std::span<const float> position_bias,
        int head_dim,
        float scale) override;
    void attention_weights(
        const Tensor& weights,
        const Tensor& q,
        const Tensor& k,
        int head,
        int head_dim,
        float scale) override;
    void silu_multiply(const Tensor& y, const Tensor& gate, const Tensor& up) override;
    void gelu_multiply(const Tensor& y, const Tensor& gate, const Tensor& up) override;
    void sigmoid_multiply(const Tensor& y, const Tensor& gate, const Tensor& x) override;
    void add(const Tensor& y, const Tensor& x) override;
    void softmax(const Tensor& x, float scale) override;
    void conv1d(
        const Tensor& y,
        const Tensor& x,
        const LoadedWeight& weight,
        std::span<const float> bias,
        int width,
        int stride,
        int padding,
        Activation activation) override;
    void depthwise_conv(
        const Tensor& y,
        const Tensor& x,
        const Tensor& weight,
        std::span<const float> bias,
        const DepthwiseShape& shape,
        Activation activation) override;
    void causal_conv(
        const Tensor& y,
        const Tensor& x,
        const Tensor& weight,
        std::span<const float> bias,
        const Tensor& history) override;
    void ssm_scan(
        const Tensor& y,
        const Tensor& x,
        const Tensor& b,
        const Tensor& c,
        const Tensor& dt,
        std::span<const float> dt_bias,
        std::span<const float> a_log,
        std::span<const float> d,
        const Tensor& state,
        const SsmShape& shape) override;
    void gated_rms_norm(
        const Tensor& y,
        const Tensor& gate,
        std::span<const float> weight,
        int groups,
        float eps) override;
    void route_experts(
        const Tensor& ids,
        const Tensor& weights,
        const Tensor& logits,
        std::span<const float> bias,
        bool normalise,
        float scale) override;
    void mix_experts(
        const Tensor& y,
        const Tensor& x,
        std::span<const Expert> experts,
        const Tensor& ids,
        const Tensor& weights) override;

private:
    struct Product; // one weight of a group, resolved
    struct Activations;

    Activations prepare(const Tensor& x, bool exact, bool blocks);
    void run_products(std::span<const Product> products, const Activations& a);
    void finish_tile(
        const MatmulOutput& output,
        std::int64_t first_token,
        int tokens,
        std::int64_t first,
        std::int64_t n,
        float* c,
        std::int64_t ldc) const;
    struct InPlaceProduct { // one weight of a group that is read where its file has it
        MatmulOutput output;
        Tensor x;
        std::int64_t first_group = 0;           // its rows within those of all products
        const std::uint16_t* rounded = nullptr; // x as the weight's format takes it; null: in float
        std::optional<cpu::QuantizedRow> quantized = std::nullopt; // x for dot_quantized()
    };

    void run_in_place(std::vector<InPlaceProduct>& products);
    void multiply_all(std::vector<InPlaceProduct>& products);
    void mix_group(
        const Tensor& y,
        const Tensor& x,
        std::span<const Expert> experts,
        std::span<const std::int32_t> first,
        std::span<const std::pair<std::int64_t, float>> places);
    void mix_one_token(
        const Tensor& y,
        const Tensor& x,
        std::span<const Expert> experts,
        const Tensor& ids,
        const Tensor& weights);
    void multiply_rows(
        const Tensor& y,
        const Tensor& gate,
        const Tensor& x,
        void (*op)(float* y, const float* gate, const float* x, std::int64_t n));
    void round_inputs(std::vector<InPlaceProduct>& products);
    void quantize_inputs(std::vector<InPlaceProduct>& products);
    void visit_rows(const InPlaceProduct& product, std::int64_t first_row) const;
    void visit_rounded_rows(const InPlaceProduct& product, std::int64_t first_row) const;
    void finish_rows(
        const InPlaceProduct& product,
        std::int64_t first_token,
        int tokens,
        std::int64_t first_row,
        std::int64_t count,
        float* c) const;
    void visit(
        const Product& product,
        std::int64_t first_panel,
        const Activations& a,
        std::int64_t first_token,
        std::int64_t last_token);
    void attend_step(
        const Tensor& y,
        const Tensor& q,
        const Tensor& k,
        const Tensor& v,
        const AttentionShape& shape);
    void attend_blocked(
        const Tensor& y,
        const Tensor& q,
        const Tensor& k,
        const Tensor& v,
        const AttentionShape& shape);
    void attend_rounded(
        const Tensor& y,
        const Tensor& q,
        const Tensor& k,
        const Tensor& v,
        const AttentionShape& shape);
    void attend_block(
        const Tensor& y,
        const Tensor& q,
        const AttentionShape& shape,
        std::int64_t first,
        std::int64_t head,
        const float* key_panels,
        const float* value_panels,
        std::int64_t all_keys,
        std::int64_t padded_keys);

    const cpu::KernelTable& table_;
    ThreadPool pool_;

    // Kept between calls, so that a decode step allocates nothing.
    cpu::GrowingBuffer exact_;
    cpu::GrowingBuffer block_quants_, block_scales_, block_sums_, block_scaled_sums_;
    cpu::GrowingBuffer rounded_; // activations in BF16
    cpu::GrowingBuffer packed_;  // dense second operands; keys of blocked attention
    cpu::GrowingBuffer values_;  // values of blocked attention
    cpu::GrowingBuffer partial_; // unmerged attention results; scores of relative attention
    cpu::GrowingBuffer columns_; // conv1d's unfolded input; rows of tokens that share an expert;
                                 // queries of relative attention
    cpu::GrowingBuffer hidden_;  // between the two products of experts
    cpu::GrowingBuffer history_; // causal_conv's last rows while they are replaced; a row of zeros

    /// Angles of one rope() call, which the layers of a step share.
    struct RopeTable {
        std::vector<std::int32_t> positions;
        std::vector<double> frequencies;
        std::vector<float> turns; // [positions][pairs][cos, sin]
    };
    const float*
    turns(std::span<const std::int32_t> positions, std::span<const double> frequencies);
    std::array<RopeTable, 2> rope_tables_; // layers may have one of two kinds
    std::size_t oldest_table_ = 0;
};

} // namespace kernels
