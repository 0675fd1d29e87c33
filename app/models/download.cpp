#include "app/models/download.h"

#include "app/network_use.h"
#include "base/io.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <optional>

namespace app::models {
namespace {

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

Error stopped()
{
    return {
        ErrorCode::Cancelled,
        "The download was stopped.",
        "Start it again; it goes on where it was."};
}

/// One attempt, as the callbacks of libcurl see it.
struct Transfer {
    const Download* what = nullptr;
    base::File* file = nullptr;
    std::uint64_t done_bytes = 0; // in the part
    std::stop_token stop;
    std::optional<Error> error; // of our own, which libcurl only knows as "write failed"
};

std::size_t write_block(char* data, std::size_t, std::size_t size, void* user)
{
    auto& transfer = *static_cast<Transfer*>(user);
    count_received(host_of(transfer.what->url), size);
    if (transfer.stop.stop_requested()) {
        transfer.error = stopped();
        return 0;
    }
    if (transfer.done_bytes + size > transfer.what->size_bytes) {
        transfer.error = Error{
            ErrorCode::ChecksumMismatch,
            fmt::format("{} sends more bytes than were published.", host_of(transfer.what->url)),
            {}};
        return 0;
    }
    if (auto written = transfer.file->write_all(std::string_view(data, size)); !written) {
        transfer.error = written.error();
        return 0;
    }
    transfer.done_bytes += size;
    if (transfer.what->on_progress) transfer.what->on_progress(transfer.done_bytes);
    return size;
}

int keep_going(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<Transfer*>(user)->stop.stop_requested() ? 1 : 0;
}

void set_options(CURL* easy, const Download& what, Transfer& transfer)
{
    // A redirect must not lead a https address to a plain one.
    const bool secure = what.url.starts_with("https://");
    curl_easy_setopt(easy, CURLOPT_URL, what.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(what.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(what.silence.count()));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "percept");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, write_block);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, keep_going);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &transfer);
    if (transfer.done_bytes > 0)
        curl_easy_setopt(
            easy,
            CURLOPT_RESUME_FROM_LARGE,
            static_cast<curl_off_t>(transfer.done_bytes));
}

Error error_of(CURLcode code, CURL* easy, const Download& what)
{
    const std::string host = host_of(what.url);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_ABORTED_BY_CALLBACK) return stopped();
    if (code == CURLE_HTTP_RETURNED_ERROR)
        return {
            status == 404 || status == 410 || status == 401 || status == 403
                ? ErrorCode::FileNotFound
                : ErrorCode::NetworkUnavailable,
            fmt::format("{} answers {} for {}.", host, status, what.url),
            {}};
    return {
        ErrorCode::NetworkUnavailable,
        fmt::format("{} cannot be reached ({}).", host, curl_easy_strerror(code)),
        "Check the connection, and https_proxy where there is a proxy."};
}

/// Whether the server would not continue the part: then it is fetched from the beginning.
bool refused_to_continue(CURLcode code, CURL* easy)
{
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    return code == CURLE_RANGE_ERROR || (code == CURLE_HTTP_RETURNED_ERROR && status == 416);
}

} // namespace

Result<void> download(const Download& what, const std::stop_token& stop)
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });

    std::error_code ignored;
    if (std::filesystem::file_size(what.part, ignored) > what.size_bytes && !ignored)
        if (auto gone = base::remove_file(what.part); !gone) return gone;
    auto file = base::File::open(what.part, base::File::Mode::Append);
    if (!file) return tl::unexpected(file.error());
    Transfer transfer{&what, &*file, file->size().value_or(0), stop, {}};

    for (;;) {
        if (transfer.done_bytes == what.size_bytes) return file->sync();
        const bool continuing = transfer.done_bytes > 0;
        const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
        if (!easy) return fail(ErrorCode::OutOfMemory, "libcurl does not start.");
        set_options(easy.get(), what, transfer);
        const CURLcode code = curl_easy_perform(easy.get());
        long request_bytes = 0;
        curl_easy_getinfo(easy.get(), CURLINFO_REQUEST_SIZE, &request_bytes);
        count_sent(
            host_of(what.url),
            static_cast<std::uint64_t>(request_bytes),
            Purpose::FetchModel);
        if (transfer.error) return tl::unexpected(*transfer.error);
        if (continuing && refused_to_continue(code, easy.get())) {
            if (auto emptied = file->truncate(0); !emptied) return emptied;
            transfer.done_bytes = 0;
            continue;
        }
        if (code != CURLE_OK) return tl::unexpected(error_of(code, easy.get(), what));
        if (transfer.done_bytes == what.size_bytes) return file->sync();
        return fail(
            ErrorCode::ChecksumMismatch,
            fmt::format(
                "{} sends {} bytes, but {} were published.",
                host_of(what.url),
                transfer.done_bytes,
                what.size_bytes));
    }
}

std::string host_of(const std::string& url)
{
    const auto begin = url.find("://");
    if (begin == std::string::npos) return url;
    return url.substr(begin + 3, url.find('/', begin + 3) - begin - 3);
}

} // namespace app::models
