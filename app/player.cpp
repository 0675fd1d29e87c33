#include "app/player.h"

#include "app/player_engine.h"

namespace app {

Player::Player(PlayerObserver observer, capture::ReaderOptions reader, OpenOutput open_output)
    : engine_(
          std::make_unique<Engine>(std::move(observer), std::move(reader), std::move(open_output)))
{
}
Player::~Player() = default;

void Player::open(const std::filesystem::path& path, double start_s, const std::string& name)
{
    engine_->tell([=](Engine& engine) { engine.open(path, start_s, name); });
}
void Player::close()
{
    engine_->tell([](Engine& engine) { engine.close(); });
}
void Player::play()
{
    engine_->tell([](Engine& engine) { engine.play(); });
}
void Player::pause()
{
    engine_->tell([](Engine& engine) { engine.pause(); });
}
void Player::toggle()
{
    engine_->tell([](Engine& engine) {
        engine.state == PlayerState::Playing ? engine.pause() : engine.play();
    });
}
void Player::seek(double time_s)
{
    engine_->tell([=](Engine& engine) { engine.seek(time_s); }, true);
}
void Player::step(int frames)
{
    engine_->tell([=](Engine& engine) { engine.step(frames); });
}
void Player::play_span(double start_s, double end_s)
{
    engine_->tell([=](Engine& engine) { engine.play_span(start_s, end_s); });
}
void Player::set_speed(double speed)
{
    engine_->tell([=](Engine& engine) { engine.set_speed(speed); });
}
void Player::set_volume(float volume)
{
    engine_->tell([=](Engine& engine) { engine.set_volume(volume); });
}
void Player::set_frame_width(int width_px)
{
    engine_->tell([=](Engine& engine) { engine.set_frame_width(width_px); });
}
double Player::position_s() const
{
    return engine_->position;
}
PlayerState Player::state() const
{
    return engine_->state;
}

} // namespace app
