#include "ui/settings/privacy_page.h"

#include "ui/settings/row_table.h"
#include "ui/types.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_spot.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>

namespace ui {
namespace {

constexpr int kIcon_px = 24;
enum Column { kHost, kPurpose, kSent, kReceived, kLast, kColumns };

} // namespace

PrivacyPage::PrivacyPage(QWidget* parent) : SettingsPage(tr("Privacy"), parent)
{
    card_ = new Card;
    card_->setGround(theme::Color::Pane);
    icon_ = new IconSpot(kIcon_px, card_);
    head_ = new TextLabel;
    head_->setStep(theme::Step::Body, true);
    detail_ = new TextLabel({}, theme::Step::Small, theme::Color::Text2);
    list_button_ = new QPushButton(tr("Show the list"));
    list_button_->setCheckable(true);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(head_);
    texts->addWidget(detail_);
    auto* row = new QHBoxLayout(card_);
    row->setContentsMargins(16, 14, 16, 14);
    row->setSpacing(16);
    row->addWidget(icon_);
    row->addLayout(texts, 1);
    row->addWidget(list_button_);
    addWide(card_);
    addEntry(
        {tr("What left this computer"), tr("Network, bytes sent, hosts"), card_, list_button_});

    list_ = new RowTable({tr("Host"), tr("For"), tr("Sent"), tr("Received"), tr("Last")});
    list_->setAccessibleName(tr("Connections since the start"));
    list_->hide();
    addWide(list_);

    addHeading(tr("What can leave this computer"));
    auto* models = new QPushButton(tr("Models"));
    addRow(
        tr("Downloads of models"),
        tr("Only when you press Download. The request names the file; nothing of yours goes "
           "along."),
        models);
    auto* servers = new QPushButton(tr("Servers"));
    addRow(
        tr("Questions to a server"),
        tr("Only when you added a server and switched it on. It gets the question and the passages "
           "that may answer it. Otherwise nothing is sent: no statistics, no reports, no updates."),
        servers);

    addHeading(tr("Keeping and deleting"));
    delete_ = new QPushButton(
        theme::icon(QStringLiteral("trash-2"), theme::Color::Record),
        tr("Delete all…"));
    theme::setRole(delete_, theme::Role::Danger);
    addRow(
        tr("Delete all data"),
        tr("All sessions, stored files, answers, settings and the log. The files that you dropped "
           "stay "
           "where they are. It cannot be undone."),
        delete_);
    question_ = new QWidget;
    models_too_ = new QCheckBox(tr("The models too"));
    sure_ = new QPushButton(tr("Delete everything and quit"));
    theme::setRole(sure_, theme::Role::Danger);
    auto* keep = new QPushButton(tr("Keep"));
    auto* line = new QHBoxLayout(question_);
    line->setContentsMargins(0, 4, 3, 8);
    line->addStretch(1);
    line->addWidget(models_too_);
    line->addWidget(sure_);
    line->addWidget(keep);
    question_->hide();
    addWide(question_);
    finish();

    connect(list_button_, &QPushButton::toggled, list_, &QWidget::setVisible);
    connect(models, &QPushButton::clicked, this, &PrivacyPage::modelsRequested);
    connect(servers, &QPushButton::clicked, this, &PrivacyPage::modelsRequested);
    connect(delete_, &QPushButton::clicked, this, [this, keep] {
        question_->show();
        keep->setFocus(Qt::OtherFocusReason);
    });
    connect(keep, &QPushButton::clicked, this, &PrivacyPage::dropQuestion);
    connect(sure_, &QPushButton::clicked, this, [this] {
        question_->hide();
        delete_->setEnabled(false);
        Q_EMIT deleteAllRequested(models_too_->isChecked());
    });
    setPrivacy({});
}

bool PrivacyPage::dropQuestion()
{
    if (question_->isHidden()) return false;
    question_->hide();
    delete_->setFocus(Qt::OtherFocusReason);
    return true;
}

void PrivacyPage::setPrivacy(const PrivacyState& state)
{
    std::uint64_t words = 0;
    std::uint64_t requests = 0;
    std::uint64_t received = 0;
    for (const HostRow& host : state.hosts) {
        (host.carries_words ? words : requests) += host.sent_bytes;
        received += host.received_bytes;
    }
    quiet_ = words == 0;
    head_->setText(
        quiet_ ? tr("Nothing of yours was sent out since Percept started")
               : tr("%1 sent out since Percept started").arg(sizeWords(words)));
    QStringList detail;
    if (received > 0)
        detail << tr("%1 came in; asking for it sent %2.")
                      .arg(sizeWords(received), sizeWords(requests));
    else
        detail << tr("Nothing came in either.");
    if (state.server_on) detail << tr("A server is switched on: questions go there.");
    if (!state.hosts.empty()) detail << tr("Every host is listed.");
    detail_->setText(detail.join(u' '));
    list_button_->setEnabled(!state.hosts.empty());
    list_->setRowCount(static_cast<int>(state.hosts.size()));
    for (int i = 0; i < list_->rowCount(); ++i) {
        const HostRow& host = state.hosts[static_cast<std::size_t>(i)];
        const QStringList cells = {
            host.host,
            host.purpose,
            sizeWords(host.sent_bytes),
            sizeWords(host.received_bytes),
            host.last};
        for (int column = 0; column < kColumns; ++column)
            list_->setItem(i, column, new QTableWidgetItem(cells[column]));
    }
    list_->resizeColumnsToContents();
    for (int column = kPurpose; column < kColumns; ++column)
        list_->setColumnWidth(column, list_->columnWidth(column) + 2 * theme::kGap_px);
    list_->setFixedHeight(
        list_->horizontalHeader()->sizeHint().height() +
        std::min(8, list_->rowCount()) * list_->verticalHeader()->defaultSectionSize() + 4);
    icon_->set(
        quiet_ ? QStringLiteral("wifi-off") : QStringLiteral("upload"),
        quiet_ ? theme::Color::Ok : theme::Color::Warn);
}

} // namespace ui
