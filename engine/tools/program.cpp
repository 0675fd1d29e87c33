#include "engine/tools/command.h"
#include "engine/tools/interrupt.h"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace engine::tools {
namespace {

using nlohmann::json;
using Kind = Option::Kind;

constexpr int kDone = 0, kFailed = 1, kBadUsage = 2, kInterrupted = 130;

const std::vector<Option>& global_options()
{
    static const std::vector<Option> options = {
        {"--model", "DIR|FILE", "the model: a folder, or a single GGUF file"},
        {"--device", "auto|cpu|cuda[:N]", "where it runs (auto)"},
        {"--threads", "N", "threads of the CPU (the cores that this process may use)"},
        {"--compute",
         "auto|f32|bf16",
         "f32: float32 activations and caches, weights as stored (auto: as fast as the model "
         "allows)"},
        {"--json", "", "one JSON document on standard output", Kind::Flag},
        {"--quiet", "", "no progress on standard error", Kind::Flag},
        {"--help", "", "this text", Kind::Flag},
        {"--version", "", "the version", Kind::Flag},
    };
    return options;
}

std::vector<Command> commands()
{
    return {
        inspect_command(),
        tokenize_command(),
        logits_command(),
        generate_command(),
        transcribe_command(),
        convert_command(),
#ifdef ENGINE_HAS_MINILM
        embed_command(),
#endif
        bench_command(),
    };
}

void print_options(std::ostream& out, const std::vector<Option>& options)
{
    for (const Option& option : options) {
        std::string left("  ");
        left += option.name;
        if (!option.value.empty()) left.append(1, ' ').append(option.value);
        if (left.size() < 30)
            left.resize(30, ' ');
        else
            left += "\n" + std::string(30, ' ');
        out << left << option.help << '\n';
    }
}

void print_help(std::ostream& out, const std::vector<Command>& all)
{
    out << "percept-engine: runs one model and prints what it computes.\n\n"
           "percept-engine COMMAND --model DIR|FILE [OPTION...]\n\ncommands\n";
    for (const Command& command : all) {
        std::string left("  ");
        left += command.name;
        left.resize(16, ' ');
        out << left << command.summary << '\n';
    }
    out << "\noptions of every command\n";
    print_options(out, global_options());
    out << "\nexamples\n";
    for (const Command& command : all) out << "  " << command.example << '\n';
    out << "\npercept-engine COMMAND --help tells more. Exit status: 0 done, 1 failed, 2 bad "
           "usage, 130 interrupted.\n";
}

void print_command_help(std::ostream& out, const Command& command)
{
    out << "percept-engine " << command.name << ": " << command.summary << "\n\noptions\n";
    print_options(out, command.options);
    out << "\noptions of every command\n";
    print_options(out, global_options());
    out << "\nexample\n  " << command.example << '\n';
}

int report(const Error& error, bool as_json)
{
    std::cerr << error.message;
    if (!error.hint.empty()) std::cerr << ' ' << error.hint;
    std::cerr << '\n';
    if (as_json) {
        const json document = {
            {"error",
             {{"code", base::name(error.code)}, {"message", error.message}, {"hint", error.hint}}}};
        std::cout << document.dump(-1, ' ', false, json::error_handler_t::replace) << std::endl;
    }
    if (error.code == ErrorCode::BadUsage) return kBadUsage;
    return error.code == ErrorCode::Cancelled ? kInterrupted : kFailed;
}

Result<DeviceChoice> read_device(const Arguments& arguments)
{
    DeviceChoice choice;
    const std::string device = arguments.text("--device", "auto");
    if (device == "cpu") {
        choice.device = Device::Cpu;
    } else if (device == "cuda" || device.starts_with("cuda:")) {
        choice.device = Device::Cuda;
        const std::string index = device == "cuda" ? "0" : device.substr(5);
        if (index.empty() || index.size() > 2 ||
            index.find_first_not_of("0123456789") != std::string::npos)
            return fail(
                ErrorCode::BadUsage,
                "--device takes cuda or cuda:N, not \"" + device + "\".");
        choice.cuda_index = std::stoi(index);
    } else if (device != "auto") {
        return fail(
            ErrorCode::BadUsage,
            "--device takes auto, cpu or cuda[:N], not \"" + device + "\".");
    }
    const auto threads = arguments.integer("--threads", 1, 256, 0);
    if (!threads) return tl::unexpected(threads.error());
    choice.threads = static_cast<int>(*threads);
    return choice;
}

Result<kernels::Compute> read_compute(const Arguments& arguments)
{
    const std::string compute = arguments.text("--compute", "auto");
    if (compute == "auto") return kernels::Compute::Fast;
    if (compute == "f32") return kernels::Compute::Exact;
    if (compute == "bf16")
        return fail(
            ErrorCode::Unavailable,
            "No model of this build computes in bf16 on this device.",
            "Use --compute auto or --compute f32.");
    return fail(ErrorCode::BadUsage, "--compute takes auto, f32 or bf16, not \"" + compute + "\".");
}

Result<Output> run_command(const Command& command, const Arguments& arguments, std::stop_token stop)
{
    const auto device = read_device(arguments);
    if (!device) return tl::unexpected(device.error());
    const auto compute = read_compute(arguments);
    if (!compute) return tl::unexpected(compute.error());
    if (command.needs_model && !arguments.has("--model"))
        return fail(
            ErrorCode::BadUsage,
            std::string(command.name) + " needs a model.",
            "Give --model with a folder or a GGUF file.");
    const Context context{
        arguments,
        arguments.text("--model"),
        *device,
        *compute,
        arguments.has("--json"),
        arguments.has("--quiet"),
        std::move(stop)};
    return command.run(context);
}

} // namespace

