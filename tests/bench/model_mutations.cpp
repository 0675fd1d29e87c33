// model_mutations COUNT [FIRST_SEED]: damages model files by seed and opens each, COUNT times for
// every kind of file, and counts how the readers take it. A crash or a hang (10 s of processor
// time) kills a child process only; its seed is printed.
//
// Files: tiny valid ones built by code and, where the starter models are installed
// ($PERCEPT_MODELS), the real ones, of which the first 4 MiB and the last 64 KiB are damaged.
#include "engine/formats/ctranslate2.h"
#include "engine/formats/gguf.h"
#include "engine/formats/safetensors.h"
#include "engine/formats/torch_zip.h"
#include "engine/text/bpe_files.h"
#include "tests/engine/formats/tiny_files.h"
#include "tests/fuzz/memory_file.h"
#include "tests/support/models.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using std::filesystem::path;
using Reader = std::function<bool(const path&)>; // true: the file was believed

constexpr unsigned kHangs_s = 10;

/// What the child tells its parent; shared memory.
struct Progress {
    std::uint64_t seed = 0;
    std::uint64_t refused = 0;
    std::uint64_t believed = 0;
    double slowest_s = 0;
};

template <typename File>
bool touch_tensors(const engine::Result<File>& file)
{
    if (!file) return false;
    for (const auto& [name, tensor] : file->tensors().all())
        fuzz::touch(tensor.bytes.first(std::min<std::size_t>(tensor.bytes.size(), 4096)));
    return true;
}

bool read_gguf(const path& file)
{
    const auto gguf = engine::formats::GgufFile::open(file);
    if (!touch_tensors(gguf)) return false;
    const auto tokenizer = engine::text::bpe_from_gguf(*gguf);
    if (tokenizer) static_cast<void>(tokenizer->encode("Hello <|end|> 12"));
    return true;
}
bool read_safetensors(const path& file)
{
    return touch_tensors(engine::formats::SafetensorsFile::open(file));
}
bool read_ctranslate2(const path& file)
{
    return touch_tensors(engine::formats::Ctranslate2File::open(file));
}
bool read_zip(const path& file)
{
    const auto zip = engine::formats::TorchZip::open(file);
    if (!zip) return false;
    for (const auto& [name, entry] : zip->entries()) static_cast<void>(zip->read(name));
    return true;
}
bool read_tokenizer(const path& file)
{
    const auto tokenizer = engine::text::bpe_from_tokenizer_json(file);
    if (tokenizer) static_cast<void>(tokenizer->encode("Hello <|end|> 12"));
    return tokenizer.has_value();
}

/// One to eight changes: bytes, 32- and 64-bit numbers with awkward values, stretches moved, or the
/// end cut off.
std::string mutate(std::string bytes, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t limit) { return limit > 0 ? random() % limit : 0; };
    constexpr std::uint64_t kAwkward[] =
        {0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0xffffffff, 1ull << 62, ~0ull};
    for (std::uint64_t changes = below(8) + 1; changes > 0 && !bytes.empty(); --changes) {
        // Most of a model file is weights; what decides lies at its ends.
        const std::size_t head =
            std::min<std::size_t>(bytes.size(), below(2) == 0 ? 1024 : 4u << 20);
        const std::size_t at =
            below(8) == 0 ? bytes.size() - 1 - below(std::min<std::size_t>(bytes.size(), 65'536))
                          : below(head);
        const std::size_t room = bytes.size() - at;
        switch (below(6)) {
        case 0:
            bytes[at] = static_cast<char>(below(256));
            break;
        case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1u << below(8)));
            break;
        case 2: {
            const std::uint64_t value = kAwkward[below(std::size(kAwkward))];
            bytes.replace(
                at,
                std::min<std::size_t>(room, 8),
                reinterpret_cast<const char*>(&value),
                std::min<std::size_t>(room, 8));
            break;
        }
        case 3: {
            const auto value = static_cast<std::uint32_t>(random());
            bytes.replace(
                at,
                std::min<std::size_t>(room, 4),
                reinterpret_cast<const char*>(&value),
                std::min<std::size_t>(room, 4));
            break;
        }
        case 4: {
            const std::size_t length = std::min<std::size_t>(below(64) + 1, room);
            const std::string part = bytes.substr(below(head), length);
            bytes.replace(at, part.size(), part);
            break;
        }
        default:
            if (below(4) == 0) bytes.resize(at);
            break;
        }
    }
    return bytes;
}

/// Ends this process by a signal's default action: after so much processor time, since a busy
/// machine is no hang, or where it waits for something, after six times as long.
void limit_time(unsigned seconds)
{
    const itimerval limit{{0, 0}, {static_cast<time_t>(seconds), 0}};
    ::setitimer(ITIMER_PROF, &limit, nullptr);
    ::alarm(6 * seconds);
}

