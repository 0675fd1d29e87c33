#include "ui/palette/palette.h"

#include "ui/access/announcer.h"
#include "ui/palette/hit_words.h"
#include "ui/palette/palette_delegate.h"
#include "ui/palette/palette_model.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/hairline.h"
#include "ui/widgets/key_cap.h"
#include "ui/widgets/text_label.h"

#include <algorithm>
#include <chrono>
#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kWidth_px = 680;
constexpr int kTop_px = 88;
constexpr std::chrono::milliseconds kTypingPause{120};
constexpr int kMostListHeight_px = 400;

/// The magnifier, 20 px, in the colour of captions.
class Magnifier : public QWidget {
public:
    explicit Magnifier(QWidget* parent) : QWidget(parent) { setFixedSize(20, 20); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const auto picture = theme::iconPixmap(
            QStringLiteral("search"),
            theme::Color::Text3,
            20,
            devicePixelRatioF());
        painter.drawPixmap(rect(), picture);
    }
};

QWidget* keyHint(const QStringList& keys, const QString& words, QWidget* parent)
{
    auto* hint = new QWidget(parent);
    auto* row = new QHBoxLayout(hint);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (const QString& key : keys) row->addWidget(new KeyCap(key, hint));
    row->addWidget(new TextLabel(words, theme::Step::Caption, theme::Color::Text3, hint));
    return hint;
}

} // namespace

Palette::Palette(QWidget* window) : OverlayPanel(window), model_(new PaletteModel(this))
{
    auto* content = new QWidget;
    content->setAccessibleName(tr("Search everything"));
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(createFieldRow());
    column->addWidget(new Hairline(Qt::Horizontal, content));
    column->addWidget(createChips());
    list_ = new QListView(content);
    list_->setAccessibleName(tr("Found"));
    list_->setModel(model_);
    list_->setItemDelegate(new PaletteDelegate(list_));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setMouseTracking(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->viewport()->setAutoFillBackground(false);
    column->addWidget(list_);
    column->addSpacing(8);
    column->addWidget(new Hairline(Qt::Horizontal, content));
    column->addWidget(createFooter());
    setContent(content);
    setPanelWidth(kWidth_px);
    setTopDistance(kTop_px);
    search_soon_.setSingleShot(true);
    search_soon_.setInterval(kTypingPause);
    connectSignals();
}

QWidget* Palette::createFieldRow()
{
    auto* bar = new QWidget;
    bar->setFixedHeight(51); // 52 with its line
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(12);
    row->addWidget(new Magnifier(bar));
    field_ = new QLineEdit(bar);
    field_->setFrame(false);
    theme::setFocusFrame(field_, nullptr); // it always has the focus: a ring would say nothing
    field_->setPlaceholderText(tr("Search everything, or > for commands"));
    field_->setAccessibleName(tr("Search everything"));
    QFont font = theme::font(theme::Step::Title);
    font.setWeight(QFont::Normal);
    field_->setFont(font);
    field_->installEventFilter(this);
    row->addWidget(field_, 1);
    places_ = new TextLabel({}, theme::Step::Caption, theme::Color::Text3, bar);
    row->addWidget(places_);
    row->addWidget(new KeyCap(tr("Esc"), bar));
    return bar;
}

QWidget* Palette::createChips()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 10, 16, 2);
    row->setSpacing(8);
    chips_ = new QButtonGroup(this);
    const QStringList words{
        tr("All"),
        groupChipWords(HitGroup::Said),
        groupChipWords(HitGroup::Shown),
        groupChipWords(HitGroup::Read),
        groupChipWords(HitGroup::Answered),
        tr("Commands")};
    for (int i = 0; i < words.size(); ++i) {
        auto* chip = new Chip(words[i], bar);
        chip->setFocusPolicy(Qt::NoFocus); // Ctrl+Tab walks them; the field keeps the focus
        chip->setToolTip(tr("Next: Ctrl Tab"));
        chips_->addButton(chip, i);
        row->addWidget(chip);
    }
    chips_->button(0)->setChecked(true);
    row->addStretch(1);
    return bar;
}

QWidget* Palette::createFooter()
{
    auto* bar = new QWidget;
    bar->setFixedHeight(35); // 36 with its line
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(16);
    row->addWidget(keyHint({QStringLiteral("↑"), QStringLiteral("↓")}, tr("choose"), bar));
    row->addWidget(keyHint({tr("Enter")}, tr("open at that place"), bar));
    row->addWidget(keyHint({tr("Tab")}, tr("next group"), bar));
    row->addStretch(1);
    row->addWidget(keyHint({QStringLiteral(">")}, tr("commands only"), bar));
    return bar;
}

void Palette::connectSignals()
{
    connect(field_, &QLineEdit::textChanged, this, &Palette::typed);
    connect(chips_, &QButtonGroup::idClicked, this, [this](int id) {
        model_->setFilter(static_cast<PaletteFilter>(id));
        showRows();
    });
    connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) {
        choose(index.row());
    });
    connect(&search_soon_, &QTimer::timeout, this, [this] {
        if (!model_->commandsOnly()) Q_EMIT searchWanted(model_->query());
    });
}

void Palette::setCommands(const std::vector<QAction*>& commands)
{
    commands_ = commands;
}

void Palette::openWith(const QString& text)
{
    model_->setCommands(commands_);
    model_->setFilter(PaletteFilter::All);
    chips_->button(0)->setChecked(true);
    field_->setText(text);
    model_->setTyped(text);
    search_soon_.stop();
    Q_EMIT searchWanted(model_->query());
    showRows();
    open();
    field_->setFocus(Qt::ShortcutFocusReason);
    fitList();
}

