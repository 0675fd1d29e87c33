// Stands in for percept-reader and misbehaves as its own name says: the test starts it through a
// link. Speaks the protocol by hand, so that it can also speak it wrongly.
#include "capture/reader/protocol.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <limits>
#include <poll.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace capture;
using reader::Bytes;
using reader::ByteView;
using reader::MessageType;

void put(ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = write(reader::kChannelFd, bytes.data(), bytes.size());
        if (n <= 0) _exit(0);
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
}

void send(MessageType type, const Bytes& payload)
{
    put(reader::encode_header({static_cast<std::uint32_t>(payload.size()), type}));
    put(payload);
}

MessageType receive()
{
    std::array<std::byte, reader::kHeaderBytes> head{};
    std::size_t got = 0;
    const auto take = [](std::byte* to, std::size_t size) {
        const ssize_t n = read(reader::kChannelFd, to, size);
        if (n <= 0) _exit(0);
        return static_cast<std::size_t>(n);
    };
    while (got < head.size()) got += take(head.data() + got, head.size() - got);
    const auto header = *reader::decode_header(head);
    Bytes payload(header.size_bytes);
    for (got = 0; got < payload.size();) got += take(payload.data() + got, payload.size() - got);
    return header.type;
}

[[noreturn]] void hang()
{
    while (true) poll(nullptr, 0, -1);
}

void crash(int signal)
{
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    std::signal(signal, SIG_DFL);
    raise(signal);
}

Page page(int number)
{
    Page out;
    out.number = number;
    out.text = "Grüße an alle\n";
    out.words = {{0, 7, {0.1f, 0.1f, 0.2f, 0.2f}, 1}, {8, 10, {0.3f, 0.1f, 0.4f, 0.2f}, 1}};
    return out;
}

/// Before the file is described.
void misbehave_at_once(const std::string& how)
{
    if (how == "exits") _exit(3);
    if (how == "crashes") crash(SIGSEGV);
    if (how == "aborts") crash(SIGABRT);
    if (how == "is_killed") crash(SIGKILL);
    if (how == "breaks_the_sandbox") crash(SIGSYS);
    if (how == "uses_too_much_time") crash(SIGXCPU);
    if (how == "hangs") hang();
    if (how == "closes_the_channel") {
        close(reader::kChannelFd);
        hang();
    }
    if (how == "sends_garbage") {
        Bytes noise(4096);
        for (std::size_t i = 0; i < noise.size(); ++i)
            noise[i] = static_cast<std::byte>(i * 37 + 11);
        put(noise);
        hang();
    }
    if (how == "announces_too_much") {
        put(reader::encode_header({0xFFFFFFFF, MessageType::Info}));
        hang();
    }
    if (how == "begins_with_a_page") send(MessageType::Page, reader::encode(page(1)));
    if (how == "claims_a_billion_pages") {
        FileInfo info;
        info.pages = 1'000'000'000;
        send(MessageType::Info, reader::encode(info));
    }
    if (how == "fails_with_a_strange_code") {
        send(MessageType::Failed, reader::encode(Error{ErrorCode::LibraryDamaged, "no", ""}));
    }
}

/// In answer to a request for the pages 1 to 3.
void misbehave_on_pages(const std::string& how)
{
    Page bad = page(1);
    if (how == "crashes_on_a_page") crash(SIGSEGV);
    if (how == "hangs_on_a_page") hang();
    if (how == "drips") {
        // Says something all the time, and never comes to an end.
        while (true) {
            send(MessageType::Progress, reader::encode(reader::Progress{0, 1}));
            poll(nullptr, 0, 20);
        }
    }
    if (how == "floods") {
        while (true) send(MessageType::Warning, reader::encode(std::string(4000, 'x')));
    }
    if (how == "skips_a_page") bad.number = 2;
    if (how == "sends_no_page") return send(MessageType::Done, {});
    if (how == "sends_a_word_outside") bad.words[1].end = 4000;
    if (how == "cuts_a_character") bad.words[0].end = 3;
    if (how == "sends_words_backwards") std::swap(bad.words[0], bad.words[1]);
    if (how == "sends_bad_utf8") bad.text[2] = '\xFF';
    if (how == "sends_a_box_outside") bad.words[0].box.x1 = 1.5f;
    if (how == "sends_a_box_of_nan") bad.words[0].box.y0 = std::numeric_limits<float>::quiet_NaN();
    if (how == "sends_an_endless_width") bad.width_pt = std::numeric_limits<double>::infinity();
    if (how == "sends_lines_outside") bad.line_starts = {0, 400};
    if (how == "sends_sound") {
        return send(
            MessageType::Sound,
            reader::encode(AudioBlock{0, std::vector<float>(10, 0.0f)}));
    }
    if (how == "sends_more_than_the_page") {
        Bytes bytes = reader::encode(bad);
        bytes.push_back(std::byte{0});
        return send(MessageType::Page, bytes);
    }
    send(MessageType::Page, reader::encode(bad));
    for (int number = 2; number <= 3; ++number)
        send(MessageType::Page, reader::encode(page(number)));
    if (how == "sends_a_page_too_many") send(MessageType::Page, reader::encode(page(4)));
    send(MessageType::Done, {});
}

