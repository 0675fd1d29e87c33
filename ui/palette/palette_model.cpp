#include "ui/palette/palette_model.h"

#include "ui/palette/hit_words.h"
#include "ui/widgets/row_delegate.h"

#include <algorithm>
#include <QAction>
#include <QKeySequence>

namespace ui {
namespace {

constexpr int kMostPlaces = 50;     // of all kinds together; the library shows all
constexpr int kMostPlacesOfAll = 5; // beside sessions and commands
constexpr int kMostSessions = 5;
constexpr int kMostFiles = 5;
constexpr int kMostCommandsOfAll = 5;

enum Group { Best, Sessions, Files, Commands };

/// "Export", without the mnemonic and the dots.
QString plainText(const QAction& action)
{
    QString text = action.text();
    text.remove(QLatin1Char('&'));
    return text;
}

/// "Ctrl Shift W", as key caps show it.
QString keyWords(const QKeySequence& key)
{
    QString words = key.toString(QKeySequence::NativeText);
    if (words.size() > 1 && !words.endsWith(QLatin1Char('+')))
        words.replace(QLatin1Char('+'), QLatin1Char(' '));
    return words.replace(QStringLiteral("Return"), QStringLiteral("Enter"));
}

/// Every typed word begins a word of `text`.
bool matches(const QString& text, const QString& typed)
{
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QStringList asked = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(asked.begin(), asked.end(), [&](const QString& word) {
        return std::any_of(words.begin(), words.end(), [&](const QString& of_text) {
            return of_text.startsWith(word, Qt::CaseInsensitive);
        });
    });
}

/// What somebody types who knows how it is called; of a file also without its ending.
bool isCalled(const QString& name, const QString& typed)
{
    const auto same = [&](const QString& text) {
        return text.compare(typed, Qt::CaseInsensitive) == 0;
    };
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    return same(name) || (dot > 0 && same(name.left(dot)));
}

} // namespace

PaletteModel::PaletteModel(QObject* parent) : QAbstractListModel(parent)
{
}

void PaletteModel::setCommands(const std::vector<QAction*>& commands)
{
    commands_.assign(commands.begin(), commands.end());
    rebuild();
}

void PaletteModel::setTyped(const QString& typed)
{
    commands_only_ = typed.trimmed().startsWith(QLatin1Char('>'));
    query_ = commands_only_ ? typed.trimmed().mid(1).trimmed() : typed.trimmed();
    answered_ = result_.query == query_;
    rebuild();
}

void PaletteModel::setResult(const SearchResult& result)
{
    result_ = result;
    answered_ = result_.query == query_;
    rebuild();
}

void PaletteModel::setFilter(PaletteFilter filter)
{
    filter_ = filter;
    rebuild();
}

int PaletteModel::commandCount() const
{
    return static_cast<int>(matchingCommands().size());
}

const Hit* PaletteModel::hit(int row) const
{
    return row >= 0 && row < rowCount() && at(row).hit >= 0 ? &hitOf(at(row)) : nullptr;
}

QAction* PaletteModel::command(int row) const
{
    return row >= 0 && row < rowCount() ? at(row).action.data() : nullptr;
}

int PaletteModel::firstChoice() const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (flags(index(row)) & Qt::ItemIsSelectable) return row;
    }
    return -1;
}

