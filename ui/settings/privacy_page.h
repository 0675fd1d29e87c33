#pragma once

#include "ui/settings/settings_page.h"
#include "ui/settings/types.h"

class QCheckBox;
class QPushButton;

namespace ui {

class Card;
class IconSpot;
class RowTable;
class TextLabel;

/// What left this computer since the program started, by host and time; deleting everything.
class PrivacyPage : public SettingsPage {
    Q_OBJECT
public:
    explicit PrivacyPage(QWidget* parent);
    void setPrivacy(const PrivacyState& state);
    /// Esc: takes an open question back; false where there is none.
    bool dropQuestion();

Q_SIGNALS:
    void deleteAllRequested(bool models_too);
    void modelsRequested();

private:
    Card* card_;
    IconSpot* icon_ = nullptr;
    bool quiet_ = true;
    TextLabel* head_;
    TextLabel* detail_;
    QPushButton* list_button_;
    RowTable* list_;
    QPushButton* delete_;
    QWidget* question_;
    QCheckBox* models_too_;
    QPushButton* sure_;
};

} // namespace ui
