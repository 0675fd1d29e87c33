#include "app/player_engine.h"

#include <cmath>

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kTick = std::chrono::milliseconds(15);
constexpr auto kTellPosition = std::chrono::milliseconds(33);
constexpr double kTick_s = 0.015;
constexpr double kWithoutFrames_s = 1.0 / 25; // what a step is where there are no pictures
constexpr double kRate = capture::kPlaySampleRateHz;
/// A reader that died again within so much playing will die once more.
constexpr double kRecovered_s = 5;

} // namespace

void Player::Engine::run()
{
    std::unique_lock lock(mutex_);
    while (!ending_) {
        const auto something = [&] { return ending_ || woken_ || !commands_.empty(); };
        if (state == PlayerState::Playing)
            changed_.wait_for(lock, kTick, something);
        else
            changed_.wait(lock, something);
        woken_ = false;
        while (!commands_.empty() && !ending_) {
            const Command command = std::move(commands_.front());
            commands_.pop_front();
            lock.unlock();
            command.act(*this);
            lock.lock();
        }
        if (ending_) break;
        lock.unlock();
        tick();
        lock.lock();
    }
    lock.unlock();
    decoder_.end();
    output_.reset();
}

void Player::Engine::wake()
{
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    changed_.notify_all();
}

void Player::Engine::tick()
{
    while (auto event = decoder_.next_event()) {
        if (const auto* ended = std::get_if<PlayerDecoder::Ended>(&*event)) {
            if (ended->task == task_) take(*ended);
        } else if (const auto& said = std::get<PlayerDecoder::Said>(*event);
                   said.sentence != last_notice_) {
            last_notice_ = said.sentence;
            if (observer_.on_notice) observer_.on_notice(said.sentence);
        }
    }
    if (doing_ != Doing::Playing) {
        show_due(1e18); // what a search found is due
        return;
    }
    const double now_s = time_played();
    show_due(now_s + kTick_s / 2);
    if (state != PlayerState::Playing) return;
    decoder_.there_is_room();
    position = now_s;
    if (Clock::now() - told_at_ >= kTellPosition) tell_position(now_s);
    if (output_->failure()) {
        const Error lost = *output_->failure();
        pause();
        decoder_.end();
        doing_ = Doing::Nothing;
        can_go_on_ = false;
        output_.reset();
        if (observer_.on_notice) observer_.on_notice(lost.message + " " + lost.hint);
        return;
    }
    if (all_sent_ && output_->played() + 0.5 >= static_cast<double>(output_->written()))
        end_playing();
}

/// A task is done.
void Player::Engine::take(const PlayerDecoder::Ended& ended)
{
    if (!ended.result) return task_failed(ended.result.error());
    if (doing_ == Doing::Opening && *ended.result) return opened(**ended.result);
    if (doing_ == Doing::Playing) all_sent_ = true;
}

void Player::Engine::opened(const capture::FileInfo& info)
{
    info_ = info;
    doing_ = Doing::Nothing;
    if (observer_.on_opened) observer_.on_opened(info);
    set_state(PlayerState::Paused);
    seek(start_s_);
    for (const auto& act : std::exchange(after_opening_, {})) act(*this);
}

/// A reader that died is started again, by the next task, once for the same place.
void Player::Engine::task_failed(const Error& error)
{
    const bool may_retry =
        is_open() && (error.code == ErrorCode::ReaderDied || error.code == ErrorCode::TimedOut);
    const double at_s = doing_ == Doing::Playing ? time_played() : last_asked_s_;
    const bool again = died_at_s_ && std::abs(at_s - *died_at_s_) < kRecovered_s;
    if (may_retry && !again) {
        died_at_s_ = at_s;
        if (doing_ == Doing::Playing && state == PlayerState::Playing) return begin_playing(at_s);
        if (doing_ == Doing::Finding) return find(last_choice_, last_asked_s_, last_times_);
        can_go_on_ = false;
        return;
    }
    if (output_runs_) output_->pause();
    output_runs_ = false;
    doing_ = Doing::Nothing;
    can_go_on_ = false;
    set_state(PlayerState::Failed);
    if (observer_.on_error) observer_.on_error(error);
}

