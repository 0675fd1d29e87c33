#pragma once

#include "ui/settings/settings_page.h"
#include "ui/settings/types.h"

class QPushButton;
class QVBoxLayout;

namespace ui {

class Banner;
class ElidedLabel;
class ProgressRow;
class TextLabel;

/// Where the library lies and how large it is; moving, backing up and checking it.
class StoragePage : public SettingsPage {
    Q_OBJECT
public:
    explicit StoragePage(QWidget* parent);
    void setStorage(const StorageState& state);
    void setJob(const StorageJob& job);
    bool isBusy() const { return job_.running; }

Q_SIGNALS:
    void moveRequested(const QString& folder);
    void backupRequested(const QString& file);
    void checkRequested();
    void cancelRequested();
    void restartRequested();
    void oldPlaceForgotten();
    void openPlaceRequested();

private:
    void chooseMove();
    void chooseBackup();
    void update();
    void showResult(bool stands_here);

    StorageState state_;
    StorageJob job_;
    TextLabel* place_;
    QVBoxLayout* kinds_;
    TextLabel* total_;
    QPushButton* move_;
    QPushButton* backup_;
    QPushButton* check_;
    QPushButton* starter_ = nullptr; // of the job, where it had the focus
    ProgressRow* progress_;
    Banner* banner_;
    QString said_; // by the banner
    bool said_moved_ = false;
    QWidget* old_row_ = nullptr;
    QPushButton* forget_;
    TextLabel* old_hint_;
};

} // namespace ui
