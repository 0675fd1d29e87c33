#include "capture/reader/pdf_salvage.h"

#include <cctype>
#include <fmt/format.h>
#include <optional>
#include <string_view>
#include <vector>

namespace capture::reader {
namespace {

constexpr std::size_t kMaxPages = 20'000;
constexpr std::size_t kMaxObjectBytes = 64u << 10; // of a page's dictionary
constexpr int kFirstNewObject = 8'000'000;         // above the numbers that files use

bool is_space(char c)
{
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// The "12 0" in front of the "obj" at `at`.
std::optional<std::string> object_number(std::string_view text, std::size_t at)
{
    std::size_t from = at;
    const auto skip = [&](auto&& predicate) {
        const std::size_t before = from;
        while (from > 0 && predicate(text[from - 1]) && before - from < 12) --from;
        return before - from;
    };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool found =
        skip(is_space) > 0 && skip(is_digit) > 0 && skip(is_space) > 0 && skip(is_digit) > 0;
    if (!found) return std::nullopt;
    return std::string(text.substr(from, at - from)) + "R ";
}

/// Whether the object is a page: "/Type /Page" and not "/Type /Pages".
bool is_page(std::string_view object)
{
    for (std::size_t at = 0; (at = object.find("/Type", at)) != std::string_view::npos;) {
        at += 5;
        std::string_view rest = object.substr(at);
        while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
        if (rest.starts_with("/Page") &&
            (rest.size() == 5 || std::isalpha(static_cast<unsigned char>(rest[5])) == 0)) {
            return true;
        }
    }
    return false;
}

} // namespace

std::string salvage_pdf(std::span<const std::byte> bytes)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    std::string kids;
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find("obj", at)) != std::string_view::npos; at += 3) {
        const auto number = object_number(text, at);
        if (!number || count >= kMaxPages) continue;
        std::string_view object = text.substr(at + 3, kMaxObjectBytes);
        // A page that is cut off within its dictionary is no page.
        const std::size_t end = object.find("endobj");
        if (end == std::string_view::npos) continue;
        object = object.substr(0, end);
        object = object.substr(0, object.find("stream"));
        if (!is_page(object)) continue;
        kids += *number;
        ++count;
    }
    if (count == 0) return {};
    return std::string(text) +
           fmt::format(
               "\nendstream endobj\n{0} 0 obj\n<< /Type /Pages /Count {2} /Kids [{3}] >>\nendobj\n"
               "{1} 0 obj\n<< /Type /Catalog /Pages {0} 0 R >>\nendobj\n"
               "trailer\n<< /Root {1} 0 R /Size {4} >>\n",
               kFirstNewObject,
               kFirstNewObject + 1,
               count,
               kids,
               kFirstNewObject + 2);
}

} // namespace capture::reader
