#pragma once

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace models_test {

/// What the server does with a path.
struct Served {
    std::string content = {};
    bool ranges = true;
    std::size_t cut_after = std::string::npos; // closes the connection after so many bytes, once
    std::string redirect = {};
    std::string type = "application/octet-stream";
};

/// A real HTTP server on the loopback, one connection after another: as much of HTTP/1.1 as a
/// download needs, and the failures that one meets.
class LoopbackServer {
public:
    LoopbackServer()
    {
        listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::system_error(errno, std::generic_category(), "bind");
        socklen_t size = sizeof address;
        ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        ::listen(listening_, 8);
        thread_ = std::thread([this] { run(); });
    }
    ~LoopbackServer()
    {
        stopping_ = true;
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        ::close(listening_);
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;

    std::string url(const std::string& path) const
    {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    void serve(const std::string& path, Served served)
    {
        const std::lock_guard lock(mutex_);
        served_[path] = std::move(served);
    }
    /// First lines and Range headers of all requests so far: "GET /a", "GET /a bytes=5-".
    std::vector<std::string> requests()
    {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

private:
    void run()
    {
        for (;;) {
            const int connection = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
            if (stopping_) {
                if (connection >= 0) ::close(connection);
                return;
            }
            if (connection < 0) continue;
            answer(connection);
            ::close(connection);
        }
    }
    static void send_all(int connection, std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t n = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    void answer(int connection)
    {
        std::string request;
        char block[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const ssize_t n = ::recv(connection, block, sizeof block, 0);
            if (n <= 0) return;
            request.append(block, static_cast<std::size_t>(n));
        }
        const std::string path = request.substr(4, request.find(' ', 4) - 4);
        const auto range = request.find("Range: ");
        std::string asked;
        if (range != std::string::npos)
            asked = request.substr(range + 7, request.find('\r', range) - range - 7);
        const std::lock_guard lock(mutex_);
        requests_.push_back("GET " + path + (asked.empty() ? "" : " " + asked));
        const auto found = served_.find(path);
        if (found == served_.end()) {
            send_all(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        Served& served = found->second;
        if (!served.redirect.empty()) {
            send_all(
                connection,
                "HTTP/1.1 302 Found\r\nLocation: " + served.redirect +
                    "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        std::size_t begin = 0;
        std::string head = "HTTP/1.1 200 OK\r\n";
        if (!asked.empty() && served.ranges) {
            begin = std::min(std::stoul(asked.substr(6)), served.content.size());
            head = "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + std::to_string(begin) +
                   "-" + std::to_string(served.content.size() - 1) + "/" +
                   std::to_string(served.content.size()) + "\r\n";
        }
        const std::string_view body = std::string_view(served.content).substr(begin);
        send_all(
            connection,
            head + "Content-Type: " + served.type + "\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n");
        send_all(connection, body.substr(0, served.cut_after));
        served.cut_after = std::string::npos;
    }

    int listening_ = -1;
    int port_ = 0;
    std::thread thread_;
    std::mutex mutex_;
    std::atomic<bool> stopping_{false};
    std::map<std::string, Served> served_;
    std::vector<std::string> requests_;
};

} // namespace models_test
