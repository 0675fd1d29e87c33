#include "ui/ask/source_words.h"

#include <algorithm>
#include <cmath>
#include <QCoreApplication>

namespace ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui", text);
}

bool isTimed(const SourceItem& source)
{
    return source.kind == QLatin1String("audio") || source.kind == QLatin1String("video");
}

QString pagesWords(int pages)
{
    return pages == 1 ? tr("1 page") : tr("%1 pages").arg(pages);
}

/// "6:41" is read as a time of day: in words instead.
QString spokenTime(double seconds)
{
    const auto whole = static_cast<qint64>(std::llround(seconds));
    QString s = whole % 60 == 1 ? tr("1 second") : tr("%1 seconds").arg(whole % 60);
    if (whole < 60) return s;
    QString m = whole / 60 == 1 ? tr("1 minute") : tr("%1 minutes").arg(whole / 60);
    return whole % 60 == 0 ? m : m + u' ' + s;
}

QString spokenPhase(const SourceItem& source)
{
    switch (source.state) {
    case SourceState::Waiting:
        return tr("waiting");
    case SourceState::Opening:
        return tr("opening");
    case SourceState::Reading:
        if (source.total <= 0) return tr("reading");
        return tr("reading page %1 of %2").arg(source.done).arg(source.total);
    case SourceState::Watching:
        return tr("watching, %1 of %2").arg(spokenTime(source.done), spokenTime(source.total));
    case SourceState::Listening:
        return tr("listening, %1 of %2").arg(spokenTime(source.done), spokenTime(source.total));
    default:
        return phaseWords(source).toLower();
    }
}

} // namespace

bool isAnswerable(const SourceItem& source)
{
    if (source.state == SourceState::Ready) return true;
    return source.state == SourceState::Stopped && source.id != 0;
}

bool isRecording(const SourceItem& source)
{
    const bool heard =
        source.kind == QLatin1String("audio") || source.kind == QLatin1String("video");
    return heard && source.id != 0 && isAnswerable(source);
}

QString shortened(const QString& sentence)
{
    constexpr qsizetype kMost = 400;
    if (sentence.size() <= kMost) return sentence;
    return sentence.left(kMost / 2) + QChar(0x2026) + sentence.right(kMost / 2);
}

QString factsWords(const SourceItem& source)
{
    QStringList facts;
    if (source.duration_s > 0) {
        facts << clockWords(source.duration_s);
    } else if (source.pages > 0 && source.kind != QLatin1String("image")) {
        facts
            << (source.kind == QLatin1String("text") && source.pages == 1
                    ? tr("text")
                    : pagesWords(source.pages));
    }
    if (source.scanned)
        facts << tr("scanned");
    else if (source.size_bytes > 0)
        facts << sizeWords(source.size_bytes);
    return facts.join(QStringLiteral(" · "));
}

QString phaseWords(const SourceItem& source)
{
    const QString done = clockWords(source.done);
    const QString total = clockWords(source.total);
    switch (source.state) {
    case SourceState::Waiting:
        return tr("Waiting");
    case SourceState::Opening:
        return tr("Opening");
    case SourceState::Reading:
        if (source.total <= 1) return tr("Reading");
        return tr("Reading %1/%2 pages").arg(source.done).arg(source.total);
    case SourceState::Watching:
        if (source.total <= 0) return tr("Watching");
        return tr("Watching %1/%2").arg(done, total);
    case SourceState::Listening:
        if (source.total <= 0) return tr("Listening");
        if (source.kind == QLatin1String("video"))
            return tr("Watching %1/%2, listening").arg(done, total);
        return tr("Listening %1/%2").arg(done, total);
    case SourceState::Ready:
        if (source.failed_pages == 1) return tr("Ready, 1 page failed");
        if (source.failed_pages > 1) return tr("Ready, %1 pages failed").arg(source.failed_pages);
        return tr("Ready");
    case SourceState::Stopped:
        return source.id != 0 ? tr("Stopped, what was read is kept") : tr("Stopped");
    case SourceState::Failed:
        return tr("Not read");
    case SourceState::NeedsPassword:
        return tr("Needs a password");
    }
    return {};
}

QString detailWords(const SourceItem& source)
{
    if (!source.problem.isEmpty()) return source.problem;
    return source.warnings.join(u' ');
}

QString spokenWords(const SourceItem& source)
{
    QStringList words{source.name, spokenPhase(source)};
    if (isBusy(source.state) && source.left_s)
        words << tr("%1 left").arg(spokenTime(std::max(1.0, *source.left_s)));
    if (!isBusy(source.state) && !factsWords(source).isEmpty()) words << factsWords(source);
    if (const QString detail = detailWords(source); !detail.isEmpty()) words << detail;
    return words.join(QStringLiteral(", "));
}

QString summaryWords(const std::vector<SourceItem>& sources, const QString& indexing)
{
    int ready = 0;
    int busy = 0;
    int needs = 0;
    int stopped = 0;
    std::optional<double> left_s;
    for (const auto& source : sources) {
        if (source.state == SourceState::Ready) ++ready;
        if (isBusy(source.state)) ++busy;
        if (source.state == SourceState::NeedsPassword || source.state == SourceState::Failed)
            ++needs;
        if (source.state == SourceState::Stopped) ++stopped;
        if (isBusy(source.state) && source.left_s)
            left_s = std::max(left_s.value_or(0), *source.left_s);
    }
    QStringList words;
    if (ready > 0) words << tr("%1 ready").arg(ready);
    if (busy > 0) words << tr("%1 in progress").arg(busy);
    if (stopped > 0) words << tr("%1 stopped").arg(stopped);
    if (needs == 1) words << tr("1 needs you");
    if (needs > 1) words << tr("%1 need you").arg(needs);
    if (!indexing.isEmpty()) words << indexing;
    // Files are read two at a time: the longest one alone says when it is over.
    if (left_s) {
        words
            << (*left_s < 60 ? timeLeftWords(*left_s)
                             : tr("about %1 min left").arg(std::ceil(*left_s / 60)));
    }
    return words.join(QStringLiteral(" · "));
}

QString countWords(int sources)
{
    if (sources == 0) return tr("No sources");
    return sources == 1 ? tr("1 source") : tr("%1 sources").arg(sources);
}

double fractionDone(const SourceItem& source)
{
    if (source.state == SourceState::Waiting) return 0;
    if (source.total <= 0 || (source.total <= 1 && !isTimed(source))) return -1;
    return std::clamp(source.done / source.total, 0.0, 1.0);
}

QString sourceIcon(const SourceItem& source)
{
    if (source.state == SourceState::NeedsPassword) return QStringLiteral("file-lock");
    if (source.state == SourceState::Failed) return QStringLiteral("file-x");
    if (source.kind == QLatin1String("audio")) return QStringLiteral("audio-lines");
    if (source.kind == QLatin1String("video")) return QStringLiteral("film");
    return QStringLiteral("file-text");
}

} // namespace ui
