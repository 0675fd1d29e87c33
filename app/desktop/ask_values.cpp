#include "app/desktop/ask_values.h"

#include "app/desktop/app_sentences.h"
#include "app/desktop/services.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <QCoreApplication>
#include <QLocale>

namespace app::desktop {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("app::desktop", text);
}

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString countedKind(const std::string& kind, int count)
{
    const bool one = count == 1;
    if (kind == "pdf") return one ? tr("1 PDF") : tr("%1 PDFs").arg(count);
    if (kind == "image") return one ? tr("1 picture") : tr("%1 pictures").arg(count);
    if (kind == "audio") return one ? tr("1 recording") : tr("%1 recordings").arg(count);
    if (kind == "video") return one ? tr("1 video") : tr("%1 videos").arg(count);
    return one ? tr("1 document") : tr("%1 documents").arg(count);
}

constexpr std::string_view kPage = "Page ";
constexpr std::string_view kNotRead = " could not be read";

int failedPages(const std::vector<std::string>& warnings)
{
    return static_cast<int>(std::count_if(warnings.begin(), warnings.end(), [](const auto& w) {
        return w.starts_with(kPage) && w.find(kNotRead) != std::string::npos;
    }));
}

/// "Page 3 read by OCR.", "Pages 3, 5 and 9 read by OCR.", "12 pages read by OCR."
QString ocrWords(const std::vector<int>& pages)
{
    constexpr std::size_t kNamed = 5;
    if (pages.size() == 1) return tr("Page %1 read by OCR.").arg(pages.front());
    if (pages.size() > kNamed) return tr("%1 pages read by OCR.").arg(pages.size());
    QStringList numbers;
    for (const int page : pages) numbers << QString::number(page);
    const QString last = numbers.takeLast();
    return tr("Pages %1 and %2 read by OCR.").arg(numbers.join(QStringLiteral(", ")), last);
}

QString lockedWords(bool tried)
{
    return tried ? tr("This password does not open it. Nothing was read yet.")
                 : tr("This PDF is locked with a password. Nothing was read yet.");
}

void setState(ui::SourceItem& item, const storage::Source& source, bool has_error)
{
    using State = ui::SourceState;
    switch (source.status) {
    case storage::SourceStatus::Ready:
        item.state = State::Ready;
        break;
    case storage::SourceStatus::Partial:
        // Pages that cannot be read are the end of it; anything else may go on.
        item.state = !has_error && item.failed_pages > 0 ? State::Ready : State::Stopped;
        break;
    case storage::SourceStatus::Reading: // of a program that is gone
    case storage::SourceStatus::Cancelled:
        item.state = State::Stopped;
        break;
    case storage::SourceStatus::Failed:
        item.state = State::Failed;
        break;
    }
}

} // namespace

QString fileName(const std::string& path)
{
    return text(std::filesystem::path{path}.filename().string());
}

QString holdsWords(const storage::Session& session)
{
    if (session.sources == 0) return tr("no sources");
    if (session.kinds.size() == 1) return countedKind(session.kinds.front(), session.sources);
    return session.sources == 1 ? tr("1 source") : tr("%1 sources").arg(session.sources);
}

ui::SessionItem sessionItem(const storage::Session& session)
{
    ui::SessionItem item;
    item.id = session.id;
    item.name = text(session.name);
    item.when = QDateTime::fromString(text(session.created), Qt::ISODate).toLocalTime();
    item.holds = holdsWords(session);
    item.pinned = session.pinned;
    return item;
}

ui::SourceItem sourceItem(const storage::Source& source)
{
    ui::SourceItem item;
    item.key = source.id;
    item.id = source.id;
    item.session = source.session;
    item.path = text(source.path);
    item.name = fileName(source.path);
    item.kind = text(source.kind);
    item.pages = source.pages;
    item.duration_s = source.duration_s;
    item.size_bytes = source.size_bytes;
    item.failed_pages = failedPages(source.warnings);
    for (const auto& warning : source.warnings) item.warnings << translated(warning);
    setState(item, source, !source.error.empty());
    if (!source.error.empty()) {
        const auto colon = source.error.find(": ");
        const std::string code = source.error.substr(0, std::min(colon, source.error.size()));
        if (code == base::name(ErrorCode::PasswordNeeded)) {
            item.state = ui::SourceState::NeedsPassword;
            item.problem = lockedWords(false);
        } else if (code != base::name(ErrorCode::Cancelled)) {
            item.problem = translated(
                colon == std::string::npos ? source.error : source.error.substr(colon + 2));
        }
    }
    return item;
}

