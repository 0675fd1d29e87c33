#pragma once

#include "app/desktop/services.h"
#include "app/player.h"
#include "app/waveform.h"
#include "ui/evidence/types.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <QImage>
#include <QObject>
#include <stop_token>

namespace ui {
class PlayerView;
}

namespace app::desktop {

/// Lets a PlayerView play what the library holds. One app::Player for each source that is shown;
/// its calls come on its own thread and become queued calls here. An old player is ended in a lane,
/// since that waits for its threads.
class PlayerBridge : public QObject {
    Q_OBJECT
public:
    PlayerBridge(
        Services& services,
        ui::PlayerView& view,
        capture::ReaderOptions reader = {},
        Player::OpenOutput open_output = capture::AudioOutput::open,
        QObject* parent = nullptr);
    ~PlayerBridge() override;

private:
    struct Link; // what a player's thread may touch
    struct Wanted {
        bool play = false;
        double start_s = 0;
        double end_s = -1;
    };

    void play(storage::SourceId source, double start_s, double end_s);
    void pause(storage::SourceId source);
    void seek(storage::SourceId source, double seconds);
    /// True where the player of this source is open; else it is opened and does `wanted` then.
    bool ready(storage::SourceId source, const Wanted& wanted);
    void open(storage::SourceId source);
    void start(const std::filesystem::path& file, const QString& name);
    void end();
    PlayerObserver observer(const std::shared_ptr<Link>& link);
    void readWords(storage::SourceId source);
    void readPeaks();
    void tellPeaks();

    Services& services_;
    ui::PlayerView& view_;
    capture::ReaderOptions reader_;
    Player::OpenOutput open_output_;
    storage::SourceId source_ = 0;
    std::unique_ptr<Player> player_;
    std::shared_ptr<Link> link_;
    Wanted wanted_;
    double speed_ = 1;
    int frame_width_px_ = 640;
    PeaksRequest peaks_of_;
    std::shared_ptr<const Peaks> peaks_;
    std::stop_source peaks_stop_;
    struct {
        double start_s = 0;
        double end_s = 0;
        int columns = 0;
    } peaks_wanted_;
};

/// The peaks of a stretch in as many columns as are drawn.
ui::SoundPeaks peaksOf(const Peaks& peaks, double start_s, double end_s, int columns);

} // namespace app::desktop
