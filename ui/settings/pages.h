#pragma once

#include "ui/settings/settings_page.h"
#include "ui/settings/types.h"

class QComboBox;
class QPushButton;
class QSpinBox;

/// The short sections of Settings. A change applies at once; the signal carries it.
namespace ui {

class Card;
class SegmentedControl;
class TextLabel;

class AppearancePage : public SettingsPage {
    Q_OBJECT
public:
    explicit AppearancePage(QWidget* parent);
    void setAppearance(theme::Appearance appearance);

Q_SIGNALS:
    void appearanceChosen(ui::theme::Appearance appearance);

private:
    SegmentedControl* mode_;
};

class EnginePage : public SettingsPage {
    Q_OBJECT
public:
    explicit EnginePage(QWidget* parent);
    void setEngine(const EngineState& state);

Q_SIGNALS:
    void threadsChosen(int threads); // 0: all
    void deviceChosen(const QString& device);

private:
    QComboBox* device_;
    QSpinBox* threads_;
    TextLabel* now_;
};

class AboutPage : public SettingsPage {
    Q_OBJECT
public:
    explicit AboutPage(QWidget* parent);
    void setAbout(const AboutState& state);

Q_SIGNALS:
    void reportRequested();
    void guideRequested();

private:
    TextLabel* version_;
    TextLabel* licences_;
};

} // namespace ui
