#pragma once

#include "storage/library.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sqlite3.h>
#include <sstream>
#include <string>
#include <vector>

/// What the tests and benches of broken-off `percept-cli ingest` share: files to read, what the
/// library held before, and what is wrong with it afterwards.
namespace cli_test {

namespace fs = std::filesystem;

/// Small real files, other ones each time: four texts, a PDF of three pages, a few seconds of
/// sound.
class Batch {
public:
    Batch(const fs::path& folder, unsigned seed, std::size_t text_bytes = 4000)
        : folder_(folder), random_(seed)
    {
        fs::create_directories(folder_);
        for (int i = 0; i < 4; ++i)
            write("text-" + std::to_string(i) + ".txt", sentences(text_bytes));
        support::PdfWriter pdf;
        for (int page = 0; page < 3; ++page)
            pdf.page("BT /F1 12 Tf 72 700 Td (" + sentences(60) + ") Tj ET");
        write("document.pdf", pdf.bytes());
        write("sound.wav", sound());
    }
    const fs::path& folder() const { return folder_; }
    static constexpr int kFiles = 6;

private:
    void write(const std::string& name, const std::string& bytes) const
    {
        std::ofstream{folder_ / name, std::ios::binary} << bytes;
    }
    std::string sentences(std::size_t bytes)
    {
        static const std::vector<std::string> kWords{
            "pump",
            "filter",
            "valve",
            "the",
            "is",
            "changed",
            "every",
            "week",
            "under",
            "pressure"};
        std::string text;
        while (text.size() < bytes) {
            for (int word = 0; word < 9; ++word) text += kWords[random_() % kWords.size()] + " ";
            text += std::to_string(random_() % 100'000) + ".\n"[text.size() % 2 == 0 ? 0 : 1];
            text += '\n';
        }
        return bytes < 100 ? text.substr(0, text.find('\n')) : text;
    }
    /// Three seconds of a recorded voice where there are recordings, else a tone.
    std::string sound()
    {
        constexpr unsigned kRate = 16'000;
        std::string pcm;
        const char* recordings = std::getenv("PERCEPT_SPEECH");
        if (recordings != nullptr) {
            const std::string wav = support::read_file(fs::path{recordings} / "success.wav");
            const std::size_t data = wav.find("data");
            if (data != std::string::npos) pcm = wav.substr(data + 8, std::size_t{kRate} * 2 * 3);
        }
        for (unsigned i = 0; pcm.size() < std::size_t{kRate} * 2; ++i) {
            const int value = static_cast<int>(8000 * std::sin(0.17 * i));
            pcm += static_cast<char>(value & 0xFF);
            pcm += static_cast<char>((value >> 8) & 0xFF);
        }
        for (int i = 0; i < 8; ++i)
            pcm[2 * static_cast<std::size_t>(i)] = static_cast<char>(random_());
        const auto number = [](unsigned value, int bytes) {
            std::string out;
            for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
            return out;
        };
        const auto size = static_cast<unsigned>(pcm.size());
        return "RIFF" + number(36 + size, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
               number(1, 2) + number(kRate, 4) + number(2 * kRate, 4) + number(2, 2) +
               number(16, 2) + "data" + number(size, 4) + pcm;
    }

    fs::path folder_;
    std::mt19937 random_;
};

/// What a library holds, as another program sees it.
struct Held {
    struct Source {
        storage::SourceStatus status = storage::SourceStatus::Reading;
        std::string path;
        std::set<int> pages;
        std::size_t segments = 0;
    };
    std::map<storage::SourceId, Source> sources;
};

inline Held held_by(storage::Library& library)
{
    Held held;
    for (const auto& session : library.sessions().value_or(std::vector<storage::Session>{})) {
        for (const auto& source :
             library.sources(session.id).value_or(std::vector<storage::Source>{})) {
            auto& one = held.sources[source.id];
            one.status = source.status;
            one.path = source.path;
            const auto pages = library.page_numbers(source.id).value_or(std::vector<int>{});
            one.pages.insert(pages.begin(), pages.end());
            one.segments =
                library.segments(source.id).value_or(std::vector<storage::Segment>{}).size();
        }
    }
    return held;
}

/// Sources of which the program has said "Stored NAME: source 7, ready"; a line without its end was
/// not said.
inline std::set<storage::SourceId> said_to_be_stored(const std::string& err)
{
    std::set<storage::SourceId> ids;
    std::istringstream lines(err.substr(0, err.rfind('\n') + 1));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t at = line.find(": source ");
        if (line.starts_with("Stored ") && line.ends_with(", ready") && at != std::string::npos)
            ids.insert(std::atoll(line.c_str() + at + 9));
    }
    return ids;
}

/// SQLite's own judgement, on all of it.
inline std::string integrity(const fs::path& data)
{
    sqlite3* handle = nullptr;
    std::string said = "cannot open";
    if (sqlite3_open_v2(
            (data / "percept.sqlite").c_str(),
            &handle,
            SQLITE_OPEN_READONLY,
            nullptr) == SQLITE_OK) {
        const auto hear = [](void* to, int, char** columns, char**) {
            *static_cast<std::string*>(to) = columns[0];
            return 0;
        };
        char* error = nullptr;
        sqlite3_exec(handle, "PRAGMA integrity_check", hear, &said, &error);
        if (error != nullptr) said = error;
        sqlite3_free(error);
    }
    sqlite3_close(handle);
    return said;
}

/// Starts the library as the next program does, and says what is lost, damaged or left over.
inline std::vector<std::string>
faults_after(const fs::path& data, const Held& before, const std::set<storage::SourceId>& said)
{
    std::vector<std::string> faults;
    const auto expect = [&](bool good, const std::string& what) {
        if (!good) faults.push_back(what);
    };
    auto opened = storage::Library::open(data, storage::Access::Write);
    if (!opened) return {"cannot open: " + opened.error().message};
    storage::Library& library = **opened;
    const Held now = held_by(library);
    for (const auto& [id, was] : before.sources) {
        const std::string name = "source " + std::to_string(id);
        const auto is = now.sources.find(id);
        expect(is != now.sources.end(), name + " is lost");
        if (is == now.sources.end()) continue;
        if (was.status == storage::SourceStatus::Ready)
            expect(is->second.status == was.status, name + " is no longer ready");
        expect(
            std::includes(
                is->second.pages.begin(),
                is->second.pages.end(),
                was.pages.begin(),
                was.pages.end()),
            name + " lost a page");
        expect(is->second.segments >= was.segments, name + " lost a segment");
    }
    for (const auto id : said) {
        const auto is = now.sources.find(id);
        expect(
            is != now.sources.end() && is->second.status == storage::SourceStatus::Ready,
            "source " + std::to_string(id) + " was said to be stored and is not");
    }
    const auto check = library.check();
    expect(check && check->empty(), "check: " + (check && !check->empty() ? check->front() : ""));
    const std::string sound = integrity(data);
    expect(sound == "ok", "integrity_check: " + sound);

    std::set<std::string> named;
    for (const auto& [id, source] : now.sources) {
        const auto path = library.media_path(id);
        expect(path && fs::exists(*path), "source " + std::to_string(id) + " lost its file");
        if (path) named.insert(path->string());
        for (const auto& frame : library.frames(id).value_or(std::vector<storage::Frame>{}))
            named.insert((data / frame.image_path).string());
    }
    for (const auto& entry : fs::recursive_directory_iterator(data / "media")) {
        if (!entry.is_regular_file()) continue;
        expect(named.contains(entry.path().string()), "orphan: " + entry.path().string());
    }
    return faults;
}

/// percept-cli on this data folder.
struct Program {
    fs::path file;
    fs::path data;
    fs::path models; // empty: none
    std::vector<std::string> words(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {file.string(), "--data", data.string()});
        if (!models.empty()) arguments.insert(arguments.begin() + 3, {"--models", models.string()});
        return arguments;
    }
};

} // namespace cli_test
