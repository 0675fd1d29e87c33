#pragma once

#include <cstddef>
#include <sys/types.h>

namespace base {

/// The system calls behind base/io.h, each as the manual describes it (result < 0 and errno). Tests
/// put a derived class in place that fails the n-th write, tears it or interrupts it: disks do that
/// rarely, and always at a bad moment.
class IoSystem {
public:
    virtual ~IoSystem() = default;
    virtual int open(const char* path, int flags, unsigned mode);
    virtual ssize_t read(int file, void* data, std::size_t size);
    virtual ssize_t pread(int file, void* data, std::size_t size, off_t offset);
    virtual ssize_t write(int file, const void* data, std::size_t size);
    virtual int fsync(int file);
    virtual int truncate(int file, off_t size);
    virtual int rename(const char* from, const char* to);
    virtual int unlink(const char* path);
    virtual int make_folder(const char* path, unsigned mode);
    /// FICLONE: both files share the blocks until one changes; only some file systems can.
    virtual int clone(int to, int from);
    virtual ssize_t copy_range(int from, int to, std::size_t size);
};

/// What File and the functions beside it use now.
IoSystem& io_system();

/// Puts `system` in place of the present one, nullptr the real one. The caller keeps it alive while
/// it is in use and does not exchange it while files are at work.
void use_io_system(IoSystem* system);

} // namespace base
