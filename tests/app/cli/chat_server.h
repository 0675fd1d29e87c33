#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace cli_test {

/// A server on the loopback that answers like an OpenAI-compatible one, or not at all: what it says
/// to a request is the test's, byte for byte. One connection after another.
class ChatServer {
public:
    /// Gets the whole request; what it returns is sent, then the connection is closed. Nothing, or
    /// what unfinished() returns: it stays open until the other end has enough.
    using Answer = std::function<std::string(const std::string& request)>;
    explicit ChatServer(Answer answer) : answer_(std::move(answer))
    {
        listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        socklen_t size = sizeof address;
        ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        ::listen(listening_, 8);
        thread_ = std::thread([this] { run(); });
    }
    ~ChatServer()
    {
        stopping_ = true;
        ::shutdown(listening_, SHUT_RDWR);
        {
            const std::lock_guard lock(mutex_);
            if (connection_ >= 0) ::shutdown(connection_, SHUT_RDWR);
        }
        thread_.join();
        ::close(listening_);
    }
    ChatServer(const ChatServer&) = delete;
    ChatServer& operator=(const ChatServer&) = delete;

    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    std::string url() const { return "http://" + host() + "/v1"; }
    std::vector<std::string> requests()
    {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    static std::string unfinished(const std::string& answer) { return answer + kUnfinished; }
    static std::string ok(const std::string& body)
    {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body;
    }

private:
    static constexpr char kUnfinished = '\x04'; // no answer ends so

    void run()
    {
        for (;;) {
            const int connection = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0 || stopping_) {
                if (connection >= 0) ::close(connection);
                return;
            }
            {
                const std::lock_guard lock(mutex_);
                connection_ = connection;
            }
            const std::string request = read_request(connection);
            {
                const std::lock_guard lock(mutex_);
                requests_.push_back(request);
            }
            std::string answer = answer_(request);
            const bool goes_on = answer.empty() || answer.back() == kUnfinished;
            if (goes_on && !answer.empty()) answer.pop_back();
            for (std::size_t at = 0; at < answer.size();) {
                const auto sent =
                    ::send(connection, answer.data() + at, answer.size() - at, MSG_NOSIGNAL);
                if (sent <= 0) break;
                at += static_cast<std::size_t>(sent);
            }
            if (goes_on) wait_for_end(connection);
            const std::lock_guard lock(mutex_);
            ::close(connection);
            connection_ = -1;
        }
    }
    static void wait_for_end(int connection)
    {
        char byte = 0;
        while (::recv(connection, &byte, 1, 0) > 0) {
        }
    }
    static std::string read_request(int connection)
    {
        std::string request;
        char block[4096];
        for (;;) {
            const std::size_t end = request.find("\r\n\r\n");
            if (end != std::string::npos) {
                const std::size_t length = request.find("Content-Length: ");
                const std::size_t body =
                    length < end ? std::stoul(request.substr(length + 16)) : std::size_t{0};
                if (request.size() >= end + 4 + body) return request;
            }
            const auto got = ::recv(connection, block, sizeof block, 0);
            if (got <= 0) return request;
            request.append(block, static_cast<std::size_t>(got));
        }
    }

    Answer answer_;
    int listening_ = -1;
    int connection_ = -1;
    int port_ = 0;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

} // namespace cli_test
