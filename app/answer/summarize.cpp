#include "app/answer/summarize.h"

#include "app/answer/citation.h"
#include "app/answer/coverage.h"
#include "app/answer/dates.h"
#include "app/answer/language.h"
#include "app/answer/sentence_vectors.h"
#include "app/answer/summary_material.h"
#include "app/answer/text.h"
#include "app/answer/textrank.h"
#include "app/answer/tiers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <utility>

namespace app::answer {

namespace {

constexpr double kHighlightEvery = 60.0; // seconds
constexpr std::size_t kMostHighlights = 30;
constexpr std::size_t kMostKeySentences = 24; // of one document
constexpr double kPagesPerKeySentence = 1.0;

class Summarizer {
public:
    Summarizer(
        storage::Library& library,
        const Material& material,
        const std::vector<storage::ItemMove>& moves)
        : library_(library), material_(material), moves_(moves)
    {
    }

    Result<SummarySection> fill(const Template::Section& form)
    {
        SummarySection section;
        section.name = form.title;
        section.kind = form.kind;
        Result<void> done;
        switch (form.kind) {
        case SectionKind::Marks:
            done = marks(section);
            break;
        case SectionKind::Dates:
            done = dates(section);
            break;
        case SectionKind::Decisions:
            done = by_form(section, true);
            break;
        case SectionKind::Actions:
            done = by_form(section, false);
            break;
        case SectionKind::ToCheck:
            done = to_check(section);
            break;
        case SectionKind::Highlights:
            done = highlights(section);
            break;
        case SectionKind::Questions:
            done = questions(section);
            break;
        case SectionKind::KeySentences:
            done = key_sentences(section);
            break;
        }
        if (!done) return tl::unexpected(done.error());
        return section;
    }

    std::size_t chosen() const { return chosen_.size(); }

private:
    /// Adds the sentence with its citation; a sentence that cannot be located is left out.
    Result<void>
    add(SummarySection& section, const MaterialSentence& sentence, double score, bool with_owner)
    {
        auto citation = cite(library_, sentence.passage, sentence.spoken.text, next_citation_);
        if (!citation) return tl::unexpected(citation.error());
        if (!*citation) return {};
        ++next_citation_;
        chosen_.insert(&sentence);
        SummaryItem item;
        item.text = sentence.spoken.text;
        item.score = score;
        item.citations.push_back(std::move(**citation));
        if (with_owner) {
            item.owner =
                owner_of(sentence.spoken, material_.recordings[sentence.recording].participants);
            for (const auto& date :
                 dates_in(sentence.spoken.text, material_.recordings[sentence.recording].day)) {
                if (date.day && item.due.empty()) item.due = iso_date(*date.day);
            }
        }
        section.items.push_back(std::move(item));
        return {};
    }

    Result<void> marks(SummarySection& section)
    {
        for (const auto& marked : material_.marked) {
            if (auto done = add(section, *marked, 0.0, false); !done) return done;
        }
        if (section.items.empty()) section.note = "Nothing was marked.";
        return {};
    }

    Result<void> dates(SummarySection& section)
    {
        for (const auto& sentence : material_.sentences) {
            if (!sentence.from_speech || dates_in(sentence.spoken.text).empty()) continue;
            if (auto done = add(section, sentence, 0.0, false); !done) return done;
        }
        if (section.items.empty()) section.note = "No date or time was recognised.";
        return {};
    }

    /// Where the user put the sentence; null: where its form puts it.
    const std::string* moved_to(const MaterialSentence& sentence) const
    {
        // A line that was edited after it was moved is known by its moment.
        constexpr double kSameMoment = 0.05;
        constexpr double kSameWords = 2.0; // the same may be said twice in a meeting
        const auto& passage = sentence.passage;
        for (const auto& move : moves_) {
            if (move.source != passage.source || move.page != passage.page) continue;
            const bool words = move.quote == sentence.spoken.text;
            if (!move.start_s || !passage.start_s) {
                if (words && !move.start_s && !sentence.from_speech) return &move.to;
                continue;
            }
            const double apart = std::abs(*move.start_s - sentence.spoken.start_s);
            if (apart < kSameMoment || (words && apart < kSameWords)) return &move.to;
        }
        return nullptr;
    }

    /// Whether the form of the sentence makes it a likely decision, or a likely to-do.
    static bool has_form(const MaterialSentence& sentence, bool decisions)
    {
        const double decision = sentence.form.decision - kLikelyDecision;
        const double action = sentence.form.action - kLikelyAction;
        if (!sentence.from_speech || (decisions ? decision : action) < 0.0) return false;
        // A sentence that is both stands where it scores better.
        return decisions ? action < 0.0 || action <= decision
                         : decision < 0.0 || decision <= action;
    }

    Result<void> by_form(SummarySection& section, bool decisions)
    {
        for (const auto& sentence : material_.sentences) {
            const double score = decisions ? sentence.form.decision : sentence.form.action;
            const auto* moved = moved_to(sentence);
            if (moved ? *moved != list_name(section.kind) : !has_form(sentence, decisions))
                continue;
            if (auto done = add(section, sentence, score, !decisions); !done) return done;
        }
        if (section.items.empty()) {
            section.note = decisions ? "No sentence has the clear form of a decision; one said "
                                       "without such words is missed."
                                     : "No sentence has the clear form of a to-do; one said "
                                       "without such words is missed.";
        }
        return {};
    }

