#include "ui/models/server_form.h"

#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>

namespace ui {

ServerForm::ServerForm(QWidget* parent) : QWidget(parent)
{
    name_ = new QLineEdit;
    name_->setPlaceholderText(tr("Name"));
    name_->setAccessibleName(tr("Name of the server"));
    url_ = new QLineEdit;
    url_->setPlaceholderText(QStringLiteral("https://host:8000/v1"));
    url_->setAccessibleName(tr("Address of the server"));
    add_ = new QPushButton(tr("Add"));
    add_->setAccessibleName(tr("Add this server"));
    auto* cancel = new QPushButton(tr("Cancel"));
    theme::setRole(cancel, theme::Role::Flat);
    cancel->setAccessibleName(tr("Cancel adding a server"));
    note_ = new TextLabel({}, theme::Step::Small, theme::Color::Text3);

    auto* row = new QHBoxLayout;
    row->setSpacing(theme::kGap_px);
    row->addWidget(name_, 1);
    row->addWidget(url_, 2);
    row->addWidget(add_);
    row->addWidget(cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(theme::kGap_px);
    column->addLayout(row);
    column->addWidget(note_);
    connect(add_, &QPushButton::clicked, this, &ServerForm::press);
    connect(url_, &QLineEdit::returnPressed, this, &ServerForm::press);
    connect(name_, &QLineEdit::returnPressed, this, [this] { url_->setFocus(); });
    connect(cancel, &QPushButton::clicked, this, &ServerForm::cancelled);
    close();
}

void ServerForm::open()
{
    note_->setColor(theme::Color::Text3);
    note_->setText(tr(
        "Any server that speaks the OpenAI chat API; its address usually ends in /v1. A model is "
        "named behind #. Its key, where it wants one, is taken from the variable "
        "PERCEPT_API_KEY. It is off until you switch it on."));
    show();
    name_->setFocus(Qt::OtherFocusReason);
}

void ServerForm::close()
{
    hide();
    name_->clear();
    url_->clear();
}

void ServerForm::press()
{
    const QUrl url(url_->text().trimmed(), QUrl::StrictMode);
    const bool web =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !web || url.host().isEmpty()) {
        note_->setColor(theme::Color::Warn);
        note_->setText(tr("The address begins with http:// or https:// and names a host."));
        url_->setFocus();
        return;
    }
    const QString name = name_->text().trimmed();
    Q_EMIT add(name.isEmpty() ? url.host() : name, url.toString());
}

} // namespace ui