void Palette::setResult(const SearchResult& result)
{
    if (!isOpen() || result.query != model_->query()) return;
    model_->setResult(result);
    showRows();
}

void Palette::typed()
{
    model_->setTyped(field_->text());
    if (model_->commandsOnly())
        search_soon_.stop();
    else
        search_soon_.start();
    showRows();
}

void Palette::showRows()
{
    updateChips();
    setCurrentRow(model_->firstChoice());
    fitList();
}

void Palette::updateChips()
{
    const SearchResult& result = model_->result();
    const bool searched =
        !model_->commandsOnly() && !model_->query().isEmpty() && result.query == model_->query();
    const auto set = [&](PaletteFilter filter, int count) {
        auto* chip = static_cast<Chip*>(chips_->button(static_cast<int>(filter)));
        chip->setCount(searched || filter == PaletteFilter::Commands ? count : -1);
        const bool kept = filter == PaletteFilter::Commands || !model_->commandsOnly();
        chip->setEnabled(kept);
    };
    chips_->button(0)->setEnabled(!model_->commandsOnly());
    set(PaletteFilter::Said, result.count(HitGroup::Said));
    set(PaletteFilter::Shown, result.count(HitGroup::Shown));
    set(PaletteFilter::Read, result.count(HitGroup::Read));
    set(PaletteFilter::Answered, result.count(HitGroup::Answered));
    set(PaletteFilter::Commands, model_->commandCount());
    const int places = result.total() - result.count(HitGroup::Session);
    places_->setText(
        !searched ? QString()
                  : countedWords(
                        places,
                        QT_TRANSLATE_NOOP("ui", "%1 place"),
                        QT_TRANSLATE_NOOP("ui", "%1 places")));
}

void Palette::setCurrentRow(int row)
{
    const QModelIndex index = model_->index(row);
    list_->setCurrentIndex(index);
    if (!index.isValid()) return;
    // A head above the first row comes with it.
    list_->scrollTo(row <= 1 ? model_->index(0) : index);
    // The focus stays in the field; the row is read all the same.
    announce(index.data(Qt::AccessibleTextRole).toString());
}

void Palette::stepRow(int by)
{
    const int rows = model_->rowCount();
    int row = list_->currentIndex().row();
    for (int tried = 0; tried < rows; ++tried) {
        row = (row + by + rows) % rows;
        if (model_->flags(model_->index(row)) & Qt::ItemIsSelectable) return setCurrentRow(row);
    }
}

void Palette::stepFilter(int by)
{
    const int count = static_cast<int>(chips_->buttons().size());
    chips_->button((chips_->checkedId() + by + count) % count)->click();
}

void Palette::choose(int row)
{
    if (const Hit* hit = model_->hit(row)) {
        const Hit chosen = *hit;
        const Place& place = chosen.place;
        const bool session = model_->kind(row) == PaletteModel::RowKind::Session;
        close();
        if (session)
            Q_EMIT sessionChosen(chosen.place.session);
        else if (place.kind == PlaceKind::Sound && place.source != 0)
            Q_EMIT recordingChosen(place.session, place.source, place.start_s.value_or(-1));
        else
            Q_EMIT hitChosen(chosen);
    } else if (QAction* action = model_->command(row)) {
        close(); // first: the action is for what had the focus
        action->trigger();
    } else if (
        row >= 0 && row < model_->rowCount() && model_->kind(row) == PaletteModel::RowKind::Ask) {
        ask();
    }
}

void Palette::ask()
{
    const QString question = model_->query();
    if (question.isEmpty() || model_->commandsOnly()) return;
    close();
    Q_EMIT askWanted(question);
}

bool Palette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == field_) {
        // Ctrl+Enter and Tab are keys of the window too; in here they are the palette's.
        if (event->type() == QEvent::ShortcutOverride) {
            const auto& key = static_cast<QKeyEvent&>(*event);
            const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
            if (enter || key.key() == Qt::Key_Tab || key.key() == Qt::Key_Backtab) {
                event->accept();
                return true;
            }
        }
        if (event->type() == QEvent::KeyPress && handleKey(static_cast<QKeyEvent&>(*event)))
            return true;
    }
    return OverlayPanel::eventFilter(watched, event);
}

bool Palette::handleKey(QKeyEvent& event)
{
    const int row = list_->currentIndex().row();
    const bool control = event.modifiers() & Qt::ControlModifier;
    switch (event.key()) {
    case Qt::Key_Up:
        stepRow(-1);
        return true;
    case Qt::Key_Down:
        stepRow(1);
        return true;
    case Qt::Key_PageUp:
        setCurrentRow(model_->groupStep(row, -1));
        return true;
    case Qt::Key_PageDown:
        setCurrentRow(model_->groupStep(row, 1));
        return true;
    case Qt::Key_Tab:
        control ? stepFilter(1) : setCurrentRow(model_->groupStep(row, 1));
        return true;
    case Qt::Key_Backtab:
        control ? stepFilter(-1) : setCurrentRow(model_->groupStep(row, -1));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        control ? ask() : choose(row);
        return true;
    default:
        return false;
    }
}

void Palette::resizeEvent(QResizeEvent* event)
{
    OverlayPanel::resizeEvent(event);
    fitList();
}

void Palette::fitList()
{
    int height = 0;
    for (int row = 0; row < model_->rowCount(); ++row) {
        height += list_->sizeHintForRow(row);
        if (height > kMostListHeight_px) break;
    }
    const int room = std::max(this->height() - kTop_px - 52 - 36 - 36 - 10 - 24, 80);
    list_->setFixedHeight(std::min({height, kMostListHeight_px, room}));
}

} // namespace ui