void Player::Engine::open(
    const std::filesystem::path& path,
    double start_s,
    const std::string& name)
{
    close();
    start_s_ = start_s;
    doing_ = Doing::Opening;
    task_ = decoder_.begin(PlayerDecoder::Open{path, name});
    set_state(PlayerState::Opening);
}

void Player::Engine::close()
{
    decoder_.end(); // nothing is written to the output any more
    drop_sound();
    output_.reset();
    task_ = decoder_.begin(std::monostate{});
    info_.reset();
    doing_ = Doing::Nothing;
    can_go_on_ = false;
    span_end_s_.reset();
    shown_s_.reset();
    died_at_s_.reset();
    last_notice_.clear();
    after_opening_.clear();
    found_ = true;
    position = 0;
    set_state(PlayerState::Empty);
}

void Player::Engine::play()
{
    if (put_off([](Engine& engine) { engine.play(); })) return;
    if (!is_open() || state == PlayerState::Playing || state == PlayerState::Failed) return;
    if (can_go_on_ && output_ && !output_->failure() && output_->start()) {
        output_runs_ = true;
        set_state(PlayerState::Playing);
        return;
    }
    const bool at_end = last_s() > 0 && position >= last_s() - kWithoutFrames_s;
    begin_playing(state == PlayerState::Ended || at_end ? 0 : position.load());
}

void Player::Engine::pause()
{
    if (state != PlayerState::Playing) return;
    set_state(PlayerState::Paused);
    output_->pause();
    output_runs_ = false;
    can_go_on_ = true;
    const double now_s = time_played();
    show_due(now_s + kTick_s / 2);
    tell_position(now_s);
}

void Player::Engine::seek(double time_s)
{
    if (put_off([=](Engine& engine) { engine.seek(time_s); })) return;
    if (!is_open() || state == PlayerState::Failed) return;
    // A length that the file does not tell is no limit.
    const double end_s = last_s() > 0 ? last_s() : 1e9;
    time_s = std::clamp(time_s, 0.0, end_s);
    span_end_s_.reset();
    if (state == PlayerState::Playing && time_s < end_s) return begin_playing(time_s);
    drop_sound();
    can_go_on_ = false;
    set_state(PlayerState::Paused);
    find(capture::FrameChoice::At, time_s);
    tell_position(time_s);
}

void Player::Engine::step(int frames)
{
    if (put_off([=](Engine& engine) { engine.step(frames); })) return;
    if (!is_open() || state == PlayerState::Failed || frames == 0) return;
    const bool searching = doing_ == Doing::Finding && !found_;
    pause();
    drop_sound();
    can_go_on_ = false;
    span_end_s_.reset();
    if (state == PlayerState::Ended) set_state(PlayerState::Paused);
    if (!has_pictures()) {
        const double end_s = last_s() > 0 ? last_s() : 1e9;
        return tell_position(std::clamp(position + frames * kWithoutFrames_s, 0.0, end_s));
    }
    const auto choice = frames > 0 ? capture::FrameChoice::Next : capture::FrameChoice::Previous;
    // Steps that come faster than their frames add up.
    const int times = std::abs(frames) + (searching && choice == last_choice_ ? last_times_ : 0);
    find(choice, searching ? last_asked_s_ : shown_s_.value_or(position), times);
}

void Player::Engine::play_span(double start_s, double end_s)
{
    if (put_off([=](Engine& engine) { engine.play_span(start_s, end_s); })) return;
    if (!is_open() || state == PlayerState::Failed || !(end_s > start_s)) return;
    span_end_s_ = end_s;
    begin_playing(std::max(0.0, start_s));
}

