#include "tests/engine/formats/tiny_tar.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <zlib.h>

namespace tiny_files {
namespace {

constexpr std::size_t kBlock = 512;

std::string octal(std::size_t value, int digits)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%0*zo", digits, value);
    return text;
}

void put(std::string& header, std::size_t at, std::string_view text)
{
    std::ranges::copy(text, header.begin() + static_cast<std::ptrdiff_t>(at));
}

} // namespace

std::string tar(const std::vector<TarEntry>& entries)
{
    std::string out;
    for (const TarEntry& entry : entries) {
        std::string header(kBlock, '\0');
        put(header, 0, std::string_view(entry.name).substr(0, 100));
        put(header, 100, "0000644");
        put(header, 124, entry.size.empty() ? octal(entry.content.size(), 11) : entry.size);
        put(header, 148, "        ");
        header[156] = entry.type;
        put(header, 257, std::string_view("ustar\00000", 8));
        std::size_t sum = entry.bad_checksum ? 1 : 0;
        for (const char c : header) sum += static_cast<unsigned char>(c);
        put(header, 148, octal(sum, 6));
        header[154] = '\0';
        out += header + entry.content;
        out.append((kBlock - entry.content.size() % kBlock) % kBlock, '\0');
    }
    out.append(2 * kBlock, '\0');
    return out;
}

std::string gzip(const std::string& bytes)
{
    z_stream stream{};
    if (::deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        std::abort();
    std::string out(::deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (::deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

} // namespace tiny_files