int PaletteModel::groupStep(int row, int by) const
{
    std::vector<int> first_of_group;
    int group = -1;
    int current = 0;
    for (int i = 0; i < rowCount(); ++i) {
        if (!(flags(index(i)) & Qt::ItemIsSelectable)) continue;
        if (at(i).group != group) {
            group = at(i).group;
            first_of_group.push_back(i);
        }
        if (i <= row) current = static_cast<int>(first_of_group.size()) - 1;
    }
    if (first_of_group.empty()) return -1;
    const int groups = static_cast<int>(first_of_group.size());
    return first_of_group[static_cast<std::size_t>((current + by + groups) % groups)];
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::AccessibleTextRole:
        return sentence(row);
    case KindRole:
        return static_cast<int>(row.kind);
    case GroupRole:
        return row.group;
    case ChipRole:
        return row.kind == RowKind::Hit ? hitPlaceWords(hitOf(row)) : QString();
    case row::Header:
        return row.kind == RowKind::Head;
    case row::Second:
        return secondWords(row);
    case row::Marks:
        return QVariant::fromValue(marks(row));
    case row::Icon:
        if (row.kind == RowKind::Ask) return QStringLiteral("message-square-text");
        return row.hit >= 0 ? hitIcon(hitOf(row)) : QString();
    case Qt::DecorationRole:
        return row.action ? QVariant(row.action->icon()) : QVariant();
    case row::Key:
        if (row.kind == RowKind::Ask) return keyWords(Qt::CTRL | Qt::Key_Return);
        return row.action ? keyWords(row.action->shortcut()) : QString();
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) return Qt::NoItemFlags;
    const RowKind kind = at(index.row()).kind;
    if (kind == RowKind::Head || kind == RowKind::Hint) return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

bool PaletteModel::shows(HitGroup group) const
{
    switch (filter_) {
    case PaletteFilter::All:
        return group != HitGroup::Session;
    case PaletteFilter::Said:
        return group == HitGroup::Said;
    case PaletteFilter::Shown:
        return group == HitGroup::Shown;
    case PaletteFilter::Read:
        return group == HitGroup::Read;
    case PaletteFilter::Answered:
        return group == HitGroup::Answered;
    case PaletteFilter::Commands:
        return false;
    }
    return false;
}

void PaletteModel::rebuild()
{
    beginResetModel();
    rows_.clear();
    if (!commands_only_) {
        addPlaces();
        if (filter_ == PaletteFilter::All) {
            addSessions();
            addFiles();
        }
    }
    if (commands_only_ || filter_ == PaletteFilter::All || filter_ == PaletteFilter::Commands)
        addCommands();
    endResetModel();
}

void PaletteModel::addHead(int group, const QString& text)
{
    rows_.push_back({RowKind::Head, group, text});
}

void PaletteModel::addPlaces()
{
    if (query_.isEmpty() || filter_ == PaletteFilter::Commands) return;
    const int most = filter_ == PaletteFilter::All ? kMostPlacesOfAll : kMostPlaces;
    int shown = 0;
    const bool named = filter_ == PaletteFilter::All && addNamed();
    for (std::size_t i = 0; i < result_.hits.size() && shown < most; ++i) {
        const Hit& hit = result_.hits[i];
        if (!shows(hit.group)) continue;
        if (shown++ == 0 && !named) addHead(Best, tr("Best"));
        const bool said = hit.group == HitGroup::Said;
        const QString text = said ? QStringLiteral("“%1”").arg(hit.snippet) : hit.snippet;
        rows_.push_back({RowKind::Hit, Best, text, static_cast<int>(i)});
    }
    // Said only once it is known.
    const auto is_session = [](const Hit& hit) { return hit.group == HitGroup::Session; };
    const bool others = filter_ == PaletteFilter::All &&
                        (!result_.files.empty() ||
                         std::any_of(result_.hits.begin(), result_.hits.end(), is_session));
    if (shown == 0 && answered_ && !others)
        rows_.push_back({RowKind::Hint, Best, tr("Nothing found for “%1”.").arg(query_)});
}

/// Sessions and files that are called as what is typed: who knows a name wants that, however good
/// the places are in which its words were found. True where there are any.
bool PaletteModel::addNamed()
{
    const std::size_t before = rows_.size();
    const auto add = [&](RowKind kind, const std::vector<Hit>& hits) {
        for (std::size_t i = 0; i < hits.size(); ++i) {
            if (kind == RowKind::Session && hits[i].group != HitGroup::Session) continue;
            if (!isCalled(hits[i].snippet, query_)) continue;
            if (rows_.size() == before) addHead(Best, tr("Best"));
            rows_.push_back({kind, Best, hits[i].snippet, static_cast<int>(i)});
        }
    };
    add(RowKind::Session, result_.hits);
    add(RowKind::File, result_.files);
    return rows_.size() > before;
}

