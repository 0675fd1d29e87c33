#include "tests/bench/answers/tiers_report.h"

#include "app/answer/passages.h"
#include "tests/bench/answers/evaluate.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>

namespace bench {

using app::answer::SectionKind;

namespace {

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") + 1 - first));
}

std::string key_of(const std::string& dialogue, std::size_t line)
{
    return dialogue + ":" + std::to_string(line + 1);
}

/// The line during which most of the cited time passes; the number of lines where none.
std::size_t line_at(
    const storage::Citation& citation,
    const std::string& dialogue,
    std::size_t lines,
    const LineTimes& times)
{
    std::size_t best = lines;
    double most = 0.0;
    for (std::size_t i = 0; i < lines; ++i) {
        const auto spoken = times.find(key_of(dialogue, i));
        if (spoken == times.end()) continue;
        const double common = std::min(citation.end_s.value_or(0.0), spoken->second.second) -
                              std::max(citation.start_s.value_or(0.0), spoken->second.first);
        if (common > most) {
            most = common;
            best = i;
        }
    }
    return best;
}

} // namespace

std::vector<LabelledLine> read_dialogue(const std::filesystem::path& file)
{
    std::vector<LabelledLine> lines;
    std::ifstream stream(file);
    for (std::string row; std::getline(stream, row);) {
        if (row.empty() || row.front() == '#') continue;
        const auto first = row.find('|');
        const auto second = row.find('|', first + 1);
        LabelledLine line;
        line.speaker = trimmed(row.substr(0, first));
        line.text = trimmed(row.substr(first + 1, second - first - 1));
        const auto label =
            second == std::string::npos ? std::string() : trimmed(row.substr(second + 1));
        line.decision = label == "D";
        line.to_do = label.starts_with("A");
        if (line.to_do) line.owner = trimmed(label.substr(1));
        lines.push_back(std::move(line));
    }
    return lines;
}

TierCounts& TierCounts::operator+=(const TierCounts& other)
{
    for (int TierCounts::*field :
         {&TierCounts::decisions,
          &TierCounts::decisions_likely,
          &TierCounts::decisions_to_check,
          &TierCounts::to_dos,
          &TierCounts::to_dos_likely,
          &TierCounts::to_dos_to_check,
          &TierCounts::likely,
          &TierCounts::likely_wrong,
          &TierCounts::to_check,
          &TierCounts::to_check_wrong,
          &TierCounts::owners_given,
          &TierCounts::owners_wrong}) {
        this->*field += other.*field;
    }
    misses.insert(misses.end(), other.misses.begin(), other.misses.end());
    return *this;
}

TierCounts count_tiers(
    const app::answer::Summary& summary,
    const std::string& dialogue,
    const std::vector<LabelledLine>& lines,
    const LineTimes& times)
{
    TierCounts counts;
    std::set<std::size_t> as_decision;
    std::set<std::size_t> as_to_do;
    std::set<std::size_t> checked;
    for (const auto& section : summary.sections) {
        const bool decisions = section.kind == SectionKind::Decisions;
        const bool to_dos = section.kind == SectionKind::Actions;
        const bool check = section.kind == SectionKind::ToCheck;
        if (!decisions && !to_dos && !check) continue;
        for (const auto& item : section.items) {
            const auto at = line_at(item.citations.front(), dialogue, lines.size(), times);
            const auto line = at < lines.size() ? lines[at] : LabelledLine();
            if (!check) {
                ++counts.likely;
                (decisions ? as_decision : as_to_do).insert(at);
                if (decisions ? !line.decision : !line.to_do) {
                    ++counts.likely_wrong;
                    counts.misses.push_back(
                        dialogue + (decisions ? ", no decision: " : ", no to-do: ") + item.text);
                }
            } else {
                ++counts.to_check;
                checked.insert(at);
                counts.to_check_wrong += line.decision || line.to_do ? 0 : 1;
            }
            if (item.owner.empty()) continue;
            ++counts.owners_given;
            if (item.owner != line.owner) {
                ++counts.owners_wrong;
                counts.misses.push_back(
                    dialogue + ", owner " + item.owner + " instead of " + line.owner + ": " +
                    item.text);
            }
        }
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].decision) {
            ++counts.decisions;
            counts.decisions_likely += as_decision.contains(i) ? 1 : 0;
            counts.decisions_to_check += !as_decision.contains(i) && checked.contains(i) ? 1 : 0;
        }
        if (lines[i].to_do) {
            ++counts.to_dos;
            counts.to_dos_likely += as_to_do.contains(i) ? 1 : 0;
            counts.to_dos_to_check += !as_to_do.contains(i) && checked.contains(i) ? 1 : 0;
        }
        const bool labelled = lines[i].decision || lines[i].to_do;
        const bool shown = as_decision.contains(i) || as_to_do.contains(i) || checked.contains(i);
        if (labelled && !shown) counts.misses.push_back(dialogue + ", missed: " + lines[i].text);
    }
    return counts;
}

void print_tiers(const std::string& title, const TierCounts& c)
{
    std::cout << title << "\n"
              << "  decisions under \"likely\"            "
              << share(c.decisions_likely, c.decisions) << ", under \"worth checking\" "
              << c.decisions_to_check << "\n"
              << "  to-dos under \"likely\"               " << share(c.to_dos_likely, c.to_dos)
              << ", under \"worth checking\" " << c.to_dos_to_check << "\n"
              << "  wrong among the likely              " << share(c.likely_wrong, c.likely) << "\n"
              << "  neither among those to check        " << share(c.to_check_wrong, c.to_check)
              << "\n"
              << "  wrong owners                        " << share(c.owners_wrong, c.owners_given)
              << "\n";
    for (const auto& miss : c.misses) std::cout << "  " << miss << "\n";
}

storage::Result<storage::SessionId> add_transcript(
    const std::string& dialogue,
    const std::vector<LabelledLine>& lines,
    const LineTimes& times,
    const std::filesystem::path& sound,
    storage::Library& library)
{
    auto session = library.create_session(dialogue);
    if (!session) return session;
    storage::Source source;
    source.session = *session;
    source.kind = "audio";
    const auto id = library.begin_source(*session, sound, source);
    if (!id) return tl::unexpected(id.error());
    source = *library.source(*id);
    std::vector<storage::Segment> segments;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto spoken = times.find(key_of(dialogue, i));
        if (spoken == times.end()) continue;
        storage::Segment segment;
        segment.source = *id;
        segment.start_s = spoken->second.first;
        segment.end_s = spoken->second.second;
        segment.text = lines[i].text;
        segment.speaker = lines[i].speaker;
        segment.language = "en";
        segments.push_back(std::move(segment));
        source.duration_s = spoken->second.second;
    }
    app::answer::PassageBuilder builder(source, "en");
    auto passages = builder.add_segments(segments);
    const auto rest = builder.finish();
    passages.insert(passages.end(), rest.begin(), rest.end());
    const auto added = library.add_segments(*id, segments, passages);
    if (!added) return tl::unexpected(added.error());
    source.status = storage::SourceStatus::Ready;
    const auto finished = library.finish_source(source);
    if (!finished) return tl::unexpected(finished.error());
    return session;
}

} // namespace bench
