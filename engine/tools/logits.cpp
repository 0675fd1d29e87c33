#include "engine/models/language_model.h"
#include "engine/tools/command.h"
#include "engine/tools/npy.h"
#include "engine/tools/open_model.h"
#include "engine/tools/request_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <sstream>
#include <system_error>

namespace engine::tools {
namespace {

using kernels::Tensor;
using nlohmann::json;

Result<std::vector<std::int32_t>> parse_ids(const std::string& list, int vocab_size)
{
    std::vector<std::int32_t> ids;
    const char* at = list.data();
    const char* const end = at + list.size();
    while (at < end) {
        std::int32_t id = -1;
        const auto [stop, error] = std::from_chars(at, end, id);
        if (error != std::errc() || id < 0 || id >= vocab_size || (stop != end && *stop != ','))
            return fail(
                ErrorCode::BadUsage,
                "--ids takes numbers below " + std::to_string(vocab_size) +
                    " with commas between them.");
        ids.push_back(id);
        at = stop + (stop != end);
    }
    return ids;
}

Result<Sequence> read_sequence(const Context& context, const LanguageModel& model)
{
    static constexpr std::array<std::string_view, 3> kSources = {"--prompt", "--messages", "--ids"};
    const auto source = context.arguments.one_of(kSources);
    if (!source) return tl::unexpected(source.error());
    const std::string value = context.arguments.text(*source);
    Sequence sequence;
    if (*source == "--messages") {
        const auto request = read_request(value);
        if (!request) return tl::unexpected(request.error());
        auto prompt = model.prompt(*request);
        if (!prompt) return prompt;
        sequence = std::move(*prompt);
    } else {
        const auto ids = *source == "--ids" ? parse_ids(value, model.vocab_size())
                                            : model.tokenizer().encode(value);
        if (!ids) return tl::unexpected(ids.error());
        for (const std::int32_t id : *ids) sequence.push(id);
    }
    if (sequence.length() == 0)
        return fail(ErrorCode::BadUsage, "There is no token to begin with.");
    if (sequence.length() > model.context_length())
        return fail(
            ErrorCode::PromptTooLong,
            "The prompt has " + std::to_string(sequence.length()) + " tokens, the model takes " +
                std::to_string(model.context_length()) + ".");
    return sequence;
}

/// The N largest logits of one position, best first.
json top_of(std::span<const float> logits, int count)
{
    std::vector<std::int32_t> order(logits.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int32_t>(i);
    const auto middle = order.begin() + std::min<std::ptrdiff_t>(count, std::ssize(order));
    std::partial_sort(order.begin(), middle, order.end(), [&](std::int32_t a, std::int32_t b) {
        const float x = logits[static_cast<std::size_t>(a)],
                    y = logits[static_cast<std::size_t>(b)];
        return x != y ? x > y : a < b;
    });
    json top = json::array();
    for (auto id = order.begin(); id != middle; ++id)
        top.push_back({*id, logits[static_cast<std::size_t>(*id)]});
    return top;
}

/// The outputs of one box over all passes, one below the other.
class Trace {
public:
    explicit Trace(std::filesystem::path folder, int rows) : folder_(std::move(folder)), rows_(rows)
    {
    }

    void add(std::string_view box, const Tensor& output, int first)
    {
        auto& buffer = boxes_[std::string(box)];
        if (!buffer) buffer = kernels::Buffer(kernels::DType::F32, rows_, output.cols);
        for (std::int64_t r = 0; r < output.rows; ++r) {
            const auto to = buffer.view().row<float>(first + r);
            if (output.dtype == kernels::DType::I32) {
                std::ranges::copy(output.row<const std::int32_t>(r), to.begin());
            } else {
                std::ranges::copy(output.row<const float>(r), to.begin());
            }
        }
    }
    Result<void> write() const
    {
        std::error_code error;
        std::filesystem::create_directories(folder_, error);
        for (const auto& [box, buffer] : boxes_) {
            std::string name = box;
            std::replace(name.begin(), name.end(), ' ', '_');
            if (auto done = write_npy(folder_ / (name + ".npy"), buffer.view()); !done) return done;
        }
        return {};
    }

private:
    std::filesystem::path folder_;
    int rows_;
    std::map<std::string, kernels::Buffer> boxes_;
};

struct Computed {
    std::vector<float> last; // logits of the last position
    json positions = json::array();
    std::vector<double> embedding_norms;
};

Result<Computed> compute(
    kernels::Backend& backend,
    LanguageModel& model,
    Sequence& sequence,
    int top,
    Trace* trace,
    const Context& context)
{
    Computed computed;
    Progress progress(context, "prefill");
    for (auto settled = Layout::Progress::More; settled != Layout::Progress::Done;) {
        settled = settle_some(backend, sequence, context.stop);
        if (settled == Layout::Progress::Stopped) return fail(ErrorCode::Cancelled, "Interrupted.");
    }
    const int total = sequence.length();
    // All positions' logits at once would take 200 KB a token.
    kernels::Buffer row = backend.allocate(kernels::DType::F32, 1, model.vocab_size());
    for (int first = 0; first < total;) {
        const int count = std::min(total - first, model.pass_tokens());
        const auto observer = [&](std::string_view box, const Tensor& output) {
            backend.synchronize();
            if (trace != nullptr) trace->add(box, output, first);
            if (box != "embedding") return;
            for (std::int64_t r = 0; r < output.rows; ++r) {
                double sum = 0;
                for (const float v : output.row<const float>(r)) sum += static_cast<double>(v) * v;
                computed.embedding_norms.push_back(std::sqrt(sum));
            }
        };
        if (!model.run(backend, sequence, first, count, context.stop, observer))
            return fail(ErrorCode::Cancelled, "Interrupted.");
        for (int i = 0; top > 0 && i < count; ++i) {
            if (context.stop.stop_requested()) return fail(ErrorCode::Cancelled, "Interrupted.");
            model.logits(backend, row.view(), i, 1);
            computed.positions.push_back(top_of(row.view().row<const float>(0), top));
        }
        first += count;
        progress.update(first, total);
    }
    const auto last = model.last_logits(backend);
    computed.last.assign(last.begin(), last.end());
    return computed;
}

Result<Output> run(const Context& context)
{
    const auto top = context.arguments.integer("--top", 1, 1000, 0);
    if (!top) return tl::unexpected(top.error());
    Worker worker(context.device);
    const auto model = open_language_model(context, worker);
    if (!model) return tl::unexpected(model.error());
    auto sequence = read_sequence(context, **model);
    if (!sequence) return tl::unexpected(sequence.error());

    std::optional<Trace> trace;
    if (context.arguments.has("--trace"))
        trace.emplace(context.arguments.text("--trace"), sequence->length());
    Computed computed;
    const auto done = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        auto result = compute(
            backend,
            **model,
            *sequence,
            static_cast<int>(*top),
            trace ? &*trace : nullptr,
            context);
        if (!result) return tl::unexpected(result.error());
        computed = std::move(*result);
        return trace ? trace->write() : Result<void>();
    });
    if (!done) return tl::unexpected(done.error());

    std::ostringstream text;
    for (const json& entry : top_of(computed.last, *top > 0 ? static_cast<int>(*top) : 10))
        text << entry[0] << '\t' << entry[1] << '\t'
             << json((*model)->tokenizer().text_of(entry[0]))
                    .dump(-1, ' ', false, json::error_handler_t::replace)
             << '\n';
    json document = {
        {"input_ids", sequence->ids},
        {"logits", computed.last},
        {"positions", std::move(computed.positions)},
        {"embeds_rownorm", computed.embedding_norms}};
    return Output{std::move(document), text.str()};
}

} // namespace

Command logits_command()
{
    return {
        "logits",
        "one prefill: the logits of the last position",
        "percept-engine logits --model SmolLM2-135M-Instruct.Q4_1.gguf --prompt \"The sea is\" "
        "--top 5",
        {
            {"--prompt", "T", "text as it stands, without the chat template"},
            {"--messages", "F", "a request file, written with the model's chat template"},
            {"--ids", "1,2,3", "token ids"},
            {"--top", "N", "the N largest logits of every position"},
            {"--trace", "DIR", "writes the output of every layer as DIR/layer_0.npy ..."},
        },
        true,
        run};
}

} // namespace engine::tools
