#pragma once

#include "capture/reader/frame_change.h"
#include "capture/reader/frame_lines.h"
#include "capture/reader/media/picture_decoder.h"
#include "capture/reader/ocr.h"
#include "capture/types.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace capture::reader {

/// How the pictures of a video came to their text; one of them each.
struct FrameCoverage {
    int read = 0;      // new text was recognised, in the whole picture or in what had changed
    int unchanged = 0; // everything on it stood on an earlier picture
    int without = 0;   // nothing on it looks like text
    int unread = 0;    // left out: more text changed than the budget pays for
    int all() const { return read + unchanged + without + unread; }
};

/// What recognising text may cost, in estimated seconds of one core: the same file is always read
/// in the same way, however busy the machine is.
struct FrameTextBudget {
    double at_start_s = 30;   // short recordings are read whole
    double per_second = 0.04; // of playing time
};

/// Finds the text of the pictures of a video, in their order: what stayed or was scrolled is known
/// from the picture before, only what is new is recognised. Not thread-safe.
class FrameText {
public:
    FrameText(Ocr& ocr, const FrameTextBudget& budget) : ocr_(ocr), budget_(budget) {}

    /// Fills text and words. `gray` is the picture at its full size.
    void read(Frame& frame, const GrayPicture& gray);
    const FrameCoverage& coverage() const { return coverage_; }
    /// What the recogniser complained about, once each.
    const std::set<std::string>& warnings() const { return warnings_; }

private:
    bool pay(double time_s, double cost_s);

    Ocr& ocr_;
    FrameTextBudget budget_;
    FrameCoverage coverage_;
    RowProfile known_; // the picture that lines_ were read from
    std::vector<FrameLine> lines_;
    std::set<std::string> warnings_;
    std::optional<double> first_s_; // of the first picture with text
    double spent_s_ = 0;
};

/// FrameText on a thread of its own, so that the next pictures are decoded meanwhile. At most
/// twelve frames (5 MB each) wait: pictures come in bursts, and a short queue would stop the
/// decoder while one lasts and leave this thread idle after it. The caller's thread puts frames in
/// and takes them out again, in order.
class FrameTextThread {
public:
    FrameTextThread(Ocr& ocr, const FrameTextBudget& budget);
    /// Waits for the frame that is being read; those that wait are dropped.
    ~FrameTextThread();
    FrameTextThread(const FrameTextThread&) = delete;
    FrameTextThread& operator=(const FrameTextThread&) = delete;

    bool is_full();
    void put(Frame frame, GrayPicture gray);
    /// The next frame that is done; waits for it if `wait`. nullopt: none is done, or none was put
    /// in. Rethrows what was thrown on the other thread (std::bad_alloc).
    std::optional<Frame> take(bool wait);
    /// Once all frames were taken: nothing changes it any more.
    const FrameText& text();

private:
    struct Job {
        Frame frame;
        GrayPicture gray;
    };
    static constexpr std::size_t kWaiting = 12;
    void work(const std::stop_token& stop);

    FrameText text_;
    std::mutex mutex_; // guards what follows
    std::condition_variable_any changed_;
    std::deque<Job> waiting_;
    std::deque<Frame> done_;
    bool busy_ = false;
    std::exception_ptr failure_;
    std::jthread thread_; // last: it uses the others
};

} // namespace capture::reader
