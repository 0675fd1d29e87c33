// Models and servers of the user's, speed, the engine test.
#include "app/desktop/models_bridge.h"
#include "app/remote/remote_engine.h"
#include "app/sample.h"
#include "ui/types.h"

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <QDateTime>
#include <QLocale>

namespace app::desktop {
namespace {

using nlohmann::json;

constexpr const char* kOwnModels = "own_models";
constexpr const char* kSpeed = "speed";
constexpr const char* kTestModel = "smollm2-135m-instruct";
constexpr int kTestTokens = 200;

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

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

/// What is stored besides the settings; models that are gone are left out.
struct Stored {
    std::vector<OwnModel> own;
    Speed speed;
};

Stored readStored(storage::Library& library)
{
    Stored stored;
    if (const auto text = library.setting(kOwnModels)) {
        const json list = parsed(*text);
        if (list.is_array())
            for (const json& path : list)
                if (path.is_string())
                    if (auto model = look_at_model(path.get<std::string>()))
                        stored.own.push_back(std::move(*model));
    }
    if (const auto text = library.setting(kSpeed)) stored.speed = speedOf(parsed(*text));
    return stored;
}

QString stepWords(const std::string& step)
{
    if (step == "writing") return ModelsBridge::tr("Writing");
    if (step == "listening") return ModelsBridge::tr("Listening to one minute of speech");
    return ModelsBridge::tr("Making passages searchable");
}

} // namespace

void ModelsBridge::onOpened()
{
    services_.background().run(
        Lane::Quick,
        this,
        [library = services_.library()](const std::stop_token&) { return readStored(*library); },
        [this](Stored stored) {
            own_ = std::move(stored.own);
            measured_ = std::move(stored.speed);
            showOwnModels();
            showSpeed();
            refresh();
        });
}

void ModelsBridge::onSettings()
{
    const Settings& settings = settings_.settings();
    std::vector<ui::ServerRow> rows;
    for (const ServerSetting& server : settings.servers) {
        ui::ServerRow row;
        row.name = words(server.name);
        row.url = words(server.url);
        row.on = settings.engine == server.url;
        for (const ui::ServerRow& old : servers_) {
            if (old.url != row.url) continue;
            row.testing = old.testing;
            row.tested = old.tested;
            row.test_failed = old.test_failed;
        }
        rows.push_back(std::move(row));
    }
    servers_ = std::move(rows);
    Q_EMIT serversChanged(servers_);
    tellInUse();
}

void ModelsBridge::useFolder(const QString& path)
{
    Q_EMIT notice(tr("Looking through %1…").arg(path), false);
    services_.background().run(
        Lane::Job,
        this,
        [this,
         place = std::filesystem::path(path.toStdString()),
         models = services_.paths().models](const std::stop_token& stop) {
            return use_folder(place, catalogue_, models, stop);
        },
        [this](Result<OwnFolder> found) {
            if (!found) {
                Q_EMIT notice(sentence(found.error()), true);
                return;
            }
            QStringList names;
            for (const models::Model* model : found->published) names << words(model->title);
            for (OwnModel& model : found->own) {
                names << words(model.name);
                const auto same = [&](const OwnModel& other) { return other.file == model.file; };
                if (std::ranges::none_of(own_, same)) own_.push_back(std::move(model));
            }
            storeOwnModels();
            Q_EMIT notice(tr("Found and ready: %1.").arg(names.join(QStringLiteral(", "))), false);
            refresh();
        });
}

void ModelsBridge::forgetOwnModel(const QString& path)
{
    std::erase_if(own_, [&](const OwnModel& model) { return words(model.file.string()) == path; });
    storeOwnModels();
    refresh();
}

void ModelsBridge::storeOwnModels()
{
    json list = json::array();
    for (const OwnModel& model : own_) list.push_back(model.file.string());
    settings_.store(kOwnModels, list.dump());
    showOwnModels();
}

void ModelsBridge::showOwnModels()
{
    std::vector<ui::OwnModelRow> rows;
    for (const OwnModel& model : own_)
        rows.push_back(
            {words(model.file.string()),
             words(model.name),
             tr("%1, %2, context of %3 tokens · %4")
                 .arg(ui::sizeWords(model.size_bytes), words(model.format))
                 .arg(model.context_length)
                 .arg(words(model.file.string()))});
    Q_EMIT ownModelsChanged(rows);
}

void ModelsBridge::addServer(const QString& name, const QString& url)
{
    settings_.change([&](Settings& settings) {
        const std::string address = url.toStdString();
        const auto same = [&](const ServerSetting& server) { return server.url == address; };
        if (std::ranges::none_of(settings.servers, same))
            settings.servers.push_back({name.toStdString(), address, "PERCEPT_API_KEY"});
    });
    testServer(url);
}

void ModelsBridge::removeServer(const QString& url)
{
    settings_.change([&](Settings& settings) {
        const std::string address = url.toStdString();
        std::erase_if(settings.servers, [&](const auto& server) { return server.url == address; });
        if (settings.engine == address) settings.engine = "starter";
    });
}

void ModelsBridge::switchServer(const QString& url, bool on)
{
    settings_.change([&](Settings& settings) {
        const std::string address = url.toStdString();
        if (on)
            settings.engine = address;
        else if (settings.engine == address)
            settings.engine = "starter";
    });
}

void ModelsBridge::testServer(const QString& url)
{
    const auto change = [this, url](const std::function<void(ui::ServerRow&)>& edit) {
        for (ui::ServerRow& server : servers_)
            if (server.url == url) edit(server);
        Q_EMIT serversChanged(servers_);
    };
    change([](ui::ServerRow& server) { server.testing = true; });
    services_.background().run(
        Lane::Job,
        this,
        [address = url.toStdString()](const std::stop_token& stop) -> Result<std::string> {
            const auto engine = remote::RemoteEngine::open(address, stop);
            if (!engine) return tl::unexpected(engine.error());
            return (*engine)->name();
        },
        [change](Result<std::string> name) {
            change([&](ui::ServerRow& server) {
                server.testing = false;
                server.test_failed = !name;
                server.tested =
                    name ? tr("It answers: %1.").arg(words(*name)) : sentence(name.error());
            });
        });
}

void ModelsBridge::measureSpeed()
{
    const auto engines = services_.engines();
    if (!engines || speed_.running) return;
    speed_.running = true;
    speed_.problem.clear();
    speed_.share = 0;
    speed_.step = tr("Loading the models");
    Q_EMIT speedChanged(speed_);
    const auto on_step =
        [this, context = QPointer<ModelsBridge>(this)](const std::string& step, double share) {
            Background::onUiThread([this, context, step, share] {
                if (!context || !speed_.running) return;
                speed_.step = stepWords(step);
                speed_.share = share;
                Q_EMIT speedChanged(speed_);
            });
        };
    speed_stop_ = services_.background().run(
        Lane::Job,
        this,
        [engines, on_step, model = testModel()](const std::stop_token& stop) {
            SpeedPlan plan;
            plan.language_model = model;
            if (const auto sample = find_sample()) plan.speech = sample->sound;
            return measure_speed(plan, *engines, on_step, stop);
        },
        [this](Result<Speed> measured) {
            speed_.running = false;
            if (measured) {
                measured_ = std::move(*measured);
                settings_.store(kSpeed, jsonOf(measured_));
            } else if (measured.error().code != ErrorCode::Cancelled) {
                speed_.problem = sentence(measured.error());
            }
            showSpeed();
            measureMachine();
        });
}

void ModelsBridge::cancelSpeed()
{
    speed_stop_.request_stop();
}

void ModelsBridge::showSpeed()
{
    speed_.rows.clear();
    const auto row = [&](const QString& name,
                         const std::optional<double>& value,
                         const QString& unit,
                         int digits) {
        if (value)
            speed_.rows.emplace_back(name, QLocale().toString(*value, 'f', digits) + u' ' + unit);
    };
    row(tr("First word"), measured_.first_word_s, tr("s"), 1);
    row(tr("Writing"), measured_.tokens_per_s, tr("tok/s"), 0);
    row(tr("One minute of speech"), measured_.speech_minute_s, tr("s"), 1);
    row(tr("Passages made searchable"), measured_.passages_per_s, tr("a second"), 0);
    const QDateTime when =
        QDateTime::fromString(words(measured_.measured), Qt::ISODate).toLocalTime();
    speed_.measured =
        when.isValid() ? tr("Measured here, %1").arg(QLocale().toString(when, tr("d MMMM hh:mm")))
                       : QString();
    Q_EMIT speedChanged(speed_);
    tellInUse();
}

std::filesystem::path ModelsBridge::testModel() const
{
    if (!own_.empty()) return own_.front().file;
    const models::Model* model = catalogue_.find(kTestModel);
    if (model == nullptr || model->files.empty()) return {};
    for (const ui::ModelRow& row : rows_)
        if (row.id == QLatin1String(kTestModel) && row.state == ui::ModelState::Installed)
            return storeOf().folder_of(*model) / model->files.front().name;
    return {};
}

void ModelsBridge::runTest(const QString& prompt)
{
    const auto engines = services_.engines();
    const auto file = testModel();
    if (!engines || file.empty() || test_.running) return;
    test_.running = true;
    test_.problem.clear();
    test_.speed.clear();
    Q_EMIT testChanged(test_);
    const auto on_text = [this, context = QPointer<ModelsBridge>(this)](std::string_view utf8) {
        Background::onUiThread([this, context, text = std::string(utf8)] {
            if (context) Q_EMIT testText(words(text));
        });
    };
    test_stop_ = services_.background().run(
        Lane::Job,
        this,
        [engines, file, on_text, prompt = prompt.toStdString()](
            const std::stop_token& stop) -> Result<engine::Finish> {
            auto model = engines->language_model(file);
            if (!model) return tl::unexpected(model.error());
            engine::Request request;
            request.messages = {{engine::Role::User, {engine::Text{prompt}}}};
            request.sampling.max_new_tokens = kTestTokens;
            request.stop = stop;
            auto done = std::make_shared<std::promise<Result<engine::Finish>>>();
            auto finished = done->get_future();
            engine::ReplyHandler handler;
            handler.on_text = on_text;
            handler.on_done = [done](engine::Result<engine::Finish> finish) {
                done->set_value(std::move(finish));
            };
            if (auto posted = (*model)->submit(std::move(request), std::move(handler)); !posted)
                return tl::unexpected(posted.error());
            return finished.get();
        },
        [this](Result<engine::Finish> finish) {
            test_.running = false;
            if (!finish) {
                if (finish.error().code != ErrorCode::Cancelled)
                    test_.problem = sentence(finish.error());
            } else {
                const double decode_s = std::chrono::duration<double>(finish->usage.decode).count();
                if (finish->usage.new_tokens > 1 && decode_s > 0)
                    test_.speed = tr("%1 tokens, %2 tok/s")
                                      .arg(finish->usage.new_tokens)
                                      .arg((finish->usage.new_tokens - 1) / decode_s, 0, 'f', 0);
            }
            Q_EMIT testChanged(test_);
            measureMachine();
        });
}

void ModelsBridge::stopTest()
{
    test_stop_.request_stop();
}

} // namespace app::desktop
