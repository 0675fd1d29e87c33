#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/convert.h"
#include "app/ingest_job.h"
#include "app/text.h"

#include <fmt/format.h>
#include <memory>
#include <string>

namespace app::cli {
namespace {

struct IngestOptions {
    IngestRequest request;
    storage::SessionId session = 0;
    bool password_stdin = false;
};

/// "Reading 3/20 pages of manual.pdf, 12 s left"
std::string progress_words(const Console& console, const IngestProgress& progress)
{
    std::string words;
    switch (progress.phase) {
    case IngestPhase::Opening:
        return fmt::format("Opening {}", progress.file);
    case IngestPhase::Reading:
        words = fmt::format(
            "Reading {:.0f}/{:.0f} of {}",
            progress.done,
            progress.total,
            progress.file);
        break;
    case IngestPhase::Listening:
        words = fmt::format(
            "Listening {}/{} to {}",
            clock_time(progress.done),
            clock_time(progress.total),
            progress.file);
        break;
    case IngestPhase::Indexing:
        words = fmt::format("Indexing {:.0f}/{:.0f} passages", progress.done, progress.total);
        break;
    }
    if (progress.left_s) words += fmt::format(", {} left", human_duration(*progress.left_s));
    return console.bar(progress.done, progress.total) + words;
}

/// "12 pages (1 by OCR), 48 passages, 3.1 s"
std::string source_words(const IngestedSource& ingested)
{
    const storage::Source& source = ingested.source;
    std::vector<std::string> parts;
    if (source.pages > 0) {
        std::string pages = counted(source.pages, "page");
        if (!ingested.ocr_pages.empty())
            pages += fmt::format(" ({} by OCR)", ingested.ocr_pages.size());
        parts.push_back(std::move(pages));
    }
    if (source.duration_s > 0) parts.push_back(clock_time(source.duration_s));
    if (ingested.segments > 0) parts.push_back(counted(ingested.segments, "segment"));
    if (ingested.frames > 0) parts.push_back(counted(ingested.frames, "picture"));
    parts.push_back(counted(ingested.passages, "passage"));
    parts.push_back(human_duration(source.elapsed_s));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string file_words(const IngestedSource& ingested)
{
    std::string out;
    if (ingested.source.status == storage::SourceStatus::Failed) {
        out = fmt::format(
            "  {}: {}",
            ingested.source.path,
            ingested.error ? ingested.error->message : "failed");
    } else {
        const std::string id =
            ingested.source.id != 0 ? fmt::format("source {}", ingested.source.id) : "not read";
        out = fmt::format(
            "  {}: {}, {}, {}: {}",
            std::filesystem::path{ingested.source.path}.filename().string(),
            id,
            ingested.source.kind,
            name(ingested.source.status),
            source_words(ingested));
        if (ingested.error && ingested.error->code != ErrorCode::Cancelled) {
            out += "\n    " + ingested.error->message;
        }
    }
    if (ingested.error && !ingested.error->hint.empty()) out += " " + ingested.error->hint;
    for (const auto& warning : ingested.source.warnings) out += "\n    " + warning;
    return clean_utf8(out) + "\n";
}

int ingest_status(const IngestReport& report)
{
    if (report.cancelled) return kInterrupted;
    for (const auto& source : report.sources) {
        if (source.error || source.source.status == storage::SourceStatus::Failed) return kFailed;
    }
    return kDone;
}

int run_ingest(Environment& environment, IngestOptions& options)
{
    Console& console = environment.console();
    IngestRequest& request = options.request;
    if (options.session != 0) request.session = options.session;
    if (options.password_stdin) request.password = environment.input_line();
    for (auto& input : request.inputs) input = environment.resolve(input);
    const auto library = environment.open_library(storage::Access::Write);
    if (!library) return console.fail(library.error());
    IngestObserver observer;
    observer.on_progress = [&](const IngestProgress& progress) {
        console.progress(progress_words(console, progress));
    };
    // What is said to be stored is on the disk by then.
    observer.on_source = [&](const IngestedSource& ingested) {
        const storage::Source& source = ingested.source;
        if (source.id == 0 || source.status == storage::SourceStatus::Failed) return;
        console.note(clean_utf8(fmt::format(
            "Stored {}: source {}, {}",
            std::filesystem::path{source.path}.filename().string(),
            source.id,
            name(source.status))));
    };
    const auto turn = environment.wait_for_reading_turn();
    if (!turn) return console.fail({ErrorCode::Cancelled, "Stopped before a file was read."});
    const auto report =
        ingest(request, **library, environment.engines(), observer, environment.stop());
    console.end_progress();
    if (!report) return console.fail(report.error());
    if (console.json()) {
        console.print_json(ingest_json(*report));
        return ingest_status(*report);
    }
    const auto session = (*library)->session(report->session);
    std::string text =
        fmt::format("Session {}: {}\n", report->session, session ? clean_utf8(session->name) : "");
    for (const auto& source : report->sources) text += file_words(source);
    console.print(text);
    return ingest_status(*report);
}

} // namespace

void add_ingest(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "ingest",
        "Read files and folders into a session",
        "percept-cli ingest --new \"Pump manuals\" manual.pdf recordings/");
    const auto options = std::make_shared<IngestOptions>();
    auto* session = command->add_option("--session", options->session, "Add to this session")
                        ->type_name("ID")
                        ->check(CLI::PositiveNumber);
    command
        ->add_option(
            "--new",
            options->request.new_name,
            "Name of the new session (default: the first file's)")
        ->type_name("NAME")
        ->excludes(session);
    command->add_flag(
        "--password-stdin",
        options->password_stdin,
        "Read the password of encrypted documents from standard input");
    command
        ->add_option(
            "--ocr-language",
            options->request.ocr_language,
            "Languages of scanned pages, as Tesseract names them")
        ->type_name("eng+deu")
        ->capture_default_str();
    command->add_option("files", options->request.inputs, "Files and folders")
        ->type_name("FILE|DIR")
        ->required();
    command->callback([options, &chosen] {
        chosen = {
            [options](Environment& environment) { return run_ingest(environment, *options); },
            Use::Hosts};
    });
}

} // namespace app::cli
