#include "app/settings.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

namespace app {
namespace {

using nlohmann::json;

// One document under one key: it is there as a whole or not at all.
constexpr std::string_view kKey = "settings";
constexpr int kMostThreads = 1024;
constexpr std::uint64_t kMostCacheBytes = 100'000'000'000;
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_url(std::string_view text)
{
    return text.starts_with("http://") || text.starts_with("https://");
}

bool is_device(std::string_view text)
{
    if (text == "auto" || text == "cpu" || text == "cuda") return true;
    return text.starts_with("cuda:") && text.size() > 5 && text.size() < 8 &&
           text.find_first_not_of("0123456789", 5) == std::string_view::npos;
}

/// "eng+deu", "chi_sim".
bool are_ocr_languages(std::string_view text)
{
    if (text.empty() || text.front() == '+' || text.back() == '+') return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return kLetters.find(c) != std::string_view::npos || c == '+' || c == '_';
    });
}

bool is_speech_language(std::string_view text)
{
    return text.empty() || ((text.size() == 2 || text.size() == 3) &&
                            text.find_first_not_of(kLetters) == std::string_view::npos);
}

/// The name of an environment variable: a key pasted here by mistake has other characters.
bool is_variable(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return kLetters.find(c) != std::string_view::npos || c == '_' || (c >= '0' && c <= '9');
    });
}

/// Reads the fields of a document, noting what does not fit.
class Reading {
public:
    explicit Reading(const json& document) : document_(document) {}

    /// The text under `key` where `fits` takes it.
    void text(
        const char* key,
        std::string& value,
        const std::function<bool(std::string_view)>& fits,
        std::string_view what)
    {
        const auto at = document_.find(key);
        if (at == document_.end()) return;
        if (at->is_string() && fits(at->get<std::string>()))
            value = at->get<std::string>();
        else
            note(what, value);
    }

    template <typename Number>
    void number(const char* key, Number& value, std::uint64_t most, std::string_view what)
    {
        const auto at = document_.find(key);
        if (at == document_.end()) return;
        if (at->is_number_unsigned() && at->get<std::uint64_t>() <= most)
            value = static_cast<Number>(at->get<std::uint64_t>());
        else
            note(what, fmt::to_string(value));
    }

    void servers(std::vector<ServerSetting>& servers)
    {
        const auto at = document_.find("servers");
        if (at == document_.end()) return;
        for (const auto& entry : at->is_array() ? *at : json::array()) {
            ServerSetting server;
            server.name = text_of(entry, "name");
            server.url = text_of(entry, "url");
            server.key_variable = text_of(entry, "key_variable");
            server.key_in_keyring = text_of(entry, "key_in_keyring");
            if (is_url(server.url) && is_variable(server.key_variable))
                servers.push_back(std::move(server));
            else
                notes.push_back(fmt::format(
                    "A server of the settings is not understood and left out: {}.",
                    server.name.empty() ? "it has no name" : server.name));
        }
    }

    void keys(std::map<std::string, std::string>& keys)
    {
        const auto at = document_.find("keys");
        if (at == document_.end() || !at->is_object()) return;
        for (const auto& [action, key] : at->items())
            if (key.is_string()) keys[action] = key.get<std::string>();
    }

    void note(std::string_view what, std::string_view value)
    {
        notes.push_back(fmt::format(
            "The stored setting for {} is not understood; {} is used.",
            what,
            value.empty() ? "the usual one" : value));
    }

    std::vector<std::string> notes;

private:
    static std::string text_of(const json& object, const char* key)
    {
        if (!object.is_object()) return {};
        const auto at = object.find(key);
        return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
    }

    const json& document_;
};

Result<json> stored_document(storage::Library& library)
{
    const auto stored = library.setting(kKey);
    if (!stored) return tl::unexpected(stored.error());
    if (!*stored) return json::object();
    return json::parse(**stored, nullptr, false);
}

std::optional<std::string> wrong_with(const Settings& settings)
{
    if (!are_ocr_languages(settings.ocr_languages)) return "the languages of OCR";
    if (!is_speech_language(settings.speech_language)) return "the language of speech";
    if (!is_device(settings.device)) return "the device";
    if (settings.engine.empty()) return "the engine";
    if (settings.threads < 0 || settings.threads > kMostThreads) return "the number of threads";
    if (settings.page_cache_bytes > kMostCacheBytes) return "the size of the page cache";
    for (const auto& server : settings.servers) {
        if (!is_url(server.url)) return fmt::format("the address of {}", server.name);
        if (!is_variable(server.key_variable))
            return fmt::format("the variable with the key of {}", server.name);
    }
    return std::nullopt;
}

} // namespace

Result<LoadedSettings> load_settings(storage::Library& library)
{
    const auto document = stored_document(library);
    if (!document) return tl::unexpected(document.error());
    LoadedSettings loaded;
    if (!document->is_object()) {
        loaded.notes.emplace_back(
            "The stored settings are not understood; the usual ones are used.");
        return loaded;
    }
    Reading reading(*document);
    Settings& settings = loaded.settings;
    reading.text("ocr_languages", settings.ocr_languages, are_ocr_languages, "languages of OCR");
    reading.text("speech_language", settings.speech_language, is_speech_language, "speech");
    reading.number("threads", settings.threads, kMostThreads, "threads");
    reading.text("device", settings.device, is_device, "the device");
    reading.text(
        "engine",
        settings.engine,
        [](std::string_view word) { return !word.empty(); },
        "the engine");
    reading.servers(settings.servers);
    reading.keys(settings.keys);
    reading.number("page_cache_bytes", settings.page_cache_bytes, kMostCacheBytes, "page pictures");
    loaded.notes = std::move(reading.notes);
    return loaded;
}

Result<void> save_settings(storage::Library& library, const Settings& settings)
{
    if (const auto wrong = wrong_with(settings))
        return fail(
            ErrorCode::BadUsage,
            fmt::format("The setting for {} cannot be stored.", *wrong));
    auto document = stored_document(library);
    if (!document) return tl::unexpected(document.error());
    if (!document->is_object()) *document = json::object();
    json servers = json::array();
    for (const auto& server : settings.servers) {
        servers.push_back(
            {{"name", server.name},
             {"url", server.url},
             {"key_variable", server.key_variable},
             {"key_in_keyring", server.key_in_keyring}});
    }
    (*document)["ocr_languages"] = settings.ocr_languages;
    (*document)["speech_language"] = settings.speech_language;
    (*document)["threads"] = static_cast<unsigned>(settings.threads);
    (*document)["device"] = settings.device;
    (*document)["engine"] = settings.engine;
    (*document)["servers"] = std::move(servers);
    (*document)["keys"] = settings.keys;
    (*document)["page_cache_bytes"] = settings.page_cache_bytes;
    return library.set_setting(
        kKey,
        document->dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace app
