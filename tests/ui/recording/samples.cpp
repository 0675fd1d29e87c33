#include "samples.h"

namespace samples {

using namespace ui::recording;

RecordingInfo info()
{
    RecordingInfo info;
    info.session = kSession;
    info.source = kSource;
    info.name = QStringLiteral("Kick-off with operations");
    info.created = QDateTime(QDate(2026, 11, 11), QTime(9, 0), Qt::UTC);
    info.duration_s = 47 * 60 + 12;
    info.gaps = {{14 * 60 + 2, 14 * 60 + 47}};
    return info;
}

TranscriptLine speech(qint64 id, double start_s, const QString& speaker, const QString& text)
{
    TranscriptLine line;
    line.id = id;
    line.start_s = start_s;
    line.end_s = start_s + 6;
    line.speaker = speaker;
    line.text = text;
    double time_s = start_s;
    for (qsizetype at = 0; at < text.size();) {
        auto end = text.indexOf(u' ', at);
        if (end < 0) end = text.size();
        line.words.push_back({static_cast<int>(at), static_cast<int>(end), time_s, 0.95f});
        time_s += 0.4;
        at = end + 1;
    }
    return line;
}

std::vector<TranscriptLine> lines()
{
    const QString ines = QStringLiteral("Ines Okafor");
    const QString you = QStringLiteral("You");
    const QString tomas = QStringLiteral("Tomas Lindqvist");
    const QString fourth = QStringLiteral("Speaker 4");
    std::vector<TranscriptLine> all;
    TranscriptLine gap;
    gap.kind = TranscriptLine::Kind::Gap;
    gap.start_s = 842;
    gap.end_s = 887;
    gap.text = QStringLiteral("microphone unplugged");
    all.push_back(gap);
    all.push_back(speech(
        1,
        1247,
        ines,
        QStringLiteral("Phase 1 is the temporary pump, that stays in place the whole time.")));
    all.push_back(speech(
        2,
        1264,
        fourth,
        QStringLiteral("Can the crane stand on the quay then, or only in the yard?")));
    all.push_back(speech(
        3,
        1280,
        ines,
        QStringLiteral("And there is the fish problem, it is at the bottom of the slide.")));
    all.push_back(speech(
        4,
        1296,
        ines,
        QStringLiteral("No shutdown over six hours from the first of April to mid May.")));
    TranscriptLine marker;
    marker.kind = TranscriptLine::Kind::Marker;
    marker.id = 1;
    marker.start_s = marker.end_s = 1303;
    marker.text = QStringLiteral("Spawning season");
    all.push_back(marker);
    all.push_back(speech(5, 1318, you, QStringLiteral("Then face two has to be done in March.")));
    all.back().edited = QStringLiteral("Then phase 2 has to be done in March.");
    all.push_back(speech(
        6,
        1331,
        tomas,
        QStringLiteral("If the KSL one-fifty is delivered by the second of March, yes.")));
    for (auto& word : all.back().words) {
        const QString text = all.back().text.mid(word.begin, word.end - word.begin);
        if (text == QStringLiteral("KSL") || text == QStringLiteral("second"))
            word.confidence = 0.31f;
    }
    TranscriptLine silence;
    silence.kind = TranscriptLine::Kind::Silence;
    silence.start_s = 1346;
    silence.end_s = 1351;
    all.push_back(silence);
    all.push_back(speech(
        7,
        1351,
        ines,
        QStringLiteral("I will send the letter about the spawning season to both bidders by "
                       "Friday.")));
    all.push_back(speech(8, 1365, fourth, QStringLiteral("The operators need a copy as well.")));
    return all;
}

std::vector<TranscriptLine> manyLines(int count)
{
    std::vector<TranscriptLine> all;
    all.reserve(static_cast<std::size_t>(count));
    const QString text = QStringLiteral("The pump stands at the quay until the letter about number "
                                        "%1 is answered, and nobody touches the old station "
                                        "before that day.");
    for (int i = 0; i < count; ++i)
        all.push_back(speech(
            i + 1,
            i * 4.0,
            QStringLiteral("Speaker %1").arg(i % 3 + 1),
            (i % 4 == 0 ? QStringLiteral("Yes, number %1.") : text).arg(i)));
    return all;
}

namespace {

SummaryLine line(const QString& text, double start_s)
{
    SummaryLine line;
    line.text = text;
    ui::Place place;
    place.session = kSession;
    place.source = kSource;
    place.kind = ui::PlaceKind::Sound;
    place.name = QStringLiteral("kick-off.ogg");
    place.start_s = start_s;
    place.end_s = start_s + 6;
    place.quote = text;
    line.places.push_back(place);
    return line;
}

} // namespace

SummaryContent summary()
{
    SummaryContent summary;
    summary.form = QStringLiteral("minutes");
    summary.title = QStringLiteral("Kick-off with operations");
    // In the order of the template: dates come before decisions.
    SummarySection marked{QStringLiteral("Marked"), ListKind::Marks, {}, {}};
    marked.note = QStringLiteral("Nothing was marked.");
    SummarySection dates{QStringLiteral("Dates and times mentioned"), ListKind::Dates, {}, {}};
    dates.lines.push_back(line(
        QStringLiteral("No shutdown over six hours from the first of April to mid May."),
        1296));
    SummarySection decisions{QStringLiteral("Likely decisions"), ListKind::Decisions, {}, {}};
    decisions.lines.push_back(
        line(QStringLiteral("Phase 2 moves to March, before the spawning season."), 1318));
    decisions.lines.push_back(
        line(QStringLiteral("Operations keeps both keys until acceptance."), 1990));
    SummarySection actions{QStringLiteral("Likely to-dos"), ListKind::Actions, {}, {}};
    actions.lines.push_back(line(
        QStringLiteral("I will send the letter about the spawning season to both bidders by "
                       "Friday."),
        1351));
    actions.lines.back().owner = QStringLiteral("Ines");
    actions.lines.back().due = QDate(2026, 11, 13);
    actions.lines.push_back(
        line(QStringLiteral("Could you price a second temporary pump, Tomas?"), 1694));
    actions.lines.back().owner = QStringLiteral("Tomas");
    actions.lines.push_back(line(QStringLiteral("Somebody checks the crane limit."), 2387));
    SummarySection check{QStringLiteral("Worth checking"), ListKind::ToCheck, {}, {}};
    check.lines.push_back(line(QStringLiteral("We could order it from the other one."), 1500));
    check.lines.push_back(line(QStringLiteral("Maybe we leave the wall as it is."), 2100));
    SummarySection questions{QStringLiteral("Open questions"), ListKind::Questions, {}, {}};
    questions.lines.push_back(
        line(QStringLiteral("Who pays for the night shift if phase 2 slips?"), 2645));
    SummarySection highlights{QStringLiteral("Highlights"), ListKind::Highlights, {}, {}};
    highlights.lines.push_back(line(
        QStringLiteral("Phase 1 is the temporary pump, that stays in place the whole time."),
        1247));
    SummarySection key{QStringLiteral("Key sentences"), ListKind::KeySentences, {}, {}};
    summary.sections = {marked, dates, decisions, actions, check, questions, highlights, key};
    summary.heard_s = 2787;
    summary.missing = {QStringLiteral("14:02 to 14:47 is missing: microphone unplugged.")};
    summary.how = QStringLiteral(
        "Sentences picked by cue words, dates and similarity: 24 of 81 (30 %). The starter does "
        "not understand the meeting; a decision without such words is missed.");
    return summary;
}

std::vector<OwnNote> notes()
{
    return {
        {3, std::nullopt, QStringLiteral("Ask for the drawings of the old station.")},
        {1, 1296.0, QStringLiteral("Spawning season: check with the fishery office.")},
        {2, 700.0, QStringLiteral("Ines knows the bidder in Malmö.")}};
}

} // namespace samples
