#include "engine/models/nemotron_h/sequence_state.h"

#include "base/expects.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace engine::nemotron_h {
namespace {

void copy(const kernels::Buffer& to, const kernels::Buffer& from)
{
    EXPECTS(to.size_bytes() == from.size_bytes());
    if (from.size_bytes() > 0) std::memcpy(to.view().data, from.view().data, from.size_bytes());
}

void clear(const kernels::Buffer& buffer)
{
    if (buffer.size_bytes() > 0) std::memset(buffer.view().data, 0, buffer.size_bytes());
}

} // namespace

SequenceState::SequenceState(
    kernels::Backend& backend,
    const Config& config,
    kernels::DType cache_type)
    : mamba_layers_(config.count(LayerKind::Mamba)), history_(config.mamba_taps - 1),
      conv_dim_(config.conv_dim()), mamba_dim_(config.mamba_dim()),
      mamba_state_(config.mamba_state), store_(
                                            config.count(LayerKind::Attention),
                                            config.kv_dim(),
                                            config.context_length,
                                            cache_type),
      current_(empty(backend))
{
}

SequenceState::Recurrent SequenceState::empty(kernels::Backend& backend) const
{
    const auto layers = std::int64_t{mamba_layers_};
    return {
        backend.allocate(kernels::DType::F32, layers * history_, conv_dim_),
        backend.allocate(kernels::DType::F32, layers * mamba_dim_, mamba_state_)};
}

int SequenceState::keep_common_prefix(std::span<const PositionKey> keys, int limit)
{
    const auto [ours, theirs] = std::mismatch(keys_.begin(), keys_.end(), keys.begin(), keys.end());
    const int most = std::min(static_cast<int>(ours - keys_.begin()), limit);
    if (!between_ && length() <= most) return length();
    // Rows behind the point are going to be overwritten: what was saved there is lost with them.
    while (!saved_.empty() && saved_.back().position > most) saved_.pop_back();
    go_back();
    return length();
}

void SequenceState::go_back()
{
    between_ = false;
    if (saved_.empty()) {
        keys_.clear();
        clear(current_.conv);
        clear(current_.scan);
        return;
    }
    Saved& point = saved_.back();
    point.used = ++clock_;
    keys_.resize(static_cast<std::size_t>(point.position));
    copy(current_.conv, point.state.conv);
    copy(current_.scan, point.state.scan);
}

void SequenceState::save(kernels::Backend& backend)
{
    EXPECTS(!between_);
    if (length() == 0) return; // the beginning needs no copy
    if (!saved_.empty() && saved_.back().position == length()) {
        saved_.back().used = ++clock_;
        return;
    }
    Saved point{length(), ++clock_, empty(backend)};
    copy(point.state.conv, current_.conv);
    copy(point.state.scan, current_.scan);
    saved_.push_back(std::move(point));
    if (saved_.size() <= kMostSaved) return;
    saved_.erase(std::min_element(saved_.begin(), saved_.end(), [](const Saved& a, const Saved& b) {
        return a.used < b.used;
    }));
}

std::vector<int> SequenceState::saved() const
{
    std::vector<int> positions;
    for (const Saved& point : saved_) positions.push_back(point.position);
    return positions;
}

void SequenceState::begin(kernels::Backend& backend, int count)
{
    EXPECTS(!between_ && count >= length());
    store_.reserve(backend, count, length());
    between_ = true;
}

void SequenceState::commit(std::span<const PositionKey> keys)
{
    EXPECTS(between_);
    keys_.insert(keys_.end(), keys.begin(), keys.end());
    between_ = false;
}

kernels::Tensor SequenceState::keys(int index, int first, int count) const
{
    return store_.keys(index, first, count);
}

kernels::Tensor SequenceState::values(int index, int first, int count) const
{
    return store_.values(index, first, count);
}

kernels::Tensor SequenceState::conv(int index) const
{
    EXPECTS(index >= 0 && index < mamba_layers_);
    return current_.conv.rows(std::int64_t{index} * history_, history_);
}

kernels::Tensor SequenceState::scan(int index) const
{
    EXPECTS(index >= 0 && index < mamba_layers_);
    return current_.scan.rows(std::int64_t{index} * mamba_dim_, mamba_dim_);
}

} // namespace engine::nemotron_h