void run_child(
    const std::string& bytes,
    const Reader& reader,
    std::uint64_t first,
    std::uint64_t last,
    Progress& progress)
{
    const support::TemporaryFolder folder;
    const path file = folder / "mutant";
    for (std::uint64_t seed = first; seed < last; ++seed) {
        progress.seed = seed;
        folder.write("mutant", mutate(bytes, seed));
        limit_time(kHangs_s);
        const auto start = std::chrono::steady_clock::now();
        ++(reader(file) ? progress.believed : progress.refused);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        progress.slowest_s = std::max(progress.slowest_s, taken.count());
        limit_time(0);
    }
    progress.seed = last;
}

/// Returns how many runs ended a child.
int run(
    const std::string& name,
    const std::string& bytes,
    const Reader& reader,
    std::uint64_t first,
    std::uint64_t count)
{
    void* const shared = ::mmap(
        nullptr,
        sizeof(Progress),
        PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS,
        -1,
        0);
    if (shared == MAP_FAILED) return 1;
    auto& progress = *new (shared) Progress;
    int crashes = 0, hangs = 0;
    progress.seed = first;
    while (progress.seed < first + count) {
        const pid_t child = ::fork();
        if (child == 0) {
            run_child(bytes, reader, progress.seed, first + count, progress);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
        const bool hang =
            WIFSIGNALED(status) && (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGALRM);
        ++(hang ? hangs : crashes);
        std::cout << "  seed " << progress.seed << (hang ? " hung\n" : " crashed\n");
        ++progress.seed;
    }
    std::cout << name << ": " << count << " mutants, " << progress.refused << " refused, "
              << progress.believed << " believed, " << crashes << " crashes, " << hangs
              << " hangs, slowest " << progress.slowest_s << " s" << std::endl;
    const int ended = crashes + hangs;
    ::munmap(shared, sizeof(Progress));
    return ended;
}

int usage(std::ostream& out, int status)
{
    out << "model_mutations COUNT [FIRST_SEED]\n"
           "  Damages each kind of model file COUNT times and counts how the readers take it.\n"
           "  Real files are taken from $PERCEPT_MODELS. Exit status 1: one crashed or hung.\n";
    return status;
}

} // namespace

int main(int argument_count, char** arguments)
{
    std::vector<std::uint64_t> numbers;
    for (int i = 1; i < argument_count; ++i) {
        const std::string_view word = arguments[i];
        std::uint64_t number = 0;
        const auto end = std::from_chars(word.data(), word.data() + word.size(), number);
        if (word == "--help") return usage(std::cout, 0);
        if (end.ec != std::errc{} || end.ptr != word.data() + word.size())
            return usage(std::cerr, 2);
        numbers.push_back(number);
    }
    if (numbers.empty() || numbers.size() > 2) return usage(std::cerr, 2);
    const std::uint64_t count = numbers[0];
    const std::uint64_t first = numbers.size() > 1 ? numbers[1] : 0;
    struct Kind {
        std::string name;
        std::string bytes;
        Reader reader;
    };
    std::vector<Kind> kinds = {
        {"tiny gguf", tiny_files::Gguf().bytes(), read_gguf},
        {"tiny safetensors", tiny_files::safetensors(), read_safetensors},
        {"tiny ctranslate2", tiny_files::Ctranslate2().bytes(), read_ctranslate2},
        {"tiny torch zip", tiny_files::zip({{"m/data/0", "abcd"}, {"m/version", "3\n"}}), read_zip},
        {"tiny tokenizer.json", tiny_files::tokenizer_json(), read_tokenizer},
    };
    int ended = 0;
    for (const Kind& kind : kinds) ended += run(kind.name, kind.bytes, kind.reader, first, count);
    // The real ones are large, and every mutant of one is a file of its own: fewer of them.
    const std::pair<const char*, Reader> real[] = {
        {"silero-vad/silero_vad.jit", read_zip},
        {"silero-vad/silero_vad.safetensors", read_safetensors},
        {"whisper-base/tokenizer.json", read_tokenizer},
        {"all-minilm-l6-v2/model.safetensors", read_safetensors},
        {"smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf", read_gguf},
        {"whisper-base/model.bin", read_ctranslate2},
    };
    for (const auto& [name, reader] : real) {
        const auto file = support::model_file(name);
        if (!file) continue;
        const std::string bytes = support::read_file(*file);
        const std::uint64_t share = bytes.size() > (16u << 20) ? 200 : 20;
        ended += run(name, bytes, reader, first, count / share + 1);
    }
    std::cout << (ended == 0 ? "no crash, no hang" : "FAILED") << std::endl;
    return ended == 0 ? 0 : 1;
}
