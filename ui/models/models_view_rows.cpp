// What answers and the catalogue: rows updated in place, and what their states show.

#include "ui/models/models_view.h"
#include "ui/models/thing_row.h"
#include "ui/widgets/switch.h"

#include <algorithm>
#include <array>
#include <QPushButton>

namespace ui {
namespace {

/// "48 MB/s · 3 min left · from huggingface.co · resumes after a restart"
QString fetchWords(const FetchState& fetch)
{
    QStringList words;
    if (fetch.phase == FetchState::Phase::Paused) {
        words << ModelsView::tr("Paused");
    } else if (fetch.phase == FetchState::Phase::Running) {
        if (fetch.bytes_per_s > 0)
            words << ModelsView::tr("%1/s").arg(
                sizeWords(static_cast<std::uint64_t>(fetch.bytes_per_s)));
        if (fetch.left_s >= 0) words << timeLeftWords(fetch.left_s);
        if (!fetch.place.isEmpty()) words << ModelsView::tr("from %1").arg(fetch.place);
    }
    words << ModelsView::tr("resumes after a restart");
    return words.join(QStringLiteral(" · "));
}

QString amountWords(const FetchState& fetch)
{
    return ModelsView::tr("%1 of %2")
        .arg(sizeWords(fetch.done_bytes), sizeWords(fetch.total_bytes));
}

template <typename Buttons>
bool standsOn(const Buttons& buttons)
{
    return std::any_of(buttons.begin(), buttons.end(), [](const QPushButton* one) {
        return one->hasFocus();
    });
}

/// The button that was pressed gave way to another: the focus stays beside it.
template <typename Buttons>
bool focusAnyOf(const Buttons& buttons)
{
    if (standsOn(buttons)) return true;
    const auto next = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton* one) {
        return one->isVisible() && one->isEnabled();
    });
    if (next == buttons.end()) return false;
    (*next)->setFocus(Qt::OtherFocusReason);
    return true;
}

double fetchShare(const FetchState& fetch)
{
    if (fetch.total_bytes == 0) return 0;
    return static_cast<double>(fetch.done_bytes) / static_cast<double>(fetch.total_bytes);
}

} // namespace

void ModelsView::updateInUse()
{
    ThingRow* row = in_use_row_;
    row->setTitle(in_use_.title.isEmpty() ? tr("Starter") : in_use_.title);
    row->setFacts(in_use_.facts);
    // One of the larger models has its bar in its own row.
    const auto larger = [this](const ModelRow& one) {
        return !one.needed && one.id == fetch_.model;
    };
    const bool fetching =
        fetch_.active() && !in_use_.installed && std::none_of(rows_.begin(), rows_.end(), larger);
    if (fetching && fetch_.phase == FetchState::Phase::Failed)
        row->setState(fetch_.problem, theme::Color::Warn);
    else
        row->setState(
            in_use_.state,
            in_use_.elsewhere || !in_use_.ready ? theme::Color::Warn : theme::Color::Ok);
    const bool running = fetch_.phase == FetchState::Phase::Running;
    const std::array buttons{download_all_, pause_all_, cancel_all_, speed_test_, load_};
    const bool focused = standsOn(buttons);
    if (in_use_.busy && load_->hasFocus()) back_to_load_ = true;
    row->setProgress(
        fetching ? fetchShare(fetch_) : -1,
        amountWords(fetch_),
        fetchWords(fetch_),
        !running);
    QString words = tr("Download %1").arg(sizeWords(in_use_.missing_bytes));
    if (fetching)
        words = fetch_.phase == FetchState::Phase::Failed ? tr("Try again") : tr("Continue");
    download_all_->setText(words);
    download_all_->setAccessibleName(tr("%1, starter models").arg(words));
    download_all_->setVisible(!in_use_.installed && in_use_.missing_bytes > 0 && !running);
    pause_all_->setVisible(fetching && running);
    cancel_all_->setVisible(fetching);
    speed_test_->setVisible(in_use_.installed);
    speed_test_->setText(measuring_ ? tr("Stop the test") : tr("Speed test"));
    speed_test_->setAccessibleName(speed_test_->text());
    load_->setVisible(in_use_.installed && !in_use_.elsewhere);
    load_->setEnabled(!in_use_.busy && !measuring_);
    load_->setText(in_use_.loaded ? tr("Unload") : tr("Load"));
    load_->setAccessibleName(
        in_use_.loaded ? tr("Unload the models and free their memory") : tr("Load the models now"));
    if (!focused) {
        back_to_load_ = false;
        return;
    }
    focusAnyOf(buttons);
    if (back_to_load_ && load_->isEnabled()) {
        load_->setFocus(Qt::OtherFocusReason);
        back_to_load_ = false;
    }
}

