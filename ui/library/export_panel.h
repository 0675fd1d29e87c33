#pragma once

#include "ui/library/types.h"

#include <QWidget>

class QButtonGroup;
class QPushButton;

namespace ui {

class Banner;
class ElidedLabel;
class ProgressRow;
class TextLabel;

/// Writes sessions to files: which format, where to, how far it is, where it went. Never replaces a
/// file without asking. Content of an OverlayPanel.
class ExportPanel : public QWidget {
    Q_OBJECT
public:
    explicit ExportPanel(QWidget* parent = nullptr);

    struct Session {
        storage::SessionId id = 0;
        QString name;
    };
    /// `folder`: where the user exported to last.
    void begin(const std::vector<Session>& sessions, const QString& folder);
    bool isWriting() const { return writing_; }
    QString folder() const { return folder_; }

public Q_SLOTS:
    void setProgress(const ui::ExportProgress& progress);
    void setOutcome(const ui::ExportOutcome& outcome);

Q_SIGNALS:
    void exportWanted(const ui::ExportOrder& order);
    void stopWanted();
    /// Shows a written file in its folder.
    void revealWanted(const QString& path);
    void closeWanted();

protected:
    /// Enter exports from any format.
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* createFormats();
    QWidget* createTarget();
    void connectSignals();
    void chooseTarget();
    void updateTarget();
    void start(bool overwrite);
    void showWriting(bool writing);
    QString format() const;

    std::vector<Session> sessions_;
    QString folder_;
    QString chosen_path_; // empty: folder and name of the session
    QString last_written_;
    bool writing_ = false;
    TextLabel* title_;
    Banner* banner_;
    QButtonGroup* formats_;
    ElidedLabel* target_;
    QPushButton* choose_;
    ProgressRow* progress_;
    QPushButton* export_;
    QPushButton* reveal_;
    QPushButton* close_;
};

} // namespace ui
