#include "storage/vector_index.h"

#include "base/expects.h"
#include "storage/dot_product.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <mutex>

namespace storage {
namespace {

// Below this a second thread costs more than it saves (20 µs to start, about 10 ns a vector).
constexpr std::size_t kVectorsForTwoThreads = 10'000;

bool better(const VectorIndex::Hit& a, const VectorIndex::Hit& b)
{
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.passage < b.passage;
}

/// The best `limit` of the hits offered so far: a heap whose front is the worst of them.
class Best {
public:
    explicit Best(std::size_t limit) : limit_(limit) { hits_.reserve(limit + 1); }
    void offer(const VectorIndex::Hit& hit)
    {
        if (hits_.size() == limit_ && !better(hit, hits_.front())) return;
        hits_.push_back(hit);
        std::push_heap(hits_.begin(), hits_.end(), better);
        if (hits_.size() <= limit_) return;
        std::pop_heap(hits_.begin(), hits_.end(), better);
        hits_.pop_back();
    }
    std::vector<VectorIndex::Hit> take() { return std::move(hits_); }

private:
    std::size_t limit_;
    std::vector<VectorIndex::Hit> hits_;
};

template <typename T>
bool allows(const std::vector<T>& wanted, const T& value)
{
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

} // namespace

Result<void> VectorIndex::add(
    Database& database,
    std::span<const PassageId> passages,
    std::span<const std::vector<float>> vectors)
{
    EXPECTS(passages.size() == vectors.size());
    for (std::size_t i = 0; i < passages.size(); ++i) {
        const QuantizedVector quantized = quantize(vectors[i]);
        if (!std::isfinite(quantized.scale))
            return fail(ErrorCode::Internal, "A passage's vector holds no numbers.");
        auto gone = database.run("DELETE FROM vector WHERE passage = ?", passages[i]);
        if (!gone) return gone;
        if (database.changes() > 0) {
            gone =
                database.run("UPDATE counter SET value = value + 1 WHERE name = 'vectors_removed'");
            if (!gone) return gone;
        }
        // A passage that was deleted while its vector was made is no error; there is just nothing
        // to keep.
        auto stored = database.run(
            "INSERT INTO vector (passage, source, scale, data) "
            "SELECT id, source, ?2, ?3 FROM passage WHERE id = ?1",
            passages[i],
            quantized.scale,
            std::as_bytes(std::span(quantized.data)));
        if (!stored) return stored;
        auto done = database.run("DELETE FROM vector_due WHERE passage = ?", passages[i]);
        if (!done) return done;
    }
    return {};
}

Result<std::vector<VectorIndex::Hit>> VectorIndex::search(
    Database& database,
    std::span<const float> query,
    const SearchScope& scope,
    int limit)
{
    if (limit <= 0 || query.empty()) return std::vector<Hit>{};
    {
        const std::unique_lock lock(mutex_);
        if (auto done = catch_up(database, query.size()); !done)
            return tl::unexpected(done.error());
    }
    const auto hidden = database.rows("SELECT id FROM source WHERE trashed <> 0", [](Statement& s) {
        return s.integer(0);
    });
    if (!hidden) return tl::unexpected(hidden.error());
    const std::shared_lock lock(mutex_);
    return scan(query, scope, *hidden, static_cast<std::size_t>(limit));
}

Result<void> VectorIndex::catch_up(Database& database, std::size_t dimensions)
{
    const auto removed = database.value("SELECT value FROM counter WHERE name = 'vectors_removed'");
    if (!removed) return tl::unexpected(removed.error());
    const auto last = database.value("SELECT ifnull(max(id), 0) FROM vector");
    if (!last) return tl::unexpected(last.error());
    // A connection whose snapshot is older than what another one has read already finds nothing to
    // do.
    if (dimensions == dimensions_ && *removed <= removed_ && *last <= last_row_) return {};

    if (dimensions != dimensions_ || *removed > removed_) {
        entries_.clear();
        block_.clear();
        sources_.clear();
        last_row_ = 0;
        dimensions_ = dimensions;
        removed_ = *removed;
        const auto count = database.value("SELECT count(*) FROM vector");
        if (!count) return tl::unexpected(count.error());
        entries_.reserve(static_cast<std::size_t>(*count));
        block_.reserve(static_cast<std::size_t>(*count) * dimensions);
    }
    Statement rows = database.prepare(
        "SELECT id, passage, source, scale, data FROM vector WHERE id > ? ORDER BY id");
    rows.bind(last_row_);
    while (rows.next()) {
        const auto data = rows.blob(4);
        if (data.size() == dimensions) {
            const auto source = place_of(database, rows.integer(2));
            if (!source) return tl::unexpected(source.error());
            entries_.push_back({rows.integer(1), *source, static_cast<float>(rows.real(3))});
            const auto* values = reinterpret_cast<const std::int8_t*>(data.data());
            block_.insert(block_.end(), values, values + data.size());
        }
        last_row_ = rows.integer(0);
    }
    return rows.finish();
}

Result<std::uint32_t> VectorIndex::place_of(Database& database, SourceId source)
{
    // Vectors of a source lie together, so the newest one is nearly always it.
    for (std::size_t i = sources_.size(); i-- > 0;)
        if (sources_[i].source == source) return static_cast<std::uint32_t>(i);
    auto found = database.row(
        "SELECT session, kind FROM source WHERE id = ?",
        [&](Statement& row) {
            return Origin{source, row.integer(0), row.text(1)};
        },
        source);
    if (!found) return tl::unexpected(found.error());
    sources_.push_back(found->value_or(Origin{source, 0, {}}));
    return static_cast<std::uint32_t>(sources_.size() - 1);
}

std::vector<VectorIndex::Hit> VectorIndex::scan(
    std::span<const float> query,
    const SearchScope& scope,
    std::span<const SourceId> hidden,
    std::size_t limit) const
{
    std::vector<bool> wanted;
    for (const Origin& origin : sources_)
        wanted.push_back(
            allows(scope.kinds, origin.kind) && allows(scope.sessions, origin.session) &&
            allows(scope.sources, origin.source) &&
            std::find(hidden.begin(), hidden.end(), origin.source) == hidden.end());
    const auto dot = dot_products().front().run;
    const auto scan_range = [&](std::size_t begin, std::size_t end) {
        Best best(limit);
        for (std::size_t i = begin; i < end; ++i) {
            const Entry& entry = entries_[i];
            if (!wanted[entry.source]) continue;
            best.offer(
                {entry.passage,
                 entry.scale * dot(query.data(), block_.data() + i * dimensions_, dimensions_)});
        }
        return best.take();
    };

    const std::size_t count = entries_.size();
    std::vector<Hit> hits;
    if (count < kVectorsForTwoThreads) {
        hits = scan_range(0, count);
    } else {
        auto first_half = std::async(std::launch::async, scan_range, 0, count / 2);
        hits = scan_range(count / 2, count);
        const auto others = first_half.get();
        hits.insert(hits.end(), others.begin(), others.end());
    }
    std::sort(hits.begin(), hits.end(), better);
    if (hits.size() > limit) hits.resize(limit);
    return hits;
}

} // namespace storage
