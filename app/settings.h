#pragma once

#include "app/result.h"
#include "storage/library.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// A server of the user's as an engine. Its key is never stored, only where it is found.
struct ServerSetting {
    std::string name;
    std::string url;                 // http:// or https://
    std::string key_variable = {};   // the environment variable that holds its key
    std::string key_in_keyring = {}; // the entry of the desktop's keyring that holds it
    friend bool operator==(const ServerSetting&, const ServerSetting&) = default;
};

/// What the user has chosen, for all programs that use this library. How the window looks is the
/// window's own affair and not in here.
struct Settings {
    std::string ocr_languages = "eng"; // Tesseract's codes, "eng+deu"
    std::string speech_language = {};  // ISO 639-1; empty: detected
    int threads = 0;                   // 0: the cores of this computer
    std::string device = "auto";       // "auto", "cpu", "cuda", "cuda:1"
    std::string engine = "starter";    // or the path of a model, or the URL of a server
    std::vector<ServerSetting> servers = {};
    std::map<std::string, std::string> keys =
        {}; // action to its key, where it is not the usual one
    std::uint64_t page_cache_bytes = 500'000'000; // pictures of pages that were looked at
    friend bool operator==(const Settings&, const Settings&) = default;
};

struct LoadedSettings {
    Settings settings;
    std::vector<std::string> notes; // sentences: what was not understood and what is used instead
};

/// What is stored; the defaults above where nothing is, or nothing that is understood. Errors:
/// those of the library.
Result<LoadedSettings> load_settings(storage::Library& library);

/// In one step. What a newer program has stored beside it stays. Errors: BadUsage (a value that
/// load_settings() would not take), those of the library.
Result<void> save_settings(storage::Library& library, const Settings& settings);

} // namespace app
