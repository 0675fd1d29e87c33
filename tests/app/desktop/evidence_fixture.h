#pragma once

#include "app/desktop/services.h"
#include "app/ingest_job.h"
#include "tests/support/temporary_folder.h"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <QElapsedTimer>
#include <QTest>

namespace support {

inline constexpr int kLimit_ms = 20'000;

inline capture::ReaderOptions readerOptions()
{
    capture::ReaderOptions options;
    options.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
    return options;
}

/// A library of its own with files read into it, and the lanes of the window.
class LibraryTest : public testing::Test {
protected:
    static std::filesystem::path sample(const char* name)
    {
        return std::filesystem::path{PERCEPT_SOURCE_DIR} / "resources/sample" / name;
    }
    void ingest(std::vector<std::filesystem::path> files)
    {
        auto library = storage::Library::open(folder_ / "data", storage::Access::Write);
        ASSERT_TRUE(library) << library.error().message;
        app::Engines engines{folder_ / "no models", {}};
        app::IngestRequest request;
        request.inputs = std::move(files);
        request.reader = readerOptions();
        const auto report = app::ingest(request, **library, engines, {}, {});
        ASSERT_TRUE(report) << report.error().message;
        session_ = report->session;
        for (const auto& source : report->sources) sources_.push_back(source.source.id);
    }
    void openServices()
    {
        services_ = std::make_unique<app::desktop::Services>(
            app::Paths{folder_ / "data", folder_ / "no models"});
        bool opened = false;
        QObject::connect(services_.get(), &app::desktop::Services::opened, [&] { opened = true; });
        services_->open();
        ASSERT_TRUE(waitFor([&] { return opened; }));
    }
    static bool waitFor(const std::function<bool()>& done)
    {
        return QTest::qWaitFor(done, kLimit_ms);
    }
    storage::Library& library() { return *services_->library(); }

    TemporaryFolder folder_;
    storage::SessionId session_ = 0;
    std::vector<storage::SourceId> sources_;
    std::unique_ptr<app::desktop::Services> services_;
};

} // namespace support
