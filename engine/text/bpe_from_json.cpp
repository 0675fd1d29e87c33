#include "engine/text/bpe_files.h"

#include "engine/formats/json.h"
#include "engine/formats/mapped_file.h"
#include "engine/formats/wording.h"

#include <algorithm>
#include <limits>

namespace engine::text {

namespace {

using nlohmann::json;

constexpr std::size_t kLargestFile = 64u << 20;
constexpr int kDeepest = 32;
constexpr std::int64_t kMostTokens = 1 << 20;

struct RawModel {
    std::vector<std::pair<std::string, std::int64_t>> vocabulary;
    std::vector<std::pair<std::string, std::string>> merges;
    std::string complaint;
};

/// Takes "vocab" and "merges" of "model" out of the stream of the JSON parser; everything else is
/// left to it.
class ModelFilter {
public:
    explicit ModelFilter(RawModel& raw) : raw_(raw) {}

    bool operator()(int depth, json::parse_event_t event, json& parsed)
    {
        using Event = json::parse_event_t;
        if (event == Event::key) {
            const auto& key = parsed.get_ref<const std::string&>();
            if (depth == 1) {
                in_model_ = key == "model";
                part_ = Part::Other;
            }
            if (depth == 2) part_ = in_model_ ? part_of(key) : Part::Other;
            if (depth != 3 || part_ != Part::Vocabulary) return true;
            token_ = key;
            return false; // no node for it; its value is still shown to us
        }
        if (part_ == Part::Other || depth < 3) return true;
        if (event == Event::value) {
            if (part_ == Part::Vocabulary) return take_token(parsed);
            return depth == 3 ? take_merge(parsed) : take_half(parsed);
        }
        if (event == Event::array_end && part_ == Part::Merges && depth == 3) finish_pair();
        return event == Event::array_start || event == Event::object_start;
    }

private:
    enum class Part { Other, Vocabulary, Merges };

    static Part part_of(const std::string& key)
    {
        if (key == "vocab") return Part::Vocabulary;
        return key == "merges" ? Part::Merges : Part::Other;
    }
    bool complain(const char* text)
    {
        if (raw_.complaint.empty()) raw_.complaint = text;
        return false;
    }
    bool take_token(const json& value)
    {
        if (!value.is_number_unsigned())
            return complain("an id in its vocabulary is not a number.");
        const auto id = value.get<std::uint64_t>();
        if (id >= static_cast<std::uint64_t>(kMostTokens))
            return complain("an id in its vocabulary is too large.");
        raw_.vocabulary.emplace_back(std::move(token_), static_cast<std::int64_t>(id));
        return false;
    }
    bool take_merge(const json& value) // "h e"
    {
        if (!value.is_string()) return complain("one of its merges is not text.");
        const auto& text = value.get_ref<const std::string&>();
        const std::size_t space = text.find(' ', 1);
        if (space == std::string::npos || space + 1 == text.size())
            return complain("one of its merges is not two tokens.");
        raw_.merges.emplace_back(text.substr(0, space), text.substr(space + 1));
        return false;
    }
    bool take_half(const json& value) // ["h", "e"]
    {
        if (!value.is_string() || half_.size() == 2)
            return complain("one of its merges is not two tokens.");
        half_.push_back(value.get<std::string>());
        return false;
    }
    void finish_pair()
    {
        if (half_.size() == 2) {
            raw_.merges.emplace_back(std::move(half_[0]), std::move(half_[1]));
        } else {
            complain("one of its merges is not two tokens.");
        }
        half_.clear();
    }

