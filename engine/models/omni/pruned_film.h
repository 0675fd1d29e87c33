#pragma once

#include "engine/models/language_model.h"
#include "engine/models/omni/towers.h"
#include "engine/models/radio/vision_tower.h"

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace engine::omni {

/// Which rows of earlier films were kept, the last 64 of them: a conversation that goes on need not
/// see its film again to know where its rows lie. Engine thread only.
class KnownFilms {
public:
    const std::vector<bool>* find(std::uint64_t film) const;
    void add(std::uint64_t film, std::vector<bool> keep);

private:
    std::list<std::pair<std::uint64_t, std::vector<bool>>> films_; // newest first
};

/// A film in a prompt of which rows are left out that repeat what was there before (Efficient Video
/// Sampling, vision spec 4.5): labels and marks of every tubelet stay, and between them as many
/// <image> as rows were kept, perhaps none. How many there are in all follows from sizes; which
/// ones, from the rows. Engine thread only but for reserve().
class PrunedFilm final : public Layout, public std::enable_shared_from_this<PrunedFilm> {
public:
    struct Tubelet {
        std::vector<std::int32_t> label; // tokens before its rows
        radio::Patches patches;
    };
    /// All tubelets of one grid, at least one; rate in (0, 1).
    PrunedFilm(
        std::shared_ptr<const Eyes> eyes,
        const Marks& marks,
        std::shared_ptr<KnownFilms> known,
        std::vector<Tubelet> tubelets,
        double rate);

    /// Appends the stretch, all rows in the first tubelet.
    void reserve(Sequence& sequence);
    Progress settle_some(kernels::Backend& backend, Sequence& sequence, const std::stop_token& stop)
        override;
    int rows_left() const override;

private:
    class Rows;
    std::optional<kernels::Buffer>
    encode(kernels::Backend& backend, std::size_t tubelet, const std::stop_token& stop) const;
    void place(const std::vector<bool>& keep, Sequence& sequence);
    void write(const std::vector<std::vector<int>>& kept, Sequence& sequence) const;
    int rows_of_tubelet() const;

    std::shared_ptr<const Eyes> eyes_;
    Marks marks_;
    std::shared_ptr<KnownFilms> known_;
    std::vector<Tubelet> tubelets_;
    double rate_;
    std::uint64_t content_ = 0; // of the film
    std::uint64_t film_ = 0;    // of the film at this rate
    int first_ = 0;             // position of the stretch
    std::vector<float> change_; // of the rows of the tubelets that were encoded
    std::vector<kernels::Buffer> encoded_;
};

} // namespace engine::omni
