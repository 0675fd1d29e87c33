// Times of the ops as the starter models call them, beside what the machine can do, measured in the
// same run.
//
//   kernels_bench [group...]   groups: roofs decode prefill minilm whisper busy load; none means
//   all kernels_bench cpu-time ... one thread, ops by processor time, for a machine that others use
//
// Weights are random: only shapes matter. Medians; a line says what bounds the op and how near it
// comes.

#include "support.h"

#include "kernels/cpu_backend.h"
#include "kernels/machine_limits.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace kernels;

namespace {

using bench::now_s;

/// Median seconds of a call, over about `budget_s` and at least 3 calls after one for warming up.
double median_s(double budget_s, const std::function<void()>& call)
{
    call();
    std::vector<double> times;
    const double end = now_s() + budget_s;
    while (times.size() < 3 || (now_s() < end && times.size() < 1000)) {
        const double start = now_s();
        call();
        times.push_back(now_s() - start);
    }
    std::nth_element(
        times.begin(),
        times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
        times.end());
    return times[times.size() / 2];
}

std::vector<std::byte> random_bytes(std::size_t count)
{
    std::vector<std::byte> bytes(count);
    std::uint64_t state = 7;
    for (auto& b : bytes)
        b = static_cast<std::byte>(
            (state = state * 6364136223846793005u + 1442695040888963407u) >> 57);
    return bytes;
}

Buffer random_rows(Backend& backend, std::int64_t rows, std::int64_t cols)
{
    Buffer buffer = backend.allocate(DType::F32, rows, cols);
    std::minstd_rand generator(3);
    for (std::int64_t r = 0; r < rows; ++r) {
        for (float& v : buffer.view().row<float>(r))
            v = static_cast<float>(generator() % 2001) * 1e-3f - 1.0f;
    }
    return buffer;
}

using Loaded = std::unique_ptr<LoadedWeight>;

Loaded random_weight(
    Backend& backend,
    WeightFormat format,
    std::int64_t rows,
    std::int64_t cols,
    Compute compute)
{
    static std::vector<std::byte> bytes;
    const std::size_t size =
        row_bytes(format, static_cast<std::size_t>(cols)) * static_cast<std::size_t>(rows);
    if (bytes.size() < size) bytes = random_bytes(size);
    return backend.load_weight({bytes.data(), format, rows, cols}, compute);
}

/// SmolLM2-135M's shapes: what a step and a prefill cost without tokenizer and sampler.
class Llama {
public:
    explicit Llama(Backend& backend) : backend_(backend)
    {
        const auto add = [&](std::vector<Loaded>& list, std::int64_t rows, std::int64_t cols) {
            list.push_back(random_weight(backend, WeightFormat::Q4_1, rows, cols, Compute::Fast));
        };
        for (int i = 0; i < kLayers; ++i) {
            add(wq_, 576, 576), add(wk_, 192, 576), add(wv_, 192, 576), add(wo_, 576, 576);
            add(gate_, 1536, 576), add(up_, 1536, 576), add(down_, 576, 1536);
            k_.push_back(backend.allocate(DType::F16, kContext, 192));
            v_.push_back(backend.allocate(DType::F16, kContext, 192));
        }
        head_ = random_weight(backend, WeightFormat::Q8_0, 49'152, 576, Compute::Fast);
        norm_.assign(576, 1.0f);
    }

    double bytes_per_token(std::int64_t context) const
    {
        double bytes = static_cast<double>(head_->size_bytes());
        for (const auto* list : {&wq_, &wk_, &wv_, &wo_, &gate_, &up_, &down_}) {
            for (const auto& w : *list) bytes += static_cast<double>(w->size_bytes());
        }
        return bytes + static_cast<double>(context) * kLayers * 2 * 192 * 2;
    }

    /// One forward pass of `tokens` tokens that ends at `context` positions; logits of the last.
    void step(std::int64_t tokens, std::int64_t context)
    {
        if (x_.view().rows != tokens) {
            x_ = random_rows(backend_, tokens, 576);
            for (Buffer* b : {&normed_, &q_, &mixed_})
                *b = backend_.allocate(DType::F32, tokens, 576);
            key_ = backend_.allocate(DType::F32, tokens, 192);
            for (Buffer* b : {&a_, &b_}) *b = backend_.allocate(DType::F32, tokens, 1536);
            logits_ = backend_.allocate(DType::F32, 1, 49'152);
        }
        positions_.resize(static_cast<std::size_t>(tokens));
        for (std::int64_t t = 0; t < tokens; ++t)
            positions_[static_cast<std::size_t>(t)] =
                static_cast<std::int32_t>(context - tokens + t);
        const auto frequencies = rope_frequencies(64, 1e5);
        for (std::size_t i = 0; i < kLayers; ++i) {
            backend_.rms_norm(normed_.view(), x_.view(), norm_, 1e-5f);
            const MatmulOutput qkv[] = {
                {.y = q_.view(), .weight = wq_[i].get()},
                {.y = key_.view(), .weight = wk_[i].get()},
                {.y = v_[i].rows(context - tokens, tokens), .weight = wv_[i].get()}};
            backend_.matmul(qkv, normed_.view());
            backend_.rope(q_.view(), q_.view(), positions_, frequencies, RopeStyle::Interleaved);
            backend_.rope(
                k_[i].rows(context - tokens, tokens),
                key_.view(),
                positions_,
                frequencies,
                RopeStyle::Interleaved);
            backend_.attention(
                mixed_.view(),
                q_.view(),
                k_[i].rows(0, context),
                v_[i].rows(0, context),
                {9, 3, 64, 0.125f, true, context - tokens});
            const MatmulOutput out{.y = x_.view(), .weight = wo_[i].get(), .add_to_y = true};
            backend_.matmul({&out, 1}, mixed_.view());
            backend_.rms_norm(normed_.view(), x_.view(), norm_, 1e-5f);
            const MatmulOutput inner[] = {
                {.y = a_.view(), .weight = gate_[i].get()},
                {.y = b_.view(), .weight = up_[i].get()}};
            backend_.matmul(inner, normed_.view());
            backend_.silu_multiply(a_.view(), a_.view(), b_.view());
            const MatmulOutput down{.y = x_.view(), .weight = down_[i].get(), .add_to_y = true};
            backend_.matmul({&down, 1}, a_.view());
        }
        backend_.rms_norm(normed_.view(), x_.view(), norm_, 1e-5f);
        for (float& v : x_.view().row<float>(tokens - 1))
            v = std::clamp(v, -1.0f, 1.0f); // random weights grow
        const MatmulOutput head{.y = logits_.view(), .weight = head_.get()};
        backend_.matmul({&head, 1}, normed_.rows(tokens - 1, 1));
    }

    static constexpr int kLayers = 30;
    static constexpr std::int64_t kContext = 2048;

private:
    Backend& backend_;
    std::vector<Loaded> wq_, wk_, wv_, wo_, gate_, up_, down_;
    Loaded head_;
    std::vector<Buffer> k_, v_;
    std::vector<float> norm_;
    Buffer x_, normed_, q_, key_, mixed_, a_, b_, logits_;
    std::vector<std::int32_t> positions_;
};

void bench_llama(const MachineLimits& roofs, int threads, bool decode, bool prefill)
{
    CpuBackend backend(cpu::choose_isa(), threads);
    Llama llama(backend);
    for (const std::int64_t context : {128, 2048}) {
        if (!decode) break;
        const double s = median_s(1.5, [&] { llama.step(1, context); });
        const double gb_s = llama.bytes_per_token(context) / s / 1e9;
        std::printf(
            "llama decode at %4ld, %d thr   %7.1f tok/s  %5.1f GB/s = %.0f %% of read\n",
            context,
            threads,
            1 / s,
            gb_s,
            100 * gb_s / roofs.read_gb_s);
    }
    if (!prefill) return;
    const double s = median_s(2.0, [&] { llama.step(512, 512); });
    const double gop_s = 2 * 2 * 106.2e6 * 512 / s / 1e9; // two planes
    std::printf(
        "llama prefill of 512, %d thr   %7.1f tok/s  %5.0f GOP/s = %.0f %% of int8\n",
        threads,
        512 / s,
        gop_s,
        100 * gop_s / roofs.int8_gops);
}

void bench_product(
    Backend& backend,
    const MachineLimits& roofs,
    const char* name,
    WeightFormat format,
    Compute compute,
    std::int64_t tokens,
    std::int64_t rows,
    std::int64_t cols)
{
    const Loaded weight = random_weight(backend, format, rows, cols, compute);
    const Buffer x = random_rows(backend, tokens, cols);
    const Buffer y = backend.allocate(DType::F32, tokens, rows);
    const MatmulOutput output{.y = y.view(), .weight = weight.get()};
    const double s = median_s(0.3, [&] { backend.matmul({&output, 1}, x.view()); });
    const double ops = 2.0 * static_cast<double>(tokens) * static_cast<double>(rows) *
                       static_cast<double>(cols) / s / 1e9;
    const bool exact = compute == Compute::Exact;
    const double roof = exact ? roofs.f32_gflops : roofs.int8_gops;
    std::printf(
        "%-8s %4ld x %5ld x %4ld %s %9.1f us  %6.0f G/s = %2.0f %% of %s",
        name,
        tokens,
        rows,
        cols,
        exact ? "exact" : "fast ",
        s * 1e6,
        ops,
        100 * ops / roof,
        exact ? "f32 " : "int8");
    const double gb_s = static_cast<double>(weight->size_bytes()) / s / 1e9;
    std::printf("  %5.1f GB/s = %3.0f %% of read\n", gb_s, 100 * gb_s / roofs.read_gb_s);
}

void bench_minilm(const MachineLimits& roofs, int threads)
{
    CpuBackend backend(cpu::choose_isa(), threads);
    for (const std::int64_t tokens : {10, 32, 128, 256}) {
        for (const auto& [rows, cols] :
             {std::pair<std::int64_t, std::int64_t>{1152, 384},
              {384, 384},
              {1536, 384},
              {384, 1536}}) {
            bench_product(
                backend,
                roofs,
                "minilm",
                WeightFormat::F32,
                Compute::Exact,
                tokens,
                rows,
                cols);
        }
    }
}

void bench_whisper(const MachineLimits& roofs, int threads)
{
    CpuBackend backend(cpu::choose_isa(), threads);
    for (const Compute compute : {Compute::Exact, Compute::Fast}) {
        bench_product(backend, roofs, "encoder", WeightFormat::F16, compute, 1500, 1536, 512);
        bench_product(backend, roofs, "encoder", WeightFormat::F16, compute, 1500, 2048, 512);
        bench_product(backend, roofs, "encoder", WeightFormat::F16, compute, 1500, 512, 2048);
        bench_product(backend, roofs, "decoder", WeightFormat::F16, compute, 1, 2048, 512);
        bench_product(backend, roofs, "decoder", WeightFormat::F16, compute, 1, 51'865, 512);
        bench_product(backend, roofs, "beams", WeightFormat::F16, compute, 5, 51'865, 512);
    }
    const Buffer q = random_rows(backend, 1500, 512);
    const Buffer k = random_rows(backend, 1500, 512);
    const Buffer v = random_rows(backend, 1500, 512);
    const Buffer y = backend.allocate(DType::F32, 1500, 512);
    const AttentionShape shape{8, 8, 64, 0.125f};
    const double s =
        median_s(0.5, [&] { backend.attention(y.view(), q.view(), k.view(), v.view(), shape); });
    const double gflop_s = 4.0 * 1500 * 1500 * 512 / s / 1e9;
    std::printf(
        "attention 1500 x 1500 x 8 x 64      %9.1f us  %6.0f G/s = %2.0f %% of f32 \n",
        s * 1e6,
        gflop_s,
        100 * gflop_s / roofs.f32_gflops);
    const double step = median_s(0.3, [&] {
        backend.attention(y.rows(0, 1), q.rows(0, 1), k.view(), v.view(), shape);
    });
    const double gb_s = 2 * 1500 * 512 * 4 / step / 1e9;
    std::printf(
        "cross attention, 1 query, F32 cache %9.1f us  %6.1f GB/s = %.0f %% of read\n",
        step * 1e6,
        gb_s,
        100 * gb_s / roofs.read_gb_s);
    const Loaded conv = random_weight(backend, WeightFormat::F16, 512, 1536, Compute::Exact);
    const Buffer mel = random_rows(backend, 3000, 512);
    const std::vector<float> bias(512);
    const double conv_s = median_s(0.3, [&] {
        backend.conv1d(y.view(), mel.view(), *conv, bias, 3, 2, 1, Activation::GeluErf);
    });
    const double conv_gflop_s = 2.0 * 1500 * 512 * 1536 / conv_s / 1e9;
    std::printf(
        "conv1d 3000 x 512, stride 2, exact  %9.1f us  %6.0f G/s = %2.0f %% of f32\n",
        conv_s * 1e6,
        conv_gflop_s,
        100 * conv_gflop_s / roofs.f32_gflops);
}

/// Tokens a second over `span_s`, however uneven.
double rate(Llama& llama, double span_s)
{
    int steps = 0;
    const double start = now_s();
    while (now_s() - start < span_s) llama.step(1, 128), ++steps;
    return steps / (now_s() - start);
}

void bench_busy()
{
    CpuBackend one(cpu::choose_isa(), 1);
    CpuBackend two(cpu::choose_isa(), 2);
    Llama on_one(one);
    Llama on_two(two);
    rate(on_one, 0.2), rate(on_two, 0.2);
    for (const std::size_t others : {1, 2, 3}) {
        for (int round = 0; round < 2; ++round) {
            const double alone = rate(on_one, 0.7);
            const double both = rate(on_two, 0.7);
            const std::vector<bench::BusyProcess> busy(others);
            const double beside_one = rate(on_one, 2.0);
            const double beside = rate(on_two, 3.0);
            std::printf(
                "busy: 1 thr undisturbed %6.1f  2 thr %6.1f | beside %zu busy: 1 thr %6.1f  2 thr "
                "%6.1f tok/s = %.2f of undisturbed 1 thr, %.2f of 1 thr beside them\n",
                alone,
                both,
                others,
                beside_one,
                beside,
                beside / alone,
                beside / beside_one);
        }
    }
}

void bench_load()
{
    CpuBackend backend(cpu::choose_isa(), 2);
    const auto run = [&](const char* name,
                         WeightFormat format,
                         Compute compute,
                         std::int64_t rows,
                         std::int64_t cols) {
        const double bytes =
            static_cast<double>(row_bytes(format, static_cast<std::size_t>(cols))) *
            static_cast<double>(rows);
        const double s =
            median_s(0.3, [&] { random_weight(backend, format, rows, cols, compute); });
        std::printf(
            "load %-16s %6.1f MB  %7.2f ms  %5.2f GB/s\n",
            name,
            bytes / 1e6,
            s * 1e3,
            bytes / s / 1e9);
    };
    run("Q4_1", WeightFormat::Q4_1, Compute::Fast, 49'152, 576);
    run("Q8_0", WeightFormat::Q8_0, Compute::Fast, 49'152, 576);
    run("F16 exact", WeightFormat::F16, Compute::Exact, 51'865, 512);
    run("F16 fast", WeightFormat::F16, Compute::Fast, 51'865, 512);
    run("F32 exact", WeightFormat::F32, Compute::Exact, 30'522, 384);
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> groups(argv + 1, argv + argc);
    const auto wanted = [&](const char* group) {
        return groups.empty() || std::ranges::find(groups, group) != groups.end();
    };
    std::printf("%s\n", CpuBackend(cpu::choose_isa(), 2).description().c_str());
    const bool cpu_time = std::ranges::find(groups, "cpu-time") != groups.end();
    if (cpu_time) bench::use_cpu_time();
    for (const int threads : {1, 2}) {
        if (cpu_time && threads == 2) break;
        const MachineLimits roofs = measure_machine(threads, std::size_t{256} << 20);
        std::printf(
            "roofs, %d thr: read %.1f GB/s, f32 %.0f GFLOP/s, int8 %.0f GOP/s\n",
            threads,
            roofs.read_gb_s,
            roofs.f32_gflops,
            roofs.int8_gops);
        if (wanted("decode") || wanted("prefill")) {
            bench_llama(roofs, threads, wanted("decode"), wanted("prefill"));
        }
        if (threads == 1 && !cpu_time) continue;
        if (wanted("minilm")) bench_minilm(roofs, threads);
        if (wanted("whisper")) bench_whisper(roofs, threads);
    }
    if (wanted("load")) bench_load();
    if (wanted("busy")) bench_busy();
    return 0;
}
