#include "engine/models/whisper/search.h"

#include "base/expects.h"
#include "engine/models/whisper/log_sum_exp.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace engine::whisper {
namespace {

TokenId argmax(std::span<const float> logits)
{
    return static_cast<TokenId>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

/// Draws from softmax(logits / temperature).
TokenId draw(std::span<float> logits, float temperature, std::mt19937_64& random)
{
    for (float& logit : logits) logit /= temperature;
    const float norm = log_sum_exp(logits);
    double left = std::uniform_real_distribution<double>(0, 1)(random);
    TokenId last = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        if (logits[i] < norm - 80) continue;
        last = static_cast<TokenId>(i);
        left -= std::exp(static_cast<double>(logits[i] - norm));
        if (left < 0) break;
    }
    return last;
}

} // namespace

void Search::begin(kernels::Backend& backend, std::span<const TokenId> prompt, bool watch_for_loops)
{
    watch_for_loops_ = watch_for_loops;
    prompt_length_ = static_cast<int>(prompt.size());
    EXPECTS(prompt_length_ < config_.text_positions);
    const auto start = std::find(prompt.begin(), prompt.end(), vocabulary_.start_of_transcript);
    EXPECTS(start != prompt.end());
    const int wanted[] = {static_cast<int>(start - prompt.begin()), prompt_length_ - 1};
    decoder_.prefill(backend, prompt, wanted);
    const auto raw = decoder_.logits(0);
    no_speech_ = std::exp(raw[static_cast<std::size_t>(vocabulary_.no_speech)] - log_sum_exp(raw));
    const auto last = decoder_.logits(1);
    first_logits_.assign(last.begin(), last.end());
}

template <typename Choose>
bool Search::advance(Row& row, std::span<const float> logits, Choose choose)
{
    Transcript& text = row.text;
    work_.assign(logits.begin(), logits.end());
    rules_.apply(work_, text.tokens);
    const float norm = log_sum_exp(work_);
    const std::pair<TokenId, float> chosen = choose(work_, norm);
    text.sum_log_prob += static_cast<double>(chosen.second);
    if (chosen.first == vocabulary_.end_of_text) return false;
    text.tokens.push_back(chosen.first);
    text.log_probs.push_back(chosen.second);
    row.next = chosen.first;
    if (watch_for_loops_) {
        if (const std::size_t tail = repeated_tail(text.tokens, vocabulary_); tail > 0) {
            text.looped = true;
            text.tokens.resize(text.tokens.size() - tail);
            text.log_probs.resize(text.tokens.size());
            text.sum_log_prob = std::accumulate(text.log_probs.begin(), text.log_probs.end(), 0.0);
            return false;
        }
    }
    return static_cast<int>(text.tokens.size()) < room();
}

template <typename Choose>
std::optional<std::vector<Transcript>>
Search::run_rows(kernels::Backend& backend, int rows, Choose choose, const std::stop_token& stop)
{
    std::vector<Transcript> finished;
    std::vector<Row> live;
    for (int r = 0; r < rows; ++r) {
        Row row;
        if (advance(row, first_logits_, choose))
            live.push_back(std::move(row));
        else
            finished.push_back(std::move(row.text));
    }
    if (live.size() > 1)
        decoder_.copy_first_row(backend, static_cast<int>(live.size()), prompt_length_);
    for (int position = prompt_length_; !live.empty(); ++position) {
        if (stop.stop_requested()) return std::nullopt;
        std::vector<TokenId> next;
        next.reserve(live.size());
        for (const Row& row : live) next.push_back(row.next);
        decoder_.step(backend, next, position);
        ++steps_;
        std::vector<Row> still;
        std::vector<int> parents;
        for (std::size_t r = 0; r < live.size(); ++r) {
            if (advance(live[r], decoder_.logits(static_cast<int>(r)), choose)) {
                parents.push_back(static_cast<int>(r));
                still.push_back(std::move(live[r]));
            } else {
                finished.push_back(std::move(live[r].text));
            }
        }
        if (still.size() != live.size()) decoder_.reorder(parents, prompt_length_, position + 1);
        live = std::move(still);
    }
    return finished;
}

std::optional<Transcript> Search::greedy(kernels::Backend& backend, const std::stop_token& stop)
{
    const auto likeliest = [](std::span<float> logits, float norm) {
        const TokenId id = argmax(logits);
        return std::pair{id, logits[static_cast<std::size_t>(id)] - norm};
    };
    auto texts = run_rows(backend, 1, likeliest, stop);
    if (!texts) return std::nullopt;
    return std::move(texts->front());
}

