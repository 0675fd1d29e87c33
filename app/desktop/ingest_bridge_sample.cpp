// The bundled session to ask about.
#include "app/desktop/ingest_bridge.h"
#include "app/sample.h"
#include "ui/ask/ask_view.h"

#include <algorithm>

namespace app::desktop {
namespace {

QString sampleName()
{
    return QCoreApplication::translate("app::desktop", "Sample session");
}

} // namespace

bool IngestBridge::hasSample(const std::vector<ui::SessionItem>& sessions) const
{
    return std::any_of(sessions.begin(), sessions.end(), [](const auto& session) {
        return session.name == sampleName();
    });
}

void IngestBridge::openSample()
{
    const auto library = services_.library();
    if (library == nullptr) return;
    struct Found {
        storage::SessionId session = 0;
        std::vector<std::filesystem::path> files;
    };
    services_.background().run(
        Lane::Quick,
        this,
        [library](const std::stop_token&) -> Result<Found> {
            storage::SessionQuery query;
            query.name = sampleName().toStdString();
            const auto sessions = library->sessions(query);
            if (!sessions) return tl::unexpected(sessions.error());
            for (const auto& session : *sessions) {
                if (QString::fromStdString(session.name) == sampleName())
                    return Found{session.id, {}};
            }
            const auto sample = find_sample();
            if (!sample) return tl::unexpected(sample.error());
            return Found{0, sample->files()};
        },
        [this](Result<Found> found) {
            if (!found)
                view_.showProblem(tr("The sample is not here."), sentence(found.error()));
            else if (found->session != 0)
                view_.openSessionById(found->session);
            else
                begin(0, sampleName(), found->files);
        });
}

} // namespace app::desktop
