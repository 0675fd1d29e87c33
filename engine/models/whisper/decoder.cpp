#include "engine/models/whisper/decoder.h"

#include "base/expects.h"
#include "engine/models/whisper/log_sum_exp.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace engine::whisper {

using kernels::Activation;
using kernels::DType;
using kernels::MatmulOutput;
using kernels::Tensor;

namespace {

// Rows of logits at once: a row has 200 kB.
constexpr int kLogitRows = 8;

float* floats(const Tensor& tensor)
{
    return reinterpret_cast<float*>(tensor.data);
}

std::byte* row_start(const Tensor& tensor, std::int64_t row)
{
    return tensor.data + static_cast<std::size_t>(row * tensor.stride) * size_bytes(tensor.dtype);
}

} // namespace

Decoder::Decoder(const Config& config, const Weights& weights, kernels::Compute compute)
    : config_(config), weights_(weights),
      cache_type_(compute == kernels::Compute::Fast ? DType::F16 : DType::F32),
      heads_{
          .heads = config.decoder_heads,
          .kv_heads = config.decoder_heads,
          .head_dim = config.head_width(),
          .scale = 1 / std::sqrt(static_cast<float>(config.head_width()))}
{
}

void Decoder::allocate(kernels::Backend& backend, int rows)
{
    if (rows <= room_) return;
    room_ = rows;
    for (auto* buffer : {&x_, &normed_, &q_, &attended_}) {
        *buffer = backend.allocate(DType::F32, rows, config_.width);
    }
    hidden_ = backend.allocate(DType::F32, rows, config_.hidden);
    if (!logits_) logits_ = backend.allocate(DType::F32, kLogitRows, config_.vocabulary);
}

void Decoder::allocate_caches(kernels::Backend& backend, int hypotheses)
{
    if (hypotheses <= cache_rows_) return;
    EXPECTS(hypotheses <= kLogitRows);
    const auto old_keys = std::move(keys_), old_values = std::move(values_);
    keys_.clear();
    values_.clear();
    for (std::size_t layer = 0; layer < weights_.decoder.size(); ++layer) {
        const std::int64_t rows = static_cast<std::int64_t>(hypotheses) * config_.text_positions;
        keys_.push_back(backend.allocate(cache_type_, rows, config_.width));
        values_.push_back(backend.allocate(cache_type_, rows, config_.width));
        if (cache_rows_ == 0) continue;
        std::memcpy(
            keys_[layer].view().data,
            old_keys[layer].view().data,
            old_keys[layer].size_bytes());
        std::memcpy(
            values_[layer].view().data,
            old_values[layer].view().data,
            old_values[layer].size_bytes());
    }
    cache_rows_ = hypotheses;
}

void Decoder::begin_window(kernels::Backend& backend, const Tensor& encoded)
{
    EXPECTS(encoded.rows <= config_.audio_positions && encoded.cols == config_.width);
    const auto rows = static_cast<int>(encoded.rows);
    if (window_keys_.empty() || window_keys_[0].view().rows < rows) {
        window_keys_.clear();
        window_values_.clear();
        for (std::size_t layer = 0; layer < weights_.decoder.size(); ++layer) {
            window_keys_.push_back(backend.allocate(cache_type_, rows, config_.width));
            window_values_.push_back(backend.allocate(cache_type_, rows, config_.width));
        }
    }
    window_rows_ = rows;
    for (std::size_t layer = 0; layer < weights_.decoder.size(); ++layer) {
        const Attention& cross = weights_.decoder[layer].cross;
        const MatmulOutput outputs[] = {
            {.y = window_keys_[layer].rows(0, rows),
             .weight = cross.k.weight.get(),
             .bias = cross.k.bias},
            {.y = window_values_[layer].rows(0, rows),
             .weight = cross.v.weight.get(),
             .bias = cross.v.bias}};
        backend.matmul(outputs, encoded);
    }
}

void Decoder::embed(kernels::Backend& backend, std::span<const TokenId> tokens)
{
    const auto rows = static_cast<int>(tokens.size());
    EXPECTS(rows > 0 && rows <= config_.text_positions);
    allocate(backend, rows);
    backend.embedding(x_.rows(0, rows), *weights_.embedding, tokens);
}

