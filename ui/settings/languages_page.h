#pragma once

#include "ui/settings/settings_page.h"
#include "ui/settings/types.h"

class QComboBox;
class QListWidget;

namespace ui {

class TextLabel;

/// Which languages are looked for in pictures of pages, and in speech.
class LanguagesPage : public SettingsPage {
    Q_OBJECT
public:
    explicit LanguagesPage(QWidget* parent);
    void setLanguages(const LanguagesState& state);

Q_SIGNALS:
    void ocrChosen(const QStringList& codes); // in the order of the list, never empty
    void speechChosen(const QString& code);   // "" = detected

private:
    void changed();

    QListWidget* ocr_;
    TextLabel* note_;
    QComboBox* speech_;
};

} // namespace ui
