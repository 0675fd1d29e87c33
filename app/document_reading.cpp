#include "app/document_reading.h"

#include "app/convert.h"

#include <algorithm>
#include <fmt/format.h>
#include <thread>
#include <utility>

namespace app {
namespace {

constexpr int kRunPages =
    4; // two scanned pages at once; few enough that little waits for an earlier page
constexpr std::size_t kAhead = 16; // pages read before an earlier one is stored
constexpr int kMaxDeaths = 3;      // pages that kill the reader, before the rest is given up
constexpr std::size_t kMinForTwo =
    4; // pages; below, opening the file again costs more than it brings
constexpr std::size_t kContext = 8; // stored pages that the passages of the next one are made with
constexpr std::size_t kMaxWarnings = 50;

} // namespace

DocumentReading::DocumentReading(
    IngestContext& context,
    IngestFile file,
    IngestedSource& into,
    Opener open)
    : context_(context), file_(std::move(file)), into_(into), open_(std::move(open)),
      builder_(into.source), began_(std::chrono::steady_clock::now())
{
}

void DocumentReading::warn(std::string sentence)
{
    auto& warnings = into_.source.warnings;
    if (warnings.size() < kMaxWarnings) warnings.push_back(std::move(sentence));
}

Result<void> DocumentReading::prepare(const capture::FileInfo& info)
{
    total_ = info.pages;
    const auto held = context_.library.page_numbers(into_.source.id);
    if (!held) return tl::unexpected(held.error());
    held_before_ = static_cast<int>(held->size());
    // Headings and running heads reach over pages: the builder sees again what was stored last.
    for (std::size_t i = held->size() > kContext ? held->size() - kContext : 0; i < held->size();
         ++i) {
        const auto page = context_.library.page(into_.source.id, (*held)[i]);
        if (!page) return tl::unexpected(page.error());
        builder_.add_page(*page);
    }
    const std::set<int> stored{held->begin(), held->end()};
    for (int number = 1; number <= total_; ++number) {
        if (stored.contains(number)) continue;
        wanted_.push_back(number);
        const bool goes_on = !runs_.empty() && runs_.back().last == number - 1 &&
                             number - runs_.back().first < kRunPages;
        if (goes_on)
            runs_.back().last = number;
        else
            runs_.push_back({number, number});
    }
    return {};
}

Result<void> DocumentReading::run(std::unique_ptr<capture::FileReader> first, bool may_use_two)
{
    if (auto prepared = prepare(first->info()); !prepared) {
        context_.give_up(prepared.error());
        return prepared;
    }
    std::thread helper;
    if (may_use_two && wanted_.size() >= kMinForTwo && context_.slots.try_acquire()) {
        helper = std::thread{[this] {
            if (auto second = open_()) work(std::move(*second)); // else the first goes on alone
            context_.slots.release();
        }};
    }
    work(std::move(first));
    if (helper.joinable()) helper.join();
    if (error_) return tl::unexpected(*error_);
    return {};
}

void DocumentReading::work(std::unique_ptr<capture::FileReader> reader)
{
    while (true) {
        Run run;
        {
            const std::lock_guard lock{mutex_};
            if (error_ || runs_.empty()) return;
            run = runs_.front();
            runs_.pop_front();
        }
        if (read_run(*reader, run)) continue;
        {
            const std::lock_guard lock{mutex_};
            if (error_) return;
        }
        reader.reset(); // the process is gone or not to be trusted
        auto again = open_();
        if (!again) return end_with(again.error());
        reader = std::move(*again);
    }
}

/// False when the reader must be opened again; what it had not read is back in the queue.
bool DocumentReading::read_run(capture::FileReader& reader, Run run)
{
    int undelivered = run.first;
    capture::ReadHandler handler;
    handler.on_page = [&](capture::Page page) {
        undelivered = page.number + 1;
        deliver(std::move(page));
    };
    handler.on_warning = [&](std::string sentence) {
        const std::lock_guard lock{mutex_};
        warn(std::move(sentence));
    };
    const auto read = reader.read_pages(run.first, run.last, handler, file_.stop);
    const std::lock_guard lock{mutex_};
    if (read) {
        for (int page = undelivered; page <= run.last; ++page) {
            skip(page, {ErrorCode::BadFile, "the reader left it out", ""});
        }
        store_in_order();
        return true;
    }
    const ErrorCode code = read.error().code;
    const bool page_is_to_blame = code == ErrorCode::ReaderDied || code == ErrorCode::TimedOut ||
                                  code == ErrorCode::LimitExceeded;
    if (file_.stop.stop_requested() || !page_is_to_blame || ++deaths_ >= kMaxDeaths ||
        undelivered > run.last) {
        if (!error_) error_ = read.error();
        changed_.notify_all();
        return false;
    }
    skip(undelivered, read.error());
    if (undelivered < run.last) runs_.push_front({undelivered + 1, run.last});
    store_in_order();
    return false;
}

void DocumentReading::deliver(capture::Page page)
{
    std::unique_lock lock{mutex_};
    const auto place = std::lower_bound(wanted_.begin(), wanted_.end(), page.number);
    if (place == wanted_.end() || *place != page.number) return;
    const auto index = static_cast<std::size_t>(place - wanted_.begin());
    changed_.wait(lock, file_.stop, [&] { return error_ || index < next_ + kAhead; });
    if (error_ || file_.stop.stop_requested()) return;
    waiting_.emplace(page.number, std::move(page));
    store_in_order();
}

void DocumentReading::store_in_order()
{
    while (next_ < wanted_.size() && !error_) {
        const int number = wanted_[next_];
        if (!skipped_.contains(number)) {
            auto page = waiting_.extract(number);
            if (page.empty()) break;
            store(std::move(page.mapped()));
        }
        ++next_;
    }
    changed_.notify_all();
}

void DocumentReading::store(capture::Page page)
{
    for (auto& warning : page.warnings) warn(std::move(warning));
    const storage::Page stored = to_storage(std::move(page), into_.source.id);
    const auto passages = builder_.add_page(stored);
    const auto ids = context_.library.add_page(stored, passages);
    if (!ids) {
        error_ = ids.error();
        context_.give_up(ids.error());
        return;
    }
    if (stored.by_ocr) into_.ocr_pages.push_back(stored.number);
    into_.passages += static_cast<int>(ids->size());
    context_.vectors.added(static_cast<int>(ids->size()));
    const auto done = static_cast<double>(held_before_) + static_cast<double>(next_ + 1);
    context_.reporter.progress(file_, IngestPhase::Reading, done, total_, began_, held_before_);
}

void DocumentReading::skip(int page, const Error& why)
{
    skipped_.insert(page);
    warn(fmt::format("Page {} could not be read: {}", page, why.message));
}

void DocumentReading::end_with(const Error& error)
{
    const std::lock_guard lock{mutex_};
    if (!error_) error_ = error;
    changed_.notify_all();
}

} // namespace app
