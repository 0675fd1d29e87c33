#include "base/io_system.h"

#include <atomic>
#include <cstdio>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace base {
namespace {

IoSystem& real_system()
{
    static IoSystem system;
    return system;
}

std::atomic<IoSystem*>& current()
{
    static std::atomic<IoSystem*> system{nullptr};
    return system;
}

} // namespace

int IoSystem::open(const char* path, int flags, unsigned mode)
{
    return ::open(path, flags, mode);
}

ssize_t IoSystem::read(int file, void* data, std::size_t size)
{
    return ::read(file, data, size);
}

ssize_t IoSystem::pread(int file, void* data, std::size_t size, off_t offset)
{
    return ::pread(file, data, size, offset);
}

ssize_t IoSystem::write(int file, const void* data, std::size_t size)
{
    return ::write(file, data, size);
}

int IoSystem::fsync(int file)
{
    return ::fsync(file);
}

int IoSystem::truncate(int file, off_t size)
{
    return ::ftruncate(file, size);
}

int IoSystem::rename(const char* from, const char* to)
{
    return ::rename(from, to);
}

int IoSystem::unlink(const char* path)
{
    return ::unlink(path);
}

int IoSystem::make_folder(const char* path, unsigned mode)
{
    return ::mkdir(path, mode);
}

int IoSystem::clone(int to, int from)
{
    return ::ioctl(to, FICLONE, from);
}

ssize_t IoSystem::copy_range(int from, int to, std::size_t size)
{
    return ::copy_file_range(from, nullptr, to, nullptr, size, 0);
}

IoSystem& io_system()
{
    IoSystem* system = current().load(std::memory_order_acquire);
    return system ? *system : real_system();
}

void use_io_system(IoSystem* system)
{
    current().store(system, std::memory_order_release);
}

} // namespace base