    RawModel& raw_;
    bool in_model_ = false;
    Part part_ = Part::Other;
    std::string token_;
    std::vector<std::string> half_;
};

/// A member of an object, or null where there is none.
const json& member(const json& object, const char* key)
{
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}
bool is_true(const json& object, const char* key)
{
    return member(object, key) == true;
}
std::string text_of(const json& object, const char* key)
{
    const json& value = member(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

tl::unexpected<Error> unsupported(const std::string& name, const std::string& what)
{
    return fail(
        ErrorCode::ModelUnsupported,
        name + ": this engine does not know " + what + ".",
        "Choose a model with a plain byte-level BPE tokenizer.");
}

struct Splitting {
    std::vector<std::string> patterns;
    bool add_prefix_space = false;
    bool byte_level = false;
};

Result<void> read_pre_tokenizer(const json& part, const std::string& name, Splitting& splitting)
{
    const std::string type = text_of(part, "type");
    if (type == "Sequence" && member(part, "pretokenizers").is_array()) {
        for (const json& inner : part["pretokenizers"]) {
            if (text_of(inner, "type") == "Sequence")
                return unsupported(name, "a sequence within a sequence");
            if (auto read = read_pre_tokenizer(inner, name, splitting); !read) return read;
        }
        return {};
    }
    if (type == "ByteLevel") {
        splitting.byte_level = true;
        splitting.add_prefix_space = is_true(part, "add_prefix_space");
        if (splitting.add_prefix_space && !splitting.patterns.empty())
            return unsupported(name, "a prefix space within a sequence");
        if (member(part, "use_regex") != false) splitting.patterns.emplace_back(gpt2_pattern());
        return {};
    }
    if (type == "Digits") {
        splitting.patterns.emplace_back(
            is_true(part, "individual_digits") ? R"(\p{N})" : R"(\p{N}+)");
        return {};
    }
    if (type == "Split" && text_of(part, "behavior") == "Isolated" && !is_true(part, "invert")) {
        const std::string pattern = text_of(member(part, "pattern"), "Regex");
        if (!pattern.empty()) {
            splitting.patterns.push_back(pattern);
            return {};
        }
    }
    return unsupported(name, "the pre-tokenizer " + formats::in_quotes(type));
}

/// Places every token at its id; added tokens are control tokens where the file calls them special.
Result<void> fill_vocabulary(BpeSource& source, RawModel& raw, const json& added)
{
    std::int64_t size = 0;
    for (const auto& [token, id] : raw.vocabulary) size = std::max(size, id + 1);
    if (size > static_cast<std::int64_t>(raw.vocabulary.size()) * 2)
        return formats::damaged(
            source.name,
            "the ids of its vocabulary leave too many places free.");
    source.tokens.resize(static_cast<std::size_t>(size));
    source.kinds.assign(static_cast<std::size_t>(size), TokenKind::Unused);
    for (auto& [token, id] : raw.vocabulary) {
        const auto at = static_cast<std::size_t>(id);
        if (source.kinds[at] != TokenKind::Unused)
            return formats::damaged(
                source.name,
                "two tokens have the id " + std::to_string(id) + ".");
        source.tokens[at] = std::move(token);
        source.kinds[at] = TokenKind::Normal;
    }
    if (!added.is_array() && !added.is_null())
        return formats::damaged(source.name, "\"added_tokens\" is not a list.");
    for (const json& token : added) {
        const auto id = formats::json_integer(token, source.name, "id", 0, kMostTokens - 1);
        if (!id) return tl::unexpected(id.error());
        const std::string content = text_of(token, "content");
        if (content.empty()) return formats::damaged(source.name, "an added token has no content.");
        for (const char* option : {"single_word", "lstrip", "rstrip"})
            if (is_true(token, option))
                return unsupported(
                    source.name,
                    std::string("the option ") + option + " of token " +
                        formats::in_quotes(content));
        const auto at = static_cast<std::size_t>(*id);
        if (at > source.tokens.size() + 65'536)
            return formats::damaged(source.name, "the id of an added token is too large.");
        if (at >= source.tokens.size()) {
            source.tokens.resize(at + 1);
            source.kinds.resize(at + 1, TokenKind::Unused);
        }
        if (source.kinds[at] != TokenKind::Unused && source.tokens[at] != content)
            return formats::damaged(
                source.name,
                "two tokens have the id " + std::to_string(*id) + ".");
        source.tokens[at] = content;
        source.kinds[at] = is_true(token, "special") ? TokenKind::Control : TokenKind::UserDefined;
    }
    return {};
}

Result<void> check_model(const json& model, const std::string& name)
{
    if (text_of(model, "type") != "BPE")
        return unsupported(
            name,
            "the tokenizer model " + formats::in_quotes(text_of(model, "type")));
    if (is_true(model, "byte_fallback")) return unsupported(name, "byte fallback");
    for (const char* key : {"unk_token", "continuing_subword_prefix", "end_of_word_suffix"})
        if (!text_of(model, key).empty())
            return unsupported(name, std::string("the option ") + key);
    return {};
}

} // namespace

Result<BpeTokenizer> bpe_from_tokenizer_json_text(std::string_view text, std::string_view name)
{
    BpeSource source;
    source.name = name;
    if (text.size() > kLargestFile)
        return fail(ErrorCode::LimitExceeded, source.name + " is larger than 64 MiB.");
    if (!formats::nesting_within(text, kDeepest))
        return formats::damaged(name, "nests deeper than 32 levels.");
    RawModel raw;
    json tree;
    try {
        // The parser asks through std::function, which copies: the filter is passed by reference.
        ModelFilter filter(raw);
        tree = json::parse(text, std::ref(filter));
    } catch (const json::exception& error) {
        return formats::damaged(name, std::string("is not valid JSON (") + error.what() + ").");
    }
    if (!raw.complaint.empty()) return formats::damaged(name, raw.complaint);
    const json& model = member(tree, "model");
    if (auto checked = check_model(model, source.name); !checked)
        return tl::unexpected(checked.error());
    if (!member(tree, "normalizer").is_null())
        return unsupported(
            source.name,
            "the normaliser " + formats::in_quotes(text_of(tree["normalizer"], "type")));

    Splitting splitting;
    auto read = read_pre_tokenizer(member(tree, "pre_tokenizer"), source.name, splitting);
    if (!read) return tl::unexpected(read.error());
    if (!splitting.byte_level)
        return unsupported(source.name, "a tokenizer that is not byte-level");
    auto pre_tokenizer = PreTokenizer::compile(splitting.patterns, name);
    if (!pre_tokenizer) return tl::unexpected(pre_tokenizer.error());
    source.pre_tokenizer = std::move(*pre_tokenizer);
    source.add_prefix_space = splitting.add_prefix_space;
    source.whole_words_first = is_true(model, "ignore_merges");
    if (auto filled = fill_vocabulary(source, raw, member(tree, "added_tokens")); !filled)
        return tl::unexpected(filled.error());
    source.merges = std::move(raw.merges);
    return BpeTokenizer::build(std::move(source));
}

Result<BpeTokenizer> bpe_from_tokenizer_json(const std::filesystem::path& path)
{
    const auto text = formats::read_small_file(path, kLargestFile);
    if (!text) return tl::unexpected(text.error());
    return bpe_from_tokenizer_json_text(*text, path.filename().string());
}

Result<std::vector<std::string>> read_vocabulary(const std::filesystem::path& path)
{
    constexpr std::size_t kLargest = 16u << 20;
    constexpr std::size_t kLongestLine = 4096;
    const auto text = formats::read_small_file(path, kLargest);
    if (!text) return tl::unexpected(text.error());
    const std::string name = path.filename().string();
    std::vector<std::string> tokens;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        if (line.size() > kLongestLine)
            return formats::damaged(
                name,
                "line " + std::to_string(tokens.size() + 1) + " is too long.");
        tokens.emplace_back(line);
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    if (tokens.empty()) return formats::damaged(name, "has no tokens.");
    return tokens;
}

} // namespace engine::text
