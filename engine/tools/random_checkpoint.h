#pragma once

#include "engine/formats/tensor_table.h"
#include "engine/models/fastconformer/config.h"
#include "engine/models/nemotron_h/config.h"
#include "engine/models/radio/config.h"
#include "kernels/buffer.h"

#include <string>
#include <vector>

namespace engine::tools {

/// A checkpoint of random numbers in memory, behind the table that the loaders read: what is
/// measured with it is loaded like a file. Nothing is written to disk.
class RandomCheckpoint {
public:
    RandomCheckpoint();

    const formats::TensorTable& tensors() const { return tensors_; }
    std::size_t size_bytes() const { return size_bytes_; }

    /// Numbers around zero such that a product of normed rows stays near one. NVFP4 and FP8 (U8 and
    /// F8E4M3) bring the scales that stand beside them. Throws std::bad_alloc.
    void add_matrix(const std::string& name, formats::ElementFormat format, int rows, int cols);
    /// All of one value, F32.
    void
    add_values(const std::string& name, std::initializer_list<std::int64_t> shape, float value);
    /// The same memory under another name.
    void add_alias(const std::string& name, const std::string& of);

private:
    std::byte*
    add(const std::string& name,
        formats::ElementFormat format,
        std::initializer_list<std::int64_t> shape);

    void fill(std::byte* to, std::size_t count, const std::vector<std::byte>& noise);

    formats::TensorTable tensors_;
    std::vector<kernels::Buffer> memory_;
    std::vector<std::byte> codes_, small_codes_, words_; // noise for each format
    std::size_t size_bytes_ = 0;
    std::size_t next_ = 0; // where the next tensor takes its noise
};

/// What the published checkpoints of this model have in each precision: everything BF16; experts,
/// Mamba and shared projections FP8; or of these the experts NVFP4. Backbone spec 1.1, 2.3.
enum class Precision { Bf16, Fp8, Nvfp4 };

/// Full width, the first `layers` of the published pattern (1 to 52). Backbone spec 1.3, 1.4.
nemotron_h::Config nano_config(int layers);
RandomCheckpoint random_nano(const nemotron_h::Config& config, Precision precision);

/// C-RADIOv4-H with its projector. Vision spec 1.1.
radio::Config radio_config(int layers);
RandomCheckpoint random_radio(const radio::Config& config);

/// The sound tower with its projector. Audio spec 1.3.
fastconformer::Config fastconformer_config(int layers);
RandomCheckpoint random_fastconformer(const fastconformer::Config& config);

} // namespace engine::tools
