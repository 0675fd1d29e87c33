#include "capture/reader_client.h"

#include "capture/office.h"
#include "capture/open_file.h"
#include "capture/reader_session.h"
#include "capture/spawn.h"

#include <unistd.h>

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
        return session_.render({page, dpi}, stop);
    }

private:
    ReaderSession session_;
};

} // namespace

Result<std::unique_ptr<FileReader>> FileReader::open(
    const std::filesystem::path& path,
    const OpenOptions& open_options,
    const ReaderOptions& options,
    const std::stop_token& stop)
{
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
        auto pdf = office_to_pdf(session.file_fd(), format, named.name, options, stop);
        if (!pdf) return tl::unexpected(pdf.error());
        session = ReaderSession(program, std::move(*pdf), named, options.limits);
        if (auto opened = session.open(stop); !opened) return tl::unexpected(opened.error());
        session.describe_as(FileKind::Office, format);
    }
    return std::make_unique<SandboxedReader>(std::move(session));
}

} // namespace capture