void misbehave_on_rendering(const std::string& how)
{
    reader::PictureSize size{10, 10};
    if (how == "draws_too_large") size = {1'000'000, 1'000'000};
    if (how == "draws_nothing") size = {0, 10};
    send(MessageType::Picture, reader::encode(size));
    send(MessageType::Pixels, Bytes(how == "draws_too_much" ? 400 : 300));
    send(MessageType::Done, {});
}

/// In LibreOffice's place, behind the fence: tries what it must not be able to do and reports as
/// its result what worked.
void try_to_escape()
{
    const std::string home = std::getenv("HOME");
    std::string worked = "what worked:";
    const auto attempt = [&](const char* name, bool success) {
        if (success) worked += std::string(" ") + name;
    };
    attempt("passwd", open("/etc/passwd", O_RDONLY) >= 0);
    attempt("tmp", open("/tmp/percept-escaped", O_WRONLY | O_CREAT, 0600) >= 0);
    attempt("list_tmp", open("/tmp", O_RDONLY | O_DIRECTORY) >= 0);
    attempt("home", open("/root", O_RDONLY | O_DIRECTORY) >= 0);
    attempt("environment", open("/proc/1/environ", O_RDONLY) >= 0);
    attempt("system", open("/usr/share/percept-escaped", O_WRONLY | O_CREAT, 0600) >= 0);
    attempt("internet", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    attempt("internet6", socket(AF_INET6, SOCK_DGRAM, 0) >= 0);
    sockaddr_un bus{};
    bus.sun_family = AF_UNIX;
    std::string("/run/dbus/system_bus_socket").copy(bus.sun_path, sizeof bus.sun_path - 1);
    const int local = socket(AF_UNIX, SOCK_STREAM, 0);
    attempt(
        "bus",
        connect(local, reinterpret_cast<sockaddr*>(&bus), sizeof bus) == 0 || errno != EPERM);
    attempt("leave_group", setsid() >= 0);
    attempt("kill_all", kill(1, 0) == 0);
    const pid_t child = fork(); // allowed: but it can run nothing else
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", "exit 0", nullptr);
        _exit(9);
    }
    int status = 0;
    waitpid(child, &status, 0);
    attempt("shell", WIFEXITED(status) && WEXITSTATUS(status) == 0);

    std::filesystem::create_directory(home + "/out");
    const int out = open((home + "/out/document.pdf").c_str(), O_WRONLY | O_CREAT, 0600);
    if (write(out, worked.data(), worked.size()) < 0) _exit(1);
    _exit(0);
}

/// In answer to Play or FindFrame.
void misbehave_on_playing(const std::string& how)
{
    const auto frame = [](double time_s, bool exact) {
        send(MessageType::PlayFrame, reader::encode(PlayFrame{time_s, exact, {2, 1, {}}}));
        send(MessageType::Pixels, Bytes(6));
    };
    const auto sound = [](double from_s, double to_s) {
        send(
            MessageType::PlaySound,
            reader::encode(PlaySound{from_s, to_s, 1, std::vector<float>(10)}));
    };
    if (how == "crashes_while_it_plays") crash(SIGSEGV);
    if (how == "plays_frames_backwards") {
        frame(2, true);
        frame(1, true);
    }
    if (how == "plays_sound_backwards") {
        sound(1, 2);
        sound(1.5, 2.5);
    }
    if (how == "plays_a_page") send(MessageType::Page, reader::encode(page(1)));
    if (how == "plays_sound_of_nan") {
        PlaySound block{0, 1, 1, {std::numeric_limits<float>::quiet_NaN()}};
        send(MessageType::PlaySound, reader::encode(block));
    }
    if (how == "finds_nothing") frame(1, false);
    if (how == "finds_too_much") {
        frame(1, true);
        frame(1, true);
    }
    if (how == "plays_on") {
        // Hears neither acknowledgements nor Stop.
        for (double at = 0;; at += 1e-3) sound(at, at + 1e-3);
    }
    send(MessageType::Done, {});
}

} // namespace

int main(int, char** argv)
{
    const std::string how = std::filesystem::path(argv[0]).filename();
    if (how == "tries_to_escape") try_to_escape();
    if (how == "reads_nothing") hang();
    receive();
    misbehave_at_once(how);
    FileInfo info;
    info.pages = 3;
    send(MessageType::Info, reader::encode(info));
    while (true) {
        const MessageType asked = receive();
        if (asked == MessageType::ReadPages) misbehave_on_pages(how);
        if (asked == MessageType::RenderPage) misbehave_on_rendering(how);
        if (asked == MessageType::Play || asked == MessageType::FindFrame) {
            misbehave_on_playing(how);
        }
    }
}
