#include "app/source_ingest.h"

#include "app/convert.h"
#include "app/copy_source.h"
#include "app/document_reading.h"

#include "app/log.h"
#include "app/media_reading.h"
#include "base/hash.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

/// One file on its way into the library.
class SourceIngest {
public:
    SourceIngest(IngestContext& context, const std::filesystem::path& path)
        : context_(context), file_{path, path.filename().string(), stop_.get_token()},
          with_all_(context.stop.get_token(), Stop{stop_}),
          alone_(
              context.request.stop_of ? context.request.stop_of(path) : std::stop_token{},
              Stop{stop_})
    {
        result_.source.path = path.string();
        result_.source.session = context.session;
        result_.source.kind = probable_kind(path);
    }

    IngestedSource run()
    {
        context_.reporter.progress(file_, IngestPhase::Opening, 0, 0);
        const auto sum = base::sha256_of_file(file_.path, file_.stop);
        if (!sum) return ended(sum.error());
        result_.source.sha256 = *sum;
        std::error_code ignored;
        result_.source.size_bytes = std::filesystem::file_size(file_.path, ignored);

        const auto here = context_.library.find_by_content(context_.session, *sum);
        if (!here) return library_failed(here.error());
        if (*here) return already_here(**here);
        const auto elsewhere = find_in_other_sessions(context_.library, context_.session, *sum);
        if (!elsewhere) return library_failed(elsewhere.error());
        if (*elsewhere) return copied(**elsewhere);
        return read();
    }

private:
    IngestedSource already_here(const storage::Source& source)
    {
        auto stored = stored_source(context_.library, source);
        if (!stored) return library_failed(stored.error());
        stored->source.elapsed_s = elapsed_s();
        stored->source.warnings.emplace_back(
            "This content is in the session already and was not read again.");
        return std::move(*stored);
    }

    IngestedSource copied(const storage::Source& from)
    {
        describe(from.kind, from.format, from.title, from.pages, from.duration_s);
        if (auto begun = begin(); !begun) return library_failed(begun.error());
        if (continued_) return read(); // half of it is here: copying would double what was heard
        result_.source.warnings = from.warnings;
        result_.source.warnings.push_back(
            fmt::format("The same content is in session {} and was not read again.", from.session));
        const auto copy = copy_source(context_, file_.stop, from, result_);
        if (!copy && copy.error().code != ErrorCode::Cancelled) return library_failed(copy.error());
        return copy ? ended(std::nullopt) : ended(copy.error());
    }

    IngestedSource read()
    {
        if (!context_.slots.acquire(file_.stop))
            return ended(Error{ErrorCode::Cancelled, "Stopped."});
        IngestedSource result = read_in_slot();
        context_.slots.release();
        return result;
    }

    IngestedSource read_in_slot()
    {
        auto reader = open_reader();
        if (!reader) {
            if (auto begun = begin(); !begun) return library_failed(begun.error());
            return ended(reader.error());
        }
        const capture::FileInfo info = (*reader)->info();
        describe(app::name(info.kind), info.format, info.title, info.pages, info.duration_s);
        if (auto begun = begin(); !begun) return library_failed(begun.error());
        for (const auto& warning : info.warnings) result_.source.warnings.push_back(warning);
        const bool media =
            info.kind == capture::FileKind::Audio || info.kind == capture::FileKind::Video;
        Result<void> done;
        if (media) {
            done = MediaReading{context_, file_, result_}.run(**reader);
        } else {
            // A second reader of an office file would convert it again.
            const bool may_use_two = info.kind == capture::FileKind::Pdf;
            DocumentReading reading{context_, file_, result_, [this] { return open_reader(); }};
            done = reading.run(std::move(*reader), may_use_two);
        }
        return ended(done ? std::optional<Error>{} : done.error());
    }

    Result<std::unique_ptr<capture::FileReader>> open_reader()
    {
        const capture::OpenOptions options{
            file_.name,
            context_.request.password,
            context_.request.ocr_language};
        return capture::FileReader::open(file_.path, options, context_.request.reader, file_.stop);
    }

    void describe(
        std::string_view kind,
        std::string format,
        std::string title,
        int pages,
        double duration_s)
    {
        result_.source.kind = kind;
        result_.source.format = std::move(format);
        result_.source.title = std::move(title);
        result_.source.pages = pages;
        result_.source.duration_s = duration_s;
    }

    Result<void> begin()
    {
        auto begun = find_or_add_row();
        if (begun) context_.reporter.begun(file_, result_.source);
        return begun;
    }

    /// A new row, or the row of an earlier run that did not come to its end.
    Result<void> find_or_add_row()
    {
        const auto sources = context_.library.sources(context_.session);
        if (!sources) return tl::unexpected(sources.error());
        for (const auto& source : *sources) {
            if (source.sha256 != result_.source.sha256 ||
                source.status == storage::SourceStatus::Ready)
                continue;
            const storage::Source described = result_.source;
            result_.source = source;
            result_.source.kind = described.kind;
            result_.source.format = described.format;
            result_.source.pages = described.pages;
            result_.source.duration_s = described.duration_s;
            result_.source.warnings.clear();
            result_.source.error.clear();
            continued_ = true;
            return {};
        }
        const auto id = context_.library.begin_source(context_.session, file_.path, result_.source);
        if (!id) return tl::unexpected(id.error());
        auto begun = context_.library.source(*id);
        if (!begun) return tl::unexpected(begun.error());
        result_.source = std::move(*begun);
        return {};
    }

