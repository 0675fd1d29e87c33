#include "engine/models/silero_vad/silero_vad.h"

#include "engine/formats/safetensors.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace engine::silero_vad {
namespace {

using kernels::Activation;
using kernels::Buffer;
using kernels::DType;
using kernels::MatmulOutput;
using kernels::Tensor;

constexpr int kContext = 64; // samples of the chunk before, and of the mirror behind
constexpr int kWindow = 256, kHop = 128;
constexpr int kFrames = 4; // spectra a chunk
constexpr int kBins = 129;
constexpr int kUnits = 128;        // of the LSTM
constexpr int kChunksAtOnce = 128; // 4 s; the widest buffer takes 0.8 MB

struct Linear {
    std::unique_ptr<kernels::LoadedWeight> weight;
    std::vector<float> bias;
};

/// A convolution of width 3, padding 1, over the few spectra of each chunk.
struct Convolution {
    Linear linear; // [out, in * 3]
    int in = 0, out = 0, stride = 1, frames_in = 0, frames_out = 0;
};

class SafetensorsDetector final : public Detector {
public:
    Result<void> load(kernels::Backend& backend, const std::filesystem::path& model_dir);
    void listen(
        kernels::Backend& backend,
        Memory& memory,
        std::span<const float> samples,
        std::vector<float>& probabilities) override;

private:
    void allocate(kernels::Backend& backend);
    void gather_windows(const Memory& memory, std::span<const float> samples, int chunks);
    void take_magnitudes(int rows);
    void gather_columns(const Convolution& conv, int chunks);
    void run_memory(
        kernels::Backend& backend,
        Memory& memory,
        int chunks,
        std::vector<float>& probabilities);

