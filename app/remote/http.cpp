#include "app/remote/http.h"

#include "app/network_use.h"
#include "app/text.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <optional>

namespace app::remote {
namespace {

constexpr std::size_t kMaxLineBytes = 1 << 20;
constexpr std::size_t kMaxAnswerBytes = std::size_t{16} << 20;
constexpr long kConnectTimeout_s = 5;
constexpr long kSilence_s = 120; // a large model thinks before its first word

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// An answer as it comes, as the callbacks of libcurl see it.
struct Answer {
    const HttpRequest* request = nullptr;
    CURL* easy = nullptr;
    std::stop_token stop;
    std::string line;
    std::string refusal; // the beginning of the body of an answer that is none
    std::size_t bytes = 0;
    bool enough = false;
    bool too_much = false;
    std::string host;
    curl_off_t sent_bytes = 0; // of the body, counted so far

    long status() const
    {
        long code = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
        return code;
    }
    void end_line()
    {
        if (line.ends_with('\r')) line.pop_back();
        enough = !request->on_line(line);
        line.clear();
    }
};

std::size_t hear(char* data, std::size_t, std::size_t size, void* user)
{
    auto& answer = *static_cast<Answer*>(user);
    const std::string_view block(data, size);
    answer.bytes += size;
    count_received(answer.host, size);
    if (answer.status() != 200) {
        answer.refusal +=
            block.substr(0, 2000 - std::min<std::size_t>(answer.refusal.size(), 2000));
        return size;
    }
    for (const char c : block) {
        if (c == '\n')
            answer.end_line();
        else
            answer.line += c;
        if (answer.enough) return 0;
    }
    answer.too_much = answer.line.size() > kMaxLineBytes || answer.bytes > kMaxAnswerBytes;
    return answer.too_much ? 0 : size;
}

int keep_going(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t sent_bytes)
{
    auto& answer = *static_cast<Answer*>(user);
    if (sent_bytes > answer.sent_bytes)
        count_sent(
            answer.host,
            static_cast<std::uint64_t>(sent_bytes - answer.sent_bytes),
            Purpose::Ask);
    answer.sent_bytes = sent_bytes;
    return answer.stop.stop_requested() ? 1 : 0;
}

bool is_this_machine(std::string_view host)
{
    return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

Error refused(const Answer& answer, const std::string& host)
{
    const long status = answer.status();
    const bool key = status == 401 || status == 403;
    return {
        ErrorCode::Unavailable,
        fmt::format(
            "{} answers {}: {}.",
            host,
            status,
            shortened(one_line(clean_utf8(answer.refusal)), 200)),
        key ? "Put the key of that server into the variable PERCEPT_API_KEY."
            : "Check the address; it usually ends in /v1. A model is named after #."};
}

} // namespace

Result<void> perform(const HttpRequest& request, const std::stop_token& stop)
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
    if (!easy) return fail(ErrorCode::OutOfMemory, "libcurl does not start.");
    const std::string host = host_of(request.url);
    std::unique_ptr<curl_slist, FreeList> headers(
        curl_slist_append(nullptr, "Content-Type: application/json"));
    if (!request.key.empty())
        headers.reset(
            curl_slist_append(headers.release(), ("Authorization: Bearer " + request.key).c_str()));
    Answer answer;
    answer.request = &request;
    answer.easy = easy.get();
    answer.stop = stop;
    answer.host = host;
    const auto set = [&](CURLoption option, auto value) {
        curl_easy_setopt(easy.get(), option, value);
    };
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, kConnectTimeout_s);
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, kSilence_s);
    set(CURLOPT_USERAGENT, "percept");
    set(CURLOPT_HTTPHEADER, headers.get());
    if (is_this_machine(host)) set(CURLOPT_PROXY, "");
    if (!request.body.empty()) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(CURLOPT_POSTFIELDS, request.body.c_str());
    }
    set(CURLOPT_WRITEFUNCTION, &hear);
    set(CURLOPT_WRITEDATA, &answer);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &keep_going);
    set(CURLOPT_XFERINFODATA, &answer);

    const CURLcode code = curl_easy_perform(easy.get());
    long head_bytes = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_REQUEST_SIZE, &head_bytes);
    count_sent(host, static_cast<std::uint64_t>(head_bytes), Purpose::Ask);
    if (code == CURLE_OK && answer.status() != 200) return tl::unexpected(refused(answer, host));
    if (code == CURLE_OK && !answer.line.empty()) answer.end_line();
    if (code == CURLE_OK || answer.enough) return {};
    if (answer.too_much)
        return fail(
            ErrorCode::LimitExceeded,
            fmt::format("{} sends more than an answer can be.", host),
            "Ask another server, or let the starter answer.");
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return fail(ErrorCode::Cancelled, "The question was stopped.");
    return fail(
        ErrorCode::NetworkUnavailable,
        fmt::format("{} does not answer ({}).", host, curl_easy_strerror(code)),
        "Check that the server runs and the address is right, or let the starter answer.");
}

std::string host_of(std::string_view url)
{
    const auto begin = url.find("://");
    const auto rest = begin == std::string_view::npos ? url : url.substr(begin + 3);
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    return std::string{host.substr(host.find('@') + 1)}; // npos + 1 is 0; a password is not shown
}

} // namespace app::remote
