#pragma once

#include "storage/library.h"
#include "tests/support/temporary_folder.h"

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <poll.h>
#include <random>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace storage_test {

/// What kill -9 left, summed over runs.
struct KillReport {
    int kills = 0;
    long acknowledged = 0; // pages, frames and sources that were reported as stored
    std::vector<std::string> faults;
};

/// A child that reads files into a library and says through a pipe what it was told is stored.
class KillChild {
public:
    KillChild(std::filesystem::path folder, unsigned seed) : folder_(std::move(folder))
    {
        std::array<int, 2> ends = {};
        if (::pipe(ends.data()) != 0) std::abort();
        pid_ = ::fork();
        if (pid_ == 0) {
            ::close(ends[0]);
            out_ = ends[1];
            ingest(seed);
            ::_exit(0);
        }
        ::close(ends[1]);
        in_ = ends[0];
    }
    KillChild(const KillChild&) = delete;
    KillChild& operator=(const KillChild&) = delete;
    ~KillChild() { ::close(in_); }

    /// Reads reports for a while from the first one on, then kills. Lines that arrived whole.
    std::vector<std::string> kill_after(std::chrono::milliseconds after)
    {
        using Clock = std::chrono::steady_clock;
        auto until = Clock::now() + std::chrono::seconds(20); // opening, on a busy machine
        std::string text;
        pollfd waiting = {in_, POLLIN, 0};
        while (Clock::now() < until) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
            if (::poll(&waiting, 1, static_cast<int>(left.count()) + 1) <= 0) break;
            const bool first = text.empty();
            if (!read_more(text)) break;
            if (first) until = Clock::now() + after;
        }
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        while (read_more(text)) {
        }
        std::vector<std::string> lines;
        std::istringstream stream(text.substr(0, text.rfind('\n') + 1));
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        return lines;
    }

    static std::string page_text(long source, int number)
    {
        return fmt::format(
            "Page {} of source {}. {}",
            number,
            source,
            std::string(static_cast<std::size_t>(500 + source * 37 % 3000), 'x'));
    }
    static std::string content(unsigned seed, int n)
    {
        std::mt19937 random(seed * 1000 + static_cast<unsigned>(n));
        std::string bytes(1000 + random() % 60'000, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        return bytes;
    }

private:
    bool read_more(std::string& text) const
    {
        std::array<char, 4096> block = {};
        const ssize_t n = ::read(in_, block.data(), block.size());
        if (n <= 0) return false;
        text.append(block.data(), static_cast<std::size_t>(n));
        return true;
    }
    void say(const std::string& line) const
    {
        const std::string whole = line + "\n";
        if (::write(out_, whole.data(), whole.size()) < 0) ::_exit(3);
    }
    template <typename T>
    T must(base::Result<T> result) const
    {
        if (!result) {
            say("error " + result.error().message);
            ::_exit(2);
        }
        return std::move(*result);
    }

    void ingest(unsigned seed)
    {
        auto library = must(storage::Library::open(folder_ / "data", storage::Access::Write));
        const auto session = must(library->create_session("Run"));
        say(fmt::format("session {}", session));
        const std::vector<std::vector<float>> vectors(1, std::vector<float>(384, 0.05F));
        for (int n = 0;; ++n) {
            const auto file = folder_ / "input";
            std::ofstream(file, std::ios::binary) << content(seed, n);
            storage::Source described;
            described.path = file.string();
            const auto source = must(library->begin_source(session, file, described));
            say(fmt::format("source {} {} {}", source, seed, n));
            for (int number = 1; number <= 4; ++number) {
                storage::Page page;
                page.source = source;
                page.number = number;
                page.text = page_text(source, number);
                storage::Passage passage;
                passage.page = number;
                passage.language = std::string(number % 2 == 0 ? "en" : "de");
                passage.text = page.text;
                const std::vector passages = {passage};
                const auto ids = must(library->add_page(page, passages));
                say(fmt::format("page {} {}", source, number));
                if (auto done = library->add_vectors(ids, vectors); !done) ::_exit(2);
            }
            storage::Frame frame;
            frame.source = source;
            const std::string image = fmt::format("picture of {}", source);
            if (!library->add_frame(frame, std::as_bytes(std::span(image)), {})) ::_exit(2);
            say(fmt::format("frame {}", source));
            auto stored = must(library->source(source));
            stored.status = storage::SourceStatus::Ready;
            if (!library->finish_source(stored)) ::_exit(2);
            say(fmt::format("finished {}", source));
            if (n % 4 == 3) {
                say(fmt::format("removing {}", source));
                if (!library->remove_source(source)) ::_exit(2);
                say(fmt::format("removed {}", source));
            }
        }
    }

    std::filesystem::path folder_;
    pid_t pid_ = 0;
    int in_ = -1;
    int out_ = -1;
};

