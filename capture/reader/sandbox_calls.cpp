#include "capture/reader/sandbox.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace capture::reader {
namespace {

/// pthread_create of glibc, exactly: nothing else may ask for a new task.
constexpr std::uint64_t kThreadFlags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM |
                                       CLONE_SIGHAND | CLONE_THREAD | CLONE_SETTLS |
                                       CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;

/// A filter under construction; the first rule that the kernel refuses is remembered.
class Filter {
public:
    explicit Filter(std::uint32_t otherwise) : context_(seccomp_init(otherwise)) {}
    ~Filter() { seccomp_release(context_); }
    Filter(const Filter&) = delete;
    Filter& operator=(const Filter&) = delete;

    template <typename... Condition>
    void rule(std::uint32_t action, const char* call, Condition... conditions)
    {
        const int number = seccomp_syscall_resolve_name(call);
        if (number == __NR_SCMP_ERROR) return; // not on this architecture
        const std::array<scmp_arg_cmp, sizeof...(conditions)> list{conditions...};
        const int status = seccomp_rule_add_array(
            context_,
            action,
            number,
            static_cast<unsigned>(list.size()),
            list.data());
        if (status < 0 && error_ == 0) error_ = status;
    }
    template <typename Names>
    void rules(std::uint32_t action, const Names& calls)
    {
        for (const char* call : calls) rule(action, call);
    }
    Result<void> load()
    {
        // Threads that run already (the watchdog) are held too.
        if (error_ == 0) error_ = seccomp_attr_set(context_, SCMP_FLTATR_CTL_TSYNC, 1);
        if (error_ == 0) error_ = seccomp_load(context_);
        if (error_ == 0) return {};
        return fail(
            ErrorCode::Internal,
            fmt::format("The sandbox cannot limit system calls (error {}).", -error_),
            "The kernel must be built with seccomp filters; every kernel of Debian is.");
    }

private:
    scmp_filter_ctx context_;
    int error_ = 0;
};

scmp_arg_cmp has_bits(unsigned argument, std::uint64_t mask, std::uint64_t value)
{
    return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

scmp_arg_cmp equals(unsigned argument, std::uint64_t value)
{
    return {argument, SCMP_CMP_EQ, value, 0};
}

constexpr std::array kHarmless = {
    "read",
    "pread64",
    "readv",
    "preadv",
    "write",
    "writev",
    "close",
    "lseek",
    "fstat",
    "newfstatat",
    "stat",
    "lstat",
    "statx",
    "statfs",
    "fstatfs",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
    "getdents64",
    "getcwd",
    "munmap",
    "mremap",
    "madvise",
    "brk",
    "fadvise64",
    "futex",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigaltstack",
    "exit",
    "exit_group",
    "gettid",
    "getpid",
    "getppid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "clock_gettime",
    "clock_getres",
    "clock_nanosleep",
    "nanosleep",
    "gettimeofday",
    "time",
    "times",
    "sched_yield",
    "sched_getaffinity",
    "getrandom",
    "poll",
    "ppoll",
    "set_robust_list",
    "rseq",
    "set_tid_address",
    "restart_syscall",
    "getrusage",
    "sysinfo",
    "uname",
    "getrlimit",
    "setrlimit",
    "dup",
    "membarrier",
    "mincore"};

/// No library that parses files has a reason to call these: whoever does has been taken over.
constexpr std::array kDeadly =
    {"execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev"};

constexpr std::array kForbiddenToOffice = {
    "connect",
    "sendmsg",
    "sendto",
    "sendmmsg",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "unshare",
    "setns",
    "bpf",
    "perf_event_open",
    "keyctl",
    "add_key",
    "request_key",
    "kexec_load",
    "init_module",
    "finit_module",
    "delete_module",
    "reboot",
    "swapon",
    "swapoff",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "setsid",
    "setpgid",
    "open_by_handle_at",
    "name_to_handle_at",
    "pidfd_open",
    "pidfd_getfd",
    "acct",
    "quotactl",
    "syslog",
    "iopl",
    "ioperm",
    "fsopen",
    "fsmount",
    "move_mount",
    "open_tree",
    "mount_setattr"};

} // namespace

Result<void> limit_system_calls()
{
    constexpr std::uint32_t kAllow = SCMP_ACT_ALLOW;
    Filter filter(SCMP_ACT_ERRNO(EPERM));
    filter.rules(kAllow, kHarmless);
    filter.rules(SCMP_ACT_KILL_PROCESS, kDeadly);

    // Reading only: no flag that creates, truncates, appends or makes temporary files.
    constexpr std::uint64_t kWriting =
        O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    filter.rule(kAllow, "open", has_bits(1, kWriting, O_RDONLY));
    filter.rule(kAllow, "openat", has_bits(2, kWriting, O_RDONLY));
    // No memory becomes code.
    filter.rule(kAllow, "mmap", has_bits(2, PROT_EXEC, 0));
    filter.rule(kAllow, "mprotect", has_bits(2, PROT_EXEC, 0));
    // Threads, no processes; glibc falls back to clone() when clone3() is not there.
    filter.rule(kAllow, "clone", equals(0, kThreadFlags));
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    // abort() signals itself; nobody else.
    filter.rule(kAllow, "tgkill", equals(0, static_cast<std::uint64_t>(getpid())));
    filter.rule(kAllow, "prlimit64", equals(0, 0));
    filter.rule(kAllow, "prctl", equals(0, PR_SET_NAME));
    // To install one more filter (forbid_threads); a filter only ever takes away.
    filter.rule(kAllow, "seccomp");
    filter.rule(kAllow, "prctl", equals(0, PR_SET_NO_NEW_PRIVS));
    for (const int command : {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD, F_DUPFD_CLOEXEC}) {
        filter.rule(kAllow, "fcntl", equals(1, static_cast<std::uint64_t>(command)));
    }
    // stdio asks whether its file is a terminal.
    filter.rule(SCMP_ACT_ERRNO(ENOTTY), "ioctl");
    return filter.load();
}

Result<void> forbid_threads()
{
    Filter filter(SCMP_ACT_ALLOW);
    filter.rule(SCMP_ACT_ERRNO(EAGAIN), "clone");
    return filter.load();
}

Result<void> limit_system_calls_of_office()
{
    Filter filter(SCMP_ACT_ALLOW);
    filter.rules(SCMP_ACT_ERRNO(EPERM), kForbiddenToOffice);
    // LibreOffice listens on a socket in /tmp for a second instance of itself and gives up where
    // that fails. It is told that it worked; the socket has no name, and nothing can be reached
    // through it.
    filter.rule(SCMP_ACT_ERRNO(0), "bind");
    filter.rule(SCMP_ACT_ERRNO(0), "listen");
    constexpr std::uint64_t kLocal = 1; // AF_UNIX
    filter.rule(SCMP_ACT_ERRNO(EACCES), "socket", scmp_arg_cmp{0, SCMP_CMP_NE, kLocal, 0});
    return filter.load();
}

} // namespace capture::reader
