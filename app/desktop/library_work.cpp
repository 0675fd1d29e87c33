#include "app/desktop/library_work.h"

#include "base/blocking.h"

#include <algorithm>
#include <QLocale>

namespace app::desktop {
namespace {

constexpr int kPage = 200;

std::string utcWords(const QDate& day)
{
    return day.startOfDay()
        .toUTC()
        .toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss'Z'"))
        .toStdString();
}

/// The week begins where the user's language lets it begin.
QDate weekBegin(const QDate& today)
{
    const int back = (today.dayOfWeek() - QLocale().firstDayOfWeek() + 7) % 7;
    return today.addDays(-back);
}

QStringList texts(const std::vector<std::string>& all)
{
    QStringList list;
    for (const std::string& one : all) list << QString::fromStdString(one);
    return list;
}

ui::LibrarySession sessionOf(const storage::Session& session)
{
    ui::LibrarySession row;
    row.id = session.id;
    row.name = QString::fromStdString(session.name);
    row.created = localTime(session.created);
    row.tags = texts(session.tags);
    row.kinds = texts(session.kinds);
    row.sources = session.sources;
    row.messages = session.messages;
    row.duration_s = session.duration_s;
    row.size_bytes = session.size_bytes;
    row.pinned = session.pinned;
    return row;
}

Result<int> countSessions(storage::Library& library, storage::SessionQuery query)
{
    int count = 0;
    for (query.limit = 1000;; query.offset += query.limit) {
        const auto sessions = library.sessions(query);
        if (!sessions) return tl::unexpected(sessions.error());
        count += static_cast<int>(sessions->size());
        if (static_cast<int>(sessions->size()) < query.limit) return count;
    }
}

} // namespace

std::vector<std::string> kindsOf(ui::LibraryShow show)
{
    switch (show) {
    case ui::LibraryShow::Documents:
        return {"pdf", "office", "text", "image"};
    case ui::LibraryShow::Recordings:
        return {"audio"};
    case ui::LibraryShow::Videos:
        return {"video"};
    default:
        return {};
    }
}

storage::SessionQuery queryOf(const ui::LibraryFilter& filter)
{
    const QDate today = QDate::currentDate();
    storage::SessionQuery query;
    query.kinds = kindsOf(filter.show);
    query.answered = filter.show == ui::LibraryShow::Answers;
    query.tag = filter.tag.toStdString();
    switch (filter.when) {
    case ui::LibraryWhen::Any:
        break;
    case ui::LibraryWhen::ThisWeek:
        query.created_from = utcWords(weekBegin(today));
        break;
    case ui::LibraryWhen::ThisMonth:
        query.created_from = utcWords(QDate(today.year(), today.month(), 1));
        break;
    case ui::LibraryWhen::Range:
        query.created_from = utcWords(filter.from);
        query.created_until = utcWords(filter.until.addDays(1));
        break;
    }
    return query;
}

QDateTime localTime(const std::string& utc)
{
    return QDateTime::fromString(QString::fromStdString(utc), Qt::ISODate).toLocalTime();
}

Result<ui::LibraryPage> loadLibraryPage(
    storage::Library& library,
    const ui::LibraryFilter& filter,
    int offset,
    int at_least)
{
    BASE_MAY_BLOCK();
    ui::LibraryPage page;
    page.filter = filter;
    page.offset = offset;
    storage::SessionQuery query = queryOf(filter);
    if (offset == 0) {
        query.pinned = true;
        const auto pinned = library.sessions(query);
        if (!pinned) return tl::unexpected(pinned.error());
        for (const storage::Session& session : *pinned) page.pinned.push_back(sessionOf(session));
        query.pinned = false;
    }
    query.offset = offset;
    query.limit = std::max(kPage, at_least) + 1; // one more tells whether there are more
    const auto sessions = library.sessions(query);
    if (!sessions) return tl::unexpected(sessions.error());
    for (const storage::Session& session : *sessions) page.sessions.push_back(sessionOf(session));
    page.more = static_cast<int>(page.sessions.size()) == query.limit;
    if (page.more) page.sessions.pop_back();
    return page;
}

Result<ui::LibraryNumbers> loadLibraryNumbers(storage::Library& library)
{
    BASE_MAY_BLOCK();
    const auto counts = library.library_counts();
    if (!counts) return tl::unexpected(counts.error());
    const auto tags = library.tags();
    if (!tags) return tl::unexpected(tags.error());
    ui::LibraryNumbers numbers;
    numbers.sessions = counts->sessions;
    numbers.documents = counts->with_documents;
    numbers.recordings = counts->with_recordings;
    numbers.videos = counts->with_videos;
    numbers.answers = counts->with_answers;
    numbers.size_bytes = counts->media_bytes;
    for (const storage::Tag& tag : *tags)
        numbers.tags.push_back({QString::fromStdString(tag.name), tag.sessions});
    const auto since = [&](ui::LibraryWhen when) {
        ui::LibraryFilter filter;
        filter.when = when;
        return countSessions(library, queryOf(filter));
    };
    const auto week = since(ui::LibraryWhen::ThisWeek), month = since(ui::LibraryWhen::ThisMonth);
    if (!week) return tl::unexpected(week.error());
    if (!month) return tl::unexpected(month.error());
    numbers.this_week = *week;
    numbers.this_month = *month;
    return numbers;
}

} // namespace app::desktop