/// What is wrong with the library after one kill, given what the child reported.
inline std::vector<std::string>
verify(const std::filesystem::path& data, const std::vector<std::string>& lines, long* acknowledged)
{
    namespace fs = std::filesystem;
    std::vector<std::string> faults;
    const auto expect = [&](bool good, const std::string& what) {
        if (!good) faults.push_back(what);
    };
    auto opened = storage::Library::open(data, storage::Access::Write);
    if (!opened) return {"cannot open: " + opened.error().message};
    storage::Library& library = **opened;
    std::map<long, bool> removing;
    for (const std::string& line : lines) {
        std::istringstream words(line);
        std::string what;
        long id = 0;
        words >> what >> id;
        if (what == "removing" || what == "removed") removing[id] = what == "removed";
        if (what == "error") expect(false, line);
    }
    std::uintmax_t expected_files = 0;
    std::map<std::string, int> media;
    for (const std::string& line : lines) {
        std::istringstream words(line);
        std::string what;
        long id = 0;
        words >> what >> id;
        if (what == "session") {
            expect(static_cast<bool>(library.session(id)), line + " lost");
            continue;
        }
        const auto source = library.source(id);
        const auto going = removing.find(id);
        if (going != removing.end()) {
            if (going->second) expect(!source, line + ": removed, but there");
            if (!source) continue;
        }
        ++*acknowledged;
        expect(static_cast<bool>(source), line + " lost");
        if (!source) continue;
        if (what == "source") {
            unsigned seed = 0;
            int n = 0;
            words >> seed >> n;
            const auto path = library.media_path(id);
            expect(static_cast<bool>(path), line + ": file lost");
            if (!path) continue;
            const std::string bytes = support::read_file(*path);
            expect(bytes == KillChild::content(seed, n), line + ": other bytes");
        } else if (what == "page") {
            int number = 0;
            words >> number;
            const auto page = library.page(id, number);
            expect(page && page->text == KillChild::page_text(id, number), line + " lost");
        } else if (what == "frame") {
            const auto frames = library.frames(id);
            expect(frames && frames->size() == 1, line + " lost");
            if (frames && !frames->empty())
                expect(fs::exists(data / frames->front().image_path), line + ": file lost");
        } else if (what == "finished") {
            expect(source->status == storage::SourceStatus::Ready, line + " lost");
        }
    }
    const auto check = library.check();
    expect(check && check->empty(), "check: " + (check && !check->empty() ? check->front() : ""));
    const auto sessions = library.sessions().value_or(std::vector<storage::Session>{});
    for (const auto& session : sessions) {
        const auto sources = library.sources(session.id).value_or(std::vector<storage::Source>{});
        for (const auto& source : sources) {
            ++media[source.stored_path];
            const auto frames = library.frames(source.id).value_or(std::vector<storage::Frame>{});
            for (const auto& frame : frames) ++media[frame.image_path];
        }
    }
    for (const auto& entry : fs::recursive_directory_iterator(data / "media"))
        if (entry.is_regular_file()) ++expected_files;
    expect(
        media.size() == expected_files,
        fmt::format("{} files for {} rows", expected_files, media.size()));
    return faults;
}

/// `kills` runs on one library, each killed 0 to `longest` after its first report.
inline KillReport run_kills(
    const std::filesystem::path& folder,
    int kills,
    std::chrono::milliseconds longest,
    unsigned seed)
{
    KillReport report;
    std::mt19937 random(seed);
    for (int run = 0; run < kills; ++run) {
        std::vector<std::string> lines;
        {
            KillChild child(folder, seed + static_cast<unsigned>(run));
            lines = child.kill_after(
                std::chrono::milliseconds(random() % static_cast<unsigned>(longest.count())));
        }
        ++report.kills;
        for (const std::string& fault : verify(folder / "data", lines, &report.acknowledged))
            report.faults.push_back(fmt::format("run {}: {}", run, fault));
        // Keeps the library small, so that a thousand runs stay quick, and deletes under way.
        auto library = storage::Library::open(folder / "data", storage::Access::Write);
        if (!library || run % 5 != 4) continue;
        const auto sessions = (*library)->sessions().value_or(std::vector<storage::Session>{});
        for (const auto& session : sessions)
            static_cast<void>((*library)->delete_session(session.id));
    }
    return report;
}

} // namespace storage_test
