#pragma once

#include "engine/models/kv_store.h"
#include "engine/models/language_model.h"
#include "engine/models/nemotron_h/config.h"
#include "kernels/backend.h"

#include <cstdint>
#include <span>
#include <vector>

namespace engine::nemotron_h {

/// What the model remembers of the positions computed so far. Engine thread only.
///
/// Attention can be cut back to any position, Mamba layers cannot: what they remember is a sum over
/// everything that came before. So a shared prefix is reused up to the last point where their state
/// was saved: save() where reuse is likely, at the end of a document or of the user's message. One
/// saved point is 47 MiB for the published model; the least recently used of more than
/// kMostSaved goes.
class SequenceState {
public:
    static constexpr std::size_t kMostSaved = 8;

    SequenceState(kernels::Backend& backend, const Config& config, kernels::DType cache_type);

    int length() const { return static_cast<int>(keys_.size()); }

    /// Goes back to the furthest point that can be had: where the sequence stands now, a saved
    /// point, or its beginning, within the positions that equal those of `keys`, and at most
    /// `limit`. Returns how many positions are kept. Saved points beyond what is equal are dropped.
    int keep_common_prefix(std::span<const PositionKey> keys, int limit);
    /// Remembers this point. Throws std::bad_alloc and then remembers what it did.
    void save(kernels::Backend& backend);
    /// Positions that keep_common_prefix() can go back to, ascending.
    std::vector<int> saved() const;

    /// Before the rows of a pass are written: makes room for `count` positions in all. Until
    /// commit() the state is between two positions; a pass that ends early leaves it so, and the
    /// next keep_common_prefix() goes back to a point that is whole.
    void begin(kernels::Backend& backend, int count);
    /// Rows [length, length + keys.size()) have been written in every layer.
    void commit(std::span<const PositionKey> keys);

    /// Of attention layer `index`, counted among its kind: rows [first, first + count), [count,
    /// kv_dim].
    kernels::Tensor keys(int index, int first, int count) const;
    kernels::Tensor values(int index, int first, int count) const;
    /// Of Mamba layer `index`, counted among its kind.
    kernels::Tensor conv(int index) const; // [taps - 1, conv_dim]
    kernels::Tensor scan(int index) const; // [mamba_dim, mamba_state]

private:
    struct Recurrent {
        kernels::Buffer conv; // [Mamba layers * (taps - 1), conv_dim]
        kernels::Buffer scan; // [Mamba layers * mamba_dim, mamba_state]
    };
    struct Saved {
        int position = 0;
        std::uint64_t used = 0; // when, counted in calls
        Recurrent state;
    };

    Recurrent empty(kernels::Backend& backend) const;
    /// To the last saved point, or the beginning.
    void go_back();

    int mamba_layers_;
    int history_; // taps - 1
    int conv_dim_, mamba_dim_, mamba_state_;
    KvStore store_;
    std::vector<PositionKey> keys_;
    Recurrent current_;
    bool between_ = false;     // a pass began and did not end
    std::vector<Saved> saved_; // ascending, none behind length()
    std::uint64_t clock_ = 0;
};

} // namespace engine::nemotron_h
