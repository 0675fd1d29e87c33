#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/export/export.h"
#include "app/own_model.h"
#include "app/text.h"
#include "app/transcribe_job.h"

#include <fmt/format.h>
#include <memory>
#include <string>

namespace app::cli {
namespace {

struct TranscribeOptions {
    TranscribeRequest request;
    std::string format = "text";
    std::string language = "auto";
    std::filesystem::path out;
    bool force = false;
};

std::string transcript_text(const Transcript& transcript)
{
    std::string text;
    for (const auto& segment : transcript.segments) {
        text += fmt::format(
            "[{}] {}\n",
            clock_time(segment.start_s),
            one_line(clean_utf8(segment.text)));
    }
    return text;
}

std::string in_format(const Transcript& transcript, std::string_view format)
{
    if (format == "srt") return exporting::srt(transcript.segments);
    if (format == "vtt") return exporting::vtt(transcript.segments);
    if (format == "json")
        return transcript_json(transcript).dump(2, ' ', false, Json::error_handler_t::replace) +
               "\n";
    return transcript_text(transcript);
}

int run_transcribe(Environment& environment, TranscribeOptions& options)
{
    Console& console = environment.console();
    if (options.language != "auto") options.request.language = options.language;
    // Known before hours of listening, not after.
    std::error_code ignored;
    if (!options.out.empty() && !options.force && std::filesystem::exists(options.out, ignored)) {
        return console.fail(
            {ErrorCode::AlreadyExists,
             fmt::format("{} is there already.", options.out.string()),
             "Choose another name, or add --force to replace it."});
    }
    // Without a library there is no model of the user's own.
    const auto library = environment.open_library(storage::Access::Read);
    if (!library && library.error().code != ErrorCode::NotFound)
        return console.fail(library.error());
    if (library) {
        auto own = listening_model(**library);
        if (!own) return console.fail(own.error());
        options.request.own_model = std::move(*own);
    }
    TranscribeObserver observer;
    observer.on_progress = [&console](double heard_s, double total_s) {
        console.progress(fmt::format(
            "{}Listening {}/{}",
            console.bar(heard_s, total_s),
            clock_time(heard_s),
            clock_time(total_s)));
    };
    const auto transcript =
        transcribe(options.request, environment.engines(), observer, environment.stop());
    console.end_progress();
    if (!transcript) return console.fail(transcript.error());
    for (const auto& warning : transcript->warnings) console.warn(warning);
    const int status = transcript->cancelled ? kInterrupted : kDone;
    if (!options.out.empty()) {
        const auto written = exporting::write_file(
            options.out,
            in_format(*transcript, options.format),
            options.force);
        if (!written) return console.fail(written.error());
        if (console.json())
            console.print_json(transcript_json(*transcript));
        else
            console.print(fmt::format("{} ({})", options.out.string(), human_size(*written)));
        return status;
    }
    if (console.json() || options.format == "json")
        console.print_json(transcript_json(*transcript));
    else if (transcript->segments.empty() && options.format == "text")
        console.print("No speech was heard.");
    else
        console.print(in_format(*transcript, options.format));
    return status;
}

} // namespace

void add_transcribe(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "transcribe",
        "Turn the speech of a recording into text, without a session",
        "percept-cli transcribe talk.mp3 --format srt -o talk.srt");
    const auto options = std::make_shared<TranscribeOptions>();
    command->add_option("file", options->request.file, "A recording or a video")
        ->type_name("FILE")
        ->required();
    command->add_option("--format", options->format, "What to write")
        ->type_name("text|srt|vtt|json")
        ->check(CLI::IsMember({"text", "srt", "vtt", "json"}))
        ->capture_default_str();
    command->add_option("--language", options->language, "Language spoken")
        ->type_name("auto|en|de|...")
        ->capture_default_str();
    command->add_flag("--words", options->request.word_times, "With the time of every word");
    command
        ->add_option("-o,--output", options->out, "Write to this file instead of standard output")
        ->type_name("OUT");
    command->add_flag("--force", options->force, "Replace OUT where it exists");
    command->callback([options, &chosen] {
        chosen = {
            [options](Environment& environment) { return run_transcribe(environment, *options); }};
    });
}

} // namespace app::cli
