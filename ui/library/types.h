#pragma once

#include "ui/palette/types.h"

#include <cstdint>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <vector>

/// What the library shows, as values; bridges fill them.
namespace ui {

enum class LibraryShow { Everything, Documents, Recordings, Videos, Answers };
enum class LibraryWhen { Any, ThisWeek, ThisMonth, Range };

/// What the list pane narrows sessions and search to; its three parts go together.
struct LibraryFilter {
    LibraryShow show = LibraryShow::Everything;
    QString tag; // empty: any
    LibraryWhen when = LibraryWhen::Any;
    QDate from; // of a Range, both included
    QDate until;
    bool operator==(const LibraryFilter&) const = default;
};

struct LibrarySession {
    storage::SessionId id = 0;
    QString name;
    QDateTime created; // local
    QStringList tags;
    QStringList kinds; // of its sources: "pdf", "audio", ...
    int sources = 0;
    int messages = 0;
    double duration_s = 0;
    std::uint64_t size_bytes = 0;
    bool pinned = false;
};

/// Something of it can be opened as summary and transcript.
inline bool hasRecording(const LibrarySession& session)
{
    return session.kinds.contains(QLatin1String("audio")) ||
           session.kinds.contains(QLatin1String("video"));
}

/// A page of sessions, newest first. `pinned` comes with the first page and stands before it.
struct LibraryPage {
    LibraryFilter filter;
    int offset = 0; // rows before this page; pinned ones are counted where their age puts them
    std::vector<LibrarySession> pinned;
    std::vector<LibrarySession> sessions;
    bool more = false;
};

struct LibraryTag {
    QString name;
    int sessions = 0;
};
/// Sessions of each row of the list pane, and what all of it takes.
struct LibraryNumbers {
    int sessions = 0;
    int documents = 0;
    int recordings = 0;
    int videos = 0;
    int answers = 0;
    int this_week = 0;
    int this_month = 0;
    std::vector<LibraryTag> tags;
    std::uint64_t size_bytes = 0;
};

struct ExportOrder {
    std::vector<storage::SessionId> sessions;
    QString format; // "md", "docx", "pdf", "srt", "vtt", "json"
    QString path;   // a file, for several sessions a folder
    bool overwrite = false;
};
struct ExportProgress {
    int done = 0;
    int total = 0;
    QString name; // of the session being written
};
struct ExportOutcome {
    QStringList existing; // would be replaced: nothing was written, ask
    QStringList written;
    std::uint64_t size_bytes = 0;
    QStringList problems; // sentences, one a session that failed
    bool stopped = false;
};

} // namespace ui
