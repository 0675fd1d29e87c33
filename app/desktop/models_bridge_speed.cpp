// How fast it is here, and the engine test.
#include "app/desktop/models_bridge.h"
#include "app/desktop/models_stored.h"
#include "app/sample.h"

#include <algorithm>
#include <future>
#include <QDateTime>
#include <QLocale>

namespace app::desktop {
namespace {

constexpr const char* kTestModel = "smollm2-135m-instruct";
constexpr int kTestTokens = 200;

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

QString stepWords(const std::string& step)
{
    if (step == "writing") return ModelsBridge::tr("Writing");
    if (step == "listening") return ModelsBridge::tr("Listening to one minute of speech");
    return ModelsBridge::tr("Making passages searchable");
}

} // namespace

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
        [engines, on_step, model = testModel(), own = listeningModel()](
            const std::stop_token& stop) {
            SpeedPlan plan;
            plan.language_model = model;
            plan.own_recognizer = own;
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
    const auto own = std::ranges::find(own_, false, &OwnModel::recognizes_speech);
    if (own != own_.end()) return own->file;
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