void Decoder::prefill(
    kernels::Backend& backend,
    std::span<const TokenId> tokens,
    std::span<const int> wanted)
{
    const auto rows = static_cast<int>(tokens.size());
    embed(backend, tokens);
    allocate_caches(backend, 1);
    backend.add(x_.rows(0, rows), weights_.text_places.rows(0, rows));
    run_layers(backend, {.rows = rows});
    EXPECTS(wanted.size() <= static_cast<std::size_t>(kLogitRows));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Norm& norm = weights_.decoder_norm;
        backend.layer_norm(
            normed_.rows(static_cast<std::int64_t>(i), 1),
            x_.rows(wanted[i], 1),
            norm.gamma,
            norm.beta,
            kNormEps);
    }
    project(backend, 0, static_cast<int>(wanted.size()));
}

void Decoder::step(kernels::Backend& backend, std::span<const TokenId> tokens, int position)
{
    const auto rows = static_cast<int>(tokens.size());
    EXPECTS(rows <= cache_rows_ && position < config_.text_positions);
    embed(backend, tokens);
    for (int r = 0; r < rows; ++r)
        backend.add(x_.rows(r, 1), weights_.text_places.rows(position, 1));
    run_layers(backend, {.rows = rows, .position = position, .one_each = true});
    const Norm& norm = weights_.decoder_norm;
    backend.layer_norm(normed_.rows(0, rows), x_.rows(0, rows), norm.gamma, norm.beta, kNormEps);
    project(backend, 0, rows);
}

/// Logits of the normed rows [from, to).
void Decoder::project(kernels::Backend& backend, int from, int to)
{
    const MatmulOutput outputs[] = {
        {.y = logits_.rows(0, to - from), .weight = weights_.embedding.get()}};
    backend.matmul(outputs, normed_.rows(from, to - from));
    backend.synchronize();
}

std::span<const float> Decoder::logits(int row) const
{
    return logits_.view().row<const float>(row);
}

void Decoder::attend_self(kernels::Backend& backend, const Pass& pass, int layer)
{
    const auto at = static_cast<std::size_t>(layer);
    const Attention& self = weights_.decoder[at].self;
    const std::int64_t first = pass.one_each ? pass.position : 0;
    // The new row of each hypothesis lies text_positions behind the one before.
    Tensor k = keys_[at].rows(first, 1), v = values_[at].rows(first, 1);
    k.rows = v.rows = pass.rows;
    if (pass.one_each) k.stride = v.stride = k.stride * config_.text_positions;
    const MatmulOutput qkv[] = {
        {.y = q_.rows(0, pass.rows), .weight = self.q.weight.get(), .bias = self.q.bias},
        {.y = k, .weight = self.k.weight.get(), .bias = self.k.bias},
        {.y = v, .weight = self.v.weight.get(), .bias = self.v.bias}};
    backend.matmul(qkv, normed_.rows(0, pass.rows));

    kernels::AttentionShape heads = heads_;
    heads.causal = !pass.one_each;
    const std::int64_t seen = pass.one_each ? pass.position + 1 : pass.rows;
    const int groups = pass.one_each ? pass.rows : 1, group = pass.one_each ? 1 : pass.rows;
    for (std::int64_t g = 0; g < groups; ++g) {
        backend.attention(
            attended_.rows(g * group, group),
            q_.rows(g * group, group),
            keys_[at].rows(g * config_.text_positions, seen),
            values_[at].rows(g * config_.text_positions, seen),
            heads);
    }
}

// Radford et al. 2022, figure 1, right.
void Decoder::run_layers(kernels::Backend& backend, const Pass& pass, const OnQueries& on_queries)
{
    const Tensor x = x_.rows(0, pass.rows), normed = normed_.rows(0, pass.rows);
    const Tensor q = q_.rows(0, pass.rows), attended = attended_.rows(0, pass.rows);
    const Tensor hidden = hidden_.rows(0, pass.rows);
    for (std::size_t i = 0; i < weights_.decoder.size(); ++i) {
        const auto& [self, cross, feed_forward] = weights_.decoder[i];
        const auto add_to_x = [&](const Linear& linear, const Tensor& from) {
            const MatmulOutput out[] = {
                {.y = x, .weight = linear.weight.get(), .bias = linear.bias, .add_to_y = true}};
            backend.matmul(out, from);
        };
        backend.layer_norm(normed, x, self.norm.gamma, self.norm.beta, kNormEps);
        attend_self(backend, pass, static_cast<int>(i));
        add_to_x(self.out, attended);

        backend.layer_norm(normed, x, cross.norm.gamma, cross.norm.beta, kNormEps);
        const MatmulOutput query[] = {
            {.y = q, .weight = cross.q.weight.get(), .bias = cross.q.bias}};
        backend.matmul(query, normed);
        if (on_queries) on_queries(static_cast<int>(i), q);
        backend.attention(
            attended,
            q,
            window_keys_[i].rows(0, window_rows_),
            window_values_[i].rows(0, window_rows_),
            heads_);
        add_to_x(cross.out, attended);

        const auto& norm = feed_forward.norm;
        backend.layer_norm(normed, x, norm.gamma, norm.beta, kNormEps);
        const MatmulOutput up[] = {
            {.y = hidden,
             .weight = feed_forward.up.weight.get(),
             .bias = feed_forward.up.bias,
             .activation = Activation::GeluErf}};
        backend.matmul(up, normed);
        add_to_x(feed_forward.down, hidden);
    }
}