void ModelsView::makeModelRow(const ModelRow& model)
{
    const QString id = model.id;
    ModelWidgets widgets;
    widgets.row = new ThingRow(QStringLiteral("box"));
    widgets.fetch = widgets.row->addButton(tr("Download"), QStringLiteral("download"), {});
    widgets.pause = widgets.row->addButton(tr("Pause"), QStringLiteral("pause"), {});
    widgets.cancel = widgets.row->addButton(tr("Cancel"), {}, {});
    if (model.user_decides) {
        widgets.writes = widgets.row->addButtonBelow({});
        widgets.verify = widgets.row->addButtonBelow(tr("Verify"));
        widgets.remove = widgets.row->addButtonBelow(tr("Remove…"));
    } else {
        widgets.verify = widgets.row->addButton(tr("Verify"), {}, {});
        widgets.remove = widgets.row->addButton(tr("Remove…"), {}, {});
    }
    connect(widgets.fetch, &QPushButton::clicked, this, [this, id] { Q_EMIT fetchRequested(id); });
    connect(widgets.pause, &QPushButton::clicked, this, &ModelsView::pauseRequested);
    connect(widgets.cancel, &QPushButton::clicked, this, [this, id] {
        const auto checks = [&](const ModelRow& row) {
            return row.id == id && row.state == ModelState::Checking;
        };
        if (std::any_of(rows_.begin(), rows_.end(), checks))
            Q_EMIT verifyCancelled();
        else
            Q_EMIT cancelRequested();
    });
    connect(widgets.verify, &QPushButton::clicked, this, [this, id] {
        Q_EMIT verifyRequested(id);
    });
    connect(
        widgets.remove,
        &QPushButton::clicked,
        this,
        [this, id, row = widgets.row, button = widgets.remove] {
            std::uint64_t size = 0;
            for (const ModelRow& one : rows_)
                if (one.id == id) size = std::max(one.arrived_bytes, one.size_bytes);
            row->askInline(
                tr("Remove %1 and free %2? It cannot be undone; it can be downloaded again.")
                    .arg(row->title(), sizeWords(size)),
                tr("Remove"),
                theme::Role::Danger,
                tr("Keep"),
                button,
                [this, id] { Q_EMIT removeRequested(id); });
        });
    models_.insert_or_assign(id, widgets);
    if (model.user_decides) addAnswering(id);
}

void ModelsView::updateModelRow(const ModelRow& model)
{
    const ModelWidgets& widgets = models_.at(model.id);
    ThingRow* row = widgets.row;
    row->setTitle(model.title);
    row->setTag(model.engine_test ? tr("Engine test only") : QString());
    row->setFacts(
        model.purpose.isEmpty() ? model.facts
                                : model.purpose + QStringLiteral(" · ") + model.facts);
    const bool mine = fetch_.active() && fetch_.model == model.id;
    const bool running = fetch_.phase == FetchState::Phase::Running;
    const bool fetching = model.state == ModelState::Fetching || mine;
    const bool installed = model.state == ModelState::Installed;
    switch (model.state) {
    case ModelState::Failed:
    case ModelState::Damaged:
        row->setState(model.problem, theme::Color::Warn);
        break;
    case ModelState::Checking:
        row->setState(tr("Comparing every byte…"), theme::Color::Text2);
        break;
    case ModelState::Installed:
        if (model.user_decides)
            updateAnswering(model);
        else
            row->setState(tr("Installed. %1").arg(model.fit), theme::Color::Ok);
        break;
    default:
        row->setState(model.fit, model.fits ? theme::Color::Ok : theme::Color::Warn);
    }
    // The whole fetch has its bar above; here only where one model was asked for by itself.
    const bool own_bar = mine && (in_use_.installed || !model.needed);
    row->setProgress(
        own_bar ? fetchShare(fetch_) : -1,
        amountWords(fetch_),
        fetchWords(fetch_),
        !running);
    if (own_bar && fetch_.phase == FetchState::Phase::Failed)
        row->setState(fetch_.problem, theme::Color::Warn);
    else if (fetching && !own_bar && running && mine)
        row->setState(tr("Is being downloaded from %1").arg(fetch_.place), theme::Color::Text2);
    else if (fetching && !mine && running)
        row->setState(tr("Waits for its turn"), theme::Color::Text2);

    const bool can_fetch =
        !installed && model.state != ModelState::Checking && !(fetch_.active() && running);
    const std::array
        buttons{widgets.fetch, widgets.pause, widgets.cancel, widgets.verify, widgets.remove};
    const bool focused = standsOn(buttons);
    widgets.fetch->setVisible(can_fetch);
    widgets.fetch->setText(
        model.state == ModelState::Damaged                  ? tr("Download again")
        : mine && fetch_.phase == FetchState::Phase::Failed ? tr("Try again")
        : mine || model.arrived_bytes > 0                   ? tr("Continue")
                                                            : tr("Download"));
    widgets.pause->setVisible(own_bar && running);
    widgets.cancel->setVisible(own_bar || model.state == ModelState::Checking);
    widgets.verify->setVisible(installed);
    widgets.remove->setVisible(
        installed || model.state == ModelState::Damaged || (model.arrived_bytes > 0 && !mine));
    if (widgets.on != nullptr) {
        widgets.on->setVisible(installed || model.on);
        widgets.writes->setVisible(installed);
    }
    for (QPushButton* button : buttons)
        button->setAccessibleName(tr("%1, %2").arg(button->text(), model.title));
    if (widgets.on != nullptr) {
        widgets.writes->setAccessibleName(
            model.writes ? tr("Let %1 write no answers").arg(model.title)
                         : tr("Let %1 write answers in its own words").arg(model.title));
        widgets.on->setAccessibleName(tr("Let %1 answer").arg(model.title));
    }
    if (!focused || focusAnyOf(buttons)) return;
    // Its download is shown on top, with the others.
    pause_all_->show();
    pause_all_->setFocus(Qt::OtherFocusReason);
}

} // namespace ui