ui::SourceItem sourceItem(const IngestedSource& ingested, bool tried_password)
{
    ui::SourceItem item = sourceItem(ingested.source);
    item.name = fileName(ingested.input.string());
    item.path = text(ingested.input.string());
    const bool is_paged = item.pages > 0 && ingested.source.kind != "image";
    const bool all_by_ocr = static_cast<int>(ingested.ocr_pages.size()) == item.pages;
    if (is_paged && !ingested.ocr_pages.empty()) {
        item.scanned = all_by_ocr && item.pages > 1;
        if (!item.scanned) item.warnings.prepend(ocrWords(ingested.ocr_pages));
    }
    if (!ingested.error) return item;
    if (ingested.error->code == ErrorCode::PasswordNeeded) {
        item.state = ui::SourceState::NeedsPassword;
        item.problem = lockedWords(tried_password);
    } else if (ingested.error->code == ErrorCode::Cancelled) {
        item.state = ui::SourceState::Stopped;
        item.problem.clear();
    } else {
        item.problem = sentence(*ingested.error);
    }
    return item;
}

ui::Place placeOf(const storage::Citation& citation, const storage::Source& source)
{
    ui::Place place;
    place.n = citation.n;
    place.session = source.session;
    place.source = citation.source;
    place.kind = ui::placeKind(source.kind, citation.page > 0);
    place.name = fileName(source.path);
    place.page = citation.page;
    place.boxes = citation.marked_boxes.empty() ? citation.boxes : citation.marked_boxes;
    place.start_s = citation.marked_start_s ? citation.marked_start_s : citation.start_s;
    place.end_s = citation.marked_end_s ? citation.marked_end_s : citation.end_s;
    place.quote = text(citation.quote);
    place.located = citation.page > 0 || citation.start_s.has_value();
    return place;
}

ui::Place wholeSource(const storage::Source& source)
{
    ui::Place place;
    place.session = source.session;
    place.source = source.id;
    place.kind = ui::placeKind(source.kind, source.pages > 0);
    place.name = fileName(source.path);
    if (place.kind == ui::PlaceKind::Sound) return place; // its recording is opened, not played
    if (source.duration_s > 0)
        place.start_s = 0;
    else
        place.page = 1;
    return place;
}

namespace {

/// Sources by id, each asked for once; one that was removed since stays nameless.
class Sources {
public:
    explicit Sources(storage::Library& library) : library_(library) {}

    const storage::Source& get(storage::SourceId id)
    {
        const auto known = known_.find(id);
        if (known != known_.end()) return known->second;
        storage::Source source;
        source.id = id;
        if (auto found = library_.source(id)) source = std::move(*found);
        return known_.emplace(id, std::move(source)).first->second;
    }
    ui::Place place(const storage::Citation& citation)
    {
        const storage::Source& source = get(citation.source);
        ui::Place place = placeOf(citation, source);
        if (source.path.empty()) {
            place.name = QCoreApplication::translate("app::desktop", "a source since removed");
            place.located = false;
        }
        return place;
    }

private:
    storage::Library& library_;
    std::map<storage::SourceId, storage::Source> known_;
};

ui::AnswerOutcome outcomeOf(std::string_view name)
{
    if (name == "possible") return ui::AnswerOutcome::Possible;
    return name == "not_found" ? ui::AnswerOutcome::NotFound : ui::AnswerOutcome::Found;
}

/// "Not found …" is a sentence of the program; what was found are words of the sources or of a
/// model.
QString wordsOf(const std::string& words, ui::AnswerOutcome outcome)
{
    return outcome == ui::AnswerOutcome::NotFound ? translated(words) : text(words);
}

/// Of an answer: what it took, from the fields of storage::Message.
QString timingWords(double elapsed_s, int new_tokens, double prefill_s, double decode_s)
{
    const QLocale locale;
    if (elapsed_s <= 0) return {}; // kept by a version that did not keep its time
    if (new_tokens == 0 || decode_s <= 0)
        return tr("%1 s").arg(locale.toString(elapsed_s, 'f', elapsed_s < 10 ? 1 : 0));
    return tr("%1 s to first word · %2 tok/s")
        .arg(locale.toString(prefill_s, 'f', 1))
        .arg(qRound(new_tokens / decode_s));
}

/// Kept as app says them, shown in the language of the window.
QStringList sentences(const std::vector<std::string>& english)
{
    QStringList list;
    for (const auto& sentence : english) list << translated(sentence);
    return list;
}

/// A place that came near; it has no number.
template <typename Near>
storage::Citation nearCitation(const Near& near)
{
    storage::Citation citation;
    citation.n = 0;
    citation.source = near.source;
    citation.page = near.page;
    citation.start_s = near.start_s;
    citation.end_s = near.end_s;
    citation.quote = near.snippet;
    return citation;
}

} // namespace