int run_program(std::span<const std::string> words)
{
    const std::vector<Command> all = commands();
    // The command is the first word that is neither an option nor the value of one.
    std::size_t place = 0;
    while (place < words.size() && words[place].starts_with("--")) {
        const std::string& word = words[place];
        const bool takes_value = std::any_of(
            global_options().begin(),
            global_options().end(),
            [&](const Option& option) {
                return option.name == word && option.kind == Kind::Value;
            });
        place += takes_value ? 2 : 1;
    }
    const bool as_json = std::find(words.begin(), words.end(), "--json") != words.end();
    if (place >= words.size()) {
        const auto arguments = Arguments::parse(words, global_options());
        if (!arguments) return report(arguments.error(), as_json);
        if (arguments->has("--version")) {
            std::cout << "percept-engine " << PERCEPT_VERSION << '\n';
            return kDone;
        }
        print_help(arguments->has("--help") ? std::cout : std::cerr, all);
        return arguments->has("--help") ? kDone : kBadUsage;
    }
    const auto command = std::find_if(all.begin(), all.end(), [&](const Command& known) {
        return known.name == words[place];
    });
    if (command == all.end())
        return report(
            {ErrorCode::BadUsage,
             "There is no command \"" + words[place] + "\".",
             "percept-engine --help lists them."},
            as_json);

    std::vector<std::string> rest(words.begin(), words.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(place));
    std::vector<Option> options = command->options;
    options.insert(options.end(), global_options().begin(), global_options().end());
    const auto arguments = Arguments::parse(rest, options);
    if (!arguments) return report(arguments.error(), as_json);
    if (arguments->has("--help")) {
        print_command_help(std::cout, *command);
        return kDone;
    }
    const Interrupt interrupt;
    const auto output = run_command(*command, *arguments, interrupt.token());
    if (!output) return report(output.error(), as_json);
    if (!output->said_already) {
        if (as_json)
            std::cout << output->json.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
        else
            std::cout << output->text;
    }
    std::cout.flush();
    if (!std::cout) {
        std::cerr << "Standard output took only part of the result; is the disk full?\n";
        return kFailed;
    }
    for (const std::string& problem : output->problems) std::cerr << problem << '\n';
    if (!output->problems.empty()) return kFailed;
    return output->interrupted ? kInterrupted : kDone;
}

Progress::Progress(const Context& context, std::string what)
    : what_(std::move(what)), quiet_(context.quiet), terminal_(::isatty(STDERR_FILENO) == 1)
{
}

Progress::~Progress()
{
    if (terminal_ && shown_ >= 0) std::fputc('\n', stderr);
}

void Progress::update(double done, double total)
{
    if (quiet_ || total <= 0) return;
    const int step = terminal_ ? 1 : 10;
    const int percent = static_cast<int>(100.0 * done / total) / step * step;
    if (percent == shown_) return;
    shown_ = percent;
    std::fprintf(stderr, terminal_ ? "\r%s %d %%" : "%s %d %%\n", what_.c_str(), percent);
    std::fflush(stderr);
}

} // namespace engine::tools