std::optional<Transcript> Search::sample(
    kernels::Backend& backend,
    float temperature,
    int count,
    std::mt19937_64& random,
    const std::stop_token& stop)
{
    const auto by_chance = [&](std::span<float> logits, float norm) {
        std::vector<float> plain(logits.begin(), logits.end());
        const TokenId id = draw(logits, temperature, random);
        return std::pair{id, plain[static_cast<std::size_t>(id)] - norm};
    };
    auto texts = run_rows(backend, count, by_chance, stop);
    if (!texts) return std::nullopt;
    return std::move(*std::max_element(
        texts->begin(),
        texts->end(),
        [](const Transcript& a, const Transcript& b) {
            return a.average_log_prob() < b.average_log_prob();
        }));
}

std::optional<Transcript>
Search::beam(kernels::Backend& backend, int beam, const std::stop_token& stop)
{
    struct Candidate {
        double sum = 0;
        std::size_t row = 0;
        TokenId token = 0;
        float log_prob = 0;
    };
    const auto better = [](const Candidate& a, const Candidate& b) { return a.sum > b.sum; };
    const std::size_t width = static_cast<std::size_t>(beam);
    std::vector<Transcript> live(1), finished;
    bool first = true;
    for (int position = prompt_length_;; ++position) {
        // The best 2 B continuations of all rows: even if B of them end, B live on.
        std::vector<Candidate> best;
        for (std::size_t r = 0; r < live.size(); ++r) {
            const auto logits = first ? std::span<const float>(first_logits_)
                                      : decoder_.logits(static_cast<int>(r));
            work_.assign(logits.begin(), logits.end());
            rules_.apply(work_, live[r].tokens);
            const float norm = log_sum_exp(work_);
            for (std::size_t id = 0; id < work_.size(); ++id) {
                const float log_prob = work_[id] - norm;
                const double sum = live[r].sum_log_prob + static_cast<double>(log_prob);
                if (best.size() == 2 * width && sum <= best.back().sum) continue;
                if (std::isinf(log_prob)) continue;
                const Candidate candidate{sum, r, static_cast<TokenId>(id), log_prob};
                best.insert(
                    std::upper_bound(best.begin(), best.end(), candidate, better),
                    candidate);
                if (best.size() > 2 * width) best.pop_back();
            }
        }
        std::vector<Transcript> next;
        std::vector<int> parents;
        std::vector<TokenId> fed;
        for (std::size_t i = 0; i < best.size() && next.size() < width; ++i) {
            const Candidate& c = best[i];
            Transcript text = live[c.row];
            text.sum_log_prob = c.sum;
            if (c.token == vocabulary_.end_of_text) {
                if (i < width) finished.push_back(std::move(text));
                continue;
            }
            text.tokens.push_back(c.token);
            text.log_probs.push_back(c.log_prob);
            text.looped = watch_for_loops_ && repeated_tail(text.tokens, vocabulary_) > 0;
            if (text.looped) continue; // a loop is likely and never worth its place
            parents.push_back(static_cast<int>(c.row));
            fed.push_back(c.token);
            next.push_back(std::move(text));
        }
        live = std::move(next);
        const bool full = !live.empty() && static_cast<int>(live[0].tokens.size()) >= room();
        if (finished.size() >= width || live.empty() || full) break;
        if (stop.stop_requested()) return std::nullopt;
        if (first) {
            decoder_.copy_first_row(backend, beam, prompt_length_);
        } else {
            decoder_.reorder(parents, prompt_length_, position);
        }
        decoder_.step(backend, fed, position);
        ++steps_;
        first = false;
    }
    if (finished.empty()) finished = std::move(live);
    if (finished.empty()) { // every continuation ran in circles
        Transcript nothing;
        nothing.looped = true;
        nothing.sum_log_prob = -100;
        return nothing;
    }
    // Length without the end of text, as the reference counts it.
    const auto score = [](const Transcript& t) {
        return t.sum_log_prob / std::max<double>(1, static_cast<double>(t.tokens.size()));
    };
    return std::move(*std::max_element(
        finished.begin(),
        finished.end(),
        [&](const Transcript& a, const Transcript& b) { return score(a) < score(b); }));
}

} // namespace engine::whisper
