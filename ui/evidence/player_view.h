#pragma once

#include "ui/evidence/types.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace ui {

class Hairline;
class KeyCap;
class PictureView;
class TextLabel;
class Track;
class TranscriptList;
class WaveformView;

/// Plays a recording at its cited span: frame, track, buttons, waveform, transcript. Asks for what
/// it needs by signals; a bridge answers through the slots.
class PlayerView : public QWidget {
    Q_OBJECT
public:
    explicit PlayerView(QWidget* parent = nullptr);

    void open(const EvidenceSource& source);
    /// Seeks to the place and plays it. `ticks`: the times of all citations in this recording.
    void showPlace(const Place& place, std::vector<double> ticks);
    storage::SourceId source() const { return source_.id; }
    /// Stops the sound, for a pane that is closed or shows something else.
    void pause();

    Track& track() { return *track_; }
    WaveformView& waveform() { return *waveform_; }
    TranscriptList& transcript() { return *transcript_; }
    PictureView& picture() { return *picture_; }
    double position() const { return position_s_; }
    bool isPlaying() const { return playing_; }
    /// Why it cannot be played; empty: it can.
    QString failure() const;
    void togglePlay();
    void focusPlay();
    void seekBy(double seconds);
    /// J and L: 5 s.
    void jump(int times);
    void stepFrames(int frames);
    void setSpeed(double speed);

    // Answers; those about another source come too late and are dropped.
    void setPlaying(storage::SourceId source, bool playing);
    void setPosition(storage::SourceId source, double seconds);
    void setFrame(storage::SourceId source, const QImage& frame);
    void setPeaks(storage::SourceId source, const SoundPeaks& peaks);
    void setTranscript(storage::SourceId source, std::vector<TranscriptLine> lines);
    void setGaps(storage::SourceId source, const std::vector<storage::Gap>& gaps);
    /// "No sound device was found. It plays silently."; empty: there is sound.
    void setSoundNote(storage::SourceId source, const QString& sentence);
    void setFailed(storage::SourceId source, const QString& sentence);

Q_SIGNALS:
    /// Plays from here; to `end_s` where that is after the start, else to the end.
    void playWanted(storage::SourceId source, double start_s, double end_s);
    void pauseWanted(storage::SourceId source);
    void seekWanted(storage::SourceId source, double seconds);
    void framesWanted(storage::SourceId source, int frames);
    void speedWanted(storage::SourceId source, double speed);
    void peaksWanted(storage::SourceId source, double start_s, double end_s, int columns);
    /// Frames are wanted at most this wide, in device pixels.
    void frameWidthWanted(storage::SourceId source, int width_px);
    void citationStepWanted(int steps);
    void positionChanged(double seconds);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void createWidgets();
    void connectSignals();
    void arrange();
    void showRange(double around_s, std::optional<double> end_s);
    void seek(double seconds);
    void showTimes();
    void enlarge();
    void wantFrameWidth();

    EvidenceSource source_;
    double position_s_ = 0;
    double speed_ = 1;
    bool playing_ = false;
    bool cited_ = false;
    PictureView* picture_;
    PictureView* large_ = nullptr; // a window of its own, while it is open
    TextLabel* failure_;
    Track* track_;
    QWidget* buttons_;
    QToolButton* previous_;
    QToolButton* play_;
    QToolButton* next_;
    QLabel* times_ = nullptr;
    QToolButton* speed_button_;
    QToolButton* enlarge_;
    KeyCap* space_;
    Hairline* line_;
    QWidget* sound_head_;
    TextLabel* sound_title_;
    TextLabel* sound_span_;
    TextLabel* sound_note_;
    WaveformView* waveform_;
    TranscriptList* transcript_;
    TextLabel* no_words_;
};

/// "1.0×", "0.75×".
QString speedWords(double speed);

} // namespace ui
