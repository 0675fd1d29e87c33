// How fast files become pages: reads each file named on the command line through percept-reader, as
// the programs do.
//
//   reading FILE...            one after the other: pages/s of each
//   reading --together FILE... all at once, a reader each: seconds a page of each
//
// Prints one line a file; with --text the text too.
#include "capture/reader_client.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Outcome {
    std::string line;
    bool good = false;
};

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Outcome read_file(const std::string& path, bool show_text)
{
    const auto start = Clock::now();
    const auto reader = capture::FileReader::open(path, {}, {});
    if (!reader) return {path + ": " + reader.error().message + " " + reader.error().hint};
    const double open_s = seconds_since(start);
    const capture::FileInfo& info = (*reader)->info();

    std::size_t words = 0;
    std::size_t text_bytes = 0;
    int by_ocr = 0;
    double sound_s = 0;
    int frames = 0;
    std::string text;
    capture::ReadHandler handler;
    handler.on_page = [&](const capture::Page& page) {
        words += page.words.size();
        text_bytes += page.text.size();
        by_ocr += page.by_ocr ? 1 : 0;
        if (show_text) text += "--- " + std::to_string(page.number) + "\n" + page.text;
        for (const auto& warning : page.warnings) text += "warning: " + warning + "\n";
    };
    handler.on_sound = [&](const capture::AudioBlock& block) {
        sound_s += static_cast<double>(block.samples.size()) / 16'000;
    };
    handler.on_frame = [&](const capture::Frame& frame) {
        ++frames;
        if (show_text) text += "--- frame " + std::to_string(frame.time_s) + "\n" + frame.text;
    };
    handler.on_warning = [&](const std::string& warning) { text += "warning: " + warning + "\n"; };
    const auto read_start = Clock::now();
    const auto read = info.pages > 0 ? (*reader)->read_pages(1, info.pages, handler, {})
                                     : (*reader)->read_media({}, handler, {});
    const double read_s = seconds_since(read_start);
    if (!read) return {path + ": " + read.error().message};
    for (const auto& warning : info.warnings) text += "warning: " + warning + "\n";

    char line[512];
    const int pages = info.pages > 0 ? info.pages : 1;
    std::snprintf(
        line,
        sizeof line,
        "%s: %s, opened in %.3f s; %d pages (%d by OCR), %zu words, %zu bytes, %d frames, %.1f s "
        "of sound in %.3f s: "
        "%.1f pages/s, %.3f s a page, %.1f x real time",
        path.c_str(),
        info.format.c_str(),
        open_s,
        info.pages,
        by_ocr,
        words,
        text_bytes,
        frames,
        sound_s,
        read_s,
        pages / read_s,
        read_s / pages,
        info.duration_s / read_s);
    return {std::string(line) + "\n" + text, true};
}

} // namespace

int main(int argc, char** argv)
{
    bool together = false;
    bool show_text = false;
    std::vector<std::string> paths;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--together") == 0) {
            together = true;
        } else if (std::strcmp(argv[i], "--text") == 0) {
            show_text = true;
        } else {
            paths.emplace_back(argv[i]);
        }
    }
    std::vector<Outcome> outcomes(paths.size());
    if (together) {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            threads.emplace_back([&, i] { outcomes[i] = read_file(paths[i], show_text); });
        }
    } else {
        for (std::size_t i = 0; i < paths.size(); ++i) outcomes[i] = read_file(paths[i], show_text);
    }
    bool good = true;
    for (const Outcome& outcome : outcomes) {
        std::printf("%s\n", outcome.line.c_str());
        good = good && outcome.good;
    }
    return good ? 0 : 1;
}