    std::shared_ptr<const formats::MappedFile> file_; // weights may refer to it
    std::unique_ptr<kernels::LoadedWeight> spectrum_; // [2 * kBins, kWindow]
    std::array<Convolution, 4> convolutions_;
    Linear from_input_, from_hidden_; // [4 * kUnits, kUnits]; gates i, f, g, o
    std::vector<float> out_weight_, out_bias_;
    Buffer windows_, spectra_, columns_, features_, gates_, hidden_;
};

Result<void>
SafetensorsDetector::load(kernels::Backend& backend, const std::filesystem::path& model_dir)
{
    auto file = formats::SafetensorsFile::open(model_dir / "silero_vad.safetensors");
    if (!file) return tl::unexpected(file.error());
    file_ = file->file();
    const formats::TensorTable& tensors = file->tensors();
    std::optional<Error> error;
    const auto matrix = [&](const std::string& name, int rows, int cols) {
        auto weight = tensors.matrix(name, rows, cols);
        if (weight) return backend.load_weight(*weight, kernels::Compute::Exact);
        if (!error) error = weight.error();
        return std::unique_ptr<kernels::LoadedWeight>();
    };
    const auto values = [&](const std::string& name, int count) {
        auto read = tensors.values(name, count);
        if (read) return std::move(*read);
        if (!error) error = read.error();
        return std::vector<float>();
    };
    spectrum_ = matrix("stft_conv.weight", 2 * kBins, kWindow);
    struct Shape {
        int in, out, stride, frames_in, frames_out;
    };
    constexpr std::array<Shape, 4> kShapes = {
        {{kBins, 128, 1, 4, 4}, {128, 64, 2, 4, 2}, {64, 64, 2, 2, 1}, {64, kUnits, 1, 1, 1}}};
    for (std::size_t i = 0; i < kShapes.size(); ++i) {
        const auto& [in, out, stride, frames_in, frames_out] = kShapes[i];
        const std::string name = "conv" + std::to_string(i + 1);
        convolutions_[i] = {
            {matrix(name + ".weight", out, 3 * in), values(name + ".bias", out)},
            in,
            out,
            stride,
            frames_in,
            frames_out};
    }
    const auto gates = [&](const std::string& end) {
        return Linear{
            matrix("lstm_cell.weight_" + end, 4 * kUnits, kUnits),
            values("lstm_cell.bias_" + end, 4 * kUnits)};
    };
    from_input_ = gates("ih");
    from_hidden_ = gates("hh");
    out_weight_ = values("final_conv.weight", kUnits);
    out_bias_ = values("final_conv.bias", 1);
    if (error) return tl::unexpected(*error);
    return file_->check();
}

void SafetensorsDetector::allocate(kernels::Backend& backend)
{
    if (windows_) return;
    const auto make = [&](std::int64_t rows, std::int64_t cols) {
        return backend.allocate(DType::F32, rows, cols);
    };
    windows_ = make(kChunksAtOnce * kFrames, kWindow);
    spectra_ = make(kChunksAtOnce * kFrames, 2 * kBins);
    columns_ = make(kChunksAtOnce * kFrames, 3 * kBins);
    features_ = make(kChunksAtOnce * kFrames, 128);
    gates_ = make(kChunksAtOnce, 4 * kUnits);
    hidden_ = make(1, kUnits);
}

/// The four overlapping windows of each chunk: the last samples of the one before, the chunk, and
/// its mirrored end.
void SafetensorsDetector::gather_windows(
    const Memory& memory,
    std::span<const float> samples,
    int chunks)
{
    constexpr int kLength = kContext + kChunk + kContext;
    std::array<float, kLength> x{};
    for (int n = 0; n < chunks; ++n) {
        const auto chunk = samples.subspan(static_cast<std::size_t>(n) * kChunk);
        const auto before =
            n == 0 ? std::span<const float>(memory.last_samples)
                   : samples.subspan(static_cast<std::size_t>(n) * kChunk - kContext, kContext);
        std::fill(x.begin(), x.end(), 0.0f);
        std::copy(before.begin(), before.end(), x.begin());
        std::copy_n(
            chunk.begin(),
            std::min<std::size_t>(kChunk, chunk.size()),
            x.begin() + kContext);
        float* const mirrored = x.data() + kContext + kChunk;
        for (int i = 0; i < kContext; ++i) mirrored[i] = mirrored[-2 - i];
        for (int t = 0; t < kFrames; ++t) {
            const auto row = windows_.view().row<float>(n * kFrames + t);
            std::copy_n(x.begin() + t * kHop, kWindow, row.begin());
        }
    }
}

/// sqrt(re² + im²) in place of the real parts.
void SafetensorsDetector::take_magnitudes(int rows)
{
    for (int r = 0; r < rows; ++r) {
        const auto row = spectra_.view().row<float>(r);
        for (std::size_t k = 0; k < kBins; ++k) {
            const float re = row[k], im = row[k + kBins];
            row[k] = std::sqrt(re * re + im * im);
        }
    }
}

void SafetensorsDetector::gather_columns(const Convolution& conv, int chunks)
{
    const Tensor from = conv.in == kBins ? spectra_.view() : features_.view();
    for (int n = 0; n < chunks; ++n) {
        for (int t = 0; t < conv.frames_out; ++t) {
            const auto to = columns_.view().row<float>(n * conv.frames_out + t);
            for (int k = 0; k < 3; ++k) {
                const int at = t * conv.stride + k - 1;
                const bool inside = at >= 0 && at < conv.frames_in;
                const float* row =
                    inside ? from.row<const float>(n * conv.frames_in + at).data() : nullptr;
                for (int i = 0; i < conv.in; ++i) {
                    to[static_cast<std::size_t>(i) * 3 + static_cast<std::size_t>(k)] =
                        inside ? row[i] : 0.0f;
                }
            }
        }
    }
}

float sigmoid(float x)
{
    return 1.0f / (1.0f + std::exp(-x));
}

// Hochreiter & Schmidhuber 1997, with PyTorch's gate order.
void SafetensorsDetector::run_memory(
    kernels::Backend& backend,
    Memory& memory,
    int chunks,
    std::vector<float>& probabilities)
{
    for (int n = 0; n < chunks; ++n) {
        const auto hidden = hidden_.view().row<float>(0);
        std::copy(memory.hidden.begin(), memory.hidden.end(), hidden.begin());
        const MatmulOutput add_hidden[] = {
            {.y = gates_.rows(n, 1),
             .weight = from_hidden_.weight.get(),
             .bias = from_hidden_.bias,
             .add_to_y = true}};
        backend.matmul(add_hidden, hidden_.view());
        backend.synchronize();
        const auto gates = gates_.view().row<const float>(n);
        float score = out_bias_[0];
        for (std::size_t u = 0; u < kUnits; ++u) {
            const float keep = sigmoid(gates[u + kUnits]), fresh = std::tanh(gates[u + 2 * kUnits]);
            memory.cell[u] = keep * memory.cell[u] + sigmoid(gates[u]) * fresh;
            memory.hidden[u] = sigmoid(gates[u + 3 * kUnits]) * std::tanh(memory.cell[u]);
            score += out_weight_[u] * std::max(memory.hidden[u], 0.0f);
        }
        probabilities.push_back(sigmoid(score));
    }
}

void SafetensorsDetector::listen(
    kernels::Backend& backend,
    Memory& memory,
    std::span<const float> samples,
    std::vector<float>& probabilities)
{
    allocate(backend);
    while (!samples.empty()) {
        const std::size_t left = (samples.size() + kChunk - 1) / kChunk;
        const int chunks = static_cast<int>(std::min<std::size_t>(kChunksAtOnce, left));
        const auto part =
            samples.first(std::min(samples.size(), static_cast<std::size_t>(chunks) * kChunk));
        gather_windows(memory, part, chunks);
        const int rows = chunks * kFrames;
        const MatmulOutput spectra[] = {{.y = spectra_.rows(0, rows), .weight = spectrum_.get()}};
        backend.matmul(spectra, windows_.rows(0, rows));
        backend.synchronize();
        take_magnitudes(rows);
        for (const Convolution& conv : convolutions_) {
            gather_columns(conv, chunks);
            const int out_rows = chunks * conv.frames_out;
            const MatmulOutput out[] = {
                {.y = features_.rows(0, out_rows).slice_cols(0, conv.out),
                 .weight = conv.linear.weight.get(),
                 .bias = conv.linear.bias,
                 .activation = Activation::Relu}};
            backend.matmul(out, columns_.rows(0, out_rows).slice_cols(0, 3 * conv.in));
            backend.synchronize();
        }
        const MatmulOutput gates[] = {
            {.y = gates_.rows(0, chunks),
             .weight = from_input_.weight.get(),
             .bias = from_input_.bias}};
        backend.matmul(gates, features_.rows(0, chunks));
        run_memory(backend, memory, chunks, probabilities);
        if (part.size() >= kContext) {
            std::copy(part.end() - kContext, part.end(), memory.last_samples.begin());
        }
        samples = samples.subspan(part.size());
    }
}

} // namespace

Result<std::unique_ptr<Detector>>
Detector::open(kernels::Backend& backend, const std::filesystem::path& model_dir)
{
    auto detector = std::make_unique<SafetensorsDetector>();
    if (auto loaded = detector->load(backend, model_dir); !loaded) {
        return tl::unexpected(loaded.error());
    }
    return detector;
}

} // namespace engine::silero_vad
