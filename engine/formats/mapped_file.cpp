#include "engine/formats/mapped_file.h"

#include "engine/formats/wording.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace engine::formats {

namespace {

// What the signal handler may read: lock-free atomics only.
struct Slot {
    std::atomic<std::uintptr_t> begin = 0; // 0: free
    std::atomic<std::uintptr_t> end = 0;   // rounded up to a page
    std::atomic<std::uint64_t> faults = 0;
};
constexpr int kSlots = 256;
std::array<Slot, kSlots> g_slots;
std::atomic<std::uint64_t> g_faults = 0;
std::atomic<int> g_last_fault = -1;
std::uintptr_t g_page_size = 4096;
struct sigaction g_previous;

// Everything else about the slots is behind this lock.
std::mutex g_slot_mutex;
std::array<std::string, kSlots> g_slot_names;

/// Puts zeros over the mapping from the faulting page on; true when the address is ours.
bool cover_missing_pages(void* fault)
{
    const auto address = reinterpret_cast<std::uintptr_t>(fault);
    for (int i = 0; i < kSlots; ++i) {
        Slot& slot = g_slots[static_cast<std::size_t>(i)];
        const std::uintptr_t begin = slot.begin.load(), end = slot.end.load();
        if (begin == 0 || address < begin || address >= end) continue;
        const std::uintptr_t into_page = address & (g_page_size - 1);
        // A file ends once: what lies behind the first missing page is missing too. mmap is a plain
        // system call on Linux and takes no lock of the C library.
        void* const covered = ::mmap(
            static_cast<std::byte*>(fault) - into_page,
            end - (address - into_page),
            PROT_READ,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
            -1,
            0);
        if (covered == MAP_FAILED) return false;
        slot.faults.fetch_add(1);
        g_last_fault.store(i);
        g_faults.fetch_add(1);
        return true;
    }
    return false;
}

void on_sigbus(int signal, siginfo_t* info, void* context)
{
    const int saved_errno = errno;
    const bool from_kernel = info->si_code > 0;
    const bool covered = from_kernel && cover_missing_pages(info->si_addr);
    if (!covered) {
        if ((g_previous.sa_flags & SA_SIGINFO) != 0 && g_previous.sa_sigaction != nullptr) {
            g_previous.sa_sigaction(signal, info, context);
        } else if (g_previous.sa_handler != SIG_DFL && g_previous.sa_handler != SIG_IGN) {
            g_previous.sa_handler(signal);
        } else {
            ::sigaction(SIGBUS, &g_previous, nullptr);
            ::raise(signal);
        }
    }
    errno = saved_errno;
}

void install_handler()
{
    static std::once_flag once;
    std::call_once(once, [] {
        g_page_size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        struct sigaction action = {};
        action.sa_sigaction = on_sigbus;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        ::sigaction(SIGBUS, &action, &g_previous);
    });
}

int take_slot(std::span<const std::byte> bytes, const std::string& name)
{
    const std::lock_guard lock(g_slot_mutex);
    for (int i = 0; i < kSlots; ++i) {
        Slot& slot = g_slots[static_cast<std::size_t>(i)];
        if (slot.begin.load() != 0) continue;
        const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data());
        slot.faults.store(0);
        slot.end.store((begin + bytes.size() + g_page_size - 1) & ~(g_page_size - 1));
        slot.begin.store(begin);
        g_slot_names[static_cast<std::size_t>(i)] = name;
        return i;
    }
    return -1;
}

void free_slot(int slot)
{
    const std::lock_guard lock(g_slot_mutex);
    g_slots[static_cast<std::size_t>(slot)].begin.store(0);
}

Error shrank(const std::string& name)
{
    return {
        ErrorCode::BadModelFile,
        name + " became shorter while it was in use.",
        std::string(kFetchAgain)};
}

