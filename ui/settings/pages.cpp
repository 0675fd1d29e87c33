#include "ui/settings/pages.h"

#include "ui/widgets/segmented_control.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

namespace ui {
namespace {

constexpr int kThreadsWidth_px = 88;

} // namespace

AppearancePage::AppearancePage(QWidget* parent) : SettingsPage(tr("Appearance"), parent)
{
    mode_ = new SegmentedControl({tr("System"), tr("Light"), tr("Dark")});
    addRow(
        tr("Colours"),
        tr("System follows the desktop, also when it changes in the evening."),
        mode_);
    finish();
    connect(mode_, &SegmentedControl::chosen, this, [this](int index) {
        Q_EMIT appearanceChosen(static_cast<theme::Appearance>(index));
    });
}

void AppearancePage::setAppearance(theme::Appearance appearance)
{
    mode_->setCurrent(static_cast<int>(appearance));
}

EnginePage::EnginePage(QWidget* parent) : SettingsPage(tr("Engine"), parent)
{
    device_ = new QComboBox;
    threads_ = new QSpinBox;
    threads_->setMinimum(0);
    threads_->setSpecialValueText(tr("All"));
    // The field's own margin is not in its size hint, which then cuts the longer word.
    threads_->setMinimumWidth(kThreadsWidth_px);
    now_ = addRow(tr("Device"), {}, device_);
    now_->show();
    addRow(
        tr("Threads"),
        tr("Fewer leave more of the processor to other programs; answers then take longer."),
        threads_);
    finish();
    connect(device_, &QComboBox::activated, this, [this](int index) {
        Q_EMIT deviceChosen(device_->itemData(index).toString());
    });
    connect(threads_, &QSpinBox::valueChanged, this, &EnginePage::threadsChosen);
}

void EnginePage::setEngine(const EngineState& state)
{
    const QSignalBlocker quiet_device(device_);
    const QSignalBlocker quiet_threads(threads_);
    device_->clear();
    for (const auto& [code, name] : state.devices) device_->addItem(name, code);
    device_->setCurrentIndex(std::max(0, device_->findData(state.device)));
    threads_->setMaximum(state.most_threads);
    threads_->setValue(state.threads);
    now_->setText(
        state.now.isEmpty() ? tr("The models open when they are first asked for.") : state.now);
}

AboutPage::AboutPage(QWidget* parent) : SettingsPage(tr("About"), parent)
{
    version_ = new TextLabel;
    version_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    version_->setFocusPolicy(Qt::StrongFocus);
    addHeading(tr("Percept"));
    addWide(version_);
    addSpace(8);
    auto* guide = new QPushButton(tr("Open the guide"));
    theme::setKeyHint(guide, QStringLiteral("F1"));
    addRow(tr("Guide"), tr("How everything is done, task by task."), guide);
    auto* report = new QPushButton(theme::icon(QStringLiteral("copy")), tr("Copy report"));
    addRow(
        tr("Report"),
        tr("What works on this machine and what does not, for whoever helps you. It holds none of "
           "your words, and nobody gets it unless you send it."),
        report);
    licences_ = new TextLabel({}, theme::Step::Small, theme::Color::Text2);
    licences_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    licences_->setFocusPolicy(Qt::StrongFocus);
    addHeading(tr("Licences"));
    addWide(licences_);
    finish();
    connect(guide, &QPushButton::clicked, this, &AboutPage::guideRequested);
    connect(report, &QPushButton::clicked, this, &AboutPage::reportRequested);
}

void AboutPage::setAbout(const AboutState& state)
{
    version_->setText(tr("Version %1. A private desktop agent: everything runs on this computer.")
                          .arg(state.version));
    licences_->setText(state.licences.join(u'\n'));
}

} // namespace ui
