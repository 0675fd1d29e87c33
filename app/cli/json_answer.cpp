#include "app/cli/json.h"
#include "app/summary_job.h"
#include "app/text.h"

namespace app::cli {
namespace {

Json or_null(const std::optional<double>& value)
{
    return value ? Json(*value) : Json(nullptr);
}
Json page_or_null(int page)
{
    return page > 0 ? Json(page) : Json(nullptr);
}

Json texts(const std::vector<std::string>& sentences)
{
    Json out = Json::array();
    for (const auto& sentence : sentences) out.push_back(clean_utf8(sentence));
    return out;
}

} // namespace

Json answer_json(const AskReply& reply)
{
    const answer::Answer& answer = reply.answer;
    Json nearest = Json::array();
    for (const auto& near : answer.nearest) {
        nearest.push_back(
            {{"source", near.source},
             {"path", clean_utf8(near.path)},
             {"kind", near.kind},
             {"page", page_or_null(near.page)},
             {"start_s", or_null(near.start_s)},
             {"end_s", or_null(near.end_s)},
             {"snippet", clean_utf8(near.snippet)},
             {"score", near.score}});
    }
    Json citations = Json::array();
    for (const auto& quote : answer.quotes) {
        citations.push_back(citation_json(quote.citation, quote.path, quote.kind));
    }
    const std::chrono::duration<double> first_token = answer.usage.first_token;
    return {
        {"answer", clean_utf8(answer.text)},
        {"outcome", answer::name(answer.outcome)},
        {"nearest", std::move(nearest)},
        {"mode", answer.mode},
        {"engine", clean_utf8(reply.engine)},
        {"citations", std::move(citations)},
        {"reasoning",
         answer.reasoning.empty() ? Json(nullptr) : Json(clean_utf8(answer.reasoning))},
        {"usage",
         {{"prompt_tokens", answer.usage.prompt_tokens},
          {"new_tokens", answer.usage.new_tokens},
          {"first_token_s", first_token.count()},
          {"total_s", reply.total_s}}},
        {"not_covered", texts(answer.not_covered)},
        {"notes", texts(answer.notes)},
        {"session", reply.session != 0 ? Json(reply.session) : Json(nullptr)}};
}

Json transcript_json(const Transcript& transcript)
{
    Json segments = Json::array();
    for (const auto& segment : transcript.segments) {
        Json words = Json::array();
        for (const auto& word : segment.words) {
            words.push_back(
                {{"start_s", word.start_s},
                 {"end_s", word.end_s},
                 {"text", clean_utf8(word.text)}});
        }
        segments.push_back(
            {{"start_s", segment.start_s},
             {"end_s", segment.end_s},
             {"text", clean_utf8(segment.text)},
             {"confidence", segment.confidence},
             {"speaker",
              segment.speaker.empty() ? Json(nullptr) : Json(clean_utf8(segment.speaker))},
             {"words", std::move(words)}});
    }
    Json gaps = Json::array();
    for (const auto& gap : transcript.gaps)
        gaps.push_back({{"start_s", gap.start_s}, {"end_s", gap.end_s}});
    return {
        {"language", transcript.language.empty() ? Json(nullptr) : Json(transcript.language)},
        {"duration_s", transcript.duration_s},
        {"segments", std::move(segments)},
        {"gaps", std::move(gaps)},
        {"real_time_factor", transcript.real_time_factor()}};
}

Json search_json(const std::vector<answer::SearchHit>& hits)
{
    Json out = Json::array();
    for (const auto& hit : hits) {
        Json boxes = Json::array();
        for (const auto& box : hit.boxes) boxes.push_back({box.x0, box.y0, box.x1, box.y1});
        out.push_back(
            {{"session", hit.passage.session},
             {"source", hit.passage.source},
             {"kind", hit.passage.kind},
             {"page", page_or_null(hit.passage.page)},
             {"start_s", or_null(hit.passage.start_s)},
             {"boxes", std::move(boxes)},
             {"snippet", clean_utf8(hit.snippet)},
             {"score", hit.score}});
    }
    return {{"hits", std::move(out)}};
}

} // namespace app::cli
