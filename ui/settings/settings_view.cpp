#include "ui/settings/settings_view.h"

#include "ui/frame/actions.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/row_model.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/sectioned_list.h"

#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int kSearch_px = 220;
constexpr int kPages = 100; // ids of found rows: section * kPages + entry

class ListPane : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter(this).fillRect(rect(), theme::color(theme::Color::Pane));
    }
};

} // namespace

SettingsView::SettingsView(Actions& actions, QWidget* parent) : View(parent)
{
    createWidgets(actions);
    connectSignals();
    showSection(kAppearance);
}

void SettingsView::createWidgets(Actions& actions)
{
    appearance_ = new AppearancePage(this);
    storage_ = new StoragePage(this);
    languages_ = new LanguagesPage(this);
    engine_ = new EnginePage(this);
    keys_ = new KeysPage(actions, this);
    privacy_ = new PrivacyPage(this);
    about_ = new AboutPage(this);
    all_ = {appearance_, storage_, languages_, engine_, keys_, privacy_, about_};

    list_pane_ = new ListPane(this);
    sections_ = new SectionedList;
    sections_->setAccessibleName(tr("Sections of the settings"));
    section_rows_ = new RowModel(this);
    const char* icons[kSections] = {
        "sun-moon",
        "hard-drive",
        "message-square-text",
        "box",
        "keyboard",
        "shield-check",
        "info"};
    std::vector<Row> rows;
    for (int i = 0; i < kSections; ++i) {
        Row row;
        row.id = i;
        row.text = all_[static_cast<std::size_t>(i)]->title();
        row.icon = QString::fromLatin1(icons[i]);
        rows.push_back(row);
    }
    section_rows_->setRows(std::move(rows));
    sections_->setModel(section_rows_);
    auto* list = new QVBoxLayout(list_pane_);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(0);
    list->addWidget(new HeaderBar(tr("Settings")));
    list->addSpacing(8);
    list->addWidget(sections_, 1);

    header_ = new HeaderBar;
    search_ = new SearchField(tr("Find a setting"));
    search_->setFixedWidth(kSearch_px);
    search_->setQuiet();
    header_->addTrailing(search_);
    pages_ = new QStackedWidget;
    for (SettingsPage* page : all_) pages_->addWidget(page);
    found_ = new SectionedList;
    found_->setAccessibleName(tr("Settings found"));
    found_->setChooseOnClick(true);
    found_rows_ = new RowModel(this);
    found_->setModel(found_rows_);
    pages_->addWidget(found_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(pages_, 1);
}

void SettingsView::connectSignals()
{
    connect(
        sections_->selectionModel(),
        &QItemSelectionModel::currentChanged,
        this,
        [this](const QModelIndex& now) {
            if (now.isValid()) showSection(static_cast<Section>(now.row()));
        });
    connect(sections_, &SectionedList::chosen, this, [this] {
        all_[static_cast<std::size_t>(section())]->enter();
    });
    connect(search_, &SearchField::textChanged, this, &SettingsView::find);
    connect(search_, &SearchField::leftDownwards, this, [this] {
        if (pages_->currentWidget() != found_) return;
        found_->select(found_->firstRow());
        found_->setFocus(Qt::OtherFocusReason);
    });
    connect(found_, &SectionedList::chosen, this, &SettingsView::openFound);
    connect(found_, &SectionedList::leftUpwards, this, [this] { search_->setFocus(); });
    connect(privacy_, &PrivacyPage::modelsRequested, this, &SettingsView::modelsRequested);
}

void SettingsView::activate()
{
    sections_->setFocus(Qt::OtherFocusReason);
}

void SettingsView::updateActions(Actions& actions)
{
    actions.onTriggered(QStringLiteral("edit.find"), this, [this] {
        search_->setFocus(Qt::ShortcutFocusReason);
        search_->selectAll();
    });
}

bool SettingsView::escape()
{
    if (!search_->text().isEmpty()) {
        search_->clear();
        return true;
    }
    return privacy_->dropQuestion();
}

void SettingsView::showSection(Section section)
{
    const auto at = static_cast<std::size_t>(section);
    header_->setTitle(all_[at]->title());
    pages_->setCurrentWidget(all_[at]);
    if (sections_->currentIndex().row() != section)
        sections_->setCurrentIndex(section_rows_->index(section));
}

SettingsView::Section SettingsView::section() const
{
    const int row = sections_->currentIndex().row();
    return static_cast<Section>(std::clamp(row, 0, kSections - 1));
}

void SettingsView::find(const QString& words)
{
    const QString wanted = words.trimmed();
    if (wanted.isEmpty()) {
        search_->setCountText({});
        showSection(section());
        return;
    }
    std::vector<Row> rows;
    for (std::size_t page = 0; page < all_.size(); ++page) {
        const auto& entries = all_[page]->entries();
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto& entry = entries[i];
            // isHidden(): pages that are not in front are not visible either.
            if (entry.row->isHidden()) continue;
            const QString text = entry.title + u' ' + entry.hint + u' ' + all_[page]->title();
            if (!text.contains(wanted, Qt::CaseInsensitive)) continue;
            Row row;
            row.id = static_cast<int>(page) * kPages + static_cast<int>(i);
            row.text = entry.title;
            row.second = all_[page]->title();
            rows.push_back(row);
        }
    }
    search_->setCountText(tr("%n found", nullptr, static_cast<int>(rows.size())));
    found_rows_->setRows(std::move(rows));
    header_->setTitle(tr("Settings found"));
    pages_->setCurrentWidget(found_);
}

void SettingsView::openFound(const QModelIndex& index)
{
    const int id = index.data(Qt::UserRole).toInt();
    SettingsPage* page = all_[static_cast<std::size_t>(id / kPages)];
    search_->clear();
    showSection(static_cast<Section>(id / kPages));
    page->show(page->entries()[static_cast<std::size_t>(id % kPages)]);
}

void SettingsView::showEvent(QShowEvent* event)
{
    View::showEvent(event);
    Q_EMIT watched(true);
}

void SettingsView::hideEvent(QHideEvent* event)
{
    View::hideEvent(event);
    Q_EMIT watched(false);
}

void SettingsView::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme::color(theme::Color::Surface));
}

} // namespace ui
