#include "capture/reader/fence.h"
#include "capture/reader/prepare.h"
#include "capture/reader/sandbox.h"
#include "capture/reader/server.h"

#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <string_view>
#include <thread>
#include <unistd.h>

namespace {

/// A parser that hangs does not notice that its client has gone. PR_SET_PDEATHSIG would: but it
/// fires when the thread that started us ends, and clients hand us from thread to thread.
void end_with_the_client()
{
    std::thread([] {
        pollfd channel{capture::reader::kChannelFd, POLLRDHUP, 0};
        while (poll(&channel, 1, -1) < 0) {
        }
        _exit(0);
    }).detach();
}

} // namespace

int main(int argc, char** argv)
{
    using namespace capture::reader;
    if (argc > 1 && std::string_view(argv[1]) == "--fence") return run_fenced(argc - 2, argv + 2);
    if (argc > 1 || fcntl(kChannelFd, F_GETFD) < 0 || fcntl(kFileFd, F_GETFD) < 0) {
        fmt::print(
            stderr,
            "percept-reader reads files for Percept's other programs and is started by them.\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    Server server(kChannelFd);
    const auto start = server.receive_start();
    if (!start) return 1;
    Input input(kFileFd, start->options, start->limits);
    prepare_libraries();
    // A mapped file counts as address space; only files up to 2 GiB are mapped.
    const auto mapped = std::min<std::uint64_t>(input.size_bytes(), 2ull << 30);
    auto warnings = enter_reader_sandbox(start->limits.memory_bytes + mapped);
    if (!warnings) {
        try {
            server.fail_with(warnings.error());
        } catch (const ClientGone&) {
            return 1;
        }
        return 1;
    }
    end_with_the_client();
    server.serve(input, std::move(*warnings));
    // Destructors and exit handlers of the libraries have nothing to save.
    _exit(0);
}
