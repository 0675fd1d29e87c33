#include "engine/models/minilm/forward.h"
#include "engine/text/word_piece.h"
#include "engine/text_embedder.h"

#include "base/expects.h"

#include <future>
#include <utility>

namespace engine {

namespace {

using Vectors = std::vector<std::vector<float>>;
using minilm::Config;
using minilm::ForwardPass;
using minilm::Weights;

/// Tokens of one pass, and so of one turn on the engine thread: about 20 ms on two slow cores, for
/// a question that waits. Larger passes bring no speed once the products have a few hundred rows.
constexpr std::size_t kPassTokens = 512;

class MiniLmEmbedder final : public TextEmbedder {
public:
    MiniLmEmbedder(
        Worker& worker,
        Config config,
        formats::SafetensorsFile file,
        text::WordPiece tokenizer,
        Weights weights)
        : worker_(worker), config_(config), file_(std::move(file)),
          tokenizer_(std::move(tokenizer)), weights_(std::move(weights)), forward_(config)
    {
    }
    ~MiniLmEmbedder() override { worker_.cancel(this); }

    Result<void> submit(EmbedRequest request, std::function<void(Result<Vectors>)> on_done) override
    {
        EXPECTS(on_done != nullptr);
        auto work = std::make_shared<Work>();
        work->request = std::move(request);
        work->on_done = std::move(on_done);
        return worker_.post(part_of(work));
    }

    Result<Vectors> embed(EmbedRequest request) override
    {
        const auto outcome = std::make_shared<std::promise<Result<Vectors>>>();
        auto posted = submit(std::move(request), [outcome](Result<Vectors> vectors) {
            outcome->set_value(std::move(vectors));
        });
        if (!posted) return tl::unexpected(posted.error());
        return outcome->get_future().get();
    }

    int dimension() const override { return config_.dim; }
    int max_tokens() const override { return config_.max_tokens(); }

private:
    struct Work {
        EmbedRequest request;
        std::function<void(Result<Vectors>)> on_done;
        Vectors vectors;
    };

    /// One pass over the next texts of a request; posts the rest behind what is more urgent.
    Worker::Job part_of(const std::shared_ptr<Work>& work)
    {
        Worker::Job job;
        job.run = [this, work](kernels::Backend& backend) { run(backend, work); };
        job.failed = [work](Error error) { finish(*work, tl::unexpected(std::move(error))); };
        job.priority = work->request.priority;
        job.stop = work->request.stop;
        job.owner = this;
        return job;
    }

    void run(kernels::Backend& backend, const std::shared_ptr<Work>& work)
    {
        const auto& texts = work->request.texts;
        std::vector<std::vector<std::int32_t>> pass;
        std::size_t tokens = 0;
        for (std::size_t i = work->vectors.size(); i < texts.size(); ++i) {
            auto ids = tokenizer_.encode(texts[i], config_.max_tokens());
            if (!pass.empty() && tokens + ids.size() > kPassTokens) break;
            tokens += ids.size();
            pass.push_back(std::move(ids));
        }
        if (!pass.empty()) {
            auto vectors = forward_.run(backend, weights_, pass, work->request.stop);
            if (vectors.empty())
                return finish(*work, fail(ErrorCode::Cancelled, "The request was cancelled."));
            for (auto& vector : vectors) work->vectors.push_back(std::move(vector));
        }
        if (const auto intact = file_.file()->check(); !intact)
            return finish(*work, tl::unexpected(intact.error()));
        if (work->vectors.size() == texts.size()) return finish(*work, std::move(work->vectors));
        worker_.post_rest(part_of(work));
    }

    /// Exactly once, whatever way a request ends.
    static void finish(Work& work, Result<Vectors> outcome)
    {
        if (const auto on_done = std::exchange(work.on_done, nullptr)) on_done(std::move(outcome));
    }

    Worker& worker_;
    Config config_;
    formats::SafetensorsFile file_;
    text::WordPiece tokenizer_;
    Weights weights_;
    ForwardPass forward_;
};

} // namespace

Result<std::unique_ptr<TextEmbedder>>
TextEmbedder::open(Worker& worker, const std::filesystem::path& model, kernels::Compute compute)
{
    auto file = formats::SafetensorsFile::open(model / "model.safetensors");
    if (!file) return tl::unexpected(file.error());
    auto tokenizer = text::WordPiece::open(model / "vocab.txt");
    if (!tokenizer) return tl::unexpected(tokenizer.error());
    const auto config = minilm::read_config(*file, model / "config.json");
    if (!config) return tl::unexpected(config.error());
    if (tokenizer->vocabulary_size() > config->vocab_size)
        return fail(
            ErrorCode::BadModelFile,
            "vocab.txt has " + std::to_string(tokenizer->vocabulary_size()) +
                " tokens, model.safetensors vectors for " + std::to_string(config->vocab_size) +
                ".",
            "Fetch the model again.");

    Weights weights;
    auto loaded = worker.run_now([&](kernels::Backend& backend) -> Result<void> {
        auto read = minilm::load_weights(backend, *file, *config, compute);
        if (!read) return tl::unexpected(read.error());
        weights = std::move(*read);
        return file->file()->check();
    });
    if (!loaded) return tl::unexpected(loaded.error());
    return std::make_unique<MiniLmEmbedder>(
        worker,
        *config,
        std::move(*file),
        std::move(*tokenizer),
        std::move(weights));
}

} // namespace engine
