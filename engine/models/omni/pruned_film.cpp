#include "engine/models/omni/pruned_film.h"

#include "base/expects.h"
#include "engine/models/omni/position_keys.h"
#include "engine/models/omni/video_sampling.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace engine::omni {
namespace {

constexpr std::size_t kFilmsKnown = 64;
constexpr std::uint64_t kFilm = 4; // tells films from pictures and clips

std::span<const float> values_of(const kernels::Buffer& rows)
{
    const kernels::Tensor view = rows.view();
    EXPECTS(view.stride == view.cols);
    return {view.row<const float>(0).data(), static_cast<std::size_t>(view.rows * view.cols)};
}

kernels::Buffer picked(const kernels::Buffer& rows, const std::vector<int>& wanted)
{
    const kernels::Tensor from = rows.view();
    kernels::Buffer result(kernels::DType::F32, std::ssize(wanted), from.cols);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        std::ranges::copy(
            from.row<const float>(wanted[i]),
            result.view().row<float>(static_cast<std::int64_t>(i)).begin());
    return result;
}

} // namespace

const std::vector<bool>* KnownFilms::find(std::uint64_t film) const
{
    const auto found =
        std::ranges::find_if(films_, [&](const auto& each) { return each.first == film; });
    return found != films_.end() ? &found->second : nullptr;
}

void KnownFilms::add(std::uint64_t film, std::vector<bool> keep)
{
    films_.emplace_front(film, std::move(keep));
    if (films_.size() > kFilmsKnown) films_.pop_back();
}

/// The rows of one tubelet that were kept.
class PrunedFilm::Rows final : public Medium {
public:
    Rows(std::shared_ptr<const PrunedFilm> film, std::size_t tubelet, std::vector<int> kept)
        : film_(std::move(film)), tubelet_(tubelet), kept_(std::move(kept))
    {
        count = static_cast<int>(kept_.size());
    }
    void have(const kernels::Buffer& rows_of_tubelet) { rows_ = picked(rows_of_tubelet, kept_); }
    const kernels::Buffer* rows(kernels::Backend& backend, const std::stop_token& stop) override
    {
        if (!rows_) {
            const auto all = film_->encode(backend, tubelet_, stop);
            if (all) have(*all);
        }
        return rows_ ? &*rows_ : nullptr;
    }
    void forget() override { rows_.reset(); }

private:
    std::shared_ptr<const PrunedFilm> film_;
    std::size_t tubelet_;
    std::vector<int> kept_; // of the rows of the tubelet
    std::optional<kernels::Buffer> rows_;
};

PrunedFilm::PrunedFilm(
    std::shared_ptr<const Eyes> eyes,
    const Marks& marks,
    std::shared_ptr<KnownFilms> known,
    std::vector<Tubelet> tubelets,
    double rate)
    : eyes_(std::move(eyes)), marks_(marks), known_(std::move(known)),
      tubelets_(std::move(tubelets)), rate_(rate), content_(kFilm)
{
    EXPECTS(!tubelets_.empty() && rate_ > 0.0 && rate_ < 1.0);
    for (const Tubelet& tubelet : tubelets_)
        content_ = content_of(tubelet.patches.values, content_);
    film_ = content_ ^ std::bit_cast<std::uint64_t>(rate_);
}

int PrunedFilm::rows_of_tubelet() const
{
    return tubelets_.front().patches.grid.patches() / 4;
}

int PrunedFilm::rows_left() const
{
    if (known_->find(film_) != nullptr) return 0;
    return static_cast<int>(tubelets_.size() - encoded_.size()) * rows_of_tubelet();
}

void PrunedFilm::reserve(Sequence& sequence)
{
    first_ = sequence.length();
    const auto kept = kept_rows(static_cast<int>(tubelets_.size()), rows_of_tubelet(), rate_);
    std::vector<std::vector<int>> layout(tubelets_.size());
    for (int row = 0; row < kept; ++row) layout.front().push_back(row);
    write(layout, sequence);
    sequence.unsettled.push_back(shared_from_this());
}

std::optional<kernels::Buffer> PrunedFilm::encode(
    kernels::Backend& backend,
    std::size_t tubelet,
    const std::stop_token& stop) const
{
    const radio::VisionTower tower(eyes_->config, eyes_->weights);
    return tower.encode(backend, tubelets_[tubelet].patches, stop);
}

Layout::Progress
PrunedFilm::settle_some(kernels::Backend& backend, Sequence& sequence, const std::stop_token& stop)
{
    if (const std::vector<bool>* keep = known_->find(film_)) {
        place(*keep, sequence);
        return Progress::Done;
    }
    auto rows = encode(backend, encoded_.size(), stop);
    if (!rows) return Progress::Stopped;
    const auto before = encoded_.empty() ? std::span<const float>() : values_of(encoded_.back());
    const auto change =
        change_of_rows(values_of(*rows), before, static_cast<int>(rows->view().cols));
    change_.insert(change_.end(), change.begin(), change.end());
    encoded_.push_back(std::move(*rows));
    if (encoded_.size() < tubelets_.size()) return Progress::More;
    auto keep = keep_most_changed(change_, rows_of_tubelet(), rate_);
    place(keep, sequence);
    known_->add(film_, std::move(keep));
    encoded_.clear();
    change_.clear();
    return Progress::Done;
}

/// Writes the stretch anew, with the rows that stay, and hands those out that are there.
void PrunedFilm::place(const std::vector<bool>& keep, Sequence& sequence)
{
    const int per_tubelet = rows_of_tubelet();
    std::vector<std::vector<int>> kept(tubelets_.size());
    for (std::size_t i = 0; i < keep.size(); ++i)
        if (keep[i])
            kept[i / static_cast<std::size_t>(per_tubelet)].push_back(
                static_cast<int>(i) % per_tubelet);
    write(kept, sequence);
    int position = first_;
    std::vector<std::shared_ptr<Medium>> media;
    for (std::size_t t = 0; t < tubelets_.size(); ++t) {
        position += static_cast<int>(tubelets_[t].label.size()) + 1;
        if (!kept[t].empty()) {
            auto rows = std::make_shared<Rows>(shared_from_this(), t, kept[t]);
            rows->first = position;
            if (t < encoded_.size()) rows->have(encoded_[t]);
            media.push_back(std::move(rows));
        }
        position += static_cast<int>(kept[t].size()) + 1;
    }
    const auto behind = std::ranges::find_if(sequence.media, [&](const auto& medium) {
        return medium->first > first_;
    });
    sequence.media.insert(behind, media.begin(), media.end());
}

/// Positions from first_ on: label, <img>, rows, </img> of every tubelet. As many whatever is kept.
void PrunedFilm::write(const std::vector<std::vector<int>>& kept, Sequence& sequence) const
{
    auto at = static_cast<std::size_t>(first_);
    const auto put = [&](std::int32_t id, PositionKey key) {
        if (at == sequence.ids.size()) {
            sequence.ids.push_back(id);
            sequence.keys.push_back(key);
        } else {
            sequence.ids[at] = id;
            sequence.keys[at] = key;
        }
        ++at;
    };
    const auto put_token = [&](std::int32_t id) { put(id, static_cast<PositionKey>(id)); };
    for (std::size_t t = 0; t < tubelets_.size(); ++t) {
        for (const std::int32_t id : tubelets_[t].label) put_token(id);
        put_token(marks_.begin);
        for (const int row : kept[t])
            put(marks_.image, key_of(content_, static_cast<int>(t) * rows_of_tubelet() + row));
        put_token(marks_.end);
    }
}

} // namespace engine::omni