    Result<void> to_check(SummarySection& section)
    {
        for (const auto& sentence : material_.sentences) {
            const bool likely =
                sentence.form.decision >= kLikelyDecision || sentence.form.action >= kLikelyAction;
            const bool maybe =
                sentence.form.decision >= kMaybeDecision || sentence.form.action >= kMaybeAction;
            const auto* moved = moved_to(sentence);
            const bool belongs = sentence.from_speech && !likely && maybe;
            if (moved ? *moved != list_name(section.kind) : !belongs) continue;
            if (auto done =
                    add(section,
                        sentence,
                        std::max(sentence.form.decision, sentence.form.action),
                        true);
                !done) {
                return done;
            }
        }
        return {};
    }

    Result<void> questions(SummarySection& section)
    {
        for (const auto& sentence : material_.sentences) {
            if (!sentence.open_question) continue;
            if (auto done = add(section, sentence, 0.0, false); !done) return done;
        }
        if (section.items.empty())
            section.note =
                "No question was heard that is followed by words such as \"I don't know\".";
        return {};
    }

    /// The most central sentences of one recording or document, in its order.
    Result<void>
    central(SummarySection& section, std::size_t recording, bool from_speech, std::size_t count)
    {
        constexpr std::size_t kMost = 1500; // sentences; the matrix of their similarities is square
        std::vector<const MaterialSentence*> sentences;
        for (const auto& sentence : material_.sentences) {
            const bool says_something =
                words_of(sentence.spoken.text).size() >= 6 && !sentence.spoken.text.ends_with('?');
            if (sentence.recording == recording && sentence.from_speech == from_speech &&
                says_something)
                sentences.push_back(&sentence);
        }
        const auto stride = sentences.size() / kMost + 1;
        std::vector<const MaterialSentence*> kept;
        for (std::size_t i = 0; i < sentences.size(); i += stride) kept.push_back(sentences[i]);
        std::vector<std::vector<double>> similarity(
            kept.size(),
            std::vector<double>(kept.size(), 0.0));
        for (std::size_t a = 0; a < kept.size(); ++a) {
            for (std::size_t b = a + 1; b < kept.size(); ++b)
                similarity[a][b] = similarity[b][a] = alike(*kept[a], *kept[b]);
        }
        const auto rank = text_rank(similarity);
        for (const auto i : choose_diverse(rank, similarity, count)) {
            if (auto done = add(section, *kept[i], rank[i], false); !done) return done;
        }
        return {};
    }

    Result<void> highlights(SummarySection& section)
    {
        for (std::size_t i = 0; i < material_.recordings.size(); ++i) {
            const double heard = material_.recordings[i].source.duration_s;
            const auto count = static_cast<std::size_t>(std::ceil(heard / kHighlightEvery));
            if (heard <= 0.0) continue;
            if (auto done = central(section, i, true, std::min(count, kMostHighlights)); !done)
                return done;
        }
        return {};
    }

    Result<void> key_sentences(SummarySection& section)
    {
        for (std::size_t i = 0; i < material_.recordings.size(); ++i) {
            const double pages = material_.recordings[i].source.pages;
            const auto count = static_cast<std::size_t>(std::ceil(pages / kPagesPerKeySentence));
            if (auto done = central(
                    section,
                    i,
                    false,
                    std::clamp<std::size_t>(count, 3, kMostKeySentences));
                !done)
                return done;
        }
        return {};
    }

    storage::Library& library_;
    const Material& material_;
    const std::vector<storage::ItemMove>& moves_;
    std::set<const MaterialSentence*> chosen_;
    int next_citation_ = 1;
};

std::string how_it_was_made(std::size_t chosen, std::size_t all)
{
    char text[320];
    std::snprintf(
        text,
        sizeof text,
        "Sentences picked by cue words, dates and similarity: %zu of %zu (%.0f %%). The starter "
        "does not understand the "
        "meeting; a decision without such words is missed.",
        chosen,
        all,
        all == 0 ? 0.0 : 100.0 * static_cast<double>(chosen) / static_cast<double>(all));
    return text;
}

} // namespace

std::string_view list_name(SectionKind kind)
{
    switch (kind) {
    case SectionKind::Decisions:
        return "decisions";
    case SectionKind::Actions:
        return "actions";
    case SectionKind::ToCheck:
        return "check";
    default:
        return {};
    }
}

Result<Summary> summarize(
    storage::SessionId session,
    const Template& form,
    storage::Library& library,
    engine::TextEmbedder* embedder,
    const std::stop_token& stop)
{
    const auto known = library.session(session);
    if (!known) return tl::unexpected(known.error());
    SentenceVectors vectors(embedder);
    const auto material = gather_material(session, library, vectors, stop);
    if (!material) return tl::unexpected(material.error());

    Summary summary;
    summary.title = known->name;
    const auto moves = library.item_moves(session);
    if (!moves) return tl::unexpected(moves.error());
    Summarizer summarizer(library, *material, *moves);
    for (const auto& wanted : form.sections) {
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "The summary was stopped.");
        auto section = summarizer.fill(wanted);
        if (!section) return tl::unexpected(section.error());
        summary.sections.push_back(std::move(*section));
    }
    std::vector<storage::Source> sources;
    for (const auto& recording : material->recordings) {
        sources.push_back(recording.source);
        ++summary.coverage.sources;
        summary.coverage.heard_s += recording.source.duration_s - recording.lost_s;
        summary.coverage.pages += recording.source.pages;
        for (const auto& gap : recording.gaps) summary.coverage.missing.push_back(gap);
    }
    auto missing = not_covered(sources, false, library);
    if (!missing) return tl::unexpected(missing.error());
    summary.coverage.missing.insert(
        summary.coverage.missing.end(),
        missing->begin(),
        missing->end());
    if (!vectors.available()) {
        summary.coverage.missing.emplace_back(
            "Picked without search by meaning: its model is not installed.");
    }
    summary.how = how_it_was_made(summarizer.chosen(), material->sentences.size());
    return summary;
}

} // namespace app::answer