void Decoder::copy_first_row(kernels::Backend& backend, int count, int length)
{
    allocate_caches(backend, count);
    for (auto* caches : {&keys_, &values_}) {
        for (const kernels::Buffer& cache : *caches) {
            const Tensor all = cache.view();
            const std::size_t bytes =
                static_cast<std::size_t>(length * all.stride) * size_bytes(all.dtype);
            for (int r = 1; r < count; ++r) {
                std::memcpy(row_start(all, r * config_.text_positions), all.data, bytes);
            }
        }
    }
}

void Decoder::reorder(std::span<const int> parents, int shared, int length)
{
    std::vector<std::byte> moved;
    for (auto* caches : {&keys_, &values_}) {
        for (const kernels::Buffer& cache : *caches) {
            const Tensor all = cache.view();
            const std::size_t bytes =
                static_cast<std::size_t>((length - shared) * all.stride) * size_bytes(all.dtype);
            const auto part = [&](int row) {
                return row_start(all, row * config_.text_positions + shared);
            };
            // All that moves is set aside first: a row may be the parent of several and move
            // itself.
            moved.resize(bytes * parents.size());
            for (std::size_t r = 0; r < parents.size(); ++r) {
                if (parents[r] == static_cast<int>(r)) continue;
                std::memcpy(moved.data() + r * bytes, part(parents[r]), bytes);
            }
            for (std::size_t r = 0; r < parents.size(); ++r) {
                if (parents[r] == static_cast<int>(r)) continue;
                std::memcpy(part(static_cast<int>(r)), moved.data() + r * bytes, bytes);
            }
        }
    }
}

Decoder::Alignment Decoder::align(
    kernels::Backend& backend,
    std::span<const TokenId> tokens,
    int frames,
    TokenId text_ids)
{
    const auto rows = static_cast<int>(tokens.size());
    EXPECTS(frames > 0 && frames <= window_rows_);
    embed(backend, tokens);
    allocate_caches(backend, 1);
    backend.add(x_.rows(0, rows), weights_.text_places.rows(0, rows));

    Alignment result;
    result.attention.resize(config_.alignment_heads.size());
    kernels::Buffer weights = backend.allocate(DType::F32, rows, frames);
    run_layers(backend, {.rows = rows}, [&](int layer, const Tensor& q) {
        const Tensor k = window_keys_[static_cast<std::size_t>(layer)].rows(0, frames);
        for (std::size_t i = 0; i < result.attention.size(); ++i) {
            const Config::Head& head = config_.alignment_heads[i];
            if (head.layer != layer) continue;
            backend
                .attention_weights(weights.view(), q, k, head.head, heads_.head_dim, heads_.scale);
            backend.synchronize();
            const float* first = floats(weights.view());
            result.attention[i].assign(first, first + static_cast<std::ptrdiff_t>(rows) * frames);
        }
    });

    const Norm& norm = weights_.decoder_norm;
    backend.layer_norm(normed_.rows(0, rows), x_.rows(0, rows), norm.gamma, norm.beta, kNormEps);
    result.probabilities.assign(tokens.size(), 0.0f);
    for (int from = 0; from + 1 < rows; from += kLogitRows) {
        const int to = std::min(from + kLogitRows, rows - 1);
        project(backend, from, to);
        for (int r = from; r < to; ++r) {
            const auto text = logits(r - from).first(static_cast<std::size_t>(text_ids));
            const TokenId next = tokens[static_cast<std::size_t>(r) + 1];
            if (next >= text_ids) continue;
            result.probabilities[static_cast<std::size_t>(r)] =
                std::exp(text[static_cast<std::size_t>(next)] - log_sum_exp(text));
        }
    }
    return result;
}

} // namespace engine::whisper
