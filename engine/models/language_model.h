#pragma once

#include "engine/result.h"
#include "engine/text/bpe_tokenizer.h"
#include "engine/text/reply_parser.h"
#include "engine/types.h"
#include "kernels/backend.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace engine {

class Worker;

/// What stands at one position, for comparing: a token's id, or for a row of a picture or of sound
/// a number made of its content, so that two pictures are not taken for each other.
using PositionKey = std::uint64_t;

/// Rows of a prompt that come from a picture or from sound instead of words. Engine thread only.
class Medium {
public:
    virtual ~Medium() = default;
    /// [count, dim], computed when they are first asked for and kept until forget(). Null where the
    /// stop token asked to end.
    virtual const kernels::Buffer* rows(kernels::Backend& backend, const std::stop_token& stop) = 0;
    /// Gives the rows back; they can be asked for again.
    virtual void forget() = 0;

    int first = 0; // position of the first row
    int count = 0;
};

struct Sequence;

/// A stretch of a prompt whose length is known and whose layout is not: which rows of a film stay
/// is told by the rows. Engine thread only.
class Layout {
public:
    virtual ~Layout() = default;
    enum class Progress { More, Done, Stopped };
    /// One step, of about a pass's length. Done: the stretch is written. Stopped: the stop token
    /// asked to end.
    virtual Progress
    settle_some(kernels::Backend& backend, Sequence& sequence, const std::stop_token& stop) = 0;
    /// Rows that are still to be made before the layout is known, for progress.
    virtual int rows_left() const = 0;
};

/// A prompt and what was chosen behind it, as a model computes it.
struct Sequence {
    std::vector<std::int32_t> ids;
    std::vector<PositionKey> keys; // as many
    /// Positions, ascending, up to which another request is likely to begin the same way: the end
    /// of a document, of the user's message.
    std::vector<int> likely_prefixes;
    std::vector<std::shared_ptr<Medium>> media;     // in the order of their positions
    std::vector<std::shared_ptr<Layout>> unsettled; // none once it is computed

    int length() const { return static_cast<int>(ids.size()); }
    void push(std::int32_t id)
    {
        ids.push_back(id);
        keys.push_back(static_cast<PositionKey>(id));
    }
};

/// Rows that unsettled stretches are still to make.
inline int rows_left(const Sequence& sequence)
{
    int rows = 0;
    for (const auto& layout : sequence.unsettled) rows += layout->rows_left();
    return rows;
}

/// Settles `sequence` by one step; Done once nothing of it is unsettled.
inline Layout::Progress
settle_some(kernels::Backend& backend, Sequence& sequence, const std::stop_token& stop)
{
    if (sequence.unsettled.empty()) return Layout::Progress::Done;
    const auto layout = sequence.unsettled.back();
    const auto progress = layout->settle_some(backend, sequence, stop);
    if (progress != Layout::Progress::Done) return progress;
    sequence.unsettled.pop_back();
    return sequence.unsettled.empty() ? Layout::Progress::Done : Layout::Progress::More;
}

/// Writes the media of a conversation into a prompt: their marks and as many positions as they have
/// rows. Immutable; may be used from any thread.
class MediaWriter {
public:
    virtual ~MediaWriter() = default;
    /// `part` is a picture, a video or sound. Errors: ModelUnsupported (a kind that this model does
    /// not take), LimitExceeded, BadFile.
    virtual Result<void> write(const Part& part, Sequence& sequence) const = 0;
    virtual bool sees() const = 0;
    virtual bool hears() const = 0;
};

/// Sees what leaves each box of a forward pass: "embedding", "layer 0" ..., "norm", and what a
/// family adds; [tokens, ...]. For traces.
using Observer = std::function<void(std::string_view box, const kernels::Tensor& output)>;

/// One loaded language model with the state of one sequence: what the parts of a reply work on,
/// whatever family it is of. Const members may be called from any thread, the others on the engine
/// thread.
class LanguageModel {
public:
    /// Maps the files, checks them and makes the weights ready on the engine thread; not from
    /// there. Errors: those of Engine::open.
    static Result<std::unique_ptr<LanguageModel>>
    load(Worker& worker, const std::filesystem::path& model, kernels::Compute compute);
    virtual ~LanguageModel() = default;

    virtual const text::BpeTokenizer& tokenizer() const = 0;
    /// The conversation as the model wants it written, up to where the reply begins.
    /// Errors: ModelUnsupported (an unknown template, parts that the model cannot take),
    /// LimitExceeded.
    virtual Result<Sequence> prompt(const Request& request) const = 0;
    /// Whether prompt() can write conversations at all; else why not.
    virtual Result<void> can_converse() const = 0;
    /// Takes the reply to this request apart.
    virtual std::unique_ptr<text::ReplyParser> reply_parser(const Request& /*request*/) const
    {
        return std::make_unique<text::ReplyParser>();
    }
    /// What is put behind reasoning that has to end here.
    virtual std::vector<std::int32_t> closes_reasoning() const { return {}; }
    /// Takes tokens that a reply must not have out of the choice.
    virtual void forbid(std::span<float> /*logits*/) const {}
    /// Whether this token ends a reply.
    virtual bool ends(std::int32_t token) const = 0;
    virtual int context_length() const = 0;
    virtual int vocab_size() const = 0;
    virtual Capabilities capabilities() const = 0;
    /// Tokens that one pass takes at most.
    virtual int pass_tokens() const = 0;
    /// BadModelFile once the files are no longer whole.
    virtual Result<void> check() const = 0;

    /// Goes back to the furthest position that the state and `sequence` share, at most `limit`, and
    /// returns it.
    virtual int keep_common_prefix(const Sequence& sequence, int limit) = 0;
    /// Computes positions [first, first + count) of a settled sequence, `first` being where the
    /// state stands. False when the stop token, read between layers, asked to end; the next
    /// keep_common_prefix() then finds a state that is whole.
    virtual bool
    run(kernels::Backend& backend,
        const Sequence& sequence,
        int first,
        int count,
        const std::stop_token& stop,
        const Observer& observer) = 0;
    /// The state as it stands will be gone back to; for models whose state cannot be cut.
    virtual void save(kernels::Backend& /*backend*/) {}
    /// Logits of the last position of the last run(), [vocab]; valid until the next call, and the
    /// caller may change them.
    virtual std::span<float> last_logits(kernels::Backend& backend) = 0;
    /// Logits of `count` positions of the last run() from `first` on, [count, vocab].
    virtual void
    logits(kernels::Backend& backend, const kernels::Tensor& out, int first, int count) = 0;
};

} // namespace engine