void Player::Engine::set_speed(double speed)
{
    speed = std::clamp(speed, capture::kMinSpeed, capture::kMaxSpeed);
    if (speed == speed_) return;
    const double at_s = doing_ == Doing::Playing ? time_played() : position.load();
    speed_ = speed;
    can_go_on_ = false;
    if (state == PlayerState::Playing) begin_playing(at_s);
}

void Player::Engine::set_volume(float volume)
{
    volume_ = std::clamp(volume, 0.0f, 1.0f);
    if (output_) output_->set_volume(volume_);
}

/// The output goes on running over a seek: starting a device is heard.
void Player::Engine::begin_playing(double at_s)
{
    decoder_.end();
    ensure_output();
    output_->flush();
    from_s_ = at_s;
    from_frame_ = static_cast<double>(output_->written());
    capture::PlayRange range;
    range.start_s = at_s;
    range.end_s = span_end_s_.value_or(-1);
    range.speed = speed_;
    range.max_frame_width_px = width_px_;
    doing_ = Doing::Playing;
    all_sent_ = false;
    can_go_on_ = false;
    task_ = decoder_.begin(PlayerDecoder::Play{range, output_.get()});
    if (!output_runs_ && !output_->start()) {
        // Gone since it was opened: silently, then.
        decoder_.end();
        output_ = capture::make_silent_output({});
        return begin_playing(at_s);
    }
    output_runs_ = true;
    set_state(PlayerState::Playing);
    tell_position(at_s);
}

void Player::Engine::ensure_output()
{
    if (output_ && !output_->failure()) return;
    output_runs_ = false;
    auto opened = open_output_({capture::kPlaySampleRateHz, 2});
    if (opened) {
        output_ = std::move(*opened);
    } else {
        output_ = capture::make_silent_output({capture::kPlaySampleRateHz, 2});
        const std::string sentence = opened.error().message + " " + opened.error().hint;
        if (observer_.on_notice && sentence != last_notice_) observer_.on_notice(sentence);
        last_notice_ = sentence;
    }
    output_->set_volume(volume_);
}

void Player::Engine::find(capture::FrameChoice choice, double time_s, int times)
{
    last_choice_ = choice;
    last_asked_s_ = time_s;
    last_times_ = times;
    doing_ = Doing::Finding;
    found_ = !has_pictures();
    if (has_pictures())
        task_ = decoder_.begin(PlayerDecoder::Find{{time_s, choice, width_px_}, times});
}

/// Nothing more is heard of what was being played.
void Player::Engine::drop_sound()
{
    if (!output_) return;
    decoder_.end();
    output_->flush();
    if (output_runs_) output_->pause();
    output_runs_ = false;
}

void Player::Engine::end_playing()
{
    const double at_s = time_played();
    output_->pause();
    output_runs_ = false;
    doing_ = Doing::Nothing;
    can_go_on_ = false;
    const bool is_span = span_end_s_ && at_s >= *span_end_s_ - 0.1;
    tell_position(is_span ? *span_end_s_ : at_s);
    span_end_s_.reset();
    set_state(is_span ? PlayerState::Paused : PlayerState::Ended);
}

double Player::Engine::time_played() const
{
    if (!output_) return position;
    return from_s_ + std::max(0.0, output_->played() - from_frame_) / kRate * speed_;
}

void Player::Engine::show_due(double position_s)
{
    auto due = decoder_.frame_due(position_s);
    if (!due || due->task != task_) return;
    shown_s_ = due->frame.time_s;
    const bool found = doing_ == Doing::Finding && due->frame.exact;
    if (found) found_ = true;
    // A step ends where its frame begins.
    if (found && last_choice_ != capture::FrameChoice::At) tell_position(*shown_s_);
    if (observer_.on_frame) observer_.on_frame(std::move(due->frame));
}

void Player::Engine::set_state(PlayerState next)
{
    if (state.exchange(next) != next && observer_.on_state) observer_.on_state(next);
}

void Player::Engine::tell_position(double position_s)
{
    position = position_s;
    told_at_ = Clock::now();
    if (observer_.on_position) observer_.on_position(position_s);
}

} // namespace app