struct Descriptor {
    int fd = -1;
    Descriptor() = default;
    explicit Descriptor(int value) : fd(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept : fd(std::exchange(other.fd, -1)) {}
    ~Descriptor()
    {
        if (fd >= 0) ::close(fd);
    }
};

/// Opens a regular file and learns its size; a pipe or a device must not make us wait.
Result<Descriptor> open_regular(const std::filesystem::path& path, std::uint64_t& size)
{
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.fd < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return fail(ErrorCode::FileNotFound, "There is no file " + path.string() + ".");
        return fail(
            ErrorCode::FileUnreadable,
            "Cannot open " + path.string() + ": " + std::strerror(errno) + ".");
    }
    struct stat status = {};
    if (::fstat(file.fd, &status) != 0 || !S_ISREG(status.st_mode))
        return fail(ErrorCode::FileUnreadable, path.string() + " is not a regular file.");
    size = static_cast<std::uint64_t>(status.st_size);
    return file;
}

} // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path)
{
    std::uint64_t size = 0;
    const auto file = open_regular(path, size);
    if (!file) return tl::unexpected(file.error());
    if (size == 0)
        return fail(
            ErrorCode::BadModelFile,
            path.filename().string() + " is empty.",
            std::string(kFetchAgain));

    install_handler();
    void* const data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file->fd, 0);
    if (data == MAP_FAILED)
        return fail(
            ErrorCode::FileUnreadable,
            "Cannot map " + path.string() + ": " + std::strerror(errno) + ".");
    const std::span bytes(static_cast<const std::byte*>(data), size);
    const int slot = take_slot(bytes, path.filename().string());
    if (slot < 0) {
        ::munmap(data, size);
        return fail(
            ErrorCode::LimitExceeded,
            "Cannot map " + path.string() + ": 256 model files are open already.");
    }
    return std::shared_ptr<const MappedFile>(new MappedFile(path, bytes, slot));
}

MappedFile::MappedFile(std::filesystem::path path, std::span<const std::byte> bytes, int slot)
    : path_(std::move(path)), bytes_(bytes), slot_(slot)
{
}

MappedFile::~MappedFile()
{
    free_slot(slot_);
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

Result<void> MappedFile::check() const
{
    if (g_slots[static_cast<std::size_t>(slot_)].faults.load(std::memory_order_relaxed) == 0)
        return {};
    return tl::unexpected(shrank(name()));
}

void MappedFile::release(std::span<const std::byte> part) const
{
    // Whole pages inside the part only: its neighbours share the outer ones.
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto into_page = reinterpret_cast<std::uintptr_t>(part.data()) % page;
    const std::size_t skip = into_page == 0 ? 0 : page - into_page;
    if (part.size() < skip + page) return;
    ::madvise(
        const_cast<std::byte*>(part.data()) + skip,
        (part.size() - skip) / page * page,
        MADV_DONTNEED);
}

void MappedFile::prefetch() const
{
    ::madvise(const_cast<std::byte*>(bytes_.data()), bytes_.size(), MADV_WILLNEED);
}

MappingWatch::MappingWatch() : faults_before_(g_faults.load())
{
}

std::optional<Error> MappingWatch::damage() const
{
    if (g_faults.load() == faults_before_) return std::nullopt;
    const std::lock_guard lock(g_slot_mutex);
    return shrank(g_slot_names[static_cast<std::size_t>(g_last_fault.load())]);
}

Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t limit_bytes)
{
    std::uint64_t size = 0;
    const auto file = open_regular(path, size);
    if (!file) return tl::unexpected(file.error());
    if (size > limit_bytes)
        return fail(
            ErrorCode::LimitExceeded,
            path.filename().string() + " has " + std::to_string(size) + " bytes, at most " +
                std::to_string(limit_bytes) + " are expected.");
    std::string text(static_cast<std::size_t>(size), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = ::read(file->fd, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            return fail(
                ErrorCode::FileUnreadable,
                "Cannot read " + path.string() + ": " + std::strerror(errno) + ".");
        if (count == 0) break; // shorter than it was a moment ago; the parser decides
        done += static_cast<std::size_t>(count);
    }
    text.resize(done);
    return text;
}

} // namespace engine::formats
