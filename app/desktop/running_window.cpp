#include "app/desktop/running_window.h"

#include "app/handover/client.h"

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
    const auto handed = handover::hand_over(data_dir, job, silence, {});
    return handed && handed->end == handover::HandedOver::End::Done && handed->status == 0;
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
