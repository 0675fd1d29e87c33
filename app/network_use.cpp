#include "app/network_use.h"

#include <algorithm>
#include <ctime>
#include <mutex>

namespace app {
namespace {

std::string now_utc()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[sizeof "2026-11-22T09:00:00Z"];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

class Uses {
public:
    static Uses& instance()
    {
        static Uses uses;
        return uses;
    }
    void add(std::string_view host, std::uint64_t sent, std::uint64_t received, bool asked)
    {
        if (sent == 0 && received == 0) return;
        const std::scoped_lock lock{mutex_};
        auto found = std::find_if(hosts_.begin(), hosts_.end(), [&](const HostUse& use) {
            return use.host == host;
        });
        if (found == hosts_.end()) {
            hosts_.push_back({std::string{host}, false, 0, 0, {}});
            found = hosts_.end() - 1;
        }
        found->asked = found->asked || asked;
        found->sent_bytes += sent;
        found->received_bytes += received;
        found->last = now_utc();
    }
    std::vector<HostUse> all()
    {
        const std::scoped_lock lock{mutex_};
        return hosts_;
    }

private:
    std::mutex mutex_;
    std::vector<HostUse> hosts_;
};

} // namespace

std::vector<HostUse> network_use()
{
    return Uses::instance().all();
}

void count_sent(std::string_view host, std::uint64_t bytes, Purpose purpose)
{
    Uses::instance().add(host, bytes, 0, purpose == Purpose::Ask);
}

void count_received(std::string_view host, std::uint64_t bytes)
{
    Uses::instance().add(host, 0, bytes, false);
}

} // namespace app
