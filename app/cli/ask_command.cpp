#include "app/ask_job.h"
#include "app/cli/commands.h"
#include "app/cli/json.h"
#include "app/export/outline.h"
#include "app/text.h"

#include <charconv>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <vector>

namespace app::cli {
namespace {

struct AskOptions {
    storage::SessionId session = 0;
    std::string sources; // "7,8"
    bool all = false;
    std::vector<std::string> words;
};

std::string answer_words(const AskReply& reply)
{
    const answer::Answer& answer = reply.answer;
    std::string out = answer.text + "\n";
    if (!answer.quotes.empty()) out += "\n";
    for (const auto& quote : answer.quotes)
        out += exporting::cited_words(quote.citation, quote.path, answer.text);
    if (!answer.nearest.empty()) out += "\nNearest places:\n";
    for (const auto& near : answer.nearest) {
        out += fmt::format(
            "  {}: {}\n",
            exporting::place_words(near.path, near.page, near.start_s),
            one_line(near.snippet));
    }
    out += "\n" + exporting::mode_words(answer.mode, reply.engine) + ".\n";
    for (const auto& note : answer.notes) out += note + "\n";
    if (!answer.not_covered.empty()) out += "Not covered:\n";
    for (const auto& sentence : answer.not_covered) out += "  " + sentence + "\n";
    return clean_utf8(out);
}

int run_ask(Environment& environment, const AskOptions& options)
{
    Console& console = environment.console();
    AskRequest request;
    request.question = fmt::format("{}", fmt::join(options.words, " "));
    if (options.session != 0) request.session = options.session;
    for (const std::string& word : split_list(options.sources)) {
        storage::SourceId id = 0;
        const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), id);
        if (code != std::errc{} || end != word.data() + word.size() || id <= 0) {
            return console.fail(
                {ErrorCode::BadUsage,
                 fmt::format("--source does not know {}.", word),
                 "Give the numbers that percept-cli sessions show prints."});
        }
        request.sources.push_back(id);
    }
    request.everything = options.all;
    request.cache = environment.paths().cache();
    auto engine = choose_engine(environment.options().engine, environment.paths().models);
    if (!engine) return console.fail(engine.error());
    request.engine = std::move(*engine);
    const auto opened = environment.open_library_preferring_write();
    if (!opened) return console.fail(opened.error());
    request.observer.on_read = [&console](int done, int total) {
        console.progress(fmt::format(
            "{}The model reads what was found",
            console.bar(static_cast<double>(done), static_cast<double>(total))));
    };
    request.observer.on_text = [&console](std::string_view) { console.end_progress(); };
    const auto reply =
        ask(request, *opened->library, opened->writes, environment.engines(), environment.stop());
    console.end_progress();
    if (!reply) return console.fail(reply.error());
    if (reply->not_saved)
        console.warn("The answer is not kept in the session: " + reply->not_saved->message);
    if (console.json())
        console.print_json(answer_json(*reply));
    else
        console.print(answer_words(*reply));
    return reply->answer.stopped ? kInterrupted : kDone;
}

} // namespace

void add_ask(CLI::App& program, Chosen& chosen)
{
    CLI::App* command = add_command(
        program,
        "ask",
        "Answer a question from what was read, with the place of every sentence",
        "percept-cli ask --session 3 \"How often is the filter changed?\"");
    const auto options = std::make_shared<AskOptions>();
    auto* session =
        command->add_option("--session", options->session, "Ask this session (default: the latest)")
            ->type_name("ID")
            ->check(CLI::PositiveNumber);
    auto* source = command->add_option("--source", options->sources, "Ask these sources only")
                       ->type_name("ID...")
                       ->join(',');
    command->add_flag("--all", options->all, "Ask all sessions")
        ->excludes(session)
        ->excludes(source);
    command->add_option("question", options->words, "The question")
        ->type_name("QUESTION")
        ->required();
    command->callback([options, &chosen] {
        chosen = {
            [options](Environment& environment) { return run_ask(environment, *options); },
            Use::Keeps};
    });
}

} // namespace app::cli
