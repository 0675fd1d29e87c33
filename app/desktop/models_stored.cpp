#include "app/desktop/models_stored.h"

#include "app/published_model.h"
#include "base/blocking.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace app::desktop {
namespace {

using nlohmann::json;

/// A number of a stored document, or nothing.
std::optional<double> number(const json& document, const char* key)
{
    const auto found = document.find(key);
    if (found == document.end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

json parsed(const std::optional<std::string>& text)
{
    return json::parse(text.value_or("null"), nullptr, false);
}

Speed speedOf(const json& document)
{
    Speed speed;
    if (!document.is_object()) return speed;
    speed.first_word_s = number(document, "first_word_s");
    speed.tokens_per_s = number(document, "tokens_per_s");
    speed.speech_minute_s = number(document, "speech_minute_s");
    speed.passages_per_s = number(document, "passages_per_s");
    speed.measured = document.value("measured", "");
    return speed;
}

} // namespace

StoredModels readStoredModels(storage::Library& library)
{
    BASE_MAY_BLOCK();
    StoredModels stored;
    if (auto own = own_models(library)) stored.own = std::move(*own);
    if (auto writing = writing_models(library)) stored.writing = std::move(*writing);
    if (const auto text = library.setting(kSpeed)) stored.speed = speedOf(parsed(*text));
    return stored;
}

std::string jsonOf(const Speed& speed)
{
    json document = {{"measured", speed.measured}, {"device", speed.device}};
    const auto put = [&](const char* key, const std::optional<double>& value) {
        if (value) document[key] = *value;
    };
    put("first_word_s", speed.first_word_s);
    put("tokens_per_s", speed.tokens_per_s);
    put("speech_minute_s", speed.speech_minute_s);
    put("passages_per_s", speed.passages_per_s);
    return document.dump();
}

} // namespace app::desktop
