#include "app/desktop/running_window.h"

#include "app/handover/client.h"
#include "storage/writer_lock.h"

#include <chrono>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>

namespace app::desktop {
namespace {

/// What the running window says is not for anybody's terminal.
class Silence final : public handover::Outlet {
public:
    void output(std::string_view) override {}
    void error(std::string_view) override {}
    void progress(std::string_view) override {}
    void end_progress() override {}
    bool terminal() const override { return false; }
};

/// A window that is starting has the library before it takes files. Asked of the name that it left
/// and of the system: to try the lock would be in the way of a window that takes it right now.
bool isWindowStarting(const std::filesystem::path& data_dir)
{
    constexpr std::string_view kWindow = "percept (process ";
    const std::string holder = storage::holder_of(data_dir);
    if (!holder.starts_with(kWindow)) return false;
    const std::size_t end = holder.find_first_not_of("0123456789", kWindow.size());
    const std::filesystem::path process =
        "/proc/" + holder.substr(kWindow.size(), end - kWindow.size());
    std::string name;
    return static_cast<bool>(std::ifstream(process / "comm") >> name) && name == "percept";
}

} // namespace

bool handToRunningWindow(
    const std::filesystem::path& data_dir,
    const std::filesystem::path& models_dir,
    const QStringList& files)
{
    handover::Job job;
    job.words.emplace_back(kOpenInWindow);
    for (const QString& file : files) job.words.push_back(file.toStdString());
    std::error_code ignored;
    job.folder = std::filesystem::current_path(ignored);
    job.models = models_dir;
    Silence silence;
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (;;) {
        const auto handed = handover::hand_over(data_dir, job, silence, {});
        if (handed && handed->end == handover::HandedOver::End::Done) return handed->status == 0;
        const bool absent = handed && handed->end == handover::HandedOver::End::Nobody;
        if (!absent || !isWindowStarting(data_dir) || std::chrono::steady_clock::now() > give_up)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

std::optional<QStringList> filesForWindow(const handover::Job& job)
{
    if (job.words.empty() || job.words.front() != kOpenInWindow) return std::nullopt;
    QStringList files;
    for (std::size_t i = 1; i < job.words.size(); ++i)
        files << QString::fromStdString((job.folder / job.words[i]).lexically_normal().string());
    return files;
}

} // namespace app::desktop
