#include "app/page_pictures.h"

#include "app/folder_limit.h"
#include "app/page_pictures_disk.h"
#include "app/page_pictures_memory.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <optional>
#include <set>
#include <stop_token>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

/// A reader holds some fifty megabytes; opening it again takes a tenth of a second.
constexpr auto kIdle = std::chrono::seconds(60);
/// A page that nobody waits for may keep a visible one waiting for so long.
constexpr auto kGrace = std::chrono::milliseconds(250);
constexpr std::size_t kMostToStore = 16; // pictures, some megabytes each

} // namespace

class PagePictures::Workers {
public:
    Workers(Options options, Done done)
        : memory(options.memory_bytes), options_(std::move(options)), done_(std::move(done)),
          disk_(options_.cache_folder / "pages", options_.disk_bytes)
    {
        for (Worker& worker : workers_)
            worker.thread = std::thread([this, &worker] { work(worker); });
        storer_ = std::thread([this] { store(); });
    }
    ~Workers()
    {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
            for (Worker& worker : workers_) worker.stop.request_stop();
        }
        changed_.notify_all();
        for (Worker& worker : workers_) worker.thread.join();
        storer_.join();
    }

    Ticket request(PageWish wish);
    void cancel(Ticket ticket);
    void set_priority(Ticket ticket, PagePriority priority);
    void release(const std::string& sha256);

    MemoryPictures memory;

private:
    /// One picture that is wished for, by one or more.
    struct Wish {
        PageWish what;
        PictureKey key;
        std::vector<Ticket> tickets;
        std::uint64_t number = 0; // larger is newer
    };
    struct Worker {
        std::thread thread;
        // The thread's own:
        std::unique_ptr<capture::FileReader> reader;
        std::string reader_of; // sha256 of its document
        bool drew = false;     // the last picture: it is new to the disk
        // Under the mutex:
        std::string document; // reader_of, for the others
        bool busy = false;
        std::optional<Wish> at;
        Clock::time_point began;
        std::stop_source stop;
        bool release = false;
    };

    void work(Worker& worker);
    void store();
    void close_reader(Worker& worker, std::unique_lock<std::mutex>& lock);
    void answer(Worker& worker, std::unique_lock<std::mutex>& lock);
    std::optional<std::size_t> next_for(const Worker& worker) const;
    Result<PagePicture> make(Worker& worker, const Wish& wish, const std::stop_token& stop);
    Result<void> open(Worker& worker, const Wish& wish, const std::stop_token& stop);
    void make_way();

    Options options_;
    Done done_;
    DiskPictures disk_;
    std::mutex mutex_; // guards what follows; not held while files are read or `done_` is called
    std::condition_variable changed_;
    std::vector<Wish> waiting_;
    std::array<Worker, 2> workers_;
    std::deque<std::pair<PictureKey, PagePicture>> to_store_;
    std::thread storer_;
    std::set<std::string> opening_; // documents that one worker opens: the other waits for it
    std::uint64_t counter_ = 0;
    bool ending_ = false;
};

PagePictures::Ticket PagePictures::Workers::request(PageWish wish)
{
    wish.width_px = std::clamp(wish.width_px, 16, 8192);
    const PictureKey key{wish.source.sha256, wish.page, wish.width_px};
    const std::lock_guard lock(mutex_);
    const Ticket ticket = ++counter_;
    const auto same = [&](const Wish& other) { return other.key == key; };
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), same);
    if (found != waiting_.end()) {
        found->tickets.push_back(ticket);
        found->what.priority = std::min(found->what.priority, wish.priority);
        found->number = ticket;
    } else {
        const auto running = std::find_if(workers_.begin(), workers_.end(), [&](const Worker& w) {
            return w.at && w.at->key == key && !w.stop.stop_requested();
        });
        if (running != workers_.end()) {
            running->at->tickets.push_back(ticket);
            running->at->what.priority = std::min(running->at->what.priority, wish.priority);
        } else {
            waiting_.push_back({std::move(wish), key, {ticket}, ticket});
        }
    }
    make_way();
    changed_.notify_all();
    return ticket;
}

