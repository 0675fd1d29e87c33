// storage_search [PASSAGES [FOLDER]]: a library of that many passages with vectors; prints what it
// costs to fill it, to open it, to search it by meaning and by words, and to check and back it up.
// With FOLDER it stays there and the next run does not fill it again; without, a session is deleted
// at the end.
#include "storage/dot_product.h"
#include "storage/library.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <random>

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kDimensions = 384;

template <typename Work>
double milliseconds(Work work)
{
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

template <typename Work>
void report(const char* name, int runs, Work work)
{
    std::vector<double> times;
    times.reserve(static_cast<std::size_t>(runs));
    for (int i = 0; i < runs; ++i) times.push_back(milliseconds([&] { work(i); }));
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("%-44s median %8.2f  p10 %8.2f  p90 %8.2f ms\n", name, at(0.5), at(0.1), at(0.9));
    std::fflush(stdout);
}

template <typename T>
T must(base::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

void must(const base::Result<void>& result)
{
    if (result) return;
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

/// Words with the frequencies of a language (Zipf): word n is drawn about 1/n times as often.
class Words {
public:
    std::string text(std::mt19937& random, int count, double most_frequent = 1)
    {
        std::string words;
        for (int i = 0; i < count; ++i) {
            const double u = std::uniform_real_distribution<>(0, 1)(random);
            const int rank = static_cast<int>(most_frequent * std::pow(30000.0 / most_frequent, u));
            words += fmt::format("w{}{} ", rank, i % 17 == 16 ? "." : "");
        }
        return words;
    }
};

std::vector<float> unit_vector(std::mt19937& random)
{
    std::normal_distribution<float> normal;
    std::vector<float> vector(kDimensions);
    float squares = 0;
    for (float& value : vector) {
        value = normal(random);
        squares += value * value;
    }
    for (float& value : vector) value /= std::sqrt(squares);
    return vector;
}

} // namespace

int main(int argc, char** argv)
{
    const int total = argc > 1 ? std::atoi(argv[1]) : 200'000;
    const support::TemporaryFolder folder;
    const std::filesystem::path data = argc > 2 ? argv[2] : (folder / "data").string();
    std::mt19937 random(1);
    Words words;
    std::printf("dot product: %s\n", storage::dot_products().front().name.data());

    auto library = must(storage::Library::open(data, storage::Access::Write));
    std::vector<storage::SessionId> sessions;
    for (const auto& session : must(library->sessions())) sessions.push_back(session.id);
    const bool filled = !sessions.empty();
    constexpr int kPassagesAPage = 50;
    const double filling = milliseconds([&] {
        storage::SourceId source = 0;
        for (int done = 0, page_number = 1; !filled && done < total;
             done += kPassagesAPage, ++page_number) {
            if (done % 10'000 == 0) {
                sessions.push_back(must(library->create_session("S")));
                const auto file = folder.write("input", std::to_string(done));
                storage::Source described;
                described.path = file.string();
                described.kind = "pdf";
                source = must(library->begin_source(sessions.back(), file, described));
            }
            storage::Page page;
            page.source = source;
            page.number = page_number;
            std::vector<storage::Passage> passages;
            std::vector<std::vector<float>> vectors;
            for (int i = 0; i < kPassagesAPage; ++i) {
                storage::Passage passage;
                passage.text = words.text(random, 60);
                passage.language = "en";
                passages.push_back(passage);
                vectors.push_back(unit_vector(random));
            }
            must(library->add_vectors(must(library->add_page(page, passages)), vectors));
        }
    });
    std::printf(
        "filling with %d passages of 60 words and vectors: %.1f s, database %.0f MB\n",
        total,
        filling / 1000,
        static_cast<double>(std::filesystem::file_size(data / "percept.sqlite")) / 1e6);
    report("close and open (write)", 3, [&](int) {
        library.reset();
        library = must(storage::Library::open(data, storage::Access::Write));
    });

    std::vector<std::vector<float>> queries(100);
    for (auto& query : queries) query = unit_vector(random);
    report("first search by meaning (reads all vectors)", 3, [&](int i) {
        const auto reader = must(storage::Library::open(data, storage::Access::Read));
        must(reader->search_vectors(queries[static_cast<std::size_t>(i)], {}, 50));
    });
    must(library->search_vectors(queries[0], {}, 50));
    report("top 50 by meaning, everything", 100, [&](int i) {
        must(library->search_vectors(queries[static_cast<std::size_t>(i)], {}, 50));
    });
    report("top 50 by meaning, one session", 100, [&](int i) {
        must(library->search_vectors(
            queries[static_cast<std::size_t>(i)],
            {{sessions[0]}, {}, {}},
            50));
    });
    // Ranks from 30 on are content words (18 % of the passages hold word 30); below stand the words
    // that a question loses before it gets here.
    for (const double most_frequent : {30.0, 1.0}) {
        std::vector<std::string> questions(20);
        for (auto& words_of_it : questions) words_of_it = words.text(random, 6, most_frequent);
        const auto question = [&](int i) { return questions[static_cast<std::size_t>(i)]; };
        std::printf("6 words of rank %.0f to 30000, top 50:\n", most_frequent);
        report("  everything", 20, [&](int i) {
            must(library->search_words(question(i), {}, 50));
        });
        report("  one session (10,000 passages)", 20, [&](int i) {
            must(library->search_words(question(i), {{sessions[0]}, {}, {}}, 50));
        });
    }
    report("rare words (rank 1000 to 1005), everything", 20, [&](int) {
        must(library->search_words("w1000 w1001 w1002 w1003 w1004 w1005", {}, 50));
    });
    report("full check", 1, [&](int) { must(library->check()); });
    report("backup", 1, [&](int) { must(library->backup(folder / "copy", {}, {})); });
    if (argc > 2) return 0;
    report("delete one session", 1, [&](int) { must(library->delete_session(sessions[0])); });
    return 0;
}
