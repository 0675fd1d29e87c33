#include "capture/reader_client.h"

#include "base/blocking.h"
#include "base/io.h"
#include "capture/office.h"
#include "capture/open_file.h"
#include "capture/reader_session.h"
#include "capture/spawn.h"

#include <cerrno>
#include <optional>
#include <span>
#include <unistd.h>
#include <vector>

namespace capture {
namespace {

class SandboxedReader final : public FileReader {
public:
    explicit SandboxedReader(ReaderSession session) : session_(std::move(session)) {}

    const FileInfo& info() const override { return session_.info(); }
    Result<void>
    read_pages(int first, int last, const ReadHandler& handler, std::stop_token stop) override
    {
        return session_.read_pages({first, last}, handler, stop);
    }
    Result<void>
    read_media(const MediaRange& range, const ReadHandler& handler, std::stop_token stop) override
    {
        return session_.read_media(range, handler, stop);
    }
    Result<void>
    play(const PlayRange& range, const PlayHandler& handler, std::stop_token stop) override
    {
        return session_.play(range, handler, stop);
    }
    Result<PlayFrame> find_frame(
        const FrameQuery& query,
        const std::function<void(PlayFrame)>& on_preview,
        std::stop_token stop) override
    {
        return session_.find_frame(query, on_preview, stop);
    }
    Result<Picture> render_page(int page, double dpi, std::stop_token stop) override
    {
        return session_.render({page, dpi, 0}, stop);
    }
    Result<Picture> render_page_to_width(int page, int width_px, std::stop_token stop) override
    {
        return session_.render({page, 0, width_px}, stop);
    }

private:
    ReaderSession session_;
};

/// The PDF that an earlier call kept. nullopt: there is none, or it is damaged.
std::optional<ReaderSession> open_kept(
    const std::filesystem::path& program,
    const OpenOptions& options,
    const ReaderLimits& limits,
    const std::stop_token& stop)
{
    if (options.kept_pdf.empty()) return std::nullopt;
    auto file = open_regular_file(options.kept_pdf, options.name);
    if (!file) return std::nullopt;
    ReaderSession session(program, std::move(*file), options, limits);
    if (!session.open(stop) || session.info().kind != FileKind::Pdf) return std::nullopt;
    return session;
}

/// Whole or not at all. Where it cannot be kept, it is made again the next time.
void keep(const OpenFile& pdf, const std::filesystem::path& path)
{
    const std::filesystem::path part = path.string() + ".part";
    const auto copied = [&]() -> Result<void> {
        if (auto made = base::make_folders(path.parent_path()); !made) return made;
        auto out = base::File::open(part, base::File::Mode::Create);
        if (!out) return tl::unexpected(out.error());
        std::vector<std::byte> block(1u << 16);
        for (off_t at = 0;;) {
            const ssize_t got = pread(pdf.fd(), block.data(), block.size(), at);
            if (got < 0) return tl::unexpected(base::io_error("read", path, errno));
            if (got == 0) break;
            const auto bytes = std::span(block).first(static_cast<std::size_t>(got));
            if (auto wrote = out->write_all(bytes); !wrote) return wrote;
            at += got;
        }
        if (auto synced = out->sync(); !synced) return synced;
        return base::rename_atomically(part, path);
    }();
    if (!copied) (void)base::remove_file(part);
}

} // namespace

Result<std::unique_ptr<FileReader>> FileReader::open(
    const std::filesystem::path& path,
    const OpenOptions& open_options,
    const ReaderOptions& options,
    const std::stop_token& stop)
{
    BASE_MAY_BLOCK();
    OpenOptions named = open_options;
    if (named.name.empty()) named.name = shown_name(path);
    auto file = open_regular_file(path, named.name);
    if (!file) return tl::unexpected(file.error());

    const auto program =
        options.program.empty() ? own_folder() / "percept-reader" : options.program;
    ReaderSession session(program, std::move(*file), named, options.limits);
    if (auto opened = session.open(stop); !opened) return tl::unexpected(opened.error());
    if (session.info().kind == FileKind::Office) {
        const std::string format = session.info().format;
        auto kept = open_kept(program, named, options.limits, stop);
        if (kept) {
            session = std::move(*kept);
        } else {
            auto pdf = office_to_pdf(session.file_fd(), format, named.name, options, stop);
            if (!pdf) return tl::unexpected(pdf.error());
            if (!named.kept_pdf.empty()) keep(*pdf, named.kept_pdf);
            session = ReaderSession(program, std::move(*pdf), named, options.limits);
            if (auto opened = session.open(stop); !opened) return tl::unexpected(opened.error());
        }
        session.describe_as(FileKind::Office, format);
    }
    return std::make_unique<SandboxedReader>(std::move(session));
}

} // namespace capture