void PagePictures::Workers::cancel(Ticket ticket)
{
    const std::lock_guard lock(mutex_);
    for (auto wish = waiting_.begin(); wish != waiting_.end(); ++wish) {
        if (std::erase(wish->tickets, ticket) == 0) continue;
        if (wish->tickets.empty()) waiting_.erase(wish);
        return;
    }
    // What is being drawn is finished and kept: the user may scroll back.
    for (Worker& worker : workers_) {
        if (worker.at && std::erase(worker.at->tickets, ticket) > 0) return make_way();
    }
}

void PagePictures::Workers::set_priority(Ticket ticket, PagePriority priority)
{
    const std::lock_guard lock(mutex_);
    for (Wish& wish : waiting_) {
        if (std::find(wish.tickets.begin(), wish.tickets.end(), ticket) == wish.tickets.end())
            continue;
        wish.what.priority = priority;
        wish.number = ++counter_;
    }
    make_way();
}

void PagePictures::Workers::release(const std::string& sha256)
{
    const std::lock_guard lock(mutex_);
    for (Worker& worker : workers_) worker.release |= worker.document == sha256;
    changed_.notify_all();
}

/// Where somebody waits for what is seen and both workers are long at what is not: stops one. With
/// the mutex held.
void PagePictures::Workers::make_way()
{
    const bool visible_waits = std::any_of(waiting_.begin(), waiting_.end(), [](const Wish& wish) {
        return wish.what.priority == PagePriority::Visible;
    });
    if (!visible_waits) return;
    Worker* slowest = nullptr;
    for (Worker& worker : workers_) {
        if (!worker.at) return;
        const bool needed =
            !worker.at->tickets.empty() && worker.at->what.priority == PagePriority::Visible;
        if (needed || Clock::now() - worker.began < kGrace) continue;
        if (slowest == nullptr || worker.began < slowest->began) slowest = &worker;
    }
    if (slowest != nullptr) slowest->stop.request_stop();
}

/// Which of the waiting wishes this worker takes. With the mutex held.
std::optional<std::size_t> PagePictures::Workers::next_for(const Worker& worker) const
{
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
        const Wish& wish = waiting_[i];
        if (opening_.contains(wish.key.sha256)) continue;
        // Left to the other one, which has the document open and nothing to do.
        const bool others = worker.document != wish.key.sha256 &&
                            std::any_of(workers_.begin(), workers_.end(), [&](const Worker& w) {
                                return !w.busy && !w.release && w.document == wish.key.sha256;
                            });
        if (others) continue;
        const auto rank = [](const Wish& w) {
            return std::pair(w.what.priority, UINT64_MAX - w.number);
        };
        if (!best || rank(wish) < rank(waiting_[*best])) best = i;
    }
    return best;
}

void PagePictures::Workers::work(Worker& worker)
{
    std::unique_lock lock(mutex_);
    while (!ending_) {
        std::optional<std::size_t> next;
        const bool woken = changed_.wait_for(lock, kIdle, [&] {
            next = next_for(worker);
            return ending_ || next || worker.release;
        });
        if (ending_) break;
        if (!woken || worker.release) {
            close_reader(worker, lock);
        } else {
            worker.at = std::move(waiting_[*next]);
            waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(*next));
            answer(worker, lock);
        }
    }
}

/// Packing takes longer than drawing: on a thread that nobody waits for, less urgent than the
/// window.
void PagePictures::Workers::store()
{
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10);
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return ending_ || !to_store_.empty(); });
        if (to_store_.empty()) return;
        const auto next = std::move(to_store_.front());
        to_store_.pop_front();
        lock.unlock();
        disk_.put(next.first, *next.second);
        lock.lock();
    }
}

void PagePictures::Workers::close_reader(Worker& worker, std::unique_lock<std::mutex>& lock)
{
    worker.release = false;
    worker.document.clear();
    const auto reader = std::move(worker.reader);
    lock.unlock(); // ending a process takes a moment
    lock.lock();
}

