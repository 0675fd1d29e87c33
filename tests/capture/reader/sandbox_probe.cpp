// Enters the sandbox of percept-reader and tries one thing that it must not be able to do.
//
//   sandbox_probe ATTEMPT FOLDER     FOLDER: one that the user can write
//
// Exit status 0: refused, 1: it worked, 2: no such attempt, 3: the
// sandbox was not entered. A process that the sandbox killed ends by SIGSYS.
#include "capture/reader/sandbox.h"

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <functional>
#include <map>
#include <string>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using Attempt = std::function<bool()>; // true: it worked

bool can_open(const std::string& path, int flags)
{
    const int fd = open(path.c_str(), flags, 0600);
    return fd >= 0;
}

bool can_connect_inet(int type)
{
    const int fd = socket(AF_INET, type, 0);
    if (fd < 0) return false;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(80);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    static_cast<void>(connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to));
    return true; // a socket is enough
}

bool can_list(const std::string& path)
{
    DIR* folder = opendir(path.c_str());
    return folder != nullptr;
}

bool can_write_through_proc(const std::string& folder)
{
    return can_open("/proc/self/fd/0", O_RDWR) || can_open(folder + "/../" + folder + "/x", O_RDWR);
}

bool can_make_code()
{
    void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

bool can_raise_limits()
{
    const rlimit more{1u << 20, 1u << 20};
    return setrlimit(RLIMIT_FSIZE, &more) == 0;
}

std::map<std::string, Attempt> attempts(const std::string& folder, pid_t parent)
{
    return {
        {"open_home", [] { return can_list("/root") || can_list("/home"); }},
        {"open_passwd", [] { return can_open("/etc/passwd", O_RDONLY); }},
        {"open_own_file", [=] { return can_open(folder + "/secret", O_RDONLY); }},
        {"open_ssh_key", [] { return can_open("/etc/ssh/ssh_config", O_RDONLY); }},
        {"list_root", [] { return can_list("/"); }},
        {"list_tmp", [] { return can_list("/tmp"); }},
        {"open_environment", [] { return can_open("/proc/self/environ", O_RDONLY); }},
        {"open_memory_of_parent",
         [=] { return can_open("/proc/" + std::to_string(parent) + "/mem", O_RDONLY); }},
        {"open_by_relative_path", [] { return can_open("../../../../etc/passwd", O_RDONLY); }},
        {"open_through_fonts", [] { return can_open("/etc/fonts/../passwd", O_RDONLY); }},
        {"open_library", [] { return can_open("/usr/lib/x86_64-linux-gnu/libc.so.6", O_RDONLY); }},
        {"open_device",
         [] { return can_open("/dev/kmsg", O_RDONLY) || can_open("/dev/null", O_RDWR); }},
        {"create_file", [=] { return can_open(folder + "/new", O_WRONLY | O_CREAT); }},
        {"truncate_file", [=] { return can_open(folder + "/secret", O_WRONLY | O_TRUNC); }},
        {"append_to_font", [] { return can_open("/etc/fonts/fonts.conf", O_WRONLY | O_APPEND); }},
        {"temporary_file", [] { return can_open("/tmp", O_RDWR | O_TMPFILE); }},
        {"openat2",
         [] {
             std::uint64_t how[3] = {O_RDONLY, 0, 0};
             return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof how) >= 0;
         }},
        {"write_through_proc", [=] { return can_write_through_proc(folder); }},
        {"remove_file", [=] { return unlink((folder + "/secret").c_str()) == 0; }},
        {"rename_file",
         [=] { return rename((folder + "/secret").c_str(), (folder + "/s").c_str()) == 0; }},
        {"make_folder", [=] { return mkdir((folder + "/d").c_str(), 0700) == 0; }},
        {"make_link", [=] { return symlink("/etc/passwd", (folder + "/l").c_str()) == 0; }},
        {"change_mode", [=] { return chmod((folder + "/secret").c_str(), 0777) == 0; }},
        {"connect_tcp", [] { return can_connect_inet(SOCK_STREAM); }},
        {"send_udp", [] { return can_connect_inet(SOCK_DGRAM); }},
        {"raw_socket", [] { return can_connect_inet(SOCK_RAW); }},
        {"unix_socket", [] { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
        {"socket_pair",
         [] {
             int ends[2];
             return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0;
         }},
        {"fork",
         [] {
             const pid_t child = fork();
             if (child == 0) _exit(0);
             return child > 0;
         }},
        {"vfork", [] { return syscall(SYS_vfork) >= 0; }},
        {"clone_process", [] { return syscall(SYS_clone, SIGCHLD, nullptr) >= 0; }},
        {"exec",
         [] {
             execl("/bin/true", "true", nullptr);
             return false;
         }},
        {"ptrace_parent", [=] { return ptrace(PTRACE_ATTACH, parent, nullptr, nullptr) == 0; }},
        {"read_memory_of_parent",
         [=] {
             char byte = 0;
             iovec here{&byte, 1};
             iovec there{reinterpret_cast<void*>(0x400000), 1};
             return process_vm_readv(parent, &here, 1, &there, 1, 0) >= 0;
         }},
        {"kill_parent", [=] { return kill(parent, 0) == 0; }},
        {"signal_parent_thread", [=] { return syscall(SYS_tgkill, parent, parent, 0) == 0; }},
        {"make_code", [] { return can_make_code(); }},
        {"load_library",
         [] {
             return dlopen("libX11.so.6", RTLD_NOW) != nullptr ||
                    dlopen("libanl.so.1", RTLD_NOW) != nullptr;
         }},
        {"raise_limits", [] { return can_raise_limits(); }},
        {"become_dumpable", [] { return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0; }},
        {"mount", [=] { return mount("none", folder.c_str(), "tmpfs", 0, nullptr) == 0; }},
        {"new_user_namespace", [] { return syscall(SYS_unshare, 0x10000000) == 0; }},
        {"shared_memory", [] { return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) >= 0; }},
        {"memory_file", [] { return syscall(SYS_memfd_create, "x", 0) >= 0; }},
        {"key_ring", [] { return syscall(SYS_keyctl, 0, -3, 0) >= 0; }},
        {"io_uring",
         [] {
             char parameters[256] = {};
             return syscall(SYS_io_uring_setup, 1, parameters) >= 0;
         }},
        {"bpf", [] { return syscall(SYS_bpf, 0, nullptr, 0) >= 0 || errno == EFAULT; }},
        {"change_folder", [] { return chdir("/etc") == 0; }},
        {"change_root", [] { return chroot("/etc") == 0; }},
        {"set_clock",
         [] {
             timespec now{};
             clock_gettime(CLOCK_REALTIME, &now);
             return clock_settime(CLOCK_REALTIME, &now) == 0;
         }},
    };
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) return 2;
    const pid_t parent = getppid();
    auto all = attempts(argv[2], parent);
    if (std::strcmp(argv[1], "--list") == 0) {
        for (const auto& [name, attempt] : all) std::printf("%s\n", name.c_str());
        return 0;
    }
    const auto found = all.find(argv[1]);
    if (found == all.end()) return 2;
    const bool outside = argc > 3 && std::strcmp(argv[3], "--without-sandbox") == 0;
    if (!outside && !capture::reader::enter_reader_sandbox(1u << 30)) return 3;
    _exit(found->second() ? 1 : 0);
}
