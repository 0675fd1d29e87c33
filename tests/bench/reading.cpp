// How fast files become pages, through percept-reader as the programs use it; --help tells how.
// Without files, pages made here: a text PDF of 300 pages, and two scans at once.
#include "capture/reader_client.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <chrono>
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

const capture::ReaderOptions kOptions{PERCEPT_BIN_DIR "/percept-reader", {}, {}};
constexpr int kTextPages = 300;
constexpr int kScannedPages = 3;

struct Outcome {
    std::string path;
    std::string problem; // empty: it was read
    std::string text;
    std::vector<std::string> warnings;
    std::string format;
    double open_s = 0;
    double read_s = 0;
    double duration_s = 0; // of a recording
    int pages = 0;
    int by_ocr = 0;
    int frames = 0;
    std::size_t words = 0;
};

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Outcome read_file(const std::string& path, double until_s = -1)
{
    Outcome out;
    out.path = path;
    const auto start = Clock::now();
    const auto reader = capture::FileReader::open(path, {}, kOptions);
    if (!reader) {
        out.problem = reader.error().message + " " + reader.error().hint;
        return out;
    }
    out.open_s = seconds_since(start);
    const capture::FileInfo& info = (*reader)->info();
    out.format = info.format;
    out.pages = info.pages;
    out.duration_s = info.duration_s;
    capture::ReadHandler handler;
    handler.on_page = [&](const capture::Page& page) {
        out.words += page.words.size();
        out.by_ocr += page.by_ocr ? 1 : 0;
        out.text += "--- page " + std::to_string(page.number) + "\n" + page.text;
        for (const auto& warning : page.warnings) out.text += "warning: " + warning + "\n";
    };
    handler.on_frame = [&](const capture::Frame& frame) {
        ++out.frames;
        out.text += "--- " + std::to_string(frame.time_s) + " s\n" + frame.text;
    };
    handler.on_warning = [&](const std::string& text) {
        out.text += "warning: " + text + "\n";
        out.warnings.push_back(text);
    };
    capture::MediaRange range;
    range.end_s = until_s;
    if (until_s > 0) out.duration_s = std::min(out.duration_s, until_s);
    const auto read_start = Clock::now();
    const auto read = info.pages > 0 ? (*reader)->read_pages(1, info.pages, handler, {})
                                     : (*reader)->read_media(range, handler, {});
    out.read_s = seconds_since(read_start);
    if (!read) out.problem = read.error().message;
    for (const auto& text : info.warnings) out.text += "warning: " + text + "\n";
    return out;
}

std::vector<Outcome> read_together(const std::vector<std::string>& paths, double until_s = -1)
{
    std::vector<Outcome> out(paths.size());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        threads.emplace_back([&, i] { out[i] = read_file(paths[i], until_s); });
    }
    return out;
}

void print(const Outcome& one, bool show_text)
{
    if (!one.problem.empty()) {
        std::printf("%s: %s\n", one.path.c_str(), one.problem.c_str());
        return;
    }
    std::printf("%s: %s, opened in %.3f s, ", one.path.c_str(), one.format.c_str(), one.open_s);
    if (one.pages > 0) {
        std::printf(
            "%d pages (%d by OCR), %zu words in %.3f s: %.1f pages/s, %.3f s a page\n",
            one.pages,
            one.by_ocr,
            one.words,
            one.read_s,
            one.pages / one.read_s,
            one.read_s / one.pages);
    } else {
        std::printf(
            "%.1f s, %d frames in %.3f s: %.1f x real time\n",
            one.duration_s,
            one.frames,
            one.read_s,
            one.duration_s / one.read_s);
    }
    if (show_text) {
        std::printf("%s", one.text.c_str());
    } else {
        for (const auto& warning : one.warnings) std::printf("  warning: %s\n", warning.c_str());
    }
}

