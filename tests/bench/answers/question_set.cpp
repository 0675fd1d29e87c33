#include "tests/bench/answers/question_set.h"

#include "app/answer/text.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace bench {

LineTimes read_times(const std::filesystem::path& file)
{
    LineTimes times;
    std::ifstream stream(file);
    std::string source;
    int line = 0;
    double start_s = 0;
    double end_s = 0;
    while (stream >> source >> line >> start_s >> end_s)
        times[source + ":" + std::to_string(line)] = {start_s, end_s};
    return times;
}

std::vector<Question> load_set(const std::filesystem::path& file, const LineTimes& line_times)
{
    std::ifstream stream(file);
    std::vector<Question> questions;
    for (const auto& entry : nlohmann::json::parse(stream)) {
        Question question;
        question.id = entry.at("id");
        question.text = entry.at("question");
        question.source = entry.value("source", "");
        question.pages = entry.value("page", std::vector<int>());
        question.gold = entry.value("gold", std::vector<std::string>());
        for (const int line : entry.value("line", std::vector<int>())) {
            const auto found = line_times.find(question.source + ":" + std::to_string(line));
            if (found != line_times.end()) question.times.push_back(found->second);
        }
        questions.push_back(std::move(question));
    }
    return questions;
}

std::vector<std::string> find_places(std::vector<Question>& questions, storage::Library& library)
{
    std::map<std::string, storage::SourceId> ids;
    const auto sessions = library.sessions();
    if (!sessions) return {sessions.error().message};
    for (const auto& session : *sessions) {
        const auto sources = library.sources(session.id);
        if (!sources) return {sources.error().message};
        for (const auto& source : *sources)
            ids[std::filesystem::path(source.path).stem().string()] = source.id;
    }
    std::vector<std::string> without;
    for (auto& question : questions) {
        if (question.gold.empty() || !question.pages.empty() || !question.times.empty()) continue;
        const auto source = ids.find(question.source);
        if (source != ids.end()) {
            for (const int number :
                 library.page_numbers(source->second).value_or(std::vector<int>())) {
                const auto page = library.page(source->second, number);
                if (!page) continue;
                const auto text = folded(page->text);
                const bool holds =
                    std::any_of(question.gold.begin(), question.gold.end(), [&](const auto& gold) {
                        return text.find(folded(gold)) != std::string::npos;
                    });
                if (holds) question.pages.push_back(number);
            }
        }
        if (question.pages.empty()) without.push_back(question.id);
    }
    return without;
}

std::string folded(std::string_view text)
{
    auto key = app::answer::match_key(text).bytes;
    std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return key;
}

} // namespace bench