Result<ui::SessionView> loadSession(storage::Library& library, storage::SessionId id)
{
    const auto session = library.session(id);
    if (!session) return tl::unexpected(session.error());
    ui::SessionView view;
    view.id = id;
    view.name = text(session->name);
    const auto held = library.sources(id);
    if (!held) return tl::unexpected(held.error());
    for (const auto& source : *held) view.sources.push_back(sourceItem(source));
    const auto messages = library.messages(id);
    if (!messages) return tl::unexpected(messages.error());
    Sources sources{library};
    for (const auto& message : *messages) {
        if (message.role == storage::MessageRole::Question) {
            ui::Exchange exchange;
            exchange.key = message.id;
            exchange.question_id = message.id;
            exchange.question = text(message.text);
            exchange.state = ui::AnswerState::Stopped; // until its answer follows
            view.exchanges.push_back(std::move(exchange));
            continue;
        }
        if (view.exchanges.empty()) continue;
        ui::Exchange& exchange = view.exchanges.back();
        exchange.answer_id = message.id;
        exchange.state = ui::AnswerState::Done;
        exchange.outcome = outcomeOf(message.outcome);
        exchange.text = wordsOf(message.text, exchange.outcome);
        exchange.quoted = message.mode != "reasoned";
        exchange.engine = text(message.engine);
        const auto citations = library.citations(message.id);
        if (!citations) return tl::unexpected(citations.error());
        for (const auto& citation : *citations) exchange.places.push_back(sources.place(citation));
        const auto nearest = library.nearest(message.id);
        if (!nearest) return tl::unexpected(nearest.error());
        for (const auto& near : *nearest)
            exchange.nearest.push_back(sources.place(nearCitation(near)));
        exchange.notes = sentences(message.notes);
        if (std::ranges::find(message.notes, answer::kStopped) != message.notes.end())
            exchange.state = ui::AnswerState::Stopped;
        exchange.not_covered = sentences(message.not_covered);
        exchange.timing =
            timingWords(message.elapsed_s, message.new_tokens, message.prefill_s, message.decode_s);
    }
    return view;
}

void fill(ui::Exchange& exchange, const AskReply& reply, storage::Library& library)
{
    const answer::Answer& answer = reply.answer;
    exchange.state = answer.stopped ? ui::AnswerState::Stopped : ui::AnswerState::Done;
    exchange.outcome = outcomeOf(answer::name(answer.outcome));
    exchange.text = wordsOf(answer.text, exchange.outcome);
    exchange.quoted = answer.mode != "reasoned";
    exchange.engine = text(reply.engine);
    exchange.timing = timingWords(
        reply.total_s,
        answer.usage.new_tokens,
        std::chrono::duration<double>(answer.usage.prefill).count(),
        std::chrono::duration<double>(answer.usage.decode).count());
    Sources sources{library};
    exchange.places.clear();
    for (const auto& quote : answer.quotes)
        exchange.places.push_back(sources.place(quote.citation));
    exchange.nearest.clear();
    for (const auto& near : answer.nearest)
        exchange.nearest.push_back(sources.place(nearCitation(near)));
    exchange.notes = sentences(answer.notes);
    exchange.not_covered = sentences(answer.not_covered);
    if (reply.not_saved) {
        exchange.notes
            << tr("This answer is not kept: %1").arg(app::desktop::sentence(*reply.not_saved));
    }
}

} // namespace app::desktop
