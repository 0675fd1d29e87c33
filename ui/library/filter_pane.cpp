#include "ui/library/filter_pane.h"

#include "ui/library/filter_model.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/sectioned_list.h"
#include "ui/widgets/text_label.h"

#include <algorithm>
#include <QDateEdit>
#include <QGridLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

/// Rows that hold are drawn as chosen; the current one shows in its focus ring only.
class FilterDelegate : public RowDelegate {
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override
    {
        QStyleOptionViewItem shown = option;
        shown.state.setFlag(
            QStyle::State_Selected,
            index.data(Qt::CheckStateRole).toInt() == Qt::Checked);
        RowDelegate::paint(painter, shown, index);
    }
};

/// Tab leaves it. Qt's goes from day to month to year by Tab and tells nobody; the arrows do that.
class DateField : public QDateEdit {
public:
    using QDateEdit::QDateEdit;

protected:
    bool focusNextPrevChild(bool next) override
    {
        return QWidget::focusNextPrevChild(next); // NOLINT(bugprone-parent-virtual-call): past it
    }
};

QDateEdit* dateField(const QString& name, QWidget* parent)
{
    auto* field = new DateField(parent);
    field->setAccessibleName(name);
    return field;
}

} // namespace

FilterPane::FilterPane(QWidget* parent)
    : QWidget(parent), model_(new FilterModel(this)), export_(new QToolButton(this))
{
    theme::setGround(this, theme::Color::Pane);
    auto* header = new HeaderBar(tr("Library"), this);
    header->setInPane();
    export_->setIcon(theme::icon(QStringLiteral("upload")));
    export_->setToolTip(tr("Export…"));
    export_->setAccessibleName(tr("Export"));
    theme::setRole(export_, theme::Role::Flat);
    header->addTrailing(export_);

    list_ = new SectionedList(this); // here: Tab comes to it behind the header
    list_->setAccessibleName(tr("What is shown"));
    list_->setRows(new FilterDelegate(list_));
    list_->setChooseOnClick(true);
    list_->setModel(model_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(list_, 1);
    connect(list_, &SectionedList::chosen, this, &FilterPane::choose);
    connect(export_, &QToolButton::clicked, this, &FilterPane::exportWanted);
}

void FilterPane::setNumbers(const LibraryNumbers& numbers)
{
    model_->setNumbers(numbers);
}

const LibraryNumbers& FilterPane::numbers() const
{
    return model_->numbers();
}

void FilterPane::setFilter(const LibraryFilter& filter)
{
    model_->setFilter(filter);
}

LibraryFilter FilterPane::filter() const
{
    return model_->filter();
}

void FilterPane::setCanExport(bool can)
{
    export_->setEnabled(can);
}

void FilterPane::choose(const QModelIndex& index)
{
    const LibraryFilter after = model_->filterAfter(index.row());
    if (model_->asksForDates(index.row()) && after.when == LibraryWhen::Range)
        return askForDates(index);
    model_->setFilter(after);
    Q_EMIT filterChosen(model_->filter());
}

void FilterPane::askForDates(const QModelIndex& row)
{
    if (dates_ == nullptr) {
        dates_ = new Popup(window());
        anchor_ = new QWidget(list_->viewport());
        anchor_->setAttribute(Qt::WA_TransparentForMouseEvents);
        anchor_->setFocusProxy(list_);
        auto* content = new QWidget;
        content->setAccessibleName(tr("Days that are shown"));
        auto* grid = new QGridLayout(content);
        grid->setContentsMargins(16, 16, 16, 16);
        grid->setSpacing(theme::kGap_px);
        from_ = dateField(tr("From"), content);
        until_ = dateField(tr("Until"), content);
        from_->setDate(QDate::currentDate().addDays(-30));
        until_->setDate(QDate::currentDate());
        auto* show = new QPushButton(tr("Show these days"), content);
        theme::setRole(show, theme::Role::Primary);
        grid->addWidget(new TextLabel(tr("From"), theme::Step::Small), 0, 0);
        grid->addWidget(from_, 0, 1);
        grid->addWidget(new TextLabel(tr("Until"), theme::Step::Small), 1, 0);
        grid->addWidget(until_, 1, 1);
        grid->addWidget(show, 2, 0, 1, 2);
        dates_->setContent(content);
        connect(show, &QPushButton::clicked, this, [this] {
            LibraryFilter filter = model_->filter();
            filter.when = LibraryWhen::Range;
            filter.from = std::min(from_->date(), until_->date());
            filter.until = std::max(from_->date(), until_->date());
            dates_->close();
            model_->setFilter(filter);
            Q_EMIT filterChosen(filter);
        });
    }
    list_->scrollTo(row);
    anchor_->setGeometry(list_->visualRect(row));
    anchor_->show();
    dates_->openAt(anchor_);
    from_->setFocus();
}

} // namespace ui
