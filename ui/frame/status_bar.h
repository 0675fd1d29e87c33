#pragma once

#include "ui/widgets/accessible.h"

#include <QString>
#include <QWidget>
#include <vector>

class QHBoxLayout;

namespace ui {

/// How one segment of the status bar looks; colour never stands without words.
enum class StatusTone { Plain, Warn, Alarm };

/// What the engine does now. Figures that were not measured are negative and not shown.
struct EngineStatus {
    QString name;  // "Starter", "my-model.gguf", "lab.example"
    QString doing; // "ready", "reading", "answering", "no model"
    StatusTone tone = StatusTone::Plain;
    double memory_bytes = -1; // resident, of the whole program
    int queue = -1;
    double tokens_per_s = -1;
    QString detail; // "CPU, AVX-512 VNNI, 2 threads", in the popup
};
/// Work that goes on: files being read, a download, an export.
struct JobStatus {
    QString words;    // "Reading 2 files, 20 s left"; empty: nothing is being read
    double part = -1; // of 1; < 0: unknown
};
struct NetworkStatus {
    quint64 sent_bytes = 0;
    quint64 received_bytes = 0;
    QString where;       // hosts, in the order of their first use; empty: none yet
    bool active = false; // something came or went since the last measurement
    bool asked = false;  // words of the user went out, not only requests for models
};

/// 28 px at the bottom of the window: what is going on, who answers, room on the disk, and what
/// left this computer. Says only what was measured, and how old it is when it is not of now.
class StatusBar : public QWidget, public Accessible {
    Q_OBJECT
public:
    explicit StatusBar(QWidget* parent = nullptr);

    void setEngine(const EngineStatus& engine);
    void setJob(const JobStatus& job);
    /// < 0: unknown. Below 5 GB a warning, below 1 GB an alarm.
    void setDiskLeft(double bytes);
    void setNetwork(const NetworkStatus& network);
    /// The window is narrow: queue, speed and "sent out: 0" go; a source, the disk and an alarm
    /// stay.
    void setCompact(bool compact);

    QSize sizeHint() const override;
    QAccessible::Role accessibleRole() const override { return QAccessible::StatusBar; }
    QString accessibleWords() const override { return tr("Status"); }

Q_SIGNALS:
    void engineChosen();  // its segment was pressed: Models
    void jobChosen();     // the session whose files are read
    void networkChosen(); // Settings, Privacy
    void diskChosen();    // Settings, Storage

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Segment;
    Segment* addSegment(const QString& name, void (StatusBar::*pressed)());
    void showParts();

    QHBoxLayout* row_;
    Segment* job_;
    Segment* engine_;
    Segment* memory_;
    Segment* queue_;
    Segment* speed_;
    Segment* disk_;
    Segment* network_;
    bool compact_ = false;
    bool nothing_sent_ = true;
};

} // namespace ui