/// A page of 46 lines with 15 words each, as a dense report has.
std::string dense_page(int number)
{
    const char* words[] = {"the",    "harbour", "opens",  "at",    "nine",  "and",   "every",
                           "member", "pays",    "twelve", "euros", "for",   "a",     "ticket",
                           "on",     "board",   "of",     "ferry", "which", "leaves"};
    std::string content;
    unsigned next = static_cast<unsigned>(number) * 7u;
    for (int line = 0; line < 46; ++line) {
        std::string text;
        for (int i = 0; i < 15; ++i)
            text += std::string(words[(next = next * 1103515245u + 12345u) >> 16 & 15u]) + " ";
        content += support::show(text, 50, 790 - line * 16, 11);
    }
    return content;
}

std::string gray_of(const capture::Picture& picture)
{
    std::string gray;
    for (std::size_t i = 0; i < picture.rgb.size(); i += 3)
        gray += static_cast<char>(picture.rgb[i]);
    return gray;
}

void write_file(const std::filesystem::path& path, const std::string& bytes)
{
    std::ofstream{path, std::ios::binary} << bytes;
}

/// Of those that have ended.
double processor_time_of_readers()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// text.pdf: 300 dense pages. scan1.pdf and scan2.pdf: three of them each, as a scanner at 300 dpi
/// gives them.
bool make_files(const std::filesystem::path& folder)
{
    support::PdfWriter text;
    for (int i = 1; i <= kTextPages; ++i) text.page(dense_page(i));
    write_file(folder / "text.pdf", text.bytes());
    const auto reader = capture::FileReader::open(folder / "text.pdf", {}, kOptions);
    if (!reader) {
        std::printf("%s\n", reader.error().message.c_str());
        return false;
    }
    for (int i = 1; i <= 2; ++i) {
        support::PdfWriter scan;
        for (int page = 1; page <= kScannedPages; ++page) {
            const auto picture = (*reader)->render_page(i * 10 + page, 300, {});
            if (!picture) return false;
            scan.scan(picture->width_px, picture->height_px, gray_of(*picture), 595, 842);
        }
        write_file(folder / ("scan" + std::to_string(i) + ".pdf"), scan.bytes());
    }
    return true;
}

int measure_made_files()
{
    const support::TemporaryFolder folder;
    if (!make_files(folder.path())) return 1;
    const double before_s = processor_time_of_readers();
    print(read_file(folder / "text.pdf"), false);
    const double between_s = processor_time_of_readers();
    for (const Outcome& one : read_together({folder / "scan1.pdf", folder / "scan2.pdf"}))
        print(one, false);
    // Tells a slow program from a busy machine.
    std::printf(
        "processor time: %.4f s a page of text, %.2f s a page of OCR\n",
        (between_s - before_s) / kTextPages,
        (processor_time_of_readers() - between_s) / (2 * kScannedPages));
    return 0;
}

} // namespace

int main(int argc, char** argv)
try {
    bool together = false;
    bool show_text = false;
    std::vector<std::string> paths;
    std::string make;
    double until_s = -1;
    CLI::App app("Prints how fast percept-reader reads files; without files, PDFs made here.");
    app.add_option("FILE", paths, "read these, one after the other")->check(CLI::ExistingFile);
    app.add_flag("--together", together, "read them at once, a reader each");
    app.add_option("--until", until_s, "of recordings, only the first seconds");
    app.add_flag("--text", show_text, "print what was read as well");
    app.add_option("--make", make, "only write text.pdf, scan1.pdf and scan2.pdf into this folder")
        ->check(CLI::ExistingDirectory);
    CLI11_PARSE(app, argc, argv);

    if (!make.empty()) return make_files(make) ? 0 : 1;
    if (paths.empty()) return measure_made_files();
    std::vector<Outcome> outcomes;
    if (together) {
        outcomes = read_together(paths, until_s);
    } else {
        for (const std::string& path : paths) outcomes.push_back(read_file(path, until_s));
    }
    bool good = true;
    for (const Outcome& outcome : outcomes) {
        print(outcome, show_text);
        good = good && outcome.problem.empty();
    }
    std::printf("processor time of the readers: %.2f s\n", processor_time_of_readers());
    return good ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
