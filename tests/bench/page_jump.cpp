// page_jump [PAGES] [JUMPS]: how long a jump in a long PDF takes until its page is there: p50, p95
// and the worst of random jumps, as the page view asks for them (the page, its neighbours, and
// thumbnails waiting behind). The PDF is made here: a full page of text each. A row of the table of
// tests/bench/window.

#include "app/page_pictures.h"
#include "tests/support/pdf_writer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <random>

namespace {

using Clock = std::chrono::steady_clock;

std::string page_of_text(int number)
{
    std::string content = support::show("Page " + std::to_string(number), 72, 790, 20);
    for (int line = 0; line < 46; ++line)
        content += support::show(
            "Line " + std::to_string(line) + " of page " + std::to_string(number) +
                ": the quick brown fox jumps over the lazy dog and goes on.",
            72,
            750 - 15 * line,
            11);
    return content;
}

/// Which ticket has come.
struct Arrivals {
    std::mutex mutex;
    std::condition_variable changed;
    app::PagePictures::Ticket last_wanted = 0;
    bool came = false;
    bool failed = false;
};

} // namespace

int main(int count, char** arguments)
{
    const int pages = count > 1 ? std::atoi(arguments[1]) : 500;
    const int jumps = count > 2 ? std::atoi(arguments[2]) : 100;
    support::TemporaryFolder folder;
    support::PdfWriter pdf;
    for (int page = 1; page <= pages; ++page) pdf.page(page_of_text(page));

    Arrivals arrivals;
    app::PagePictures::Options options;
    options.cache_folder = folder / "cache";
    options.reader.program = std::filesystem::path(PERCEPT_BIN_DIR) / "percept-reader";
    app::PagePictures pictures(options, [&](auto ticket, const auto& picture) {
        const std::lock_guard lock(arrivals.mutex);
        if (ticket != arrivals.last_wanted) return;
        arrivals.came = true;
        arrivals.failed = !picture;
        arrivals.changed.notify_all();
    });
    app::PageWish wish;
    wish.source = {folder.write("long.pdf", pdf.bytes()), "long", "long.pdf", ""};
    const auto ask = [&](int page, int width_px, app::PagePriority priority) {
        wish.page = std::clamp(page, 1, pages);
        wish.width_px = width_px;
        wish.priority = priority;
        return pictures.request(wish);
    };

    std::mt19937 random(7);
    std::vector<double> took_ms;
    for (int jump = 0; jump <= jumps; ++jump) {
        const int page = static_cast<int>(random() % static_cast<unsigned>(pages)) + 1;
        const auto began = Clock::now();
        std::vector<app::PagePictures::Ticket> behind;
        {
            std::unique_lock lock(arrivals.mutex);
            arrivals.came = false;
            arrivals.last_wanted = ask(page, 900, app::PagePriority::Visible);
            for (int i = 0; i < 12; ++i)
                behind.push_back(ask(page - 6 + i, 120, app::PagePriority::Thumbnail));
            behind.push_back(ask(page + 1, 900, app::PagePriority::Soon));
            arrivals.changed.wait(lock, [&] { return arrivals.came; });
            if (arrivals.failed) return std::fputs("a page could not be drawn\n", stderr), 1;
        }
        const std::chrono::duration<double, std::milli> took = Clock::now() - began;
        if (jump == 0)
            std::printf("first page, with opening the file: %.0f ms\n", took.count());
        else
            took_ms.push_back(took.count());
        for (const auto ticket : behind) pictures.cancel(ticket);
    }
    std::sort(took_ms.begin(), took_ms.end());
    const auto at = [&](double part) {
        return took_ms[static_cast<std::size_t>(part * static_cast<double>(took_ms.size() - 1))];
    };
    std::printf(
        "%d jumps in %d pages: p50 %.1f ms, p95 %.1f ms, worst %.1f ms\n",
        jumps,
        pages,
        at(0.5),
        at(0.95),
        took_ms.back());
    return 0;
}
