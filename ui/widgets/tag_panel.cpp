#include "ui/widgets/tag_panel.h"

#include "ui/widgets/row_model.h"
#include "ui/widgets/sectioned_list.h"

#include <algorithm>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kWidth_px = 240;
constexpr int kFewestRows = 3;
constexpr int kMostRows = 7;
constexpr int kLongestTag = 60; // storage's bound

bool has(const QStringList& tags, const QString& tag)
{
    return tags.contains(tag, Qt::CaseInsensitive);
}

} // namespace

TagPanel::TagPanel(QWidget* parent)
    : QWidget(parent), field_(new QLineEdit(this)), list_(new SectionedList(this)),
      model_(new RowModel(this))
{
    field_->setPlaceholderText(tr("Find or add a tag"));
    field_->setAccessibleName(tr("Tag"));
    field_->setMaxLength(kLongestTag);
    field_->installEventFilter(this);
    list_->setModel(model_);
    list_->setAccessibleName(tr("Tags"));
    list_->setChooseOnClick(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    column->addWidget(field_);
    column->addWidget(list_);
    setFixedWidth(kWidth_px);
    setAccessibleName(tr("Tags"));
    connect(field_, &QLineEdit::textChanged, this, &TagPanel::showRows);
    connect(list_, &SectionedList::chosen, this, [this](const QModelIndex& index) {
        toggle(index.row());
    });
    connect(list_, &SectionedList::leftUpwards, this, [this] { field_->setFocus(); });
}

void TagPanel::edit(const QStringList& of_session, const QStringList& of_library)
{
    tags_ = of_session;
    known_ = of_library;
    for (const QString& tag : of_session) {
        if (!has(known_, tag)) known_ << tag;
    }
    known_.sort(Qt::CaseInsensitive);
    field_->clear();
    showRows();
    // As high as it opens: a popup that jumps while one types is hard to read.
    const int rows = std::clamp(static_cast<int>(known_.size()) + 1, kFewestRows, kMostRows);
    list_->setFixedHeight(rows * (theme::lineHeight(theme::Step::Body) + 12));
}

void TagPanel::focusField()
{
    field_->setFocus(Qt::PopupFocusReason);
}

void TagPanel::showRows()
{
    const QString typed = field_->text().simplified();
    std::vector<Row> rows;
    for (const QString& tag : known_) {
        if (!tag.contains(typed, Qt::CaseInsensitive)) continue;
        Row row;
        row.id = tag;
        row.text = tag;
        const bool on = has(tags_, tag);
        row.icon = on ? QStringLiteral("check") : QStringLiteral("tag");
        row.icon_color = on ? theme::Color::Accent : theme::Color::Text3;
        row.trailing = on ? tr("on") : QString();
        rows.push_back(row);
    }
    if (!typed.isEmpty() && !has(known_, typed)) {
        Row row;
        row.id = typed;
        row.text = tr("New tag “%1”").arg(typed);
        row.icon = QStringLiteral("plus");
        rows.push_back(row);
    }
    model_->setRows(std::move(rows));
    list_->select(list_->firstRow());
}

void TagPanel::toggle(int row)
{
    if (row < 0 || row >= model_->rowCount()) return;
    const QString tag = model_->at(row).id.toString();
    const auto at = std::find_if(tags_.begin(), tags_.end(), [&](const QString& other) {
        return other.compare(tag, Qt::CaseInsensitive) == 0;
    });
    if (at != tags_.end())
        tags_.erase(at);
    else
        tags_ << tag;
    if (!has(known_, tag)) known_ << tag;
    known_.sort(Qt::CaseInsensitive);
    field_->clear();
    showRows();
    list_->select(model_->index(model_->find(tag)));
    Q_EMIT tagsChanged(tags_);
}

bool TagPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const int row = list_->currentIndex().row();
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            list_->select(model_->index(std::min(row + 1, model_->rowCount() - 1)));
            return true;
        case Qt::Key_Up:
            list_->select(model_->index(std::max(row - 1, 0)));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            toggle(row);
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
