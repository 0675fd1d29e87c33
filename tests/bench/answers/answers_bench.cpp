// Asks the questions of sets in a library that percept-cli filled, or holds summaries of spoken
// dialogues against their labels, and prints how good they are. See run.
#include "engine/text_embedder.h"
#include "engine/worker.h"
#include "storage/library.h"
#include "tests/bench/answers/evaluate.h"
#include "tests/bench/answers/tiers_report.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>
#include <span>

namespace {

constexpr const char* kUsage =
    "usage: answers_bench ask   DATA MINILM_FOLDER|none TIMES SET.json...\n"
    "       answers_bench time  DATA MINILM_FOLDER TIMES SET.json...\n"
    "       answers_bench tiers DATA MINILM_FOLDER|none TIMES SCRATCH DIALOGUE.txt...\n";

int complain(const base::Error& error)
{
    std::cerr << error.message << " " << error.hint << "\n";
    return 1;
}

struct Place {
    std::unique_ptr<storage::Library> library;
    engine::Worker worker;
    std::unique_ptr<engine::TextEmbedder> embedder; // null: words alone
    bench::LineTimes times;
};

/// Asks every set; with `figures` prints what became of the questions, else only how long each
/// took.
int ask(Place& place, std::span<char*> sets, bool figures)
{
    app::answer::Answerer answerer(*place.library, place.embedder.get());
    std::vector<bench::Verdict> all;
    for (const char* set : sets) {
        std::vector<bench::Verdict> verdicts;
        auto questions = bench::load_set(set, place.times);
        for (const auto& id : bench::find_places(questions, *place.library))
            std::cerr << set << ": the answer of " << id << " stands nowhere in the library\n";
        for (const auto& question : questions) {
            const auto began = std::chrono::steady_clock::now();
            const auto answer = answerer.ask(question.text, {});
            if (!answer) return complain(answer.error());
            const double seconds =
                std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
            verdicts.push_back(bench::judge(question, *answer, seconds, *place.library));
        }
        if (figures)
            bench::print_report(std::filesystem::path(set).stem().string(), verdicts, true);
        all.insert(all.end(), verdicts.begin(), verdicts.end());
    }
    if (figures && sets.size() > 1) bench::print_report("together", all, false);
    if (!figures) bench::print_times(all);
    return 0;
}

int tiers(Place& place, const char* scratch, std::span<char*> dialogues)
{
    const auto form = app::answer::load_template("minutes");
    if (!form) return complain(form.error());
    // A session of its own for each recording, so that a summary is of one meeting.
    auto written = storage::Library::open(scratch, storage::Access::Write);
    if (!written) return complain(written.error());
    bench::TierCounts heard;
    bench::TierCounts read;
    for (const char* file : dialogues) {
        const auto name = std::filesystem::path(file).stem().string();
        const auto lines = bench::read_dialogue(file);
        const auto known =
            bench::add_transcript(name, lines, place.times, std::filesystem::path(file), **written);
        if (!known) return complain(known.error());
        const auto of_text = app::answer::summarize(*known, *form, **written, place.embedder.get());
        if (!of_text) return complain(of_text.error());
        read += bench::count_tiers(*of_text, name, lines, place.times);

        const auto sessions = place.library->sessions();
        if (!sessions) return complain(sessions.error());
        for (const auto& session : *sessions) {
            if (session.name != name) continue;
            const auto of_sound =
                app::answer::summarize(session.id, *form, *place.library, place.embedder.get());
            if (!of_sound) return complain(of_sound.error());
            heard += bench::count_tiers(*of_sound, name, lines, place.times);
        }
    }
    bench::print_tiers("minutes of the spoken dialogues, speakers unknown", heard);
    bench::print_tiers("minutes of their text, speakers known", read);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    if (argc < 6) {
        std::cerr << kUsage;
        return 2;
    }
    const std::string_view command = argv[1];
    Place place;
    auto library = storage::Library::open(argv[2], storage::Access::Read);
    if (!library) return complain(library.error());
    place.library = std::move(*library);
    if (std::strcmp(argv[3], "none") != 0) {
        auto opened = engine::TextEmbedder::open(place.worker, argv[3]);
        if (!opened) return complain(opened.error());
        place.embedder = std::move(*opened);
    }
    place.times = bench::read_times(argv[4]);
    if (command == "ask") return ask(place, arguments.subspan(5), true);
    if (command == "time") return ask(place, arguments.subspan(5), false);
    if (command == "tiers" && argc > 6) return tiers(place, argv[5], arguments.subspan(6));
    std::cerr << kUsage;
    return 2;
}
