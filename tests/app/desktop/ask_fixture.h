#pragma once

#include "app/desktop/ask_bridge.h"
#include "app/desktop/ingest_bridge.h"
#include "tests/support/models.h"
#include "tests/support/temporary_folder.h"
#include "ui/ask/ask_view.h"
#include "ui/ask/conversation.h"
#include "ui/ask/ingest_model.h"
#include "ui/ask/session_list.h"

#include <gtest/gtest.h>
#include <QSignalSpy>
#include <QTest>

/// The view with both bridges on a library of its own, with the lanes and the reader of the window.
class AskFixture : public testing::Test {
protected:
    void SetUp() override
    {
        capture::ReaderOptions reader;
        reader.program = std::filesystem::path{PERCEPT_BIN_DIR} / "percept-reader";
        ingest_.setReader(reader);
        QSignalSpy opened(&services_, &app::desktop::Services::opened);
        services_.open();
        ASSERT_TRUE(opened.wait(10'000));
    }

    /// Without a key where there is none.
    const ui::SourceItem& card(int row)
    {
        static const ui::SourceItem kNone;
        const auto& sources = view_.sources()->sources();
        const auto at = static_cast<std::size_t>(row);
        return at < sources.size() ? sources[at] : kNone;
    }
    bool comesTo(int row, ui::SourceState state, int limit_ms = 60'000)
    {
        return QTest::qWaitFor(
            [&] { return card(row).key != 0 && card(row).state == state; },
            limit_ms);
    }
    QString path(const std::filesystem::path& file)
    {
        return QString::fromStdString(file.string());
    }

    support::TemporaryFolder folder_;
    app::desktop::Services services_{{folder_ / "data", support::models_folder()}};
    ui::AskView view_;
    app::desktop::IngestBridge ingest_{services_, view_};
    app::desktop::AskBridge ask_{services_, view_, ingest_};
};
