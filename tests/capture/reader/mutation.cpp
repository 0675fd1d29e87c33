#include "tests/capture/reader/mutation.h"

#include "capture/reader_client.h"
#include "tests/capture/reader/sample_files.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>

namespace mutation {
namespace {

using capture::ErrorCode;
using support::PdfWriter;
using support::show;

constexpr double kHangs_s = 60; // every limit below is far shorter

/// Numbers that parsers like least.
constexpr std::uint32_t kOddNumbers[] = {
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFE,
    0xFFFFFFFF};

void damage(std::string& bytes, std::mt19937_64& random)
{
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    if (bytes.empty()) return;
    const std::size_t at = below(bytes.size());
    const std::size_t size = std::min(bytes.size() - at, 1 + below(below(8) == 0 ? 4096 : 16));
    switch (below(8)) {
    case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
    case 1:
        bytes[at] = static_cast<char>(random());
        break;
    case 2: {
        const std::uint32_t odd = kOddNumbers[below(std::size(kOddNumbers))];
        const bool big_endian = below(2) == 0;
        for (std::size_t i = 0; i < 4 && at + i < bytes.size(); ++i) {
            bytes[at + i] = static_cast<char>(odd >> (big_endian ? 24 - 8 * i : 8 * i));
        }
        break;
    }
    case 3:
        bytes.erase(at, size);
        break;
    case 4:
        bytes.insert(at, bytes.substr(below(bytes.size()), size));
        break;
    case 5:
        bytes.insert(at, std::string(size, static_cast<char>(random())));
        break;
    case 6: {
        // A number written in digits, as PDF has them.
        const std::size_t digit = bytes.find_first_of("0123456789", at);
        if (digit != std::string::npos)
            bytes.replace(digit, 1, std::to_string(random() % 3 == 0 ? random() : random() % 300));
        break;
    }
    default:
        bytes.resize(at);
        break;
    }
}

bool is_clear(const capture::Error& error)
{
    switch (error.code) {
    case ErrorCode::BadFile:
    case ErrorCode::UnsupportedFile:
    case ErrorCode::PasswordNeeded:
    case ErrorCode::LimitExceeded:
    case ErrorCode::TimedOut:
    case ErrorCode::ReaderDied:
    case ErrorCode::MissingTool:
        break;
    default:
        return false;
    }
    // A reader of ours that breaks its own protocol is a bug of ours.
    return !error.message.empty() && error.message.find("protocol") == std::string::npos;
}

capture::Result<void> read_whole(
    const std::filesystem::path& path,
    const capture::ReaderOptions& options,
    bool recognise_text)
{
    capture::OpenOptions how;
    if (!recognise_text) how.ocr_language.clear();
    const auto reader = capture::FileReader::open(path, how, options);
    if (!reader) return tl::unexpected(reader.error());
    const capture::FileInfo& info = (*reader)->info();
    if (info.pages > 0) {
        const int last = std::min(info.pages, 5);
        if (auto read = (*reader)->read_pages(1, last, {}, {}); !read) return read;
        const auto picture = (*reader)->render_page(1, 40, {});
        if (picture || info.kind == capture::FileKind::Text) return {};
        return tl::unexpected(picture.error());
    }
    capture::MediaRange range;
    range.frame_text = recognise_text;
    return (*reader)->read_media(range, {}, {});
}

/// Two seconds of moving pictures and a tone in the containers and codecs that people have.
std::vector<Seed> recordings()
{
    const std::string picture = "testsrc2=s=128x72:r=15:d=2";
    const std::string tone = "sine=f=440:d=2";
    // Where the index comes first, damage behind it leaves a file that is read on.
    const std::pair<const char*, std::vector<std::string>> kinds[] = {
        {"a.mp4", {"-c:v", "libx264", "-g", "10", "-c:a", "aac", "-movflags", "faststart"}},
        {"a.mkv", {"-c:v", "libx265", "-x265-params", "log-level=none:pools=1", "-c:a", "flac"}},
        {"a.webm", {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus"}},
        {"a.avi", {"-c:v", "mpeg4", "-c:a", "libmp3lame"}},
        {"a.mov", {"-c:v", "mjpeg", "-c:a", "pcm_s16le", "-ar", "8000", "-movflags", "faststart"}},
        {"a.mp3", {"-vn"}},
        {"a.m4a", {"-vn", "-movflags", "faststart"}},
        {"a.wav", {"-vn", "-ar", "8000"}},
        {"a.flac", {"-vn", "-ar", "8000"}}};
    const support::TemporaryFolder folder;
    std::vector<Seed> out;
    for (const auto& [name, how] : kinds) {
        std::vector<std::string> words = {"ffmpeg", "-nostdin", "-loglevel", "error"};
        // One thread and no dates: the same bytes on every run.
        words.insert(words.end(), {"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone});
        words.insert(words.end(), how.begin(), how.end());
        words.insert(words.end(), {"-threads", "1", "-fflags", "+bitexact", "-flags", "+bitexact"});
        words.push_back((folder / name).string());
        const auto made = support::run_command(words);
        if (made.status != 0) throw std::runtime_error("ffmpeg made no " + std::string(name));
        out.push_back({name, support::read_file(folder / name)});
    }
    return out;
}

} // namespace

std::vector<Seed> seeds()
{
    std::vector<Seed> out = recordings();
    PdfWriter pdf;
    pdf.title("A report").bookmark("Second", 2).catalog("/PageLabels << /Nums [0 << /S /r >>] >>");
    pdf.page(show("The first page of a report.", 72, 700), "/Rotate 90");
    pdf.page(show("The second one.", 72, 700) + "0 0 100 100 re f")
        .scan(40, 30, std::string(1200, '\x60'), 200, 150);
    out.push_back({"a.pdf", pdf.bytes()});
    const std::filesystem::path samples =
        std::filesystem::path(PERCEPT_SOURCE_DIR) / "resources/sample";
    out.push_back({"b.pdf", support::read_file(samples / "handbook.pdf")});
    const sample::PictureStyle small{.font_px = 12, .text = "harbour"};
    for (const char* format : {"PNG", "JPEG", "WebP", "GIF", "TIFF", "BMP", "HEIC", "AVIF"}) {
        out.push_back({format, sample::picture(format, small)});
    }
    out.push_back({"two.tif", sample::tiff_of_two_pages()});
    out.push_back({"turned.jpg", sample::photo_with_orientation(6)});
    out.push_back({"a.docx", sample::docx("A letter.")});
    out.push_back(
        {"a.html",
         "<!DOCTYPE "
         "html><html><head><title>T</title></head><body><p>One<table><tr><td>x</table></body></"
         "html>"});
    out.push_back({"a.txt", "Grüße aus dem Hafen, und vieles mehr davon.\nZweite Zeile.\n"});
    // Seconds of it are enough, and faster.
    out.push_back({"a.ogg", support::read_file(samples / "meeting.ogg").substr(0, 60'000)});
    return out;
}

Seed mutant(const std::vector<Seed>& seeds, std::uint64_t run_seed, std::uint64_t number)
{
    std::mt19937_64 random(run_seed * 0x9E3779B97F4A7C15ull + number);
    Seed out = seeds[number % seeds.size()];
    const std::size_t changes = 1 + random() % 6;
    for (std::size_t i = 0; i < changes; ++i) damage(out.bytes, random);
    out.name = std::to_string(number) + "." + out.name;
    return out;
}

Report read_mutants(
    std::uint64_t run_seed,
    std::uint64_t first,
    std::uint64_t count,
    const std::filesystem::path& reader_program)
{
    capture::ReaderOptions options;
    options.program = reader_program;
    options.limits.silence = std::chrono::seconds(15);
    options.limits.per_page = std::chrono::seconds(15);
    options.limits.max_pixels = 4'000'000;
    options.office_program = "/nonexistent"; // LibreOffice is not what is tried here

    const std::vector<Seed> all = seeds();
    const support::TemporaryFolder folder;
    Report report;
    std::mutex mutex;
    std::atomic<std::uint64_t> next{first};
    const auto work = [&] {
        for (std::uint64_t n = next++; n < first + count; n = next++) {
            const Seed one = mutant(all, run_seed, n);
            const auto path = folder.write(one.name, one.bytes);
            const auto start = std::chrono::steady_clock::now();
            // Recognising text takes longer than all the rest and sees pixels only.
            const bool recognise_text = n / all.size() % 8 == 0;
            const auto read = read_whole(path, options, recognise_text);
            const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
            std::filesystem::remove(path);

            const std::lock_guard lock(mutex);
            const std::string kind = one.name.substr(one.name.find('.') + 1);
            ++report.outcomes[kind][read ? "read" : std::string(name(read.error().code))];
            if (!read && read.error().code == ErrorCode::ReaderDied) {
                report.deaths.push_back(one.name + ": " + read.error().message);
            }
            report.longest_s = std::max(report.longest_s, taken.count());
            if (!read && !is_clear(read.error())) {
                report.broken.push_back(one.name + ": " + read.error().message);
            }
            if (taken.count() > kHangs_s) report.broken.push_back(one.name + ": took too long");
        }
    };
    {
        std::jthread other(work);
        work();
    }
    return report;
}

} // namespace mutation
