// Models and servers of the user's own: rows that are made anew with each change.

#include "ui/models/models_view.h"
#include "ui/models/server_form.h"
#include "ui/models/thing_row.h"
#include "ui/widgets/card.h"
#include "ui/widgets/section_label.h"
#include "ui/widgets/switch.h"

#include <algorithm>
#include <QApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {
namespace {

void empty(QVBoxLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        // Not at once: the click that leads here may come from inside.
        if (QWidget* widget = item->widget(); widget != nullptr) {
            // Hidden with the focus it would hand it on, and the page would scroll to there.
            QWidget* const focus = QApplication::focusWidget();
            if (widget->isAncestorOf(focus)) focus->clearFocus();
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QString ownTag(const OwnModelRow& model)
{
    if (model.kind == OwnModelRow::Kind::Listens)
        return model.on ? ModelsView::tr("Listens") : ModelsView::tr("Speech");
    return model.writes ? ModelsView::tr("Writes answers") : ModelsView::tr("Quotes only");
}

QString ownWords(const OwnModelRow& model)
{
    if (model.kind == OwnModelRow::Kind::Listens)
        return model.on ? ModelsView::tr("On. Recordings are listened to with it; it finds the "
                                         "language by itself.")
                        : ModelsView::tr("Off. Recordings are listened to with Whisper.");
    return model.writes
               ? ModelsView::tr("Writes in its own words. Sentences whose quotes do not stand in "
                                "your sources are left out.")
               : ModelsView::tr("Nothing tells whether it reasons, so your sources are quoted.");
}

} // namespace

void ModelsView::makeOwnRows()
{
    // The rows are made anew; who stood on one of their controls stands on it again.
    QWidget* const focus = QApplication::focusWidget();
    const bool stood_here = own_head_->parentWidget()->isAncestorOf(focus);
    const QString stood_on = stood_here ? focus->objectName() : QString();
    empty(own_);
    own_head_->parentWidget()->setVisible(!own_rows_.empty());
    QList<QWidget*> rows;
    for (const OwnModelRow& model : own_rows_) rows.append(makeOwnRow(model));
    QWidget* stands_on = use_folder_;
    if (!rows.isEmpty()) {
        QWidget* card = ThingRow::card(rows, this);
        own_->addWidget(card);
        card->show(); // now, so that a control can take the focus
        for (QWidget* control : card->findChildren<QWidget*>())
            if (!stood_on.isEmpty() && control->objectName() == stood_on) stands_on = control;
    }
    orderTabs();
    if (stood_here) stands_on->setFocus(Qt::OtherFocusReason);
}

// What a control says changes when it was pressed; by its object name it is found again.
ThingRow* ModelsView::makeOwnRow(const OwnModelRow& model)
{
    const bool listens = model.kind == OwnModelRow::Kind::Listens;
    auto* row = new ThingRow(listens ? QStringLiteral("headphones") : QStringLiteral("box"));
    row->setTitle(model.name);
    row->setFacts(model.facts);
    if (!model.problem.isEmpty()) {
        row->setState(model.problem, theme::Color::Warn);
    } else if (!model.tight.isEmpty()) { // memory comes and goes: it may be tried
        row->setState(model.tight, theme::Color::Warn);
    } else {
        row->setState(ownWords(model), theme::Color::Text3);
    }
    if (model.problem.isEmpty()) row->setTag(ownTag(model));
    if (!listens) addWriting(row, model);
    addForgetting(row, model);
    addSwitch(row, model);
    return row;
}

void ModelsView::addWriting(ThingRow* row, const OwnModelRow& model)
{
    const QString path = model.path;
    auto* writes = row->addButton(
        model.writes ? tr("Quotes only") : tr("Let it write answers"),
        {},
        model.writes ? tr("Let %1 write no answers").arg(model.name)
                     : tr("Let %1 write answers in its own words").arg(model.name));
    writes->setObjectName(QStringLiteral("writes ") + path);
    writes->setVisible(model.problem.isEmpty() || model.writes);
    connect(writes, &QPushButton::clicked, this, [this, row, writes, path, model] {
        if (model.writes) {
            Q_EMIT ownModelWrites(path, false);
            return;
        }
        row->askInline(
            tr("Let %1 write answers in its own words? Percept cannot tell how well it reasons. "
               "What it quotes is checked; small models often draw wrong conclusions from it.")
                .arg(model.name),
            tr("Let it write"),
            theme::Role::Normal,
            tr("Quotes only"),
            writes,
            [this, path] { Q_EMIT ownModelWrites(path, true); });
    });
}

void ModelsView::addForgetting(ThingRow* row, const OwnModelRow& model)
{
    auto* forget = row->addButton(tr("Forget"), {}, tr("Forget %1").arg(model.name));
    forget->setToolTip(tr("The file stays where it is: %1").arg(model.path));
    forget->setObjectName(QStringLiteral("forget ") + model.path);
    forget->show();
    connect(forget, &QPushButton::clicked, this, [this, path = model.path] {
        Q_EMIT ownModelForgotten(path);
    });
}

void ModelsView::addSwitch(ThingRow* row, const OwnModelRow& model)
{
    const bool listens = model.kind == OwnModelRow::Kind::Listens;
    auto* on = new Switch(listens ? tr("Listen with it") : QString());
    on->setChecked(model.on);
    on->setEnabled(model.problem.isEmpty() || model.on);
    on->setObjectName(QStringLiteral("on ") + model.path);
    on->setAccessibleName(
        listens ? tr("Listen with %1").arg(model.name) : tr("Let %1 answer").arg(model.name));
    row->addControl(on);
    connect(on, &Switch::toggled, this, [this, listens, path = model.path](bool now) {
        if (listens)
            Q_EMIT ownModelListens(path, now);
        else
            Q_EMIT ownModelSwitched(path, now);
    });
}

/// A model of the catalogue whose answers nobody measured: what a model of one's own has.
void ModelsView::addAnswering(const QString& id)
{
    ModelWidgets& widgets = models_.at(id);
    widgets.on = new Switch;
    widgets.row->addControl(widgets.on);
    connect(widgets.on, &Switch::toggled, this, [this, id](bool now) {
        Q_EMIT modelSwitched(id, now);
    });
    connect(widgets.writes, &QPushButton::clicked, this, [this, id] {
        const auto model = std::ranges::find(rows_, id, &ModelRow::id);
        if (model == rows_.end()) return;
        if (model->writes) {
            Q_EMIT modelWrites(id, false);
            return;
        }
        const ModelWidgets& its = models_.at(id);
        its.row->askInline(
            tr("Let %1 write answers in its own words? Whether they keep to your sources was not "
               "measured. What it quotes is checked; small models often draw wrong conclusions "
               "from it.")
                .arg(model->title),
            tr("Let it write"),
            theme::Role::Normal,
            tr("Quotes only"),
            its.writes,
            [this, id] { Q_EMIT modelWrites(id, true); });
    });
}

void ModelsView::updateAnswering(const ModelRow& model)
{
    const ModelWidgets& widgets = models_.at(model.id);
    widgets.row->setTag(model.writes ? tr("Writes answers") : tr("Quotes only"));
    widgets.row->setState(
        model.writes
            ? tr("Installed. Writes in its own words. Sentences whose quotes do not stand in your "
                 "sources are left out.")
            : tr("Installed. Whether its answers keep to your sources was not measured, so your "
                 "sources are quoted."),
        theme::Color::Text3);
    widgets.writes->setText(model.writes ? tr("Quotes only") : tr("Let it write answers"));
    const QSignalBlocker quiet(widgets.on);
    widgets.on->setChecked(model.on);
}

void ModelsView::makeServerRows()
{
    const bool form = !server_form_->isHidden();
    // The rows are made anew; who stood on one of their controls stands on it again.
    QString stood_on;
    QWidget* const focus = QApplication::focusWidget();
    const bool stood_here = servers_head_->parentWidget()->isAncestorOf(focus);
    if (stood_here) stood_on = focus->accessibleName();
    QWidget* const typed_in = form && server_form_->isAncestorOf(focus) ? focus : nullptr;
    server_form_->setParent(this); // not with the rows
    empty(servers_);
    servers_head_->parentWidget()->setVisible(form || !server_rows_.empty());
    QList<QWidget*> rows;
    QWidget* stands_on = nullptr;
    for (const ServerRow& server : server_rows_) {
        auto* row = new ThingRow(QStringLiteral("server"));
        row->setTitle(server.name);
        row->setFacts(tr("%1 · OpenAI-compatible · key from PERCEPT_API_KEY").arg(server.url));
        QString state =
            server.on
                ? tr("On. Your questions and the passages that answer them leave this computer.")
                : tr("Off. When on, your questions and the passages that answer them leave "
                     "this computer.");
        if (server.testing) state = tr("Asking the server for its models…");
        if (!server.testing && !server.tested.isEmpty()) state = server.tested + u' ' + state;
        row->setState(state, theme::Color::Warn);
        auto* test =
            row->addButton(tr("Test"), QStringLiteral("gauge"), tr("Test %1").arg(server.name));
        auto* remove = row->addButton(tr("Remove"), {}, tr("Remove %1").arg(server.name));
        auto* on = new Switch;
        on->setChecked(server.on);
        on->setAccessibleName(tr("Let %1 answer").arg(server.name));
        row->addControl(on);
        test->setVisible(true);
        remove->setVisible(true);
        const QString url = server.url;
        connect(test, &QPushButton::clicked, this, [this, url, testing = server.testing] {
            if (!testing) Q_EMIT serverTestRequested(url);
        });
        connect(remove, &QPushButton::clicked, this, [this, url] { Q_EMIT serverRemoved(url); });
        connect(on, &Switch::toggled, this, [this, url](bool now) {
            Q_EMIT serverSwitched(url, now);
        });
        for (QWidget* control : std::initializer_list<QWidget*>{test, remove, on})
            if (!stood_on.isEmpty() && control->accessibleName() == stood_on) stands_on = control;
        rows.append(row);
    }
    if (form) {
        rows.append(server_form_);
        server_form_->show();
    }
    if (!rows.isEmpty()) {
        QWidget* card = ThingRow::card(rows, this);
        servers_->addWidget(card);
        card->show(); // now, so that the form can take the focus
    }
    orderTabs();
    if (!stood_here) return;
    if (typed_in != nullptr) stands_on = typed_in;
    (stands_on != nullptr ? stands_on : add_server_)->setFocus(Qt::OtherFocusReason);
}

/// Rows come and go, and what is made last would be reached last.
void ModelsView::orderTabs()
{
    QWidget* last = add_server_;
    for (QWidget* widget : scroll_->widget()->findChildren<QWidget*>()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0) continue;
        setTabOrder(last, widget);
        last = widget;
    }
}

} // namespace ui
