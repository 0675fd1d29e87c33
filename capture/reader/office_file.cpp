#include "capture/reader/office_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace capture::reader {
namespace {

constexpr int kMaxEntries = 20'000;
constexpr std::size_t kMaxManifestBytes = 1u << 20; // thousands of entries

struct Kind {
    std::string_view mark;
    const char* format;
};

/// The part that each kind of OOXML document must have.
constexpr std::array kOoxml = {
    Kind{"word/document.xml", "DOCX"},
    Kind{"ppt/presentation.xml", "PPTX"},
    Kind{"xl/workbook.xml", "XLSX"},
    Kind{"xl/workbook.bin", "XLSB"}};
/// What the "mimetype" entry of OpenDocument begins with; templates and charts share the beginning.
constexpr std::array kOpenDocument = {
    Kind{"application/vnd.oasis.opendocument.text", "ODT"},
    Kind{"application/vnd.oasis.opendocument.spreadsheet", "ODS"},
    Kind{"application/vnd.oasis.opendocument.presentation", "ODP"},
    Kind{"application/vnd.oasis.opendocument.graphics", "ODG"}};

class Archive {
public:
    explicit Archive(std::span<const std::byte> bytes) : archive_(archive_read_new())
    {
        archive_read_support_format_zip_seekable(archive_);
        good_ = archive_read_open_memory(archive_, bytes.data(), bytes.size()) == ARCHIVE_OK;
    }
    ~Archive() { archive_read_free(archive_); }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    /// The next entry's name; nullopt at the end, or where the archive is damaged.
    std::optional<std::string_view> next()
    {
        archive_entry* entry = nullptr;
        if (!good_ || archive_read_next_header(archive_, &entry) > ARCHIVE_OK) return std::nullopt;
        if (entry == nullptr) return std::nullopt;
        const char* name = archive_entry_pathname_utf8(entry);
        if (name == nullptr) name = archive_entry_pathname(entry);
        return std::string_view(name != nullptr ? name : "");
    }
    std::string content(std::size_t max_bytes)
    {
        std::string out(max_bytes, '\0');
        const la_ssize_t got = archive_read_data(archive_, out.data(), out.size());
        out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return out;
    }

private:
    archive* archive_;
    bool good_ = false;
};

const char* opendocument_format(std::string_view mimetype)
{
    for (const Kind& kind : kOpenDocument) {
        if (mimetype.starts_with(kind.mark)) return kind.format;
    }
    return nullptr;
}

struct Found {
    const char* format = nullptr;
    bool encrypted = false;
};

Found look_into(Archive& archive)
{
    Found found;
    for (int i = 0; i < kMaxEntries; ++i) {
        const auto name = archive.next();
        if (!name) return found;
        if (*name == "mimetype") {
            const std::string mimetype = archive.content(256);
            if (mimetype == "application/epub+zip") return {};
            found.format = opendocument_format(mimetype);
        }
        // The last entry as a rule. An encrypted OOXML document is no archive (open_old).
        if (*name == "META-INF/manifest.xml") {
            const std::string manifest = archive.content(kMaxManifestBytes);
            found.encrypted = manifest.find(":encryption-data") != std::string::npos;
            if (found.format != nullptr) return found;
        }
        for (const Kind& kind : kOoxml) {
            if (*name == kind.mark) return {kind.format, false};
        }
    }
    return found;
}

Result<std::unique_ptr<Document>> encrypted(const Input& input)
{
    return fail(
        ErrorCode::PasswordNeeded,
        fmt::format("{} is an encrypted office document.", input.options().name),
        "Open it in its program and save it without a password, or as PDF.");
}

} // namespace

OfficeDocument::OfficeDocument(const char* format)
{
    info_.kind = FileKind::Office;
    info_.format = format;
}

std::unique_ptr<Document> OfficeDocument::of_format(const char* format)
{
    return std::unique_ptr<Document>(new OfficeDocument(format));
}

Result<std::unique_ptr<Document>> OfficeDocument::open_old(Input& input)
{
    const auto bytes = input.bytes();
    if (!bytes) return tl::unexpected(bytes.error());
    // The name of the stream in the container's directory, in UTF-16.
    const std::string_view content(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    std::string mark;
    for (const char c : std::string_view("EncryptedPackage")) mark.append({c, '\0'});
    if (content.find(mark) == std::string_view::npos) return of_format("DOC, XLS or PPT");
    return encrypted(input);
}

Result<std::unique_ptr<Document>> OfficeDocument::open_zip(Input& input)
{
    const auto bytes = input.bytes();
    if (!bytes) return tl::unexpected(bytes.error());
    Archive archive(*bytes);
    const Found found = look_into(archive);
    if (found.encrypted) return encrypted(input);
    if (found.format != nullptr) return of_format(found.format);
    return fail(
        ErrorCode::UnsupportedFile,
        fmt::format(
            "{} is an archive, and no office document was found in it.",
            input.options().name),
        "Unpack it and give the files in it.");
}

} // namespace capture::reader
