// A library of 10,000 sessions scrolls without a frame being late.

#include "ui/library/session_delegate.h"
#include "ui/library/session_model.h"
#include "ui/widgets/sectioned_list.h"

#include <algorithm>
#include <ctime>
#include <gtest/gtest.h>
#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <vector>

namespace ui {
namespace {

constexpr int kSessions = 10'000;
constexpr int kPage = 200;
constexpr double kLatePaint = 8; // milliseconds

/// Processor time of this thread: what other programs do meanwhile is not the list's.
double nowMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

LibraryPage pageAt(int offset)
{
    LibraryPage page;
    page.offset = offset;
    const QDateTime now = QDateTime::currentDateTime();
    for (int i = offset; i < offset + kPage; ++i) {
        LibrarySession session;
        session.id = i + 1;
        session.name = QStringLiteral("Session %1: pumps, noise and the residents’ letter").arg(i);
        session.created = now.addSecs(-3600LL * i * 5);
        session.kinds = QStringList{QStringLiteral("audio"), QStringLiteral("pdf")};
        session.sources = 2 + i % 5;
        session.duration_s = 60.0 * (i % 90);
        session.size_bytes = 100'000ULL * static_cast<unsigned>(1 + i % 500);
        if (i % 3 == 0)
            session.tags = QStringList{QStringLiteral("drainage"), QStringLiteral("budget")};
        page.sessions.push_back(std::move(session));
    }
    page.more = offset + kPage < kSessions;
    return page;
}

double percentile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

TEST(ScrollTest, TenThousandSessionsScrollInTime)
{
    SessionModel model;
    SectionedList list;
    list.setRows(new SessionDelegate(&list));
    list.rows()->setTwoLines(true);
    list.setModel(&model);
    list.resize(976, 700);
    QObject::connect(&model, &SessionModel::pageWanted, &model, [&model](int offset) {
        model.setPage(pageAt(offset));
    });
    model.setPage(pageAt(0));
    list.show();

    // To the end, page by page as the user would.
    std::vector<double> appends;
    while (model.loaded() < kSessions) {
        const int before = model.loaded();
        const double begin = nowMs();
        list.scrollToBottom();
        QApplication::processEvents();
        if (model.loaded() == before) model.fetchMore({});
        QApplication::processEvents();
        appends.push_back(nowMs() - begin);
        ASSERT_GT(model.loaded(), before);
    }
    ASSERT_EQ(model.loaded(), kSessions);

    QImage image(list.viewport()->size() * 2, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    std::vector<double> paints;
    QScrollBar& bar = *list.verticalScrollBar();
    for (int step = 0; step <= 400; ++step) {
        bar.setValue(
            static_cast<int>(static_cast<qint64>(bar.maximum()) * (step * 37 % 401) / 400));
        image.fill(Qt::white);
        const double begin = nowMs();
        list.viewport()->render(&image);
        paints.push_back(nowMs() - begin);
    }
    const double median = percentile(paints, 0.5), p95 = percentile(paints, 0.95);
    std::printf(
        "10,000 rows: paint median %.2f ms, p95 %.2f ms, longest %.2f ms; a page of 200: p95 %.1f "
        "ms, longest %.1f ms\n",
        median,
        p95,
        percentile(paints, 1),
        percentile(appends, 0.95),
        percentile(appends, 1));
    EXPECT_LE(p95, kLatePaint);
    EXPECT_LE(percentile(appends, 1), 50) << "the window would stand still";
}

} // namespace
} // namespace ui