void PaletteModel::addSessions()
{
    int shown = 0;
    for (std::size_t i = 0; i < result_.hits.size() && shown < kMostSessions; ++i) {
        const Hit& hit = result_.hits[i];
        if (hit.group != HitGroup::Session || isCalled(hit.snippet, query_)) continue;
        if (shown++ == 0) addHead(Sessions, tr("Sessions"));
        rows_.push_back({RowKind::Session, Sessions, hit.snippet, static_cast<int>(i)});
    }
}

void PaletteModel::addFiles()
{
    int shown = 0;
    for (std::size_t i = 0; i < result_.files.size() && shown < kMostFiles; ++i) {
        const QString& name = result_.files[i].snippet;
        if (isCalled(name, query_)) continue;
        if (shown++ == 0) addHead(Files, tr("Files"));
        rows_.push_back({RowKind::File, Files, name, static_cast<int>(i)});
    }
}

void PaletteModel::addCommands()
{
    const std::vector<QAction*> found = matchingCommands();
    const bool asks = !commands_only_ && !query_.isEmpty();
    const bool all = commands_only_ || filter_ == PaletteFilter::Commands || query_.isEmpty();
    if (found.empty() && !asks) {
        rows_.push_back({RowKind::Hint, Commands, tr("No command is called “%1”.").arg(query_)});
        return;
    }
    addHead(Commands, tr("Commands"));
    if (asks)
        rows_.push_back({RowKind::Ask, Commands, tr("Ask “%1” in a new session").arg(query_)});
    for (std::size_t i = 0; i < found.size() && (all || i < kMostCommandsOfAll); ++i)
        rows_.push_back({RowKind::Command, Commands, plainText(*found[i]), -1, found[i]});
}

std::vector<QAction*> PaletteModel::matchingCommands() const
{
    std::vector<QAction*> found;
    for (const QPointer<QAction>& action : commands_) {
        if (action && action->isEnabled() && action->isVisible() &&
            matches(plainText(*action), query_))
            found.push_back(action);
    }
    return found;
}

FoundWords PaletteModel::marks(const Row& row) const
{
    if (row.hit < 0) return {};
    FoundWords found = hitOf(row).found;
    if (row.kind == RowKind::Hit && hitOf(row).group == HitGroup::Said) {
        for (auto& word : found) ++word.first; // the quotation mark before it
    }
    return found;
}

QString PaletteModel::secondWords(const Row& row) const
{
    if (row.kind == RowKind::Hit) {
        const Hit& hit = hitOf(row);
        return hit.place.name.isEmpty() ? hit.session_name : hit.place.name;
    }
    if (row.kind == RowKind::File) return hitOf(row).session_name;
    if (row.kind != RowKind::Session) return {};
    const Hit& hit = hitOf(row);
    const QString day = shortDayWords(hit.when.date(), QDate::currentDate());
    return hit.detail.isEmpty() ? day : day + QStringLiteral(", ") + hit.detail;
}

QString PaletteModel::sentence(const Row& row) const
{
    if (row.kind == RowKind::Hit) return hitSentence(hitOf(row));
    if (row.kind == RowKind::Session) return tr("Session %1, %2").arg(row.text, secondWords(row));
    if (row.kind == RowKind::File) return tr("File %1, in %2").arg(row.text, secondWords(row));
    if (row.kind == RowKind::Command && row.action) {
        const QString key = keyWords(row.action->shortcut());
        return key.isEmpty() ? row.text : row.text + QStringLiteral(", ") + key;
    }
    return row.text;
}

} // namespace ui
