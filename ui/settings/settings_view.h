#pragma once

#include "ui/frame/view.h"
#include "ui/settings/keys_page.h"
#include "ui/settings/languages_page.h"
#include "ui/settings/pages.h"
#include "ui/settings/privacy_page.h"
#include "ui/settings/storage_page.h"

class QStackedWidget;

namespace ui {

class HeaderBar;
class RowModel;
class SearchField;
class SectionedList;

/// Sections in the list column, one page each in the centre, and a field that finds a setting by
/// its words. The bridge talks to the pages.
class SettingsView : public View {
    Q_OBJECT
public:
    enum Section { kAppearance, kStorage, kLanguages, kEngine, kKeys, kPrivacy, kAbout, kSections };

    explicit SettingsView(Actions& actions, QWidget* parent = nullptr);

    QWidget* listPane() override { return list_pane_; }
    bool usesEvidence() const override { return false; }
    void activate() override;
    void updateActions(Actions& actions) override;
    bool escape() override;

    void showSection(Section section);
    Section section() const;

    AppearancePage* appearance() const { return appearance_; }
    StoragePage* storage() const { return storage_; }
    LanguagesPage* languages() const { return languages_; }
    EnginePage* engine() const { return engine_; }
    KeysPage* keys() const { return keys_; }
    PrivacyPage* privacy() const { return privacy_; }
    AboutPage* about() const { return about_; }

Q_SIGNALS:
    /// The page is looked at or not: sizes and bytes are read only while it is.
    void watched(bool on);
    void modelsRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void createWidgets(Actions& actions);
    void connectSignals();
    void find(const QString& words);
    void openFound(const QModelIndex& index);

    QWidget* list_pane_;
    SectionedList* sections_;
    RowModel* section_rows_;
    HeaderBar* header_;
    SearchField* search_;
    QStackedWidget* pages_;
    SectionedList* found_;
    RowModel* found_rows_;
    std::vector<SettingsPage*> all_;
    AppearancePage* appearance_;
    StoragePage* storage_;
    LanguagesPage* languages_;
    EnginePage* engine_;
    KeysPage* keys_;
    PrivacyPage* privacy_;
    AboutPage* about_;
};

} // namespace ui
