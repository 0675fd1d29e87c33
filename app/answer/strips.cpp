#include "app/answer/strips.h"

#include "app/answer/passages.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace app::answer {

namespace {

/// What must be the same for two passages to stand in one strip: a page, a picture or a recording.
using Ground = std::tuple<storage::SourceId, int, double>;

Ground ground_of(const storage::Passage& passage)
{
    const bool in_picture = passage.page == 0 && passage.end > passage.begin;
    return {passage.source, passage.page, in_picture ? passage.start_s.value_or(0.0) : -1.0};
}

std::vector<StripLine> lines_of(const storage::Passage& passage)
{
    std::vector<StripLine> lines;
    std::string above;
    bool carried = false; // the heading seen last was a carried one
    for (const auto& line : passage_lines(passage)) {
        if (line.heading) {
            if (carried && !above.empty()) {
                above += " ";
                above += line.text;
            } else {
                above = line.text;
            }
            carried = line.carried;
            if (line.carried) continue;
        }
        StripLine one;
        one.text = line.text;
        one.heading = line.heading;
        if (!line.heading) one.above = above;
        lines.push_back(std::move(one));
    }
    return lines;
}

/// How many of the last lines of `lines` are the first of `more`.
std::size_t common(const std::vector<StripLine>& lines, const std::vector<StripLine>& more)
{
    for (auto count = std::min(lines.size(), more.size()); count > 0; --count) {
        const bool same = std::equal(
            more.begin(),
            more.begin() + static_cast<std::ptrdiff_t>(count),
            lines.end() - static_cast<std::ptrdiff_t>(count),
            [](const StripLine& a, const StripLine& b) { return a.text == b.text; });
        if (same) return count;
    }
    return 0;
}

} // namespace

Result<std::vector<Strip>> strips_of(const Candidates& candidates, storage::Library& library)
{
    struct Piece {
        storage::Passage passage;
        std::optional<std::size_t> candidate;
    };
    std::map<std::pair<Ground, storage::PassageId>, Piece> pieces; // in reading order
    for (std::size_t c = 0; c < candidates.best.size(); ++c) {
        const auto& passage = candidates.best[c].passage;
        pieces[{ground_of(passage), passage.id}] = {passage, c};
    }
    for (const auto& candidate : candidates.best) {
        const auto ground = ground_of(candidate.passage);
        for (const auto id : {candidate.passage.id - 1, candidate.passage.id + 1}) {
            if (pieces.contains({ground, id})) continue;
            auto next_to = library.passage(id);
            if (!next_to && next_to.error().code != ErrorCode::NotFound)
                return tl::unexpected(next_to.error());
            if (next_to && ground_of(*next_to) == ground)
                pieces[{ground, id}] = {std::move(*next_to), std::nullopt};
        }
    }

    std::vector<Strip> strips;
    std::optional<Ground> ground;
    for (const auto& [place, piece] : pieces) {
        auto lines = lines_of(piece.passage);
        for (auto& line : lines) {
            line.read = piece.candidate.has_value();
            line.candidate = piece.candidate.value_or(0);
        }
        const auto shared = ground == place.first ? common(strips.back().lines, lines) : 0;
        if (shared == 0) {
            strips.push_back({piece.passage.source, piece.passage.page, {}});
            ground = place.first;
        }
        auto& strip = strips.back().lines;
        for (std::size_t i = 0; i < shared; ++i) {
            auto& known = strip[strip.size() - shared + i];
            const auto& again = lines[i];
            if (!again.read || (known.read && known.candidate <= again.candidate)) continue;
            known.read = true;
            known.candidate = again.candidate;
        }
        strip.insert(
            strip.end(),
            std::make_move_iterator(lines.begin() + static_cast<std::ptrdiff_t>(shared)),
            std::make_move_iterator(lines.end()));
    }
    return strips;
}

} // namespace app::answer
