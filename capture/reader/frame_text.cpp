#include "capture/reader/frame_text.h"

#include "capture/reader/ocr_prepare.h"

#include <algorithm>
#include <array>

namespace capture::reader {
namespace {

constexpr int kMargin = 3;           // rows around a band, for the softened edge of a letter
constexpr int kStripe = 20;          // rows of ground above and below it
constexpr double kMostlyFresh = 0.6; // of the rows; then the whole picture costs little more
// Measured with one thread on 1080p screens: a picture without a line, and each letter.
constexpr double kOncePerCall_s = 0.05;
constexpr double kPerLetter_s = 0.00025;

/// Bands grow to whole lines: a line that is half new is read anew.
std::vector<RowBand> bands_to_read(const FrameChange& change, const SeenLines& seen, int height_px)
{
    if (change.fresh_rows > kMostlyFresh * height_px) return {{0, height_px}};
    std::vector<RowBand> bands = change.fresh;
    bands.insert(bands.end(), seen.doubtful.begin(), seen.doubtful.end());
    for (RowBand& band : bands) {
        band = {std::max(0, band.begin - kMargin), std::min(height_px, band.end + kMargin)};
        for (const FrameLine& line : seen.kept) {
            const RowBand rows = rows_of(line, height_px);
            if (rows.begin >= band.end || rows.end <= band.begin) continue;
            band = {std::min(band.begin, rows.begin), std::max(band.end, rows.end)};
        }
    }
    std::sort(bands.begin(), bands.end(), [](RowBand a, RowBand b) { return a.begin < b.begin; });
    std::vector<RowBand> out;
    for (const RowBand& band : bands) {
        if (!out.empty() && band.begin <= out.back().end) {
            out.back().end = std::max(out.back().end, band.end);
        } else {
            out.push_back(band);
        }
    }
    return out;
}

/// The brightness that most pixels have.
std::uint8_t ground_of(std::span<const std::uint8_t> gray)
{
    std::array<int, 256> count{};
    for (const std::uint8_t pixel : gray) ++count[pixel];
    return static_cast<std::uint8_t>(std::max_element(count.begin(), count.end()) - count.begin());
}

/// The rows of a band between two stripes of its ground: a line at the very edge, or beside a cut
/// one, is misread ("trom" for "from").
PixPtr part_of(const GrayPicture& gray, RowBand band)
{
    const auto width = static_cast<std::size_t>(gray.width_px);
    const auto rows = std::span(gray.gray).subspan(
        static_cast<std::size_t>(band.begin) * width,
        static_cast<std::size_t>(band.height()) * width);
    std::vector<std::uint8_t> padded(rows.size() + 2 * kStripe * width, ground_of(rows));
    std::copy(rows.begin(), rows.end(), padded.begin() + kStripe * gray.width_px);
    return to_gray(gray.width_px, band.height() + 2 * kStripe, padded);
}

} // namespace

bool FrameText::pay(double time_s, double cost_s)
{
    if (!first_s_) first_s_ = time_s;
    const double earned_s = budget_.at_start_s + budget_.per_second * (time_s - *first_s_);
    if (spent_s_ + cost_s > earned_s) return false;
    spent_s_ += cost_s;
    return true;
}

void FrameText::read(Frame& frame, const GrayPicture& gray)
{
    const int height = gray.height_px;
    const RowProfile now(gray.width_px, height, gray.gray);
    const FrameChange change = compare(known_, now);
    SeenLines seen;
    if (known_.height_px() == height) seen = still_seen(lines_, change, height);

    struct Part {
        RowBand band;
        PixPtr picture;
    };
    std::vector<Part> parts;
    double cost_s = 0;
    for (const RowBand& band : bands_to_read(change, seen, height)) {
        PixPtr picture = part_of(gray, band);
        const int letters = picture ? count_letters(picture.get()) : 0;
        if (letters == 0) continue;
        cost_s += kOncePerCall_s + kPerLetter_s * letters;
        parts.push_back({band, std::move(picture)});
    }
    if (!parts.empty() && !pay(frame.time_s, cost_s)) {
        ++coverage_.unread;
        return; // what is known stays that of the last picture that was read
    }
    for (const Part& part : parts) {
        const bool whole = part.band.height() == height;
        const OcrText read =
            ocr_.read(part.picture.get(), whole ? Ocr::Layout::Screen : Ocr::Layout::Lines);
        warnings_.insert(read.warnings.begin(), read.warnings.end());
        std::erase_if(seen.kept, [&](const FrameLine& line) {
            const RowBand rows = rows_of(line, height);
            return rows.begin < part.band.end && rows.end > part.band.begin;
        });
        const RowBand padded{part.band.begin - kStripe, part.band.end + kStripe};
        insert_lines(
            seen.kept,
            split_lines(read.text, read.words, padded, height),
            part.band,
            height);
    }
    if (!parts.empty()) {
        ++coverage_.read;
    } else {
        ++(seen.kept.empty() ? coverage_.without : coverage_.unchanged);
    }
    known_ = now;
    lines_ = std::move(seen.kept);
    join_lines(lines_, frame.text, frame.words);
}

FrameTextThread::FrameTextThread(Ocr& ocr, const FrameTextBudget& budget)
    : text_(ocr, budget), thread_([this](const std::stop_token& stop) { work(stop); })
{
}

FrameTextThread::~FrameTextThread() = default;

void FrameTextThread::work(const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
        Job job = std::move(waiting_.front());
        waiting_.pop_front();
        busy_ = true;
        lock.unlock();
        std::exception_ptr failure;
        try {
            text_.read(job.frame, job.gray);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        busy_ = false;
        if (failure) failure_ = failure;
        done_.push_back(std::move(job.frame));
        changed_.notify_all();
    }
}

bool FrameTextThread::is_full()
{
    const std::lock_guard lock(mutex_);
    return waiting_.size() >= kWaiting;
}

void FrameTextThread::put(Frame frame, GrayPicture gray)
{
    const std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(frame), std::move(gray)});
    changed_.notify_all();
}

std::optional<Frame> FrameTextThread::take(bool wait)
{
    std::unique_lock lock(mutex_);
    if (wait)
        changed_.wait(lock, [this] { return !done_.empty() || (!busy_ && waiting_.empty()); });
    if (failure_) std::rethrow_exception(failure_);
    if (done_.empty()) return std::nullopt;
    Frame out = std::move(done_.front());
    done_.pop_front();
    return out;
}

const FrameText& FrameTextThread::text()
{
    const std::lock_guard lock(mutex_);
    return text_;
}

} // namespace capture::reader