void PagePictures::Workers::answer(Worker& worker, std::unique_lock<std::mutex>& lock)
{
    const Wish wish = *worker.at;
    worker.busy = true;
    worker.began = Clock::now();
    worker.stop = std::stop_source();
    const std::stop_token stop = worker.stop.get_token();
    const bool opens = worker.document != wish.key.sha256;
    if (opens) {
        opening_.insert(wish.key.sha256);
        worker.document.clear();
    }
    lock.unlock();
    auto picture = make(worker, wish, stop);
    lock.lock();
    opening_.erase(wish.key.sha256);
    worker.document = worker.reader ? worker.reader_of : "";
    std::vector<Ticket> tickets = std::move(worker.at->tickets);
    const PagePriority priority = worker.at->what.priority;
    worker.at.reset();
    worker.busy = false;
    changed_.notify_all();
    if (ending_) return;
    if (!picture && stop.stop_requested()) { // it made way
        if (tickets.empty()) return;
        Wish again = wish;
        again.tickets = std::move(tickets);
        again.what.priority = priority;
        waiting_.push_back(std::move(again));
        return;
    }
    worker.busy = true;
    lock.unlock();
    for (const Ticket ticket : tickets) done_(ticket, picture);
    lock.lock();
    const bool new_to_disk = picture && worker.drew && wish.what.source.password.empty();
    worker.busy = false;
    // A picture that the disk is too slow for is drawn again another day.
    if (new_to_disk && to_store_.size() < kMostToStore) to_store_.push_back({wish.key, *picture});
    changed_.notify_all();
}

Result<PagePicture>
PagePictures::Workers::make(Worker& worker, const Wish& wish, const std::stop_token& stop)
{
    worker.drew = false;
    if (PagePicture picture = memory.get(wish.key)) return picture;
    if (wish.key.page < 1) return fail(ErrorCode::NotFound, "Pages are counted from 1.");
    // Pictures of an encrypted document do not go to the disk.
    const bool kept = wish.what.source.password.empty();
    if (kept) {
        if (auto stored = disk_.get(wish.key)) {
            auto picture = std::make_shared<const capture::Picture>(std::move(*stored));
            memory.put(wish.key, picture);
            return picture;
        }
    }
    if (auto opened = open(worker, wish, stop); !opened) return tl::unexpected(opened.error());
    auto drawn = worker.reader->render_page_to_width(wish.what.page, wish.what.width_px, stop);
    if (!drawn) return tl::unexpected(drawn.error());
    auto picture = std::make_shared<const capture::Picture>(std::move(*drawn));
    memory.put(wish.key, picture);
    worker.drew = true;
    return picture;
}

Result<void>
PagePictures::Workers::open(Worker& worker, const Wish& wish, const std::stop_token& stop)
{
    const PageSource& source = wish.what.source;
    if (worker.reader && worker.reader_of == source.sha256) return {};
    worker.reader.reset();
    capture::OpenOptions options;
    options.name = source.name;
    options.password = source.password;
    if (source.password.empty())
        options.kept_pdf = options_.cache_folder / "office" / (source.sha256 + ".pdf");
    auto reader = capture::FileReader::open(source.file, options, options_.reader, stop);
    if (!reader) return tl::unexpected(reader.error());
    worker.reader = std::move(*reader);
    worker.reader_of = source.sha256;
    if (!options.kept_pdf.empty() && touch(options.kept_pdf))
        limit_folder(options.kept_pdf.parent_path(), options_.office_bytes, options.kept_pdf);
    return {};
}

PagePictures::PagePictures(Options options, Done done)
    : workers_(std::make_unique<Workers>(std::move(options), std::move(done)))
{
}

PagePictures::~PagePictures() = default;

PagePicture PagePictures::in_memory(const PageSource& source, int page, int width_px) const
{
    return workers_->memory.get({source.sha256, page, width_px});
}

PagePicture PagePictures::similar_in_memory(const PageSource& source, int page) const
{
    return workers_->memory.widest(source.sha256, page);
}

PagePictures::Ticket PagePictures::request(PageWish wish)
{
    return workers_->request(std::move(wish));
}

void PagePictures::cancel(Ticket ticket)
{
    workers_->cancel(ticket);
}

void PagePictures::set_priority(Ticket ticket, PagePriority priority)
{
    workers_->set_priority(ticket, priority);
}

void PagePictures::release(const std::string& sha256)
{
    workers_->release(sha256);
}

bool PagePictures::has_pictures(const std::string& source_kind)
{
    return source_kind == "pdf" || source_kind == "image" || source_kind == "office";
}

} // namespace app
