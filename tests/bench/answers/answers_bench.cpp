// Asks the questions of sets in a library that percept-cli filled, and prints how good the answers
// are. See run.
#include "engine/text_embedder.h"
#include "engine/worker.h"
#include "storage/library.h"
#include "tests/bench/answers/evaluate.h"

#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>

namespace {

/// Lines "source<TAB>line<TAB>start_s<TAB>end_s" that `run` writes while it speaks the dialogues.
std::map<std::string, std::pair<double, double>> read_times(const std::filesystem::path& file)
{
    std::map<std::string, std::pair<double, double>> times;
    std::ifstream stream(file);
    std::string source;
    int line = 0;
    double start_s = 0;
    double end_s = 0;
    while (stream >> source >> line >> start_s >> end_s)
        times[source + ":" + std::to_string(line)] = {start_s, end_s};
    return times;
}

int complain(const base::Error& error)
{
    std::cerr << error.message << " " << error.hint << "\n";
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 5) {
        std::cerr << "usage: answers_bench DATA MINILM_FOLDER|none TIMES SET.json...\n";
        return 2;
    }
    auto library = storage::Library::open(argv[1], storage::Access::Read);
    if (!library) return complain(library.error());
    engine::Worker worker;
    std::unique_ptr<engine::TextEmbedder> embedder;
    if (std::strcmp(argv[2], "none") != 0) {
        auto opened = engine::TextEmbedder::open(worker, argv[2]);
        if (!opened) return complain(opened.error());
        embedder = std::move(*opened);
    }
    const auto times = read_times(argv[3]);
    app::answer::Answerer answerer(**library, embedder.get());
    for (int i = 4; i < argc; ++i) {
        std::vector<bench::Verdict> verdicts;
        for (const auto& question : bench::load_set(argv[i], times)) {
            const auto began = std::chrono::steady_clock::now();
            const auto answer = answerer.ask(question.text, {});
            if (!answer) return complain(answer.error());
            const double seconds =
                std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
            verdicts.push_back(bench::judge(question, *answer, seconds, **library));
        }
        bench::print_report(std::filesystem::path(argv[i]).stem().string(), verdicts);
    }
    return 0;
}
