#pragma once

#include "ui/frame/view.h"
#include "ui/start/types.h"

class QBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace ui {

class Card;
class ProgressBar;
class SampleCard;
class TextLabel;

/// The first minute: whether Percept is ready and what this computer can do, the models where they
/// are missing, a sample to ask about. No chain of dialogs; everything is on one page, and any part
/// may be left alone.
class StartView : public View {
    Q_OBJECT
public:
    static constexpr int kWidth_px = 1000;

    explicit StartView(QWidget* parent = nullptr);

    bool usesEvidence() const override { return false; }
    void activate() override;
    bool escape() override;
    void setState(const StartState& state);

Q_SIGNALS:
    void downloadRequested();
    void pauseRequested();
    void cancelRequested();
    void folderChosen(const QString& path);
    void questionChosen(const QString& question);
    void sampleCancelled();
    void filesRequested(); // the window's own file dialog
    void placeRequested(); // Settings, storage

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void createWidgets();
    Card* makeOffer();
    Card* makeNext();
    void chooseFolder();
    void setMachine(const std::vector<MachineLine>& lines);
    void arrange();

    StartState state_;
    bool waits_ = false; // to give the focus to what can be done first
    TextLabel* title_;
    TextLabel* subtitle_;
    Card* offer_;
    TextLabel* offer_title_;
    QPushButton* download_;
    QPushButton* pause_;
    QPushButton* cancel_;
    QPushButton* folder_;
    TextLabel* offer_note_;
    ProgressBar* bar_;
    SampleCard* sample_;
    Card* machine_;
    QVBoxLayout* machine_lines_;
    std::vector<MachineLine> shown_machine_;
    Card* next_;
    QPushButton* open_;
    QBoxLayout* columns_;
    QVBoxLayout* page_;
};

} // namespace ui