    IngestedSource library_failed(const Error& error)
    {
        // The file may have gone or be locked away: that is its own failure, and the others go on.
        const bool of_the_file = error.code == ErrorCode::FileNotFound ||
                                 error.code == ErrorCode::FileUnreadable ||
                                 error.code == ErrorCode::Cancelled;
        if (!of_the_file) context_.give_up(error);
        return ended(error);
    }

    IngestedSource ended(const std::optional<Error>& error)
    {
        storage::Source& source = result_.source;
        result_.error = error;
        bool something = result_.passages > 0 || result_.segments > 0 || result_.frames > 0;
        if (source.id != 0) {
            if (continued_) count_what_is_stored();
            const auto pages = context_.library.page_numbers(source.id);
            const int held = pages ? static_cast<int>(pages->size()) : 0;
            something = held > 0 || result_.segments > 0 || result_.frames > 0;
            incomplete_ = held < source.pages;
        }
        source.elapsed_s = elapsed_s();
        source.status = status(error, something);
        source.error = error ? fmt::format("{}: {}", base::name(error->code), error->message) : "";
        if (source.id != 0) {
            if (auto finished = context_.library.finish_source(source); !finished) {
                context_.give_up(finished.error());
                // The row still says that it is being read: nobody may be told that it is ready.
                if (!error) result_.error = finished.error();
                source.status = status(result_.error, something);
            }
        }
        Log::instance().info(fmt::format(
            "ingest: source {} {} {}{}: {} pages, {} segments, {} frames, {} passages, {:.2f} s",
            source.id,
            source.kind,
            app::name(source.status),
            error ? fmt::format(" ({})", base::name(error->code)) : "",
            source.pages,
            result_.segments,
            result_.frames,
            result_.passages,
            source.elapsed_s));
        return std::move(result_);
    }

    /// An earlier run has stored the rest: what counts is what the library holds now.
    void count_what_is_stored()
    {
        auto stored = stored_source(context_.library, result_.source);
        if (!stored) return;
        result_.segments = stored->segments;
        result_.frames = stored->frames;
        result_.passages = stored->passages;
        result_.ocr_pages = std::move(stored->ocr_pages);
    }

    storage::SourceStatus status(const std::optional<Error>& error, bool something) const
    {
        if (error && error->code == ErrorCode::Cancelled) return storage::SourceStatus::Cancelled;
        if (error)
            return something ? storage::SourceStatus::Partial : storage::SourceStatus::Failed;
        if (incomplete_)
            return something ? storage::SourceStatus::Partial : storage::SourceStatus::Failed;
        return storage::SourceStatus::Ready;
    }

    double elapsed_s() const
    {
        return std::chrono::duration<double>(Clock::now() - began_).count();
    }

    struct Stop {
        std::stop_source source;
        void operator()() { source.request_stop(); }
    };

    IngestContext& context_;
    std::stop_source stop_;
    IngestFile file_;
    std::stop_callback<Stop> with_all_;
    std::stop_callback<Stop> alone_;
    IngestedSource result_;
    Clock::time_point began_ = Clock::now();
    bool continued_ = false;
    bool incomplete_ = false;
};

} // namespace

IngestedSource ingest_source(IngestContext& context, const PlannedFile& file)
{
    IngestedSource result;
    if (file.refused) {
        result.source.path = file.path.string();
        result.source.kind = probable_kind(file.path);
        result.source.status = storage::SourceStatus::Failed;
        result.error = file.refused;
    } else {
        result = SourceIngest{context, file.path}.run();
    }
    result.input = file.path;
    context.reporter.finished(result);
    return result;
}

Result<IngestedSource> stored_source(storage::Library& library, const storage::Source& source)
{
    IngestedSource stored;
    stored.source = source;
    const auto segments = library.segments(source.id);
    if (!segments) return tl::unexpected(segments.error());
    const auto frames = library.frames(source.id);
    if (!frames) return tl::unexpected(frames.error());
    const auto passages = library.passages(source.id);
    if (!passages) return tl::unexpected(passages.error());
    const auto numbers = library.page_numbers(source.id);
    if (!numbers) return tl::unexpected(numbers.error());
    for (const int number : *numbers) {
        const auto page = library.page(source.id, number);
        if (!page) return tl::unexpected(page.error());
        if (page->by_ocr) stored.ocr_pages.push_back(number);
    }
    stored.segments = static_cast<int>(segments->size());
    stored.frames = static_cast<int>(frames->size());
    stored.passages = static_cast<int>(passages->size());
    return stored;
}

std::string_view probable_kind(const std::filesystem::path& path)
{
    static const std::map<std::string_view, std::string_view> kKinds{
        {".pdf", "pdf"},     {".png", "image"},   {".jpg", "image"},  {".jpeg", "image"},
        {".webp", "image"},  {".gif", "image"},   {".tif", "image"},  {".tiff", "image"},
        {".bmp", "image"},   {".heic", "image"},  {".avif", "image"}, {".wav", "audio"},
        {".mp3", "audio"},   {".ogg", "audio"},   {".opus", "audio"}, {".flac", "audio"},
        {".m4a", "audio"},   {".aac", "audio"},   {".mp4", "video"},  {".mkv", "video"},
        {".webm", "video"},  {".mov", "video"},   {".avi", "video"},  {".docx", "office"},
        {".pptx", "office"}, {".xlsx", "office"}, {".odt", "office"}, {".odp", "office"},
        {".ods", "office"}};
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    const auto kind = kKinds.find(extension);
    return kind == kKinds.end() ? "text" : kind->second;
}

} // namespace app
