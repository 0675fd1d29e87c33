#pragma once

#include "base/io_system.h"

#include <atomic>
#include <cerrno>
#include <vector>

namespace support {

/// What goes wrong with a call.
struct Fault {
    int error_number = EIO; // 0: a write does half of its work; EINTR: only where it can happen
    bool sticky = false;    // this call and all later ones, as a full or dead disk does
};

/// Counts calls and lets the n-th of them fail. Shared by the file layer (FaultyIo) and SQLite
/// (FaultyVfs), so that "the n-th write" means the same for both.
class FaultPlan {
public:
    /// From now on the `nth` call (from 0) fails; a negative number never comes.
    void arm(int nth, Fault fault)
    {
        fault_ = fault;
        calls_ = 0;
        nth_ = nth;
        hit_ = false;
    }
    void disarm() { nth_ = -1; }
    /// The fault of this call, or nullptr.
    const Fault* next()
    {
        const int call = calls_.fetch_add(1);
        const int nth = nth_;
        if (nth < 0 || call < nth || (call > nth && !fault_.sticky)) return nullptr;
        hit_ = true;
        return &fault_;
    }
    bool hit() const { return hit_; }
    int calls() const { return calls_; }

private:
    Fault fault_;
    std::atomic<int> calls_{0};
    std::atomic<int> nth_{-1};
    std::atomic<bool> hit_{false};
};

/// The real system calls, except where the plan says otherwise. Only what changes the disk counts.
class FaultyIo : public base::IoSystem {
public:
    explicit FaultyIo(FaultPlan& plan) : plan_(plan) { base::use_io_system(this); }
    ~FaultyIo() override { base::use_io_system(nullptr); }
    FaultyIo(const FaultyIo&) = delete;
    FaultyIo& operator=(const FaultyIo&) = delete;

    ssize_t write(int file, const void* data, std::size_t size) override
    {
        const Fault* fault = plan_.next();
        if (!fault) return IoSystem::write(file, data, size);
        if (fault->error_number == 0) return IoSystem::write(file, data, size / 2 + size % 2);
        return failed(*fault);
    }
    int fsync(int file) override
    {
        return plain([&] { return IoSystem::fsync(file); });
    }
    int truncate(int file, off_t size) override
    {
        return plain([&] { return IoSystem::truncate(file, size); });
    }
    int rename(const char* from, const char* to) override
    {
        return plain([&] { return IoSystem::rename(from, to); });
    }
    int make_folder(const char* path, unsigned mode) override
    {
        return plain([&] { return IoSystem::make_folder(path, mode); });
    }
    /// Refused, so that every byte goes through write().
    int clone(int, int) override { return failed({EOPNOTSUPP, false}); }
    ssize_t copy_range(int, int, std::size_t) override { return failed({EXDEV, false}); }

private:
    static int failed(const Fault& fault)
    {
        errno = fault.error_number;
        return -1;
    }
    template <typename Call>
    int plain(Call call)
    {
        const Fault* fault = plan_.next();
        const bool fails = fault && fault->error_number != 0 && fault->error_number != EINTR;
        return fails ? failed(*fault) : call();
    }
    FaultPlan& plan_;
};

} // namespace support
